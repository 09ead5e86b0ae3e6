//! Where Varde's facts lie: SQLite or PostgreSQL behind one set of functions.
//!
//! Entities are private. Functions take a connection ([`Conn`] to read, [`Tx`] to write), the organisation they are
//! scoped to, and give the plain types of `varde-model`. Nothing outside this crate sees SQL.

pub mod accounts;
pub mod appointments;
pub mod audit;
pub mod certificates;
pub mod check_in_cycles;
pub mod check_ins;
pub mod cohorts;
pub mod competence_plans;
pub mod conflicts;
pub mod contracts;
mod convert;
pub mod credits;
pub mod development_projects;
pub mod enrolments;
mod entity;
mod error;
pub mod frameworks;
pub mod gatherings;
pub mod groups;
pub mod idempotency;
pub mod inbox;
pub mod installation;
pub mod links;
pub mod logos;
pub mod nomination_rounds;
pub mod nominations;
pub mod operations;
pub mod organisations;
pub mod outbox;
pub mod pages;
pub mod people;
pub mod practice;
pub mod programmes;
pub mod roles;
pub mod service_tokens;
pub mod sessions;
mod store;
pub mod supporters;
pub mod surveys;
pub mod throttles;
pub mod timers;
pub mod units;

pub use error::{Fault, Result};
pub use store::{Bell, Conn, Engine, Store, StoreOptions, Tx};
