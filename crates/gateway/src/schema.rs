//! The GraphQL schema: what coordinators' clients see. Resolvers convert and call; the rules are in `varde-app`.

pub mod accounts;
mod caller;
pub mod cohorts;
pub mod directory;
pub mod enrolments;
mod errors;
pub mod imports;
mod labels;
mod loaders;
pub mod mail_queue;
mod mails;
mod node;
mod once;
pub mod organisation;
pub mod pages;
mod paging;
mod people;
pub mod reminders;
pub mod sessions;

use async_graphql::{MergedObject, Schema};
use varde_app::App;

pub use caller::{AppAuthenticate, Caller};
pub use errors::{UserError, UserErrorCode};

use crate::http::limits::Limits;

/// Everything that can be asked.
#[derive(MergedObject, Default)]
#[graphql(name = "Query")]
pub struct Query(
    sessions::SessionQuery,
    accounts::AccountQuery,
    directory::DirectoryQuery,
    imports::OperationQuery,
    mail_queue::MailQuery,
    reminders::ReminderQuery,
    organisation::CalendarQuery,
    organisation::ProgrammeQuery,
    organisation::TrailQuery,
    node::NodeQuery,
    cohorts::CohortQuery,
    enrolments::EnrolmentQuery,
    pages::RosterQuery,
    pages::LeaderQuery,
);

/// Everything that can be done.
#[derive(MergedObject, Default)]
#[graphql(name = "Mutation")]
pub struct Mutation(
    sessions::SessionMutation,
    accounts::AccountMutation,
    accounts::TokenMutation,
    directory::LineManagerMutation,
    imports::ImportMutation,
    mail_queue::MailMutation,
    reminders::ReminderMutation,
    organisation::CalendarMutation,
    organisation::CatalogueMutation,
    cohorts::CohortMutation,
    cohorts::GatheringMutation,
    enrolments::EnrolmentMutation,
);

/// Everything that can be subscribed to.
pub type Subscription = imports::OperationSubscription;

/// The whole schema.
pub type VardeSchema = Schema<Query, Mutation, Subscription>;

/// Builds the schema for an application.
pub fn build(app: &App, limits: &Limits) -> VardeSchema {
    limits
        .apply(Schema::build(Query::default(), Mutation::default(), Subscription::default()))
        .data(app.clone())
        .finish()
}

/// The schema as text: what `varde schema` prints and `graphql/schema.graphql` holds.
pub fn sdl() -> String {
    Limits::default().apply(Schema::build(Query::default(), Mutation::default(), Subscription::default())).finish().sdl()
}
