//! The trust's own calendar, its programmes, and the trail of what was done.

mod calendar;
mod programmes;
mod trail;

pub use calendar::{CalendarMutation, CalendarQuery};
pub use programmes::{CatalogueMutation, ProgrammeQuery};
pub use trail::TrailQuery;
