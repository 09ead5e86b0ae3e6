//! The product as it is shipped: the program `varde`.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

/// Names the program where the test suite was started by `cargo xtask test`.
pub const VARIABLE: &str = "VARDE_TEST_BINARY";

/// The path of the program: the one that [`VARIABLE`] names, or the one built beside the running test.
///
/// # Errors
/// When it has not been built.
pub fn varde() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os(VARIABLE) {
        return Ok(path.into());
    }
    let test = std::env::current_exe()?;
    // target/debug/deps/test-0123 -> target/debug/varde
    let folder = test.ancestors().nth(2).context("the test has no folder")?;
    let path = folder.join("varde");
    if !path.is_file() {
        bail!("{} is not there: cargo build -p varde-server", path.display());
    }
    Ok(path)
}
