//! What those invited have answered before the demo's visitor comes.

use std::iter;

use anyhow::{Context, Result};
use varde_app::{
    Ctx,
    access::Viewer,
    enrolments::{self, Answer},
    people::by_ids,
};
use varde_model::ids::{CohortId, PersonId};
use varde_persistence::accounts::person_is_free;

use super::{Opened, explain};

/// How many have answered, and what. All others, the leader who can sign in among them, have yet to answer.
#[derive(Clone, Copy)]
pub(crate) struct Answers {
    /// Said yes. Where they are more than the seats, the last of them stand in line.
    pub(super) yes: usize,
    /// Of those who said yes, the first so many have given their seats back.
    pub(super) gave_back: usize,
    /// Said no.
    pub(super) no: usize,
}

/// Gives the answers, each under the leader's own name, in the order of the employee numbers.
pub(super) async fn give(ctx: &Ctx, opened: &Opened) -> Result<()> {
    for (cohort, answers) in &opened.cohorts {
        give_in(ctx, opened, *cohort, *answers).await?;
    }
    Ok(())
}

async fn give_in(ctx: &Ctx, opened: &Opened, cohort: CohortId, answers: Answers) -> Result<()> {
    let right = opened.viewer.coordinator().map_err(explain)?;
    let Answers { yes, gave_back, no } = answers;
    let invited = enrolments::of_cohort(ctx, &right, cohort).await?;
    let ids: Vec<PersonId> = invited.iter().map(|place| place.person).collect();
    let mut people = by_ids(ctx, &right, &ids).await?;
    people.sort_by(|one, other| one.employee_number.cmp(&other.employee_number));
    let mut others = Vec::new();
    for person in people {
        if person_is_free(ctx.store(), right.org(), person.id).await? {
            others.push(person.id);
        }
    }
    let said = iter::repeat_n(Answer::Accept, yes).chain(iter::repeat_n(Answer::Decline(None), no));
    let giving_back = iter::repeat_n(Answer::Withdraw(Some("Har fått ny stilling".to_owned())), gave_back);
    for (person, answer) in others.iter().zip(said).chain(others.iter().zip(giving_back)) {
        let place =
            invited.iter().find(|place| place.person == *person).context("invited without a place")?;
        let oneself = Viewer { person: Some(*person), ..opened.viewer.clone() }.oneself().map_err(explain)?;
        Box::pin(enrolments::answer(ctx, &oneself, place.id, &answer, false)).await.map_err(explain)?;
    }
    Ok(())
}
