//! New leaders found after an import or on a new day are proposed for the next cohort with room. A proposal sends nothing:
//! the coordinator looks at it first.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use varde_model::{
    catalogue::AutomaticOffer,
    cohort::{Cohort, CohortState},
    enrolment::{Enrolment, EnrolmentState},
    ids::{AppointmentId, CohortId, OrganisationId, PersonId, ProgrammeId},
    letter::LetterKind,
    local_time::Zoned,
    organisation::Organisation,
    people::{Appointment, Person},
    unproposed::{NotProposed, Unproposed},
};
use varde_persistence::{
    Conn, Tx, appointments,
    cohorts::{self, CohortFilter},
    enrolments, gatherings, organisations, people, programmes,
};

use crate::{
    Ctx, Result,
    access::{Actor, Coordinator},
    catalogue::{self, OwnProgramme},
    cohorts::{desk::Desk, settle},
    idempotency::Kept,
};

mod without_cohort;

pub(crate) use without_cohort::without_cohort;

/// A leader whom a programme is for and has not reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLeader {
    /// The leader.
    pub person: PersonId,
    /// The appointment that makes her or him one.
    pub appointment: Appointment,
    /// The programme.
    pub programme: ProgrammeId,
    /// The last day as a leader, where one is known.
    pub until: Option<NaiveDate>,
}

/// New leaders proposed for one cohort.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    /// The cohort's code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// How many.
    pub leaders: usize,
}

/// What came of proposing new leaders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposals {
    /// Who was proposed, cohort by cohort.
    pub proposed: Vec<Proposed>,
    /// Who was not, by reason. Where nobody was proposed, it says why.
    pub not_proposed: Vec<NotProposed>,
}

impl Proposals {
    /// How many leaders were proposed.
    pub fn leaders(&self) -> usize {
        self.proposed.iter().map(|cohort| cohort.leaders).sum()
    }

    fn leave_out(&mut self, why: Unproposed, leaders: usize) {
        if leaders > 0 {
            match self.not_proposed.iter_mut().find(|known| known.why == why) {
                Some(known) => known.leaders += leaders,
                None => self.not_proposed.push(NotProposed { why, leaders }),
            }
        }
    }
}

/// Leaders whom the organisation's programmes for the newly appointed are for, and who have no place in a cohort of
/// them: earliest appointment first.
pub async fn new_leaders(ctx: &Ctx, right: &Coordinator) -> Result<Vec<NewLeader>> {
    let store = ctx.store();
    let Some(organisation) = organisations::find(store, right.org()).await? else { return Ok(Vec::new()) };
    let today = Zoned::at(ctx.now, organisation.zone).date;
    let mut found = Vec::new();
    for own in catalogue::latest(store, right.org()).await? {
        if own.programme.audience.newly_appointed_within_months.is_some() {
            found.extend(unreached(store, right.org(), &own, None, today).await?);
        }
    }
    found.sort_by_key(|leader| (leader.appointment.since, leader.person));
    Ok(found)
}

/// Proposes every new leader for the next cohort with room, as after an import.
///
/// # Errors
/// A fault.
pub async fn propose_new_leaders(ctx: &Ctx, right: &Coordinator, dry_run: bool) -> Result<Proposals> {
    let tx = ctx.store().write().await?;
    let proposed = propose(ctx, &tx, right.org(), right.actor()).await?;
    settle(ctx, right.org(), tx, dry_run, &Kept::default()).await?;
    Ok(proposed)
}

/// Proposes every new leader for the next cohort with room, oldest appointment first. Gives how many for which cohort, and
/// how many for none and why.
pub(crate) async fn propose(ctx: &Ctx, tx: &Tx, org: OrganisationId, actor: Actor) -> Result<Proposals> {
    // Two at once would both find the same leaders without a place.
    let Some(organisation) = organisations::lock(tx, org).await? else { return Ok(Proposals::default()) };
    let today = Zoned::at(ctx.now, organisation.zone).date;
    let mut proposals = Proposals::default();
    for own in catalogue::latest(tx, org).await? {
        let audience = &own.programme.audience;
        let Some(automatic) = own.programme.automatic else { continue };
        let upcoming = upcoming(ctx, tx, org, own.version.programme).await?;
        let is_for_new_leaders = audience.newly_appointed_within_months.is_some();
        if upcoming.is_empty() && !is_for_new_leaders {
            // Nobody waits for it from the first day.
            continue;
        }
        let mut leaders = unreached(tx, org, &own, Some(automatic), today).await?;
        let last_day =
            upcoming.last().map_or(today, |open| Zoned::at(open.begins_at, organisation.zone).date);
        // Whoever has not led for long enough by then is proposed for a later cohort.
        leaders.retain(|leader| audience.ripe(leader.appointment.since, last_day));
        let none_left = if upcoming.is_empty() { Unproposed::NoCohort } else { Unproposed::NoRoom };
        for open in upcoming.into_iter().filter(|open| open.room > 0) {
            let (mut room, begins) = (open.room, Zoned::at(open.begins_at, organisation.zone).date);
            // Nor for a later cohort: it begins later still.
            let all = leaders.len();
            leaders.retain(|leader| leader.until.is_none_or(|until| begins <= until));
            proposals.leave_out(Unproposed::LeavesBefore, all - leaders.len());
            let ripe = |leader: &NewLeader| audience.ripe(leader.appointment.since, begins);
            let (ripe, later): (Vec<_>, Vec<_>) = leaders.into_iter().partition(ripe);
            leaders = later;
            if ripe.is_empty() {
                continue;
            }
            let cohort = open.cohort;
            let desk = Desk::open(ctx, tx, org, actor, cohort.id).await?;
            let mut next = ripe.into_iter();
            let mut proposed =
                Proposed { code: cohort.code.clone(), title: cohort.title.clone(), leaders: 0 };
            while room > 0
                && let Some(leader) = next.next()
            {
                let enrolment = Enrolment {
                    id: ctx.new_id(),
                    cohort: cohort.id,
                    person: leader.person,
                    state: EnrolmentState::Proposed,
                    queue_number: None,
                    answer_by: None,
                    since: ctx.now,
                    reason: None,
                    overridden: false,
                    moved_from: None,
                    group: None,
                    version: 1,
                };
                crate::enrolments::propose(&desk, &enrolment).await?;
                room -= 1;
                proposed.leaders += 1;
            }
            // Who found no room is ahead of who must wait for the time.
            leaders = next.chain(leaders).collect();
            proposals.proposed.push(proposed);
        }
        proposals.leave_out(none_left, leaders.len());
    }
    if proposals.proposed.is_empty() && proposals.not_proposed.is_empty() {
        proposals.not_proposed.push(NotProposed { why: Unproposed::NobodyNew, leaders: 0 });
    }
    if !proposals.proposed.is_empty() {
        let deed = crate::audit::Deed::overall("organisation.propose");
        let detail = json!({ "proposed": proposals.leaders() });
        crate::audit::record(ctx, tx, org, actor, deed, detail).await?;
    }
    Ok(proposals)
}

/// The next cohort of a programme that can be offered to a leader: published, with room, still open for invitations, and
/// beginning while she or he leads. The one whose first gathering comes first.
pub(crate) async fn next_cohort(
    ctx: &Ctx,
    organisation: &Organisation,
    programme: &str,
    until: Option<NaiveDate>,
) -> Result<Option<Cohort>> {
    let org = organisation.id;
    let versions = programmes::latest_versions(ctx.store(), org).await?;
    let Some(version) = versions.iter().find(|version| version.key == programme) else { return Ok(None) };
    let can_be_offered = |open: &Open| {
        let cutoff = open.begins_at - TimeDelta::hours(i64::from(open.cohort.cutoff_hours));
        let begins = Zoned::at(open.begins_at, organisation.zone).date;
        let leads = until.is_none_or(|until| begins <= until);
        open.room > 0 && open.cohort.state.is_live() && ctx.now < cutoff && leads
    };
    let upcoming = upcoming(ctx, ctx.store(), org, version.programme).await?;
    Ok(upcoming.into_iter().find(can_be_offered).map(|open| open.cohort))
}

/// The local day on which the next cohort of a programme begins that has not begun yet.
pub(crate) async fn next_first_day(
    ctx: &Ctx,
    organisation: &Organisation,
    programme: ProgrammeId,
) -> Result<Option<NaiveDate>> {
    let next = upcoming(ctx, ctx.store(), organisation.id, programme).await?.into_iter().next();
    Ok(next.map(|open| Zoned::at(open.begins_at, organisation.zone).date))
}

/// Leaders whom a programme is for, or whom it is offered to of itself, and who have no place in a cohort of it: earliest
/// appointment first. Those who have not led for long enough yet are among them.
async fn unreached(
    conn: &impl Conn,
    org: OrganisationId,
    own: &OwnProgramme,
    automatic: Option<AutomaticOffer>,
    today: NaiveDate,
) -> Result<Vec<NewLeader>> {
    let (id, programme) = (own.version.programme, &own.programme);
    let filter = CohortFilter { states: Vec::new(), programme: Some(id) };
    let own: Vec<CohortId> = cohorts::list(conn, org, &filter, None, u64::from(u32::MAX))
        .await?
        .iter()
        .map(|cohort| cohort.id)
        .collect();
    let places = enrolments::of_cohorts(conn, org, &own).await?;
    let (asked, missed): (Vec<_>, Vec<_>) = places.iter().partition(|place| place.state.counts_as_asked());
    let people = |places: Vec<&Enrolment>| places.iter().map(|place| place.person).collect::<BTreeSet<_>>();
    let (asked, missed) = (people(asked), people(missed));
    // Whoever missed out belonged to the audience then: the time that a cohort takes must not cost her the next one.
    let is_for = |appointment: &Appointment| {
        (programme.audience.meant_for(appointment.level, appointment.since, today)
            && automatic.is_none_or(|automatic| automatic.reaches(appointment.since, today)))
            || (missed.contains(&appointment.person)
                && programme.audience.levels.contains(&appointment.level))
    };
    let mut new: Vec<Appointment> = appointments::all(conn, org)
        .await?
        .into_iter()
        .filter(|appointment| !appointment.period.is_over(today) && !asked.contains(&appointment.person))
        .filter(is_for)
        .collect();
    new.sort_by_key(|appointment| (appointment.since, appointment.id));
    let mut people: BTreeMap<PersonId, Person> = BTreeMap::new();
    let ids: BTreeSet<PersonId> = new.iter().map(|appointment| appointment.person).collect();
    let ids: Vec<PersonId> = ids.into_iter().collect();
    for person in people::find_many(conn, org, &ids).await? {
        people.insert(person.id, person);
    }
    // Whoever is missing from the HR file may have left: a coordinator looks at that first.
    new.retain(|appointment| people.get(&appointment.person).is_some_and(|p| p.missing_since.is_none()));
    let until = |person: PersonId, led: &[Appointment]| {
        let led = led.iter().filter(|appointment| appointment.person == person);
        let last = led.map(|appointment| appointment.period.to.unwrap_or(NaiveDate::MAX)).max();
        let employed = people.get(&person).and_then(|person| person.employed.to);
        [last, employed].into_iter().flatten().min().filter(|day| *day != NaiveDate::MAX)
    };
    let ends: BTreeMap<PersonId, Option<NaiveDate>> =
        people.keys().map(|person| (*person, until(*person, &new))).collect();
    // A leader of two units is proposed once.
    let mut seen: BTreeSet<PersonId> = BTreeSet::new();
    new.retain(|appointment| seen.insert(appointment.person));
    Ok(new
        .into_iter()
        .map(|appointment| NewLeader {
            person: appointment.person,
            until: ends.get(&appointment.person).copied().flatten(),
            appointment,
            programme: id,
        })
        .collect())
}

/// A cohort that has not begun, and how many more it has room for.
struct Open {
    cohort: Cohort,
    begins_at: DateTime<Utc>,
    room: u32,
}

/// Cohorts of a programme that have not begun, next first, with their room. Everyone who may still come counts.
async fn upcoming(
    ctx: &Ctx,
    conn: &impl Conn,
    org: OrganisationId,
    programme: ProgrammeId,
) -> Result<Vec<Open>> {
    let states = vec![CohortState::Draft, CohortState::Published];
    let filter = CohortFilter { states, programme: Some(programme) };
    let cohorts = cohorts::list(conn, org, &filter, None, u64::from(u32::MAX)).await?;
    let ids: Vec<_> = cohorts.iter().map(|cohort| cohort.id).collect();
    let meetings = gatherings::of_cohorts(conn, org, &ids).await?;
    let all_places = enrolments::of_cohorts(conn, org, &ids).await?;
    let mut open = Vec::new();
    for cohort in cohorts {
        let begin =
            meetings.iter().filter(|g| g.cohort == cohort.id && !g.cancelled).map(|g| g.starts_at).min();
        let Some(begin) = begin.filter(|begin| *begin > ctx.now) else { continue };
        let places = all_places.iter().filter(|place| place.cohort == cohort.id);
        let expected = places
            .filter(|place| {
                place.state.takes_a_seat()
                    || matches!(
                        place.state,
                        EnrolmentState::Proposed | EnrolmentState::Invited | EnrolmentState::Waiting
                    )
            })
            .count();
        let room = cohort.capacity.saturating_sub(u32::try_from(expected).unwrap_or(u32::MAX));
        open.push(Open { begins_at: begin, cohort, room });
    }
    open.sort_by_key(|open| (open.begins_at, open.cohort.id));
    Ok(open)
}

/// What an import means for reminders that count from an appointment. Gives the letters that they will send.
pub(crate) async fn plan_appointments(
    ctx: &Ctx,
    tx: &Tx,
    organisation: &Organisation,
    new: &[AppointmentId],
) -> Result<Vec<LetterKind>> {
    use varde_model::{
        reminders::{Anchor, AnchorFact, Recipients},
        work::Recipient,
    };
    let org = organisation.id;
    let planner = crate::reminders::Planner::load(tx, org, None).await?;
    let mut letters = Vec::new();
    for appointment in appointments::find_many(tx, org, new).await? {
        let fact = AnchorFact::appointment(appointment.id, appointment.since, ctx.now, organisation.zone);
        let recipient = Recipient::Person { person: appointment.person };
        let wanted = planner.wanted(Anchor::Appointment, &[Recipients::Leader], &fact, recipient, ctx.now);
        letters.extend(wanted.iter().map(|wanted| wanted.letter));
        crate::reminders::settle(ctx, tx, org, None, Vec::new(), wanted).await?;
    }
    Ok(letters)
}
