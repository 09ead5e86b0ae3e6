//! From one cohort of a programme to another: let go in the one, taken in by the other, by the rules of each.

use varde_model::{
    enrolment::{Admission, Enrolment, EnrolmentEvent, EnrolmentState, admit},
    letter::LetterKind,
    work::Job,
};
use varde_persistence::enrolments;

use super::desk::{Desk, wrong_enrolment_state};
use crate::Result;

impl Desk<'_> {
    /// Takes somebody out who goes on in another cohort; the seat goes to the next in line. The letter is the other
    /// cohort's to write, and the calendar is cleared after it.
    pub(crate) async fn let_go(&mut self, enrolment: &mut Enrolment, reason: &str) -> Result<()> {
        enrolment.answer_by = None;
        self.shift(enrolment, EnrolmentEvent::Withdraw, Some(reason)).await?;
        self.tell_line_managers(&[enrolment.id]).await?;
        self.offer_freed_seats().await
    }

    /// Takes in somebody from another cohort, as she or he stood there: a proposal stays one, an invitation is asked
    /// anew, and whoever has said yes gets a seat, or a place in the line where the cohort is full.
    pub(crate) async fn take_in(
        &mut self,
        enrolment: &mut Enrolment,
        stood: EnrolmentState,
        reason: Option<&str>,
    ) -> Result<()> {
        match stood {
            EnrolmentState::Proposed if enrolment.state == EnrolmentState::Proposed => return Ok(()),
            EnrolmentState::Proposed => {
                enrolment.answer_by = None;
                return self.shift(enrolment, EnrolmentEvent::Propose, reason).await;
            }
            EnrolmentState::Invited => {
                enrolment.answer_by = Some(self.answer_by()?);
                self.shift(enrolment, EnrolmentEvent::Invite, reason).await?;
                self.lapse_at(enrolment, Job::LapseInvitation { enrolment: enrolment.id }).await?;
            }
            EnrolmentState::Waiting | EnrolmentState::Offered | EnrolmentState::Enrolled => {
                self.must_be_live()?;
                enrolment.answer_by = None;
                self.shift(enrolment, EnrolmentEvent::Invite, reason).await?;
                self.admit_or_queue(enrolment, reason).await?;
            }
            _ => return Err(wrong_enrolment_state(enrolment)),
        }
        self.write_to(enrolment, LetterKind::EnrolmentMoved).await?;
        match enrolment.state {
            EnrolmentState::Enrolled => self.fill_calendar(enrolment).await,
            _ => self.offer_freed_seats().await,
        }
    }

    async fn admit_or_queue(&mut self, enrolment: &mut Enrolment, reason: Option<&str>) -> Result<()> {
        match self.admission().await? {
            Admission::Seat => self.shift(enrolment, EnrolmentEvent::Seat, reason).await,
            Admission::Line => {
                self.give_a_number(enrolment).await?;
                self.shift(enrolment, EnrolmentEvent::Queue, reason).await
            }
        }
    }

    /// Whether somebody who says yes now gets a seat.
    pub(super) async fn admission(&self) -> Result<Admission> {
        let taken = enrolments::seats_taken(self.tx, self.org(), self.cohort.id).await?;
        let waiting = enrolments::waiting(self.tx, self.org(), self.cohort.id).await?;
        Ok(admit(self.cohort.capacity, taken, waiting))
    }

    /// The number in the line; one that was given before is kept.
    pub(super) async fn give_a_number(&mut self, enrolment: &mut Enrolment) -> Result<()> {
        if enrolment.queue_number.is_none() {
            let next = enrolments::next_queue_number(self.tx, self.org(), self.cohort.id).await?;
            enrolment.queue_number = Some(next);
        }
        Ok(())
    }

    /// Puts the days to come into a leader's calendar.
    pub(super) async fn fill_calendar(&mut self, enrolment: &Enrolment) -> Result<()> {
        for gathering in self.upcoming_for(enrolment) {
            self.write_about(enrolment, gathering, LetterKind::GatheringInvitation).await?;
        }
        Ok(())
    }

    /// Takes the days to come out of a leader's calendar.
    pub(crate) async fn clear_calendar(&mut self, enrolment: &Enrolment) -> Result<()> {
        for gathering in self.upcoming_for(enrolment) {
            self.write_about(enrolment, gathering, LetterKind::GatheringLeft).await?;
        }
        Ok(())
    }
}
