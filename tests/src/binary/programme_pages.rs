//! The pages of `graphql/operations/programmes`: for each programme the operations in their order, with the answers that a
//! demo gives. Each page is gone through against a demo of its own, and must hold what the demo answered.
//!
//! `INSTA_UPDATE=always` writes the answers anew, as for the other snapshots.

mod answer;
mod page;

use std::{collections::BTreeMap, fs, path::PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use varde_testkit::{
    binary::{Running, command},
    http::Http,
};

use self::page::{Act, Page};

const LAST_LINE: &str = "Ctrl-C ends it";
const BEGINNING: &str = "2026-11-23T08:00:00+01:00";

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../graphql/operations/programmes")
}

/// One test a page, so that they run side by side.
macro_rules! pages {
    ($($test:ident = $file:literal,)*) => {
        const PAGES: &[&str] = &[$($file),*];

        $(
            #[tokio::test]
            async fn $test() -> Result<()> {
                holds($file).await
            }
        )*
    };
}

pages! {
    p01_onboarding = "p01-onboarding.md",
    p03_practical_change_management = "p03-practical-change-management.md",
    p05_new_leader_development = "p05-new-leader-development.md",
    p06_experienced_leader_development = "p06-experienced-leader-development.md",
    p08_leader_group_development = "p08-leader-group-development.md",
    p09_national_top_leader = "p09-national-top-leader.md",
    p10_top_leader_groups = "p10-top-leader-groups.md",
    p11_mobilisation = "p11-mobilisation.md",
    p12_annual_requirement_check_in = "p12-annual-requirement-check-in.md",
    p13_responsibilities = "p13-responsibilities.md",
}

#[test]
fn every_page_is_gone_through() -> Result<()> {
    let mut there = Vec::new();
    for entry in fs::read_dir(folder())? {
        there.push(entry?.file_name().to_string_lossy().into_owned());
    }
    there.retain(|name| name != "README.md");
    there.sort();
    assert_eq!(there, PAGES);
    let index = fs::read_to_string(folder().join("README.md"))?;
    assert!(
        index.contains(&format!("--now {BEGINNING}")),
        "README.md does not tell on which day its answers were given"
    );
    for page in PAGES {
        assert!(index.contains(&format!("({page})")), "README.md does not lead to {page}");
    }
    Ok(())
}

async fn holds(file: &str) -> Result<()> {
    let path = folder().join(file);
    let text = fs::read_to_string(&path).with_context(|| file.to_owned())?;
    let page = Page::read(&text).with_context(|| file.to_owned())?;
    ensure!(page.steps.len() >= 2, "{file} has no steps");
    let data = tempfile::tempdir()?;
    let demo = command(data.path(), ["demo", "--port", "0", "--now", BEGINNING])?;
    let running = Running::start(demo, LAST_LINE)?;
    let http = Http::new(&running.url().context("the demo says no address")?)?;
    let credentials: Vec<Value> =
        serde_json::from_slice(&fs::read(data.path().join("demo-credentials.json"))?)?;
    let mut answers = Vec::new();
    let mut mails = kinds(&http).await?;
    for (at, step) in page.steps.iter().enumerate() {
        let said = format!("{file}, step {}", at + 1);
        let with = answer::fill(&step.with, &answers).with_context(|| said.clone())?;
        let given = match &step.act {
            Act::Clock => {
                http.post("/demo/clock").json(&with).send().await?.error_for_status()?;
                let before = std::mem::replace(&mut mails, kinds(&http).await?);
                let sent = |(kind, count): (&String, &usize)| {
                    let sent = count - before.get(kind).unwrap_or(&0);
                    (sent > 0).then(|| (kind.clone(), json!(sent)))
                };
                Value::Object(mails.iter().filter_map(sent).collect())
            }
            Act::Link => answer_by_link(&http, &with).await.with_context(|| said.clone())?,
            Act::Operation { name, role } => {
                let client = sign_in(&http, &credentials, role).await.with_context(|| said.clone())?;
                perform(&client, name, with).await.with_context(|| said.clone())?
            }
        };
        answers.push(given);
    }
    let shown: Vec<Value> = answers.into_iter().map(answer::shown).collect();
    let now = page.with_answers(&shown)?;
    if std::env::var("INSTA_UPDATE").is_ok_and(|how| how == "always") {
        fs::write(&path, &now)?;
    }
    assert!(now == fs::read_to_string(&path)?, "{file} does not hold what the demo answers:\n{now}");
    Ok(())
}

/// Fills in the page behind each link in the letters of a kind, and counts the answers that were taken.
async fn answer_by_link(http: &Http, with: &Value) -> Result<Value> {
    let fields = with["fields"].as_object().context("fields")?;
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap_or_default())).collect();
    let mut taken = 0;
    for mail in http.get_json("/demo/mail").await?.as_array().context("a mailbox")? {
        if mail["kind"] != with["letter"] {
            continue;
        }
        let mut links = mail["links"].as_array().context("links")?.iter().filter_map(Value::as_str);
        let leads = |link: &&str| ["/answer/", "/check-in/"].iter().any(|page| link.contains(page));
        let link = links.find(leads).with_context(|| format!("no link: {mail}"))?;
        taken += u32::from(http.submit(link, &fields).await?.status().is_redirection());
    }
    ensure!(taken > 0, "nobody could answer");
    Ok(json!({ "answered": taken }))
}

/// How many mails of each kind lie in the demo's mailbox.
async fn kinds(http: &Http) -> Result<BTreeMap<String, usize>> {
    let mut kinds = BTreeMap::new();
    for mail in http.get_json("/demo/mail").await?.as_array().context("a mailbox")? {
        *kinds.entry(mail["kind"].as_str().context("kind")?.to_owned()).or_default() += 1;
    }
    Ok(kinds)
}

async fn sign_in(http: &Http, credentials: &[Value], role: &str) -> Result<Http> {
    let role = role.replace(' ', "_");
    let own = credentials.iter().find(|own| own["organisation"] == "fjordheim" && own["role"] == role);
    let own = own.with_context(|| format!("nobody signs in as {role}"))?;
    http.sign_in(own["email"].as_str().context("email")?, own["password"].as_str().context("password")?).await
}

/// Sends an operation of the library with these variables, and gives what stands in its one field.
async fn perform(client: &Http, name: &str, variables: Value) -> Result<Value> {
    let document = fs::read_to_string(folder().join(format!("../{name}.graphql")))?;
    let data = client.graphql(&document, variables).await?.data()?;
    let fields = data.as_object().context("data")?;
    ensure!(fields.len() == 1, "{name} asks for several things");
    let given = fields.values().next().cloned().unwrap_or_default();
    let refused = given.get("errors").cloned().unwrap_or_else(|| json!([]));
    ensure!(refused == json!([]), "{name} was refused: {refused}");
    Ok(given)
}
