//! Work that falls due and mail that is to be sent, as rows name it: ids only, never rendered text or a secret.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    check_in::CycleStep,
    groups::FollowUpStep,
    ids::{
        AccountId, AppointmentId, CheckInId, CohortId, CycleId, EnrolmentId, GatheringId, LeaderGroupId,
        NominationId, NominationRoundId, OperationId, PersonId, PlanId, PolicyId, SurveyId,
    },
    letter::LetterKind,
};

/// What a timer does when it is due. Stored tagged; a new shape is a new variant, so that old rows stay readable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "job", rename_all = "snake_case")]
pub enum Job {
    /// Send a policy's letter about a subject to one recipient, if its condition still holds.
    Remind {
        /// The policy that asked for it.
        policy: PolicyId,
        /// What it is about.
        about: About,
        /// Who gets it.
        recipient: Recipient,
    },
    /// An invitation's time to answer has run out.
    LapseInvitation {
        /// The invited leader's enrolment.
        enrolment: EnrolmentId,
    },
    /// A freed seat was held long enough.
    LapseOffer {
        /// The enrolment that holds it.
        enrolment: EnrolmentId,
    },
    /// Somebody's last day is over: seats go on to those in line.
    Leave {
        /// Who leaves.
        person: PersonId,
    },
    /// A gathering is over: those who were there are asked what it was worth.
    Evaluate {
        /// The gathering.
        gathering: GatheringId,
    },
    /// A leader group has met for the last time: its members are asked where it stands now.
    SurveyGroup {
        /// The group.
        group: LeaderGroupId,
    },
    /// Some have not answered a survey: they are reminded of it, once.
    RemindOfSurvey {
        /// The survey.
        survey: SurveyId,
    },
    /// A survey closes: what tells in which order its answers came is lost.
    CloseSurvey {
        /// The survey.
        survey: SurveyId,
    },
    /// The first gathering begins: the cohort is running.
    StartCohort {
        /// The cohort.
        cohort: CohortId,
    },
    /// A leader group's time to answer has run out.
    LapseGroup {
        /// The invited group.
        group: LeaderGroupId,
    },
    /// One step of following up what a leader group agreed on.
    FollowUp {
        /// The group.
        group: LeaderGroupId,
        /// Months after its last gathering.
        month: u32,
        /// What is to be done.
        step: FollowUpStep,
    },
    /// The window of a round of nominations is over: drafts lapse.
    CloseNominations {
        /// The round.
        round: NominationRoundId,
    },
    /// The time to endorse a nomination has run out.
    LapseEndorsement {
        /// The nomination.
        nomination: NominationId,
    },
    /// Something that a cycle of check-ins does by itself.
    CheckInCycle {
        /// The cycle.
        cycle: CycleId,
        /// What.
        step: CycleStep,
    },
    /// Actions of a check-in are to be done by a day: who has not done them is reminded.
    RemindOfActions {
        /// The check-in.
        check_in: CheckInId,
        /// The day.
        due_on: NaiveDate,
        /// True once it is past.
        past: bool,
    },
    /// A new working day for the trust: what the calendar alone has changed is looked at.
    LookAgain,
}

/// The thing that a timer or a letter is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum About {
    /// A leadership appointment.
    Appointment {
        /// Its id.
        appointment: AppointmentId,
    },
    /// A place in a cohort.
    Enrolment {
        /// Its id.
        enrolment: EnrolmentId,
    },
    /// One gathering, for one enrolled leader.
    Gathering {
        /// The gathering.
        gathering: GatheringId,
        /// The leader's place.
        enrolment: EnrolmentId,
    },
    /// A cohort as a whole.
    Cohort {
        /// Its id.
        cohort: CohortId,
    },
    /// A nomination.
    Nomination {
        /// Its id.
        nomination: NominationId,
    },
    /// Longer work, such as an import.
    Operation {
        /// Its id.
        operation: OperationId,
    },
    /// A survey.
    Survey {
        /// Its id.
        survey: SurveyId,
    },
    /// A leader group in a cohort.
    LeaderGroup {
        /// Its id.
        group: LeaderGroupId,
    },
    /// How what a leader group agreed on stands, some months after its last gathering.
    FollowUp {
        /// The group.
        group: LeaderGroupId,
        /// How many months.
        month: u32,
    },
    /// A leader's check-in.
    CheckIn {
        /// Its id.
        check_in: CheckInId,
    },
    /// A year's cycle of check-ins.
    CheckInCycle {
        /// Its id.
        cycle: CycleId,
    },
    /// A leader's competence plan.
    CompetencePlan {
        /// Its id.
        plan: PlanId,
    },
}

/// Who a letter goes to. The address is looked up at the moment of sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum Recipient {
    /// Somebody employed.
    Person {
        /// Who.
        person: PersonId,
    },
    /// Somebody who signs in but need not be employed, such as a coordinator.
    Account {
        /// Who.
        account: AccountId,
    },
    /// Somebody outside the tree who holds a check-in: the board's chair with the director.
    Reviewer {
        /// The check-in, whose row has name and address.
        check_in: CheckInId,
    },
}

/// A letter to be composed from the facts as they are when it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterRequest {
    /// Which letter.
    pub letter: LetterKind,
    /// What it is about.
    pub about: About,
    /// The reminder policy behind it, whose condition is asked again at the moment of sending.
    #[serde(default)]
    pub policy: Option<PolicyId>,
}
