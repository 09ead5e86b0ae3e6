//! What coordinators, nominators, line managers and panels write.

use async_graphql::{ID, InputObject};

use crate::schema::scalars::LocalDate;

/// A new round of nominations (nominasjonsrunde).
#[derive(InputObject, Debug)]
pub struct CreateNominationRoundInput {
    /// The cohort whose places are given (kullkode). Its programme takes nominations.
    pub(super) cohort_code: String,
    /// The trust's own key for the round; the cohort's code if left out (rundekode).
    pub(super) code: Option<String>,
    /// The first day on which nominations are taken.
    pub(super) opens: LocalDate,
    /// The last day.
    pub(super) closes: LocalDate,
    /// The last day on which line managers answer.
    pub(super) endorse_by: LocalDate,
    /// Places; the cohort's seats if left out (kvote).
    pub(super) quota: Option<u32>,
    /// Places in reserve; half as many as places if left out.
    pub(super) reserves: Option<u32>,
    /// Who ranks, at most 50 (ansattnumre).
    #[graphql(default)]
    pub(super) panel: Vec<String>,
}

/// Changes to a round. What is left out stays.
#[derive(InputObject, Debug)]
pub struct EditNominationRoundInput {
    /// The round (rundekode).
    pub(super) round_code: String,
    /// The first day on which nominations are taken; before the round is open.
    pub(super) opens: Option<LocalDate>,
    /// The last day; until it has passed.
    pub(super) closes: Option<LocalDate>,
    /// The last day on which line managers answer. It moves the time of those who have not answered.
    pub(super) endorse_by: Option<LocalDate>,
    /// Places (kvote).
    pub(super) quota: Option<u32>,
    /// Places in reserve.
    pub(super) reserves: Option<u32>,
    /// Who ranks: all of them, at most 50 (ansattnumre).
    pub(super) panel: Option<Vec<String>>,
    /// The version that you saw; a conflict refuses the change.
    pub(super) version: Option<u32>,
}

/// Which round to open.
#[derive(InputObject, Debug)]
pub struct OpenNominationRoundInput {
    /// The round (rundekode).
    pub(super) round_code: String,
    /// The version that you saw; a conflict refuses the call.
    pub(super) version: Option<u32>,
}

/// An endorsement that a coordinator writes down.
#[derive(InputObject, Debug)]
pub struct RecordEndorsementInput {
    /// The nomination.
    pub(super) nomination_id: ID,
    /// Endorsed or not.
    pub(super) endorsed: bool,
    /// Why, as the line manager said it (begrunnelse).
    pub(super) reason: String,
    /// Why it is taken late, or from a coordinator.
    pub(super) override_reason: String,
    /// The version of the nomination that you saw; a conflict refuses the call.
    pub(super) version: Option<u32>,
}

/// Whom to ask for an endorsement once more.
#[derive(InputObject, Debug)]
pub struct ReopenEndorsementInput {
    /// The nomination.
    pub(super) nomination_id: ID,
    /// Whom to ask; whoever is independent in the line if left out (ansattnummer).
    pub(super) endorser_employee_number: Option<String>,
    /// The last day of the new time.
    pub(super) until: LocalDate,
    /// Why (begrunnelse).
    pub(super) reason: String,
    /// The version of the nomination that you saw; a conflict refuses the call.
    pub(super) version: Option<u32>,
    /// Keep nothing; answer with what would happen and who would get which mail.
    #[graphql(default)]
    pub(super) dry_run: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    pub(super) idempotency_key: Option<String>,
}

/// How a tie is settled.
#[derive(InputObject, Debug)]
pub struct SettleTieInput {
    /// The round (rundekode).
    pub(super) round_code: String,
    /// All who stand alike, in the order decided on.
    pub(super) nomination_ids: Vec<ID>,
    /// Why (begrunnelse).
    pub(super) reason: String,
}

/// Which round's outcomes to work out.
#[derive(InputObject, Debug)]
pub struct PrepareOutcomesInput {
    /// The round (rundekode).
    pub(super) round_code: String,
    /// Why the panel is not waited for, where members have not ranked (begrunnelse). It stands with the round.
    pub(super) override_reason: Option<String>,
    /// The version that you saw; a conflict refuses the call.
    pub(super) version: Option<u32>,
}

/// Which round's outcomes to send.
#[derive(InputObject, Debug)]
pub struct SendOutcomesInput {
    /// The round (rundekode).
    pub(super) round_code: String,
    /// The version that you saw; a conflict refuses the call.
    pub(super) version: Option<u32>,
    /// Tell everybody that no places are given: only where it is too late to offer them, or the cohort is called off. The
    /// outcomes need not be prepared then.
    #[graphql(default)]
    pub(super) without_places: bool,
    /// Keep nothing; answer with what would happen and who would get which mail.
    #[graphql(default)]
    pub(super) dry_run: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    pub(super) idempotency_key: Option<String>,
}

/// A nomination of oneself, or of a leader who reports to one.
#[derive(InputObject, Debug)]
pub struct NominateInput {
    /// The round (rundekode); `myNominationRounds` lists those that are open.
    pub(super) round_code: String,
    /// A leader who reports to one; oneself if left out (ansattnummer).
    pub(super) employee_number: Option<String>,
    /// Why this leader, at most 4000 characters. Needed to hand it in.
    pub(super) motivation: Option<String>,
    /// The nominee's own development project, at most 4000 characters (utviklingsprosjekt).
    pub(super) project: Option<String>,
    /// True hands it in; false leaves a draft, which is reminded of before the close (send inn).
    #[graphql(default)]
    pub(super) submit: bool,
    /// Keep nothing; answer with what would happen.
    #[graphql(default)]
    pub(super) dry_run: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    pub(super) idempotency_key: Option<String>,
}

/// Changes to a nomination before the close. What is left out stays.
#[derive(InputObject, Debug)]
pub struct EditNominationInput {
    /// The nomination.
    pub(super) nomination_id: ID,
    /// Why this leader, at most 4000 characters; for who wrote it.
    pub(super) motivation: Option<String>,
    /// The nominee's own development project, at most 4000 characters (utviklingsprosjekt).
    pub(super) project: Option<String>,
    /// True hands a draft in (send inn).
    #[graphql(default)]
    pub(super) submit: bool,
    /// The version that you saw; a conflict refuses the change.
    pub(super) version: Option<u32>,
    /// Keep nothing; answer with what would happen.
    #[graphql(default)]
    pub(super) dry_run: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    pub(super) idempotency_key: Option<String>,
}

/// A nomination to take back.
#[derive(InputObject, Debug)]
pub struct WithdrawNominationInput {
    /// The nomination.
    pub(super) nomination_id: ID,
    /// The version that you saw; a conflict refuses the call.
    pub(super) version: Option<u32>,
}

/// A line manager's answer to a nomination.
#[derive(InputObject, Debug)]
pub struct AnswerEndorsementInput {
    /// The nomination that one is asked to endorse.
    pub(super) nomination_id: ID,
    /// Endorsed or not.
    pub(super) endorsed: bool,
    /// Why, either way, at most 2000 characters (begrunnelse).
    pub(super) reason: String,
}

/// A panel member's order.
#[derive(InputObject, Debug)]
pub struct RankNominationsInput {
    /// The round (rundekode).
    pub(super) round_code: String,
    /// Every nomination before the panel but those in which one may have no say, the best first.
    pub(super) nomination_ids: Vec<ID>,
}

/// One's own development project.
#[derive(InputObject, Debug)]
pub struct EditDevelopmentProjectInput {
    /// One's own place.
    pub(super) enrolment_id: ID,
    /// The project in one's own words, at most 4000 characters (utviklingsprosjekt).
    pub(super) text: String,
    /// The version that you saw; a conflict refuses the change.
    pub(super) version: Option<u32>,
}
