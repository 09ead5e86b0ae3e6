//! No list runs a statement for each of its rows: every connection of the schema is asked for a few rows and for many,
//! with every object that its rows lead to.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_app::{enrolments::EnrolLeaders, input::ErrorPolicy};
use varde_persistence::Engine;
use varde_testkit::{
    harness::{DECEMBER, Harness, NOVEMBER},
    http::Http,
};

use super::{library, over, schema::Schema};

const FEW: usize = 2;
/// As many as the dearest of the selections may be asked for.
const MANY: usize = 11;

/// The column of an HR file with the last day of employment.
const LAST_DAY: usize = 16;

/// On one thread, so that a batch is never cut in two by another thread that is quicker.
#[tokio::test]
async fn no_connection_takes_more_statements_for_many_rows_than_for_few() -> Result<()> {
    let varde = house().await?;
    let admin = varde.sign_in("administrator@fjordheim.example").await?;
    let schema = Schema::of(&varde.http).await?;
    let mut rows: BTreeMap<&str, usize> = BTreeMap::new();
    let mut growing = Vec::new();
    for field in schema.find("Query")?.fields.iter().filter(|field| field.paged && field.asks.is_empty()) {
        for nested in selections(&schema, &node_of(&schema, &field.gives)?, 2)? {
            let ask =
                |first: usize| format!("{{ {}(first: {first}) {{ nodes {{ {nested} }} }} }}", field.name);
            let (few, _) = counted(&varde, &admin, &ask(FEW)).await?;
            let (many, found) = counted(&varde, &admin, &ask(MANY)).await?;
            let found = found[&field.name]["nodes"].as_array().map_or(0, Vec::len);
            rows.insert(&field.name, found);
            // What a few lack altogether, such as an answer, may ask once more for many; a row for each does not.
            if many > few && many - few >= found.saturating_sub(FEW).min(3) as u64 {
                growing.push(format!("{few} -> {many} for {found}: {} {{ {nested} }}", field.name));
            }
        }
    }
    assert!(growing.is_empty(), "{}", growing.join("\n"));
    let scarce: Vec<_> = rows.iter().filter(|(_, rows)| **rows < FEW + 3).collect();
    assert!(scarce.is_empty(), "too few rows to tell: {scarce:?}");
    Ok(())
}

/// The inbox asks as much of the database for many items as for a few.
#[tokio::test]
async fn an_inbox_takes_no_more_statements_for_many_items_than_for_few() -> Result<()> {
    let varde = Harness::fjordheim(Engine::Sqlite).await?;
    let coordinator = varde.coordinator().await?;
    let open = &library()?["open-a-cohort"];
    let own = json!({ "input": { "code": "INN-1", "capacity": 2, "idempotencyKey": null } });
    varde.ask(&coordinator, &open.document, over(&open.variables, own)).await?;
    let publish = &library()?["publish-a-cohort"].document;
    varde.ask(&coordinator, publish, json!({ "input": { "cohortCode": "INN-1" } })).await?;
    let look = &library()?["work-through-the-inbox"].document;
    let count = async || -> Result<(u64, usize)> {
        let before = varde.app.store().statements();
        let found = varde.ask(&coordinator, look, json!({})).await?;
        let items = found["inbox"]["nodes"].as_array().context("nodes")?.len();
        Ok((varde.app.store().statements() - before, items))
    };
    varde.import("hr-export-2026-12.csv", DECEMBER).await?;
    let (few, some) = count().await?;
    let edit = &library()?["edit-a-cohort"].document;
    let more = json!({ "input": { "cohortCode": "INN-1", "capacity": 40 } });
    varde.ask(&coordinator, edit, more).await?;
    let propose = &library()?["propose-new-leaders"];
    varde.ask(&coordinator, &propose.document, propose.variables.clone()).await?;
    let (many, all) = count().await?;
    assert!(all >= some + 20, "{some} -> {all}");
    assert_eq!(many, few);
    Ok(())
}

/// Every employment that is over is told of as its unit was on its last day.
#[tokio::test]
async fn employments_that_ended_on_many_days_take_no_more_statements_than_a_few() -> Result<()> {
    let varde = Harness::fjordheim(Engine::Sqlite).await?;
    let coordinator = varde.coordinator().await?;
    let first = format!("{{ people(first: {MANY}) {{ nodes {{ employeeNumber }} }} }}");
    let (_, first) = counted(&varde, &coordinator, &first).await?;
    let numbers: Vec<_> = first["people"]["nodes"].as_array().context("nodes")?.iter().collect();
    assert_eq!(numbers.len(), MANY);
    let left = std::str::from_utf8(NOVEMBER)?.lines().map(|line| {
        let mut cells: Vec<String> = line.split(';').map(str::to_owned).collect();
        let place = numbers.iter().position(|person| person["employeeNumber"] == cells[0]);
        if let (Some(place), Some(last)) = (place, cells.get_mut(LAST_DAY)) {
            *last = format!("{:02}.11.2026", place + 3);
        }
        cells.join(";")
    });
    varde.import("left.csv", left.collect::<Vec<_>>().join("\n").leak().as_bytes()).await?;

    let ask = |first: usize| {
        let unit = "from to unit { name on parent { name } leaders { person { displayName } } }";
        format!("{{ people(first: {first}) {{ nodes {{ employments {{ {unit} }} }} }} }}")
    };
    let (few, _) = counted(&varde, &coordinator, &ask(FEW)).await?;
    let (many, found) = counted(&varde, &coordinator, &ask(MANY)).await?;
    let days: BTreeSet<_> = found["people"]["nodes"]
        .as_array()
        .context("nodes")?
        .iter()
        .map(|person| person["employments"][0]["unit"]["on"].to_string())
        .collect();
    assert_eq!(days.len(), MANY, "{days:?}");
    assert_eq!(many, few);
    Ok(())
}

/// A leader who waits in line wherever she has a place, which is the most there is to tell of one.
#[tokio::test]
async fn a_leaders_own_places_take_no_more_statements_for_many_than_for_few() -> Result<()> {
    let varde = Harness::fjordheim(Engine::Sqlite).await?;
    let (seated, waits) = (varde.sign_in_person("10036").await?, varde.sign_in_person("10015").await?);
    let mut counts = Vec::new();
    for number in 0..MANY {
        own_place(&varde, number, &[&seated, &waits]).await?;
        if [FEW, MANY].contains(&(number + 1)) {
            counts.push(of_own(&varde, &waits, number + 1).await?);
        }
    }
    assert_eq!(counts[0], counts[1]);
    Ok(())
}

/// Opens a cohort with one seat: the first of two leaders gets it, the second waits.
async fn own_place(varde: &Harness, number: usize, leaders: &[&Http; 2]) -> Result<()> {
    let (ctx, right) = (varde.ctx(), varde_app::access::Coordinator::system(varde.org));
    let open = &library()?["open-a-cohort"];
    let own = json!({ "input": { "code": format!("EGEN-{number}"), "capacity": 1, "idempotencyKey": null } });
    let coordinator = varde.coordinator().await?;
    varde.ask(&coordinator, &open.document, over(&open.variables, own)).await?;
    let cohort = varde_app::cohorts::find_by_code(&ctx, &right, &format!("EGEN-{number}")).await?;
    let cohort = cohort.context("cohort")?.id;
    let input = EnrolLeaders {
        cohort,
        employee_numbers: vec!["10036".to_owned(), "10015".to_owned()],
        reason: Some("avtalt".to_owned()),
        error_policy: ErrorPolicy::RejectAll,
        dry_run: false,
    };
    varde_app::enrolments::enrol(&ctx, &right, &input).await?;
    varde_app::cohorts::publish(&ctx, &right, cohort, None, false).await?;
    let answer = &library()?["answer-my-invitation"];
    for leader in leaders {
        let mine = varde.ask(leader, "{ myPlaces { id state } }", json!({})).await?;
        let invited = mine["myPlaces"].as_array().context("places")?.iter();
        for place in invited.filter(|place| place["state"] == "INVITED") {
            let own = json!({ "input": { "enrolmentId": place["id"], "answer": "ACCEPT" } });
            varde.ask(leader, &answer.document, over(&answer.variables, own)).await?;
        }
    }
    Ok(())
}

/// The statements that so many places of one's own take, as a list and by their ids; oneself, the trust and the
/// gatherings are asked for by id as often.
async fn of_own(varde: &Harness, leader: &Http, places: usize) -> Result<(u64, u64)> {
    let ask = "{ viewer { person { id } organisation { id } } }";
    let (_, viewer) = counted(varde, leader, ask).await?;
    let ask = "{ myPlaces { id cohortCode placeInLine gatherings { id title } } }";
    let (listed, found) = counted(varde, leader, ask).await?;
    let found = found["myPlaces"].as_array().context("places")?;
    assert_eq!(found.len(), places);
    assert!(found.iter().all(|place| place["placeInLine"] == 1), "{found:?}");
    let oneself = [&viewer["viewer"]["person"]["id"], &viewer["viewer"]["organisation"]["id"]];
    let ids = found.iter().flat_map(|place| {
        let gatherings = place["gatherings"].as_array().into_iter().flatten().map(|it| &it["id"]);
        oneself.into_iter().chain([&place["id"]]).chain(gatherings)
    });
    let ids: Vec<_> = ids.collect();
    let ask = format!("{{ nodes(ids: {}) {{ __typename id }} }}", json!(ids));
    let (by_id, found) = counted(varde, leader, &ask).await?;
    let found = found["nodes"].as_array().context("nodes")?;
    assert!(found.iter().map(|it| &it["id"]).eq(ids), "{found:?}");
    Ok((listed, by_id))
}

/// The type of the nodes of a connection.
fn node_of(schema: &Schema, connection: &str) -> Result<String> {
    let fields = &schema.find(connection)?.fields;
    Ok(fields.iter().find(|field| field.name == "nodes").context("nodes")?.gives.clone())
}

/// What an object tells of itself, and then each object that it leads to, so many levels down.
fn selections(schema: &Schema, object: &str, levels: usize) -> Result<Vec<String>> {
    let fields = &schema.find(object)?.fields;
    let asked = fields.iter().filter(|field| field.asks.is_empty());
    let (mut leaves, mut nested) = (vec!["__typename".to_owned()], Vec::new());
    for field in asked {
        if schema.is_leaf(&field.gives)? {
            leaves.push(field.name.clone());
        } else if levels > 0 && schema.objects(&field.gives)? == [field.gives.clone()] {
            let (object, open, close) = if field.paged {
                (node_of(schema, &field.gives)?, "(first: 3) { nodes {", "} }")
            } else {
                (field.gives.clone(), "{", "}")
            };
            for inner in selections(schema, &object, levels - 1)? {
                nested.push(format!("{} {open} {inner} {close}", field.name));
            }
        }
    }
    Ok(std::iter::once(leaves.join(" ")).chain(nested).collect())
}

/// The statements that a query takes once the cache of sign-ins is warm, and its answer.
async fn counted(varde: &Harness, client: &Http, query: &str) -> Result<(u64, Value)> {
    let before = varde.app.store().statements();
    let answer = varde.ask(client, query, json!({})).await.with_context(|| query.to_owned())?;
    Ok((varde.app.store().statements() - before, answer))
}

/// A trust in which every connection has rows.
async fn house() -> Result<Harness> {
    let varde = Harness::fjordheim(Engine::Sqlite).await?;
    let library = library()?;
    let admin = varde.sign_in("administrator@fjordheim.example").await?;
    // Before there is a cohort that the new leaders of December are proposed to; the later ones change nothing.
    for _ in 0..4 {
        varde.import("hr-export-2026-12.csv", DECEMBER).await?;
    }
    let token = &library["create-a-service-token"];
    let open = &library["open-a-cohort"];
    for number in 3..=8 {
        let own = json!({ "input": { "name": format!("Power BI {number}") } });
        varde.ask(&admin, &token.document, over(&token.variables, own)).await?;
        let own =
            json!({ "input": { "code": format!("INTRO-{number}"), "capacity": 1, "idempotencyKey": null } });
        varde.ask(&admin, &open.document, over(&open.variables, own)).await?;
    }
    // One leader for each.
    let right = varde_app::access::Coordinator::system(varde.org);
    varde_app::proposals::propose_new_leaders(&varde.ctx(), &right, false).await?;
    for leader in ["10015", "10036", "10005"] {
        varde.sign_in_person(leader).await?;
    }
    crate::pages::open(&varde, varde.org, "fjordheim", 3, &["10015", "10036"]).await?;
    what_needs_a_hand(&varde, &admin).await?;
    rounds_of_nominations(&varde, &admin).await?;
    competence_plans(&varde).await?;
    versions_of_the_framework(&varde).await?;
    varde.run_due().await?;
    for mail in varde.mails() {
        if let Some(link) = mail.link() {
            varde.http.submit(&link, &[("act", "accept")]).await?;
        }
    }
    varde.run_due().await?;
    Ok(varde)
}

async fn rounds_of_nominations(varde: &Harness, admin: &Http) -> Result<()> {
    let run = "mutation ($cohort: CreateCohortInput!, $round: CreateNominationRoundInput!) {
        createCohort(input: $cohort) { errors { code message path } }
        createNominationRound(input: $round) { errors { code message path } } }";
    for number in 1..=6 {
        let code = format!("NTP-{number}");
        let cohort = json!({ "programme": "national_top_leader", "code": code, "gatherings": [{ "date": "2027-09-07" }] });
        let round = json!({ "cohortCode": code, "opens": "2027-01-04", "closes": "2027-01-15",
            "endorseBy": "2027-01-22", "panel": ["10167", "10227"] });
        varde.ask(admin, run, json!({ "cohort": cohort, "round": round })).await?;
    }
    Ok(())
}

/// Leaders proposed for a cohort that is out already, every item somebody's; and rules that change from year to year.
async fn what_needs_a_hand(varde: &Harness, admin: &Http) -> Result<()> {
    let library = library()?;
    let room = json!({ "input": { "cohortCode": "INTRO-2", "capacity": MANY } });
    varde.ask(admin, &library["edit-a-cohort"].document, room).await?;
    let propose = &library["propose-new-leaders"];
    varde.ask(admin, &propose.document, propose.variables.clone()).await?;
    let found = "{ inbox(first: 100) { nodes { id } } viewer { id } }";
    let found = varde.ask(admin, found, json!({})).await?;
    let items = found["inbox"]["nodes"].as_array().context("items")?.iter().map(|item| item["id"].clone());
    let input = json!({ "itemIds": items.collect::<Vec<_>>(), "accountId": found["viewer"]["id"] });
    varde.ask(admin, &library["assign-inbox-items"].document, json!({ "input": input })).await?;
    let publish = &library["publish-conflict-rules"];
    let source = publish.variables["input"]["source"].as_str().context("source")?;
    for year in 2027..2027 + 6 {
        let source = source.replace("2026-12-01", &format!("{year}-01-01"));
        let input = json!({ "input": { "source": source } });
        varde.ask(admin, &publish.document, input).await?;
    }
    Ok(())
}

async fn competence_plans(varde: &Harness) -> Result<()> {
    let right = varde_app::access::Coordinator::system(varde.org);
    let leaders =
        ["11304", "11351", "11511", "11656", "11943", "12098", "12138", "12306", "12415", "12458", "12504"];
    let leaders = leaders.map(str::to_owned);
    varde_app::competence_plans::open(&varde.ctx(), &right, &leaders, false).await?;
    Ok(())
}

async fn versions_of_the_framework(varde: &Harness) -> Result<()> {
    use varde_app::frameworks::{FrameworkFile, PublishFramework, publish};
    let right = varde_app::access::Administrator::system(varde.org);
    let mut source = include_str!("../../../config/catalogue/requirements.toml").to_owned();
    for version in 2..=7 {
        source = source.replacen("nb = \"", &format!("nb = \"{version} "), 1);
        let file = FrameworkFile { path: "requirements.toml".to_owned(), source: source.clone() };
        let input = PublishFramework { files: vec![file], ..PublishFramework::default() };
        publish(&varde.ctx(), &right, &input).await?;
    }
    Ok(())
}
