//! A cohort with everyone in it, in one answer.

use async_graphql::{Context, Object};
use chrono::{DateTime, Utc};
use varde_app::pages::{self, Roster, RosterParts};
use varde_model::Locale;

use super::{
    late::LateId,
    nodes::{PersonSummary, UnitSummary},
};
use crate::{
    ready::Ready,
    schema::{
        Caller,
        errors::whole,
        labels::{CohortStateLabel, EnrolmentStateLabel, PresenceLabel},
        scalars::{LocalDate, LocalTime},
    },
};

crate::enum_out!(CohortStateLabel, EnrolmentStateLabel, PresenceLabel);

/// Members of one roster at the most.
const MOST_MEMBERS: usize = 1000;

crate::node! {
    /// A cohort (kull) with everyone in it: the list of participants, and the list that is ticked off on the day
    /// (deltakerliste, oppmøteliste).
    pub struct CohortRoster {
        /// Opaque permanent id of the cohort.
        id: LateId,
        /// The trust's own key (kullkode).
        code: String,
        /// What people call it.
        title: String,
        /// Where the cohort is in its life.
        state: CohortStateLabel,
        /// Seats.
        capacity: u32,
        /// Its gatherings (samlinger), by begin, called-off ones included.
        gatherings: Vec<RosterGathering>,
        /// Everyone in it, in whatever state, by name in Norwegian order; at most 1000.
        members: Vec<RosterMember>,
        /// True when there are more than 1000; `cohort.enrolments` has them page by page.
        has_more_members: bool,
    }
}

crate::node! {
    /// A gathering (samling) of a roster.
    pub struct RosterGathering {
        /// Opaque permanent id of the gathering.
        id: LateId,
        /// 1 is the first of the cohort.
        position: u32,
        /// What it is called, in the caller's language.
        title: String,
        /// The local day.
        date: LocalDate,
        /// The local hour it begins.
        starts: LocalTime,
        /// The local hour it ends.
        ends: LocalTime,
        /// The zone of date and hours, such as `Europe/Oslo`.
        time_zone: String,
        /// The instant it begins.
        starts_at: DateTime<Utc>,
        /// The address or building, where it is not the cohort's.
        place: Option<String>,
        /// The room.
        room: Option<String>,
        /// True when it was called off.
        cancelled: bool,
    }
}

crate::node! {
    /// Somebody in the cohort (deltaker).
    pub struct RosterMember {
        /// Opaque permanent id of the place; what `recordAttendance` asks for.
        enrolment_id: LateId,
        /// Where the leader stands with the cohort.
        state: EnrolmentStateLabel,
        /// The place in line of somebody who waits; the next one is 1.
        place_in_line: Option<u32>,
        /// Who.
        person: PersonSummary,
        /// Where she or he works today.
        unit: Option<UnitSummary>,
        /// One for each gathering, in their order.
        days: Vec<RosterDay>,
    }
}

crate::node! {
    /// A gathering as one member has it.
    pub struct RosterDay {
        /// Opaque permanent id of the gathering.
        gathering_id: LateId,
        /// Whether the member said to come; null without an answer.
        coming: Option<bool>,
        /// How the member attended (oppmøte); null while nothing is recorded.
        presence: Option<PresenceLabel>,
    }
}

/// A cohort with everyone in it.
#[derive(Default)]
pub struct RosterQuery;

#[Object]
impl RosterQuery {
    /// The cohort with the trust's own key, its gatherings, and everyone in it with unit, replies and attendance; or
    /// null. Fetched whole, so it costs the same for five members and for fifty.
    async fn cohort_roster(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The cohort's code, such as `INTRO-2`.")] code: String,
    ) -> async_graphql::Result<Ready<Option<CohortRoster>>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let found = whole(context, pages::roster(&caller.ctx, &right, &code, asked(context)).await)?;
        Ok(Ready(found.map(|roster| CohortRoster::told(roster, caller.locale()))))
    }
}

/// What the document asks for beside the cohort and its gatherings.
fn asked(context: &Context<'_>) -> RosterParts {
    let whole = context.look_ahead();
    let members = whole.field("members");
    let days = members.field("days");
    RosterParts {
        members: members.exists() || whole.field("hasMoreMembers").exists(),
        // The ids of a member's days are those of the gatherings: they come with either.
        replies: days.field("coming").exists(),
        attendance: days.exists() && (days.field("presence").exists() || !days.field("coming").exists()),
    }
}

impl CohortRoster {
    fn told(roster: Roster, locale: Locale) -> Self {
        let line = pages::line(&roster);
        let has_more_members = roster.members.len() > MOST_MEMBERS;
        let member = |member: pages::RosterMember| RosterMember {
            enrolment_id: LateId("Enrolment", member.enrolment.0),
            state: member.state.into(),
            place_in_line: place(&line, &member.enrolment),
            person: member.person.into(),
            unit: member.unit.map(Into::into),
            days: member.days.iter().map(day).collect(),
        };
        Self {
            id: LateId("Cohort", roster.id.0),
            code: roster.code,
            title: roster.title,
            state: roster.state.into(),
            capacity: roster.capacity,
            gatherings: roster.gatherings.into_iter().map(|met| gathering(met, locale)).collect(),
            members: roster.members.into_iter().take(MOST_MEMBERS).map(member).collect(),
            has_more_members,
        }
    }
}

fn place<T: PartialEq>(line: &[T], member: &T) -> Option<u32> {
    let before = line.iter().position(|waiting| waiting == member)?;
    u32::try_from(before + 1).ok()
}

fn gathering(gathering: pages::RosterGathering, locale: Locale) -> RosterGathering {
    RosterGathering {
        id: LateId("Gathering", gathering.id.0),
        position: gathering.position,
        title: gathering.title.into_text(locale),
        date: gathering.date.into(),
        starts: gathering.starts.into(),
        ends: gathering.ends.into(),
        time_zone: gathering.zone,
        starts_at: gathering.starts_at,
        place: gathering.place,
        room: gathering.room,
        cancelled: gathering.cancelled,
    }
}

fn day(day: &pages::RosterDay) -> RosterDay {
    RosterDay {
        gathering_id: LateId("Gathering", day.gathering.0),
        coming: day.coming,
        presence: day.presence.map(Into::into),
    }
}
