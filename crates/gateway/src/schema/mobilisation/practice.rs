//! One's own practice tasks.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use varde_app::mobilisation::{self, MyPractice};

use crate::{
    relay,
    schema::{
        Caller, UserError,
        errors::{split, whole},
        node::key,
        scalars::LocalDate,
    },
};

/// A task to try out after a gathering, as it stands for oneself (øvingsoppgave).
#[derive(SimpleObject, Debug)]
pub struct MyPracticeTask {
    /// One's place, for `tellPracticeDone`.
    enrolment_id: ID,
    /// The cohort's code (kullkode).
    cohort_code: String,
    /// The task's key, for `tellPracticeDone`.
    task: String,
    /// What it is called, in the caller's language.
    title: String,
    /// What to do, and what to think about.
    text: String,
    /// The gathering that it follows.
    gathering: String,
    /// The day by which it is to be done.
    due_on: LocalDate,
    /// True once one has told that it was done.
    done: bool,
}

/// That a task was done, or was not.
#[derive(InputObject, Debug)]
pub struct TellPracticeDoneInput {
    /// One's place.
    enrolment_id: ID,
    /// The task's key.
    task: String,
    /// False takes it back.
    #[graphql(default = true)]
    done: bool,
}

/// One's tasks as they stand now.
#[derive(SimpleObject, Debug)]
pub struct TellPracticeDonePayload {
    /// The tasks.
    tasks: Vec<MyPracticeTask>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

fn told(caller: &Caller, found: Vec<MyPractice>) -> Vec<MyPracticeTask> {
    let locale = caller.locale();
    let of_cohort = |practice: MyPractice| {
        let id = relay::encode("Enrolment", practice.enrolment.id.0);
        let code = practice.cohort.code;
        practice.tasks.into_iter().map(move |own| MyPracticeTask {
            enrolment_id: id.clone(),
            cohort_code: code.clone(),
            title: own.task.title.into_text(locale),
            text: own.task.text.into_text(locale),
            task: own.task.key,
            gathering: own.gathering.into_text(locale),
            due_on: own.due_on.into(),
            done: own.done,
        })
    };
    found.into_iter().flat_map(of_cohort).collect()
}

/// Queries about practice tasks.
#[derive(Default)]
pub struct PracticeQuery;

#[Object]
impl PracticeQuery {
    /// One's own practice tasks after the gatherings that have begun (øvingsoppgaver).
    async fn my_practice_tasks(&self, context: &Context<'_>) -> async_graphql::Result<Vec<MyPracticeTask>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.oneself())?;
        Ok(told(caller, whole(context, mobilisation::my_practice(&caller.ctx, &right).await)?))
    }
}

/// Mutations of practice tasks.
#[derive(Default)]
pub struct PracticeMutation;

#[Object]
impl PracticeMutation {
    /// Tells that one of one's own practice tasks was done, or takes that back. What it was like is not asked for.
    async fn tell_practice_done(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which task.")] input: TellPracticeDoneInput,
    ) -> async_graphql::Result<TellPracticeDonePayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.oneself()?;
            let place = key("Enrolment", "enrolmentId", &input.enrolment_id)?;
            mobilisation::tell(&caller.ctx, &right, place, &input.task, input.done).await?;
            mobilisation::my_practice(&caller.ctx, &right).await
        };
        let (found, errors) = split(context, outcome.await)?;
        Ok(TellPracticeDonePayload {
            tasks: found.map(|found| told(caller, found)).unwrap_or_default(),
            errors,
        })
    }
}
