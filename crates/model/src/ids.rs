//! Identifiers: one type for each kind of thing, so that a cohort's id is never taken for a person's.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    /// A hospital trust: the tenant.
    OrganisationId
    /// A node in the organisation's tree.
    UnitId
    /// A unit's name, kind and parent for a period.
    UnitPeriodId
    /// Anyone employed.
    PersonId
    /// A person's place of work and job title for a period.
    EmploymentId
    /// A person leads a unit, at a level, for a period.
    AppointmentId
    /// Somebody who signs in.
    AccountId
    /// One signed-in session with its chain of refresh tokens.
    SessionId
    /// A programme: the template of cohorts.
    ProgrammeId
    /// One published version of a programme.
    ProgrammeVersionId
    /// A reminder policy.
    PolicyId
    /// One run of a programme.
    CohortId
    /// A meeting of a cohort.
    GatheringId
    /// A person's place in a cohort.
    EnrolmentId
    /// A leader group in a cohort.
    LeaderGroupId
    /// A benefit or a measure that a leader group has agreed on.
    MeasureId
    /// Something that falls due: a reminder or a job.
    TimerId
    /// A mail on its way; its Message-ID is made from it.
    OutboxId
    /// A one-time link in a mail.
    LinkId
    /// Longer work with progress.
    OperationId
    /// One entry of the audit trail.
    AuditEventId
    /// A day on which the trust is closed.
    ClosedDayId
    /// A window within which leaders are nominated.
    NominationRoundId
    /// One leader's nomination.
    NominationId
    /// A certificate of a completed cohort.
    CertificateId
    /// A named line manager who overrides the tree.
    LineManagerOverrideId
    /// A conflict of interest that was found.
    ConflictId
    /// A published set of rules of conflicts of interest.
    ConflictRulesId
    /// Something that needs a coordinator's hand; made from what it is about.
    InboxItemId
    /// A service account's token.
    ServiceTokenId
    /// A survey: one round of a form.
    SurveyId
    /// One published version of the framework of requirements.
    FrameworkVersionId
    /// A leader's contract.
    ContractId
    /// A year's cycle of check-ins.
    CycleId
    /// A leader's check-in of a year.
    CheckInId
    /// An action agreed on at a check-in.
    CheckInActionId
    /// A leader's competence plan.
    PlanId
}
