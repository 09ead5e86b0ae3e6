//! The GraphQL schema: what coordinators' clients see. Resolvers convert and call; the rules are in `varde-app`.

pub mod accounts;
mod caller;
pub mod check_ins;
mod cohorts;
mod competence_plans;
pub mod completion;
pub mod directory;
pub mod enrolments;
mod errors;
pub mod groups;
pub mod imports;
pub mod inbox;
mod keys;
mod labels;
mod loaders;
pub mod mail_queue;
mod mails;
pub mod mobilisation;
mod node;
pub mod nominations;
mod once;
pub mod organisation;
mod own;
pub mod pages;
mod paging;
mod people;
mod places;
pub mod reminders;
pub mod scalars;
pub mod sessions;
mod state_reason;
pub mod surveys;
mod warnings;
mod words;

use async_graphql::{MergedObject, MergedSubscription, Schema, SchemaBuilder};
use chrono::{DateTime, Utc};
use varde_app::App;

pub use caller::{AppAuthenticate, Caller};
pub use errors::UserError;

use crate::http::limits::Limits;

// In two levels, as the compiler lays the parts of one merged object out within one another.

/// Everything that can be asked.
#[derive(MergedObject, Default)]
#[graphql(name = "Query")]
pub struct Query(AskedOfOneself, AskedOfTheTrust, AskedOfWork, AskedOfCohorts);

/// Who one is, and objects by their id.
#[derive(MergedObject, Default)]
pub struct AskedOfOneself(
    sessions::SessionQuery,
    node::NodeQuery,
    accounts::AccountQuery,
    nominations::OwnNominationQuery,
    check_ins::OwnCheckInQuery,
    competence_plans::OwnCompetencePlanQuery,
);

/// The trust: its people, calendar and programmes.
#[derive(MergedObject, Default)]
pub struct AskedOfTheTrust(
    directory::DirectoryQuery,
    directory::OwnLineQuery,
    pages::LeaderQuery,
    organisation::CalendarQuery,
    organisation::ProgrammeQuery,
    organisation::ResponsibilityQuery,
    check_ins::ContractQuery,
    check_ins::FrameworkQuery,
    check_ins::CheckInQuery,
    competence_plans::CompetencePlanQuery,
    organisation::LabelQuery,
    completion::LogoQuery,
);

/// Work that goes on by itself, and what was done.
#[derive(MergedObject, Default)]
pub struct AskedOfWork(
    imports::OperationQuery,
    mail_queue::MailQuery,
    reminders::ReminderQuery,
    organisation::TrailQuery,
    inbox::InboxQuery,
    inbox::ConflictQuery,
);

/// Cohorts and who is in them.
#[derive(MergedObject, Default)]
pub struct AskedOfCohorts(
    cohorts::CohortQuery,
    enrolments::EnrolmentQuery,
    enrolments::EligibilityQuery,
    pages::RosterQuery,
    surveys::SurveyQuery,
    completion::CertificateQuery,
    completion::RecordQuery,
    mobilisation::OutcomeQuery,
    mobilisation::PracticeQuery,
    groups::LeaderGroupQuery,
    nominations::NominationQuery,
    completion::CertificateQuery,
);

/// Everything that can be done.
#[derive(MergedObject, Default)]
#[graphql(name = "Mutation")]
pub struct Mutation(DoneToAccounts, DoneToTheTrust, DoneToCohorts, DoneToGroups);

/// Signing in, and an administrator's work.
#[derive(MergedObject, Default)]
pub struct DoneToAccounts(
    sessions::SessionMutation,
    accounts::AccountMutation,
    accounts::TokenMutation,
    organisation::CatalogueMutation,
    organisation::SettingsMutation,
    completion::LogoMutation,
    check_ins::FrameworkMutation,
);

/// The trust: its people, calendar, rules and mail.
#[derive(MergedObject, Default)]
pub struct DoneToTheTrust(
    directory::LineManagerMutation,
    directory::LeavingMutation,
    directory::PreferenceMutation,
    imports::ImportMutation,
    mail_queue::MailMutation,
    reminders::ReminderMutation,
    organisation::CalendarMutation,
    inbox::InboxMutation,
    inbox::ConflictMutation,
    check_ins::ContractMutation,
    check_ins::CheckInCycleMutation,
    competence_plans::CompetencePlanMutation,
);

/// Cohorts and who is in them.
#[derive(MergedObject, Default)]
pub struct DoneToCohorts(
    cohorts::CohortMutation,
    cohorts::GatheringMutation,
    cohorts::AttendanceMutation,
    enrolments::EnrolmentMutation,
    enrolments::MoveMutation,
    surveys::SurveyMutation,
    completion::CreditsMutation,
    mobilisation::PracticeMutation,
    mobilisation::SupporterMutation,
    nominations::NominationMutation,
    nominations::OwnNominationMutation,
    check_ins::OwnCheckInMutation,
    competence_plans::OwnCompetencePlanMutation,
);

/// Leader groups that take part in cohorts as one.
#[derive(MergedObject, Default)]
pub struct DoneToGroups(groups::LeaderGroupMutation, groups::MeasureMutation, groups::OwnGroupMutation);

/// What can be watched as it happens, over `graphql-transport-ws`.
#[derive(MergedSubscription, Default)]
#[graphql(name = "Subscription")]
pub struct Subscription(imports::OperationSubscription, inbox::InboxSubscription);

/// The whole schema.
pub type VardeSchema = Schema<Query, Mutation, Subscription>;

/// Builds the schema for an application.
pub fn build(app: &App, limits: &Limits) -> VardeSchema {
    builder(limits).data(app.clone()).finish()
}

/// The schema as text: what `varde schema` prints and `graphql/schema.graphql` holds.
pub fn sdl() -> String {
    builder(&Limits::default()).finish().sdl()
}

fn builder(limits: &Limits) -> SchemaBuilder<Query, Mutation, Subscription> {
    let builder = Schema::build(Query::default(), Mutation::default(), Subscription::default());
    limits.apply(builder).override_output_type_description::<DateTime<Utc>>(
        "An instant, written with its offset after RFC 3339: `2027-01-20T08:00:00+00:00`. Any offset is read; the \
         answer is in UTC. Local day, hour and zone stand in fields of their own beside it.",
    )
}
