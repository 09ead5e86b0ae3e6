//! The page of a check-in as leader and line manager hold it: on a phone, with large text, by keyboard alone, without scripts,
//! without a network, on two devices at once.

use anyhow::{Context, Result, ensure};
use fantoccini::{Locator, elements::Element};
use varde_persistence::Engine;
use varde_testkit::{
    browser::{Browser, Options, Screen},
    harness::Harness,
};

use super::{ENTER, LANGUAGES, PATIENCE, is_sound, press, tab_to, what_is_shown_is_sound};
use crate::journeys::{
    p01_onboarding::at,
    p12_check_in::{Two, filled, keys, opened, page, press as send, submit, two},
};

const SPACE: char = '\u{e00d}';

const EXAMPLE: &str = "Vi går gjennom avvikene på morgenmøtet";

struct Room {
    varde: Harness,
    two: Two,
    browser: Browser,
}

impl Room {
    async fn new(screen: Screen, scripts: bool) -> Result<Self> {
        let (varde, _, mails) = opened(Engine::Sqlite).await?;
        let two = two(&mails)?;
        let options = Options { screen, scripts, language: "nb" };
        Ok(Self { varde, two, browser: Browser::start_with(options).await? })
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.varde.app.config().public_url)
    }

    async fn goto(&self, path: &str) -> Result<()> {
        Ok(self.browser.goto(&self.address(path)).await?)
    }

    async fn leader_gives(&self) -> Result<()> {
        let shown = page(&self.varde, &self.two.leader).await?;
        let (status, _) =
            submit(&self.varde, &self.two.leader, &filled(&shown, "give", "in_place", EXAMPLE)).await?;
        ensure!(status == 303);
        Ok(())
    }

    /// Both pages as they stand, in every language, small and with text twice as large.
    async fn both_are_sound(&self) -> Result<()> {
        for path in [&self.two.leader, &self.two.manager] {
            for language in LANGUAGES {
                let address = format!("{}?lang={language}", self.address(path));
                is_sound(&self.browser, &address, language).await?;
                self.is_readable_twice_as_large(&address).await?;
            }
        }
        Ok(())
    }

    async fn is_readable_twice_as_large(&self, address: &str) -> Result<()> {
        let enlarge = "document.documentElement.style.cssText = 'font-size: 200%';
            document.querySelectorAll('details').forEach((part) => { part.open = true; });";
        self.browser.execute(enlarge, Vec::new()).await?;
        ensure!(!self.browser.scrolls_sideways().await?, "{address}: text twice as large scrolls sideways");
        Ok(())
    }
}

async fn find(browser: &Browser, css: &str) -> Result<Element> {
    Ok(browser.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await?)
}

/// Waits until the page says so.
async fn until_said(browser: &Browser, text: &str) -> Result<()> {
    let path = format!("//*[contains(text(), '{text}')]");
    browser
        .wait()
        .at_most(PATIENCE)
        .for_element(Locator::XPath(&path))
        .await
        .with_context(|| text.to_owned())?;
    Ok(())
}

async fn type_in(browser: &Browser, text: &str) -> Result<()> {
    for key in text.chars() {
        press(browser, key).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn each_state_of_a_check_in_is_accessible_on_a_phone_in_three_languages() -> Result<()> {
    let room = Room::new(Screen::Phone, true).await?;
    let (varde, two) = (&room.varde, &room.two);
    room.both_are_sound().await?;
    // What is missing is said beside each requirement.
    room.goto(&two.leader).await?;
    find(&room.browser, "button[value=give]").await?.click().await?;
    find(&room.browser, "[aria-invalid=true]").await?;
    what_is_shown_is_sound(&room.browser, &two.leader, "nb").await?;

    room.leader_gives().await?;
    room.both_are_sound().await?;
    both_give_the_rest(&room).await?;
    room.both_are_sound().await?;
    let agree = [("act", "agree"), ("action", EXAMPLE), ("owner", "leader"), ("due_on", "2027-06-01")];
    ensure!(send(varde, &two.manager, &agree).await? == 303);
    ensure!(send(varde, &two.leader, &[("act", "meet"), ("met_on", "2027-01-11")]).await? == 303);
    room.both_are_sound().await?;
    for path in [&two.leader, &two.manager] {
        ensure!(send(varde, path, &[("act", "sign")]).await? == 303);
    }
    ensure!(send(varde, &two.leader, &[("act", "add"), ("addendum", EXAMPLE)]).await? == 303);
    room.both_are_sound().await?;
    for language in LANGUAGES {
        is_sound(&room.browser, &room.address(&format!("/check-in/forged?lang={language}")), language)
            .await?;
    }
    Ok(())
}

async fn both_give_the_rest(room: &Room) -> Result<()> {
    let shown = page(&room.varde, &room.two.manager).await?;
    let form = filled(&shown, "give", "on_the_way", EXAMPLE);
    let (status, _) = submit(&room.varde, &room.two.manager, &form).await?;
    ensure!(status == 303);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_holds_the_whole_check_in_with_the_keyboard_alone_and_without_a_script() -> Result<()> {
    let room = Room::new(Screen::Desktop, false).await?;
    let (browser, two) = (&room.browser, &room.two);
    room.goto(&two.leader).await?;
    let shown = page(&room.varde, &two.leader).await?;
    let all: Vec<String> = keys(&shown);
    for key in &all {
        tab_to(browser, &format!("input[name=rating-{key}]")).await?;
        press(browser, SPACE).await?;
        tab_to(browser, &format!("#text-{key}")).await?;
        type_in(browser, "Slik").await?;
    }
    // Half way on, everything is there again.
    tab_to(browser, "button[value=save]").await?;
    press(browser, ENTER).await?;
    let typed = find(browser, &format!("#text-{}", all[0])).await?.prop("value").await?;
    ensure!(typed.as_deref() == Some("Slik"), "{typed:?}");
    tab_to_far(browser, "button[value=give]").await?;
    press(browser, ENTER).await?;
    until_said(browser, "Du har levert.").await?;

    both_give_the_rest(&room).await?;
    // Days that are the same whether the browser asks for the month or for the day first.
    room.varde.move_to(at("2027-02-02T08:30:00Z")).await?;
    room.goto(&two.leader).await?;
    tab_to_far(browser, "summary.button").await?;
    press(browser, ENTER).await?;
    tab_to(browser, "#action").await?;
    type_in(browser, "Hospitere").await?;
    tab_to(browser, "#due_on").await?;
    type_in(browser, "06062027").await?;
    tab_to(browser, ".step button[value=agree]").await?;
    press(browser, ENTER).await?;
    until_said(browser, "Hospitere").await?;
    tab_to_far(browser, "#met_on").await?;
    type_in(browser, "02022027").await?;
    tab_to(browser, "button[value=meet]").await?;
    press(browser, ENTER).await?;
    until_said(browser, "Samtalen er holdt.").await?;
    tab_to_far(browser, "button[value=sign]").await?;
    press(browser, ENTER).await?;
    until_said(browser, "Du har signert.").await?;
    Ok(())
}

/// The same as [`tab_to`] over a long page.
async fn tab_to_far(browser: &Browser, wanted: &str) -> Result<()> {
    for _ in 0..3 {
        if tab_to(browser, wanted).await.is_ok() {
            return Ok(());
        }
    }
    tab_to(browser, wanted).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_without_a_network_or_on_two_devices_is_not_lost() -> Result<()> {
    let room = Room::new(Screen::Phone, true).await?;
    let (browser, two) = (&room.browser, &room.two);
    room.goto(&two.leader).await?;
    let text = find(browser, "#text-role_model").await?;
    text.send_keys("Først.").await?;
    until_said(browser, "Alt er lagret.").await?;

    // The network drops while she writes, and the page is closed.
    browser.execute("window.fetch = () => Promise.reject(new TypeError('no network'));", Vec::new()).await?;
    text.send_keys(" I heisen.").await?;
    until_said(browser, "Ingen kontakt akkurat nå.").await?;
    room.goto("/check-in/forged").await?;
    room.goto(&two.leader).await?;
    until_said(browser, "Alt er lagret.").await?;
    ensure!(page(&room.varde, &two.leader).await?.contains("Først. I heisen."));

    // Meanwhile the page is open at the desk, and there too something is written.
    let desk = Browser::start().await?;
    desk.goto(&room.address(&two.leader)).await?;
    find(browser, "#text-role_model").await?.send_keys(" På telefonen.").await?;
    until_saved(browser).await?;
    find(&desk, "#text-role_model").await?.send_keys(" Ved pulten.").await?;
    until_said(&desk, "Noe var skrevet på en annen enhet.").await?;
    until_saved(&desk).await?;
    let both = page(&room.varde, &two.leader).await?;
    ensure!(both.contains("På telefonen.") && both.contains("Ved pulten."), "{both}");
    Ok(())
}

/// Until nothing is left on the device that the service does not hold.
async fn until_saved(browser: &Browser) -> Result<()> {
    let look = "const done = arguments[arguments.length - 1];
        const look = () => localStorage.length === 0 ? done(true) : setTimeout(look, 50);
        look();";
    browser.execute_async(look, Vec::new()).await?;
    Ok(())
}
