//! The experienced leader who supports one that tries the role out (støttespiller).

use chrono::Months;
use serde_json::json;
use varde_model::{
    conflicts::{self as rule, Constellation, Couple},
    enrolment::Enrolment,
    ids::{EnrolmentId, PersonId},
    letter::LetterKind,
    local_time::Zoned,
    work::{About, Recipient},
};
use varde_persistence::{
    appointments, enrolments, organisations, people,
    supporters::{self, Supporter},
};

use crate::{
    Code, Ctx, Refusal, Result,
    access::Coordinator,
    audit::Deed,
    cohorts::{
        desk::{Desk, wrong_enrolment_state},
        settle,
    },
    conflicts,
    idempotency::Kept,
    line,
    post::{self, Planned, Post},
};

/// Whoever supports has led for so long.
const EXPERIENCED_MONTHS: u32 = 12;

/// Whom to name as the supporter of a place.
#[derive(Clone, Copy, Debug)]
pub struct AssignSupporter {
    /// The place.
    pub enrolment: EnrolmentId,
    /// Who supports; None takes the supporter back, untold.
    pub supporter: Option<PersonId>,
    /// Keep nothing; answer with who would get which mail.
    pub dry_run: bool,
}

/// A place with its supporter.
#[derive(Clone, Debug)]
pub struct Assigned {
    /// The place.
    pub enrolment: Enrolment,
    /// Who gets which mail.
    pub mails: Vec<Planned>,
}

impl Assigned {
    /// What a call was answered that was done before: with the place as it stands.
    ///
    /// # Errors
    /// Refused: the place is gone.
    pub async fn again(ctx: &Ctx, right: &Coordinator, kept: Kept) -> Result<Self> {
        let id = kept.ids.first().copied().map(EnrolmentId).ok_or(Refusal::new(Code::NotFound))?;
        let found = enrolments::find(ctx.store(), right.org(), id).await?;
        Ok(Self { enrolment: found.ok_or(Refusal::new(Code::NotFound))?, mails: kept.mails })
    }
}

/// Who supports these places.
///
/// # Errors
/// The database refused.
pub async fn supporters_of(ctx: &Ctx, right: &Coordinator, ids: &[EnrolmentId]) -> Result<Vec<Supporter>> {
    Ok(supporters::of_enrolments(ctx.store(), right.org(), ids).await?)
}

/// Names an experienced leader as the supporter of somebody with a seat; both are told.
///
/// # Errors
/// Refused: no seat, somebody who does not lead or has not led for long, or one in the line of command.
pub async fn assign(ctx: &Ctx, right: &Coordinator, wanted: AssignSupporter) -> Result<Assigned> {
    let tx = ctx.store().write().await?;
    let org = right.org();
    let unknown = || Refusal::new(Code::NotFound).at("enrolmentId");
    // Before the cohort, as everybody does who looks again at conflicts.
    organisations::lock(&tx, org).await?;
    let place = enrolments::find(&tx, org, wanted.enrolment).await?.ok_or_else(unknown)?;
    let mut desk = Desk::open(ctx, &tx, org, right.actor(), place.cohort).await?;
    desk.must_be_live()?;
    let place = desk.enrolment(wanted.enrolment).await?;
    if !place.state.takes_part() {
        return Err(wrong_enrolment_state(&place));
    }
    match wanted.supporter {
        None => supporters::clear(&tx, org, place.id).await?,
        Some(person) => {
            desk.may_support(person, &place).await?;
            let standing = supporters::of_enrolments(&tx, org, &[place.id]).await?.pop();
            if standing.is_none_or(|standing| standing.person != person) {
                let supporter = Supporter { id: ctx.new_id(), enrolment: place.id, person, since: ctx.now };
                supporters::put(&tx, org, &supporter).await?;
                desk.tell_of_support(&place, &supporter).await?;
            }
        }
    }
    let deed = Deed::on("enrolment.supporter", place.id);
    desk.record(deed, json!({ "supporter": wanted.supporter })).await?;
    // What stood in the way of the former one is settled with her or him.
    conflicts::look_again_in(ctx, &tx, org, right.actor()).await?;
    let assigned = Assigned { enrolment: place, mails: desk.planned };
    let kept = Kept::of([assigned.enrolment.id.0]).with_mails(&assigned.mails);
    settle(ctx, org, tx, wanted.dry_run, &kept).await?;
    Ok(assigned)
}

impl Desk<'_> {
    async fn may_support(&self, person: PersonId, place: &Enrolment) -> Result<()> {
        let at = "supporterEmployeeNumber";
        let found = people::find(self.tx, self.org(), person).await?;
        found.ok_or(Refusal::new(Code::NotFound).at(at))?;
        let today = Zoned::at(self.ctx.now, self.organisation.zone).date;
        let led = appointments::of_people(self.tx, self.org(), &[person]).await?;
        let since = today.checked_sub_months(Months::new(EXPERIENCED_MONTHS)).unwrap_or(today);
        // Leads today, and led then: a week long ago is no experience.
        let led_on = |day| led.iter().any(|one| one.period.holds_on(day));
        let experienced = led_on(today) && led_on(since);
        if !experienced {
            let refusal = Refusal::new(Code::NotAnExperiencedLeader).at(at);
            return Err(refusal.with("count", EXPERIENCED_MONTHS).into());
        }
        let chart = line::chart_on(self.tx, self.org(), &[person, place.person], today).await?;
        let couple = Couple { one: person, other: place.person, nominator: None };
        let rules = conflicts::rules(self.tx, self.org()).await?;
        if rule::find(&rules, Constellation::MentorPair, couple, &chart, today).is_empty() {
            Ok(())
        } else {
            Err(Refusal::new(Code::ConflictOfInterest).at(at).into())
        }
    }

    async fn tell_of_support(&mut self, place: &Enrolment, supporter: &Supporter) -> Result<()> {
        let about = About::Enrolment { enrolment: place.id };
        let both =
            [(place.person, LetterKind::SupporterNamed), (supporter.person, LetterKind::SupporterTask)];
        for (person, letter) in both {
            let post = Post::new(Recipient::Person { person }, letter, about, &supporter.id.to_string());
            self.planned.extend(post::leave(self.ctx, self.tx, self.org(), post).await?);
        }
        Ok(())
    }
}
