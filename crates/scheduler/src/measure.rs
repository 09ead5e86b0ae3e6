//! What operators see: counters of what was done, gauges of what waits.

use metrics::{counter, gauge};
use varde_app::{Result, queue};
use varde_model::delivery::MailState;

use crate::{Inner, TickReport};

impl Inner {
    #[expect(clippy::cast_precision_loss, reason = "gauges are floats; the counts are far below 2^52")]
    pub(crate) async fn measure(&self, report: &TickReport) -> Result<()> {
        for (outcome, mails) in [
            ("sent", report.mails_sent),
            ("retried", report.mails_retried),
            ("failed", report.mails_failed),
            ("unknown", report.mails_unknown),
            ("needless", report.mails_needless),
            ("postponed", report.mails_postponed),
        ] {
            counter!("varde_mails_total", "outcome" => outcome).increment(mails);
        }
        for (outcome, timers) in [
            ("fired", report.timers_fired),
            ("skipped", report.timers_skipped),
            ("missed", report.timers_missed),
            ("broken", report.timers_broken),
        ] {
            counter!("varde_timers_total", "outcome" => outcome).increment(timers);
        }
        let ctx = self.ctx();
        let waiting = queue::waiting(&ctx).await?;
        for state in MailState::ALL.iter().filter(|state| state.is_waiting()) {
            let mails =
                waiting.mail.waiting.iter().find(|(of, _)| of == state).map_or(0, |(_, mails)| *mails);
            gauge!("varde_mails_waiting", "state" => state.as_str()).set(mails as f64);
        }
        let lag = waiting.mail.oldest_due.map_or(0, |due| (ctx.now - due).num_seconds().max(0));
        gauge!("varde_mails_due").set(waiting.mail.due as f64);
        gauge!("varde_mail_lag_seconds").set(lag as f64);
        gauge!("varde_timers_pending").set(waiting.timers as f64);
        gauge!("varde_timers_due").set(waiting.timers_due as f64);
        Ok(())
    }
}
