//! What coordinators write about places in cohorts, and what leaders answer.

use async_graphql::{Enum, ID, InputObject};

use crate::schema::labels::ErrorPolicyLabel;

/// Leaders to put into a cohort.
#[derive(InputObject, Debug)]
pub struct EnrolLeadersInput {
    /// The cohort, by its id.
    pub(super) cohort_id: Option<ID>,
    /// The cohort by the trust's own key, in place of `cohortId` (kullkode).
    pub(super) cohort_code: Option<String>,
    /// Employee numbers, at most 500.
    pub(super) employee_numbers: Vec<String>,
    /// Lets in whom the programme is not meant for, or who has a place in another of its cohorts (begrunnelse).
    pub(super) reason: Option<String>,
    /// What becomes of the good rows when others are refused.
    #[graphql(default_with = "ErrorPolicyLabel::RejectAll")]
    pub(super) error_policy: ErrorPolicyLabel,
    /// Keep nothing; answer with who would get which mail.
    #[graphql(default)]
    pub(super) dry_run: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    pub(super) idempotency_key: Option<String>,
}

/// Places whose leaders are to be invited, once more where they were before.
#[derive(InputObject, Debug)]
pub struct InviteLeadersInput {
    /// The cohort, which must be published, by its id.
    pub(super) cohort_id: Option<ID>,
    /// The cohort by the trust's own key, in place of `cohortId` (kullkode).
    pub(super) cohort_code: Option<String>,
    /// The places by their ids, at most 500.
    pub(super) enrolment_ids: Option<Vec<ID>>,
    /// The leaders of the places, in place of `enrolmentIds`; at most 500 (ansattnummer).
    pub(super) employee_numbers: Option<Vec<String>>,
    /// What becomes of the good rows when others are refused.
    #[graphql(default_with = "ErrorPolicyLabel::RejectAll")]
    pub(super) error_policy: ErrorPolicyLabel,
    /// Keep nothing; answer with who would get which mail.
    #[graphql(default)]
    pub(super) dry_run: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    pub(super) idempotency_key: Option<String>,
}

/// What a coordinator does with one place.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnrolmentChange {
    /// Takes the leader out; the seat goes to the next in line (melde av).
    Withdraw,
    /// Gives a seat past the line, also above the capacity; a reason is obligatory (gi plass utenom køen).
    PlacePastTheLine,
    /// Brings a lapsed answer back (gjenåpne).
    Reinstate,
    /// Writes down a yes that came by telephone.
    AcceptFor,
    /// Writes down a no that came by telephone.
    DeclineFor,
}

/// A change of one place.
#[derive(InputObject, Debug)]
pub struct ChangeEnrolmentInput {
    /// The place, by its id.
    pub(super) enrolment_id: Option<ID>,
    /// The leader of the place, in place of `enrolmentId` and together with `cohortCode` (ansattnummer).
    pub(super) employee_number: Option<String>,
    /// The cohort that the leader has the place in (kullkode).
    pub(super) cohort_code: Option<String>,
    /// What to do.
    pub(super) change: EnrolmentChange,
    /// Why. Obligatory for a seat past the line.
    pub(super) reason: Option<String>,
    /// The version that you saw; a conflict refuses the change.
    pub(super) version: Option<u32>,
    /// Keep nothing; answer with what would happen.
    #[graphql(default)]
    pub(super) dry_run: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    pub(super) idempotency_key: Option<String>,
}

/// What a leader answers.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvitationAnswer {
    /// Yes: a seat, or a place in line when the cohort is full.
    Accept,
    /// No.
    Decline,
    /// Leaves the line, or gives the seat back.
    Withdraw,
}

/// A leader's own answer to an invitation or an offered seat.
#[derive(InputObject, Debug)]
pub struct AnswerInvitationInput {
    /// One's own place.
    pub(super) enrolment_id: ID,
    /// The answer.
    pub(super) answer: InvitationAnswer,
    /// Why, for a no; never obligatory.
    pub(super) reason: Option<String>,
    /// Keep nothing; answer with what would happen.
    #[graphql(default)]
    pub(super) dry_run: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    pub(super) idempotency_key: Option<String>,
}

/// A leader's wish for a place.
#[derive(InputObject, Debug)]
pub struct AskForPlaceInput {
    /// The cohort by its code (kullkode).
    pub(super) cohort_code: String,
    /// Keep nothing; answer with what would happen.
    #[graphql(default)]
    pub(super) dry_run: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    pub(super) idempotency_key: Option<String>,
}

/// A leader's own word on a gathering.
#[derive(InputObject, Debug)]
pub struct AnswerGatheringInput {
    /// One's own place.
    pub(super) enrolment_id: ID,
    /// The gathering.
    pub(super) gathering_id: ID,
    /// True when one comes.
    pub(super) coming: bool,
}

/// How to propose new leaders.
#[derive(InputObject, Debug, Default)]
pub struct ProposeNewLeadersInput {
    /// Keep nothing; answer with how many would be proposed.
    #[graphql(default)]
    pub(super) dry_run: bool,
}
