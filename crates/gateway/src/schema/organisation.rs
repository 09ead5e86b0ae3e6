//! The trust's own calendar, its programmes, what it expects of leaders, and the trail of what was done.

mod calendar;
mod catalogue;
mod content;
mod labels;
mod programmes;
mod responsibilities;
mod settings;
mod trail;

pub use calendar::{CalendarMutation, CalendarQuery, ClosedDay};
pub use catalogue::CatalogueMutation;
pub use labels::LabelQuery;
pub(crate) use programmes::ProgrammeChange;
pub use programmes::ProgrammeQuery;
pub use responsibilities::ResponsibilityQuery;
pub use settings::SettingsMutation;
pub use trail::{AuditEvent, TrailQuery};
