//! What those who take part try out between two gatherings (øvingsoppgaver).

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Programme, Texts};

/// A task to try out in everyday work after a gathering. That it was done is told, and never what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PracticeTask {
    /// Its key within the programme, such as `follow_a_leader`.
    pub key: String,
    /// Its name.
    pub title: Texts,
    /// What to do, and what to think about afterwards.
    pub text: Texts,
    /// The gathering that it follows, 1 being the first.
    pub after_gathering: u32,
    /// Calendar days after that gathering by which it is to be done.
    pub due_days: u32,
}

impl PracticeTask {
    /// The day by which it is to be done, after a gathering on a day.
    pub fn due_on(&self, gathering: NaiveDate) -> NaiveDate {
        gathering.checked_add_days(Days::new(u64::from(self.due_days))).unwrap_or(gathering)
    }
}

impl Programme {
    /// The tasks that follow a gathering, in their order.
    pub fn practice_after(&self, position: u32) -> impl Iterator<Item = &PracticeTask> {
        self.practice.iter().filter(move |task| task.after_gathering == position)
    }
}
