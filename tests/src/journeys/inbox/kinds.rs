//! Each kind of item arises from what people do, and the act that is proposed takes it away.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::harness::{DECEMBER, Harness};

use super::{carry_out, one, open, with};
use crate::both::on_both;

on_both! {
    a_year_of_what_needs_a_hand
}

async fn a_year_of_what_needs_a_hand(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    for item in open(&varde, &hr).await? {
        println!("{}", item);
    }
    varde.import("hr-export-2026-12.csv", DECEMBER).await?;
    for item in open(&varde, &hr).await? {
        println!("{}", item);
    }
    Ok(())
}
