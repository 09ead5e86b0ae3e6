//! What the outcome of a nomination gives in a cohort: a place that is held until it is answered, or a number in the line.
//! From there on it is a place like any other: whoever says no or leaves makes the next one in line move up.

use varde_model::{
    enrolment::{Enrolment, EnrolmentEvent},
    letter::LetterKind,
    work::Job,
};
use varde_persistence::enrolments;

use super::desk::Desk;
use crate::Result;

impl Desk<'_> {
    /// Offers a nominee a place, with the time to answer that an invitation has.
    pub(crate) async fn offer_place(&mut self, enrolment: &mut Enrolment) -> Result<()> {
        enrolment.answer_by = Some(self.answer_by()?);
        self.shift(enrolment, EnrolmentEvent::Offer, None).await?;
        self.lapse_at(enrolment, Job::LapseOffer { enrolment: enrolment.id }).await?;
        self.write_to(enrolment, LetterKind::NominationPlaced).await
    }

    /// Puts a nominee behind those who are in line already.
    pub(crate) async fn put_in_reserve(&mut self, enrolment: &mut Enrolment) -> Result<()> {
        enrolment.queue_number =
            Some(enrolments::next_queue_number(self.tx, self.org(), self.cohort.id).await?);
        self.shift(enrolment, EnrolmentEvent::Queue, None).await?;
        self.write_to(enrolment, LetterKind::NominationReserve).await
    }
}
