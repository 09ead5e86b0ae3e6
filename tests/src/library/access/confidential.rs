//! What a leader and the line manager write at a check-in is found by nobody else: not by the walk through every field, not by
//! any operation, not in a log, a metric, the trail or a mail.

use anyhow::{Context, Result, ensure};
use metrics_exporter_prometheus::PrometheusBuilder;
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::http::Http;

use super::{House, nested, walk::Walk};
use crate::{
    journeys::{
        p01_onboarding::at,
        p12_check_in::{SECRET, press},
        p12_two_years::year::{Course, Year},
    },
    library::schema::Schema,
    logs::logged,
};

/// Everything that is written down while somebody looks for a fault.
const ALL_LOGS: &str = "debug,varde=trace,sqlx=trace";

#[tokio::test]
async fn the_text_of_a_check_in_is_found_by_no_way_on_sqlite() -> Result<()> {
    by_no_way(Engine::Sqlite).await
}

#[tokio::test]
async fn the_text_of_a_check_in_is_found_by_no_way_on_postgresql() -> Result<()> {
    by_no_way(Engine::Postgres).await
}

async fn by_no_way(engine: Engine) -> Result<()> {
    let metrics = PrometheusBuilder::new().build_recorder();
    let told = metrics.handle();
    let _local = metrics::set_default_local_recorder(&metrics);
    let ((), lines) = logged(ALL_LOGS, Box::pin(everybody_looks(engine))).await?;
    let found = lines.iter().find(|line| line.contains(SECRET));
    assert_eq!(found, None);
    let told = told.render();
    ensure!(told.contains("varde_"), "there are metrics: {told}");
    assert!(!told.contains(SECRET));
    Ok(())
}

async fn everybody_looks(engine: Engine) -> Result<()> {
    let mut house = House::new(engine).await?;
    let held = held(&house).await?;
    house.ids.extend(held.ids);
    nested::twin(&house.varde).await?;
    let schema = Schema::of(&house.varde.http).await?;
    // Whose it is finds it: the walk looks where it stands.
    let (own, reached) = walked(&house, &schema, &held.leader, &|_| true).await?;
    ensure!(own.contains(SECRET), "the leader reads it");
    ensure!(reached > 50, "{reached} fields");
    for who in [
        "coordinator@fjordheim.example",
        "administrator@fjordheim.example",
        "coordinator@sorvik.example",
        "administrator@sorvik.example",
    ] {
        let client = house.varde.sign_in(who).await?;
        looks(&house, &schema, who, &client).await?;
    }
    let other = house.varde.sign_in_person("10015").await?;
    looks(&house, &schema, "another leader", &other).await?;
    looks(&house, &schema, "the former line manager", &held.former).await?;
    let gone = house.varde.http.get(&held.former_page).await?;
    let (status, text) = (gone.status(), gone.text().await?);
    ensure!(status != 200 && !text.contains(SECRET), "the former line manager's page: {status}");
    house.varde.run_due().await?;
    let mails = house.varde.mails();
    let mail = mails.iter().find(|mail| mail.text.contains(SECRET) || mail.html.contains(SECRET));
    ensure!(mail.is_none(), "{mail:?}");
    Ok(())
}

/// Walks through every field, then calls every operation of the library with the check-in's ids.
async fn looks(house: &House, schema: &Schema, who: &str, client: &Http) -> Result<()> {
    walked(house, schema, client, &|text| !text.contains(SECRET)).await.with_context(|| who.to_owned())?;
    for (name, operation, _) in house.calls().filter(|(_, call, _)| call.field() != "signOut") {
        let said = house.call(client, operation).await?.body.to_string();
        ensure!(!said.contains(SECRET), "{who} by {name}: {said}");
    }
    Ok(())
}

/// All that was told on the walk, and the number of fields that answered.
async fn walked(
    house: &House,
    schema: &Schema,
    client: &Http,
    may_be_told: &dyn Fn(&str) -> bool,
) -> Result<(String, usize)> {
    let heard = std::cell::RefCell::new(String::new());
    let listen = |text: &str| {
        heard.borrow_mut().push_str(text);
        may_be_told(text)
    };
    let walk = Walk { schema, client, with: nested::with(house, &[]), may_be_told: &listen, once: true };
    let answered = walk.everywhere().await?.len();
    Ok((heard.into_inner(), answered))
}

/// Check-ins with everything in them that the two can write.
struct HeldCheckIns {
    ids: Vec<(&'static str, Value)>,
    leader: Http,
    former: Http,
    former_page: String,
}

/// One that is signed and added to, and one that was handed to another line manager when both had given their view.
async fn held(house: &House) -> Result<HeldCheckIns> {
    let varde = &house.varde;
    let hr = varde.coordinator().await?;
    let open = "mutation { createCheckInCycle(input: { code: \"2027\", opensOn: \"2026-11-24\",
            dueOn: \"2027-01-31\", closesOn: \"2027-02-28\" }) { errors { code message path } }
        scheduleCheckInCycle(input: { cycleCode: \"2027\" }) { errors { code message path } } }";
    varde.ask(&hr, open, json!({})).await?;
    varde.new_mails();
    varde.move_to(at("2026-11-24T09:00:00Z")).await?;
    let mut year = Year::new("2027", 0);
    year.read(&varde.new_mails())?;
    // Two whose line manager is somebody else than the one the other has, and whom the rest of the test leaves alone.
    year.held.retain(|name, _| name == "Kenneth Sørensen" || name == "Heidi Henriksen");
    ensure!(year.held.len() == 2, "{:?}", year.held.keys());
    for held in year.held.values_mut() {
        held.course = Course::Signed;
    }
    year.give(varde).await?;
    let handed = year.held.remove("Kenneth Sørensen").context("held")?;
    year.meet_and_sign(varde, "2026-11-24").await?;
    let signed = year.held.remove("Heidi Henriksen").context("held")?;
    let page = signed.manager.context("a line manager")?.1;
    ensure!(press(varde, &page, &[("act", "add"), ("addendum", SECRET)]).await? == 303);

    let (_, former_page) = handed.manager.context("a line manager")?;
    let hr = varde.coordinator().await?;
    let name = "mutation { setLineManagerOverride(input: { employeeNumber: \"13661\", from: \"2026-11-24\",
        managerEmployeeNumber: \"10005\" }) { errors { code message path } } }";
    varde.ask(&hr, name, json!({})).await?;
    varde.move_to(at("2026-11-25T09:00:00Z")).await?;

    let leader = varde.sign_in_person("10841").await?;
    let mine = varde.ask(&leader, "{ myCheckIns { checkInId party } }", json!({})).await?;
    let own = mine["myCheckIns"].as_array().context("own")?.iter().find(|one| one["party"] == "LEADER");
    let own = own.context("her own")?["checkInId"].clone();
    let read = "query ($id: ID!) { myCheckIn(id: $id) { actions { actionId } } }";
    let action = varde.ask(&leader, read, json!({ "id": own })).await?;
    let hr = varde.coordinator().await?;
    let all = "{ checkInCycle(code: \"2027\") { checkIns(first: 100, filter: { states: [BOTH_DONE] }) { nodes { id } } } }";
    let other = varde.ask(&hr, all, json!({})).await?;
    let other = other["checkInCycle"]["checkIns"]["nodes"][0]["id"].clone();
    let ids = vec![
        ("the check-in's id", own),
        ("the action's id", action["myCheckIn"]["actions"][0]["actionId"].clone()),
        ("a check-in that was handed over", other),
    ];
    ensure!(ids.iter().all(|(_, id)| id.is_string()), "{ids:?}");
    Ok(HeldCheckIns { ids, leader, former: varde.sign_in_person("10892").await?, former_page })
}
