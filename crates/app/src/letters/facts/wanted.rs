//! What the rows of a batch name.

use std::collections::BTreeSet;

use varde_model::{
    delivery::OutboxRow,
    ids::{AccountId, CohortId, EnrolmentId, LeaderGroupId, NominationId, PersonId},
    work::{About, Recipient},
};

/// Gathered before anything is fetched.
#[derive(Default)]
pub(super) struct Wanted {
    pub(super) people: BTreeSet<PersonId>,
    pub(super) accounts: BTreeSet<AccountId>,
    pub(super) enrolments: BTreeSet<EnrolmentId>,
    pub(super) cohorts: BTreeSet<CohortId>,
    pub(super) groups: BTreeSet<LeaderGroupId>,
    pub(super) nominations: BTreeSet<NominationId>,
}

impl Wanted {
    pub(super) fn note(&mut self, row: &OutboxRow) {
        match row.recipient {
            Recipient::Person { person } => self.people.insert(person),
            Recipient::Account { account } => self.accounts.insert(account),
        };
        match row.request.about {
            About::Enrolment { enrolment } | About::Gathering { enrolment, .. } => {
                self.enrolments.insert(enrolment);
            }
            About::Cohort { cohort } => {
                self.cohorts.insert(cohort);
            }
            About::LeaderGroup { group } | About::FollowUp { group, .. } => {
                self.groups.insert(group);
            }
            About::Nomination { nomination } => {
                self.nominations.insert(nomination);
            }
            About::Appointment { .. } | About::Operation { .. } => {}
        }
    }
}
