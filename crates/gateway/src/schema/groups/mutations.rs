//! What coordinators do with leader groups and with what these agree on.

use async_graphql::{Context, Object, SimpleObject};
use varde_app::{
    Ctx, Error,
    groups::{self, ChangeMembers, EnrolLeaderGroup, FollowUpReply, GroupChanged, GroupEdit, SetMeasure},
};
use varde_model::{groups::ChangeCase, ids::LeaderGroupId};

use super::{
    inputs::{
        ChangeLeaderGroupInput, ChangeLeaderGroupMembersInput, EditLeaderGroupInput, EnrolLeaderGroupInput,
        FollowUpInput, RemoveMeasureInput, SetMeasureInput,
    },
    measures::{Measure, told},
    types::{LeaderGroup, LeaderGroupMember},
};
use crate::schema::{
    Caller, UserError,
    errors::{is_conflict, split, whole},
    keys,
    mails::{PlannedMail, mails},
    node::key,
    once::{fingerprint, once},
};

/// A changed leader group.
#[derive(Debug, SimpleObject)]
pub struct LeaderGroupPayload {
    /// The group as it is now, or would be after a dry run. After a conflict, the one that stands.
    leader_group: Option<LeaderGroup>,
    /// Its members as they are then.
    members: Vec<LeaderGroupMember>,
    /// The mail that goes out because of the change.
    mails: Vec<PlannedMail>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

async fn payload(
    context: &Context<'_>,
    id: Option<LeaderGroupId>,
    outcome: Result<GroupChanged, Error>,
) -> async_graphql::Result<LeaderGroupPayload> {
    let conflict = is_conflict(&outcome);
    let (changed, errors) = split(context, outcome)?;
    let Some(changed) = changed else {
        let standing = match id {
            Some(id) if conflict => {
                let caller = Caller::of(context);
                let right = whole(context, caller.coordinator())?;
                whole(context, groups::find(&caller.ctx, &right, id).await)?
            }
            _ => None,
        };
        let leader_group = standing.map(LeaderGroup::from);
        return Ok(LeaderGroupPayload { leader_group, members: Vec::new(), mails: Vec::new(), errors });
    };
    let cohort = changed.group.cohort;
    let members = changed.members.into_iter().map(|member| LeaderGroupMember { member, cohort }).collect();
    let leader_group = Some(changed.group.into());
    Ok(LeaderGroupPayload { leader_group, members, mails: mails(changed.mails), errors })
}

/// Mutations of leader groups.
#[derive(Default)]
pub struct LeaderGroupMutation;

#[Object]
impl LeaderGroupMutation {
    /// Puts a leader group into a cohort: its leader and those who report to her or him. In a draft it is proposed; in a
    /// published cohort its leader is asked at once, on behalf of all.
    async fn enrol_leader_group(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which group, and into which cohort.")] input: EnrolLeaderGroupInput,
    ) -> async_graphql::Result<LeaderGroupPayload> {
        let outcome = async {
            let caller = Caller::of(context);
            let right = caller.coordinator()?;
            let cohort = keys::cohort(caller, input.cohort_id.as_ref(), input.cohort_code.as_deref()).await?;
            let (sent, key) = (fingerprint(&input)?, input.idempotency_key);
            let wanted = EnrolLeaderGroup {
                cohort,
                unit_code: input.unit_code,
                name: input.name,
                case: ChangeCase { what_changes: input.what_changes, who_is_touched: input.who_is_touched },
                facilitator: input.facilitator.map(Into::into),
                reason: input.reason,
                dry_run: input.dry_run,
            };
            let run = async |ctx: Ctx| groups::enrol(&ctx, &right, &wanted).await;
            let again = |kept| GroupChanged::again(&caller.ctx, &right, kept);
            once(context, "enrolLeaderGroup", key.as_deref(), sent, run, again).await
        };
        payload(context, None, outcome.await).await
    }

    /// Invites a leader group, writes down its leader's answer, or takes it out.
    async fn change_leader_group(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What to do.")] input: ChangeLeaderGroupInput,
    ) -> async_graphql::Result<LeaderGroupPayload> {
        let id = key::<LeaderGroupId>("LeaderGroup", "leaderGroupId", &input.leader_group_id);
        let known = id.as_ref().ok().copied();
        let outcome = async {
            let caller = Caller::of(context);
            let (right, id) = (caller.coordinator()?, id?);
            let (sent, key) = (fingerprint(&input)?, input.idempotency_key.as_deref());
            let run = async |ctx: Ctx| {
                let (change, reason) = (input.change.into(), input.reason.as_deref());
                groups::change(&ctx, &right, id, change, reason, input.version, input.dry_run).await
            };
            let again = |kept| GroupChanged::again(&caller.ctx, &right, kept);
            once(context, "changeLeaderGroup", key, sent, run, again).await
        };
        payload(context, known, outcome.await).await
    }

    /// Changes who belongs to a leader group. In a group that takes part, whoever joins gets a seat and whoever leaves
    /// gives it up.
    async fn change_leader_group_members(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Who joins and who leaves.")] input: ChangeLeaderGroupMembersInput,
    ) -> async_graphql::Result<LeaderGroupPayload> {
        let id = key::<LeaderGroupId>("LeaderGroup", "leaderGroupId", &input.leader_group_id);
        let known = id.as_ref().ok().copied();
        let outcome = async {
            let caller = Caller::of(context);
            let (right, group) = (caller.coordinator()?, id?);
            let (sent, key) = (fingerprint(&input)?, input.idempotency_key);
            let wanted = ChangeMembers {
                group,
                add: input.add,
                leave_out: input.leave_out,
                follow_the_tree: input.follow_the_tree,
                reason: input.reason,
                version: input.version,
                dry_run: input.dry_run,
            };
            let run = async |ctx: Ctx| groups::change_members(&ctx, &right, &wanted).await;
            let again = |kept| GroupChanged::again(&caller.ctx, &right, kept);
            once(context, "changeLeaderGroupMembers", key.as_deref(), sent, run, again).await
        };
        payload(context, known, outcome.await).await
    }

    /// Edits what a leader group is called, who leads and who guides it, and the change that it works on.
    async fn edit_leader_group(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What changes.")] input: EditLeaderGroupInput,
    ) -> async_graphql::Result<LeaderGroupPayload> {
        let id = key::<LeaderGroupId>("LeaderGroup", "leaderGroupId", &input.leader_group_id);
        let known = id.as_ref().ok().copied();
        let outcome = async {
            let caller = Caller::of(context);
            let (right, id) = (caller.coordinator()?, id?);
            let (sent, key) = (fingerprint(&input)?, input.idempotency_key);
            let edit = GroupEdit {
                name: input.name,
                leader: input.leader_employee_number,
                facilitator: input.facilitator.map(Into::into),
                what_changes: input.what_changes,
                who_is_touched: input.who_is_touched,
                version: input.version,
                dry_run: input.dry_run,
            };
            let run = async |ctx: Ctx| groups::edit(&ctx, &right, id, &edit).await;
            let again = |kept| GroupChanged::again(&caller.ctx, &right, kept);
            once(context, "editLeaderGroup", key.as_deref(), sent, run, again).await
        };
        payload(context, known, outcome.await).await
    }
}

/// A benefit or a measure that was written.
#[derive(Debug, SimpleObject)]
pub struct MeasurePayload {
    /// It, as it is now.
    measure: Option<Measure>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// The group whose measures changed.
#[derive(Debug, SimpleObject)]
pub struct LeaderGroupMeasuresPayload {
    /// The group, with its measures as they are now.
    leader_group: Option<LeaderGroup>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// Mutations of what leader groups agree on.
#[derive(Default)]
pub struct MeasureMutation;

#[Object]
impl MeasureMutation {
    /// Writes a benefit that a leader group wants (gevinst), or a measure that it agreed on (tiltak).
    async fn set_measure(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The benefit or the measure.")] input: SetMeasureInput,
    ) -> async_graphql::Result<MeasurePayload> {
        let outcome = async {
            let caller = Caller::of(context);
            let right = caller.coordinator()?;
            let group = key("LeaderGroup", "leaderGroupId", &input.leader_group_id)?;
            let measure = input.measure_id.as_ref().map(|id| key("Measure", "measureId", id)).transpose()?;
            let wanted = SetMeasure {
                group,
                measure,
                kind: input.kind.into(),
                text: input.text,
                indicator: input.indicator,
                baseline: input.baseline,
                target: input.target,
                owner: input.owner_employee_number,
                due: input.due.map(Into::into),
                version: input.version,
            };
            groups::set_measure(&caller.ctx, &right, &wanted).await
        };
        let (measure, errors) = split(context, outcome.await)?;
        Ok(MeasurePayload { measure: measure.map(told), errors })
    }

    /// Takes a benefit or a measure back that nobody was asked about.
    async fn remove_measure(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which.")] input: RemoveMeasureInput,
    ) -> async_graphql::Result<LeaderGroupMeasuresPayload> {
        let outcome = async {
            let caller = Caller::of(context);
            let right = caller.coordinator()?;
            let id = key("Measure", "measureId", &input.measure_id)?;
            let group = groups::remove_measure(&caller.ctx, &right, id).await?;
            groups::find(&caller.ctx, &right, group).await
        };
        let (found, errors) = split(context, outcome.await)?;
        Ok(LeaderGroupMeasuresPayload { leader_group: found.flatten().map(LeaderGroup::from), errors })
    }

    /// Writes down how a benefit or a measure stands; the last word counts.
    async fn record_follow_up(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How it stands.")] input: FollowUpInput,
    ) -> async_graphql::Result<LeaderGroupMeasuresPayload> {
        let outcome = async {
            let caller = Caller::of(context);
            let right = caller.coordinator()?;
            groups::record_follow_up(&caller.ctx, &right, &reply(input)?).await
        };
        let (found, errors) = split(context, outcome.await)?;
        Ok(LeaderGroupMeasuresPayload { leader_group: found.map(LeaderGroup::from), errors })
    }
}

/// What is told, by whoever.
pub(super) fn reply(input: FollowUpInput) -> Result<FollowUpReply, Error> {
    Ok(FollowUpReply {
        measure: key("Measure", "measureId", &input.measure_id)?,
        month: input.month,
        standing: input.standing.into(),
        figure: input.figure,
        comment: input.comment,
    })
}
