//! What coordinators write about places in cohorts.

use async_graphql::{Enum, ID, InputObject};
use serde::Serialize;

use crate::schema::labels::ErrorPolicyLabel;

/// Leaders to put into a cohort.
#[derive(InputObject, Debug, Serialize)]
pub struct EnrolLeadersInput {
    /// The cohort.
    pub(super) cohort_id: ID,
    /// Employee numbers, at most 500.
    pub(super) employee_numbers: Vec<String>,
    /// Lets in whom the programme is not meant for, or who has a place in another of its cohorts (begrunnelse).
    pub(super) reason: Option<String>,
    /// What becomes of the good rows when others are refused.
    #[graphql(default_with = "ErrorPolicyLabel::RejectAll")]
    #[serde(skip)]
    pub(super) error_policy: ErrorPolicyLabel,
    /// Keep nothing; answer with who would get which mail.
    #[graphql(default)]
    pub(super) dry_run: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    #[serde(skip)]
    pub(super) idempotency_key: Option<String>,
}

/// Places whose leaders are to be invited, once more where they were before.
#[derive(InputObject, Debug, Serialize)]
pub struct InviteLeadersInput {
    /// The cohort, which must be published.
    pub(super) cohort_id: ID,
    /// The places, at most 500.
    pub(super) enrolment_ids: Vec<ID>,
    /// What becomes of the good rows when others are refused.
    #[graphql(default_with = "ErrorPolicyLabel::RejectAll")]
    #[serde(skip)]
    pub(super) error_policy: ErrorPolicyLabel,
    /// Keep nothing; answer with who would get which mail.
    #[graphql(default)]
    pub(super) dry_run: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    #[serde(skip)]
    pub(super) idempotency_key: Option<String>,
}

/// What a coordinator does with one place.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum EnrolmentChange {
    /// Takes the leader out; the seat goes to the next in line (trekke).
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
#[derive(InputObject, Debug, Serialize)]
pub struct ChangeEnrolmentInput {
    /// The place.
    pub(super) enrolment_id: ID,
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
    #[serde(skip)]
    pub(super) idempotency_key: Option<String>,
}
