//! Outcomes of a round of nominations that nobody sends: told of while there is time, and when it is too late every nominee
//! still gets an answer.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::harness::Harness;

use super::{carry_out, items, one};
use crate::{
    both::on_both,
    journeys::{
        p09_national_top_leader::{email_of, of, round, to},
        rounds::{CODE, opened, record},
    },
};

on_both! {
    outcomes_that_nobody_sent_are_in_the_inbox_and_nobody_is_left_without_an_answer
}

/// Two heads of departments.
const SILJE: &str = "10390";
const MARIUS: &str = "10415";

const SEND: &str = "mutation ($without: Boolean!) {
    sendOutcomes(input: { roundCode: \"NTP-2027\", withoutPlaces: $without }) {
        round { state } errors { code message path } } }";

async fn outcomes_that_nobody_sent_are_in_the_inbox_and_nobody_is_left_without_an_answer(
    engine: Engine,
) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let ids = opened(&varde, json!({ "reserves": 0 }), [SILJE, MARIUS]).await?;
    let hr = varde.coordinator().await?;
    for id in &ids {
        assert_eq!(record(&varde, &hr, id, true).await?["warnings"], json!([]));
    }
    varde.move_to("2026-12-14T09:00:00Z".parse()?).await?;
    let hr = varde.coordinator().await?;
    let unprepared = one(&varde, &hr, "OUTCOMES_NOT_PREPARED").await?;
    carry_out(&varde, &hr, &unprepared, json!({})).await?;
    let unsent = one(&varde, &hr, "OUTCOMES_NOT_SENT").await?;
    assert!(unsent["dueAt"].as_str().is_some_and(|due| due.starts_with("2027-01-23")), "{unsent}");
    let text = unsent["text"].as_str().context("text")?;
    assert!(
        text.starts_with("Utfallet av nominasjonsrunden NTP-2027 er klargjort, men ikke sendt."),
        "{text}"
    );
    assert!(text.contains("23. januar 2027"), "{text}");

    // What changes throws away what was prepared, and says so.
    let opposed = record(&varde, &hr, &ids[0], false).await?;
    assert_eq!(opposed["warnings"][0]["code"], "OUTCOMES_THROWN_AWAY", "{opposed}");
    let unprepared = one(&varde, &hr, "OUTCOMES_NOT_PREPARED").await?;
    carry_out(&varde, &hr, &unprepared, json!({})).await?;
    let early = hr.graphql(SEND, json!({ "without": true })).await?.data()?;
    assert_eq!(early["sendOutcomes"]["errors"][0]["code"], "PLACES_CAN_BE_OFFERED", "{early}");

    // Ten days before the first one nobody is asked any more.
    varde.move_to("2027-01-30T09:00:00Z".parse()?).await?;
    varde.new_mails();
    let hr = varde.coordinator().await?;
    let late = hr.graphql(SEND, json!({ "without": false })).await?.data()?;
    assert_eq!(late["sendOutcomes"]["errors"][0]["code"], "TOO_LATE_FOR_PLACES", "{late}");
    let over = one(&varde, &hr, "OUTCOMES_TOO_LATE").await?;
    carry_out(&varde, &hr, &over, Value::Null).await?;
    assert_eq!(items(&varde, &hr, json!({ "kinds": ["OUTCOMES"] })).await?, Vec::<Value>::new());
    varde.run_due().await?;
    let told = varde.new_mails();
    for number in [SILJE, MARIUS] {
        to(&told, &email_of(&varde, number).await?, "Svar på nominasjonen")?;
    }
    let now = round(&varde, CODE).await?;
    assert_eq!(now["state"], "SENT");
    let why = |number| of(&now, number)["explanation"].as_array().and_then(|all| all.last()).cloned();
    assert_eq!(
        why(MARIUS),
        Some(json!("Det ble for sent å fordele plasser i denne runden. Det sier ingenting om nominasjonen."))
    );
    assert_ne!(why(SILJE), why(MARIUS), "she was not endorsed");
    Ok(())
}
