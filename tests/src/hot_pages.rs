//! Hot pages on both databases: fetched whole, written in one pass, and the same as anything else answers.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use uuid::Uuid;
use varde_app::{
    access::Coordinator,
    attendance::{self, RecordAttendance},
    cohorts::{self, CohortDraft, GatheringDraft},
    enrolments::{self, EnrolLeaders},
    input::ErrorPolicy,
};
use varde_model::{
    cohort::Cohort,
    enrolment::{Enrolment, EnrolmentState},
    gathering::{GatheringAnswer, Presence},
    people::sort_key,
};
use varde_persistence::{Engine, cohorts as stored_cohorts, enrolments as stored_enrolments, gatherings};
use varde_testkit::{harness::Harness, http::Http};

/// Each test on SQLite and on PostgreSQL.
macro_rules! on_both {
    ($($name:ident)*) => {$(
        mod $name {
            use varde_persistence::Engine;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$name(super::Trust::open(Engine::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                super::$name(super::Trust::open(Engine::Postgres).await).await;
            }
        }
    )*};
}

on_both! {
    a_roster_has_everyone_with_unit_place_in_line_replies_and_attendance
    text_and_values_are_the_same
    leaders_come_in_order_page_by_page
    leaders_are_found_by_unit_level_date_and_name
    one_leader_is_found_by_number
    nothing_of_another_organisation_appears
    a_caller_without_the_right_gets_nothing
}

struct Trust {
    harness: Harness,
    coordinator: Http,
    cohort: Cohort,
    numbers: Vec<String>,
}

const CODE: &str = "NYL-2027-V";

impl Trust {
    /// The fictional trust with a cohort of five: one declined, two in line, two with a seat; two gatherings.
    async fn open(engine: Engine) -> Self {
        let harness = Harness::fjordheim(engine).await.unwrap();
        let coordinator = harness.coordinator().await.unwrap();
        let page =
            data(&coordinator, "{ leaders(first: 5) { nodes { person { employeeNumber } } } }", json!({}))
                .await;
        let nodes = page["leaders"]["nodes"].as_array().unwrap();
        let number = |node: &Value| node["person"]["employeeNumber"].as_str().unwrap().to_owned();
        let numbers: Vec<String> = nodes.iter().map(number).collect();
        let (ctx, right) = (harness.ctx(), Coordinator::system(harness.org));
        let day = |date: &str| GatheringDraft { date: date.parse().unwrap(), ..GatheringDraft::default() };
        let draft = CohortDraft {
            programme: "onboarding".to_owned(),
            code: CODE.to_owned(),
            gatherings: vec![day("2027-01-12"), day("2027-02-09")],
            ..CohortDraft::default()
        };
        let cohort = cohorts::create(&ctx, &right, &draft).await.unwrap().cohort;
        let enrol = EnrolLeaders {
            cohort: cohort.id,
            employee_numbers: numbers.clone(),
            reason: Some("avtalt".to_owned()),
            error_policy: ErrorPolicy::RejectAll,
            dry_run: false,
        };
        let placed = enrolments::enrol(&ctx, &right, &enrol).await.unwrap().enrolments;
        let trust = Self { harness, coordinator, cohort, numbers };
        trust.set_states(&placed).await;
        trust
    }

    async fn set_states(&self, placed: &[Enrolment]) {
        use EnrolmentState::{Declined, Enrolled, Waiting};
        let store = self.harness.app.store();
        let tx = store.write().await.unwrap();
        let now = self.harness.ctx().now;
        for (index, state) in [Enrolled, Waiting, Declined, Waiting, Enrolled].into_iter().enumerate() {
            let id = self.harness.person(&self.numbers[index]).await.unwrap();
            let place = placed.iter().find(|place| place.person == id).unwrap();
            // The later one stands further ahead in line.
            let queue_number = (state == Waiting).then_some(10 - i64::try_from(index).unwrap());
            let changed = Enrolment { state, queue_number, ..place.clone() };
            stored_enrolments::update(&tx, self.harness.org, &changed).await.unwrap();
            if index == 0 {
                let of = gatherings::of_cohorts(&tx, self.harness.org, &[self.cohort.id]).await.unwrap();
                let answer = GatheringAnswer {
                    gathering: of[1].id,
                    enrolment: place.id,
                    coming: false,
                    answered_at: now,
                };
                gatherings::put_answer(&tx, self.harness.org, Uuid::from_u128(77), &answer).await.unwrap();
            }
        }
        let cohort = stored_cohorts::find(&tx, self.harness.org, self.cohort.id).await.unwrap().unwrap();
        let running = Cohort { state: varde_model::cohort::CohortState::Running, ..cohort };
        stored_cohorts::update(&tx, self.harness.org, &running, now).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn record_attendance(&self) {
        let right = Coordinator::system(self.harness.org);
        let ctx =
            self.harness.app.context_at(varde_model::Locale::Nb, "2027-01-12T12:00:00Z".parse().unwrap());
        let of = gatherings::of_cohorts(ctx.store(), self.harness.org, &[self.cohort.id]).await.unwrap();
        let record = RecordAttendance {
            gathering: of[0].id,
            everyone_else: Some(Presence::Partly),
            records: Vec::new(),
            clear: Vec::new(),
            error_policy: ErrorPolicy::RejectAll,
            dry_run: false,
        };
        attendance::record(&ctx, &right, &record).await.unwrap();
    }

    async fn ask(&self, document: &str) -> Value {
        data(&self.coordinator, document, json!({})).await
    }
}

async fn data(client: &Http, document: &str, variables: Value) -> Value {
    client.graphql(document, variables).await.unwrap().data().unwrap()
}

async fn a_roster_has_everyone_with_unit_place_in_line_replies_and_attendance(trust: Trust) {
    trust.record_attendance().await;
    let document = "{ cohortRoster(code: \" NYL-2027-V \") { code title state capacity hasMoreMembers
        gatherings { position date cancelled } members { state placeInLine person { employeeNumber displayName email }
        unit { code name } days { coming presence } } } }";
    let roster = trust.ask(document).await["cohortRoster"].take();
    assert_eq!((&roster["code"], &roster["state"]), (&json!(CODE), &json!("RUNNING")));
    assert_eq!(roster["gatherings"][1]["date"], "2027-02-09");
    let members = roster["members"].as_array().unwrap();
    let number = |member: &Value| member["person"]["employeeNumber"].as_str().unwrap().to_owned();
    assert_eq!(members.iter().map(number).collect::<Vec<_>>(), trust.numbers, "by name, as the leaders are");
    let column = |key: &str| members.iter().map(|member| member[key].clone()).collect::<Vec<_>>();
    assert_eq!(column("state"), ["ENROLLED", "WAITING", "DECLINED", "WAITING", "ENROLLED"]);
    assert_eq!(column("placeInLine"), [json!(null), json!(2), json!(null), json!(1), json!(null)]);
    assert_eq!(
        members[0]["days"],
        json!([{ "coming": null, "presence": "PARTLY" }, { "coming": false, "presence": null }])
    );
    assert_eq!(members[2]["days"][0]["presence"], Value::Null, "who declined was not there");
    assert!(
        members.iter().all(|member| member["unit"]["name"].as_str().is_some_and(|name| !name.is_empty()))
    );
    assert_eq!(trust.ask("{ cohortRoster(code: \"X\") { id } }").await["cohortRoster"], Value::Null);
}

/// Keys that are split above a `Ready` are answered as values and merged: nothing may get lost or differ.
async fn text_and_values_are_the_same(trust: Trust) {
    let parts = [
        "id code state",
        "gatherings { id startsAt }",
        "members { enrolmentId days { gatheringId coming presence } }",
    ];
    let whole = trust.ask(&format!("{{ cohortRoster(code: \"{CODE}\") {{ {} }} }}", parts.join(" "))).await;
    let split: String =
        parts.iter().map(|part| format!("cohortRoster(code: \"{CODE}\") {{ {part} }} ")).collect();
    assert_eq!(trust.ask(&format!("{{ {split} }}")).await, whole);
    assert_eq!(whole["cohortRoster"]["members"].as_array().unwrap().len(), 5);

    let parts = [
        "totalCount",
        "nodes { appointmentId level appointedFrom acting person { id } }",
        "pageInfo { endCursor }",
    ];
    let whole = trust.ask(&format!("{{ leaders(first: 3) {{ {} }} }}", parts.join(" "))).await;
    let split: String = parts.iter().map(|part| format!("leaders(first: 3) {{ {part} }} ")).collect();
    assert_eq!(trust.ask(&format!("{{ {split} }}")).await, whole);
    assert!(whole["leaders"]["totalCount"].as_i64().unwrap() > 3);

    let number = &trust.numbers[0];
    let whole = trust
        .ask(&format!("{{ leader(employeeNumber: \"{number}\") {{ level person {{ email }} }} }}"))
        .await;
    let split = format!(
        "{{ leader(employeeNumber: \"{number}\") {{ level }} ... on Query {{ leader(employeeNumber: \"{number}\") {{ person {{ email }} }} }} }}"
    );
    assert_eq!(trust.ask(&split).await, whole);
}

async fn leaders_come_in_order_page_by_page(trust: Trust) {
    let total = trust.ask("{ leaders(first: 0) { totalCount nodes { level } } }").await;
    assert_eq!(total["leaders"]["nodes"], json!([]));
    let total = total["leaders"]["totalCount"].as_u64().unwrap();
    for order in ["NAME", "NEWEST_FIRST"] {
        let (mut seen, mut ids, mut after) = (Vec::new(), BTreeSet::new(), Value::Null);
        loop {
            let document = "query ($after: String, $order: LeaderOrderBy!) { leaders(first: 7, after: $after, orderBy: $order) {
                edges { cursor node { appointmentId appointedFrom person { givenName familyName } } }
                pageInfo { hasNextPage endCursor } } }";
            let page = data(&trust.coordinator, document, json!({ "after": after, "order": order })).await;
            for edge in page["leaders"]["edges"].as_array().unwrap() {
                assert!(ids.insert(edge["node"]["appointmentId"].to_string()), "twice: {edge}");
                seen.push(edge["node"].clone());
            }
            let info = &page["leaders"]["pageInfo"];
            if info["hasNextPage"] == false {
                break;
            }
            after = info["endCursor"].clone();
        }
        assert_eq!(seen.len() as u64, total, "{order}");
        let text = |node: &Value, key: &str| node["person"][key].as_str().unwrap().to_owned();
        let is_sorted = match order {
            "NAME" => {
                seen.is_sorted_by_key(|node| sort_key(&text(node, "familyName"), &text(node, "givenName")))
            }
            _ => {
                seen.is_sorted_by(|one, next| one["appointedFrom"].as_str() >= next["appointedFrom"].as_str())
            }
        };
        assert!(is_sorted, "{order}");
    }
    let page = trust.coordinator.graphql("{ leaders(first: 101) { totalCount } }", json!({})).await.unwrap();
    assert_eq!(page.codes(), ["BAD_USER_INPUT"]);
    let foreign = "query ($after: String) { leaders(after: $after) { nodes { level } } }";
    let page = trust.coordinator.graphql(foreign, json!({ "after": "bm8" })).await.unwrap();
    assert_eq!(page.codes(), ["BAD_USER_INPUT"]);
}

async fn leaders_are_found_by_unit_level_date_and_name(trust: Trust) {
    let found = async |filter: &str| {
        let document = format!(
            "{{ leaders(first: 100, filter: {filter}) {{ totalCount nodes {{ level appointedFrom unit {{ code }} person {{ familyName employeeNumber }} }} }} }}"
        );
        let page = trust.ask(&document).await["leaders"].take();
        let nodes = page["nodes"].as_array().unwrap().clone();
        assert_eq!(page["totalCount"], nodes.len().min(100), "counted as listed: {filter}");
        nodes
    };
    let heads = found("{ levels: [1, 2] }").await;
    assert!(!heads.is_empty() && heads.iter().all(|node| node["level"].as_i64().unwrap() <= 2));
    // A central staff at this level has no leaders below it, a clinic has.
    let (mut clinic, mut below) = (Value::Null, Vec::new());
    for head in heads.iter().filter(|node| node["level"] == 2) {
        let code = &head["unit"]["code"];
        let found = found(&format!("{{ unitCode: {code} }}")).await;
        assert!(found.iter().any(|node| node["unit"]["code"] == *code));
        if found.len() > below.len() {
            (clinic, below) = (code.clone(), found);
        }
    }
    assert!(below.len() > 1, "{clinic}");
    assert!(below.iter().all(|node| node["level"].as_i64().unwrap() >= 2), "nobody above the clinic");
    let recent = found("{ appointedSince: \"2026-06-01\" }").await;
    assert!(recent.iter().all(|node| node["appointedFrom"].as_str().unwrap() >= "2026-06-01"));
    let one = &heads[0]["person"];
    let by_number = found(&format!("{{ search: {} }}", one["employeeNumber"])).await;
    assert!(by_number.iter().any(|node| node["person"] == *one));
    assert!(found("{ search: \"100%_\" }").await.is_empty());
    for wrong in ["{ unitCode: \"nowhere\" }", "{ levels: [5] }"] {
        let document = format!("{{ leaders(filter: {wrong}) {{ totalCount }} }}");
        assert_eq!(
            trust.coordinator.graphql(&document, json!({})).await.unwrap().codes(),
            ["BAD_USER_INPUT"]
        );
    }
}

async fn one_leader_is_found_by_number(trust: Trust) {
    let fields = "appointmentId level appointedFrom acting unit { code name } person { id employeeNumber displayName }";
    let listed = trust.ask(&format!("{{ leaders(first: 5) {{ nodes {{ {fields} }} }} }}")).await;
    for node in listed["leaders"]["nodes"].as_array().unwrap() {
        let number = &node["person"]["employeeNumber"];
        assert_eq!(
            trust.ask(&format!("{{ leader(employeeNumber: {number}) {{ {fields} }} }}")).await["leader"],
            *node
        );
    }
    assert_eq!(trust.ask("{ leader(employeeNumber: \"0\") { level } }").await["leader"], Value::Null);
}

async fn nothing_of_another_organisation_appears(trust: Trust) {
    let stranger = trust.harness.sign_in("coordinator@sorvik.example").await.unwrap();
    let document = format!(
        "{{ cohortRoster(code: \"{CODE}\") {{ id }} leaders {{ totalCount nodes {{ level }} }} leader(employeeNumber: \"{}\") {{ level }} }}",
        trust.numbers[0]
    );
    let seen = data(&stranger, &document, json!({})).await;
    let nothing =
        json!({ "cohortRoster": null, "leaders": { "totalCount": 0, "nodes": [] }, "leader": null });
    assert_eq!(seen, nothing);
}

async fn a_caller_without_the_right_gets_nothing(trust: Trust) {
    let leader = trust.harness.sign_in_person(&trust.numbers[0]).await.unwrap();
    for document in [
        format!("{{ cohortRoster(code: \"{CODE}\") {{ id }} }}"),
        "{ leaders { nodes { level } } }".to_owned(),
        format!("{{ leader(employeeNumber: \"{}\") {{ level }} }}", trust.numbers[0]),
    ] {
        assert_eq!(leader.graphql(&document, json!({})).await.unwrap().codes(), ["FORBIDDEN"], "{document}");
        assert_eq!(
            trust.harness.http.graphql(&document, json!({})).await.unwrap().codes(),
            ["UNAUTHENTICATED"]
        );
    }
}
