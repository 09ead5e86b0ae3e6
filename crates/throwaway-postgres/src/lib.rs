//! A real PostgreSQL server for tests, made from nothing and thrown away afterwards.
//!
//! A crate of its own, without a database driver, because `cargo xtask` starts one too and must build in seconds.

mod binaries;
mod cluster;
mod guard;
mod owner;
mod shared;

pub use binaries::Binaries;
pub use cluster::{Cluster, Durability};
pub use shared::SharedCluster;

/// The environment variable that carries the URL of a running throw-away server to the tests.
pub const URL_VARIABLE: &str = "VARDE_TEST_POSTGRES_URL";
