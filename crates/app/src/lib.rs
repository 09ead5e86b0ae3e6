//! What Varde does: use cases and queries. Who may, what happens, in one transaction.
//!
//! A use case takes a [`Ctx`] (the moment and the means), a right from [`access`] that proves that the caller may,
//! and an input. It opens one transaction, asks `varde-model` for the rules, writes rows, audit, timers and mail
//! in it, and commits. Nothing here sends mail, speaks HTTP or reads the system's clock.

pub mod access;
pub mod accounts;
pub mod after_import;
pub mod attendance;
pub mod audit;
pub mod catalogue;
pub mod certificates;
pub mod check_ins;
pub mod closed_days;
pub mod cohorts;
pub mod competence_plans;
mod conditions;
pub mod conflicts;
pub mod contacts;
mod context;
pub mod contracts;
pub mod course_record;
pub mod credits;
mod daily;
pub mod eligibility;
pub mod enrolments;
pub mod files;
pub mod frameworks;
pub mod groups;
pub mod hr_import;
mod id_order;
pub mod idempotency;
pub mod inbox;
pub mod input;
pub mod installation;
pub mod jobs;
pub mod labels;
mod leaving;
pub mod letters;
mod line;
pub mod links;
pub mod logos;
pub mod mails;
pub mod mobilisation;
pub mod nominations;
pub mod operations;
pub mod organisations;
pub mod pages;
pub mod people;
pub mod planned;
pub mod policies;
pub mod post;
pub mod proposals;
pub mod queue;
pub mod refusal;
mod register;
mod reminders;
pub mod replanning;
pub mod responsibilities;
pub mod sessions;
pub mod surveys;
pub mod texts;
pub mod trail;
pub mod warning;

pub use context::{App, AppConfig, Clock, Ctx, Entropy};
pub use refusal::{Code, Error, PathPart, Refusal, Result};
pub use warning::{Warning, WarningCode};
