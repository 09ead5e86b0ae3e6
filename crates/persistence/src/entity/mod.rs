//! The tables as sea-orm sees them. Private to this crate.

pub(crate) mod audit_event;
pub(crate) mod closed_day;
pub(crate) mod organisation;
