//! Leaders: a page of them, and one.

use async_graphql::{Context, Enum, InputObject, Object};
use varde_app::{
    Code, Error, Refusal,
    pages::{self, LeaderCard, LeaderOrder, LeaderPlace, LeadersWanted},
};
use varde_model::{ids::AppointmentId, people::Level};

use super::{
    late::LateId,
    nodes::{PersonSummary, UnitSummary},
};
use crate::{
    ready::Ready,
    relay::{self, Cursor, Page, PageError},
    schema::{
        Caller,
        errors::{bad_page, whole},
        scalars::LocalDate,
    },
};

crate::node! {
    /// Somebody who leads a unit today (leder). One who leads two units stands twice in lists.
    pub struct Leader {
        /// Opaque permanent id of the appointment (lederstilling).
        appointment_id: LateId,
        /// Who.
        person: PersonSummary,
        /// The unit that is led.
        unit: UnitSummary,
        /// 1 director, 2 head of a clinic or a central staff, 3 head of a department, 4 head of a unit (ledernivå).
        level: i32,
        /// Leader since that day (leder fra).
        appointed_from: LocalDate,
        /// True for somebody who leads for a time only (konstituert).
        acting: bool,
    }
}

crate::connection!(
    /// Leaders, a page at a time.
    pub LeaderConnection, LeaderEdge, Leader
);

/// Which leaders to list.
#[derive(InputObject, Debug, Default)]
pub struct LeaderFilterInput {
    /// Of the unit with this code and of every unit below it (enhetskode).
    unit_code: Option<String>,
    /// At these levels, from 1 to 4 (ledernivå).
    levels: Option<Vec<u32>>,
    /// Leader since that day or later.
    appointed_since: Option<LocalDate>,
    /// Words that name or employee number contain.
    search: Option<String>,
}

/// How leaders are sorted.
#[derive(Enum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LeaderOrderBy {
    /// By family name, then given name, in Norwegian order.
    #[default]
    Name,
    /// Who became a leader last comes first.
    NewestFirst,
}

/// Queries about leaders.
#[derive(Default)]
pub struct LeaderQuery;

#[Object]
impl LeaderQuery {
    /// Those who lead a unit today.
    async fn leaders(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which ones.")] filter: Option<LeaderFilterInput>,
        #[graphql(desc = "How they are sorted.", default)] order_by: LeaderOrderBy,
        #[graphql(desc = "How many, 25 if not said, 100 at most.")] first: Option<i32>,
        #[graphql(desc = "Go on behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<Ready<LeaderConnection>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let page = relay::PageArgs { first, after, last: None, before: None }
            .check()
            .map_err(|e| bad_page(Caller::of(context).locale(), &e))?;
        let filter = filter.unwrap_or_default();
        let wanted = LeadersWanted {
            levels: whole(context, levels(filter.levels.unwrap_or_default()))?,
            unit_code: filter.unit_code,
            appointed_since: filter.appointed_since.map(Into::into),
            search: filter.search,
            order: order_by.into(),
            after: place(order_by, &page).map_err(|error| bad_page(Caller::of(context).locale(), &error))?,
            first: page.size,
            count: context.look_ahead().field("totalCount").exists(),
        };
        let found = whole(context, pages::leaders(&caller.ctx, &right, &wanted).await)?;
        Ok(Ready(connection(found, order_by, &page, context)))
    }

    /// The leader with that employee number, or null for somebody who leads nothing today. Of several appointments the
    /// one at the highest level is shown.
    async fn leader(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The HR system's key (ansattnummer).")] employee_number: String,
    ) -> async_graphql::Result<Ready<Option<Leader>>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let found = whole(context, pages::leader(&caller.ctx, &right, &employee_number).await)?;
        Ok(Ready(found.map(Leader::from)))
    }
}

fn levels(numbers: Vec<u32>) -> Result<Vec<Level>, Error> {
    let level = |number: u32| u8::try_from(number).ok().and_then(|number| Level::try_from(number).ok());
    let wrong = || Refusal::new(Code::OutOfRange).at("filter").at("levels").with("least", 1).with("most", 4);
    numbers.into_iter().map(|number| Ok(level(number).ok_or_else(wrong)?)).collect()
}

fn connection(
    found: pages::LeadersPage,
    order: LeaderOrderBy,
    page: &Page,
    context: &Context<'_>,
) -> LeaderConnection {
    let total = i64::try_from(found.total).unwrap_or(i64::MAX);
    let (rows, before, more) = page.cut(found.rows);
    // A cursor for each row is half the work of a page, and most documents ask for the last one alone.
    let every = context.look_ahead().field("edges").field("cursor").exists();
    let last = rows.len().saturating_sub(1);
    let row = |(index, card): (usize, LeaderCard)| {
        let cursor = if every || index == 0 || index == last { cursor(order, &card) } else { String::new() };
        (cursor, Leader::from(card))
    };
    LeaderConnection::new(rows.into_iter().enumerate().map(row).collect(), before, more, total)
}

fn cursor(order: LeaderOrderBy, card: &LeaderCard) -> String {
    let key = match order {
        // The name as it is sorted is text in bytes.
        LeaderOrderBy::Name => String::from_utf8_lossy(&card.sort_key).into_owned(),
        LeaderOrderBy::NewestFirst => card.since.to_string(),
    };
    Cursor { order: order.name().to_owned(), keys: vec![key], id: card.appointment.0 }.encode()
}

/// The place behind which the page begins.
fn place(order: LeaderOrderBy, page: &Page) -> Result<Option<LeaderPlace>, PageError> {
    let Some(text) = &page.cursor else { return Ok(None) };
    let unknown = || PageError::UnknownCursor { argument: page.cursor_argument() };
    let cursor = Cursor::decode(text, order.name(), 1).ok_or_else(unknown)?;
    let (key, id) = (cursor.keys.into_iter().next().unwrap_or_default(), AppointmentId(cursor.id));
    Ok(Some(match order {
        LeaderOrderBy::Name => LeaderPlace::Name(key.into_bytes(), id),
        LeaderOrderBy::NewestFirst => LeaderPlace::NewestFirst(key.parse().map_err(|_| unknown())?, id),
    }))
}

impl LeaderOrderBy {
    /// The name of the order in cursors.
    const fn name(self) -> &'static str {
        match self {
            Self::Name => "leaders.name",
            Self::NewestFirst => "leaders.newest",
        }
    }
}

impl From<LeaderOrderBy> for LeaderOrder {
    fn from(order: LeaderOrderBy) -> Self {
        match order {
            LeaderOrderBy::Name => Self::Name,
            LeaderOrderBy::NewestFirst => Self::NewestFirst,
        }
    }
}

impl From<LeaderCard> for Leader {
    fn from(card: LeaderCard) -> Self {
        Self {
            appointment_id: LateId("Appointment", card.appointment.0),
            person: card.person.into(),
            unit: card.unit.into(),
            level: i32::from(card.level.number()),
            appointed_from: card.since.into(),
            acting: card.acting,
        }
    }
}
