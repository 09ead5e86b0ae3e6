//! Signing in and all that follows from it, on both databases.

mod accounts;
mod following;
mod house;
mod preferences;
mod service_tokens;
mod signing_in;
mod tokens;
