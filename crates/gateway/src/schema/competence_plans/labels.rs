//! Enums of competence plans.

use async_graphql::Enum;
use varde_model::{catalogue, plan};

/// Where a competence plan (kompetanseplan) stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "plan::PlanState", name = "CompetencePlanState")]
pub enum PlanStateLabel {
    /// The leader rates the items (vurderes).
    Draft,
    /// The leader has rated them all; the line manager has not agreed yet (venter på nærmeste leder).
    Assessed,
    /// Both agree: what is missing is followed (avtalt).
    Agreed,
    /// Nothing is missing any more (fullført).
    Completed,
    /// The leader has left or leads no more (avsluttet).
    Ended,
}

/// How a leader stands to an item of the competence plan.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "plan::PlanRating", name = "CompetencePlanRating")]
pub enum PlanRatingLabel {
    /// Training is needed (trenger opplæring).
    NeedsTraining,
    /// Knows some of it (kan noe).
    Some,
    /// Masters it (trygg).
    Confident,
}

/// What covers an item besides gatherings.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "catalogue::ResourceKind", name = "CompetenceResourceKind")]
pub enum ResourceKindLabel {
    /// A course with a teacher (kurs).
    Course,
    /// A course on the net (e-læring).
    ELearning,
    /// A system or a form (verktøy).
    Tool,
    /// Something to read (veileder).
    Guide,
}
