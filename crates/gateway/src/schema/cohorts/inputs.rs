//! What coordinators write about cohorts and gatherings.

use async_graphql::{ID, InputObject};
use varde_app::{
    Error,
    cohorts::{CohortDraft, CohortEdit, GatheringDraft, GatheringEdit},
};
use varde_model::ids::AccountId;

use super::blocks::{GatheringBlockInput, blocks, wording};
use crate::schema::{
    node::key,
    reminders::TextsInput,
    scalars::{LocalDate, LocalTime},
};

/// What a coordinator knows of a cohort that is planned.
#[derive(InputObject, Debug)]
pub struct CohortPlanInput {
    /// The programme's key, such as `onboarding`.
    programme: String,
    /// The trust's own key for the cohort (kullkode), unique in the organisation.
    pub(super) code: String,
    /// What people call it; of a new cohort, the code if left out.
    title: Option<String>,
    /// Seats, 1 to 1000.
    capacity: Option<u32>,
    /// Where it meets.
    place: Option<String>,
    /// Where it meets on the net.
    link: Option<String>,
    /// Calendar days to answer an invitation, 1 to 90.
    answer_days: Option<u32>,
    /// Hours that a freed seat is held, 1 to 720.
    hold_hours: Option<u32>,
    /// Hours before the first gathering after which no freed seat is offered, 0 to 1440.
    cutoff_hours: Option<u32>,
    /// Accounts that run it, each of a coordinator or administrator; of a new cohort, the caller if left out or empty. The
    /// query `coordinators` lists them.
    coordinators: Option<Vec<ID>>,
}

impl CohortPlanInput {
    pub(super) fn into_draft(self, gatherings: Vec<GatheringDraft>) -> Result<CohortDraft, Error> {
        Ok(CohortDraft {
            programme: self.programme,
            code: self.code,
            title: self.title,
            capacity: self.capacity,
            place: self.place,
            link: self.link,
            answer_days: self.answer_days,
            hold_hours: self.hold_hours,
            cutoff_hours: self.cutoff_hours,
            coordinators: accounts(&self.coordinators.unwrap_or_default())?,
            gatherings,
        })
    }
}

/// A new cohort (kull). What is left out comes from the programme.
#[derive(InputObject, Debug)]
pub struct CreateCohortInput {
    #[graphql(flatten)]
    cohort: CohortPlanInput,
    /// Its gatherings in order; each follows the programme's plan for its position where it says nothing else.
    #[graphql(default)]
    gatherings: Vec<GatheringInput>,
    /// A key of your choice: the same call sent twice with it happens once.
    pub(super) idempotency_key: Option<String>,
}

impl CreateCohortInput {
    pub(super) fn into_draft(self) -> Result<CohortDraft, Error> {
        let gatherings = gatherings(self.gatherings)?;
        self.cohort.into_draft(gatherings)
    }
}

/// A gathering (samling).
#[derive(InputObject, Debug)]
pub struct GatheringInput {
    /// The local day.
    date: LocalDate,
    /// The local hour it begins.
    starts: Option<LocalTime>,
    /// The local hour it ends.
    ends: Option<LocalTime>,
    /// What it is called, in one text for all languages. A title as you read it is known again and keeps its other
    /// languages.
    title: Option<String>,
    /// What it is called in each language; counts before `title`.
    titles: Option<TextsInput>,
    /// The address or building, where it is not the cohort's.
    place: Option<String>,
    /// The room.
    room: Option<String>,
    /// Where it meets on the net, where it is not the cohort's.
    link: Option<String>,
    /// The day's programme. Left out, the blocks are the programme's: they begin with the gathering, and what would lie
    /// behind its end is cut off, with a warning.
    blocks: Option<Vec<GatheringBlockInput>>,
}

impl GatheringInput {
    pub(super) fn into_draft(self) -> Result<GatheringDraft, Error> {
        Ok(GatheringDraft {
            date: self.date.into(),
            group: None,
            starts: self.starts.map(Into::into),
            ends: self.ends.map(Into::into),
            title: wording(self.title.filter(|title| !title.trim().is_empty()), self.titles),
            place: self.place,
            room: self.room,
            link: self.link,
            blocks: blocks(self.blocks)?,
        })
    }
}

/// Gatherings in order.
pub(super) fn gatherings(given: Vec<GatheringInput>) -> Result<Vec<GatheringDraft>, Error> {
    let gathering = |(index, input): (usize, GatheringInput)| {
        input.into_draft().map_err(|error| error.under(&["gatherings".into(), index.into()]))
    };
    given.into_iter().enumerate().map(gathering).collect()
}

pub(super) fn accounts(ids: &[ID]) -> Result<Vec<AccountId>, Error> {
    ids.iter()
        .enumerate()
        .map(|(index, id)| key("Account", "coordinators", id).map_err(|e: Error| e.under(&[index.into()])))
        .collect()
}

/// Changes to a cohort. What is left out stays; an empty text clears a value.
#[derive(InputObject, Debug)]
pub struct EditCohortInput {
    /// The cohort, by its id.
    pub(super) cohort_id: Option<ID>,
    /// The cohort by the trust's own key, in place of `cohortId` (kullkode).
    pub(super) cohort_code: Option<String>,
    /// The trust's own key (kullkode). Only of a draft: once published, people know the cohort by it.
    code: Option<String>,
    /// What people call it.
    title: Option<String>,
    /// Seats. A rise offers the new ones to those in line; nobody loses a seat by a fall.
    capacity: Option<u32>,
    /// Where it meets. Calendars are told.
    place: Option<String>,
    /// Where it meets on the net. Calendars are told.
    link: Option<String>,
    /// Calendar days to answer an invitation, from the next one on.
    answer_days: Option<u32>,
    /// Hours that a freed seat is held, from the next offer on.
    hold_hours: Option<u32>,
    /// Hours before the first gathering after which no freed seat is offered.
    cutoff_hours: Option<u32>,
    /// Accounts that run it: at least one, each of a coordinator or administrator; the query `coordinators` lists them.
    coordinators: Option<Vec<ID>>,
    /// The version that you saw; a conflict refuses the edit.
    version: Option<u32>,
    /// Keep nothing; answer with what would happen and who would get which mail.
    #[graphql(default)]
    dry_run: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    pub(super) idempotency_key: Option<String>,
}

impl EditCohortInput {
    pub(super) fn into_edit(self) -> Result<CohortEdit, Error> {
        Ok(CohortEdit {
            code: self.code,
            title: self.title,
            capacity: self.capacity,
            place: self.place,
            link: self.link,
            answer_days: self.answer_days,
            hold_hours: self.hold_hours,
            cutoff_hours: self.cutoff_hours,
            coordinators: self.coordinators.as_deref().map(accounts).transpose()?,
            version: self.version,
            dry_run: self.dry_run,
        })
    }
}

/// Which cohort to publish.
#[derive(InputObject, Debug)]
pub struct PublishCohortInput {
    /// The cohort, by its id.
    pub(super) cohort_id: Option<ID>,
    /// The cohort by the trust's own key, in place of `cohortId` (kullkode).
    pub(super) cohort_code: Option<String>,
    /// The version that you saw; a conflict refuses the call.
    pub(super) version: Option<u32>,
    /// Keep nothing; answer with who would get which mail.
    #[graphql(default)]
    pub(super) dry_run: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    pub(super) idempotency_key: Option<String>,
}

/// How to close a cohort.
#[derive(InputObject, Debug)]
pub struct CompleteCohortInput {
    /// The cohort, by its id.
    pub(super) cohort_id: Option<ID>,
    /// The cohort by the trust's own key, in place of `cohortId` (kullkode).
    pub(super) cohort_code: Option<String>,
    /// Those without a record count as absent; else missing records refuse the call.
    #[graphql(default)]
    pub(super) missing_as_absent: bool,
    /// The version that you saw; a conflict refuses the call.
    pub(super) version: Option<u32>,
    /// Keep nothing; answer with who would get which mail.
    #[graphql(default)]
    pub(super) dry_run: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    pub(super) idempotency_key: Option<String>,
}

/// How to call a cohort off.
#[derive(InputObject, Debug)]
pub struct CancelCohortInput {
    /// The cohort, by its id.
    pub(super) cohort_id: Option<ID>,
    /// The cohort by the trust's own key, in place of `cohortId` (kullkode).
    pub(super) cohort_code: Option<String>,
    /// Why; everyone who was told of the cohort reads it.
    pub(super) reason: Option<String>,
    /// The version that you saw; a conflict refuses the call.
    pub(super) version: Option<u32>,
    /// Keep nothing; answer with who would get which mail.
    #[graphql(default)]
    pub(super) dry_run: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    pub(super) idempotency_key: Option<String>,
}

/// A gathering to add.
#[derive(InputObject, Debug)]
pub struct AddGatheringInput {
    /// The cohort that meets, by its id.
    pub(super) cohort_id: Option<ID>,
    /// The cohort by the trust's own key, in place of `cohortId` (kullkode).
    pub(super) cohort_code: Option<String>,
    /// The leader group that meets by itself; the whole cohort meets if left out (egen samling for en ledergruppe).
    pub(super) leader_group_id: Option<ID>,
    /// The gathering.
    pub(super) gathering: GatheringInput,
    /// Keep nothing; answer with who would get which mail.
    #[graphql(default)]
    pub(super) dry_run: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    pub(super) idempotency_key: Option<String>,
}

/// Changes to a gathering. What is left out stays; an empty text clears a value.
#[derive(InputObject, Debug)]
pub struct EditGatheringInput {
    /// The gathering.
    pub(super) gathering_id: ID,
    /// The local day.
    date: Option<LocalDate>,
    /// The local hour it begins.
    starts: Option<LocalTime>,
    /// The local hour it ends.
    ends: Option<LocalTime>,
    /// What it is called, in one text for all languages. A title as you read it is known again and keeps its other
    /// languages.
    title: Option<String>,
    /// What it is called in each language; counts before `title`.
    titles: Option<TextsInput>,
    /// The address or building.
    place: Option<String>,
    /// The room.
    room: Option<String>,
    /// Where it meets on the net.
    link: Option<String>,
    /// The day's programme, whole. Left out, the blocks move along with the begin; where they do not fit into the new
    /// hours, the edit is refused.
    blocks: Option<Vec<GatheringBlockInput>>,
    /// The version that you saw; a conflict refuses the edit.
    version: Option<u32>,
    /// Keep nothing; answer with who would get which mail.
    #[graphql(default)]
    dry_run: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    pub(super) idempotency_key: Option<String>,
}

impl EditGatheringInput {
    pub(super) fn into_edit(self) -> Result<GatheringEdit, Error> {
        Ok(GatheringEdit {
            date: self.date.map(Into::into),
            starts: self.starts.map(Into::into),
            ends: self.ends.map(Into::into),
            title: wording(self.title, self.titles),
            place: self.place,
            room: self.room,
            link: self.link,
            blocks: blocks(self.blocks)?,
            version: self.version,
            dry_run: self.dry_run,
        })
    }
}

/// Which gathering to call off.
#[derive(InputObject, Debug)]
pub struct CancelGatheringInput {
    /// The gathering.
    pub(super) gathering_id: ID,
    /// Why; everyone with a seat reads it. Not needed in a draft.
    pub(super) reason: Option<String>,
    /// The version that you saw; a conflict refuses the call.
    pub(super) version: Option<u32>,
    /// Keep nothing; answer with who would get which mail.
    #[graphql(default)]
    pub(super) dry_run: bool,
    /// A key of your choice: the same call sent twice with it happens once.
    pub(super) idempotency_key: Option<String>,
}
