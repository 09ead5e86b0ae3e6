//! Looking people and units up.

use async_graphql::{Context, ID, Object};
use chrono::NaiveDate;
use varde_app::{Code, Ctx, Refusal, access::Coordinator, people};
use varde_model::{
    ids::PersonId,
    people::{self as model, Period},
};

use super::{
    line_managers::{LineManager, LineManagerOverride},
    units::{Tree, Unit, UnitConnection},
};
use crate::{
    relay::{self, Cursor},
    schema::{
        Caller,
        errors::{bad_page, whole},
        loaders::{AppointmentsOf, EmploymentsOf, LineManagerOf, Loaders, TreeOn},
        paging::{behind, cursor, page, page_of, unknown},
        people::Person,
        scalars::LocalDate,
    },
};

/// A leadership appointment (lederstilling): a person leads a unit, for a time.
#[derive(Debug, Clone)]
pub struct Appointment {
    pub(super) appointment: model::Appointment,
    /// The date that its unit is told of.
    pub(super) on: NaiveDate,
}

impl Appointment {
    /// As it is told of today.
    pub(crate) fn today(appointment: model::Appointment, today: NaiveDate) -> Self {
        Self { appointment, on: today }
    }
}

/// A leadership appointment (lederstilling): a person leads a unit, for a time.
#[Object]
impl Appointment {
    /// Opaque permanent id.
    pub(crate) async fn id(&self) -> ID {
        relay::encode("Appointment", self.appointment.id.0)
    }

    /// Who leads.
    async fn person(&self, context: &Context<'_>) -> async_graphql::Result<Option<Person>> {
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(self.appointment.person).await)?.map(Person::from))
    }

    /// What is led.
    async fn unit(&self, context: &Context<'_>) -> async_graphql::Result<Option<Unit>> {
        unit_on(context, self.appointment.unit, self.on).await
    }

    /// 1 director, 2 head of a clinic or a central staff, 3 head of a department, 4 head of a unit (ledernivå).
    async fn level(&self) -> u8 {
        self.appointment.level.number()
    }

    /// True for somebody who leads for a time only (konstituert).
    async fn acting(&self) -> bool {
        self.appointment.acting
    }

    /// Leader since that day, as HR states it; a move to another unit does not change it (leder fra).
    async fn appointed_from(&self) -> LocalDate {
        self.appointment.since.into()
    }

    /// The first day on which this unit is led.
    async fn from(&self) -> LocalDate {
        self.appointment.period.from.into()
    }

    /// The last day; null while none is known.
    async fn to(&self) -> Option<LocalDate> {
        self.appointment.period.to.map(LocalDate)
    }
}

/// Where a person works, for a time (ansettelse).
#[derive(Debug, Clone)]
pub struct Employment {
    employment: model::Employment,
    on: NaiveDate,
}

/// Where a person works, for a time (ansettelse).
#[Object]
impl Employment {
    /// The unit.
    async fn unit(&self, context: &Context<'_>) -> async_graphql::Result<Option<Unit>> {
        unit_on(context, self.employment.unit, self.on).await
    }

    /// The job title, as HR writes it (stillingstittel).
    async fn job_title(&self) -> &str {
        &self.employment.job_title
    }

    /// The first day.
    async fn from(&self) -> LocalDate {
        self.employment.period.from.into()
    }

    /// The last day; null while none is known.
    async fn to(&self) -> Option<LocalDate> {
        self.employment.period.to.map(LocalDate)
    }
}

async fn unit_on(
    context: &Context<'_>,
    unit: varde_model::ids::UnitId,
    on: NaiveDate,
) -> async_graphql::Result<Option<Unit>> {
    let loaders = context.data_unchecked::<Loaders>();
    Ok(whole(context, loaders.one(TreeOn(on)).await)?.and_then(|tree| tree.unit(unit)))
}

/// The date to tell of: today while the period holds, else the day of it that is nearest.
fn told_of(period: Period, today: NaiveDate) -> NaiveDate {
    let latest = period.to.map_or(today, |to| today.min(to));
    latest.max(period.from)
}

#[async_graphql::ComplexObject]
impl Person {
    /// What the person led, leads and will lead, oldest first. For coordinators.
    async fn appointments(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Appointment>> {
        let loaders = context.data_unchecked::<Loaders>();
        let (found, today) =
            whole(context, loaders.one(AppointmentsOf(self.key())).await)?.unwrap_or_default();
        let on = |period| told_of(period, today);
        Ok(found
            .into_iter()
            .map(|appointment| Appointment { on: on(appointment.period), appointment })
            .collect())
    }

    /// Where the person worked and works, oldest first. For coordinators.
    async fn employments(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Employment>> {
        let loaders = context.data_unchecked::<Loaders>();
        let (found, today) =
            whole(context, loaders.one(EmploymentsOf(self.key())).await)?.unwrap_or_default();
        let on = |period| told_of(period, today);
        Ok(found.into_iter().map(|employment| Employment { on: on(employment.period), employment }).collect())
    }

    /// The line manager (nærmeste leder): the leader of the nearest unit above that has one, or who was named
    /// instead. For coordinators, and for the person.
    async fn line_manager(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The date; today if left out.")] on: Option<LocalDate>,
    ) -> async_graphql::Result<Option<LineManager>> {
        let on = whole(context, day(on))?;
        let caller = Caller::of(context);
        if let (Err(_), Ok(right)) = (caller.coordinator(), caller.oneself())
            && right.person() == self.key()
        {
            let own = whole(context, people::own_line_manager(&caller.ctx, &right, on).await)?;
            return Ok(own.map(|(manager, contact)| LineManager::known(manager, contact)));
        }
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(LineManagerOf(self.key(), on)).await)?.map(LineManager::from))
    }
}

impl Person {
    fn key(&self) -> PersonId {
        PersonId(relay::decode_as("Person", &self.id).unwrap_or_default())
    }
}

page!(
    /// People, by name in Norwegian order.
    PersonConnection, PersonEdge, Person
);

/// Which people (ansatte).
#[derive(async_graphql::InputObject, Debug)]
pub struct PersonFilterInput {
    /// True for those who are missing from the HR file and of whom no last day is known: who is to be looked into.
    /// False for everyone else.
    missing: Option<bool>,
}

const BY_NAME: &str = "people";
const BY_CODE: &str = "units";

/// Queries about people and units.
#[derive(Default)]
pub struct DirectoryQuery;

#[Object]
impl DirectoryQuery {
    /// The person with an employee number (ansattnummer), or null.
    async fn person(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The HR system's key.")] employee_number: String,
    ) -> async_graphql::Result<Option<Person>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let found = whole(context, people::by_number(&caller.ctx, &right, &employee_number).await)?;
        Ok(found.map(Person::from))
    }

    /// Everyone employed, by name in Norwegian order (ansatte).
    async fn people(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Words that name or employee number contain.")] search: Option<String>,
        #[graphql(desc = "Only those whom all of it lets through.")] filter: Option<PersonFilterInput>,
        #[graphql(desc = "How many, 25 if not said, 100 at most.")] first: Option<i32>,
        #[graphql(desc = "Go on behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<PersonConnection> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let page = page_of(Caller::of(context).locale(), first, after)?;
        let after = match &page.cursor {
            None => None,
            Some(text) => {
                let place = Cursor::decode(text, BY_NAME, 2)
                    .ok_or_else(|| unknown(Caller::of(context).locale(), &page))?;
                let [family, given] = place.keys.as_slice() else {
                    return Err(unknown(Caller::of(context).locale(), &page));
                };
                Some(people::NameKey { sort_key: model::sort_key(family, given), id: PersonId(place.id) })
            }
        };
        let first = u32::try_from(page.size).unwrap_or(people::MOST);
        let missing = filter.and_then(|filter| filter.missing);
        let filter = people::PersonFilter { search, missing };
        let found = people::page(&caller.ctx, &right, &filter, after.as_ref(), first).await;
        let found = whole(context, found)?;
        let row = |person: model::Person| {
            let keys = vec![person.family_name.clone(), person.given_name.clone()];
            let place = Cursor { order: BY_NAME.to_owned(), keys, id: person.id.0 };
            (place.encode(), Person::from(person))
        };
        let rows = found.items.into_iter().map(row).collect();
        Ok(PersonConnection::new(rows, &page, found.more, found.total))
    }

    /// The unit with the trust's own code, or null where there was none on the date.
    async fn unit(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Its code (enhetskode).")] code: String,
        #[graphql(desc = "The date; today if left out.")] on: Option<LocalDate>,
    ) -> async_graphql::Result<Option<Unit>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let tree = whole(context, tree_on(&caller.ctx, &right, on).await)?;
        Ok(tree.by_code(code.trim()))
    }

    /// The tree of units, by code: ask for `parent` or `children` to walk it.
    async fn units(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only this unit and those below it, by code.")] below: Option<String>,
        #[graphql(desc = "The date; today if left out.")] on: Option<LocalDate>,
        #[graphql(desc = "How many, 25 if not said, 100 at most.")] first: Option<i32>,
        #[graphql(desc = "Go on behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<UnitConnection> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let page = page_of(Caller::of(context).locale(), first, after)?;
        let tree = whole(context, tree_on(&caller.ctx, &right, on).await)?;
        let top = match below {
            None => None,
            Some(code) => match tree.by_code(code.trim()) {
                Some(unit) => Some(unit.key()),
                None => return Ok(UnitConnection::new(Vec::new(), &page, false, 0)),
            },
        };
        let units = tree.list(top);
        let total = units.len();
        let start = match behind(Caller::of(context).locale(), &page, BY_CODE)? {
            None => 0,
            Some(id) => {
                let place = units.iter().position(|unit| unit.key().0 == id);
                let unknown = relay::PageError::UnknownCursor { argument: page.cursor_argument() };
                place.ok_or_else(|| bad_page(caller.locale(), &unknown))? + 1
            }
        };
        let rows: Vec<_> = units
            .into_iter()
            .skip(start)
            .take(page.size)
            .map(|unit| (cursor(BY_CODE, unit.key().0), unit))
            .collect();
        let more = start + rows.len() < total;
        Ok(UnitConnection::new(rows, &page, more, total as u64))
    }

    /// Who led a unit on a date: more than one where leaders shared it or one stood in.
    async fn who_led(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The unit's code (enhetskode).")] unit_code: String,
        #[graphql(desc = "The date.")] on: LocalDate,
    ) -> async_graphql::Result<Vec<Appointment>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let Some(unit) = whole(context, people::unit_by_code(&caller.ctx, &right, &unit_code).await)? else {
            return Ok(Vec::new());
        };
        whole(context, day(Some(on)))?;
        let mut all = whole(context, people::appointments_on(&caller.ctx, &right, on.into()).await)?;
        all.retain(|appointment| appointment.unit == unit.id);
        Ok(all.into_iter().map(|appointment| Appointment { appointment, on: on.into() }).collect())
    }

    /// A person's line manager on a date (nærmeste leder), or null: the director has none unless one was named.
    async fn line_manager(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Whose.")] employee_number: String,
        #[graphql(desc = "The date; today if left out.")] on: Option<LocalDate>,
    ) -> async_graphql::Result<Option<LineManager>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let found = whole(context, people::by_number(&caller.ctx, &right, &employee_number).await)?;
        let Some(person) = found else { return Ok(None) };
        let on = whole(context, day(on))?;
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(LineManagerOf(person.id, on)).await)?.map(LineManager::from))
    }

    /// The line managers who were named for a person in place of the one that the tree gives, oldest first.
    async fn line_manager_overrides(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Whose.")] employee_number: String,
    ) -> async_graphql::Result<Vec<LineManagerOverride>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let outcome = async {
            let found = people::by_number(&caller.ctx, &right, &employee_number).await?;
            let person = found.ok_or(Refusal::new(Code::NotFound).at("employeeNumber"))?;
            people::line_manager_overrides(&caller.ctx, &right, person.id).await
        };
        let found = whole(context, outcome.await)?;
        Ok(found.into_iter().map(LineManagerOverride::from).collect())
    }
}

/// A day that may be asked about.
fn day(on: Option<LocalDate>) -> varde_app::Result<Option<NaiveDate>> {
    Ok(varde_app::input::date_if_given("on", on.map(Into::into))?)
}

async fn tree_on(
    ctx: &Ctx,
    right: &Coordinator,
    on: Option<LocalDate>,
) -> varde_app::Result<std::sync::Arc<Tree>> {
    let on = match day(on)? {
        Some(on) => on,
        None => people::today(ctx, right.org()).await?,
    };
    Ok(Tree::new(on, people::units(ctx, right, on).await?))
}
