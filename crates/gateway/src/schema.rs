//! The GraphQL schema: what coordinators' clients see. Resolvers convert and call; the rules are in `varde-app`.

mod caller;
pub mod cohorts;
pub mod enrolments;
mod errors;
mod labels;
mod loaders;
mod mails;
mod node;
mod once;
pub mod pages;
mod people;
pub mod sessions;

use async_graphql::{EmptySubscription, MergedObject, Schema};
use varde_app::App;

pub use caller::{AppAuthenticate, Caller};
pub use errors::{UserError, UserErrorCode};

use crate::http::limits::Limits;

/// Everything that can be asked.
#[derive(MergedObject, Default)]
#[graphql(name = "Query")]
pub struct Query(
    sessions::SessionQuery,
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
    cohorts::CohortMutation,
    cohorts::GatheringMutation,
    enrolments::EnrolmentMutation,
);

/// The whole schema.
pub type VardeSchema = Schema<Query, Mutation, EmptySubscription>;

/// Builds the schema for an application.
pub fn build(app: &App, limits: &Limits) -> VardeSchema {
    limits
        .apply(Schema::build(Query::default(), Mutation::default(), EmptySubscription))
        .data(app.clone())
        .finish()
}

/// The schema as text: what `varde schema` prints and `graphql/schema.graphql` holds.
pub fn sdl() -> String {
    Limits::default().apply(Schema::build(Query::default(), Mutation::default(), EmptySubscription)).finish().sdl()
}
