use chrono::TimeDelta;
use varde_model::backoff::Backoff;

/// How a scheduler works.
#[derive(Clone, Debug)]
pub struct Options {
    /// Mails sent at once, 1 to 64.
    pub concurrency: usize,
    /// How long a claim holds without a sign of life. A crashed scheduler's mail is taken up after that, so it is
    /// well below a minute; and longer than the transport takes for a mail, so that nobody takes up one in flight.
    pub lease: TimeDelta,
    /// Attempts at a mail before it has failed.
    pub max_attempts: u32,
    /// Attempts at a mail whose fate is unknown. Fewer, because each may have arrived; the others do not count here.
    pub max_unknown_attempts: u32,
    /// The wait between attempts.
    pub backoff: Backoff,
    /// The catch-up window: a reminder without a latest time of its own is missed when it is later than this.
    /// Deadlines and other jobs of no letter are made up for however late.
    pub catch_up: TimeDelta,
    /// How often the bell rings without a reason, in seconds, 1 to 59.
    pub tick_seconds: u8,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            concurrency: 16,
            lease: TimeDelta::seconds(45),
            max_attempts: 8,
            max_unknown_attempts: 3,
            backoff: Backoff::default(),
            catch_up: TimeDelta::days(3),
            tick_seconds: 10,
        }
    }
}
