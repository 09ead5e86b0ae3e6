//! The program `varde` as it is shipped, run as a process of its own.

mod copies;
mod demo;
mod doctor;
mod set_up;

use std::process::Output;

/// What a process told on standard output.
fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What a process told on standard error.
fn complained(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
