//! A cohort with everyone in it: the list of participants, and the list that is ticked off on the day.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use sqlx::types::Json;
use uuid::Uuid;
use varde_model::{
    catalogue::Texts,
    cohort::CohortState,
    enrolment::EnrolmentState,
    gathering::Presence,
    ids::{CohortId, EnrolmentId, GatheringId, OrganisationId, PersonId},
};

use super::{PersonCard, Reader, UnitCard, local_date, rows};
use crate::{Fault, Result, convert::uint};

/// A cohort with what was asked of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Roster {
    /// Permanent id.
    pub id: CohortId,
    /// The trust's own key.
    pub code: String,
    /// What people call it.
    pub title: String,
    /// Where it is in its life.
    pub state: CohortState,
    /// Seats.
    pub capacity: u32,
    /// Its gatherings, by begin.
    pub gatherings: Vec<RosterGathering>,
    /// Everyone in it, in whatever state, by name in Norwegian order.
    pub members: Vec<RosterMember>,
}

/// A gathering of the cohort.
#[derive(Clone, Debug, PartialEq)]
pub struct RosterGathering {
    /// Permanent id.
    pub id: GatheringId,
    /// 1 is the first.
    pub position: u32,
    /// What it is called.
    pub title: Texts,
    /// The local day.
    pub date: NaiveDate,
    /// The local hour it begins.
    pub starts: NaiveTime,
    /// The local hour it ends.
    pub ends: NaiveTime,
    /// The zone of date and hours.
    pub zone: String,
    /// The instant it begins.
    pub starts_at: DateTime<Utc>,
    /// The address or building.
    pub place: Option<String>,
    /// The room.
    pub room: Option<String>,
    /// True when it was called off.
    pub cancelled: bool,
}

/// Somebody in the cohort.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterMember {
    /// The place.
    pub enrolment: EnrolmentId,
    /// Where she or he stands.
    pub state: EnrolmentState,
    /// The number in line.
    pub queue_number: Option<i64>,
    /// Who.
    pub person: PersonCard,
    /// Where she or he works today; the first, in case of several.
    pub unit: Option<UnitCard>,
    /// One for each gathering, in their order; empty when neither replies nor attendance were asked for.
    pub days: Vec<RosterDay>,
}

/// A gathering as one member has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterDay {
    /// The gathering.
    pub gathering: GatheringId,
    /// Whether she or he said to come.
    pub coming: Option<bool>,
    /// How she or he attended.
    pub presence: Option<Presence>,
}

/// What is wanted beside the cohort and its gatherings; a part that nobody asks for costs no statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RosterParts {
    /// Who is in it.
    pub members: bool,
    /// What they replied.
    pub replies: bool,
    /// How they attended.
    pub attendance: bool,
}

/// The cohort with that code, seen at an instant.
///
/// # Errors
/// The database refused.
pub async fn roster(
    reader: &mut Reader,
    org: OrganisationId,
    code: &str,
    now: DateTime<Utc>,
    parts: RosterParts,
) -> Result<Option<Roster>> {
    let found = rows!(reader, CohortRow, COHORT, org.0, code);
    let Some((id, code, title, state, capacity, zone)) = found.into_iter().next() else { return Ok(None) };
    let gatherings: Vec<_> =
        rows!(reader, GatheringRow, GATHERINGS, id, org.0).into_iter().map(gathering).collect();
    let mut members = Vec::new();
    if parts.members {
        let today = local_date(&zone, now)?;
        for row in rows!(reader, MemberRow, MEMBERS, id, org.0, today) {
            // Somebody employed in two units comes twice, side by side.
            if members.last().is_none_or(|last: &RosterMember| last.enrolment.0 != row.0) {
                members.push(member(row)?);
            }
        }
        fill_days(reader, org, id, parts, &gatherings, &mut members).await?;
    }
    Ok(Some(Roster {
        id: CohortId(id),
        state: CohortState::from_name(&state).ok_or_else(|| Fault::stored("cohort.state", &state))?,
        code,
        title,
        capacity: uint(capacity),
        gatherings,
        members,
    }))
}

async fn fill_days(
    reader: &mut Reader,
    org: OrganisationId,
    cohort: Uuid,
    parts: RosterParts,
    gatherings: &[RosterGathering],
    members: &mut [RosterMember],
) -> Result<()> {
    if !parts.replies && !parts.attendance {
        return Ok(());
    }
    let blank =
        |gathering: &RosterGathering| RosterDay { gathering: gathering.id, coming: None, presence: None };
    for member in members.iter_mut() {
        member.days = gatherings.iter().map(blank).collect();
    }
    let index = members.iter().enumerate().map(|(index, member)| (member.enrolment.0, index)).collect();
    if parts.replies {
        for (enrolment, gathering, coming) in rows!(reader, (Uuid, Uuid, bool), REPLIES, cohort, org.0) {
            if let Some(day) = day(members, &index, enrolment, gathering) {
                day.coming = Some(coming);
            }
        }
    }
    if parts.attendance {
        for (enrolment, gathering, presence) in rows!(reader, (Uuid, Uuid, String), ATTENDANCE, cohort, org.0)
        {
            if let Some(day) = day(members, &index, enrolment, gathering) {
                let read = Presence::from_name(&presence);
                day.presence = Some(read.ok_or_else(|| Fault::stored("attendance.presence", &presence))?);
            }
        }
    }
    Ok(())
}

fn day<'a>(
    members: &'a mut [RosterMember],
    index: &HashMap<Uuid, usize>,
    enrolment: Uuid,
    gathering: Uuid,
) -> Option<&'a mut RosterDay> {
    let member = members.get_mut(*index.get(&enrolment)?)?;
    member.days.iter_mut().find(|day| day.gathering.0 == gathering)
}

/// id, code, title, state, capacity, the organisation's zone.
type CohortRow = (Uuid, String, String, String, i32, String);
const COHORT: &str = "\
    SELECT c.id, c.code, c.title, c.state, c.capacity, o.time_zone \
    FROM cohort c JOIN organisation o ON o.id = c.organisation_id \
    WHERE c.organisation_id = $1 AND c.code = $2";

type GatheringRow = (
    Uuid,
    i32,
    Json<Texts>,
    NaiveDate,
    NaiveTime,
    NaiveTime,
    DateTime<Utc>,
    Option<String>,
    Option<String>,
    bool,
    String,
);
const GATHERINGS: &str = "\
    SELECT g.id, g.position, g.title, g.local_date, g.local_start, g.local_end, g.starts_at, g.place, g.room, g.cancelled, g.zone \
    FROM gathering g WHERE g.cohort_id = $1 AND g.organisation_id = $2 ORDER BY g.starts_at, g.position";

fn gathering(row: GatheringRow) -> RosterGathering {
    let (id, position, Json(title), date, starts, ends, starts_at, place, room, cancelled, zone) = row;
    RosterGathering {
        id: GatheringId(id),
        position: uint(position),
        title,
        date,
        starts,
        ends,
        zone,
        starts_at,
        place,
        room,
        cancelled,
    }
}

/// Scoped by the enrolment alone: told that the person is the organisation's too, SQLite would walk through everybody
/// employed, in the order of names, to find the few.
///
/// Enrolment, state, number in line; person, number, given and family name, address; unit's code and name.
type MemberRow =
    (Uuid, String, Option<i64>, Uuid, String, String, String, String, Option<String>, Option<String>);
const MEMBERS: &str = "\
    SELECT e.id, e.state, e.queue_number, p.id, p.employee_number, p.given_name, p.family_name, p.email, u.code, d.name \
    FROM enrolment e \
    JOIN person p ON p.id = e.person_id \
    LEFT JOIN employment w ON w.person_id = p.id AND w.valid_from <= $3 AND (w.valid_to IS NULL OR w.valid_to >= $3) \
    LEFT JOIN unit u ON u.id = w.unit_id \
    LEFT JOIN unit_period d ON d.organisation_id = $2 AND d.unit_id = w.unit_id \
        AND d.valid_from <= $3 AND (d.valid_to IS NULL OR d.valid_to >= $3) \
    WHERE e.cohort_id = $1 AND e.organisation_id = $2 \
    ORDER BY p.sort_key, e.id, w.valid_from, w.id";

fn member(row: MemberRow) -> Result<RosterMember> {
    let (id, state, queue_number, person, employee_number, given_name, family_name, email, code, name) = row;
    Ok(RosterMember {
        enrolment: EnrolmentId(id),
        state: EnrolmentState::from_name(&state).ok_or_else(|| Fault::stored("enrolment.state", &state))?,
        queue_number,
        person: PersonCard { id: PersonId(person), employee_number, given_name, family_name, email },
        unit: code.map(|code| UnitCard { name: name.unwrap_or_else(|| code.clone()), code }),
        days: Vec::new(),
    })
}

const REPLIES: &str = "\
    SELECT r.enrolment_id, r.gathering_id, r.coming \
    FROM gathering g JOIN gathering_answer r ON r.gathering_id = g.id \
    WHERE g.cohort_id = $1 AND g.organisation_id = $2";

const ATTENDANCE: &str = "\
    SELECT t.enrolment_id, t.gathering_id, t.presence \
    FROM gathering g JOIN attendance t ON t.gathering_id = g.id \
    WHERE g.cohort_id = $1 AND g.organisation_id = $2";
