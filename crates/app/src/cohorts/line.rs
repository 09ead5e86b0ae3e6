//! The line of a cohort: freed seats go down it, past those who are there in vain.

use serde_json::json;
use varde_model::{
    eligibility::Gone,
    enrolment::{Enrolment, EnrolmentEvent, EnrolmentState, seats_to_offer},
    holding::held_until,
    letter::LetterKind,
    work::Job,
};
use varde_persistence::enrolments;

use super::desk::{Desk, wrong_enrolment_state};
use crate::{Result, audit::Deed, texts};

impl Desk<'_> {
    /// Offers every free seat to the next in line, up to the cut-off. Whoever has left, or has stopped leading since
    /// getting in line, is skipped: out of the line, with the reason kept.
    pub(crate) async fn offer_freed_seats(&mut self) -> Result<()> {
        if !self.cohort.state.is_live() {
            return Ok(());
        }
        loop {
            let taken = enrolments::seats_taken(self.tx, self.org(), self.cohort.id).await?;
            let free = seats_to_offer(self.cohort.capacity, taken, self.cutoff(), self.ctx.now);
            let next = enrolments::first_in_line(self.tx, self.org(), self.cohort.id, free).await?;
            if next.is_empty() {
                return Ok(());
            }
            for mut enrolment in next {
                match self.gone(&enrolment).await? {
                    Some(why) => self.skip(&mut enrolment, why).await?,
                    None => self.offer(&mut enrolment).await?,
                }
            }
        }
    }

    /// Brings a lapsed answer back: to a seat if one is free and nobody waits, else to the line, at the place held
    /// before if there was one.
    pub(crate) async fn reinstate(&mut self, enrolment: &mut Enrolment, reason: Option<&str>) -> Result<()> {
        self.must_be_single(enrolment)?;
        self.must_be_live()?;
        self.must_be_employed(enrolment.person).await?;
        if enrolment.state != EnrolmentState::Lapsed {
            return Err(wrong_enrolment_state(enrolment));
        }
        if enrolment.queue_number.is_none() {
            enrolment.queue_number =
                Some(enrolments::next_queue_number(self.tx, self.org(), self.cohort.id).await?);
        }
        enrolment.answer_by = None;
        self.shift(enrolment, EnrolmentEvent::Queue, reason).await?;
        self.offer_freed_seats().await?;
        *enrolment = self.enrolment(enrolment.id).await?;
        if enrolment.state == EnrolmentState::Waiting {
            self.write_to(enrolment, LetterKind::WaitingListConfirmed).await?;
        }
        Ok(())
    }

    async fn offer(&mut self, enrolment: &mut Enrolment) -> Result<()> {
        let (hours, zone) = (self.cohort.hold_hours, self.organisation.zone);
        let held = held_until(self.ctx.now, hours, zone, &self.planner.calendar);
        enrolment.answer_by = Some(self.cutoff().map_or(held, |cutoff| held.min(cutoff)));
        self.shift(enrolment, EnrolmentEvent::Offer, None).await?;
        self.note_moved_up(enrolment).await?;
        self.lapse_at(enrolment, Job::LapseOffer { enrolment: enrolment.id }).await?;
        self.write_to(enrolment, LetterKind::SeatOffered).await
    }

    async fn skip(&mut self, enrolment: &mut Enrolment, why: Gone) -> Result<()> {
        let key = reason_key(why);
        let reason = texts::text(self.organisation.locale, key);
        self.record(Deed::on("enrolment.skip", enrolment.id), json!({ "why": key })).await?;
        self.shift(enrolment, EnrolmentEvent::Withdraw, Some(&reason)).await?;
        match why {
            // No mail would arrive.
            Gone::Employment => Ok(()),
            Gone::Appointment => self.write_to(enrolment, LetterKind::EnrolmentWithdrawn).await,
        }
    }
}

/// The key of the text that tells why somebody is out.
const fn reason_key(why: Gone) -> &'static str {
    match why {
        Gone::Employment => "reason-employment-ended",
        Gone::Appointment => "reason-appointment-ended",
    }
}
