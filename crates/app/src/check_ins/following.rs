//! Each morning of an open cycle: a change of line manager hands a check-in on, a leader who leaves ends hers or his, and who
//! has led long enough by now joins.

use std::collections::BTreeMap;

use serde_json::json;
use varde_model::{
    check_in::{CheckInEvent, Cycle, Party},
    ids::{AppointmentId, CheckInId, OrganisationId, PersonId},
    letter::LetterKind,
    organisation::Organisation,
    people::{Appointment, LineManager, Person, line_manager},
    work::About,
};
use varde_persistence::{Tx, appointments, check_ins, check_ins::written, links, people};

use super::{
    cycles::today,
    desk::{CheckInDesk, ensure_links, link_of},
    working,
};
use crate::{
    Ctx, Result,
    access::Actor,
    contracts,
    line::chart_on,
    post::{self, Post},
};

pub(super) async fn follow(ctx: &Ctx, tx: &Tx, organisation: &Organisation, cycle: &Cycle) -> Result<()> {
    let org = organisation.id;
    let day = today(ctx, organisation);
    let mut open = check_ins::of_cycle(tx, org, cycle.id).await?;
    open.retain(|one| one.state.is_open());
    let ids: Vec<PersonId> = open.iter().map(|one| one.leader).collect();
    let leaders: BTreeMap<PersonId, Person> =
        people::find_many(tx, org, &ids).await?.into_iter().map(|person| (person.id, person)).collect();
    let led: Vec<AppointmentId> = open.iter().map(|one| one.appointment).collect();
    let led: BTreeMap<AppointmentId, Appointment> =
        appointments::find_many(tx, org, &led).await?.into_iter().map(|one| (one.id, one)).collect();
    let chart = chart_on(tx, org, &ids, day).await?;
    for check_in in open {
        let employed = leaders.get(&check_in.leader).is_some_and(|leader| leader.employed.holds_on(day));
        // Who has moved to another unit goes on with the check-in there.
        let leads = led.get(&check_in.appointment).is_some_and(|own| own.period.holds_on(day))
            || !chart.led_by_on(check_in.leader, day).is_empty();
        let manager = line_manager(&chart, check_in.leader, day);
        let change = if !employed || !leads {
            Change::End
        } else if manager != check_in.manager {
            Change::HandOver(manager)
        } else {
            continue;
        };
        // One that fails keeps no other from its change, nor the trust from its morning. The next morning tries it again.
        let part = tx.part().await?;
        match carry_out(ctx, &part, org, check_in.id, change).await {
            Ok(()) => part.commit().await?,
            Err(error) => {
                part.roll_back().await?;
                tracing::error!(check_in = %check_in.id, %error, "a check-in could not be followed up");
            }
        }
    }
    contracts::make_missing_in(ctx, tx, org, Actor::System).await?;
    working::step(ctx, tx, organisation, cycle, None).await
}

/// What a morning finds for a check-in.
enum Change {
    End,
    HandOver(Option<LineManager>),
}

async fn carry_out(ctx: &Ctx, tx: &Tx, org: OrganisationId, id: CheckInId, change: Change) -> Result<()> {
    let mut desk = CheckInDesk::open(ctx, tx, org, Actor::System, id).await?;
    match change {
        Change::End => {
            take_links_back(&desk).await?;
            desk.happens(CheckInEvent::End).await
        }
        Change::HandOver(manager) => hand_over(&mut desk, manager).await,
    }
}

/// Gives a check-in to another line manager. The former one cannot look at it any more; what she or he wrote and nobody has
/// seen is thrown away.
async fn hand_over(desk: &mut CheckInDesk<'_>, to: Option<LineManager>) -> Result<()> {
    let (ctx, tx, org) = (desk.ctx, desk.tx, desk.org());
    if let Some((purpose, person)) = link_of(&desk.check_in, Party::Manager) {
        let about = About::CheckIn { check_in: desk.check_in.id };
        links::revoke_of(tx, org, &about, purpose, person, ctx.now).await?;
    }
    if !desk.check_in.shows_both() {
        written::forget_view(tx, org, desk.check_in.id, Party::Manager).await?;
    }
    let named = to.is_some();
    desk.check_in.manager = to;
    desk.happens(CheckInEvent::HandOver).await?;
    desk.record("check_in.hand_over", json!({ "named": named })).await?;
    ensure_links(ctx, tx, &desk.organisation, &desk.cycle, std::slice::from_ref(&desk.check_in)).await?;
    if let Some(manager) = desk.recipient(Party::Manager) {
        let about = About::CheckInCycle { cycle: desk.cycle.id };
        let occurrence = format!("handed over {}", desk.today());
        let post = Post::new(manager, LetterKind::CheckInsToHold, about, &occurrence);
        post::leave(ctx, tx, org, post).await?;
    }
    Ok(())
}

async fn take_links_back(desk: &CheckInDesk<'_>) -> Result<()> {
    let about = About::CheckIn { check_in: desk.check_in.id };
    links::revoke(desk.tx, desk.org(), Some(&about), None, desk.ctx.now).await?;
    Ok(())
}
