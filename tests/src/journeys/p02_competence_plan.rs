//! P2, the competence plan: from the import of new leaders over their own assessment and what they agree on with their line
//! managers to the last item done, and on to a new version of the plan.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::{
    harness::{DECEMBER, Harness, Mail},
    http::Http,
};

use super::{
    daily,
    p01_onboarding::{answer, at, spring},
    p12_check_in::{page, press},
};
use crate::both::on_both;

on_both! {
    p02_from_the_import_to_the_last_item_and_the_renewed_plan
    p02_nobody_but_the_two_sees_how_a_leader_rates
}

/// The eight who lead since December, but for the one who leaves and the one who never answers.
const SIX: [&str; 6] = ["11093", "12349", "12525", "12840", "13734", "14257"];
const LEAVES: &str = "19999";
/// The column of an HR file with the last day of employment.
const LAST_DAY: usize = 16;

/// Reads a rating for each item of the form on the page: confident, but for some.
fn rated(shown: &str, act: &str, but: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut form: BTreeMap<String, String> = shown
        .split("name=\"rating-")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|key| (format!("rating-{key}"), "confident".to_owned()))
        .collect();
    form.extend(but.iter().map(|(key, rating)| (format!("rating-{key}"), (*rating).to_owned())));
    form.retain(|_, rating| !rating.is_empty());
    form.insert("act".to_owned(), act.to_owned());
    form.into_iter().collect()
}

async fn send(varde: &Harness, path: &str, form: &[(String, String)]) -> Result<u16> {
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    press(varde, path, &form).await
}

/// The mails about plans, by address and subject; everything else is left out.
fn of_plans(mails: Vec<Mail>) -> Vec<Mail> {
    mails.into_iter().filter(|mail| mail.link_to("/plan/").is_some()).collect()
}

fn counted(mails: &[Mail]) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for mail in mails {
        // Whose plan it is makes no difference to the count.
        let subject = mail.subject.split(" til ").next().unwrap_or_default();
        *counted.entry(subject.to_owned()).or_default() += 1;
    }
    counted
}

async fn address(varde: &Harness, number: &str) -> Result<String> {
    let hr = varde.coordinator().await?;
    let ask = "query ($number: String!) { person(employeeNumber: $number) { email } }";
    let found = varde.ask(&hr, ask, json!({ "number": number })).await?;
    Ok(found["person"]["email"].as_str().context("an address")?.to_owned())
}

fn to<'m>(mails: &'m [Mail], address: &str) -> Result<&'m Mail> {
    mails.iter().find(|mail| mail.to == address).with_context(|| format!("no mail to {address}"))
}

async fn states(varde: &Harness) -> Result<BTreeMap<String, String>> {
    let hr = varde.coordinator().await?;
    let ask = "{ competencePlans(first: 100) { nodes { state leader { employeeNumber } } } }";
    let found = varde.ask(&hr, ask, json!({})).await?;
    let nodes = found["competencePlans"]["nodes"].as_array().context("nodes")?.clone();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Ok(nodes.iter().map(|one| (text(&one["leader"]["employeeNumber"]), text(&one["state"]))).collect())
}

/// The file of December, in which one leader's last day stands.
fn without_the_leaver() -> Result<&'static [u8]> {
    let file = String::from_utf8(DECEMBER.to_vec())?;
    let row = |line: &str| {
        let mut cells: Vec<&str> = line.split(';').collect();
        if cells.first() == Some(&LEAVES) {
            cells[LAST_DAY] = "31.12.2026";
        }
        cells.join(";")
    };
    let file = file.lines().map(row).collect::<Vec<_>>().join("\r\n") + "\r\n";
    Ok(Box::leak(file.into_bytes().into_boxed_slice()))
}

async fn begin(varde: &Harness) -> Result<()> {
    daily::begin(varde).await?;
    let hr = varde.coordinator().await?;
    let rules = "mutation { setCompetencePlanRules(input: { appointedFrom: \"2026-12-01\" }) {
        rules { appointedFrom remindAfterDays noticeDays } errors { code message path } } }";
    varde.ask(&hr, rules, json!({})).await?;
    varde.move_to(at("2026-12-02T09:00:00Z")).await?;
    varde.new_mails();
    varde.import("hr-export-2026-12.csv", DECEMBER).await?;
    varde.run_due().await?;
    Ok(())
}

/// Publishes the spring's onboarding, and lets one leader take a place in it.
async fn onboarding(varde: &Harness, leader: &str) -> Result<Vec<Value>> {
    let hr = varde.coordinator().await?;
    let create = "mutation ($input: CreateCohortInput!) { createCohort(input: $input) {
        cohort { id gatherings { id } } errors { code message path } } }";
    let mut input = spring();
    input["input"]["capacity"] = json!(200);
    let cohort = varde.ask(&hr, create, input).await?["createCohort"]["cohort"].take();
    let propose = "mutation { proposeNewLeaders(input: {}) { errors { code } } }";
    varde.ask(&hr, propose, json!({})).await?;
    let publish =
        "mutation ($id: ID!) { publishCohort(input: { cohortId: $id }) { errors { code message } } }";
    varde.ask(&hr, publish, json!({ "id": cohort["id"] })).await?;
    varde.run_due().await?;
    let invited = varde.new_mails();
    let own = invited.iter().find(|mail| mail.to == leader && mail.link().is_some());
    answer(varde, own.context("an invitation")?, "accept").await?;
    varde.run_due().await?;
    varde.new_mails();
    Ok(cohort["gatherings"].as_array().context("gatherings")?.clone())
}

async fn p02_from_the_import_to_the_last_item_and_the_renewed_plan(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    begin(&varde).await?;
    let opened = of_plans(varde.new_mails());
    assert_eq!(opened.len(), 8, "each new leader at level 4 hears of a plan: {:?}", counted(&opened));
    ensure!(states(&varde).await?.values().all(|state| state == "DRAFT"));
    let mut log = vec![json!({ "imported": counted(&opened) })];

    let else_bakke = address(&varde, SIX[0]).await?;
    let gatherings = onboarding(&varde, &else_bakke).await?;
    let leaders = to(&opened, &else_bakke)?.link_to("/plan/").context("a page")?;

    // What is missing is told beside the item, and what was rated is kept.
    let missing = [
        ("values", "needs_training"),
        ("budget", "needs_training"),
        ("invoices", "some"),
        ("purchasing", "confident"),
        ("readiness", "confident"),
        ("privacy", ""),
    ];
    let blank = page(&varde, &leaders).await?;
    let answer = varde.http.submit(&leaders, &as_pairs(&rated(&blank, "give", &missing))).await?;
    assert_eq!(answer.status(), 409);
    let shown = answer.text().await?;
    assert_eq!(shown.matches("class=\"error\"").count(), 1, "{shown}");
    let again = page(&varde, &leaders).await?;
    assert!(again.contains("name=\"rating-budget\" value=\"needs_training\" checked"), "{again}");
    let last = [("act", "give"), ("rating-privacy", "confident")];
    assert_eq!(press(&varde, &leaders, &last).await?, 303);
    for number in &SIX[1..] {
        let own = to(&opened, &address(&varde, number).await?)?.link_to("/plan/").context("a page")?;
        let form = rated(&page(&varde, &own).await?, "give", &[("budget", "some")]);
        assert_eq!(send(&varde, &own, &form).await?, 303);
    }
    varde.run_due().await?;
    let given = of_plans(varde.new_mails());
    log.push(json!({ "rated": counted(&given) }));
    let waiting = states(&varde).await?;
    assert_eq!(waiting.values().filter(|state| *state == "ASSESSED").count(), 6);

    // Coordinators see what the intake needs, in counts.
    let hr = varde.coordinator().await?;
    let needs = "query ($from: LocalDate) { competencePlanNeeds(appointedFrom: $from) { plans rated
        items { key needsTraining some confident } } }";
    let told = varde.ask(&hr, needs, json!({ "from": "2026-12-01" })).await?["competencePlanNeeds"].take();
    let budget = told["items"].as_array().context("items")?.iter().find(|item| item["key"] == "budget");
    assert_eq!((&told["plans"], &told["rated"]), (&json!(8), &json!(6)));
    // Of six the first five are counted, whatever day of the quarter is asked for.
    let count = |of: &str| budget.and_then(|it| it[of].as_u64()).context("a count");
    assert_eq!(count("needsTraining")? + count("some")? + count("confident")?, 5, "{told}");
    let other = varde.ask(&hr, needs, json!({ "from": "2026-12-24" })).await?["competencePlanNeeds"].take();
    assert_eq!(other, told, "no two windows differ by one leader");
    let nobody = varde.ask(&hr, needs, json!({ "from": "2027-01-01" })).await?["competencePlanNeeds"].take();
    assert_eq!(nobody, json!({ "plans": 0, "rated": 0, "items": null }), "no figure of fewer than five");

    // The line manager sees something differently; the leader gets the path.
    let manager = given.iter().find(|mail| mail.subject.contains("Else Bakke")).context("to agree")?;
    let managers = manager.link_to("/plan/").context("a page")?;
    let form = rated(&page(&varde, &managers).await?, "agree", &missing[..4]);
    let mut form: Vec<_> = form.into_iter().filter(|(name, _)| name != "rating-readiness").collect();
    form.push(("rating-readiness".to_owned(), "some".to_owned()));
    assert_eq!(send(&varde, &leaders, &form).await?, 422, "nobody agrees with oneself");
    assert_eq!(send(&varde, &managers, &form).await?, 303);
    varde.run_due().await?;
    let agreed = of_plans(varde.new_mails());
    log.push(json!({ "agreed": counted(&agreed) }));
    assert_eq!(states(&varde).await?[SIX[0]], "AGREED");
    let path = page(&varde, &leaders).await?;
    for found in ["Frist: 1. mars 2027", "Neste samlinger", "3. februar 2027", "Fakturasystemet for ledere"] {
        assert!(path.contains(found), "{found}: {path}");
    }

    // Who is waited for is reminded twice and not more; a leaver's plan ends; another line manager takes over.
    let former = given.iter().find(|mail| mail.subject.contains("Dag Lund")).context("to agree")?;
    let former = former.link_to("/plan/").context("a page")?;
    varde.move_to(at("2026-12-20T12:00:00Z")).await?;
    log.push(json!({ "December": counted(&of_plans(varde.new_mails())) }));
    let hr = varde.coordinator().await?;
    varde.import("hr-export-2027-01.csv", without_the_leaver()?).await?;
    let named = "mutation { setLineManagerOverride(input: { employeeNumber: \"12349\", managerEmployeeNumber: \"10015\",
        from: \"2027-01-04\" }) { errors { code message path } } }";
    varde.ask(&hr, named, json!({})).await?;
    varde.move_to(at("2027-01-12T12:00:00Z")).await?;
    let handed = of_plans(varde.new_mails());
    log.push(json!({ "handed over, and a leaver": counted(&handed) }));
    assert_eq!(states(&varde).await?[LEAVES], "ENDED");
    assert_eq!(varde.http.get(&former).await?.status(), 410, "the former line manager sees it no more");
    let head = address(&varde, "10015").await?;
    let taken = to(&handed, &head)?.link_to("/plan/").context("a page")?;
    let form = rated(&page(&varde, &taken).await?, "agree", &[("budget", "confident")]);
    assert_eq!(send(&varde, &taken, &form).await?, 303);
    assert_eq!(states(&varde).await?["12349"], "COMPLETED", "nothing is missing");

    // What was attended counts by itself.
    varde.move_to(at("2027-02-03T18:00:00Z")).await?;
    let hr = varde.coordinator().await?;
    for gathering in &gatherings[..2] {
        let record = "mutation ($id: ID!) { recordAttendance(input: { gatheringId: $id, records: [], everyoneElse: PRESENT }) {
            errors { code message path } } }";
        varde.ask(&hr, record, json!({ "id": gathering["id"] })).await?;
    }
    let path = page(&varde, &leaders).await?;
    assert_eq!(path.matches("Dekket av «").count(), 2, "values and budget: {path}");

    // Deadlines: told of once before and once on the day, all items in one mail; not what is done.
    varde.new_mails();
    varde.move_to(at("2027-02-20T12:00:00Z")).await?;
    let due = of_plans(varde.new_mails());
    log.push(json!({ "two weeks before the first deadline": counted(&due) }));
    let own = to(&due, &else_bakke)?;
    assert!(own.text.contains("Faktura") && !own.text.contains("Budsjett"), "{}", own.text);
    let done = |act, day| [("act", act), ("done_on", day)];
    assert_eq!(press(&varde, &leaders, &done("done invoices", "2027-02-21")).await?, 409, "a day to come");
    assert_eq!(press(&varde, &leaders, &done("done invoices", "2027-02-19")).await?, 303);
    varde.move_to(at("2027-03-10T12:00:00Z")).await?;
    log.push(json!({ "the first deadline": counted(&of_plans(varde.new_mails())) }));
    varde.move_to(at("2027-06-05T12:00:00Z")).await?;
    log.push(json!({ "the second deadline": counted(&of_plans(varde.new_mails())) }));
    assert_eq!(press(&varde, &leaders, &done("done readiness", "2027-06-04")).await?, 303);
    assert_eq!(states(&varde).await?[SIX[0]], "COMPLETED");
    assert_eq!(press(&varde, &leaders, &[("act", "not-done readiness")]).await?, 303);
    assert_eq!(states(&varde).await?[SIX[0]], "AGREED");
    assert_eq!(press(&varde, &leaders, &done("done readiness", "2027-06-05")).await?, 303);

    // A new version asks what it says anew, and nothing else.
    renewed(&varde, &mut log).await?;
    let asked = page(&varde, &leaders).await?;
    assert_eq!(asked.matches(" checked").count(), 31, "32 items, one asked anew");
    let give = [("act", "give"), ("rating-purchasing", "needs_training")];
    assert_eq!(press(&varde, &leaders, &give).await?, 303);
    let agree = rated(&page(&varde, &managers).await?, "agree", &[("purchasing", "needs_training")]);
    let agree: Vec<_> =
        agree.into_iter().filter(|(name, _)| name == "act" || name.ends_with("-purchasing")).collect();
    assert_eq!(send(&varde, &managers, &agree).await?, 303);
    let path = page(&varde, &leaders).await?;
    assert!(
        path.contains("Frist: 5. desember 2027"),
        "six months from the day on which it was asked: {path}"
    );
    assert_eq!(path.matches("Kryss av som gjort").count(), 1, "what was done stays done");
    insta::assert_json_snapshot!("p02_mails", log);
    Ok(())
}

async fn renewed(varde: &Harness, log: &mut Vec<Value>) -> Result<()> {
    let admin = varde.sign_in("administrator@fjordheim.example").await?;
    let files = "{ frameworks(first: 1) { nodes { files { path source } } } }";
    let files = varde.ask(&admin, files, json!({})).await?["frameworks"]["nodes"][0]["files"].take();
    let file = files.as_array().context("files")?.iter().find(|file| file["path"] == "plan.toml");
    let source = file.and_then(|file| file["source"].as_str()).context("a source")?;
    let source = source.replacen("Kjenne reglene for innkjøp", "Kjenne reglane og etikken for innkjøp", 1);
    let publish = "mutation ($source: String!) { publishFramework(input: { files: [{ path: \"plan.toml\", source: $source }] }) {
        framework { changes { key } } errors { code message path } } }";
    let published = varde.ask(&admin, publish, json!({ "source": source })).await?;
    ensure!(published["publishFramework"]["framework"]["changes"].as_array().map(Vec::len) == Some(1));
    let hr = varde.coordinator().await?;
    let renew = "mutation ($dry: Boolean!) { renewCompetencePlans(input: { dryRun: $dry }) { count asked
        mails { letter } errors { code message path } } }";
    let dry = varde.ask(&hr, renew, json!({ "dry": true })).await?;
    let done = varde.ask(&hr, renew, json!({ "dry": false })).await?;
    assert_eq!(dry, done, "the dry run says what happens");
    assert_eq!(done["renewCompetencePlans"]["asked"], json!(["purchasing"]));
    varde.run_due().await?;
    log.push(json!({ "renewed": counted(&of_plans(varde.new_mails())) }));
    Ok(())
}

fn as_pairs(form: &[(String, String)]) -> Vec<(&str, &str)> {
    form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

async fn p02_nobody_but_the_two_sees_how_a_leader_rates(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    begin(&varde).await?;
    let leader = varde.sign_in_person(SIX[0]).await?;
    let mine = "{ myCompetencePlans { planId party state } }";
    let own = varde.ask(&leader, mine, json!({})).await?["myCompetencePlans"][0].take();
    let rate = "mutation ($id: ID!) { rateCompetencePlan(input: { planId: $id,
        ratings: [{ item: \"budget\", rating: NEEDS_TRAINING }] }) { plan { items { key own } } errors { code message path } } }";
    varde.ask(&leader, rate, json!({ "id": own["planId"] })).await?;

    // Neither another leader nor a coordinator, whatever they ask.
    let read = "query ($id: ID!) { myCompetencePlan(id: $id) { items { key own } } }";
    let other = varde.sign_in_person(SIX[1]).await?;
    let seen = varde.ask(&other, read, json!({ "id": own["planId"] })).await?;
    assert_eq!(seen["myCompetencePlan"], Value::Null);
    let hr: Http = varde.coordinator().await?;
    let denied = hr.graphql(read, json!({ "id": own["planId"] })).await?;
    assert_eq!(denied.codes(), ["FORBIDDEN"], "{denied:?}");
    let refused = other.graphql(rate, json!({ "id": own["planId"] })).await?.data()?;
    assert_eq!(refused["rateCompetencePlan"]["errors"][0]["code"], "NOT_FOUND");

    // An unknown item, and handing in what is not rated whole, are refused with their paths.
    let wrong = rate.replace("\"budget\"", "\"climate\"");
    let wrong = leader.graphql(&wrong, json!({ "id": own["planId"] })).await?.data()?;
    let error = &wrong["rateCompetencePlan"]["errors"][0];
    assert_eq!((&error["code"], &error["path"][0]), (&json!("NOT_FOUND"), &json!("ratings")), "{error}");
    Ok(())
}
