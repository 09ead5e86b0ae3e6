//! Who belongs to a group, adjusted by a coordinator: somebody joins or leaves, or the tree is looked at once more.

use varde_model::{
    groups::{
        GroupState,
        members::{MOST_MEMBERS, since_then},
    },
    ids::{LeaderGroupId, PersonId},
};
use varde_persistence::{groups, people};

use super::{desk::wrong_group_state, enrol, tree};
use crate::{
    Code, Ctx, Refusal, Result,
    access::Coordinator,
    input::{self, ErrorPolicy, RowRefusals},
};

pub use enrol::GroupChanged;

/// Who joins and who leaves.
#[derive(Clone, Debug)]
pub struct ChangeMembers {
    /// The group.
    pub group: LeaderGroupId,
    /// Employee numbers of those who join.
    pub add: Vec<String>,
    /// Employee numbers of those who leave.
    pub leave_out: Vec<String>,
    /// True to look at the tree once more first: who reports to the leader now joins, who does not any more leaves.
    /// What a hand decided stays.
    pub follow_the_tree: bool,
    /// Why; it stays with the members.
    pub reason: Option<String>,
    /// The version that the caller saw.
    pub version: Option<u32>,
    /// Keep nothing; answer with what would happen.
    pub dry_run: bool,
}

/// Changes the members. In a group that takes part, whoever joins gets a seat and whoever leaves gives it up.
///
/// # Errors
/// Refused: no reason, the group is out or over, was changed since `version`, a number names nobody, somebody who has
/// left, who belongs to the group already or to another one of the cohort, does not belong to it, or leads it; or there
/// is not room for all.
pub async fn change_members(ctx: &Ctx, right: &Coordinator, input: &ChangeMembers) -> Result<GroupChanged> {
    let named = input.add.len() + input.leave_out.len();
    if named > 0 || !input.follow_the_tree {
        input::rows("add", named)?;
    }
    let reason = match named {
        0 => input::optional("reason", input.reason.as_deref(), 500)?,
        _ => Some(input::reason("reason", input.reason.as_deref())?),
    };
    let org = right.org();
    let tx = ctx.store().write().await?;
    let (mut desk, mut group) = enrol::open(ctx, &tx, right, input.group, input.version).await?;
    if !group.state.is_open() {
        return Err(wrong_group_state(&group));
    }
    let others = desk.with_others(group.id).await?;
    let (mut come, mut gone) = (Vec::new(), Vec::new());
    if input.follow_the_tree {
        let day = desk.first_day().max(desk.today());
        let chart = tree::chart_on(&tx, org, day).await?;
        let known = groups::members(&tx, org, &[group.id]).await?;
        let (new, old) = since_then(&known, &tree::members(&chart, group.leader, day));
        for person in new {
            if desk.employs(person).await? && !others.contains(&person) {
                come.push((person, false));
            }
        }
        gone.extend(old.into_iter().filter(|person| *person != group.leader).map(|person| (person, false)));
    }
    let included = desk.included(&group).await?;
    let numbers: Vec<String> = input.add.iter().chain(&input.leave_out).cloned().collect();
    let found = people::find_by_numbers(&tx, org, &numbers).await?;
    let who = |number: &str| found.iter().find(|person| person.employee_number == number.trim());
    let mut refusals = RowRefusals::default();
    let mut seen: Vec<PersonId> = Vec::new();
    let mut once = |person: PersonId| {
        let twice = seen.contains(&person);
        seen.push(person);
        if twice { Err(Refusal::new(Code::NamedTwice)) } else { Ok(person) }
    };
    for (index, number) in input.add.iter().enumerate() {
        let outcome = match who(number) {
            None => Err(Refusal::new(Code::NotFound)),
            Some(person) if person.employed.is_over(desk.today()) => Err(Refusal::new(Code::PersonHasLeft)),
            Some(person) if included.contains(&person.id) || others.contains(&person.id) => {
                Err(Refusal::new(Code::AlreadyInCohort))
            }
            Some(person) => once(person.id),
        };
        come.extend(refusals.keep("add", index, outcome.map_err(Into::into))?.map(|person| (person, true)));
    }
    for (index, number) in input.leave_out.iter().enumerate() {
        let outcome = match who(number) {
            None => Err(Refusal::new(Code::NotFound)),
            Some(person) if person.id == group.leader => Err(Refusal::new(Code::LeadsTheGroup)),
            Some(person) if !included.contains(&person.id) => Err(Refusal::new(Code::NotInGroup)),
            Some(person) => once(person.id),
        };
        gone.extend(
            refusals.keep("leaveOut", index, outcome.map_err(Into::into))?.map(|person| (person, true)),
        );
    }
    refusals.settle(ErrorPolicy::RejectAll)?;
    if included.len() + come.len() > MOST_MEMBERS + gone.len() {
        return Err(Refusal::new(Code::TooMany).at("add").with("max", MOST_MEMBERS).into());
    }
    for (person, by_hand) in gone {
        desk.leave_group(&group, person, by_hand, reason.as_deref()).await?;
    }
    if group.state == GroupState::Enrolled {
        let joining: Vec<PersonId> = come.iter().map(|(person, _)| *person).collect();
        desk.must_have_room_for(&joining).await?;
    }
    for (person, by_hand) in come {
        desk.join(&group, person, by_hand, reason.as_deref()).await?;
    }
    // Whoever edits the group beside this has seen other members.
    groups::update(&tx, org, &group).await?;
    group.version += 1;
    let mails = desk.outcome().mails;
    GroupChanged::of(ctx, right, tx, (group, mails), input.dry_run).await
}
