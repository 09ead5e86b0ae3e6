//! A season with everything that goes wrong in one, and nobody is known from what was logged about it.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use base64::{Engine as _, prelude::BASE64_STANDARD as BASE64};
use serde_json::{Value, json};
use varde_mail::{Sender, SmtpOptions, Transport};
use varde_model::people::Person;
use varde_persistence::{
    Engine,
    people::{PersonFilter, page},
};
use varde_scheduler::{Options, Scheduler};
use varde_testkit::{
    harness::{DECEMBER, Harness, Mail, NOVEMBER, PASSWORD},
    http::Http,
    smtp::{Command, Fault, Smtp},
};

use super::{DEFAULT_AND_OURS, logged};
use crate::{faults::take_away, gateway::CREATE, library::ended};

const FAULTY: &[u8] = include_bytes!("../../../config/demo/hr-export-faulty-cp1252.csv");

/// What a leader writes is hers as well.
const REASON: &str = "Permisjon med barnebarnet Olava";

const IMPORT: &str = "mutation ($content: String!, $name: String!, $onFaults: OnFaults!) {
    importPeople(input: { content: $content, fileName: $name, onFaults: $onFaults }) { operation { id } errors { message } } }";

const FOLLOW: &str = "query ($id: ID!) { operation(id: $id) { state importReport { outcome } } }";

const INVITED: &str = "query { cohort(code: \"A\") { id
    enrolments(first: 100) { nodes { person { employeeNumber displayName email } } } } }";

#[tokio::test]
async fn no_log_tells_of_a_person_on_sqlite() -> Result<()> {
    no_log_tells_of_a_person(Engine::Sqlite).await
}

#[tokio::test]
async fn no_log_tells_of_a_person_on_postgresql() -> Result<()> {
    no_log_tells_of_a_person(Engine::Postgres).await
}

async fn no_log_tells_of_a_person(engine: Engine) -> Result<()> {
    let varde = Harness::start(engine).await?;
    let (seen, lines) = logged(DEFAULT_AND_OURS, Box::pin(season(engine, &varde))).await?;
    let log = lines.join("\n");
    for expected in [
        "a mail has failed",
        "waits for another attempt",
        "delivery unknown",
        "a page failed",
        "a fault",
        "cannot be composed",
        "an import of people failed",
    ] {
        assert!(log.contains(expected), "{expected:?} was not logged:\n{log}");
    }
    let names: BTreeSet<&str> =
        seen.people.iter().flat_map(|one| words(&one.given_name).chain(words(&one.family_name))).collect();
    let numbers: BTreeSet<&str> = seen.people.iter().map(|one| one.employee_number.as_str()).collect();
    for line in &lines {
        let name = words(line).find(|word| names.contains(word));
        let number = line.split([' ', '=', '"', ':', ',']).find(|word| numbers.contains(word));
        let secret = seen.secrets.iter().find(|secret| line.contains(secret.as_str()));
        assert_eq!((name, number, secret, line.find('@')), (None, None, None, None), "{line}");
    }
    Ok(())
}

/// The words of a text, as names are told by their capital.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|sign: char| !sign.is_alphabetic());
    words.filter(|word| word.chars().count() > 2 && word.starts_with(char::is_uppercase))
}

/// Whom the season was about, and what else must not be told.
struct Seen {
    people: Vec<Person>,
    secrets: Vec<String>,
}

async fn season(engine: Engine, varde: &Harness) -> Result<Seen> {
    let hr = varde.http.sign_in("coordinator@fjordheim.example", PASSWORD).await?;
    assert!(varde.http.sign_in("coordinator@fjordheim.example", "Kari Nordmanns passord").await.is_err());
    import(varde, &hr, NOVEMBER, "REJECT_ALL").await?;
    varde.ask(&hr, CREATE, json!({ "code": "A", "days": [{ "date": "2027-02-01" }] })).await?;
    for on_faults in ["REJECT_ALL", "SKIP_FAULTY"] {
        import(varde, &hr, FAULTY, on_faults).await?;
    }
    import(varde, &hr, DECEMBER, "REJECT_ALL").await?;
    let cohort = varde.ask(&hr, INVITED, json!({})).await?["cohort"].clone();
    let invited = cohort["enrolments"]["nodes"].as_array().context("nodes")?;
    let invited: Vec<Value> = invited.iter().map(|place| place["person"].clone()).collect();
    assert!(invited.len() > 4, "{cohort}");
    let publish = "mutation ($id: ID!) { publishCohort(input: { cohortId: $id }) { errors { message } } }";
    varde.ask(&hr, publish, json!({ "id": cohort["id"] })).await?;

    let smtp = Smtp::start()?;
    misbehave(&smtp, &invited);
    let scheduler = scheduler(varde, &smtp)?;
    let report = scheduler.run_due().await?;
    assert!(report.mails_failed > 0 && report.mails_retried > 1, "{report:?}");
    for _ in 0..3 {
        varde.clock.set(varde.ctx().now + chrono::TimeDelta::hours(2));
        scheduler.run_due().await?;
    }
    smtp.heal();
    scheduler.run_due().await?;

    let hr = varde.http.sign_in("coordinator@fjordheim.example", PASSWORD).await?;
    let mut secrets = vec![PASSWORD.to_owned(), REASON.to_owned(), "Nordmann".to_owned()];
    let mails: Vec<Mail> = smtp.received().iter().map(|mail| Mail::read(&mail.raw)).collect();
    let links: BTreeSet<String> = mails.iter().filter_map(Mail::link).collect();
    let links: Vec<String> = links.into_iter().collect();
    answer(varde, &links).await?;
    secrets.extend(links.iter().map(|link| link.trim_start_matches("/answer/").to_owned()));
    scheduler.run_due().await?;
    ask_wrongly(varde, &hr, &invited[0]).await?;
    let people = page(varde.app.store(), varde.org, &PersonFilter::default(), None, 5000).await?;
    assert!(people.len() > 1000);
    break_down(engine, varde, &hr, &scheduler, &links[2]).await?;
    Ok(Seen { people, secrets })
}

async fn import(varde: &Harness, hr: &Http, file: &[u8], on_faults: &str) -> Result<()> {
    let file =
        json!({ "content": BASE64.encode(file), "name": "ansatte Kari Nordmann.csv", "onFaults": on_faults });
    let begun = varde.ask(hr, IMPORT, file).await?;
    ended(varde, hr, FOLLOW, &begun["importPeople"]["operation"]["id"]).await?;
    Ok(())
}

/// A server that says whom it speaks of: refused for good, put off twice in different ways, and gone without a word.
fn misbehave(smtp: &Smtp, invited: &[Value]) {
    let of = |index: usize| {
        let [number, name, email] =
            ["employeeNumber", "displayName", "email"].map(|key| invited[index][key].as_str().unwrap());
        (email, format!("5.1.1 <{email}>: {name}, ansatt {number} ({email}) tar ikke imot"))
    };
    for (index, at, code) in [(0, Command::Rcpt, 550), (1, Command::EndOfData, 451), (2, Command::Rcpt, 421)]
    {
        let (email, text) = of(index);
        smtp.fault(Fault::refuse(at, code, &text).for_recipient(email));
    }
    smtp.fault(Fault::drop_after_data().for_recipient(of(3).0));
}

fn scheduler(varde: &Harness, smtp: &Smtp) -> Result<Scheduler> {
    let url = format!("{}?tls=none", smtp.url()).into();
    let transport = Transport::from_url(&url, SmtpOptions::default())?;
    let email = "varde@fjordheim.example".to_owned();
    let sender = Sender { email, message_id_host: "varde.example".to_owned() };
    Ok(Scheduler::new(varde.app.clone(), transport, sender, Options::default()))
}

/// Yes, no with a reason, a reason too long, a wrong button, and a link that nobody made.
async fn answer(varde: &Harness, links: &[String]) -> Result<()> {
    let [one, two, _, ..] = links else { anyhow::bail!("no links") };
    let long = REASON.repeat(50);
    let sent = [
        (one, "accept", ""),
        (one, "explode", REASON),
        (two, "decline", long.as_str()),
        (two, "decline", REASON),
        (two, "accept", ""),
    ];
    for (link, act, reason) in sent {
        varde.http.get(link).await?;
        varde.http.submit(link, &[("act", act), ("reason", reason)]).await?;
    }
    varde.http.get(&format!("{one}A")).await?;
    Ok(())
}

/// Operations that are refused, not allowed, not valid or not even read, each with a person in it.
async fn ask_wrongly(varde: &Harness, hr: &Http, person: &Value) -> Result<()> {
    let [number, name, email] = ["employeeNumber", "displayName", "email"].map(|key| person[key].to_string());
    let enrol = format!(
        "mutation {{ enrolLeaders(input: {{ cohortCode: \"A\", employeeNumbers: [\"x\", {number}], reason: {name} }}) {{ errors {{ message }} }} }}"
    );
    let documents = [
        enrol,
        format!("query KariNordmann {{ people(search: {name}, first: 5) {{ nodes {{ displayName }} }} }}"),
        format!("{{ people(search: {email}, first: 1000000) {{ totalCount }} }}"),
        format!("{{ person(number: {number}) {{ nothing }} }}"),
        format!("query ($name: Int!) {{ people(first: $name) {{ totalCount }} }} # {name}"),
        format!("{{ people(search: {name} {email}"),
    ];
    for document in documents {
        for client in [hr, &varde.http, &varde.http.with_token(&format!("{name}.{email}"))] {
            let variables = json!({ "name": name });
            client
                .post("/graphql")
                .json(&json!({ "query": document, "variables": variables }))
                .send()
                .await?;
        }
    }
    let form = reqwest::multipart::Form::new().text("operations", format!("{{ {name}"));
    hr.post("/graphql").multipart(form).send().await?;
    hr.get(&format!("/people/{}?email={}", number.trim_matches('"'), email.trim_matches('"'))).await?;
    Ok(())
}

/// The database loses its people while they are asked for, written to and imported.
async fn break_down(
    engine: Engine,
    varde: &Harness,
    hr: &Http,
    scheduler: &Scheduler,
    link: &str,
) -> Result<()> {
    // The answer leaves letters that cannot be written any more.
    assert_eq!(varde.http.submit(link, &[("act", "accept")]).await?.status(), 303);
    take_away(engine, varde, "person").await?;
    let people =
        "query ($search: String) { people(search: $search, first: 5) { nodes { displayName email } } }";
    let reply = hr.graphql(people, json!({ "search": "Nordmann" })).await?;
    assert_eq!(reply.codes(), ["INTERNAL"]);
    assert_eq!(varde.http.get(link).await?.status(), 500);
    import(varde, hr, NOVEMBER, "REJECT_ALL").await?;
    scheduler.run_due().await?;
    Ok(())
}
