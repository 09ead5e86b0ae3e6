//! The schema, one module a migration, the same for SQLite and PostgreSQL.
//!
//! Rules: no database default for a time or an id (both are arguments), instants are UTC,
//! every table of a trust's data names its organisation.

#![expect(
    elided_lifetimes_in_paths,
    reason = "the migration trait's own signature elides it, and async_trait asks for the same"
)]

use sea_orm_migration::prelude::*;

pub mod dsl;
mod m0001_organisation;
mod m0002_people;
mod m0003_accounts;
mod m0004_work;
mod m0005_programmes;
mod m0006_nominations;
mod m0007_leader_groups;
mod m0008_surveys;
mod m0009_inbox;
mod m0010_completion;
mod m0011_check_ins;
mod m0012_competence_plans;

/// The migrations in their order.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_organisation::Migration),
            Box::new(m0002_people::Migration),
            Box::new(m0003_accounts::Migration),
            Box::new(m0004_work::Migration),
            Box::new(m0005_programmes::Migration),
            Box::new(m0006_nominations::Migration),
            Box::new(m0007_leader_groups::Migration),
            Box::new(m0008_surveys::Migration),
            Box::new(m0009_inbox::Migration),
            Box::new(m0010_completion::Migration),
            Box::new(m0011_check_ins::Migration),
            Box::new(m0012_competence_plans::Migration),
        ]
    }
}
