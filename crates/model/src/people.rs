//! The organisation's tree and its people, everything valid in time.

mod chart;
mod kinds;
mod line;
mod names;
mod period;
mod records;

pub use chart::Chart;
pub use kinds::{Level, UnitKind};
pub use line::{leader_group, line_manager, turns_in_a_circle};
pub use names::{email_key, search_key, sort_key};
pub use period::Period;
pub(crate) use period::day_before;
pub use records::{
    Appointment, Employment, LineManager, LineManagerOverride, Outsider, Person, Unit, UnitPeriod,
};
