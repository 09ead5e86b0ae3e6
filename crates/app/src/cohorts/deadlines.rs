//! Deadlines and links that follow the cohort's days, whatever moves them.

use serde_json::json;
use varde_model::{
    enrolment::{Enrolment, EnrolmentState},
    letter::LetterKind,
    links::LinkPurpose,
    work::{About, Job},
};
use varde_persistence::{enrolments, links};

use super::desk::Desk;
use crate::{Result, audit::Deed, reminders};

impl Desk<'_> {
    /// After the first gathering or the cut-off has moved: nobody may answer later than the cut-off, and a seat is held no
    /// longer. Whoever has less time than she was told is written to again; whose time is over has let it lapse. A cohort
    /// that begins later takes nothing back: the deadline that people were told stays, and the links of those with a place
    /// live until the new first day.
    pub(super) async fn follow_the_days(&mut self) -> Result<()> {
        if !self.cohort.state.is_live() {
            return Ok(());
        }
        let everyone = self.everyone().await?;
        if let Some(cutoff) = self.cutoff() {
            let late = |place: &Enrolment| {
                place.state.awaits_an_answer() && place.answer_by.is_some_and(|until| until > cutoff)
            };
            for mut place in everyone.iter().filter(|place| late(place)).cloned() {
                place.answer_by = Some(cutoff);
                if cutoff <= self.ctx.now {
                    self.lapse(&mut place).await?;
                } else {
                    self.shorten(place).await?;
                }
            }
        }
        let Some(begins) = self.begins_at() else { return Ok(()) };
        let kept = everyone
            .iter()
            .filter(|place| place.state.takes_part() || place.state == EnrolmentState::Waiting);
        let subjects: Vec<About> = kept.map(|place| About::Enrolment { enrolment: place.id }).collect();
        Ok(links::prolong(self.tx, self.org(), LinkPurpose::Manage, &subjects, begins).await?)
    }

    async fn shorten(&mut self, mut place: Enrolment) -> Result<()> {
        enrolments::update(self.tx, self.org(), &place).await?;
        place.version += 1;
        let detail = json!({ "answer_by": place.answer_by });
        self.record(Deed::on("enrolment.shorten", place.id), detail).await?;
        let (job, letter) = match place.state {
            EnrolmentState::Offered => (Job::LapseOffer { enrolment: place.id }, LetterKind::SeatOffered),
            _ => (Job::LapseInvitation { enrolment: place.id }, LetterKind::Invitation),
        };
        // The old deadline's reminder and lapse go, the new one's come.
        reminders::replan_enrolment(self, &place).await?;
        self.lapse_at(&place, job).await?;
        self.write_to(&place, letter).await
    }
}
