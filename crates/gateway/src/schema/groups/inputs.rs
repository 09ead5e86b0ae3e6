//! What coordinators and members write about leader groups.

use async_graphql::{Enum, ID, InputObject};
use varde_model::groups::Facilitator;

use super::labels::{MeasureKindLabel, StandingLabel};
use crate::schema::scalars::LocalDate;

/// Somebody from outside who guides a group (prosessveileder).
#[derive(InputObject, Debug, Clone)]
pub struct FacilitatorInput {
    /// Full name; an empty one takes the present facilitator away.
    pub(super) name: String,
    /// Where she or he works.
    pub(super) organisation: Option<String>,
    /// How to reach her or him.
    pub(super) email: Option<String>,
}

impl From<FacilitatorInput> for Facilitator {
    fn from(input: FacilitatorInput) -> Self {
        Self { name: input.name, organisation: input.organisation, email: input.email }
    }
}

/// A leader group to put into a cohort.
#[derive(InputObject, Debug)]
pub struct EnrolLeaderGroupInput {
    /// The cohort, by its id.
    pub(super) cohort_id: Option<ID>,
    /// The cohort by the trust's own key, in place of `cohortId` (kullkode).
    pub(super) cohort_code: Option<String>,
    /// The code of the unit that the group's leader leads; its members are found from the tree (enhetskode).
    pub(super) unit_code: String,
    /// What it is called; the unit's name if left out.
    pub(super) name: Option<String>,
    /// What changes, in a programme that asks for a change (endringssak).
    pub(super) what_changes: Option<String>,
    /// Who is touched by it.
    pub(super) who_is_touched: Option<String>,
    /// Who guides it (prosessveileder).
    pub(super) facilitator: Option<FacilitatorInput>,
    /// Lets in a group whose leader is of another level than the programme is meant for (begrunnelse).
    pub(super) reason: Option<String>,
    /// Keep nothing; answer with who would belong to it and get which mail.
    #[graphql(default)]
    pub(super) dry_run: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    pub(super) idempotency_key: Option<String>,
}

/// What a coordinator does with a leader group.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "varde_app::groups::GroupChange", name = "LeaderGroupChange")]
pub enum LeaderGroupChange {
    /// Asks its leader, also once more (inviter).
    Invite,
    /// Writes down a yes that came by telephone.
    AcceptFor,
    /// Writes down a no that came by telephone.
    DeclineFor,
    /// Takes it out, with everybody of it (meld av).
    Withdraw,
}

/// A change of one leader group.
#[derive(InputObject, Debug)]
pub struct ChangeLeaderGroupInput {
    /// The group.
    pub(super) leader_group_id: ID,
    /// What to do.
    pub(super) change: LeaderGroupChange,
    /// Why, if there is something to be said.
    pub(super) reason: Option<String>,
    /// The version that you saw; a conflict refuses the change.
    pub(super) version: Option<u32>,
    /// Keep nothing; answer with what would happen.
    #[graphql(default)]
    pub(super) dry_run: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    pub(super) idempotency_key: Option<String>,
}

/// Who joins and who leaves a leader group.
#[derive(InputObject, Debug)]
pub struct ChangeLeaderGroupMembersInput {
    /// The group.
    pub(super) leader_group_id: ID,
    /// Employee numbers of those who join; in a group that takes part each gets a seat (ansattnummer).
    #[graphql(default)]
    pub(super) add: Vec<String>,
    /// Employee numbers of those who leave; each gives up the seat.
    #[graphql(default)]
    pub(super) leave_out: Vec<String>,
    /// True to look at the tree once more: who reports to the leader now joins, who does not any more leaves. What was
    /// decided by hand stays.
    #[graphql(default)]
    pub(super) follow_the_tree: bool,
    /// Why; obligatory for whoever is named. It stays with the members (begrunnelse).
    pub(super) reason: Option<String>,
    /// The version that you saw; a conflict refuses the change.
    pub(super) version: Option<u32>,
    /// Keep nothing; answer with what would happen.
    #[graphql(default)]
    pub(super) dry_run: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    pub(super) idempotency_key: Option<String>,
}

/// Changes to a leader group. What is left out stays; an empty text clears a value.
#[derive(InputObject, Debug)]
pub struct EditLeaderGroupInput {
    /// The group.
    pub(super) leader_group_id: ID,
    /// What it is called.
    pub(super) name: Option<String>,
    /// The employee number of its leader, who must belong to it.
    pub(super) leader_employee_number: Option<String>,
    /// Who guides it.
    pub(super) facilitator: Option<FacilitatorInput>,
    /// What changes.
    pub(super) what_changes: Option<String>,
    /// Who is touched by it.
    pub(super) who_is_touched: Option<String>,
    /// The version that you saw; a conflict refuses the edit.
    pub(super) version: Option<u32>,
    /// Keep nothing; answer with what would happen.
    #[graphql(default)]
    pub(super) dry_run: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    pub(super) idempotency_key: Option<String>,
}

/// A benefit that is wanted, or a measure that was agreed on; whole.
#[derive(InputObject, Debug)]
pub struct SetMeasureInput {
    /// The group.
    pub(super) leader_group_id: ID,
    /// The one to change; a new one if left out.
    pub(super) measure_id: Option<ID>,
    /// A benefit or a measure.
    pub(super) kind: MeasureKindLabel,
    /// What it is.
    pub(super) text: String,
    /// What it is measured by; obligatory for a benefit (indikator).
    pub(super) indicator: Option<String>,
    /// Where the indicator stood before (utgangspunkt).
    pub(super) baseline: Option<String>,
    /// Where it is to be; obligatory for a benefit (mål).
    pub(super) target: Option<String>,
    /// The employee number of whoever answers for it (ansvarlig).
    pub(super) owner_employee_number: String,
    /// By when it is to be done.
    pub(super) due: Option<LocalDate>,
    /// The version that you saw, of one that is changed; a conflict refuses it.
    pub(super) version: Option<u32>,
}

/// A benefit or a measure to take back.
#[derive(InputObject, Debug)]
pub struct RemoveMeasureInput {
    /// The measure. One that somebody was asked about stays; it can be given up.
    pub(super) measure_id: ID,
}

/// How a measure stands at one of its follow-ups.
#[derive(InputObject, Debug)]
pub struct FollowUpInput {
    /// The measure.
    pub(super) measure_id: ID,
    /// Months after the group's last gathering, as the programme names them.
    pub(super) month: u32,
    /// Where it stands.
    pub(super) standing: StandingLabel,
    /// Where the indicator stands.
    pub(super) figure: Option<String>,
    /// What there is to be said of it.
    pub(super) comment: Option<String>,
}

/// An answer on behalf of a leader group.
#[derive(InputObject, Debug)]
pub struct AnswerGroupInvitationInput {
    /// The group that one leads.
    pub(super) leader_group_id: ID,
    /// True for a yes: a seat for everybody.
    pub(super) accept: bool,
    /// Why, for a no; never obligatory.
    pub(super) reason: Option<String>,
    /// Keep nothing; answer with what would happen.
    #[graphql(default)]
    pub(super) dry_run: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    pub(super) idempotency_key: Option<String>,
}
