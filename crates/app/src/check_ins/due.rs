//! Following agreed actions up through the year: who has something to do is reminded of it, once before its date and once
//! when it is past.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate, NaiveTime};
use varde_model::{
    catalogue::Texts,
    check_in::{Action, CheckIn, CheckInState, Party},
    ids::{CheckInId, OrganisationId},
    letter::LetterKind,
    local_time::Zoned,
    organisation::Organisation,
    state_reason::StateReason,
    timers::NewTimer,
    work::{About, Job},
};
use varde_persistence::{Conn, Tx, check_ins, check_ins::written, timers};

use super::{conversation::titles, desk::recipient};
use crate::{
    Ctx, Result, closed_days,
    post::{self, Post},
};

/// Days before its date on which an action is reminded of.
const DAYS: Days = Days::new(14);

/// Writes the timers of actions that are to be done by some days. Those of a day that was moved do nothing when they come: by
/// then no action has it.
pub(super) async fn plan(
    ctx: &Ctx,
    tx: &Tx,
    organisation: &Organisation,
    check_in: CheckInId,
    due: impl IntoIterator<Item = NaiveDate>,
) -> Result<()> {
    let calendar = closed_days::calendar(tx, organisation.id).await?;
    let mut new = Vec::new();
    for due_on in due.into_iter().collect::<BTreeSet<NaiveDate>>() {
        for (past, day) in [(false, due_on - DAYS), (true, due_on + Days::new(1))] {
            let date = calendar.next_working_day_on_or_after(day);
            let time = NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default();
            let local = Zoned { date, time, zone: organisation.zone };
            // What is to be done within two weeks was agreed on just now.
            if local.instant() <= ctx.now {
                continue;
            }
            new.push(NewTimer {
                id: ctx.new_id(),
                job: Job::RemindOfActions { check_in, due_on, past },
                cohort: None,
                person: None,
                unique_key: format!("remind_of_actions|{check_in}|{due_on}|{past}"),
                local,
                due_at: local.instant(),
                latest_at: None,
            });
        }
    }
    timers::insert_many(tx, organisation.id, &new, ctx.now).await?;
    Ok(())
}

/// Reminds each of the two who has an action that is to be done by a day.
pub(crate) async fn remind(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    (id, due_on, past): (CheckInId, NaiveDate, bool),
) -> Result<std::result::Result<(), StateReason>> {
    let Some(check_in) = check_ins::find(tx, org, id).await? else {
        return Ok(Err(StateReason::SubjectGone));
    };
    let open = open(tx, org, &check_in).await?;
    let owners: Vec<Party> = Party::BOTH
        .into_iter()
        .filter(|party| open.iter().any(|one| one.owner == *party && one.due_on == due_on))
        .collect();
    if owners.is_empty() {
        return Ok(Err(StateReason::DoesNotHold));
    }
    let occurrence = format!("{} {due_on}", if past { "past" } else { "before" });
    for to in owners.into_iter().filter_map(|party| recipient(&check_in, party)) {
        let post = Post::new(to, LetterKind::CheckInActionsDue, About::CheckIn { check_in: id }, &occurrence);
        post::leave(ctx, tx, org, post).await?;
    }
    Ok(Ok(()))
}

/// The actions of a signed check-in that are still to be done.
async fn open(conn: &impl Conn, org: OrganisationId, check_in: &CheckIn) -> Result<Vec<Action>> {
    if check_in.state != CheckInState::Signed {
        return Ok(Vec::new());
    }
    let all = written::actions(conn, org, &[check_in.id]).await?.into_iter().map(|stored| stored.action);
    Ok(all.filter(|action| action.state.is_open()).collect())
}

/// What a reminder names: the actions of one of the two that are due within two weeks or past, with what each leads to. What was
/// written is in no mail.
pub(crate) async fn due(
    ctx: &Ctx,
    check_in: &CheckIn,
    party: Party,
    organisation: &Organisation,
) -> Result<Vec<(NaiveDate, Option<Texts>)>> {
    let org = organisation.id;
    let today = Zoned::at(ctx.now, organisation.zone).date;
    let mut own = open(ctx.store(), org, check_in).await?;
    own.retain(|one| one.owner == party && one.due_on <= today + DAYS);
    let titles = titles(ctx, (org, check_in.framework), own.iter()).await?;
    Ok(own.iter().map(|one| (one.due_on, titles.get(&one.id).cloned())).collect())
}
