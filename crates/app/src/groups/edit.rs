//! What a group is called, who leads and who guides it, and the change that it works on.

use serde_json::json;
use varde_model::{
    groups::{ChangeCase, Facilitator, GroupState, LeaderGroup},
    ids::LeaderGroupId,
    work::About,
};
use varde_persistence::{groups, links, people};

use super::{
    desk::wrong_group_state,
    enrol::{self, GroupChanged},
};
use crate::{
    Code, Ctx, Refusal, Result,
    access::Coordinator,
    audit::{Changes, Deed},
    input,
};

/// What changes; None leaves a value as it is, and an empty text clears it.
#[derive(Clone, Debug, Default)]
pub struct GroupEdit {
    /// What it is called.
    pub name: Option<String>,
    /// The employee number of its leader, who must belong to it.
    pub leader: Option<String>,
    /// Who guides it; one without a name takes the present one away.
    pub facilitator: Option<Facilitator>,
    /// What changes.
    pub what_changes: Option<String>,
    /// Who is touched.
    pub who_is_touched: Option<String>,
    /// The version that the caller saw.
    pub version: Option<u32>,
    /// Keep nothing; answer with what would happen.
    pub dry_run: bool,
}

/// Edits a group. A new leader of an invited group is asked in place of the former one.
///
/// # Errors
/// Refused: changed since `version`, a text that is too long, or a leader who does not belong to it.
pub async fn edit(
    ctx: &Ctx,
    right: &Coordinator,
    id: LeaderGroupId,
    edit: &GroupEdit,
) -> Result<GroupChanged> {
    let org = right.org();
    let tx = ctx.store().write().await?;
    let (mut desk, before) = enrol::open(ctx, &tx, right, id, edit.version).await?;
    let mut after = before.clone();
    if let Some(name) = &edit.name {
        after.name = input::text("name", name, 120)?;
    }
    if let Some(given) = &edit.facilitator {
        after.facilitator = match given.name.trim() {
            "" => None,
            _ => Some(enrol::checked_facilitator(given)?),
        };
    }
    let case = enrol::checked_case(&ChangeCase {
        what_changes: edit.what_changes.clone(),
        who_is_touched: edit.who_is_touched.clone(),
    })?;
    if edit.what_changes.is_some() {
        after.case.what_changes = case.what_changes;
    }
    if edit.who_is_touched.is_some() {
        after.case.who_is_touched = case.who_is_touched;
    }
    if let Some(number) = &edit.leader {
        let found = people::find_by_number(&tx, org, number.trim()).await?;
        let found = found.ok_or(Refusal::new(Code::NotFound).at("leaderEmployeeNumber"))?;
        if !desk.included(&before).await?.contains(&found.id) {
            return Err(Refusal::new(Code::NotInGroup).at("leaderEmployeeNumber").into());
        }
        if !before.state.is_open() && !before.state.takes_part() {
            return Err(wrong_group_state(&before));
        }
        after.leader = found.id;
    }
    if after != before {
        desk.record(Deed::on("leader_group.edit", id), json!({ "changed": changes(&before, &after) }))
            .await?;
        groups::update(&tx, org, &after).await?;
        after.version += 1;
    }
    if after.leader != before.leader && after.state == GroupState::Invited {
        desk.must_be_employed(after.leader).await?;
        let about = About::LeaderGroup { group: id };
        links::revoke(&tx, org, Some(&about), Some(before.leader), ctx.now).await?;
        desk.write_to_leader(&after).await?;
        crate::reminders::replan_group(&mut desk, &after).await?;
    }
    let mails = desk.outcome().mails;
    GroupChanged::of(ctx, right, tx, (after, mails), edit.dry_run).await
}

fn changes(before: &LeaderGroup, after: &LeaderGroup) -> Changes {
    Changes::default()
        .of("leader", before.leader.to_string(), after.leader.to_string())
        .that("name", before.name != after.name)
        .that("facilitator", before.facilitator != after.facilitator)
        .that("change_case", before.case != after.case)
}
