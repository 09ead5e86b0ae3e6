//! What falls due, as a row written ahead: a reminder or a job, once for each key.

use chrono::{DateTime, Utc};

use crate::{
    delivery::names,
    ids::{
        AppointmentId, CohortId, EnrolmentId, GatheringId, NominationId, OrganisationId, PersonId, PolicyId,
        TimerId,
    },
    local_time::Zoned,
    state_reason::StateReason,
    work::{About, Job, Recipient},
};

names! {
    /// Where a timer stands.
    TimerState {
        /// It waits for its moment.
        Pending = "pending",
        /// Its job was done.
        Fired = "fired",
        /// Its moment came and the condition did not hold.
        Skipped = "skipped",
        /// What it was about changed before its moment. Planning the same key anew revives it.
        Cancelled = "cancelled",
        /// Its latest time had passed when a scheduler came to it.
        Missed = "missed",
    }
}

/// A timer to be written in the transaction that causes it.
#[derive(Clone, Debug, PartialEq)]
pub struct NewTimer {
    /// Its id; kept by the row that has the key already.
    pub id: TimerId,
    /// What is to be done.
    pub job: Job,
    /// The cohort it belongs to, where the job does not name it.
    pub cohort: Option<CohortId>,
    /// Whom it is about, where the job does not name the person.
    pub person: Option<PersonId>,
    /// One timer for each key in an organisation: policy, subject, occurrence and person joined.
    pub unique_key: String,
    /// The moment it is planned for, as the trust's wall clock shows it.
    pub local: Zoned,
    /// The moment.
    pub due_at: DateTime<Utc>,
    /// Later than this it is missed and does nothing.
    pub latest_at: Option<DateTime<Utc>>,
}

/// A timer as its row stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Timer {
    /// Permanent id.
    pub id: TimerId,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// What is to be done.
    pub job: Job,
    /// The cohort it belongs to.
    pub cohort: Option<CohortId>,
    /// Whom it is about.
    pub person: Option<PersonId>,
    /// One timer for each key in an organisation.
    pub unique_key: String,
    /// The moment it was planned for, as the trust's wall clock shows it.
    pub local: Zoned,
    /// The moment it comes: later than that planned for when it was put off.
    pub due_at: DateTime<Utc>,
    /// Later than this it is missed.
    pub latest_at: Option<DateTime<Utc>>,
    /// Where it stands.
    pub state: TimerState,
    /// Why it stands there.
    pub reason: Option<StateReason>,
    /// When it left `pending`.
    pub fired_at: Option<DateTime<Utc>>,
    /// How often its job broke.
    pub attempts: u32,
}

/// What came of a timer's moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fired {
    /// Its job was done.
    Done,
    /// It was not needed any more.
    Needless,
    /// Its latest time had passed, or passes before it may go out.
    Missed,
    /// It is late and waits for an hour at which it may go out.
    PutOff,
    /// Somebody else fired, moved or cancelled it first.
    Gone,
}

/// Which timers: all that belong to something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimersOf {
    /// A leadership appointment.
    Appointment(AppointmentId),
    /// A place in a cohort, its gatherings included.
    Enrolment(EnrolmentId),
    /// A gathering, for everyone.
    Gathering(GatheringId),
    /// A cohort with its gatherings and places.
    Cohort(CohortId),
    /// A nomination.
    Nomination(NominationId),
    /// A person, whatever it is about.
    Person(PersonId),
    /// A reminder policy.
    Policy(PolicyId),
}

impl Job {
    /// The name in rows and metrics.
    pub const fn name(&self) -> &'static str {
        match self {
            Job::Remind { .. } => "remind",
            Job::LapseInvitation { .. } => "lapse_invitation",
            Job::LapseOffer { .. } => "lapse_offer",
            Job::Leave { .. } => "leave",
            Job::Evaluate { .. } => "evaluate",
            Job::SurveyGroup { .. } => "survey_group",
            Job::RemindOfSurvey { .. } => "remind_of_survey",
            Job::CloseSurvey { .. } => "close_survey",
            Job::StartCohort { .. } => "start_cohort",
            Job::LapseGroup { .. } => "lapse_group",
            Job::FollowUp { .. } => "follow_up",
            Job::CloseNominations { .. } => "close_nominations",
            Job::LapseEndorsement { .. } => "lapse_endorsement",
            Job::CheckInCycle { .. } => "check_in_cycle",
            Job::RemindOfActions { .. } => "remind_of_actions",
            Job::LookAgain => "look_again",
        }
    }

    /// The policy that asked for it.
    pub const fn policy(&self) -> Option<PolicyId> {
        match self {
            Job::Remind { policy, .. } => Some(*policy),
            _ => None,
        }
    }

    /// The person who would get its letter.
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            Job::Remind { recipient: Recipient::Person { person }, .. } | Job::Leave { person } => {
                Some(*person)
            }
            _ => None,
        }
    }

    /// The appointment it is about.
    pub const fn appointment(&self) -> Option<AppointmentId> {
        match self {
            Job::Remind { about: About::Appointment { appointment }, .. } => Some(*appointment),
            _ => None,
        }
    }

    /// The place in a cohort it is about.
    pub const fn enrolment(&self) -> Option<EnrolmentId> {
        match self {
            Job::Remind {
                about: About::Enrolment { enrolment } | About::Gathering { enrolment, .. },
                ..
            }
            | Job::LapseInvitation { enrolment }
            | Job::LapseOffer { enrolment } => Some(*enrolment),
            _ => None,
        }
    }

    /// The gathering it is about.
    pub const fn gathering(&self) -> Option<GatheringId> {
        match self {
            Job::Remind { about: About::Gathering { gathering, .. }, .. } | Job::Evaluate { gathering } => {
                Some(*gathering)
            }
            _ => None,
        }
    }

    /// The nomination it is about.
    pub const fn nomination(&self) -> Option<NominationId> {
        match self {
            Job::Remind { about: About::Nomination { nomination }, .. }
            | Job::LapseEndorsement { nomination } => Some(*nomination),
            _ => None,
        }
    }

    /// The cohort it is about.
    pub const fn cohort(&self) -> Option<CohortId> {
        match self {
            Job::Remind { about: About::Cohort { cohort }, .. } | Job::StartCohort { cohort } => {
                Some(*cohort)
            }
            _ => None,
        }
    }
}
