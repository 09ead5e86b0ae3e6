//! What must hold of programmes in which leader groups take part.

use super::{Check, Programme};

/// Follow-ups at the most: each asks for an answer from everybody who owns something.
const MOST_FOLLOW_UPS: usize = 6;

impl Check<'_> {
    /// Leader groups have leaders; follow-ups come one after the other; a group that meets by itself follows no modules.
    pub(super) fn groups(&mut self, programme: &Programme) {
        let Some(rule) = &programme.groups else { return };
        self.that(!programme.audience.without_appointment, "groups", || {
            "leader groups have a leader: the audience cannot lead nothing".to_owned()
        });
        self.that(programme.automatic.is_none(), "automatic", || {
            "a leader group is put in by hand, nobody of it is offered a seat".to_owned()
        });
        let months = &rule.follow_up_months;
        self.that(months.len() <= MOST_FOLLOW_UPS, "groups.follow_up_months", || {
            format!("no more than {MOST_FOLLOW_UPS}")
        });
        for (index, month) in months.iter().enumerate() {
            let at = format!("groups.follow_up_months[{index}]");
            self.between(&at, *month, 1, 60);
            let rises = months.iter().take(index).all(|earlier| earlier < month);
            self.that(rises, &at, || "comes after an earlier one".to_owned());
        }
        self.that(!rule.change_case || !months.is_empty(), "groups.follow_up_months", || {
            "the benefits of a change are followed up: name the months".to_owned()
        });
        self.that(!rule.own_gatherings || programme.modules.is_empty(), "groups.own_gatherings", || {
            "groups that meet by themselves follow no modules".to_owned()
        });
    }
}
