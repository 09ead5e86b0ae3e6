//! A round of nominations: opened, written, endorsed, ranked, settled and told.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_testkit::{harness::Harness, http::Http};

use super::Story;

/// Two heads of departments, one who takes it back, and their line managers.
const SILJE: &str = "10390";
const MARIUS: &str = "10415";
const MAY: &str = "10455";
const KRISTIN: &str = "10015";
/// The panel.
const PANEL: [&str; 2] = ["10167", "10227"];

async fn person(varde: &Harness, number: &str) -> Result<Http> {
    let id = varde.person(number).await?;
    let found = varde_persistence::people::find(varde.app.store(), varde.org, id).await?.context("person")?;
    match varde.sign_in(&found.email).await {
        Ok(client) => Ok(client),
        Err(_) => varde.sign_in_person(number).await,
    }
}

pub(super) async fn the_round(story: &mut Story) -> Result<()> {
    let hr = story.varde.coordinator().await?;
    let days = ["2027-06-01", "2027-06-02"].map(|day| json!({ "date": day }));
    let cohort = json!({ "input": { "programme": "national_top_leader", "code": "NTP-2027", "title": "2027",
        "capacity": 1, "gatherings": days, "idempotencyKey": "open-NTP-2027" } });
    story.tell(&hr, "open-a-cohort", cohort).await?;
    let publish = json!({ "input": { "cohortCode": "NTP-2027", "idempotencyKey": "publish-NTP-2027" } });
    story.tell(&hr, "publish-a-cohort", publish).await?;
    let round = story.tell(&hr, "open-a-nomination-round", json!({})).await?;
    assert_eq!(round["round"]["rule"]["endorsement"], "OBLIGATORY", "{round}");
    story.tell(&hr, "edit-a-nomination-round", json!({})).await?;
    assert_eq!(story.tell(&hr, "open-nominations", json!({})).await?["round"]["state"], "OPEN");
    let listed = story.tell(&hr, "list-nomination-rounds", json!({})).await?;
    assert_eq!(listed["totalCount"], 1);
    nominations(story).await?;
    endorsements(story).await?;
    panel(story).await?;
    outcomes(story).await
}

async fn nominations(story: &mut Story) -> Result<()> {
    let silje = person(&story.varde, SILJE).await?;
    let open = story.tell(&silje, "my-nomination-rounds", json!({})).await?;
    assert_eq!(open[0]["roundCode"], "NTP-2027", "{open}");
    let draft = story.tell(&silje, "nominate", json!({ "input": { "submit": false } })).await?;
    assert_eq!(draft["nomination"]["state"], "DRAFT");
    let own = json!({ "input": { "nominationId": draft["nomination"]["nominationId"] } });
    let done = story.tell(&silje, "edit-my-nomination", own).await?;
    assert_eq!(done["mails"][0]["letter"], "endorsement_request");
    let mine = story.tell(&silje, "my-nominations", json!({})).await?;
    assert_eq!(mine[0]["explanation"][0], "Nærmeste leder har ikke svart ennå.");
    for number in [MARIUS, MAY] {
        let client = person(&story.varde, number).await?;
        story.tell(&client, "nominate", json!({})).await?;
    }
    let may = person(&story.varde, MAY).await?;
    let mine = story.tell(&may, "my-nominations", json!({})).await?;
    let back = json!({ "input": { "nominationId": mine[0]["nominationId"] } });
    let back = story.tell(&may, "withdraw-my-nomination", back).await?;
    assert_eq!(back["nomination"]["state"], "WITHDRAWN");
    Ok(())
}

async fn endorsements(story: &mut Story) -> Result<()> {
    let kristin = person(&story.varde, KRISTIN).await?;
    let asked = story.tell(&kristin, "my-endorsements", json!({})).await?;
    let asked = asked.as_array().context("asked")?;
    assert_eq!(asked.len(), 2, "the one who took it back is not among them");
    let about = |name: &str| asked.iter().find(|one| one["nomineeName"].as_str().unwrap().starts_with(name));
    let yes = json!({ "input": { "nominationId": about("Silje").context("Silje")?["nominationId"] } });
    let answered = story.tell(&kristin, "answer-an-endorsement", yes).await?;
    assert_eq!(answered["nomination"]["state"], "ENDORSED");
    story.move_to("2027-03-20T09:00:00Z").await?;
    let hr = story.varde.coordinator().await?;
    let late = json!({ "input": { "nominationId": about("Marius").context("Marius")?["nominationId"] } });
    let dry = story.tell(&hr, "reopen-endorsement", late.clone()).await?;
    assert_eq!(dry["mails"][0]["letter"], "endorsement_request");
    let real = super::over(&late, json!({ "input": { "dryRun": false } }));
    story.tell(&hr, "reopen-endorsement", real).await?;
    let taken = story.tell(&hr, "record-an-endorsement", late).await?;
    assert_eq!(taken["nomination"]["state"], "ENDORSED");
    Ok(())
}

/// The two of the panel see it the other way round.
async fn panel(story: &mut Story) -> Result<()> {
    for (index, member) in PANEL.iter().enumerate() {
        let client = person(&story.varde, member).await?;
        assert_eq!(story.tell(&client, "my-panels", json!({})).await?[0]["over"], false);
        let sheet = story.tell(&client, "my-panel-nominations", json!({ "roundCode": "NTP-2027" })).await?;
        let mut ids: Vec<Value> = sheet["nodes"]
            .as_array()
            .context("nodes")?
            .iter()
            .map(|one| one["nominationId"].clone())
            .collect();
        assert_eq!(ids.len(), 2, "{sheet}");
        ids.rotate_left(index);
        let ranked =
            story.tell(&client, "rank-nominations", json!({ "input": { "nominationIds": ids } })).await?;
        assert_eq!(ranked["ranked"], 2);
    }
    Ok(())
}

async fn outcomes(story: &mut Story) -> Result<()> {
    let hr = story.varde.coordinator().await?;
    let now = story.tell(&hr, "see-a-nomination-round", json!({})).await?;
    let tie = now["ties"][0]["nominations"].as_array().context("a tie")?;
    let ids: Vec<&Value> = tie.iter().map(|one| &one["id"]).collect();
    assert_eq!(ids.len(), 2, "{now}");
    let settled = story.tell(&hr, "settle-a-tie", json!({ "input": { "nominationIds": ids } })).await?;
    assert_eq!(settled["round"]["ties"], json!([]));
    let prepared = story.tell(&hr, "prepare-the-outcomes", json!({})).await?;
    assert_eq!((&prepared["placed"], &prepared["reserves"]), (&json!(1), &json!(1)), "{prepared}");
    let dry = story.tell(&hr, "send-the-outcomes", json!({})).await?;
    let sent = story.tell(&hr, "send-the-outcomes", json!({ "input": { "dryRun": false } })).await?;
    assert_eq!(dry["mails"].as_array().map(Vec::len), sent["mails"].as_array().map(Vec::len));
    let now = story.tell(&hr, "see-a-nomination-round", json!({})).await?;
    let first = now["nominations"]["nodes"][0]["nominee"]["employeeNumber"].as_str().context("first")?;
    let client = person(&story.varde, first).await?;
    let places = story.tell(&client, "my-places", json!({})).await?;
    let places = places.as_array().context("places")?;
    let place = places.iter().find(|place| place["cohortCode"] == "NTP-2027").context("the place")?;
    let project = json!({ "input": { "enrolmentId": place["enrolmentId"] } });
    assert_eq!(story.tell(&client, "write-my-development-project", project).await?["version"], 2);
    Ok(())
}
