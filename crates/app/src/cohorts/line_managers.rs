//! What a line manager was told of a leader's days and does not hold any more.

use chrono::{DateTime, NaiveTime, Utc};
use varde_model::{
    ids::EnrolmentId,
    letter::LetterKind,
    local_time::instant,
    work::{About, Recipient},
};
use varde_persistence::outbox;

use super::desk::Desk;
use crate::{
    Result,
    post::{self, Post},
};

impl Desk<'_> {
    /// Writes to whoever was told of these leaders' days, for the next working morning: once a leader, however much
    /// changes until then, since the letter tells what holds when it goes out. Whoever was told of nothing yet hears
    /// of it in the notice that is still to come.
    pub(crate) async fn tell_line_managers(&mut self, places: &[EnrolmentId]) -> Result<()> {
        let about = |enrolment: EnrolmentId| About::Enrolment { enrolment };
        let notices: Vec<String> =
            places.iter().map(|id| post::beginning(LetterKind::LineManagerNotice, &about(*id))).collect();
        let due = self.next_morning();
        for notice in outbox::told_of(self.tx, self.org(), &notices).await? {
            let Recipient::Person { person } = notice.recipient else { continue };
            let letter = LetterKind::LineManagerUpdate;
            let occurrence = due.to_rfc3339();
            let post = Post {
                can_wait: true,
                due: Some(due),
                ..Post::new(notice.recipient, letter, notice.request.about, &occurrence)
            };
            let planned = post::leave(self.ctx, self.tx, self.org(), post).await?;
            if planned.is_some() && self.reaches(person, letter).await? {
                self.planned.extend(planned);
            }
        }
        Ok(())
    }

    /// Eight o'clock on the next working day.
    pub(super) fn next_morning(&self) -> DateTime<Utc> {
        let eight = NaiveTime::from_hms_opt(8, 0, 0).unwrap_or_default();
        instant(self.planner.calendar.add(self.today(), 1), eight, self.organisation.zone)
    }
}
