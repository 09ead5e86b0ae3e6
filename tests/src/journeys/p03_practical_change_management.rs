//! P3, practical change management: a leader group enrols as one with its own case, and the benefits that it wants are
//! followed up after 3, 6 and 12 months.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::{
    harness::{Harness, Mail, NOVEMBER},
    http::Http,
};

use super::p01_onboarding::{answer, at, mailbox, recipients};

/// The head of the surgical clinic, and the four heads of department who report to her.
const CLINIC: &str = "10100";
const HEAD: &str = "10015";
const DEPARTMENTS: [&str; 4] = ["10390", "10415", "10435", "10455"];
/// An adviser who is added by hand.
const ADVISER: &str = "10009";

#[tokio::test(flavor = "multi_thread")]
async fn p03_a_leader_group_works_on_its_own_change_on_sqlite() -> Result<()> {
    journey(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn p03_a_leader_group_works_on_its_own_change_on_postgresql() -> Result<()> {
    journey(Engine::Postgres).await
}

const GROUP: &str = "leaderGroup { id name state version leader { employeeNumber } }
    members { included byHand reason person { employeeNumber } } mails { letter } errors { code path }";

const REPORT: &str = "query ($id: ID!) { leaderGroup(id: $id) { state changeCase { whatChanges whoIsTouched }
    followUpDates { month date }
    members { included enrolment { state } person { employeeNumber } }
    measures { measureId text target owner { employeeNumber }
        followUps { month standing figure comment escalatedAt asked { employeeNumber } } } } }";

/// Asks a mutation of leader groups, whatever it answers.
pub(super) async fn group(client: &Http, mutation: &str, input: Value) -> Result<Value> {
    let document = format!(
        "mutation ($input: {}Input!) {{ {mutation}(input: $input) {{ {GROUP} }} }}",
        mutation[..1].to_uppercase() + &mutation[1..]
    );
    let answer = client.graphql(&document, json!({ "input": input })).await?;
    Ok(answer.data().map_err(|error| anyhow::anyhow!("{error}"))?[mutation].take())
}

/// The same, which must not be refused.
pub(super) async fn done(client: &Http, mutation: &str, input: Value) -> Result<Value> {
    let answer = group(client, mutation, input).await?;
    anyhow::ensure!(answer["errors"] == json!([]), "{mutation}: {answer}");
    Ok(answer)
}

pub(super) fn numbers(members: &Value, included: bool) -> Vec<String> {
    let members = members.as_array().map(Vec::as_slice).unwrap_or_default();
    let wanted = members.iter().filter(|member| member["included"] == included);
    wanted.map(|member| member["person"]["employeeNumber"].as_str().unwrap_or_default().to_owned()).collect()
}

pub(super) async fn set_measure(client: &Http, input: Value) -> Result<Value> {
    let document = "mutation ($input: SetMeasureInput!) {
        setMeasure(input: $input) { measure { measureId version } errors { code path } } }";
    let answer = client.graphql(document, json!({ "input": input })).await?;
    Ok(answer.data().map_err(|error| anyhow::anyhow!("{error}"))?["setMeasure"].take())
}

/// Records everybody as present at a gathering, after it has ended.
pub(super) async fn everybody_was_there(varde: &Harness, gathering: &Value) -> Result<()> {
    let begins = at(gathering["startsAt"].as_str().context("startsAt")?);
    varde.move_to(begins + chrono::Duration::hours(8)).await?;
    let record = "mutation ($gathering: ID!) {
        recordAttendance(input: { gatheringId: $gathering, everyoneElse: PRESENT }) { errors { code message } } }";
    let hr = varde.coordinator().await?;
    varde.ask(&hr, record, json!({ "gathering": gathering["id"] })).await?;
    Ok(())
}

/// Fills in the page behind the link of a mail.
pub(super) async fn fill(varde: &Harness, mail: &Mail, fields: &[(&str, &str)]) -> Result<u16> {
    let link = mail.link().with_context(|| format!("no link in {}", mail.text))?;
    assert_eq!(varde.http.get(&link).await?.status(), 200);
    let sent: Vec<(&str, &str)> = fields.iter().copied().chain([("act", "send")]).collect();
    Ok(varde.http.submit(&link, &sent).await?.status().as_u16())
}

fn of<'m>(mails: &'m [Mail], to: &str, subject: &str) -> Vec<&'m Mail> {
    mails.iter().filter(|mail| mail.to.starts_with(to) && mail.subject.contains(subject)).collect()
}

async fn journey(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let create = "mutation ($input: CreateCohortInput!) { createCohort(input: $input) {
        cohort { id gatherings { id startsAt } } errors { code message path } } }";
    let cohort = json!({ "input": { "programme": "practical_change_management", "code": "END-1",
        "title": "Omstilling våren 2027", "place": "Fjordheim sykehus, Åsgata 1",
        "gatherings": [{ "date": "2027-01-20" }, { "date": "2027-01-21" }] } });
    let cohort = varde.ask(&hr, create, cohort).await?["createCohort"]["cohort"].take();
    let all = enrolled_as_one(&varde, &hr, &cohort).await?;
    let (id, mut mails) = all;
    let benefits = wanted(&varde, &id).await?;

    for gathering in cohort["gatherings"].as_array().context("gatherings")? {
        everybody_was_there(&varde, gathering).await?;
    }
    let complete =
        "mutation ($id: ID!) { completeCohort(input: { cohortId: $id }) { errors { code message } } }";
    varde.ask(&varde.coordinator().await?, complete, json!({ "id": cohort["id"] })).await?;
    varde.move_to(at("2027-04-20T12:00:00Z")).await?;
    mails.extend(varde.new_mails());

    after_three_months(&varde, &id, &benefits, &mut mails).await?;
    after_six_months(&varde, &id, &mut mails).await?;
    after_a_year(&varde, &id, &mut mails).await?;
    insta::assert_snapshot!("mailbox_of_practical_change_management", mailbox(&mails));
    Ok(())
}

/// The group is put in, adjusted, asked through its leader, and gets its seats.
async fn enrolled_as_one(varde: &Harness, hr: &Http, cohort: &Value) -> Result<(Value, Vec<Mail>)> {
    let single = "mutation ($cohort: ID!, $numbers: [String!]!) {
        enrolLeaders(input: { cohortId: $cohort, employeeNumbers: $numbers }) { errors { code } } }";
    let single = hr.graphql(single, json!({ "cohort": cohort["id"], "numbers": [HEAD] })).await?;
    let single = single.data().map_err(|error| anyhow::anyhow!("{error}"))?;
    assert_eq!(single["enrolLeaders"]["errors"][0]["code"], "ENROLS_AS_GROUP");

    let mut input = json!({ "cohortCode": "END-1", "unitCode": CLINIC, "dryRun": true });
    let tried = done(hr, "enrolLeaderGroup", input.clone()).await?;
    let five = [HEAD, DEPARTMENTS[0], DEPARTMENTS[1], DEPARTMENTS[2], DEPARTMENTS[3]];
    assert_eq!(numbers(&tried["members"], true)[0], HEAD, "the leader comes first");
    input["dryRun"] = json!(false);
    input["idempotencyKey"] = json!("klinikken");
    let enrolled = done(hr, "enrolLeaderGroup", input.clone()).await?;
    assert_eq!(
        (&enrolled["leaderGroup"]["state"], &enrolled["leaderGroup"]["name"]),
        (&json!("PROPOSED"), &json!("Klinikk for kirurgi"))
    );
    let again = done(hr, "enrolLeaderGroup", input.clone()).await?;
    assert_eq!(again["leaderGroup"]["id"], enrolled["leaderGroup"]["id"], "the same key happens once");
    let mut found = numbers(&enrolled["members"], true);
    found.sort();
    assert_eq!(found, five);
    input["idempotencyKey"] = Value::Null;
    let twice = group(hr, "enrolLeaderGroup", input).await?;
    assert_eq!(twice["errors"][0]["code"], "ALREADY_IN_COHORT", "{twice}");
    let outside = json!({ "cohortCode": "END-1", "unitCode": "100" });
    let outside = group(hr, "enrolLeaderGroup", outside).await?;
    assert_eq!(outside["errors"][0]["code"], "OUTSIDE_AUDIENCE", "the director's level is not meant");

    let id = enrolled["leaderGroup"]["id"].clone();
    let without = json!({ "leaderGroupId": id, "add": [ADVISER], "leaveOut": [DEPARTMENTS[3]] });
    let without = group(hr, "changeLeaderGroupMembers", without).await?;
    assert_eq!(without["errors"][0]["code"], "REASON_REQUIRED");
    let adjusted = json!({ "leaderGroupId": id, "add": [ADVISER], "leaveOut": [DEPARTMENTS[3]],
        "reason": "Rådgiveren leder prosjektet; karkirurgi berøres ikke", "version": 1 });
    let adjusted = done(hr, "changeLeaderGroupMembers", adjusted).await?;
    assert_eq!(numbers(&adjusted["members"], false), [DEPARTMENTS[3]]);
    assert!(numbers(&adjusted["members"], true).contains(&ADVISER.to_owned()));
    let head = json!({ "leaderGroupId": id, "leaveOut": [HEAD], "reason": "Nei" });
    let head = group(hr, "changeLeaderGroupMembers", head).await?;
    assert_eq!(head["errors"][0]["code"], "LEADS_THE_GROUP");

    let publish = "mutation ($id: ID!) { publishCohort(input: { cohortId: $id }) { mails { letter } errors { code } } }";
    let early = hr.graphql(publish, json!({ "id": cohort["id"] })).await?;
    let early = early.data().map_err(|error| anyhow::anyhow!("{error}"))?;
    assert_eq!(early["publishCohort"]["errors"][0]["code"], "CHANGE_CASE_MISSING", "a case comes first");
    let case = json!({ "leaderGroupId": id, "whatChanges": "To sengeposter blir én, med felles vaktlag",
        "whoIsTouched": "64 ansatte, og pasientene på begge postene" });
    done(hr, "editLeaderGroup", case).await?;
    varde.ask(hr, publish, json!({ "id": cohort["id"] })).await?;
    varde.run_due().await?;
    let mut mails = varde.new_mails();
    assert_eq!(recipients(&mails), ["kristin.martinsen@fjordheim.example"], "her alone, on behalf of all");
    assert!(mails[0].text.contains("To sengeposter blir én"), "{}", mails[0].text);
    assert!(mails[0].text.contains("Kristin Strøm") && !mails[0].text.contains("May Knudsen"));

    // She does not answer until her reminder; then she says yes.
    varde.move_to(at("2026-12-04T12:00:00Z")).await?;
    let reminded = varde.new_mails();
    assert_eq!(recipients(&reminded), ["kristin.martinsen@fjordheim.example"], "{reminded:#?}");
    answer(varde, &mails[0], "accept").await?;
    varde.run_due().await?;
    mails.extend(reminded);
    let told = varde.new_mails();
    let confirmed = told.iter().filter(|mail| mail.calendar.is_none()).count();
    let invited = told.iter().filter(|mail| mail.calendar.is_some()).count();
    assert_eq!((confirmed, invited), (5, 10), "{:?}", recipients(&told));
    mails.extend(told);

    // Somebody joins and somebody leaves afterwards: into the cohort, and out of it.
    let hr = varde.coordinator().await?;
    let later = json!({ "leaderGroupId": id, "add": [DEPARTMENTS[3]], "leaveOut": [ADVISER],
        "reason": "Karkirurgi er med likevel" });
    done(&hr, "changeLeaderGroupMembers", later).await?;
    varde.run_due().await?;
    let report = varde.ask(&hr, REPORT, json!({ "id": id })).await?["leaderGroup"].take();
    let places: Vec<(String, Value)> = report["members"]
        .as_array()
        .context("members")?
        .iter()
        .map(|member| {
            let number = member["person"]["employeeNumber"].as_str().unwrap_or_default().to_owned();
            (number, member["enrolment"]["state"].clone())
        })
        .collect();
    assert!(places.contains(&(ADVISER.to_owned(), json!("WITHDRAWN"))), "{places:?}");
    assert!(places.contains(&(DEPARTMENTS[3].to_owned(), json!("ENROLLED"))), "{places:?}");
    mails.extend(varde.new_mails());
    Ok((id, mails))
}

/// What the group wants of its change.
async fn wanted(varde: &Harness, id: &Value) -> Result<Vec<Value>> {
    let hr = varde.coordinator().await?;
    let bare = json!({ "leaderGroupId": id, "kind": "BENEFIT", "text": "Kortere liggetid",
        "ownerEmployeeNumber": DEPARTMENTS[0] });
    let bare = set_measure(&hr, bare).await?;
    let missing: Vec<&Value> =
        bare["errors"].as_array().context("errors")?.iter().map(|error| &error["path"][0]).collect();
    assert_eq!(missing, ["indicator", "target"], "a benefit is measured: {bare}");
    let stranger = json!({ "leaderGroupId": id, "kind": "ACTION", "text": "Møte",
        "ownerEmployeeNumber": ADVISER });
    assert_eq!(set_measure(&hr, stranger).await?["errors"][0]["code"], "NOT_IN_GROUP");
    let mut written = Vec::new();
    for (text, owner, target) in [
        ("Kortere liggetid", DEPARTMENTS[0], "3,5 døgn"),
        ("Færre flyttinger mellom poster", DEPARTMENTS[2], "under 20 i måneden"),
    ] {
        let measure = json!({ "leaderGroupId": id, "kind": "BENEFIT", "text": text, "indicator": "Styringsdata",
            "baseline": "4,1 døgn", "target": target, "ownerEmployeeNumber": owner });
        let measure = set_measure(&hr, measure).await?;
        assert_eq!(measure["errors"], json!([]), "{measure}");
        written.push(measure["measure"]["measureId"].clone());
    }
    let report = varde.ask(&hr, REPORT, json!({ "id": id })).await?;
    assert_eq!(
        report["leaderGroup"]["followUpDates"],
        json!([{ "month": 3, "date": "2027-04-21" }, { "month": 6, "date": "2027-07-21" },
            { "month": 12, "date": "2028-01-21" }])
    );
    Ok(written)
}

async fn measures(varde: &Harness, id: &Value) -> Result<Vec<Value>> {
    let hr = varde.coordinator().await?;
    let report = varde.ask(&hr, REPORT, json!({ "id": id })).await?["leaderGroup"]["measures"].take();
    Ok(report.as_array().context("measures")?.clone())
}

/// One owner answers; the other is reminded, and then the coordinator hears.
async fn after_three_months(
    varde: &Harness,
    id: &Value,
    benefits: &[Value],
    mails: &mut Vec<Mail>,
) -> Result<()> {
    varde.move_to(at("2027-04-21T12:00:00Z")).await?;
    let asked = varde.new_mails();
    assert_eq!(asked.len(), 2, "{:?}", recipients(&asked));
    let silje = of(&asked, "silje.berntsen", "Oppfølging etter 3 måneder")[0].clone();
    assert!(silje.text.contains("Kortere liggetid") && silje.text.contains("3,5 døgn"), "{}", silje.text);
    assert!(!silje.text.contains("flyttinger"), "each is asked about her own");
    let removed = "mutation ($id: ID!) { removeMeasure(input: { measureId: $id }) { errors { code } } }";
    let hr = varde.coordinator().await?;
    let removed = hr.graphql(removed, json!({ "id": benefits[0] })).await?;
    let removed = removed.data().map_err(|error| anyhow::anyhow!("{error}"))?;
    assert_eq!(removed["removeMeasure"]["errors"][0]["code"], "FOLLOWED_UP");

    assert_eq!(fill(varde, &silje, &[("figure-1", "3,9 døgn")]).await?, 422, "where does it stand?");
    let filled =
        [("standing-1", "under_way"), ("figure-1", "3,9 døgn"), ("comment-1", "Felles vaktlag fra mai")];
    assert_eq!(fill(varde, &silje, &filled).await?, 303);
    let page = varde.http.get(&silje.link().context("link")?).await?.text().await?;
    assert!(page.contains("3,9 døgn") && page.contains("svaret ditt er lagret"), "{page}");
    mails.extend(asked);

    varde.move_to(at("2027-05-05T12:00:00Z")).await?;
    let later = varde.new_mails();
    assert_eq!(of(&later, "silje.berntsen", "").len(), 0, "whoever has answered is left alone: {later:#?}");
    assert_eq!(of(&later, "trond.vik", "Påminnelse om oppfølging").len(), 1, "{later:#?}");
    assert_eq!(of(&later, "coordinator", "Oppfølging uten svar").len(), 1, "{later:#?}");
    mails.extend(later);
    let overdue = "{ overdueFollowUps { measure { text } followUp { month asked { employeeNumber } }
        leaderGroup { id } } }";
    let hr = varde.coordinator().await?;
    let overdue = varde.ask(&hr, overdue, json!({})).await?["overdueFollowUps"].take();
    assert_eq!(
        overdue,
        json!([{ "measure": { "text": "Færre flyttinger mellom poster" },
            "followUp": { "month": 3, "asked": { "employeeNumber": DEPARTMENTS[2] } },
            "leaderGroup": { "id": id } }])
    );
    // He answers by telephone.
    let record = "mutation ($input: FollowUpInput!) { recordFollowUp(input: $input) { errors { code } } }";
    let said = json!({ "input": { "measureId": benefits[1], "month": 3, "standing": "NOT_BEGUN" } });
    varde.ask(&hr, record, said).await?;
    let overdue = varde.ask(&hr, "{ overdueFollowUps { measure { text } } }", json!({})).await?;
    assert_eq!(overdue["overdueFollowUps"], json!([]));
    Ok(())
}

/// The HR file with the last day of one of its rows.
fn without(number: &str, last_day: &str) -> Result<&'static [u8]> {
    let file = String::from_utf8(NOVEMBER.to_vec())?;
    let line = file.lines().find(|line| line.starts_with(&format!("{number};"))).context("line")?;
    let mut row: Vec<&str> = line.split(';').collect();
    for cell in [12, 16] {
        *row.get_mut(cell).context("cell")? = last_day;
    }
    Ok(Box::leak(file.replacen(line, &row.join(";"), 1).into_bytes().into_boxed_slice()))
}

/// The owner of the second benefit has left: the group's leader is asked in his place.
async fn after_six_months(varde: &Harness, id: &Value, mails: &mut Vec<Mail>) -> Result<()> {
    varde.import("hr.csv", without(DEPARTMENTS[2], "30.06.2027")?).await?;
    varde.move_to(at("2027-07-21T12:00:00Z")).await?;
    let asked = varde.new_mails();
    let subject = "Oppfølging etter 6 måneder";
    assert_eq!(of(&asked, "trond.vik", subject).len(), 0, "{asked:#?}");
    let head = of(&asked, "kristin.martinsen", subject)[0].clone();
    assert!(head.text.contains("Færre flyttinger") && head.text.contains("Trond Vik"), "{}", head.text);
    assert_eq!(
        fill(varde, &head, &[("standing-1", "given_up"), ("comment-1", "Postene er én nå")]).await?,
        303
    );
    let silje = of(&asked, "silje.berntsen", subject)[0].clone();
    assert_eq!(fill(varde, &silje, &[("standing-1", "reached"), ("figure-1", "3,4 døgn")]).await?, 303);
    mails.extend(asked);
    let measures = measures(varde, id).await?;
    assert_eq!(measures[1]["followUps"][1]["asked"]["employeeNumber"], HEAD);
    Ok(())
}

/// What was given up is not asked about again; what was reached is. The report tells the year, to its members too.
async fn after_a_year(varde: &Harness, id: &Value, mails: &mut Vec<Mail>) -> Result<()> {
    varde.move_to(at("2028-01-21T12:00:00Z")).await?;
    let asked = varde.new_mails();
    assert_eq!(recipients(&asked), ["silje.berntsen@fjordheim.example"], "{asked:#?}");
    assert_eq!(fill(varde, &asked[0], &[("standing-1", "reached"), ("figure-1", "3,3 døgn")]).await?, 303);
    varde.move_to(at("2028-02-20T12:00:00Z")).await?;
    mails.extend(asked);
    mails.extend(varde.new_mails());
    let told: Vec<Value> = measures(varde, id)
        .await?
        .iter()
        .map(|measure| {
            let at = measure["followUps"].as_array().cloned().unwrap_or_default();
            let at = at.iter().map(|one| json!([one["month"], one["standing"], one["figure"]]));
            json!([measure["text"], at.collect::<Vec<_>>()])
        })
        .collect();
    assert_eq!(
        Value::from(told),
        json!([
            [
                "Kortere liggetid",
                [[3, "UNDER_WAY", "3,9 døgn"], [6, "REACHED", "3,4 døgn"], [12, "REACHED", "3,3 døgn"]]
            ],
            ["Færre flyttinger mellom poster", [[3, "NOT_BEGUN", null], [6, "GIVEN_UP", null]]]
        ])
    );
    let mine = "{ myLeaderGroups { name state leaderName memberNames measures { text isMine ownerName
        followUps { month standing comment } } } }";
    let member = varde.sign_in_person(DEPARTMENTS[1]).await?;
    let own = varde.ask(&member, mine, json!({})).await?["myLeaderGroups"].take();
    assert_eq!((&own[0]["state"], &own[0]["leaderName"]), (&json!("COMPLETED"), &json!("Kristin Martinsen")));
    assert_eq!(own[0]["measures"][0]["followUps"][0]["comment"], "Felles vaktlag fra mai");
    let other = varde.sign_in_person("10479").await?;
    assert_eq!(varde.ask(&other, mine, json!({})).await?["myLeaderGroups"], json!([]), "for the group alone");
    let member =
        member.graphql("query ($id: ID!) { leaderGroup(id: $id) { name } }", json!({ "id": id })).await?;
    assert!(member.data().is_err(), "the coordinators' view is theirs");
    Ok(())
}
