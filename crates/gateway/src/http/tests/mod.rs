//! The gateway from outside: through its router, and over a bound port where it matters.

mod audit;
mod budget;
mod edge;
mod library;
mod post;
mod socket;
pub(crate) mod support;
mod uploads;
