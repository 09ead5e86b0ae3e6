use std::ops::AddAssign;

/// What a round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TickReport {
    /// Timers whose job was done.
    pub timers_fired: u64,
    /// Timers whose condition did not hold.
    pub timers_skipped: u64,
    /// Timers that came too late.
    pub timers_missed: u64,
    /// Timers that are late and wait for a working day's hour.
    pub timers_put_off: u64,
    /// Timers whose job broke; they come again.
    pub timers_broken: u64,
    /// Mails that the server took; what was gathered into one counts as one.
    pub mails_sent: u64,
    /// Mails that come again after a wait.
    pub mails_retried: u64,
    /// Mails that failed for good.
    pub mails_failed: u64,
    /// Mails of which nobody knows whether they arrived.
    pub mails_unknown: u64,
    /// Mails that were not needed any more.
    pub mails_needless: u64,
    /// Mails that wait for a better hour.
    pub mails_postponed: u64,
}

impl TickReport {
    /// True when anything was done that may have left more to do.
    pub fn did_something(&self) -> bool {
        *self != Self::default()
    }
}

impl AddAssign for TickReport {
    fn add_assign(&mut self, other: Self) {
        self.timers_fired += other.timers_fired;
        self.timers_skipped += other.timers_skipped;
        self.timers_missed += other.timers_missed;
        self.timers_put_off += other.timers_put_off;
        self.timers_broken += other.timers_broken;
        self.mails_sent += other.mails_sent;
        self.mails_retried += other.mails_retried;
        self.mails_failed += other.mails_failed;
        self.mails_unknown += other.mails_unknown;
        self.mails_needless += other.mails_needless;
        self.mails_postponed += other.mails_postponed;
    }
}
