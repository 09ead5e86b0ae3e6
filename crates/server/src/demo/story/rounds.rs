//! Rounds of nominations: open, with nominations that are endorsed, awaited and still being written.

use anyhow::{Context, Result};
use chrono::Days;
use varde_app::{
    Ctx,
    access::{Coordinator, Viewer},
    cohorts,
    nominations::{self, EndorsementAnswer, NominationDraft, RoundDraft},
    people::today,
};
use varde_persistence::people;

use super::{
    Trust,
    courses::{self, Course},
    explain,
};

/// A round of the demo, for the places of a cohort of its own.
pub(crate) struct Round {
    pub(super) course: Course,
    /// Days from now to the last day on which nominations are taken; line managers have a week more.
    pub(super) open_for: u64,
    /// Employee numbers of those who rank.
    pub(super) panel: &'static [&'static str],
    pub(super) nominees: &'static [Nominee],
}

/// Somebody who nominates her- or himself.
pub(crate) struct Nominee {
    /// The employee number.
    pub(super) number: &'static str,
    pub(super) motivation: &'static str,
    pub(super) project: Option<&'static str>,
    /// Handed in; otherwise a draft.
    pub(super) handed_in: bool,
    /// What the endorser said, who has answered in favour.
    pub(super) endorsed: Option<&'static str>,
}

/// Opens the round, and takes the nominations.
pub(super) async fn open(
    ctx: &Ctx,
    right: &Coordinator,
    trust: &Trust,
    viewer: &Viewer,
    round: &Round,
) -> Result<()> {
    let cohort = courses::draft(ctx, right, trust, &round.course).await?;
    Box::pin(cohorts::publish(ctx, right, cohort.id, None, false)).await.map_err(explain)?;
    let opens = today(ctx, right.org()).await?;
    let closes = opens + Days::new(round.open_for);
    let draft = RoundDraft {
        cohort: round.course.code.to_owned(),
        code: None,
        opens,
        closes,
        endorse_by: closes + Days::new(7),
        quota: None,
        reserves: None,
        panel: round.panel.iter().map(ToString::to_string).collect(),
    };
    nominations::create(ctx, right, &draft).await.map_err(explain)?;
    nominations::open(ctx, right, round.course.code, None).await.map_err(explain)?;
    for nominee in round.nominees {
        nominate(ctx, viewer, round.course.code, nominee).await?;
    }
    Ok(())
}

async fn nominate(ctx: &Ctx, viewer: &Viewer, round: &str, nominee: &Nominee) -> Result<()> {
    let person = people::find_by_number(ctx.store(), viewer.organisation, nominee.number).await?;
    let person = person.with_context(|| format!("nobody has the number {}", nominee.number))?.id;
    let oneself = Viewer { person: Some(person), ..viewer.clone() }.oneself().map_err(explain)?;
    let draft = NominationDraft {
        round: round.to_owned(),
        nominee: None,
        motivation: Some(nominee.motivation.to_owned()),
        project: nominee.project.map(str::to_owned),
        submit: nominee.handed_in,
        dry_run: false,
    };
    let nominated = nominations::nominate(ctx, &oneself, &draft).await.map_err(explain)?.nomination;
    if let (Some(reason), Some(endorser)) = (nominee.endorsed, nominated.endorser) {
        let endorser = Viewer { person: Some(endorser), ..viewer.clone() }.oneself().map_err(explain)?;
        let answer = EndorsementAnswer { endorsed: true, reason: reason.to_owned() };
        nominations::answer_endorsement(ctx, &endorser, nominated.id, &answer).await.map_err(explain)?;
    }
    Ok(())
}
