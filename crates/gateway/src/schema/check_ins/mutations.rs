//! What coordinators do with cycles.

use async_graphql::{Context, Object, SimpleObject};
use varde_app::{
    Ctx,
    check_ins::{self, CycleDraft, CycleEdit, Opened, RemindedLate},
};

use super::{
    cycles::{CheckInCycle, CheckInLeftOut},
    inputs::{
        CreateCheckInCycleInput, EditCheckInCycleInput, OpenCheckInCycleInput, RemindLateCheckInsInput,
        ReopenCheckInCycleInput, ScheduleCheckInCycleInput,
    },
};
use crate::schema::{
    Caller, UserError,
    errors::{split, whole},
    imports::Operation,
    loaders::Loaders,
    mails::{PlannedMail, mails},
    once::{fingerprint, once},
    people::Person,
};

/// A cycle that was changed.
#[derive(Debug, SimpleObject)]
pub struct CheckInCyclePayload {
    /// The cycle as it is now.
    check_in_cycle: Option<CheckInCycle>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// A cycle that was opened.
#[derive(Debug, SimpleObject)]
pub struct OpenCheckInCyclePayload {
    /// The cycle as it is now.
    check_in_cycle: Option<CheckInCycle>,
    /// How many check-ins are opened by this call: at once, and where there are many, by the longer work.
    opened: usize,
    /// The longer work that opens the rest where there are many; watch it by its id. Null where all are open.
    operation: Option<Operation>,
    /// How many of them have nobody to hold them with: name a line manager.
    without_manager: usize,
    /// How many contracts were made for leaders who had none.
    contracts_made: usize,
    /// Leaders with a contract who take no part, and why.
    left_out: Vec<CheckInLeftOut>,
    /// Mail that goes out.
    mails: Vec<PlannedMail>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// Who was reminded.
#[derive(Debug, Default, SimpleObject)]
pub struct RemindLateCheckInsPayload {
    /// The cycle.
    check_in_cycle: Option<CheckInCycle>,
    /// How many check-ins are late there.
    late: usize,
    /// How many people are left alone because they were reminded today already.
    reminded_today: usize,
    /// The reminders.
    mails: Vec<PlannedMail>,
    /// What stands in the way; nothing was sent then.
    errors: Vec<UserError>,
}

/// Mutations of cycles.
#[derive(Default)]
pub struct CheckInCycleMutation;

type Outcome = Result<varde_model::check_in::Cycle, varde_app::Error>;

fn payload(context: &Context<'_>, outcome: Outcome) -> async_graphql::Result<CheckInCyclePayload> {
    let (cycle, errors) = split(context, outcome)?;
    Ok(CheckInCyclePayload { check_in_cycle: cycle.map(CheckInCycle), errors })
}

#[Object]
impl CheckInCycleMutation {
    /// Creates a year's cycle of check-ins as a draft (planlegge årets lederkravsamtaler). Nobody hears of it.
    async fn create_check_in_cycle(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The cycle.")] input: CreateCheckInCycleInput,
    ) -> async_graphql::Result<CheckInCyclePayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            let draft = CycleDraft {
                code: input.code,
                opens_on: input.opens_on.0,
                due_on: input.due_on.0,
                closes_on: input.closes_on.0,
                least_days: input.least_days,
                reminding: input.reminding.map(Into::into),
            };
            check_ins::create(&caller.ctx, &right, &draft).await
        };
        payload(context, outcome.await)
    }

    /// Changes a cycle; what it does by itself moves along.
    async fn edit_check_in_cycle(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The changes.")] input: EditCheckInCycleInput,
    ) -> async_graphql::Result<CheckInCyclePayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            let edit = CycleEdit {
                opens_on: input.opens_on.map(|day| day.0),
                due_on: input.due_on.map(|day| day.0),
                closes_on: input.closes_on.map(|day| day.0),
                least_days: input.least_days,
                reminding: input.reminding.map(Into::into),
                version: input.version,
            };
            check_ins::edit(&caller.ctx, &right, &input.cycle_code, &edit).await
        };
        payload(context, outcome.await)
    }

    /// Lets a cycle open by itself on its first working day, at nine; or takes that back.
    async fn schedule_check_in_cycle(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which.")] input: ScheduleCheckInCycleInput,
    ) -> async_graphql::Result<CheckInCyclePayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            let ScheduleCheckInCycleInput { cycle_code, take_back, version } = input;
            check_ins::schedule(&caller.ctx, &right, &cycle_code, take_back, version).await
        };
        payload(context, outcome.await)
    }

    /// Opens a cycle now for everybody with a contract whom it is for (åpne), or once more for those who came after. Leaders
    /// and line managers are written to. Run it dry first.
    async fn open_check_in_cycle(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which.")] input: OpenCheckInCycleInput,
    ) -> async_graphql::Result<OpenCheckInCyclePayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            let (sent, own_key) = (fingerprint(&input)?, input.idempotency_key.clone());
            let OpenCheckInCycleInput { cycle_code, version, dry_run, .. } = input;
            let run = async |ctx: Ctx| check_ins::open(&ctx, &right, &cycle_code, version, dry_run).await;
            let again = |kept| Opened::again(&caller.ctx, &right, kept);
            once(context, "openCheckInCycle", own_key.as_deref(), sent, run, again).await
        };
        let (done, errors) = split(context, outcome.await)?;
        let Some(done) = done else {
            return Ok(OpenCheckInCyclePayload {
                check_in_cycle: None,
                opened: 0,
                operation: None,
                without_manager: 0,
                contracts_made: 0,
                left_out: Vec::new(),
                mails: Vec::new(),
                errors,
            });
        };
        let loaders = context.data_unchecked::<Loaders>();
        let mut left_out = Vec::with_capacity(done.left_out.len());
        for (person, why) in &done.left_out {
            let person = whole(context, loaders.one(*person).await)?.map(Person::from);
            left_out.push(CheckInLeftOut::told(person, *why));
        }
        let operation = match done.operation {
            Some(id) => whole(context, loaders.one(id).await)?.map(Operation::from),
            None => None,
        };
        Ok(OpenCheckInCyclePayload {
            opened: done.opened.len() + done.waiting,
            operation,
            without_manager: done.without_manager().count(),
            contracts_made: done.contracts_made,
            left_out,
            mails: mails(done.mails),
            check_in_cycle: Some(CheckInCycle(done.cycle)),
            errors,
        })
    }

    /// Reminds all who are late in a unit (purre): each person once, about all that she or he has left to do. Whoever was reminded
    /// today already is left alone. Run it dry first.
    async fn remind_late_check_ins(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Whom.")] input: RemindLateCheckInsInput,
    ) -> async_graphql::Result<RemindLateCheckInsPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            let (sent, own_key) = (fingerprint(&input)?, input.idempotency_key.clone());
            let RemindLateCheckInsInput { cycle_code, unit_code, dry_run, .. } = input;
            let run =
                async |ctx: Ctx| check_ins::remind_late(&ctx, &right, &cycle_code, unit_code, dry_run).await;
            let again = |kept| RemindedLate::again(&caller.ctx, &right, kept);
            once(context, "remindLateCheckIns", own_key.as_deref(), sent, run, again).await
        };
        let (done, errors) = split(context, outcome.await)?;
        Ok(match done {
            None => RemindLateCheckInsPayload { errors, ..RemindLateCheckInsPayload::default() },
            Some(done) => RemindLateCheckInsPayload {
                late: done.late,
                reminded_today: done.lately,
                mails: mails(done.mails),
                check_in_cycle: Some(CheckInCycle(done.cycle)),
                errors,
            },
        })
    }

    /// Gives more time to a cycle that was closed: what was unfinished goes on where it stood.
    async fn reopen_check_in_cycle(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which, and until when.")] input: ReopenCheckInCycleInput,
    ) -> async_graphql::Result<CheckInCyclePayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            let ReopenCheckInCycleInput { cycle_code, closes_on, version } = input;
            check_ins::reopen(&caller.ctx, &right, &cycle_code, closes_on.0, version).await
        };
        payload(context, outcome.await)
    }
}
