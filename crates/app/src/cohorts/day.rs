//! The day of a gathering: planned after the programme, with blocks that lie within its hours.

use chrono::{NaiveDate, NaiveTime};
use varde_model::{
    catalogue::{GatheringTemplate, Programme, Texts},
    gathering::{
        Gathering,
        blocks::{self, Block, BlockFault, Hours},
        concerns::{Concern, Surroundings, concerns},
    },
    ids::{CohortId, LeaderGroupId},
    local_time::instant,
    organisation::Organisation,
};

use super::{create, desk::Desk};
use crate::{
    Code, Ctx, Error, PathPart, Refusal, Result, Warning,
    input::{Faults, date, optional, texts},
};

/// A gathering to be held. What is left out comes from the programme's plan for that gathering.
#[derive(Clone, Debug, Default)]
pub struct GatheringDraft {
    /// The local day.
    pub date: NaiveDate,
    /// Local begin.
    pub starts: Option<NaiveTime>,
    /// Local end.
    pub ends: Option<NaiveTime>,
    /// The leader group that meets by itself; None where the whole cohort meets.
    pub group: Option<LeaderGroupId>,
    /// Its title.
    pub title: Option<Texts>,
    /// The address or building, where it is not the cohort's.
    pub place: Option<String>,
    /// The room.
    pub room: Option<String>,
    /// Where it meets on the net.
    pub link: Option<String>,
    /// The day's programme; None is the programme's.
    pub blocks: Option<Vec<Block>>,
}

/// A gathering that is planned, and whether the programme's blocks were cut to its hours.
pub(super) struct Plan {
    pub(super) gathering: Gathering,
    cut: bool,
}

impl Plan {
    /// What there is to be said of it. The path leads to the gathering in the input.
    pub(super) fn warnings(&self, around: Surroundings<'_>, path: &[PathPart]) -> Vec<Warning> {
        let day = self.gathering.date;
        let at = |field: &'static str| [path, &[field.into()]].concat();
        let mut all = Warning::all(concerns(day, around), &at("date"));
        if self.cut {
            all.extend(Warning::all(vec![Concern::BlocksCut { day }], &at("ends")));
        }
        all
    }
}

/// A gathering as the draft says it, at a position of the cohort, filled up from a part of the programme's plan: the
/// same one, unless a leader group meets by itself.
pub(super) fn plan(
    ctx: &Ctx,
    organisation: &Organisation,
    programme: &Programme,
    cohort: CohortId,
    (position, part): (u32, u32),
    draft: &GatheringDraft,
) -> Result<Plan> {
    let mut faults = Faults::default();
    faults.note(date("date", draft.date))?;
    let template = programme.gatherings.get(part as usize - 1);
    let known = programme.gatherings.iter().map(|template| &template.title);
    let title = match (&draft.title, template) {
        (Some(title), _) => faults.note(title_of(title))?.or_known(known),
        (None, Some(template)) => template.title.clone(),
        (None, None) => faults.note(Err(Refusal::new(Code::Required).at("title")))?,
    };
    // A day beyond the programme's plan keeps the hours of its last one.
    let hours = template.or(programme.gatherings.last());
    let required = |field| Refusal::new(Code::Required).at(field);
    let starts = draft.starts.or(hours.map(|t| t.starts.time()));
    let ends = draft.ends.or(hours.map(|t| t.ends.time()));
    let starts = faults.note(starts.ok_or(required("starts")))?;
    let ends = faults.note(ends.ok_or(required("ends")))?;
    let (blocks, cut) = match (&draft.blocks, template) {
        // Nothing lies within hours that do not hold.
        _ if ends <= starts => {
            faults.add(Refusal::new(Code::EndsBeforeStart).at("ends"));
            (Vec::new(), false)
        }
        (Some(own), _) => {
            let own = checked(own, &known_blocks(&programme.gatherings), (starts, ends));
            (faults.note(own)?, false)
        }
        (None, Some(template)) => blocks::planned(template, (starts, ends)),
        (None, None) => (Vec::new(), false),
    };
    let place = faults.note(optional("place", draft.place.as_deref(), 200))?;
    let room = faults.note(optional("room", draft.room.as_deref(), 100))?;
    let link = faults.note(create::link("link", draft.link.as_deref()))?;
    faults.none()?;
    let gathering = Gathering {
        id: ctx.new_id(),
        cohort,
        position,
        title,
        date: draft.date,
        starts,
        ends,
        zone: organisation.zone,
        starts_at: instant(draft.date, starts, organisation.zone),
        ends_at: instant(draft.date, ends, organisation.zone),
        place,
        room,
        link,
        cancelled: false,
        sequence: 0,
        version: 1,
        blocks,
        former: Vec::new(),
        cancel_reason: None,
        group: draft.group,
    };
    Ok(Plan { gathering, cut })
}

impl Desk<'_> {
    /// Looks at a day beside the cohort's gatherings, but for the one that is to be held on it, and warns.
    pub(super) fn look_at(
        &mut self,
        gathering: &Gathering,
        look: impl FnOnce(Surroundings<'_>) -> Vec<Warning>,
    ) {
        let others = self.standing().filter(|other| other.id != gathering.id && other.meets_with(gathering));
        let others: Vec<_> = others.map(|other| (other.position, other.date)).collect();
        let found = look(self.surroundings(&others));
        self.warnings.extend(found);
    }

    /// Looks at every day of the cohort once more, and warns.
    pub(super) fn look_over(&mut self) {
        let (mut before, mut found): (Vec<&Gathering>, _) = (Vec::new(), Vec::new());
        for gathering in self.standing() {
            let days = before.iter().filter(|other| other.meets_with(gathering));
            let days: Vec<_> = days.map(|other| (other.position, other.date)).collect();
            found.extend(concerns(gathering.date, self.surroundings(&days)));
            before.push(gathering);
        }
        self.warnings.extend(Warning::all(found, &[]));
    }

    pub(super) fn surroundings<'s>(&'s self, others: &'s [(u32, NaiveDate)]) -> Surroundings<'s> {
        let answer_days = self.cohort.answer_days;
        Surroundings { calendar: &self.planner.calendar, today: self.today(), answer_days, others }
    }
}

/// A title as a coordinator gives it.
pub(super) fn title_of(title: &Texts) -> Result<Texts> {
    Ok(texts(("title", "titles"), title, 120)?)
}

/// A speaker as a coordinator gives her or him: a name that all languages write alike, or a role in each.
fn speaker_of(speaker: &Texts, index: usize) -> std::result::Result<(), Refusal> {
    let checked = texts(("speakers", "speakerTexts"), speaker, 120);
    checked.map(drop).map_err(|mut refusal| {
        refusal.path.insert(1, index.into());
        refusal
    })
}

fn known_blocks(templates: &[GatheringTemplate]) -> Vec<Block> {
    templates.iter().flat_map(|template| &template.blocks).map(Block::planned).collect()
}

/// Blocks as a coordinator gives them, in order of time, whose texts and hours hold; in the words of the known ones
/// where they are theirs.
pub(super) fn checked(given: &[Block], known: &[Block], hours: Hours) -> Result<Vec<Block>> {
    for (index, block) in given.iter().enumerate() {
        let check = || -> std::result::Result<(), Refusal> {
            texts(("title", "titles"), &block.title, 200)?;
            for (index, speaker) in block.speakers.iter().enumerate() {
                speaker_of(speaker, index)?;
            }
            Ok(())
        };
        check().map_err(|refusal| refusal.under(&["blocks".into(), index.into()]))?;
    }
    let faults = blocks::faults(given, hours);
    if !faults.is_empty() {
        return Err(Error::Refused(faults.into_iter().map(|fault| refused(fault, hours)).collect()));
    }
    let mut kept: Vec<Block> = given.iter().map(|block| block.clone().in_known_words(known)).collect();
    kept.sort_by_key(|block| block.starts);
    Ok(kept)
}

fn refused((index, fault): (usize, BlockFault), hours: Hours) -> Refusal {
    let (code, field) = match fault {
        BlockFault::EndsBeforeStart => (Code::EndsBeforeStart, "ends"),
        BlockFault::BeginsTooEarly => (Code::BlockOutsideHours, "starts"),
        BlockFault::EndsTooLate => (Code::BlockOutsideHours, "ends"),
        BlockFault::Overlaps => (Code::BlocksOverlap, "starts"),
    };
    with_hours(Refusal::new(code).at("blocks").row(index).at(field), hours)
}

/// The blocks of a gathering whose hours change: they move along with its begin. They are not cut to its new end:
/// what a coordinator wrote would be lost.
pub(super) fn moved(of: &Gathering, hours: Hours) -> Result<Vec<Block>> {
    let along = blocks::along(&of.blocks, of.starts, hours.0);
    let fitting = along.filter(|along| blocks::faults(along, hours).is_empty());
    Ok(fitting.ok_or_else(|| with_hours(Refusal::new(Code::BlocksDoNotFit).at("ends"), hours))?)
}

fn with_hours(refusal: Refusal, (starts, ends): Hours) -> Refusal {
    refusal.with_hour("starts", starts).with_hour("ends", ends)
}
