//! Putting a leader group into a cohort, and what a coordinator does with it afterwards.

use serde_json::json;
use varde_model::{
    cohort::CohortState,
    groups::{ChangeCase, Facilitator, GroupEvent, GroupState, LeaderGroup, MOST_GROUPS, Member},
    ids::{CohortId, LeaderGroupId, PersonId},
};
use varde_persistence::{groups, people, units};

use super::{desk::wrong_group_state, tree};
use crate::{
    Code, Ctx, Refusal, Result,
    access::Coordinator,
    audit::Deed,
    cohorts::{desk::Desk, settle},
    idempotency::Kept,
    input,
    post::Planned,
    refusal::taken,
};

/// A leader group to put into a cohort.
#[derive(Clone, Debug)]
pub struct EnrolLeaderGroup {
    /// The cohort.
    pub cohort: CohortId,
    /// The code of the unit that the group's leader leads.
    pub unit_code: String,
    /// What it is called; the unit's name without it.
    pub name: Option<String>,
    /// What changes, and who is touched.
    pub case: ChangeCase,
    /// Who guides it.
    pub facilitator: Option<Facilitator>,
    /// Lets in a group whose leader the programme is not meant for.
    pub reason: Option<String>,
    /// Keep nothing; answer with what would happen.
    pub dry_run: bool,
}

/// A changed group, with the mail that goes out because of it.
#[derive(Clone, Debug)]
pub struct GroupChanged {
    /// The group as it is now, or would be.
    pub group: LeaderGroup,
    /// Its members as they are then, those who were left out included.
    pub members: Vec<Member>,
    /// Who gets which letter, and when.
    pub mails: Vec<Planned>,
}

impl GroupChanged {
    /// What a call was answered that changed a group: with the group as it stands.
    ///
    /// # Errors
    /// Refused: the group is gone.
    pub async fn again(ctx: &Ctx, right: &Coordinator, kept: Kept) -> Result<Self> {
        let id = kept.ids.first().copied().map(LeaderGroupId).ok_or(Refusal::new(Code::NotFound))?;
        let group = groups::find(ctx.store(), right.org(), id).await?;
        let group = group.ok_or(Refusal::new(Code::NotFound))?;
        let members = groups::members(ctx.store(), right.org(), &[id]).await?;
        Ok(Self { group, members, mails: kept.mails })
    }

    /// Ends a change: commits it, or leaves nothing behind after a dry run.
    pub(super) async fn of(
        ctx: &Ctx,
        right: &Coordinator,
        tx: varde_persistence::Tx,
        (group, mails): (LeaderGroup, Vec<Planned>),
        dry_run: bool,
    ) -> Result<Self> {
        let members = groups::members(&tx, right.org(), &[group.id]).await?;
        let kept = Kept::of([group.id.0]).with_mails(&mails);
        settle(ctx, right.org(), tx, dry_run, &kept).await?;
        Ok(Self { group, members, mails })
    }
}

/// Puts a leader group into a cohort: the leader in charge of the unit and those who report to her or him on the first
/// day. In a draft it is proposed; in a published cohort its leader is asked at once.
///
/// # Errors
/// Refused: the programme takes no groups, the cohort has ended, the unit is unknown, has no leader or is in the cohort
/// already, its leader is of another level than the programme is meant for (without a reason), or does not fit in.
pub async fn enrol(ctx: &Ctx, right: &Coordinator, input: &EnrolLeaderGroup) -> Result<GroupChanged> {
    let org = right.org();
    let tx = ctx.store().write().await?;
    let mut desk = Desk::open(ctx, &tx, org, right.actor(), input.cohort).await?;
    if desk.programme.groups.is_none() {
        return Err(Refusal::new(Code::EnrolsOneByOne).into());
    }
    if !matches!(desk.cohort.state, CohortState::Draft | CohortState::Published | CohortState::Running) {
        return Err(desk.wrong_state());
    }
    if desk.groups().await?.len() >= MOST_GROUPS {
        return Err(Refusal::new(Code::TooMany).at("unitCode").with("max", MOST_GROUPS).into());
    }
    let unknown = || Refusal::new(Code::NotFound).at("unitCode");
    let unit = units::find_by_code(&tx, org, input.unit_code.trim()).await?.ok_or_else(unknown)?;
    let day = desk.first_day().max(desk.today());
    let chart = tree::chart_on(&tx, org, day).await?;
    let leads = tree::in_charge(&chart, unit.id, day).ok_or_else(unknown)?;
    let reason = input::optional("reason", input.reason.as_deref(), 500)?;
    let meant = desk.programme.audience.levels.contains(&leads.level);
    if !meant && reason.is_none() {
        return Err(Refusal::new(Code::OutsideAudience).at("unitCode").into());
    }
    desk.must_be_employed(leads.person).await?;
    let name = input::optional("name", input.name.as_deref(), 120)?;
    let name = name.or_else(|| chart.unit_on(unit.id, day).map(|unit| unit.name.clone()));
    let mut group = LeaderGroup {
        id: ctx.new_id(),
        cohort: input.cohort,
        unit: unit.id,
        leader: leads.person,
        name: name.unwrap_or_else(|| unit.code.clone()),
        state: GroupState::Proposed,
        answer_by: None,
        since: ctx.now,
        reason: reason.clone(),
        facilitator: input.facilitator.as_ref().map(checked_facilitator).transpose()?,
        case: checked_case(&input.case)?,
        version: 1,
    };
    let others = desk.with_others(group.id).await?;
    if others.contains(&leads.person) {
        return Err(Refusal::new(Code::AlreadyInCohort).at("unitCode").into());
    }
    groups::insert(&tx, org, &group, ctx.now).await.map_err(|fault| taken("unitCode")(fault.into()))?;
    let found = tree::members(&chart, leads.person, day);
    let people = people::find_many(&tx, org, &found).await?;
    let usable = |person: &PersonId| {
        let employed = people.iter().any(|one| one.id == *person && !one.employed.is_over(desk.today()));
        employed && !others.contains(person)
    };
    let members: Vec<_> = found
        .iter()
        .filter(|person| usable(person))
        .take(varde_model::groups::members::MOST_MEMBERS)
        .map(|person| (ctx.new_id(), by_the_tree(ctx, group.id, *person)))
        .collect();
    groups::put_members(&tx, org, &members).await?;
    let detail = json!({ "unit": unit.id, "members": members.len(), "outside_audience": !meant });
    desk.record(Deed::on("leader_group.propose", group.id), detail).await?;
    if desk.cohort.state.is_live() {
        desk.invite_group(&mut group, reason.as_deref()).await?;
    }
    let mails = desk.outcome().mails;
    GroupChanged::of(ctx, right, tx, (group, mails), input.dry_run).await
}

/// Somebody whom the tree gives.
pub(super) fn by_the_tree(ctx: &Ctx, group: LeaderGroupId, person: PersonId) -> Member {
    Member {
        group,
        person,
        included: true,
        by_hand: false,
        reason: None,
        changed_by: None,
        changed_at: ctx.now,
    }
}

/// Somebody from outside, as a coordinator names her or him.
pub(super) fn checked_facilitator(given: &Facilitator) -> Result<Facilitator> {
    let under = |refusal: Refusal| refusal.under(&["facilitator".into()]);
    Ok(Facilitator {
        name: input::text("name", &given.name, 120).map_err(under)?,
        organisation: input::optional("organisation", given.organisation.as_deref(), 120).map_err(under)?,
        email: input::email_if_given("email", given.email.as_deref().unwrap_or_default()).map_err(under)?,
    })
}

/// A change, as it is told.
pub(super) fn checked_case(given: &ChangeCase) -> Result<ChangeCase> {
    Ok(ChangeCase {
        what_changes: input::optional("whatChanges", given.what_changes.as_deref(), 2000)?,
        who_is_touched: input::optional("whoIsTouched", given.who_is_touched.as_deref(), 2000)?,
    })
}

/// A coordinator's act on a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupChange {
    /// Asks its leader, also once more.
    Invite,
    /// Writes down a yes that came by telephone.
    AcceptFor,
    /// Writes down a no that came by telephone.
    DeclineFor,
    /// Takes it out, with everybody of it.
    Withdraw,
}

/// Does it.
///
/// # Errors
/// Refused: the group is not in a state for it, was changed since `version`, or does not fit in.
pub async fn change(
    ctx: &Ctx,
    right: &Coordinator,
    id: LeaderGroupId,
    change: GroupChange,
    reason: Option<&str>,
    version: Option<u32>,
    dry_run: bool,
) -> Result<GroupChanged> {
    let tx = ctx.store().write().await?;
    let (mut desk, mut group) = open(ctx, &tx, right, id, version).await?;
    let reason = input::optional("reason", reason, 500)?;
    match change {
        GroupChange::Invite if group.state.after(GroupEvent::Invite).is_none() => {
            return Err(wrong_group_state(&group));
        }
        GroupChange::Invite => desk.invite_group(&mut group, reason.as_deref()).await?,
        GroupChange::AcceptFor => desk.accept_group(&mut group).await?,
        GroupChange::DeclineFor => desk.decline_group(&mut group, reason.as_deref()).await?,
        GroupChange::Withdraw => desk.withdraw_group(&mut group, reason.as_deref()).await?,
    }
    let mails = desk.outcome().mails;
    GroupChanged::of(ctx, right, tx, (group, mails), dry_run).await
}

/// A group on its cohort's desk, unless it was changed since the caller saw it.
pub(super) async fn open<'a>(
    ctx: &'a Ctx,
    tx: &'a varde_persistence::Tx,
    right: &Coordinator,
    id: LeaderGroupId,
    version: Option<u32>,
) -> Result<(Desk<'a>, LeaderGroup)> {
    let unknown = || Refusal::new(Code::NotFound).at("leaderGroupId");
    let found = groups::find(tx, right.org(), id).await?.ok_or_else(unknown)?;
    let desk = Desk::open(ctx, tx, right.org(), right.actor(), found.cohort).await?;
    let group = desk.group(id).await?;
    match version {
        Some(seen) if seen != group.version => Err(Refusal::new(Code::Conflict).into()),
        _ => Ok((desk, group)),
    }
}
