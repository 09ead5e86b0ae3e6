//! Looking places up, and those who have none yet.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use varde_app::{catalogue, proposals};

use super::MyPlace;
use crate::schema::{
    Caller,
    errors::whole,
    own::Own,
    paging::{page, page_of, part},
    people::Person,
    scalars::LocalDate,
};

/// A leader whom a programme for new leaders has not reached yet.
#[derive(Debug, Clone, SimpleObject)]
pub struct NewLeader {
    /// The leader.
    person: Person,
    /// The first day of the appointment.
    appointed_from: LocalDate,
    /// The level, 1 to 4 (ledernivå).
    level: u8,
    /// The key of the programme that has not reached her or him (program).
    programme_key: String,
}

page!(
    /// New leaders without a place, earliest appointment first.
    NewLeaderConnection, NewLeaderEdge, NewLeader
);

/// Which new leaders to list.
#[derive(InputObject, Debug, Default)]
pub struct NewLeaderFilterInput {
    /// Only at these levels, 1 to 4 (ledernivå).
    levels: Option<Vec<u8>>,
    /// Only those appointed on this day or later.
    appointed_since: Option<LocalDate>,
    /// Only those whom the programme with this key has not reached.
    programme: Option<String>,
}

/// Queries about places.
#[derive(Default)]
pub struct EnrolmentQuery;

#[Object]
impl EnrolmentQuery {
    /// Newly appointed leaders whom no cohort has reached, earliest appointment first (nye ledere uten plass).
    async fn new_leaders(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which ones.")] filter: Option<NewLeaderFilterInput>,
        #[graphql(desc = "How many, 25 if not said, 100 at most.")] first: Option<i32>,
        #[graphql(desc = "Go on behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<NewLeaderConnection> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let page = page_of(Caller::of(context).locale(), first, after)?;
        let filter = filter.unwrap_or_default();
        let programmes = whole(context, catalogue::programmes(&caller.ctx, &right).await)?;
        let key = |leader: &proposals::NewLeader| {
            let own = programmes.iter().find(|own| own.version.programme == leader.programme);
            own.map(|own| own.version.key.clone()).unwrap_or_default()
        };
        let mut found = whole(context, proposals::new_leaders(&caller.ctx, &right).await)?;
        found.retain(|leader| {
            filter.levels.as_ref().is_none_or(|levels| levels.contains(&leader.appointment.level.number()))
                && filter.appointed_since.is_none_or(|day| leader.appointment.since >= day.0)
                && filter.programme.as_ref().is_none_or(|wanted| key(leader) == wanted.trim())
        });
        // The same leader may be new to more than one programme.
        let place = |leader: &proposals::NewLeader| {
            (vec![LocalDate(leader.appointment.since).to_string(), key(leader)], leader.person.0)
        };
        let (rows, more, total) = part(Caller::of(context).locale(), found, &page, "newLeaders", place)?;
        let ids: Vec<_> = rows.iter().map(|(_, leader)| leader.person).collect();
        let people = whole(context, varde_app::contacts::people(&caller.ctx, &right, &ids).await)?;
        let rows = rows.into_iter().filter_map(|(cursor, leader)| {
            let person = people.iter().find(|person| person.id == leader.person)?.clone();
            let shown = NewLeader {
                person: person.into(),
                appointed_from: leader.appointment.since.into(),
                level: leader.appointment.level.number(),
                programme_key: key(&leader),
            };
            Some((cursor, shown))
        });
        Ok(NewLeaderConnection::new(rows.collect(), &page, more, total))
    }

    /// One's own places in cohorts.
    async fn my_places(&self, context: &Context<'_>) -> async_graphql::Result<Vec<MyPlace>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.oneself())?;
        let mine = whole(context, context.data_unchecked::<Own>().places(caller, &right).await)?;
        Ok(mine.iter().map(|place| MyPlace::told(place.clone(), caller.locale())).collect())
    }
}
