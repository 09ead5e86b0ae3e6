//! The trust's own calendar, its programmes, and the trail of what was done.

mod calendar;
mod programmes;
mod trail;

pub use calendar::{CalendarMutation, CalendarQuery, ClosedDay};
pub use programmes::{CatalogueMutation, ProgrammeQuery};
pub use trail::{AuditEvent, TrailQuery};
