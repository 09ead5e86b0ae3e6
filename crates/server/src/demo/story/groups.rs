//! Leader groups that take part as one: put in, published, and answered for by their leaders.

use anyhow::{Context, Result};
use chrono::Days;
use varde_app::{
    Ctx,
    access::{Coordinator, Viewer},
    cohorts::{self, GatheringDraft},
    groups::{self, EnrolLeaderGroup, GroupAnswer, SetMeasure},
    people::today,
};
use varde_model::{
    groups::{ChangeCase, Facilitator, MeasureKind},
    ids::{CohortId, LeaderGroupId},
};

use super::{
    Trust,
    courses::{self, Course},
    explain,
};

/// A leader group of the demo, in a cohort of its own.
pub(crate) struct Group {
    pub(super) course: Course,
    /// The code of the unit that its leader leads.
    pub(super) unit: &'static str,
    /// What changes, and who is touched, where the programme asks for it.
    pub(super) case: Option<(&'static str, &'static str)>,
    /// Name, organisation and address of whoever guides it from outside.
    pub(super) facilitator: Option<[&'static str; 3]>,
    /// Days from now on which it meets by itself, in a programme in which groups do.
    pub(super) own_days: &'static [u64],
    pub(super) agreed: &'static [Agreed],
    /// Its leader has said yes.
    pub(super) takes_part: bool,
}

/// A benefit that it wants, or a measure that it agreed on.
pub(crate) struct Agreed {
    pub(super) text: &'static str,
    /// What it is measured by, and where that is to be: those of a benefit.
    pub(super) benefit: Option<(&'static str, &'static str)>,
    /// The employee number of whoever answers for it.
    pub(super) owner: &'static str,
}

/// Puts the group into its cohort, and publishes.
pub(super) async fn open(
    ctx: &Ctx,
    right: &Coordinator,
    trust: &Trust,
    group: &Group,
) -> Result<LeaderGroupId> {
    let cohort = courses::draft(ctx, right, trust, &group.course).await?.id;
    let (what_changes, who_is_touched) = group.case.unzip();
    let put_in = EnrolLeaderGroup {
        cohort,
        unit_code: group.unit.to_owned(),
        name: None,
        case: ChangeCase {
            what_changes: what_changes.map(str::to_owned),
            who_is_touched: who_is_touched.map(str::to_owned),
        },
        facilitator: group.facilitator.map(|[name, organisation, email]| Facilitator {
            name: name.to_owned(),
            organisation: Some(organisation.to_owned()),
            email: Some(email.to_owned()),
        }),
        reason: None,
        dry_run: false,
    };
    let id = groups::enrol(ctx, right, &put_in).await.map_err(explain)?.group.id;
    own_days(ctx, right, cohort, id, group).await?;
    for agreed in group.agreed {
        let (indicator, target) = agreed.benefit.unzip();
        let measure = SetMeasure {
            group: id,
            measure: None,
            kind: if agreed.benefit.is_some() { MeasureKind::Benefit } else { MeasureKind::Action },
            text: agreed.text.to_owned(),
            indicator: indicator.map(str::to_owned),
            baseline: None,
            target: target.map(str::to_owned),
            owner: agreed.owner.to_owned(),
            due: None,
            version: None,
        };
        groups::set_measure(ctx, right, &measure).await.map_err(explain)?;
    }
    Box::pin(cohorts::publish(ctx, right, cohort, None, false)).await.map_err(explain)?;
    Ok(id)
}

async fn own_days(
    ctx: &Ctx,
    right: &Coordinator,
    cohort: CohortId,
    id: LeaderGroupId,
    group: &Group,
) -> Result<()> {
    let today = today(ctx, right.org()).await?;
    let calendar = varde_app::closed_days::calendar(ctx.store(), right.org()).await?;
    for days in group.own_days {
        let date = calendar.next_working_day_on_or_after(today + Days::new(*days));
        let day = GatheringDraft { date, group: Some(id), ..GatheringDraft::default() };
        cohorts::add_gathering(ctx, right, cohort, &day, false).await.map_err(explain)?;
    }
    Ok(())
}

/// Its leader says yes on behalf of all.
pub(super) async fn accept(ctx: &Ctx, viewer: &Viewer, id: LeaderGroupId) -> Result<()> {
    let right = viewer.coordinator().map_err(explain)?;
    let group = groups::find(ctx, &right, id).await?.context("a group is gone")?;
    let leader = Viewer { person: Some(group.leader), ..viewer.clone() }.oneself().map_err(explain)?;
    Box::pin(groups::answer(ctx, &leader, id, &GroupAnswer::Accept, false)).await.map_err(explain)?;
    Ok(())
}
