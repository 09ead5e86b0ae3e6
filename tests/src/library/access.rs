//! Who reaches what: a table with a row for every field at the top of the schema, walked with the operations of the
//! library and the ids of a trust that the caller does not belong to, or in which she or he is a leader only.

mod confidential;
mod nested;
mod own_line;
mod table;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_app::{access::Coordinator, trail};
use varde_persistence::Engine;
use varde_testkit::{
    harness::{DECEMBER, Harness, PASSWORD},
    http::Http,
};

use super::{Operation, library, socket};
use crate::both::on_both;
use table::{
    For::{self, Administrators, Anybody, Coordinators, Everybody, Oneself, SignedIn},
    TABLE, whom,
};

on_both! {
    every_field_at_the_top_of_the_schema_stands_in_the_table_and_in_the_library
    nobody_reaches_anything_without_a_sign_in
    a_leader_reaches_own_matters_only
    a_leader_looks_up_own_places_by_their_ids_and_nothing_else
    whatever_an_administrator_has_an_id_of_is_found_by_it
    a_coordinator_of_the_trust_does_not_manage_accounts
    those_of_another_trust_reach_nothing_of_this_one
    longer_work_is_watched_by_the_trusts_own_coordinators_only
}

/// A trust with a running year, and the ids of everything in it.
struct House {
    varde: Harness,
    library: BTreeMap<String, Operation>,
    ids: Vec<(&'static str, Value)>,
    /// Words that nobody outside may read.
    secrets: Vec<String>,
    leader: Http,
    /// The leader's own place.
    own: Value,
    organisation: Value,
}

/// A leader group that is asked to take part, with something it agreed on.
async fn leader_group(varde: &Harness, hr: &Http) -> Result<(Value, Value)> {
    let begin = "mutation ($cohort: CreateCohortInput!, $group: EnrolLeaderGroupInput!) {
        createCohort(input: $cohort) { errors { code } }
        enrolLeaderGroup(input: $group) { leaderGroup { id } errors { code } }
        publishCohort(input: { cohortCode: \"END-1\" }) { errors { code } } }";
    let cohort = json!({ "programme": "practical_change_management", "code": "END-1", "title": "Omstilling",
        "gatherings": [{ "date": "2027-02-17" }, { "date": "2027-02-18" }] });
    let group = json!({ "cohortCode": "END-1", "unitCode": "10100", "whatChanges": "Postene slås sammen",
        "whoIsTouched": "Alle på postene" });
    let begun = varde.ask(hr, begin, json!({ "cohort": cohort, "group": group })).await?;
    let group = begun["enrolLeaderGroup"]["leaderGroup"]["id"].clone();
    let agree = "mutation ($input: SetMeasureInput!) {
        setMeasure(input: $input) { measure { measureId } errors { code } } }";
    let measure = json!({ "input": { "leaderGroupId": group, "kind": "ACTION", "text": "Felles morgenmøte",
        "ownerEmployeeNumber": "10390" } });
    let agreed = varde.ask(hr, agree, measure).await?;
    Ok((group, agreed["setMeasure"]["measure"]["measureId"].clone()))
}

impl House {
    async fn new(engine: Engine) -> Result<Self> {
        let varde = Harness::fjordheim(engine).await?;
        let library = library()?;
        let hr = varde.coordinator().await?;
        let open = &library["open-a-cohort"];
        let cohort = varde.ask(&hr, &open.document, open.variables.clone()).await?;
        varde.import("hr-export-2026-12.csv", DECEMBER).await?;
        let cohort = cohort["createCohort"]["cohort"]["id"].clone();
        let publish =
            "mutation ($id: ID!) { publishCohort(input: { cohortId: $id }) { errors { code message } } }";
        varde.ask(&hr, publish, json!({ "id": cohort })).await?;
        let (group, measure) = leader_group(&varde, &hr).await?;
        let named = &library["name-a-line-manager"];
        let named = varde.ask(&hr, &named.document, named.variables.clone()).await?;
        let found = "{ cohort(code: \"INTRO-2\") { gatherings { id } enrolments { nodes { id person { id displayName email employeeNumber } } } }
            mails { nodes { id } } operations { nodes { id } } reminderPolicies { nodes { id } } unit(code: \"10100\") { id leaders { id } } viewer { id organisation { id } }
            plannedReminders { nodes { id } } auditEvents { nodes { id } } inbox { nodes { id } } }";
        let found = varde.ask(&hr, found, json!({})).await?;
        let admin = varde.sign_in("administrator@fjordheim.example").await?;
        let token = &library["create-a-service-token"];
        let token = varde.ask(&admin, &token.document, token.variables.clone()).await?;
        let places = found["cohort"]["enrolments"]["nodes"].as_array().context("nodes")?.clone();
        let secrets =
            places.iter().flat_map(|place| [&place["person"]["displayName"], &place["person"]["email"]]);
        let secrets = secrets.filter_map(Value::as_str).map(str::to_owned);
        let secrets =
            secrets.chain(["coordinator@fjordheim.example".to_owned(), "Jenny Holm".to_owned()]).collect();
        // A leader who has a place of her own, and tries that of another.
        let leader =
            varde.sign_in_person(places[1]["person"]["employeeNumber"].as_str().context("number")?).await?;
        let ids = vec![
            ("the cohort's id", cohort),
            ("the gathering's id", found["cohort"]["gatherings"][0]["id"].clone()),
            ("the id of the place", places[0]["id"].clone()),
            ("the id of your place", places[0]["id"].clone()),
            ("the group's id", group),
            ("the measure's id", measure),
            ("the account's id", found["viewer"]["id"].clone()),
            ("the operation's id", found["operations"]["nodes"][0]["id"].clone()),
            ("the item's id", found["inbox"]["nodes"][0]["id"].clone()),
            ("the mail's id", found["mails"]["nodes"][0]["id"].clone()),
            ("the token's id", token["createServiceToken"]["serviceToken"]["id"].clone()),
            (
                "the id, from see-named-line-managers",
                named["setLineManagerOverride"]["lineManagerOverride"]["id"].clone(),
            ),
            ("a unit", found["unit"]["id"].clone()),
            ("an appointment", found["unit"]["leaders"][0]["id"].clone()),
            ("a planned reminder", found["plannedReminders"]["nodes"][0]["id"].clone()),
            ("an audit event", found["auditEvents"]["nodes"][0]["id"].clone()),
            ("a person", places[0]["person"]["id"].clone()),
            ("a rule", found["reminderPolicies"]["nodes"][0]["id"].clone()),
        ];
        assert!(ids.iter().all(|(_, id)| id.is_string()), "{ids:?}");
        Ok(Self {
            varde,
            library,
            ids,
            secrets,
            leader,
            own: places[1]["id"].clone(),
            organisation: found["viewer"]["organisation"]["id"].clone(),
        })
    }

    /// Example variables with the trust's own ids in place of what they describe.
    fn filled(&self, example: &Value) -> Value {
        match example {
            Value::String(text) if text == "an id" => json!(self.ids[0].1),
            Value::String(text) => {
                let id = self.ids.iter().find(|(says, _)| text.starts_with(says));
                id.map_or_else(|| example.clone(), |(_, id)| id.clone())
            }
            Value::Array(values) => values.iter().map(|value| self.filled(value)).collect(),
            Value::Object(fields) => {
                let filled = |(key, value): (&String, &Value)| match key.as_str() {
                    // By the code, a stranger would name a cohort of her own trust.
                    "cohortCode" if *value == "NYL-2027-V" => ("cohortId".to_owned(), self.ids[0].1.clone()),
                    _ => (key.clone(), self.filled(value)),
                };
                Value::Object(fields.iter().map(filled).collect())
            }
            _ => example.clone(),
        }
    }

    async fn entries(&self) -> Result<u64> {
        let right = Coordinator::system(self.varde.org);
        Ok(trail::events(&self.varde.ctx(), &right, &trail::AuditFilter::default(), None, 1).await?.total)
    }

    /// Queries and mutations of the library, with the field that each asks for.
    fn calls(&self) -> impl Iterator<Item = (&String, &Operation, For)> {
        let over_http = self.library.iter().filter(|(_, operation)| !operation.is("subscription"));
        over_http.map(|(name, operation)| (name, operation, whom(operation.field())))
    }

    async fn call(&self, client: &Http, operation: &Operation) -> Result<varde_testkit::http::Reply> {
        client.graphql(&operation.document, self.filled(&operation.variables)).await
    }
}

async fn every_field_at_the_top_of_the_schema_stands_in_the_table_and_in_the_library(
    engine: Engine,
) -> Result<()> {
    let varde = Harness::start(engine).await?;
    let walk = "{ __schema { queryType { fields { name } } mutationType { fields { name } } subscriptionType { fields { name } } } }";
    let schema = varde.ask(&varde.http, walk, json!({})).await?["__schema"].clone();
    let fields = |kind: &str| -> Vec<String> {
        let fields = schema[kind]["fields"].as_array().cloned().unwrap_or_default();
        fields.iter().filter_map(|field| field["name"].as_str()).map(str::to_owned).collect()
    };
    let all: BTreeSet<String> = fields("queryType").into_iter().chain(fields("mutationType")).collect();
    let rows: BTreeSet<String> = TABLE.iter().map(|(field, _)| (*field).to_owned()).collect();
    assert_eq!(rows, all);
    assert_eq!(fields("subscriptionType"), ["operation", "inboxChanged"]);
    let library = library()?;
    let (watched, asked): (Vec<_>, Vec<_>) =
        library.values().partition(|operation| operation.is("subscription"));
    let watched: BTreeSet<&str> = watched.iter().map(|operation| operation.field()).collect();
    assert_eq!(watched, BTreeSet::from(["operation", "inboxChanged"]));
    let mut used: BTreeSet<String> = asked.iter().map(|operation| operation.field().to_owned()).collect();
    // The library asks for `nodes`; `node` is asked for below.
    used.insert("node".to_owned());
    assert_eq!(used, all);
    Ok(())
}

async fn nobody_reaches_anything_without_a_sign_in(engine: Engine) -> Result<()> {
    let house = House::new(engine).await?;
    for (name, operation, whom) in house.calls() {
        let reply = house.call(&house.varde.http, operation).await?;
        if whom == Anybody {
            house.keeps_secrets(name, &reply.body);
            continue;
        }
        assert_eq!(reply.codes(), ["UNAUTHENTICATED"], "{name}: {}", reply.body);
        assert!(reply.body["data"].is_null() || reply.body["data"][operation.field()].is_null(), "{name}");
    }
    Ok(())
}

async fn a_leader_reaches_own_matters_only(engine: Engine) -> Result<()> {
    let house = House::new(engine).await?;
    let before = house.entries().await?;
    let theirs = ["signOut", "editMyPreferences"];
    for (name, operation, whom) in house.calls().filter(|(_, call, _)| !theirs.contains(&call.field())) {
        let reply = house.call(&house.leader, operation).await?;
        match whom {
            Coordinators | Administrators => {
                assert_eq!(reply.codes(), ["FORBIDDEN"], "{name}: {}", reply.body);
                assert!(
                    reply.body["data"].is_null() || reply.body["data"][operation.field()].is_null(),
                    "{name}"
                );
            }
            SignedIn => house.answers_nothing(name, &reply.body, operation),
            Oneself if operation.is("mutation") => {
                let errors = reply.body["data"][operation.field()]["errors"].as_array();
                assert!(errors.is_some_and(|errors| !errors.is_empty()), "{name}: {}", reply.body);
            }
            Everybody => assert!(reply.codes().is_empty(), "{name}: {}", reply.body),
            Oneself | Anybody => {}
        }
    }
    assert_eq!(house.entries().await?, before, "nothing happened");
    Ok(())
}

async fn a_leader_looks_up_own_places_by_their_ids_and_nothing_else(engine: Engine) -> Result<()> {
    let house = House::new(engine).await?;
    let own = "{ myPlaces { id enrolmentId gatherings { id } } }";
    let mine = house.varde.ask(&house.leader, own, json!({})).await?["myPlaces"][0].clone();
    assert_eq!((&mine["id"], &mine["enrolmentId"]), (&house.own, &house.own));
    let nodes = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }";
    let others = house.ids.iter().filter(|(what, _)| *what != "the gathering's id").map(|(_, id)| id.clone());
    let ids: Vec<Value> =
        [house.own.clone(), mine["gatherings"][0]["id"].clone()].into_iter().chain(others).collect();
    let found = house.varde.ask(&house.leader, nodes, json!({ "ids": ids })).await?;
    let found = found["nodes"].as_array().context("nodes")?;
    assert_eq!(found[0], json!({ "__typename": "MyPlace", "id": ids[0] }));
    assert_eq!(found[1], json!({ "__typename": "MyGathering", "id": ids[1] }));
    assert!(found[2..].iter().all(Value::is_null), "{found:?}");
    Ok(())
}

async fn whatever_an_administrator_has_an_id_of_is_found_by_it(engine: Engine) -> Result<()> {
    let house = House::new(engine).await?;
    let admin = house.varde.sign_in("administrator@fjordheim.example").await?;
    let close = &house.library["close-a-day"];
    house.varde.ask(&admin, &close.document, close.variables.clone()).await?;
    let days = house.varde.ask(&admin, "{ closedDays { id } }", json!({})).await?;
    let more = [house.organisation.clone(), days["closedDays"][0]["id"].clone()];
    let ids: Vec<Value> = house.ids.iter().map(|(_, id)| id.clone()).chain(more).collect();
    let nodes = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    let found = house.varde.ask(&admin, nodes, json!({ "ids": ids })).await?;
    let expected: Value = ids.iter().map(|id| json!({ "id": id })).collect();
    assert_eq!(found["nodes"], expected);
    let stranger = house.varde.sign_in("administrator@sorvik.example").await?;
    let found = house.varde.ask(&stranger, nodes, json!({ "ids": ids })).await?;
    assert!(found["nodes"].as_array().is_some_and(|all| all.iter().all(Value::is_null)), "{found}");
    Ok(())
}

async fn a_coordinator_of_the_trust_does_not_manage_accounts(engine: Engine) -> Result<()> {
    let house = House::new(engine).await?;
    let hr = house.varde.coordinator().await?;
    for (name, operation, whom) in house.calls() {
        if whom == Administrators {
            let reply = house.call(&hr, operation).await?;
            assert_eq!(reply.codes(), ["FORBIDDEN"], "{name}: {}", reply.body);
        }
    }
    Ok(())
}

async fn those_of_another_trust_reach_nothing_of_this_one(engine: Engine) -> Result<()> {
    let house = House::new(engine).await?;
    let strangers = ["coordinator@sorvik.example", "administrator@sorvik.example"];
    let before = house.entries().await?;
    for stranger in strangers {
        let client = house.varde.sign_in(stranger).await?;
        for (name, operation, whom) in
            house.calls().filter(|(_, operation, _)| operation.field() != "signOut")
        {
            let reply = house.call(&client, operation).await?;
            house.keeps_secrets(name, &reply.body);
            if whom == SignedIn {
                house.answers_nothing(name, &reply.body, operation);
            }
            // Whatever names something of this trust finds nothing, and is told no more than that.
            let names_ours = house.filled(&operation.variables) != operation.variables;
            if operation.is("mutation") && names_ours && matches!(whom, Coordinators | Administrators) {
                let code = reply.body["data"][operation.field()]["errors"][0]["code"].as_str();
                let shut = code == Some("NOT_FOUND") || reply.codes() == ["FORBIDDEN"];
                assert!(shut, "{stranger} {name}: {}", reply.body);
            }
        }
        for (what, id) in &house.ids {
            let node =
                client.graphql("query ($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await?;
            assert_eq!(node.body["data"]["node"], Value::Null, "{what}");
        }
    }
    assert_eq!(house.entries().await?, before, "nothing happened in this trust");
    Ok(())
}

async fn longer_work_is_watched_by_the_trusts_own_coordinators_only(engine: Engine) -> Result<()> {
    let house = House::new(engine).await?;
    let watch = &house.library["watch-an-import"];
    let base = house.varde.app.config().public_url.clone();
    let sign_in = &house.library["sign-in"];
    for (email, code) in [
        (None, Some("UNAUTHENTICATED")),
        (Some("coordinator@sorvik.example"), Some("BAD_USER_INPUT")),
        (Some("coordinator@fjordheim.example"), None),
    ] {
        let mut token = Value::Null;
        if let Some(email) = email {
            let input = json!({ "input": { "email": email, "password": PASSWORD } });
            let session = house.varde.ask(&house.varde.http, &sign_in.document, input).await?;
            token = session["signIn"]["accessToken"].clone();
        }
        let said =
            socket::listen(&base, token.as_str(), &watch.document, house.filled(&watch.variables)).await?;
        let text = json!(said).to_string();
        match code {
            Some(code) => assert!(text.contains(code), "{email:?}: {text}"),
            None => assert!(text.contains("SUCCEEDED"), "{text}"),
        }
    }
    Ok(())
}

impl House {
    fn keeps_secrets(&self, name: &str, body: &Value) {
        let text = body.to_string();
        for secret in &self.secrets {
            assert!(!text.contains(secret), "{name} tells of {secret}: {text}");
        }
    }

    fn answers_nothing(&self, name: &str, body: &Value, operation: &Operation) {
        let found = &body["data"][operation.field()];
        assert!(found.as_array().is_some_and(|all| all.iter().all(Value::is_null)), "{name}: {body}");
    }
}
