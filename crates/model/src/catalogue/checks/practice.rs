//! What tasks to try out must hold beyond their shape.

use super::Check;
use crate::catalogue::Programme;

impl Check<'_> {
    pub(super) fn practice(&mut self, programme: &Programme) {
        let tasks = &programme.practice;
        let gatherings = u32::try_from(programme.gatherings.len()).unwrap_or(u32::MAX);
        for (index, task) in tasks.iter().enumerate() {
            let at = format!("practice[{index}]");
            self.own_key(&at, index, tasks.iter().map(|task| &task.key));
            self.texts(&format!("{at}.title"), &task.title);
            self.texts(&format!("{at}.text"), &task.text);
            self.between(&format!("{at}.after_gathering"), task.after_gathering, 1, gatherings.max(1));
            self.between(&format!("{at}.due_days"), task.due_days, 1, 90);
        }
    }
}
