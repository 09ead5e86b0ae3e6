//! A large round of nominations: sixty nominees for twelve places. Endorsements that come late, one that is handed on when
//! a department moves, a tie at the last place, a conflict of interest that an import brings after the panel has ranked, a
//! withdrawal after the outcome; and each decision told.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::harness::{Harness, Mail, NOVEMBER};

use super::{
    p01_onboarding::{answer, at},
    p09_national_top_leader::{
        PANEL, PREPARE, RANK, ROUND, SEND, email_of, endorse, nominate, of, person, round, to,
    },
};
use crate::both::on_both;

on_both! {
    sixty_are_nominated_for_twelve_places_and_each_is_told_why
    an_endorsement_that_comes_to_stand_in_conflict_is_found_after_an_import
}

const CODE: &str = "NTP-60";
/// Heads of departments of one clinic, whose head, Kristin, sits in the panel.
const SILJE: &str = "10390";
const MARIUS: &str = "10415";
const KRISTIN: &str = "10015";
/// Heads of departments that move to that clinic: one before she has an answer, one after the panel has ranked.
const KJERSTI: &str = "10479";
const IVAR: &str = "10517";
/// Four directors of staffs, and Kristin.
const PANEL_OF: [&str; 5] = ["10167", "10227", "10273", "10330", KRISTIN];

/// The number, level and unit of those who lead for good, from the HR file.
fn leaders() -> Vec<(String, String)> {
    let file = String::from_utf8(NOVEMBER.to_vec()).unwrap();
    let row = |line: &str| -> Vec<String> { line.split(';').map(str::to_owned).collect() };
    let mut seen = BTreeSet::new();
    let rows = file.lines().skip(1).map(row);
    rows.filter(|row| row[12].is_empty() && row[16].is_empty() && !row[3].is_empty())
        .map(|row| (row[0].clone(), row[10].clone()))
        .filter(|(number, _)| seen.insert(number.clone()))
        .collect()
}

/// Sixty: every head of a department, and heads of units.
fn nominees() -> Vec<String> {
    let all = leaders();
    let at = |level: &'static str| all.iter().filter(move |one| one.1 == level).map(|one| one.0.clone());
    at("3").chain(at("4")).take(60).collect()
}

/// The HR file with departments moved to Kristin's clinic.
fn with_moved(units: &[&str]) -> &'static [u8] {
    let file = String::from_utf8(NOVEMBER.to_vec()).unwrap();
    let moved = file.lines().map(|line| {
        let mut row: Vec<&str> = line.split(';').collect();
        if units.contains(&row[4]) {
            row[7] = "10100";
        }
        row.join(";")
    });
    let moved: Vec<String> = moved.collect();
    Box::leak(format!("{}\n", moved.join("\n")).into_bytes().into_boxed_slice())
}

async fn sixty_are_nominated_for_twelve_places_and_each_is_told_why(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let all = nominees();
    assert_eq!(all.len(), 60);
    // Who is not endorsed, is endorsed late, twice over, is never answered about, and takes it back.
    let [opposed, by_hand, reopened, lapsed, withdrawn] = [50, 51, 52, 53, 54].map(|at| all[at].clone());
    open(&varde).await?;
    for number in &all {
        let done = nominate(&varde, CODE, number, None, true).await?;
        assert_eq!(done["nomination"]["state"], "SUBMITTED", "{number}: {done}");
    }
    varde.run_due().await?;
    let asked = varde.new_mails();
    assert_eq!(asked.len(), 60);

    // Most line managers answer at once.
    let silent = [&by_hand, &reopened, &lapsed].map(String::as_str);
    for number in
        all.iter().map(String::as_str).filter(|number| !silent.contains(number) && *number != KJERSTI)
    {
        let mail = about(&varde, &asked, number).await?;
        let yes = number != opposed;
        assert_eq!(endorse(&varde, mail, yes, "Har vært leder lenge nok til å vite det.").await?, 303);
    }
    let taken_back = person(&varde, &withdrawn).await?;
    let withdraw = "mutation ($id: ID!) { withdrawNomination(input: { nominationId: $id }) { nomination { state } errors { code message } } }";
    let now = round(&varde, CODE).await?;
    varde.ask(&taken_back, withdraw, json!({ "id": of(&now, &withdrawn)["id"] })).await?;

    handed_on(&varde, about(&varde, &asked, KJERSTI).await?).await?;
    late(&varde, about(&varde, &asked, &reopened).await?, &by_hand, &reopened).await?;
    let now = round(&varde, CODE).await?;
    assert_eq!(of(&now, &lapsed)["state"], "LAPSED");
    assert_eq!(of(&now, &opposed)["state"], "NOT_ENDORSED");

    rank(&varde, &all).await?;
    tie(&varde).await?;
    let hr = varde.coordinator().await?;
    let first = varde.ask(&hr, PREPARE, json!({ "code": CODE })).await?["prepareOutcomes"].take();
    assert_eq!((&first["placed"], &first["reserves"]), (&json!(12), &json!(6)), "{first}");

    conflict_by_import(&varde).await?;
    let told = outcomes(&varde).await?;
    moves_up(&varde, &told, &all).await?;
    explained(&varde, &all).await
}

async fn open(varde: &Harness) -> Result<()> {
    // For heads of units as well, so that there are sixty: a version of the trust's own.
    let source = include_str!("../../../config/catalogue/programmes/national_top_leader.toml");
    let source =
        source.replace("levels = [1, 2, 3]", "levels = [1, 2, 3, 4]").replace("version = 1", "version = 2");
    let publish = "mutation ($source: String!) { publishProgramme(input: { source: $source }) {
        programme { levels } errors { code message path } } }";
    let admin = varde.sign_in("administrator@fjordheim.example").await?;
    varde.ask(&admin, publish, json!({ "source": source })).await?;
    let hr = varde.coordinator().await?;
    let run = "mutation ($cohort: CreateCohortInput!, $round: CreateNominationRoundInput!) {
        createCohort(input: $cohort) { errors { code message path } }
        publishCohort(input: { cohortCode: \"NTP-60\" }) { errors { code message path } }
        createNominationRound(input: $round) { errors { code message path } }
        openNominationRound(input: { roundCode: \"NTP-60\" }) { errors { code message path } } }";
    let cohort = json!({ "programme": "national_top_leader", "code": CODE, "capacity": 12, "answerDays": 14,
        "gatherings": [{ "date": "2027-02-02" }, { "date": "2027-02-03" }] });
    let round = json!({ "cohortCode": CODE, "opens": "2026-11-23", "closes": "2026-12-04", "endorseBy": "2026-12-11",
        "quota": 12, "reserves": 6, "panel": PANEL_OF });
    varde.ask(&hr, run, json!({ "cohort": cohort, "round": round })).await?;
    Ok(())
}

/// The request about a nominee.
async fn about<'m>(varde: &Harness, mails: &'m [Mail], number: &str) -> Result<&'m Mail> {
    let person = varde.person(number).await?;
    let found = varde_persistence::people::find(varde.app.store(), varde.org, person).await?;
    let begins = format!("{} er nominert", found.context("person")?.name());
    let english = begins.replace(" er nominert", " is nominated");
    let found =
        mails.iter().find(|mail| mail.subject.starts_with(&begins) || mail.subject.starts_with(&english));
    found.with_context(|| format!("nobody was asked about {number}"))
}

/// Kjersti's department moves before her line manager has answered: the new one is asked, and the old link is over.
async fn handed_on(varde: &Harness, old: &Mail) -> Result<()> {
    varde.move_to(at("2026-12-08T09:00:00Z")).await?;
    varde.new_mails();
    varde.import("moved.csv", with_moved(&["20500"])).await?;
    varde.run_due().await?;
    let now = round(varde, CODE).await?;
    assert_eq!(of(&now, KJERSTI)["endorser"]["employeeNumber"], KRISTIN);
    let gone = varde.http.get(&old.link().context("a link")?).await?;
    assert_eq!(gone.status(), 410);
    assert!(gone.text().await?.contains("trenger ikke lenger svar fra deg"));
    let mails = varde.new_mails();
    let new = about(varde, &mails, KJERSTI).await?;
    assert_eq!(new.to, email_of(varde, KRISTIN).await?);
    assert_eq!(endorse(varde, new, true, "Nytt hos meg, men godt kjent.").await?, 303);
    Ok(())
}

/// After the deadline nothing is taken; a coordinator writes one answer down, and asks once more for another.
async fn late(varde: &Harness, asked: &Mail, by_hand: &str, reopened: &str) -> Result<()> {
    varde.move_to(at("2026-12-12T09:00:00Z")).await?;
    varde.new_mails();
    let link = asked.link().context("a link")?;
    let fields = [("act", "send"), ("endorsed", "yes"), ("reason", "Ja")];
    assert_eq!(varde.http.submit(&link, &fields).await?.status(), 410);
    let now = round(varde, CODE).await?;
    let hr = varde.coordinator().await?;
    let run = "mutation ($one: ID!, $other: ID!) {
        recordEndorsement(input: { nominationId: $one, endorsed: true, reason: \"Sagt i telefonen.\",
            overrideReason: \"Lederen var syk.\" }) { nomination { state } errors { code message path } }
        reopenEndorsement(input: { nominationId: $other, until: \"2026-12-14\", reason: \"E-posten ble borte.\" }) {
            nomination { state } mails { letter } errors { code message path } } }";
    let ids = json!({ "one": of(&now, by_hand)["id"], "other": of(&now, reopened)["id"] });
    let done = varde.ask(&hr, run, ids).await?;
    assert_eq!(done["recordEndorsement"]["nomination"]["state"], "ENDORSED");
    assert_eq!(done["reopenEndorsement"]["nomination"]["state"], "SUBMITTED");
    let waits = hr.graphql(PREPARE, json!({ "code": CODE })).await?.data()?;
    assert_eq!(waits["prepareOutcomes"]["errors"][0]["code"], "ENDORSEMENTS_OUTSTANDING", "{waits}");
    varde.run_due().await?;
    let mails = varde.new_mails();
    let again = about(varde, &mails, reopened).await?;
    assert_eq!(again.link(), asked.link(), "the link of the first mail works again");
    assert_eq!(endorse(varde, again, true, "Beklager at det ble sent.").await?, 303);
    Ok(())
}

/// Everybody ranks in the order of the list, but for two whom half of them puts the other way round.
async fn rank(varde: &Harness, all: &[String]) -> Result<()> {
    let mut order: Vec<&str> =
        all.iter().map(String::as_str).filter(|one| ![SILJE, MARIUS].contains(one)).collect();
    order.splice(11..11, [SILJE, MARIUS]);
    for (index, member) in PANEL_OF.iter().enumerate() {
        let client = person(varde, member).await?;
        let sheet = varde.ask(&client, PANEL, json!({ "code": CODE })).await?;
        let sheet = sheet["myPanelNominations"]["nodes"].as_array().context("nodes")?.clone();
        assert_eq!(sheet.len(), 57, "all but the opposed, the lapsed and the withdrawn");
        let now = round(varde, CODE).await?;
        let mut own = order.clone();
        if index % 2 == 1 {
            own.swap(11, 12);
        }
        let free =
            |id: &Value| sheet.iter().any(|one| one["nominationId"] == *id && one["conflict"].is_null());
        let ids: Vec<Value> = own.iter().map(|one| of(&now, one)["id"].clone()).filter(free).collect();
        if *member == KRISTIN {
            let short = client.graphql(RANK, json!({ "code": CODE, "ids": ids[1..] })).await?.data()?;
            assert_eq!(short["rankNominations"]["errors"][0]["code"], "RANKING_INCOMPLETE", "{short}");
            assert!(ids.len() < 57, "she may not judge her own");
        }
        varde.ask(&client, RANK, json!({ "code": CODE, "ids": ids })).await?;
    }
    Ok(())
}

/// Twelve places, and two who stand alike at the twelfth: settled by hand, with a reason.
async fn tie(varde: &Harness) -> Result<()> {
    let hr = varde.coordinator().await?;
    let refused = hr.graphql(PREPARE, json!({ "code": CODE })).await?.data()?;
    assert_eq!(refused["prepareOutcomes"]["errors"][0]["code"], "TIE_UNSETTLED", "{refused}");
    let now = round(varde, CODE).await?;
    let ties = now["ties"].as_array().context("ties")?;
    let alike: BTreeSet<&str> = ties[0]["nominations"]
        .as_array()
        .context("nominations")?
        .iter()
        .filter_map(|one| one["nominee"]["employeeNumber"].as_str())
        .collect();
    assert_eq!((ties.len(), alike), (1, BTreeSet::from([SILJE, MARIUS])));
    let settle = "mutation ($ids: [ID!]!, $reason: String!) { settleTie(input: { roundCode: \"NTP-60\",
        nominationIds: $ids, reason: $reason }) { round { ties { nominations { id } } } errors { code message path } } }";
    let [silje, marius] = [SILJE, MARIUS].map(|number| of(&now, number)["id"].clone());
    let half = hr.graphql(settle, json!({ "ids": [marius], "reason": "Han først" })).await?.data()?;
    assert_eq!(half["settleTie"]["errors"][0]["code"], "RANKING_INCOMPLETE", "{half}");
    let ids = json!({ "ids": [marius, silje], "reason": "" });
    let mute = hr.graphql(settle, ids).await?.data()?;
    assert_eq!(mute["settleTie"]["errors"][0]["code"], "REASON_REQUIRED", "{mute}");
    let ids = json!({ "ids": [marius, silje], "reason": "Panelet la vekt på lengre erfaring." });
    let settled = varde.ask(&hr, settle, ids).await?;
    assert_eq!(settled["settleTie"]["round"]["ties"], json!([]));
    Ok(())
}

/// Ivar's department moves to the clinic of Kristin, who has ranked him: her word on him falls away, and what was prepared
/// with it.
async fn conflict_by_import(varde: &Harness) -> Result<()> {
    let before = round(varde, CODE).await?;
    assert_eq!(before["state"], "PREPARED");
    varde.move_to(at("2026-12-14T09:00:00Z")).await?;
    varde.import("moved-again.csv", with_moved(&["20500", "20600"])).await?;
    let now = round(varde, CODE).await?;
    assert_eq!(now["state"], "CLOSED", "what was prepared is thrown away");
    let conflicts = now["conflicts"].as_array().context("conflicts")?;
    let found = conflicts.iter().find(|one| one["nomination"]["nominee"]["employeeNumber"] == IVAR);
    let found = found.context("a conflict")?;
    assert_eq!((&found["person"]["employeeNumber"], &found["asEndorser"]), (&json!(KRISTIN), &json!(false)));
    let hr = varde.coordinator().await?;
    varde.ask(&hr, PREPARE, json!({ "code": CODE })).await?;
    let after = round(varde, CODE).await?;
    let decided = |round: &Value| of(round, IVAR)["decision"].clone();
    assert_eq!((&decided(&before)["ruledOut"], &decided(&after)["ruledOut"]), (&json!(0), &json!(1)));
    Ok(())
}

async fn outcomes(varde: &Harness) -> Result<Vec<Mail>> {
    let hr = varde.coordinator().await?;
    varde.run_due().await?;
    varde.new_mails();
    let sent = varde.ask(&hr, SEND, json!({ "code": CODE, "dry": false })).await?["sendOutcomes"].take();
    assert_eq!(
        (&sent["placed"], &sent["reserves"], &sent["round"]["state"]),
        (&json!(12), &json!(6), &json!("SENT"))
    );
    assert_eq!(sent["mails"].as_array().context("mails")?.len(), 59, "everybody but the one who withdrew");
    varde.run_due().await?;
    let told = varde.new_mails();
    assert_eq!(told.len(), 59);
    let again = hr.graphql(SEND, json!({ "code": CODE, "dry": false })).await?.data()?;
    assert_eq!(again["sendOutcomes"]["errors"][0]["code"], "WRONG_STATE", "{again}");
    Ok(told)
}

/// The first one with a place takes it and gives it back: the first in reserve is offered it.
async fn moves_up(varde: &Harness, told: &[Mail], all: &[String]) -> Result<()> {
    let placed = email_of(varde, &all[2]).await?;
    answer(varde, to(told, &placed, "Du er tilb")?, "accept").await?;
    varde.run_due().await?;
    let confirmed = varde.new_mails();
    let confirmed = confirmed.iter().find(|mail| mail.to == placed && mail.calendar.is_none());
    answer(varde, confirmed.context("a confirmation")?, "withdraw").await?;
    varde.run_due().await?;
    let now = round(varde, CODE).await?;
    let nodes = now["nominations"]["nodes"].as_array().context("nodes")?;
    let first = nodes.iter().find(|one| one["decision"]["reserveNumber"] == 1).context("a reserve")?;
    assert_eq!(first["nominee"]["employeeNumber"], SILJE, "she stood alike and came second");
    let moved = "En plass ble ledig. Den nominerte sto først i reserve og fikk tilbudet 14. desember 2026.";
    assert!(first["explanation"].to_string().contains(moved), "{first}");
    to(&varde.new_mails(), first["nominee"]["email"].as_str().context("email")?, "Ledig plass til deg")?;
    Ok(())
}

/// Why, for each of the sixty.
async fn explained(varde: &Harness, all: &[String]) -> Result<()> {
    let hr = varde.coordinator().await?;
    let now = varde.ask(&hr, ROUND, json!({ "code": CODE })).await?["nominationRound"].take();
    let mut lines = Vec::new();
    for number in all {
        let one = of(&now, number);
        let why: Vec<&str> =
            one["explanation"].as_array().context("why")?.iter().filter_map(Value::as_str).collect();
        assert!(!why.is_empty(), "{number}");
        lines.push(format!("{number} {:<12} {}", one["state"].as_str().unwrap_or_default(), why.join(" ")));
    }
    insta::assert_snapshot!("each_decision_explained", lines.join("\n"));
    Ok(())
}

/// Whoever endorsed Silje comes to stand below her: it comes to the inbox, and is asked anew, or written down where nobody
/// independent is left.
async fn an_endorsement_that_comes_to_stand_in_conflict_is_found_after_an_import(
    engine: Engine,
) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    open(&varde).await?;
    nominate(&varde, CODE, SILJE, None, true).await?;
    varde.run_due().await?;
    let mails = varde.new_mails();
    assert_eq!(endorse(&varde, about(&varde, &mails, SILJE).await?, true, "Klar for mer.").await?, 303);
    let inbox = "{ inbox(first: 100) { nodes { kind reason proposedAct { operation } } } }";
    let of_nominations = |inbox: &Value| -> Vec<(String, String)> {
        let nodes = inbox["inbox"]["nodes"].as_array().unwrap();
        let own =
            nodes.iter().filter(|one| ["CONFLICT", "ENDORSEMENT"].contains(&one["kind"].as_str().unwrap()));
        let told = own.map(|one| {
            [&one["reason"], &one["proposedAct"]["operation"]].map(|it| it.as_str().unwrap().to_owned())
        });
        told.map(|[reason, act]| (reason, act)).collect()
    };
    let hr = varde.coordinator().await?;
    assert_eq!(of_nominations(&varde.ask(&hr, inbox, json!({})).await?), []);

    // She takes over as director.
    varde.move_to(at("2026-12-08T09:00:00Z")).await?;
    let file = String::from_utf8(NOVEMBER.to_vec())?;
    let above = |line: &str| {
        let mut row: Vec<&str> = line.split(';').collect();
        if row[0] == SILJE {
            (row[4], row[5], row[6], row[7]) = ("100", "Fjordheim sykehus HF", "HF", "");
            (row[10], row[11]) = ("1", "01.12.2026");
        }
        row.join(";")
    };
    let rows: Vec<String> = file.lines().map(above).collect();
    varde
        .import("director.csv", Box::leak(format!("{}\n", rows.join("\n")).into_bytes().into_boxed_slice()))
        .await?;
    let hr = varde.coordinator().await?;
    let conflict = ("CONFLICT".to_owned(), "reopen-endorsement".to_owned());
    assert_eq!(of_nominations(&varde.ask(&hr, inbox, json!({})).await?), [conflict]);
    let now = round(&varde, CODE).await?;
    let conflicts = now["conflicts"].as_array().context("conflicts")?;
    let found = conflicts.iter().find(|one| one["asEndorser"] == true).context("a conflict")?;
    assert_eq!(found["person"]["employeeNumber"], KRISTIN, "{now}");

    // An endorsement that does not count is none: she does not come before the panel, and is told why.
    varde.ask(&hr, PREPARE, json!({ "code": CODE })).await?;
    let prepared = round(&varde, CODE).await?;
    let silje = of(&prepared, SILJE);
    assert_eq!(silje["decision"], Value::Null, "{silje}");
    let why =
        "Den som ga tilslutning, er inhabil, så tilslutningen gjelder ikke. Programmet krever tilslutning.";
    assert_eq!(silje["explanation"], json!([why]));

    let reopen = "mutation ($id: ID!) { reopenEndorsement(input: { nominationId: $id, until: \"2026-12-14\", reason: \"Inhabil\" }) {
        nomination { state endorser { employeeNumber } } mails { letter } errors { code message path } } }";
    let id = json!({ "id": of(&now, SILJE)["id"] });
    let done = varde.ask(&hr, reopen, id.clone()).await?["reopenEndorsement"].take();
    assert_eq!((&done["nomination"]["endorser"], &done["mails"]), (&Value::Null, &json!([])), "{done}");
    varde
        .import("director.csv", Box::leak(format!("{}\n", rows.join("\n")).into_bytes().into_boxed_slice()))
        .await?;
    let nobody = ("NO_ENDORSER".to_owned(), "name-a-line-manager".to_owned());
    assert_eq!(of_nominations(&varde.ask(&hr, inbox, json!({})).await?), [nobody]);
    let record = "mutation ($id: ID!) { recordEndorsement(input: { nominationId: $id, endorsed: true,
        reason: \"Styrelederen støtter den.\", overrideReason: \"Styrelederen er ikke ansatt.\" }) {
        nomination { state } errors { code message path } } }";
    varde.ask(&hr, record, id).await?;
    assert_eq!(of_nominations(&varde.ask(&hr, inbox, json!({})).await?), []);
    Ok(())
}
