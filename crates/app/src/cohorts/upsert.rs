//! A cohort by the trust's own key: planned where there is none, changed where it is still a draft. A spreadsheet that is
//! sent as a whole, again and again, ends in the same cohort.

use serde_json::json;
use varde_model::{cohort::CohortState, gathering::Gathering};
use varde_persistence::{cohorts, gatherings};

use super::{Changed, CohortDraft, CohortEdit, GatheringDraft, create, day, desk::Desk, edit, settle};
use crate::{Code, Ctx, PathPart, Refusal, Result, access::Coordinator, audit::Deed, input::Faults};

/// A cohort as it is to be.
#[derive(Clone, Debug, Default)]
pub struct CohortUpsert {
    /// Programme, code and what else is known. Of a draft that stands, what is left out stays; its gatherings are not
    /// looked at.
    pub cohort: CohortDraft,
    /// All its gatherings in order; None leaves those of a draft as they are.
    pub gatherings: Option<Vec<GatheringDraft>>,
    /// The version that the caller saw of a draft.
    pub version: Option<u32>,
}

/// Creates the draft with a code, or changes it.
///
/// # Errors
/// Refused: what [`super::create()`] and [`super::edit()`] refuse; the cohort is published already, or is one of another
/// programme.
pub async fn upsert(ctx: &Ctx, right: &Coordinator, wish: CohortUpsert) -> Result<Changed> {
    let CohortUpsert { mut cohort, gatherings, version } = wish;
    let tx = ctx.store().write().await?;
    let changed = match cohorts::find_by_code(&tx, right.org(), cohort.code.trim()).await? {
        None => {
            cohort.gatherings = gatherings.unwrap_or_default();
            create::create_in(ctx, &tx, right, &cohort).await?
        }
        Some(standing) => {
            let mut desk = Desk::open(ctx, &tx, right.org(), right.actor(), standing.id).await?;
            if desk.cohort.state != CohortState::Draft {
                return Err(desk.wrong_state());
            }
            if desk.programme.key != cohort.programme {
                return Err(Refusal::new(Code::Taken).at("code").into());
            }
            let mut faults = Faults::default();
            faults.note(edit::edit_in(&mut desk, right, &edit_of(cohort, version)).await)?;
            if let Some(wishes) = gatherings {
                set_gatherings(&mut desk, &wishes, &mut faults).await?;
            }
            faults.none()?;
            desk.outcome()
        }
    };
    settle(ctx, right.org(), tx, false, &changed.kept(None)).await?;
    Ok(changed)
}

fn edit_of(draft: CohortDraft, version: Option<u32>) -> CohortEdit {
    CohortEdit {
        code: None,
        title: draft.title,
        capacity: draft.capacity,
        place: draft.place,
        link: draft.link,
        answer_days: draft.answer_days,
        hold_hours: draft.hold_hours,
        cutoff_hours: draft.cutoff_hours,
        coordinators: (!draft.coordinators.is_empty()).then_some(draft.coordinators),
        version,
        dry_run: false,
    }
}

/// Gives a draft these gatherings: one at a position that had one keeps its id.
async fn set_gatherings(desk: &mut Desk<'_>, wishes: &[GatheringDraft], faults: &mut Faults) -> Result<()> {
    let (ctx, tx, org, cohort) = (desk.ctx, desk.tx, desk.org(), desk.cohort.id);
    // What leader groups meet for by themselves is not the cohort's plan: it stays, at its positions.
    let (own, mut standing): (Vec<_>, Vec<_>) =
        std::mem::take(&mut desk.gatherings).into_iter().partition(|gathering| gathering.group.is_some());
    let mut free = (1..).filter(|position| own.iter().all(|gathering| gathering.position != *position));
    let (mut added, mut days) = (Vec::new(), Vec::new());
    for (index, wish) in wishes.iter().enumerate() {
        let part = u32::try_from(index).unwrap_or(u32::MAX) + 1;
        let position = free.next().unwrap_or(part);
        let path = [PathPart::from("gatherings"), index.into()];
        let plan = day::plan(ctx, &desk.organisation, &desk.programme, cohort, (position, part), wish);
        let plan = plan.map(Some).map_err(|error| error.under(&path));
        let Some(plan) = faults.note(plan)? else { continue };
        let found = plan.warnings(desk.surroundings(&days), &path);
        desk.warnings.extend(found);
        let planned = plan.gathering;
        days.push((position, planned.date));
        match standing.iter().position(|gathering| gathering.position == position) {
            None => {
                let detail = json!({ "cohort": cohort, "position": position });
                desk.record(Deed::on("gathering.add", planned.id), detail).await?;
                added.push(planned);
            }
            Some(place) => {
                let before = standing.remove(place);
                let after = Gathering {
                    id: before.id,
                    version: before.version,
                    sequence: before.sequence,
                    ..planned
                };
                if after != before {
                    gatherings::update(tx, org, &after).await?;
                    desk.record(Deed::on("gathering.edit", after.id), json!({ "cohort": cohort })).await?;
                }
            }
        }
    }
    for gathering in standing {
        gatherings::delete(tx, org, gathering.id).await?;
        desk.record(Deed::on("gathering.cancel", gathering.id), json!({ "cohort": cohort })).await?;
    }
    gatherings::insert_many(tx, org, &added).await?;
    desk.gatherings = gatherings::of_cohorts(tx, org, &[cohort]).await?;
    Ok(())
}
