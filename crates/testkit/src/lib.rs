//! What tests stand on: a real PostgreSQL, a real SMTP server, a real browser, an HTTP client.

// The futures of the whole schema are one type, deep in itself.
#![recursion_limit = "512"]

mod confidential;

pub use confidential::confidential_keys;

pub mod binary;
pub mod browser;
pub mod harness;
pub mod hr_file;
pub mod http;
pub mod postgres;
pub mod smtp;
