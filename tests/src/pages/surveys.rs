//! The page of a survey in a browser: asked, sent back, thanked for, and with its figures.

use anyhow::{Context, Result};
use fantoccini::Locator;
use varde_app::{
    access::Coordinator,
    attendance::{self, RecordAttendance},
    input::ErrorPolicy,
};
use varde_model::gathering::Presence;
use varde_persistence::{Engine, gatherings};
use varde_testkit::{
    browser::{Browser, Options, Screen},
    harness::{Harness, Mail},
};

use super::{
    house::open,
    in_the_browser::{is_sound, what_is_shown_is_sound},
};

/// Five who were there, as many as must stand behind a figure.
const FIVE: [&str; 5] = ["10015", "10036", "10390", "10415", "10435"];

const LANGUAGES: [&str; 3] = ["nb", "nn", "en"];

/// The pages of the survey after a gathering at which all five were.
async fn asked(varde: &Harness) -> Result<Vec<String>> {
    let cohort = open(varde, varde.org, "fjordheim", 10, &FIVE).await?;
    varde.run_due().await?;
    for link in varde.new_mails().iter().filter_map(Mail::link) {
        varde.http.submit(&link, &[("act", "accept")]).await?;
    }
    varde.run_due().await?;
    varde.new_mails();
    let first = gatherings::of_cohorts(varde.app.store(), varde.org, &[cohort]).await?.remove(0);
    varde.move_to(first.ends_at).await?;
    let everyone = RecordAttendance {
        gathering: first.id,
        everyone_else: Some(Presence::Present),
        records: Vec::new(),
        clear: Vec::new(),
        error_policy: ErrorPolicy::RejectAll,
        dry_run: false,
    };
    attendance::record(&varde.ctx(), &Coordinator::system(varde.org), &everyone).await?;
    varde.new_mails();
    varde.move_to("2027-01-13T09:00:00Z".parse()?).await?;
    let links: Vec<String> = varde.new_mails().iter().filter_map(Mail::link).collect();
    anyhow::ensure!(links.len() == 5, "{links:?}");
    Ok(links)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_survey_is_answered_on_a_phone_without_a_script_and_shows_what_the_others_said() -> Result<()> {
    let varde = Harness::fjordheim(Engine::Sqlite).await?;
    let links = asked(&varde).await?;
    let base = varde.app.config().public_url.clone();
    let browser = Browser::start_with(Options { screen: Screen::Phone, ..Options::default() }).await?;
    for language in LANGUAGES {
        let address = format!("{base}{}?lang={language}", links[0]);
        is_sound(&browser, &address, language).await?;
        // Sent without a mark: the page says so beside each question, and is as sound as before.
        browser.find(Locator::Css("#question-better")).await?.send_keys("Mer øving").await?;
        browser.find(Locator::Css("button[value=send]")).await?.click().await?;
        browser.wait().for_element(Locator::Css(".alert")).await?;
        what_is_shown_is_sound(&browser, &address, language).await?;
        assert_eq!(browser.find_all(Locator::Css(".error")).await?.len(), 4);
        let typed = browser.find(Locator::Css("#question-better")).await?;
        assert_eq!(typed.prop("value").await?.as_deref(), Some("Mer øving"));
    }
    for (link, mark) in links.iter().zip(["5", "4", "4", "2", "5"]) {
        let marks = ["useful", "content", "exchange", "practical"].map(|key| format!("question-{key}"));
        let mut fields: Vec<(&str, &str)> = marks.iter().map(|name| (name.as_str(), mark)).collect();
        fields.extend([("question-better", "Mer øving"), ("act", "send")]);
        let sent = varde.http.submit(link, &fields).await?;
        assert_eq!(sent.status(), 303);
    }
    for language in LANGUAGES {
        is_sound(&browser, &format!("{base}{}?lang={language}", links[0]), language).await?;
    }
    varde.move_to("2027-01-25T09:00:00Z".parse()?).await?;
    for language in LANGUAGES {
        is_sound(&browser, &format!("{base}{}?lang={language}", links[0]), language).await?;
    }
    let page = varde.http.get(&format!("{}?lang=nb", links[0])).await?.text().await?;
    let results = page.split_once("<h2>Resultater</h2>").context("results")?.1;
    assert!(results.contains("Gjennomsnitt 4,0") && page.contains("5 av 5 svarte."), "{page}");
    assert_eq!(results.matches("Mer øving").count(), 5);
    Ok(())
}
