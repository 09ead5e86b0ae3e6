//! Conflicts of interest: the answer for two people, a trust's own rules, and what an import brings about.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use uuid::Uuid;
use varde_app::{
    access::Actor,
    conflicts::{Looked, StandingConstellation, look_again},
};
use varde_model::conflicts::{Constellation, Couple};
use varde_persistence::Engine;
use varde_testkit::{harness::Harness, http::Http};

use crate::{both::on_both, library::library};

on_both! {
    the_tree_says_who_may_not_stand_beside_whom
    a_trust_publishes_rules_of_its_own_from_a_day_on
    what_stands_is_looked_at_again_and_settles_itself
}

/// What stands in the way of two people, as the relations with their texts.
async fn between(hr: &Http, constellation: &str, pair: [&str; 2], on: &str) -> Result<Vec<(String, String)>> {
    let check = library()?.remove("check-a-conflict-of-interest").context("check")?;
    let asked = json!({ "constellation": constellation, "employeeNumber": pair[0], "otherEmployeeNumber": pair[1], "on": on });
    let found = hr.graphql(&check.document, asked).await?.data()?;
    let found = found["conflictsBetween"].as_array().context("conflicts")?;
    let text = |one: &Value| one.as_str().unwrap_or_default().to_owned();
    Ok(found.iter().map(|one| (text(&one["relation"]), text(&one["text"]))).collect())
}

/// The employee number of somebody's line manager.
async fn manager(varde: &Harness, hr: &Http, number: &str) -> Result<String> {
    let ask =
        "query ($number: String!) { lineManager(employeeNumber: $number) { person { employeeNumber } } }";
    let found = varde.ask(hr, ask, json!({ "number": number })).await?;
    Ok(found["lineManager"]["person"]["employeeNumber"].as_str().context("manager")?.to_owned())
}

const TODAY: &str = "2026-11-23";

async fn the_tree_says_who_may_not_stand_beside_whom(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let own = "13885";
    let above = manager(&varde, &hr, own).await?;
    let relations = async |constellation: &str, pair: [&str; 2], on: &str| -> Result<Vec<String>> {
        Ok(between(&hr, constellation, pair, on).await?.into_iter().map(|found| found.0).collect())
    };
    assert_eq!(relations("PANEL_MEMBER", [&above, own], TODAY).await?, ["LINE_MANAGER"]);
    assert_eq!(relations("PANEL_MEMBER", [own, &above], TODAY).await?, ["BELOW"]);
    assert_eq!(relations("PANEL_MEMBER", [own, own], TODAY).await?, ["ONESELF"]);
    assert_eq!(
        relations("ENDORSER", [&above, own], TODAY).await?,
        [""; 0],
        "it is the line manager who endorses"
    );
    assert_eq!(relations("ENDORSER", [own, &above], TODAY).await?, ["BELOW"]);
    assert_eq!(relations("MENTOR_PAIR", ["10005", own], TODAY).await?, ["ABOVE"]);
    assert_eq!(
        relations("COURSE_TEAM", [own, &above], TODAY).await?,
        ["LINE_MANAGER"],
        "in either direction"
    );
    let told = between(&hr, "COURSE_TEAM", [own, &above], TODAY).await?;
    assert!(told[0].1.contains(" er nærmeste leder for "), "{told:?}");

    // Somebody else is named for a time.
    let named = library()?.remove("name-a-line-manager").context("name")?;
    let other = json!({ "input": { "employeeNumber": own, "managerEmployeeNumber": "10015", "from": "2026-12-01", "to": "2026-12-31" } });
    varde.ask(&hr, &named.document, other).await?;
    assert_eq!(relations("PANEL_MEMBER", ["10015", own], "2026-12-01").await?, ["LINE_MANAGER"]);
    assert!(
        !relations("PANEL_MEMBER", [&above, own], "2026-12-01").await?.contains(&"LINE_MANAGER".to_owned())
    );
    assert_eq!(relations("PANEL_MEMBER", [&above, own], "2027-01-01").await?, ["LINE_MANAGER"]);

    let check = library()?.remove("check-a-conflict-of-interest").context("check")?;
    let unknown = json!({ "constellation": "REVIEWER", "employeeNumber": own, "otherEmployeeNumber": "0" });
    assert_eq!(hr.graphql(&check.document, unknown).await?.codes(), ["BAD_USER_INPUT"]);
    Ok(())
}

async fn a_trust_publishes_rules_of_its_own_from_a_day_on(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let (hr, admin) = (varde.coordinator().await?, varde.sign_in("administrator@fjordheim.example").await?);
    let library = library()?;
    let see = async |client: &Http| -> Result<Value> {
        Ok(varde.ask(client, &library["see-the-conflict-rules"].document, json!({})).await?["conflictRules"]
            .take())
    };
    let publish = async |client: &Http, source: &str, more: Value| -> Result<Value> {
        let input = crate::library::over(&json!({ "source": source }), more);
        let document = &library["publish-conflict-rules"].document;
        let reply = client.graphql(document, json!({ "input": input })).await?;
        Ok(reply.data()?["publishConflictRules"].take())
    };
    let shipped = see(&hr).await?["nodes"][0].clone();
    let file = shipped["source"].as_str().context("source")?;
    assert_eq!(shipped["countsToday"], true);

    // A file that does not hold tells where.
    let broken =
        file.replace("endorser = [\"oneself\", \"nominator\", \"below\"]", "endorser = [\"same_unit\"]");
    let refused = publish(&admin, &broken, json!({})).await?;
    let messages: Vec<&str> = refused["errors"]
        .as_array()
        .context("errors")?
        .iter()
        .filter_map(|e| e["message"].as_str())
        .collect();
    assert_eq!(messages.len(), 3, "{refused}");
    assert!(messages.iter().all(|message| message.contains("endorser")), "{messages:?}");
    assert_eq!(publish(&admin, file, json!({})).await?["conflictRules"]["version"], 0, "nothing differs");

    let own = file
        .replace("2020-01-01", "2027-01-01")
        .replace("course_team = [\"line_manager\"]", "course_team = []");
    let dry = publish(&admin, &own, json!({ "dryRun": true, "version": 0 })).await?;
    assert_eq!(
        dry["conflictRules"]["changes"][0],
        json!({ "key": "from", "before": "2020-01-01", "after": "2027-01-01" })
    );
    assert_eq!(
        dry["conflictRules"]["changes"][1],
        json!({ "key": "course_team", "before": "line_manager", "after": null })
    );
    assert_eq!(see(&hr).await?["totalCount"], 1);
    assert_eq!(publish(&admin, &own, json!({ "version": 0 })).await?["conflictRules"]["version"], 1);
    let late = publish(&admin, &own, json!({ "version": 0 })).await?;
    assert_eq!(late["errors"][0]["code"], "CONFLICT", "{late}");

    // It counts from its day on, and what counted before stays readable.
    let above = manager(&varde, &hr, "13885").await?;
    assert_eq!(between(&hr, "COURSE_TEAM", [&above, "13885"], "2026-12-31").await?.len(), 1);
    assert_eq!(between(&hr, "COURSE_TEAM", [&above, "13885"], "2027-01-01").await?.len(), 0);
    let all = see(&hr).await?;
    let counts: Vec<_> =
        all["nodes"].as_array().context("nodes")?.iter().map(|one| &one["countsToday"]).collect();
    assert_eq!(counts, [false, true]);
    assert_eq!(all["nodes"][0]["source"], json!(own));
    varde.move_to("2027-01-02T08:00:00Z".parse()?).await?;
    let hr = varde.coordinator().await?;
    assert_eq!(see(&hr).await?["nodes"][0]["countsToday"], true);
    let other = varde.sign_in("coordinator@sorvik.example").await?;
    assert_eq!(see(&other).await?["totalCount"], 1, "another trust has its own");
    Ok(())
}

/// Two people stand beside each other; a naming makes the one the other's line manager for a time.
async fn what_stands_is_looked_at_again_and_settles_itself(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let couple =
        Couple { one: varde.person("10015").await?, other: varde.person("13885").await?, nominator: None };
    let about = Uuid::from_u128(77);
    let all = [StandingConstellation { constellation: Constellation::PanelMember, about, couple }];
    let look = async |all: &[StandingConstellation]| -> Result<Looked> {
        let tx = varde.app.store().write().await?;
        let looked = look_again(&varde.ctx(), &tx, varde.org, Actor::System, all).await?;
        tx.commit().await?;
        Ok(looked)
    };
    assert_eq!(look(&all).await?, Looked::default());
    let named = library()?.remove("name-a-line-manager").context("name")?;
    let input = json!({ "employeeNumber": "13885", "managerEmployeeNumber": "10015", "from": TODAY, "to": "2026-12-10" });
    varde.ask(&hr, &named.document, json!({ "input": input })).await?;
    assert_eq!(look(&all).await?, Looked { found: 1, settled: 0 });
    assert_eq!(look(&all).await?, Looked::default(), "it is known");

    let inbox =
        "{ inbox(filter: { kinds: [CONFLICT] }) { nodes { reason text person { employeeNumber } since } } }";
    let told = varde.ask(&hr, inbox, json!({})).await?;
    let told = told["inbox"]["nodes"].as_array().context("nodes")?.clone();
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(
        told[0]["text"].as_str().is_some_and(|text| text.contains(" er nærmeste leder for ")),
        "{told:#?}"
    );
    assert_eq!(told[0]["person"]["employeeNumber"], "13885");

    varde.move_to("2026-12-11T08:00:00Z".parse()?).await?;
    let hr = varde.coordinator().await?;
    assert_eq!(look(&all).await?, Looked { found: 0, settled: 1 });
    assert_eq!(varde.ask(&hr, inbox, json!({})).await?["inbox"]["nodes"], json!([]));
    assert_eq!(look(&[]).await?, Looked::default());
    Ok(())
}
