//! Inputs of the mutations of check-ins.

use async_graphql::{ID, InputObject};
use varde_app::check_ins::CheckInWish;
use varde_model::check_in::Reminding;

use super::labels::{ActionStateLabel, CheckInStateLabel, PartyLabel, RatingLabel};
use crate::schema::scalars::LocalDate;

/// When a cycle reminds and whom it tells. Days are counted from the due date; those before it are negative.
#[derive(InputObject, Clone, Debug)]
pub struct CheckInRemindingInput {
    /// Days on which those are reminded of whom something is wanted (påminnelser).
    remind: Vec<i16>,
    /// The day on which line managers are told of leaders who are late; left out, they are not.
    tell_line_manager: Option<i16>,
    /// The day on which the coordinators are told how many are late; left out, they are not.
    tell_coordinators: Option<i16>,
}

impl From<CheckInRemindingInput> for Reminding {
    fn from(input: CheckInRemindingInput) -> Self {
        let CheckInRemindingInput { remind, tell_line_manager, tell_coordinators } = input;
        Self { remind, tell_line_manager, tell_coordinators }
    }
}

/// A new cycle.
#[derive(InputObject, Debug)]
pub struct CreateCheckInCycleInput {
    /// The trust's own code, such as `2027`.
    pub(super) code: String,
    /// From this day on the check-ins are held.
    pub(super) opens_on: LocalDate,
    /// By this day both should have signed.
    pub(super) due_on: LocalDate,
    /// After this day nothing is taken any more.
    pub(super) closes_on: LocalDate,
    /// Who has led for fewer days on the opening day joins later, or next year.
    #[graphql(default = 60)]
    pub(super) least_days: u16,
    /// When it reminds and whom it tells; the usual if left out: 21 and 7 days before the due date and the day after it, line
    /// managers a week and coordinators two weeks after it.
    pub(super) reminding: Option<CheckInRemindingInput>,
}

/// Changes to a cycle; what is left out stays.
#[derive(InputObject, Debug)]
pub struct EditCheckInCycleInput {
    /// The cycle's code.
    pub(super) cycle_code: String,
    /// The opening day, before it is opened.
    pub(super) opens_on: Option<LocalDate>,
    /// The due date.
    pub(super) due_on: Option<LocalDate>,
    /// The last day.
    pub(super) closes_on: Option<LocalDate>,
    /// The days that one has to have led, before it is opened.
    pub(super) least_days: Option<u16>,
    /// When it reminds and whom it tells: all of it.
    pub(super) reminding: Option<CheckInRemindingInput>,
    /// The version that was seen.
    pub(super) version: Option<u32>,
}

/// Letting a cycle open by itself.
#[derive(InputObject, Debug)]
pub struct ScheduleCheckInCycleInput {
    /// The cycle's code.
    pub(super) cycle_code: String,
    /// Take it back: the cycle is a draft again.
    #[graphql(default)]
    pub(super) take_back: bool,
    /// The version that was seen.
    pub(super) version: Option<u32>,
}

/// Opening a cycle now.
#[derive(InputObject, Debug)]
pub struct OpenCheckInCycleInput {
    /// The cycle's code.
    pub(super) cycle_code: String,
    /// The version that was seen.
    pub(super) version: Option<u32>,
    /// Keep nothing; answer with who would take part and who would get mail.
    #[graphql(default)]
    pub(super) dry_run: bool,
    /// A key of your own: the same call sent again opens nothing twice.
    pub(super) idempotency_key: Option<String>,
}

/// Whom to remind.
#[derive(InputObject, Debug)]
pub struct RemindLateCheckInsInput {
    /// The cycle's code.
    pub(super) cycle_code: String,
    /// Only in the unit with this code, and in all units below it; left out, in the whole trust.
    pub(super) unit_code: Option<String>,
    /// Send nothing; answer with who would be reminded.
    #[graphql(default)]
    pub(super) dry_run: bool,
    /// A key of your own: the same call sent again reminds nobody twice.
    pub(super) idempotency_key: Option<String>,
}

/// More time for a cycle that was closed.
#[derive(InputObject, Debug)]
pub struct ReopenCheckInCycleInput {
    /// The cycle's code.
    pub(super) cycle_code: String,
    /// The new last day.
    pub(super) closes_on: LocalDate,
    /// The version that was seen.
    pub(super) version: Option<u32>,
}

/// A requirement as it is to be saved.
#[derive(InputObject)]
pub struct CheckInRatingInput {
    /// The requirement's key.
    pub(super) requirement: String,
    /// How far; null where that is not decided yet.
    pub(super) rating: Option<RatingLabel>,
    /// The example, or why it does not apply. Confidential between the two.
    pub(super) text: Option<String>,
    /// The version that was seen; 0 where none was saved before.
    #[graphql(default)]
    pub(super) version: u32,
}

/// What was written is in no debug output.
impl std::fmt::Debug for CheckInRatingInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CheckInRatingInput").field("requirement", &self.requirement).finish_non_exhaustive()
    }
}

/// Saving the own view.
#[derive(InputObject, Debug)]
pub struct SaveCheckInInput {
    /// The check-in.
    pub(super) check_in_id: ID,
    /// The requirements that were changed.
    #[graphql(validator(max_items = 100))]
    pub(super) ratings: Vec<CheckInRatingInput>,
}

/// Something about a check-in as a whole.
#[derive(InputObject, Debug)]
pub struct CheckInInput {
    /// The check-in.
    pub(super) check_in_id: ID,
}

/// The day of the meeting.
#[derive(InputObject, Debug)]
pub struct RecordCheckInMeetingInput {
    /// The check-in.
    pub(super) check_in_id: ID,
    /// The day on which the two met.
    pub(super) met_on: LocalDate,
}

/// An action to agree on.
#[derive(InputObject)]
pub struct AgreeOnActionInput {
    /// The check-in.
    pub(super) check_in_id: ID,
    /// What is to be done. Confidential between the two. May be left out where a programme or an item
    /// says it.
    pub(super) text: Option<String>,
    /// Whose it is to do.
    pub(super) owner: PartyLabel,
    /// By when.
    pub(super) due_on: LocalDate,
    /// The key of the requirement that it serves.
    pub(super) requirement: Option<String>,
    /// The key of the programme that it leads to.
    pub(super) programme_key: Option<String>,
    /// The key of the item of the competence plan (kompetanseplan) that it leads to.
    pub(super) plan_item: Option<String>,
}

/// What was written is in no debug output.
impl std::fmt::Debug for AgreeOnActionInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AgreeOnActionInput").field("check_in_id", &self.check_in_id).finish_non_exhaustive()
    }
}

/// An action to take off.
#[derive(InputObject, Debug)]
pub struct RemoveAgreedActionInput {
    /// The check-in.
    pub(super) check_in_id: ID,
    /// The action.
    pub(super) action_id: ID,
}

/// How an action stands.
#[derive(InputObject, Debug)]
pub struct SetAgreedActionInput {
    /// The check-in.
    pub(super) check_in_id: ID,
    /// The action.
    pub(super) action_id: ID,
    /// How it stands.
    pub(super) state: ActionStateLabel,
    /// A new date, where it takes longer.
    pub(super) due_on: Option<LocalDate>,
}

/// A signature.
#[derive(InputObject, Debug)]
pub struct SignCheckInInput {
    /// The check-in.
    pub(super) check_in_id: ID,
    /// The version that was read: something else is not signed.
    pub(super) version: Option<u32>,
}

/// An addendum.
#[derive(InputObject)]
pub struct AddToCheckInInput {
    /// The check-in.
    pub(super) check_in_id: ID,
    /// What is added. Confidential between the two.
    pub(super) text: String,
}

/// What was written is in no debug output.
impl std::fmt::Debug for AddToCheckInInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AddToCheckInInput").field("check_in_id", &self.check_in_id).finish_non_exhaustive()
    }
}

/// Making contracts.
#[derive(InputObject, Debug)]
pub struct MakeContractsInput {
    /// Keep nothing; answer with what would be made.
    #[graphql(default)]
    pub(super) dry_run: bool,
}

/// Renewing contracts on the newest version of the framework.
#[derive(InputObject, Debug)]
pub struct RenewContractsInput {
    /// The leaders by employee number, at most 500; all if left out.
    pub(super) employee_numbers: Option<Vec<String>>,
    /// Keep nothing; answer with what would be renewed.
    #[graphql(default)]
    pub(super) dry_run: bool,
}

/// A contract that was signed.
#[derive(InputObject, Debug)]
pub struct SignedContractInput {
    /// The leader's employee number.
    pub(super) employee_number: String,
    /// When both had signed.
    pub(super) signed_on: LocalDate,
    /// The trust's own reference to the document, such as a case number.
    pub(super) document: Option<String>,
}

/// Contracts that were signed.
#[derive(InputObject, Debug)]
pub struct RecordContractsSignedInput {
    /// At most 500.
    pub(super) contracts: Vec<SignedContractInput>,
}

/// Which check-ins of a cycle. What is left out lets all through.
#[derive(Debug, Default, InputObject)]
pub struct CheckInFilterInput {
    /// Only those that stand there.
    states: Option<Vec<CheckInStateLabel>>,
    /// Only those of the unit with this code, and of all units below it on the opening day.
    unit_code: Option<String>,
    /// Only those that are late: not signed, and the due date is past.
    #[graphql(default)]
    late: bool,
}

impl From<CheckInFilterInput> for CheckInWish {
    fn from(input: CheckInFilterInput) -> Self {
        let states = input.states.map(|states| states.into_iter().map(Into::into).collect());
        Self { states, unit_code: input.unit_code, late: input.late }
    }
}
