//! The GraphQL client that comes with the service, in a real browser.

use std::time::Duration;

use anyhow::Result;
use fantoccini::Locator;
use varde_persistence::Engine;
use varde_testkit::{
    browser::Browser,
    harness::{Harness, PASSWORD},
};

const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test(flavor = "multi_thread")]
async fn a_coordinator_signs_in_chooses_the_import_and_sends_the_trusts_file() -> Result<()> {
    let varde = Harness::start(Engine::Sqlite).await?;
    varde.coordinator().await?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("hr-export-2026-11.csv");
    std::fs::write(&file, include_bytes!("../../../config/demo/hr-export-2026-11.csv"))?;
    let browser = Browser::start().await?;
    browser.goto(&format!("{}/graphiql", varde.app.config().public_url)).await?;
    for (field, text) in [("#email", "coordinator@fjordheim.example"), ("#password", PASSWORD)] {
        browser.find(Locator::Css(field)).await?.send_keys(text).await?;
    }
    browser.find(Locator::Css("#sign-in button")).await?.click().await?;
    browser.wait().at_most(PATIENCE).for_element(Locator::Css("#sign-out:not([hidden])")).await?;

    let chooser = browser.find(Locator::Css("#file")).await?;
    assert!(!chooser.is_displayed().await?, "nothing takes a file yet");
    browser.find(Locator::Css("#task")).await?.select_by_label("Import people dry run").await?;
    chooser.send_keys(&file.display().to_string()).await?;
    let execute = Locator::Css("button.graphiql-execute-button");
    browser.wait().at_most(PATIENCE).for_element(execute).await?.click().await?;
    let answer = Locator::XPath(
        "//section[@aria-label='Result Window'][contains(., 'QUEUED') or contains(., 'RUNNING') or contains(., 'SUCCEEDED')]",
    );
    browser.wait().at_most(PATIENCE).for_element(answer).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_in_a_mail_opens_the_task_that_it_asks_for() -> Result<()> {
    let varde = Harness::start(Engine::Sqlite).await?;
    let browser = Browser::start().await?;
    browser.goto(&format!("{}/graphiql#see-the-roster", varde.app.config().public_url)).await?;
    let opened = Locator::XPath("//section[@aria-label='Query Editor'][contains(., 'SeeTheRoster')]");
    browser.wait().at_most(PATIENCE).for_element(opened).await?;
    let chosen = browser.find(Locator::Css("#task option:checked")).await?.text().await?;
    assert_eq!(chosen, "See the roster");
    Ok(())
}
