//! A nomination that nobody in the line can endorse.

use anyhow::Result;
use serde_json::json;
use varde_persistence::Engine;
use varde_testkit::harness::Harness;

use super::{carry_out, one, with};
use crate::{both::on_both, journeys::rounds::opened};

on_both! {
    above_the_director_a_line_manager_is_named_first_and_then_asked_by_hand
}

const DIRECTOR: &str = "10005";

async fn above_the_director_a_line_manager_is_named_first_and_then_asked_by_hand(
    engine: Engine,
) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    opened(&varde, json!({}), [DIRECTOR]).await?;
    let hr = varde.coordinator().await?;
    let nobody = one(&varde, &hr, "NO_ENDORSER").await?;
    let act = &nobody["proposedAct"];
    assert_eq!(act["operation"], "name-a-line-manager", "{nobody}");
    assert_eq!(act["variables"]["input"]["employeeNumber"], DIRECTOR, "{nobody}");
    let chair =
        json!({ "input": { "outsideName": "Inger Styreleder", "outsideEmail": "styret@fjordheim.example" } });
    carry_out(&varde, &hr, &nobody, chair).await?;
    assert_eq!(with(&varde, &hr, "NO_LINE_MANAGER").await?.len(), 0);

    let outside = one(&varde, &hr, "NO_ENDORSER").await?;
    assert_eq!(outside["proposedAct"]["operation"], "record-an-endorsement", "{outside}");
    let said = json!({ "input": { "endorsed": true, "reason": "Styrelederen støtter den.",
        "overrideReason": "Styrelederen er ikke ansatt." } });
    carry_out(&varde, &hr, &outside, said).await?;
    assert_eq!(with(&varde, &hr, "NO_ENDORSER").await?.len(), 0);
    Ok(())
}
