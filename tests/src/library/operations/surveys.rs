//! What those who took part thought: asked, answered, and shown when it may be.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::Story;

/// The cohort has just been completed; one who took part answers.
pub(super) async fn the_evaluation(story: &mut Story, employee_number: &Value) -> Result<()> {
    let leader = story.varde.sign_in_person(employee_number.as_str().context("number")?).await?;
    let mine = story.tell(&leader, "my-surveys", json!({})).await?;
    let mine = mine.as_array().context("surveys")?;
    let whole = mine.iter().find(|own| own["survey"]["kind"] == "COHORT").context("the cohort's")?;
    assert_eq!(
        (&whole["answered"], &whole["survey"]["hiddenBecause"]),
        (&json!(false), &json!("STILL_OPEN"))
    );
    let which = json!({ "input": { "surveyId": whole["surveyId"] } });
    let answered = story.tell(&leader, "answer-a-survey", which).await?;
    assert_eq!(answered["survey"]["answered"], true, "{answered}");
    let hr = story.varde.coordinator().await?;
    let seen = story.tell(&hr, "see-an-evaluation", json!({})).await?;
    assert_eq!(seen["evaluation"]["answered"], 1, "{seen}");
    assert_eq!(seen["evaluation"]["questions"][0]["mean"], Value::Null);
    Ok(())
}
