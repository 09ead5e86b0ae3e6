//! P9, the national top leader programme: nominated, endorsed from a mail, ranked by a panel within the quota, told at once,
//! moved up from the reserve, and run to the end with a development project of one's own.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::{
    harness::{Harness, Mail},
    http::Http,
};

use super::p01_onboarding::{answer, at, mailbox, recipients, sorted, states};

/// Heads of departments, and the heads of the clinics above them.
const SILJE: &str = "10390";
const MARIUS: &str = "10415";
const TROND: &str = "10435";
const KJERSTI: &str = "10479";
const IVAR: &str = "10517";
const KRISTIN: &str = "10015";
const EIVIND: &str = "10034";
/// Two directors of staffs, who sit in the panel together with Kristin.
const TONE: &str = "10167";
const TORILL: &str = "10273";

pub(super) const NOMINATE: &str = "mutation ($input: NominateInput!) { nominate(input: $input) {
    nomination { nominationId state version explanation } mails { letter } errors { code message path } } }";
pub(super) const ROUND: &str = "query ($code: String!) { nominationRound(code: $code) { id state version
    panel { person { employeeNumber } ranked missing ruledOut }
    ties { nominations { id nominee { employeeNumber } } }
    conflicts { nomination { nominee { employeeNumber } } person { employeeNumber } asEndorser text }
    nominations(first: 100) { nodes { id state version explanation
        nominee { employeeNumber email } nominator { employeeNumber } endorser { employeeNumber }
        endorsement { endorsed reason overrideReason }
        decision { place reserveNumber position of mean ballots ruledOut tied settledReason } } } } }";
pub(super) const PANEL: &str = "query ($code: String!) { myPanelNominations(roundCode: $code, first: 100) {
    nodes { nominationId nomineeName motivation conflict rank } } }";
pub(super) const RANK: &str = "mutation ($code: String!, $ids: [ID!]!) {
    rankNominations(input: { roundCode: $code, nominationIds: $ids }) { ranked errors { code message path } } }";
pub(super) const PREPARE: &str = "mutation ($code: String!) { prepareOutcomes(input: { roundCode: $code }) {
    round { state } placed reserves errors { code message path } } }";
pub(super) const SEND: &str = "mutation ($code: String!, $dry: Boolean!) {
    sendOutcomes(input: { roundCode: $code, dryRun: $dry }) {
        round { state } placed reserves mails { letter recipientName } errors { code message path } } }";

#[tokio::test(flavor = "multi_thread")]
async fn p09_from_the_nomination_to_the_completed_programme_on_sqlite() -> Result<()> {
    Box::pin(journey(Engine::Sqlite)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn p09_from_the_nomination_to_the_completed_programme_on_postgresql() -> Result<()> {
    Box::pin(journey(Engine::Postgres)).await
}

/// A client of an employed person, who need not have an account yet.
pub(super) async fn person(varde: &Harness, number: &str) -> Result<Http> {
    let email = email_of(varde, number).await?;
    match varde.sign_in(&email).await {
        Ok(client) => Ok(client),
        Err(_) => varde.sign_in_person(number).await,
    }
}

pub(super) async fn email_of(varde: &Harness, number: &str) -> Result<String> {
    let person = varde.person(number).await?;
    let found = varde_persistence::people::find(varde.app.store(), varde.org, person).await?;
    Ok(found.context("person")?.email)
}

/// Nominates oneself, or somebody who reports to one; handed in unless it is to stay a draft.
pub(super) async fn nominate(
    varde: &Harness,
    code: &str,
    by: &str,
    whom: Option<&str>,
    submit: bool,
) -> Result<Value> {
    let client = person(varde, by).await?;
    let input = json!({ "roundCode": code, "employeeNumber": whom, "submit": submit,
        "motivation": "Har vist at avdelingen får til mer sammen med andre.",
        "project": whom.is_none().then_some("Kortere vei fra henvisning til behandling.") });
    Ok(varde.ask(&client, NOMINATE, json!({ "input": input })).await?["nominate"].take())
}

/// Opens the link in a mail and fills in the form of the page.
pub(super) async fn endorse(varde: &Harness, mail: &Mail, yes: bool, reason: &str) -> Result<u16> {
    let link = mail.link().with_context(|| format!("no link in {}", mail.text))?;
    let page = varde.http.get(&link).await?;
    assert_eq!(page.status(), 200, "{}", page.text().await?);
    let endorsed = if yes { "yes" } else { "no" };
    let fields = [("act", "send"), ("endorsed", endorsed), ("reason", reason)];
    let done = varde.http.submit(&link, &fields).await?;
    Ok(done.status().as_u16())
}

/// The nomination of a nominee in a round.
pub(super) fn of<'v>(round: &'v Value, number: &str) -> &'v Value {
    let all = round["nominations"]["nodes"].as_array().expect("nominations");
    all.iter().find(|one| one["nominee"]["employeeNumber"] == number).expect("a nominee")
}

pub(super) async fn round(varde: &Harness, code: &str) -> Result<Value> {
    let hr = varde.coordinator().await?;
    Ok(varde.ask(&hr, ROUND, json!({ "code": code })).await?["nominationRound"].take())
}

/// The mail to somebody whose subject begins with these words.
pub(super) fn to<'m>(mails: &'m [Mail], email: &str, begins: &str) -> Result<&'m Mail> {
    let found = mails.iter().find(|mail| mail.to == email && mail.subject.starts_with(begins));
    found.with_context(|| format!("no mail «{begins}» to {email}: {:?}", recipients(mails)))
}

async fn journey(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let mut everything: Vec<Mail> = Vec::new();
    open(&varde).await?;
    nominations(&varde, &mut everything).await?;
    endorsements(&varde, &mut everything).await?;
    panel(&varde).await?;
    outcomes(&varde, &mut everything).await?;
    course(&varde, &mut everything).await?;
    insta::assert_snapshot!("mailbox_of_the_national_programme", mailbox(&everything));
    Ok(())
}

/// The cohort is published with nobody in it: its places are given by nomination.
async fn open(varde: &Harness) -> Result<()> {
    let hr = varde.coordinator().await?;
    let days = [
        "2027-02-02",
        "2027-02-03",
        "2027-04-06",
        "2027-04-07",
        "2027-06-01",
        "2027-06-02",
        "2027-09-07",
        "2027-09-08",
        "2027-11-02",
        "2027-11-03",
        "2028-01-11",
        "2028-01-12",
    ];
    let days: Vec<Value> = days.iter().map(|day| json!({ "date": day })).collect();
    let create = "mutation ($input: CreateCohortInput!) { createCohort(input: $input) { cohort { id } errors { code message path } } }";
    let cohort = json!({ "input": { "programme": "national_top_leader", "code": "NTP-2027", "title": "2027",
        "capacity": 2, "place": "Nasjonalt kurssenter", "gatherings": days } });
    varde.ask(&hr, create, cohort).await?;
    let run = "mutation ($round: CreateNominationRoundInput!) {
        publishCohort(input: { cohortCode: \"NTP-2027\" }) { cohort { state } errors { code message } }
        createNominationRound(input: $round) { round { code state quota reserves } errors { code message path } }
        openNominationRound(input: { roundCode: \"NTP-2027\" }) { round { state } errors { code message } } }";
    let round = json!({ "cohortCode": "NTP-2027", "opens": "2026-11-23", "closes": "2026-12-04",
        "endorseBy": "2026-12-11", "reserves": 1, "panel": [TONE, TORILL, KRISTIN] });
    let done = varde.ask(&hr, run, json!({ "round": round })).await?;
    assert_eq!(done["createNominationRound"]["round"]["quota"], 2, "the cohort's seats");
    assert_eq!(done["openNominationRound"]["round"]["state"], "OPEN");
    Ok(())
}

/// Oneself, a leader of one's own, a draft that is reminded of, and one that is never handed in.
async fn nominations(varde: &Harness, everything: &mut Vec<Mail>) -> Result<()> {
    let draft = nominate(varde, "NTP-2027", SILJE, None, false).await?;
    assert_eq!((&draft["nomination"]["state"], &draft["mails"]), (&json!("DRAFT"), &json!([])), "{draft}");
    nominate(varde, "NTP-2027", TROND, None, false).await?;
    for number in [KJERSTI, IVAR, EIVIND] {
        let done = nominate(varde, "NTP-2027", number, None, true).await?;
        assert_eq!(done["nomination"]["state"], "SUBMITTED", "{done}");
    }
    // The line manager writes; she is not the independent voice.
    nominate(varde, "NTP-2027", KRISTIN, Some(MARIUS), true).await?;
    let now = round(varde, "NTP-2027").await?;
    assert_eq!(of(&now, MARIUS)["endorser"]["employeeNumber"], "10005", "{now}");
    assert_eq!(of(&now, KJERSTI)["endorser"]["employeeNumber"], EIVIND);

    // Somebody else's leader is not there to be found, and nobody is nominated twice.
    let kristin = person(varde, KRISTIN).await?;
    let refused =
        |whom: &str| json!({ "input": { "roundCode": "NTP-2027", "employeeNumber": whom, "submit": false } });
    for (whom, code) in [(KJERSTI, "NOT_FOUND"), (SILJE, "TAKEN")] {
        let answer = kristin.graphql(NOMINATE, refused(whom)).await?.data()?;
        assert_eq!(answer["nominate"]["errors"][0]["code"], code, "{answer}");
    }
    // A leader of a unit is not at strategic level.
    let of_a_unit = person(varde, "13984").await?;
    let outside = of_a_unit.graphql(NOMINATE, json!({ "input": { "roundCode": "NTP-2027" } })).await?;
    assert_eq!(outside.data()?["nominate"]["errors"][0]["code"], "OUTSIDE_AUDIENCE");

    // Three working days before the close the drafts are reminded of; Silje hands hers in.
    varde.move_to(at("2026-12-02T12:00:00Z")).await?;
    let reminded = varde.new_mails();
    for number in [SILJE, TROND] {
        to(&reminded, &email_of(varde, number).await?, "Nominasjonen er ikke sendt inn")?;
    }
    let silje = person(varde, SILJE).await?;
    let edit = "mutation ($id: ID!) { editNomination(input: { nominationId: $id, submit: true }) {
        nomination { state } mails { letter } errors { code message path } } }";
    let id = draft["nomination"]["nominationId"].clone();
    let done = varde.ask(&silje, edit, json!({ "id": id })).await?;
    assert_eq!(done["editNomination"]["nomination"]["state"], "SUBMITTED");
    everything.extend(reminded);
    Ok(())
}

/// Yes and no from the mail, with a reason either way; one that comes late, taken by the coordinator.
async fn endorsements(varde: &Harness, everything: &mut Vec<Mail>) -> Result<()> {
    varde.run_due().await?;
    everything.extend(varde.new_mails());
    let asked = |number: &'static str| {
        let (mails, name) = (everything.clone(), number);
        async move {
            let nominee = varde.person(name).await?;
            let nominee = varde_persistence::people::find(varde.app.store(), varde.org, nominee).await?;
            let name = nominee.context("nominee")?.name();
            let found =
                mails.into_iter().find(|mail| mail.subject.starts_with(&format!("{name} er nominert")));
            found.with_context(|| format!("nobody was asked about {name}"))
        }
    };
    for number in [SILJE, MARIUS, KJERSTI] {
        let mail = asked(number).await?;
        // Without a reason nothing is taken, and what was chosen stays.
        let link = mail.link().context("a link")?;
        let half = varde.http.submit(&link, &[("act", "send"), ("endorsed", "yes"), ("reason", " ")]).await?;
        assert_eq!(half.status(), 422);
        assert_eq!(endorse(varde, &mail, true, "Leder godt og er moden for mer.").await?, 303);
        // The same answer again is taken, another is not.
        let again =
            varde.http.submit(&link, &[("act", "send"), ("endorsed", "no"), ("reason", "Nei")]).await?;
        assert_eq!(again.status(), 409);
        assert_eq!(varde.http.get(&link).await?.status(), 200, "what was said is shown");
    }
    let to_ivar = asked(IVAR).await?;
    assert_eq!(endorse(varde, &to_ivar, false, "For kort tid i rollen ennå.").await?, 303);

    // The director does not answer about Eivind: reminded, and over.
    let about_eivind = asked(EIVIND).await?;
    varde.move_to(at("2026-12-12T12:00:00Z")).await?;
    everything.extend(varde.new_mails());
    to(everything, &email_of(varde, "10005").await?, "Påminnelse: Eivind Solberg er nominert")?;
    let link = about_eivind.link().context("a link")?;
    assert_eq!(varde.http.get(&link).await?.status(), 410);
    let late = varde.http.submit(&link, &[("act", "send"), ("endorsed", "yes"), ("reason", "Ja")]).await?;
    assert_eq!(late.status(), 410);
    let now = round(varde, "NTP-2027").await?;
    let states: Vec<(&str, &str)> = [SILJE, MARIUS, TROND, KJERSTI, IVAR, EIVIND]
        .iter()
        .map(|number| (*number, of(&now, number)["state"].as_str().unwrap()))
        .collect();
    assert_eq!(
        states,
        [
            (SILJE, "ENDORSED"),
            (MARIUS, "ENDORSED"),
            (TROND, "LAPSED"),
            (KJERSTI, "ENDORSED"),
            (IVAR, "NOT_ENDORSED"),
            (EIVIND, "LAPSED"),
        ]
    );
    let hr = varde.coordinator().await?;
    let record = "mutation ($id: ID!) { recordEndorsement(input: { nominationId: $id, endorsed: true,
        reason: \"Har min fulle støtte.\", overrideReason: \"Direktøren var på reise.\" }) {
        nomination { state } errors { code message path } } }";
    let done = varde.ask(&hr, record, json!({ "id": of(&now, EIVIND)["id"] })).await?;
    assert_eq!(done["recordEndorsement"]["nomination"]["state"], "ENDORSED");
    Ok(())
}

/// Each ranks what she or he may judge; Kristin neither her own leaders nor whom she nominated.
async fn panel(varde: &Harness) -> Result<()> {
    for (member, order) in [
        (TONE, vec!["Silje", "Eivind", "Kjersti", "Marius"]),
        (TORILL, vec!["Eivind", "Silje", "Kjersti", "Marius"]),
        (KRISTIN, vec!["Eivind", "Kjersti"]),
    ] {
        let client = person(varde, member).await?;
        let sheet = varde.ask(&client, PANEL, json!({ "code": "NTP-2027" })).await?;
        let sheet = sheet["myPanelNominations"]["nodes"].as_array().context("nodes")?.clone();
        assert_eq!(sheet.len(), 4, "{sheet:?}");
        let id = |name: &&str| {
            let found = sheet.iter().find(|one| one["nomineeName"].as_str().unwrap().starts_with(*name));
            found.unwrap()["nominationId"].clone()
        };
        let ruled_out: Vec<&Value> = sheet.iter().filter(|one| !one["conflict"].is_null()).collect();
        assert_eq!(ruled_out.len(), 4 - order.len(), "{member}: {ruled_out:?}");
        assert!(ruled_out.iter().all(|one| one["motivation"] == ""), "{ruled_out:?}");
        if member == KRISTIN {
            let all: Vec<Value> = ["Eivind", "Kjersti", "Silje"].iter().map(id).collect();
            let own = client.graphql(RANK, json!({ "code": "NTP-2027", "ids": all })).await?.data()?;
            assert_eq!(own["rankNominations"]["errors"][0]["code"], "CONFLICT_OF_INTEREST", "{own}");
        }
        let ids: Vec<Value> = order.iter().map(id).collect();
        varde.ask(&client, RANK, json!({ "code": "NTP-2027", "ids": ids })).await?;
    }
    // Who sits in no panel sees none.
    let stranger = person(varde, EIVIND).await?;
    let answer = varde.ask(&stranger, PANEL, json!({ "code": "NTP-2027" })).await?;
    assert_eq!(answer["myPanelNominations"], Value::Null);
    Ok(())
}

/// Prepared and looked over before anybody hears; then all at once. One says no, and the reserve moves up.
async fn outcomes(varde: &Harness, everything: &mut Vec<Mail>) -> Result<()> {
    let code = json!({ "code": "NTP-2027" });
    let hr = varde.coordinator().await?;
    let prepared = varde.ask(&hr, PREPARE, code.clone()).await?["prepareOutcomes"].take();
    assert_eq!((&prepared["placed"], &prepared["reserves"]), (&json!(2), &json!(1)), "{prepared}");
    varde.run_due().await?;
    assert_eq!(recipients(&varde.new_mails()), Vec::<&str>::new(), "nobody hears of it");
    let silje = person(varde, SILJE).await?;
    let mine = varde.ask(&silje, "{ myNominations { state explanation } }", json!({})).await?;
    assert_eq!(mine["myNominations"][0]["state"], "ENDORSED", "nor sees it: {mine}");
    assert!(!mine.to_string().contains("rangerte"), "{mine}");

    let dry = varde.ask(&hr, SEND, json!({ "code": "NTP-2027", "dry": true })).await?["sendOutcomes"].take();
    varde.run_due().await?;
    assert_eq!(varde.new_mails().len(), 0);
    let sent =
        varde.ask(&hr, SEND, json!({ "code": "NTP-2027", "dry": false })).await?["sendOutcomes"].take();
    assert_eq!(dry["mails"], sent["mails"]);
    varde.run_due().await?;
    let told = varde.new_mails();
    assert_eq!(told.len(), 5, "two places, a reserve, no place, not endorsed: {:?}", recipients(&told));
    let refused = to(&told, &email_of(varde, IVAR).await?, "Svar på nominasjonen")?;
    assert!(refused.text.contains("leiaren gav henne ikkje"), "{}", refused.text);
    let behind = to(&told, &email_of(varde, MARIUS).await?, "Svar på nominasjonen")?;
    assert!(behind.text.contains("nummer 4 av 4"), "{}", behind.text);
    assert!(behind.text.contains("Ett medlem av panelet var inhabilt"), "{}", behind.text);
    let reserve = to(&told, &email_of(varde, KJERSTI).await?, "Du står i reserve")?;
    assert!(reserve.text.contains("nummer 1 i reserve"), "{}", reserve.text);

    let offered = to(&told, &email_of(varde, SILJE).await?, "Du er tilbudt plass")?;
    assert!(offered.text.contains("Du nominerte deg selv til"), "{}", offered.text);
    assert!(offered.text.contains("går den til den som står først i reserve"), "{}", offered.text);
    answer(varde, offered, "decline").await?;
    answer(varde, to(&told, &email_of(varde, EIVIND).await?, "Du er tilbudt plass")?, "accept").await?;
    varde.run_due().await?;
    let moved = varde.new_mails();
    answer(varde, to(&moved, &email_of(varde, KJERSTI).await?, "Ledig plass til deg")?, "accept").await?;
    everything.extend(told);
    everything.extend(moved);
    Ok(())
}

const ROSTER: &str = "{ cohort(code: \"NTP-2027\") { id state gatherings { id startsAt }
    enrolments(first: 100) { nodes { id state developmentProject person { employeeNumber } } } } }";

/// A year of six modules; the development project goes along and is the leader's own.
async fn course(varde: &Harness, everything: &mut Vec<Mail>) -> Result<()> {
    let kjersti = person(varde, KJERSTI).await?;
    let places = varde.ask(&kjersti, "{ myPlaces { enrolmentId } }", json!({})).await?;
    let place = places["myPlaces"][0]["enrolmentId"].clone();
    let edit = "mutation ($id: ID!, $text: String!) { editDevelopmentProject(input: { enrolmentId: $id, text: $text, version: 1 }) {
        text version errors { code message path } } }";
    let text = "Kortere vei fra henvisning til behandling, sammen med fastlegene.";
    let done = varde.ask(&kjersti, edit, json!({ "id": place, "text": text })).await?;
    assert_eq!(done["editDevelopmentProject"]["version"], 2);
    let hr = varde.coordinator().await?;
    let roster = varde.ask(&hr, ROSTER, json!({})).await?["cohort"].take();
    let own = roster["enrolments"]["nodes"].as_array().context("nodes")?;
    let own = own.iter().find(|one| one["person"]["employeeNumber"] == KJERSTI).context("a place")?;
    assert_eq!(own["developmentProject"], text);

    for gathering in roster["gatherings"].as_array().context("gatherings")? {
        let begins = at(gathering["startsAt"].as_str().context("startsAt")?);
        varde.move_to(begins + chrono::Duration::hours(8)).await?;
        let hr = varde.coordinator().await?;
        let record = "mutation ($gathering: ID!) {
            recordAttendance(input: { gatheringId: $gathering, everyoneElse: PRESENT }) { errors { code message } } }";
        varde.ask(&hr, record, json!({ "gathering": gathering["id"] })).await?;
    }
    let hr = varde.coordinator().await?;
    let complete =
        "mutation { completeCohort(input: { cohortCode: \"NTP-2027\" }) { errors { code message } } }";
    varde.ask(&hr, complete, json!({})).await?;
    varde.move_to(at("2028-01-20T12:00:00Z")).await?;
    everything.extend(varde.new_mails());
    let end = varde.ask(&varde.coordinator().await?, ROSTER, json!({})).await?["cohort"].take();
    assert_eq!(sorted(states(&end)), ["COMPLETED", "COMPLETED", "DECLINED"]);
    let kjersti = person(varde, KJERSTI).await?;
    let over = kjersti.graphql(edit, json!({ "id": place, "text": "For sent" })).await?.data()?;
    assert_eq!(over["editDevelopmentProject"]["errors"][0]["code"], "WRONG_STATE", "{over}");
    Ok(())
}
