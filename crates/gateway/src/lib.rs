//! The GraphQL service over HTTP: routes, limits, the writer of answers, the schema and its loaders.

pub mod graphiql;
pub mod http;
pub mod ready;
pub mod relay;
pub mod schema;
