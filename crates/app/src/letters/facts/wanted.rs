//! What the rows of a batch name.

use std::collections::BTreeSet;

use varde_model::{
    delivery::OutboxRow,
    ids::{
        AccountId, CheckInId, CohortId, CycleId, EnrolmentId, LeaderGroupId, NominationId, PersonId, PlanId,
        SurveyId,
    },
    work::{About, Recipient},
};

/// Gathered before anything is fetched.
#[derive(Default)]
pub(super) struct Wanted {
    pub(super) people: BTreeSet<PersonId>,
    pub(super) accounts: BTreeSet<AccountId>,
    pub(super) enrolments: BTreeSet<EnrolmentId>,
    pub(super) cohorts: BTreeSet<CohortId>,
    pub(super) surveys: BTreeSet<SurveyId>,
    pub(super) groups: BTreeSet<LeaderGroupId>,
    pub(super) nominations: BTreeSet<NominationId>,
    pub(super) check_ins: BTreeSet<CheckInId>,
    pub(super) cycles: BTreeSet<CycleId>,
    pub(super) plans: BTreeSet<PlanId>,
}

impl Wanted {
    pub(super) fn note(&mut self, row: &OutboxRow) {
        match row.recipient {
            Recipient::Person { person } => self.people.insert(person),
            Recipient::Account { account } => self.accounts.insert(account),
            Recipient::Reviewer { check_in } => self.check_ins.insert(check_in),
        };
        match row.request.about {
            About::Enrolment { enrolment } | About::Gathering { enrolment, .. } => {
                self.enrolments.insert(enrolment);
            }
            About::Cohort { cohort } => {
                self.cohorts.insert(cohort);
            }
            About::Survey { survey } => {
                self.surveys.insert(survey);
            }
            About::LeaderGroup { group } | About::FollowUp { group, .. } => {
                self.groups.insert(group);
            }
            About::Nomination { nomination } => {
                self.nominations.insert(nomination);
            }
            About::CheckIn { check_in } => {
                self.check_ins.insert(check_in);
            }
            About::CheckInCycle { cycle } => {
                self.cycles.insert(cycle);
            }
            About::CompetencePlan { plan } => {
                self.plans.insert(plan);
            }
            About::Appointment { .. } | About::Operation { .. } => {}
        }
    }
}
