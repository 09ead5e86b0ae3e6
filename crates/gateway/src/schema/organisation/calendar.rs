//! Days on which the trust is closed (lukkedager), beside the public holidays.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use varde_app::{Error, closed_days, replanning};
use varde_model::organisation;

use crate::{
    relay,
    schema::{
        Caller, UserError,
        errors::{split, whole},
        reminders::ReminderChange,
        scalars::LocalDate,
    },
};

/// A day on which the trust is closed (lukkedag). Reminders of working days pass it by.
#[derive(Debug, Clone, SimpleObject)]
pub struct ClosedDay {
    /// Opaque permanent id.
    #[graphql(owned)]
    pub(crate) id: ID,
    /// The day.
    day: LocalDate,
    /// Why, such as `Julestengt`.
    name: String,
}

impl From<organisation::ClosedDay> for ClosedDay {
    fn from(closed: organisation::ClosedDay) -> Self {
        Self { id: relay::encode("ClosedDay", closed.id.0), day: closed.day.into(), name: closed.name }
    }
}

/// A day to close.
#[derive(InputObject, Debug)]
pub struct AddClosedDayInput {
    /// The day.
    day: LocalDate,
    /// Why, such as `Julestengt`.
    name: String,
    /// Keep nothing; answer with every reminder that would move.
    #[graphql(default)]
    dry_run: bool,
}

/// A closed day to open again.
#[derive(InputObject, Debug)]
pub struct RemoveClosedDayInput {
    /// The day.
    day: LocalDate,
    /// Keep nothing; answer with every reminder that would move.
    #[graphql(default)]
    dry_run: bool,
}

/// A closed day after a change, and what it changes in the plan.
#[derive(Debug, SimpleObject)]
pub struct ClosedDayPayload {
    /// The day that was added or removed.
    closed_day: Option<ClosedDay>,
    /// Every reminder that is added, moved or cancelled, by its moment.
    changes: Vec<ReminderChange>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// Queries about the calendar.
#[derive(Default)]
pub struct CalendarQuery;

#[Object]
impl CalendarQuery {
    /// The days on which the trust is closed, in order. Public holidays and weekends need not stand here.
    async fn closed_days(&self, context: &Context<'_>) -> async_graphql::Result<Vec<ClosedDay>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let found = whole(context, closed_days::list(&caller.ctx, &right).await)?;
        Ok(found.into_iter().map(ClosedDay::from).collect())
    }
}

/// Mutations of the calendar.
#[derive(Default)]
pub struct CalendarMutation;

#[Object]
impl CalendarMutation {
    /// Closes the trust on a day (legg til lukkedag). Every reminder is planned anew at once.
    async fn add_closed_day(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The day.")] input: AddClosedDayInput,
    ) -> async_graphql::Result<ClosedDayPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            closed_days::add(&caller.ctx, &right, input.day.into(), &input.name, input.dry_run).await
        };
        payload(context, Box::pin(outcome).await)
    }

    /// Opens the trust again on a closed day (fjern lukkedag). Every reminder is planned anew at once.
    async fn remove_closed_day(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The day.")] input: RemoveClosedDayInput,
    ) -> async_graphql::Result<ClosedDayPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            closed_days::remove(&caller.ctx, &right, input.day.into(), input.dry_run).await
        };
        payload(context, Box::pin(outcome).await)
    }
}

type Outcome = Result<(organisation::ClosedDay, Vec<replanning::ReminderChange>), Error>;

fn payload(context: &Context<'_>, outcome: Outcome) -> async_graphql::Result<ClosedDayPayload> {
    let (changed, errors) = split(context, outcome)?;
    let (closed_day, changes) = changed.unzip();
    Ok(ClosedDayPayload {
        closed_day: closed_day.map(ClosedDay::from),
        changes: changes.unwrap_or_default().into_iter().map(ReminderChange::from).collect(),
        errors,
    })
}
