//! The pages in a real browser: a phone's width, three languages, without scripts.

mod certificates;
mod check_in;
mod turns;

use std::time::Duration;

use anyhow::Result;
use fantoccini::{
    Locator,
    actions::{InputSource, KeyAction, KeyActions},
};
use serde_json::Value;
use varde_model::enrolment::EnrolmentState;
use varde_persistence::Engine;
use varde_testkit::{
    browser::{Browser, Options, Screen},
    harness::Mail,
};

use super::house::{BOKMAAL, House};

/// For a page that the browser is on its way to.
const PATIENCE: Duration = Duration::from_secs(20);

const LANGUAGES: [&str; 3] = ["nb", "nn", "en"];

/// What can be pressed, and is lower than a finger is wide or wider than the narrowest screen.
const TOO_SMALL: &str = "
    document.documentElement.style.width = '320px';
    document.querySelectorAll('details').forEach((part) => { part.open = true; });
    const pressed = document.querySelectorAll('button, summary, nav a, a.action, input:not([type=hidden]):not([type=radio]), label.choice, textarea');
    const wrong = [...pressed].filter((one) => {
        const box = one.getBoundingClientRect();
        return box.height < 43.9 || box.right > 320.5;
    }).map((one) => one.outerHTML);
    if (document.body.scrollWidth > 320) wrong.push('body is ' + document.body.scrollWidth + ' wide');
    return wrong;";

pub(super) async fn is_sound(browser: &Browser, address: &str, language: &str) -> Result<()> {
    browser.goto(address).await?;
    what_is_shown_is_sound(browser, address, language).await
}

/// The same for the page that the browser shows already, such as the answer to a form.
pub(super) async fn what_is_shown_is_sound(browser: &Browser, address: &str, language: &str) -> Result<()> {
    let lang = browser.find(Locator::Css("html")).await?.attr("lang").await?;
    assert_eq!(lang.as_deref(), Some(language), "{address}");
    assert_eq!(browser.find_all(Locator::Css("h1")).await?.len(), 1);
    assert_eq!(browser.axe().await?, [], "{address}");
    assert!(!browser.scrolls_sideways().await?, "{address}");
    let wrong = browser.execute(TOO_SMALL, Vec::new()).await?;
    assert_eq!(wrong, Value::Array(Vec::new()), "{address}");
    assert_eq!(browser.axe().await?, [], "{address}, everything opened");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_page_is_accessible_on_a_phone_in_three_languages() -> Result<()> {
    let house = House::inviting(Engine::Sqlite, 1).await?;
    let base = house.varde.app.config().public_url.clone();
    let invitation = house.link(BOKMAAL, "Invitasjon").await?;
    let browser = Browser::start_with(Options { screen: Screen::Phone, ..Options::default() }).await?;
    for language in LANGUAGES {
        is_sound(&browser, &format!("{base}{invitation}?lang={language}"), language).await?;
    }
    house.submit(&invitation, &[("act", "accept")]).await?;
    house.varde.run_due().await?;
    let manage = house.link(BOKMAAL, "plass").await?;
    let gathering =
        house.varde.mails().iter().rev().find(|mail| mail.calendar.is_some()).and_then(Mail::link);
    let gathering = gathering.expect("a calendar mail with a link");
    for language in LANGUAGES {
        for path in [&invitation, &manage, &gathering, "/answer/forged", "/password/done"] {
            is_sound(&browser, &format!("{base}{path}?lang={language}"), language).await?;
        }
    }
    Ok(())
}

pub(super) const TAB: char = '\u{e004}';
pub(super) const ENTER: char = '\u{e007}';

async fn press(browser: &Browser, key: char) -> Result<()> {
    let keys = KeyActions::new("keyboard".to_owned());
    let keys = keys.then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key });
    Ok(browser.perform_actions(keys).await?)
}

/// Goes from one thing to the next until it stands on this one.
async fn tab_to(browser: &Browser, wanted: &str) -> Result<()> {
    let wanted = browser.find(Locator::Css(wanted)).await?.element_id();
    for _ in 0..30 {
        press(browser, TAB).await?;
        if browser.active_element().await?.element_id() == wanted {
            return Ok(());
        }
    }
    anyhow::bail!("the keyboard does not reach it")
}

async fn until_titled(browser: &Browser, title: &str) -> Result<()> {
    let heading = format!("//h1[text()='{title}']");
    browser.wait().at_most(PATIENCE).for_element(Locator::XPath(&heading)).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_answers_and_leaves_again_with_the_keyboard_alone_and_without_a_script() -> Result<()> {
    let house = House::inviting(Engine::Sqlite, 5).await?;
    let base = house.varde.app.config().public_url.clone();
    let invitation = house.link(BOKMAAL, "Invitasjon").await?;
    let options = Options { screen: Screen::Phone, scripts: false, language: "nb" };
    let browser = Browser::start_with(options).await?;
    browser.goto(&format!("{base}{invitation}")).await?;
    tab_to(&browser, "button[value=accept]").await?;
    press(&browser, ENTER).await?;
    until_titled(&browser, "Du har plass på «Introduksjonsprogram for nye ledere»").await?;
    assert_eq!(house.place(BOKMAAL).await?.state, EnrolmentState::Enrolled);

    house.varde.run_due().await?;
    let manage = house.link(BOKMAAL, "plass").await?;
    browser.goto(&format!("{base}{manage}")).await?;
    tab_to(&browser, "summary.button").await?;
    press(&browser, ENTER).await?;
    tab_to(&browser, "#reason").await?;
    for key in "Ny jobb".chars() {
        press(&browser, key).await?;
    }
    tab_to(&browser, "button[value=withdraw]").await?;
    press(&browser, ENTER).await?;
    until_titled(&browser, "Du er meldt av").await?;
    let place = house.place(BOKMAAL).await?;
    assert_eq!((place.state, place.reason.as_deref()), (EnrolmentState::Withdrawn, Some("Ny jobb")));
    Ok(())
}
