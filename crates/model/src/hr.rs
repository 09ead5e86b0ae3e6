//! What an HR system's file says of the organisation, checked and compared with what is known.
//!
//! The way of a file: its bytes become [`StaffRow`]s and [`Fault`]s (the reader, in `varde-app`); [`check()`] looks
//! at what rows say together; [`diff()`] compares with what is [`Known`] and gives [`Writes`] and [`Change`]s.

mod change;
mod check;
mod diff;
mod fault;
mod field;
mod known;
mod leaving;
pub mod profile;
mod row;

pub use change::{Change, ChangeKind, Effects, Leaver, MovedAppointment};
pub use check::{Checked, check};
pub use diff::{Diff, diff};
pub use fault::{Fault, FaultCode, Notice, NoticeCode, harm_in, harmless};
pub use field::Field;
pub use known::{Known, KnownPerson, KnownUnit, Writes};
pub use leaving::end_employment;
pub use row::{Leadership, Reading, StaffRow, UnitClaim, UnitDescription};
