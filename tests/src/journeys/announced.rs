//! What is said beforehand of mail: a dry run lists it name by name, and before publishing there is none.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use varde_model::{hr::Writes, people::Person};
use varde_persistence::{Engine, people};
use varde_testkit::{harness::Harness, http::Http};

use super::p01_onboarding::{at, spring};
use crate::both::on_both;

on_both! {
    what_a_dry_run_lists_is_what_is_sent_name_by_name
    nothing_is_sent_before_publishing
}

const CREATE: &str = "mutation ($input: CreateCohortInput!) { createCohort(input: $input) {
    cohort { id gatherings { id } } errors { code message path } } }";

/// Names and letters, sorted: what is compared.
type Told = Vec<(String, String)>;

fn told(nodes: &Value) -> Result<Told> {
    let text = |node: &Value, field: &str| node[field].as_str().unwrap_or_default().to_owned();
    let nodes = nodes.as_array().with_context(|| nodes.to_string())?;
    let mut told: Told =
        nodes.iter().map(|node| (text(node, "recipientName"), text(node, "letter"))).collect();
    told.sort();
    Ok(told)
}

/// A house with a client, and what has been sent so far.
struct Desk {
    varde: Harness,
    hr: Http,
    sent: Told,
}

impl Desk {
    /// Does nothing but look, then does it: the mail that goes out is that which was listed, to those named, and as
    /// many as said.
    async fn keeps_its_word(&mut self, mutation: &str, input: &Value, expected: usize) -> Result<Value> {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let more =
            if mutation.ends_with("Cohort") { "leftOut { state reason person { displayName } }" } else { "" };
        let document = format!(
            "mutation ($input: {kind}!) {{ {mutation}(input: $input) {{
                mails {{ letter recipientName }} {more} errors {{ code message path }} }} }}"
        );
        let with = |dry: bool| {
            let mut input = input.clone();
            input["dryRun"] = json!(dry);
            json!({ "input": input })
        };
        let dry = self.varde.ask(&self.hr, &document, with(true)).await?[mutation].clone();
        let real = self.varde.ask(&self.hr, &document, with(false)).await?[mutation].clone();
        let listed = told(&dry["mails"])?;
        assert_eq!(listed, told(&real["mails"])?, "{mutation}: the answers differ");
        assert_eq!(dry["leftOut"], real["leftOut"], "{mutation}");
        self.varde.run_due().await?;
        assert_eq!(self.new_sent().await?, listed, "{mutation}: listed and sent differ");
        assert_eq!(listed.len(), expected, "{mutation}: {listed:?}");
        let by_name: Vec<String> = self.varde.new_mails().into_iter().map(|mail| mail.to).collect();
        assert_eq!(by_name.len(), expected, "{mutation}: {by_name:?}");
        Ok(real)
    }

    /// What has gone out since this was asked last.
    async fn new_sent(&mut self) -> Result<Told> {
        let all = "{ mails(states: [SENT], first: 100) { totalCount nodes { letter recipientName } } }";
        let all = self.varde.ask(&self.hr, all, json!({})).await?["mails"].clone();
        ensure!(all["totalCount"].as_u64() < Some(100), "one page holds them: {all}");
        let all = told(&all["nodes"])?;
        let mut new = all.clone();
        for old in &self.sent {
            let found = new.iter().position(|one| one == old).context("a mail is gone")?;
            new.remove(found);
        }
        self.sent = all;
        Ok(new)
    }

    async fn change(&self, number: &str, change: impl FnOnce(&mut Person)) -> Result<String> {
        let (store, org) = (self.varde.app.store(), self.varde.org);
        let mut person = people::find_by_number(store, org, number).await?.context("person")?;
        change(&mut person);
        let name = person.name();
        let tx = store.write().await?;
        people::set_muted(&tx, org, person.id, person.muted).await?;
        let writes = Writes { changed_people: vec![person], ..Writes::default() };
        people::write(&tx, org, &writes, self.varde.ctx().now, &mut |_| {}).await?;
        tx.commit().await?;
        Ok(name)
    }
}

async fn what_a_dry_run_lists_is_what_is_sent_name_by_name(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let mut desk = Desk { varde, hr, sent: Vec::new() };
    let cohort = desk.varde.ask(&desk.hr, CREATE, spring()).await?["createCohort"]["cohort"].clone();
    let id = &cohort["id"];
    let enrol = "mutation ($input: EnrolLeadersInput!) { enrolLeaders(input: $input) { errors { code message path } } }";
    let numbers = ["10005", "10015", "10034", "10059", "10080", "10100"];
    let input = json!({ "cohortId": id, "employeeNumbers": numbers, "reason": "avtalt" });
    desk.varde.ask(&desk.hr, enrol, json!({ "input": input })).await?;

    // Since they were proposed, one went missing from the file, one has left, one has no address, one wants less mail.
    let missing = desk.change("10034", |p| p.missing_since = "2026-11-20".parse().ok()).await?;
    let gone = desk.change("10059", |p| p.employed.to = "2026-11-20".parse().ok()).await?;
    let without = desk.change("10080", |p| p.email = String::new()).await?;
    desk.change("10100", |p| p.muted = true).await?;
    let published = desk.keeps_its_word("publishCohort", &json!({ "cohortId": id }), 3).await?;
    let mut left_out: Vec<(&str, &str, &str)> = Vec::new();
    for place in published["leftOut"].as_array().context("leftOut")? {
        let text = |value: &'_ Value| value.as_str().map(str::to_owned).unwrap_or_default();
        let (name, state, reason) =
            (text(&place["person"]["displayName"]), text(&place["state"]), text(&place["reason"]));
        left_out.push((name.leak(), state.leak(), reason.leak()));
    }
    left_out.sort_unstable();
    let mut expected = [
        (missing.as_str(), "PROPOSED", "Ikke invitert: mangler i HR-filen."),
        (gone.as_str(), "WITHDRAWN", "Har sluttet."),
        (without.as_str(), "PROPOSED", "Ikke invitert: har ingen e-postadresse."),
    ];
    expected.sort_unstable();
    assert_eq!(left_out, expected);

    // Three say yes, and one more comes in and says yes.
    let more = json!({ "cohortId": id, "employeeNumbers": ["10113"], "reason": "avtalt" });
    desk.keeps_its_word("enrolLeaders", &more, 1).await?;
    accept_all(&desk).await?;
    desk.varde.run_due().await?;
    desk.varde.new_mails();
    desk.new_sent().await?;

    // Of the four with a seat one has left without the scheduler knowing, and one has lost the address.
    desk.change("10113", |p| p.employed.to = "2026-11-20".parse().ok()).await?;
    desk.change("10015", |p| p.email = String::new()).await?;
    let [first, second, third] = [0, 1, 2].map(|at| cohort["gatherings"][at]["id"].clone());
    desk.keeps_its_word("editGathering", &json!({ "gatheringId": first, "room": "Møterom 9" }), 2).await?;
    let off = json!({ "gatheringId": second, "reason": "Kursleder er syk" });
    desk.keeps_its_word("cancelGathering", &off, 2).await?;
    desk.keeps_its_word("editCohort", &json!({ "cohortId": id, "place": "Vikersund" }), 6).await?;
    let add = json!({ "cohortId": id, "gathering": { "title": "Ekstra dag", "date": "2027-04-21" } });
    desk.keeps_its_word("addGathering", &add, 2).await?;
    ensure!(third.is_string(), "three gatherings");

    // Closing: the one who has left is out by then, and the reminders on the way are no part of it.
    desk.varde.move_to(at("2027-05-03T08:00:00Z")).await?;
    desk.hr = desk.varde.coordinator().await?;
    desk.varde.new_mails();
    let all = "{ mails(states: [SENT], first: 100) { totalCount } }";
    ensure!(
        desk.varde.ask(&desk.hr, all, json!({})).await?["mails"]["totalCount"].as_u64() < Some(100),
        "one page"
    );
    desk.new_sent().await?;
    let close = json!({ "cohortId": id, "missingAsAbsent": true });
    desk.keeps_its_word("completeCohort", &close, 2).await?;
    Ok(())
}

async fn accept_all(desk: &Desk) -> Result<()> {
    let places = "{ cohort(code: \"NYL-2027-V\") { enrolments(first: 50) { nodes { id state } } } }";
    let places = desk.varde.ask(&desk.hr, places, json!({})).await?;
    let change = "mutation ($id: ID!) { changeEnrolment(input: { enrolmentId: $id, change: PLACE_PAST_THE_LINE, reason: \"svarte ja\" }) { errors { code message } } }";
    for place in places["cohort"]["enrolments"]["nodes"].as_array().context("places")? {
        if place["state"] == "INVITED" {
            desk.varde.ask(&desk.hr, change, json!({ "id": place["id"] })).await?;
        }
    }
    Ok(())
}

/// Whatever can be done to a draft, and months going by.
async fn nothing_is_sent_before_publishing(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let cohort = varde.ask(&hr, CREATE, spring()).await?["createCohort"]["cohort"].clone();
    let id = &cohort["id"];
    let gathering = |at: usize| &cohort["gatherings"][at]["id"];
    let enrol = json!({ "cohortId": id, "employeeNumbers": ["10005", "10015", "10034"], "reason": "avtalt" });
    let steps = [
        ("enrolLeaders", enrol),
        ("proposeNewLeaders", json!({})),
        ("editCohort", json!({ "cohortId": id, "place": "Vikersund", "capacity": 4 })),
        ("editGathering", json!({ "gatheringId": gathering(0), "date": "2027-01-14", "room": "Møterom 9" })),
        ("cancelGathering", json!({ "gatheringId": gathering(1), "reason": "Kursleder er syk" })),
        (
            "addGathering",
            json!({ "cohortId": id, "gathering": { "title": "Ekstra dag", "date": "2027-02-10" } }),
        ),
        ("changeReminderPolicy", json!({ "key": "onboarding/gathering_in_a_week", "at": "09:00:00" })),
        ("addClosedDay", json!({ "day": "2027-01-07", "name": "Planleggingsdag" })),
        ("publishCohort", json!({ "cohortId": id, "dryRun": true })),
    ];
    for (mutation, input) in steps {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let document = format!(
            "mutation ($input: {kind}!) {{ {mutation}(input: $input) {{ errors {{ code message path }} }} }}"
        );
        varde.ask(&hr, &document, json!({ "input": input })).await?;
        varde.run_due().await?;
        assert_eq!(varde.mails().len(), 0, "{mutation}");
    }
    let places = "{ cohort(code: \"NYL-2027-V\") { enrolments(first: 50) { totalCount nodes { id } } } }";
    let places = varde.ask(&hr, places, json!({})).await?["cohort"]["enrolments"].clone();
    ensure!(places["totalCount"].as_u64() > Some(3), "new leaders are proposed too: {places}");
    let out = "mutation ($id: ID!) { changeEnrolment(input: { enrolmentId: $id, change: WITHDRAW, reason: \"byttet\" }) { errors { code message } } }";
    varde.ask(&hr, out, json!({ "id": places["nodes"][0]["id"] })).await?;
    // Past every deadline and reminder that a published cohort would have had, past its first and its last day.
    for day in ["2027-01-10T12:00:00Z", "2027-02-11T12:00:00Z", "2027-06-01T12:00:00Z"] {
        varde.move_to(at(day)).await?;
    }
    let hr = varde.coordinator().await?;
    let off = "mutation ($id: ID!) { cancelCohort(input: { cohortId: $id, reason: \"For få\" }) { errors { code message } } }";
    varde.ask(&hr, off, json!({ "id": id })).await?;
    varde.move_to(at("2027-06-10T12:00:00Z")).await?;
    assert_eq!(varde.mails().len(), 0);
    let hr = varde.coordinator().await?;
    let outbox = varde.ask(&hr, "{ mails { totalCount } }", json!({})).await?;
    assert_eq!(outbox["mails"]["totalCount"], 0, "nothing was even written");
    Ok(())
}
