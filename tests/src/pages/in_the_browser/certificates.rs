//! The certificate's pages: one's own, and the one on which anybody checks a code.

use anyhow::{Context, Result};
use fantoccini::Locator;
use varde_persistence::{Engine, certificates};
use varde_testkit::browser::{Browser, Options, Screen};

use super::{LANGUAGES, is_sound, what_is_shown_is_sound};
use crate::pages::house::{BOKMAAL, House};

/// A completed cohort, the way to somebody's own certificate, and its code. That a code is checked by a plain form is in
/// the journey of completion.
async fn certificate() -> Result<(House, String, String)> {
    let house = House::inviting(Engine::Sqlite, 5).await?;
    let invitation = house.link(BOKMAAL, "Invitasjon").await?;
    house.submit(&invitation, &[("act", "accept")]).await?;
    house.complete().await?;
    let own = house.mail(BOKMAAL, "Gratulerer").await?.link_to("/certificate/").context("a link")?;
    let place = house.place(BOKMAAL).await?.id;
    let issued = certificates::of_enrolments(house.varde.app.store(), house.varde.org, &[place]).await?;
    let code = issued.first().context("a certificate")?.code.to_string();
    Ok((house, own, code))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_is_shown_and_checked_on_a_phone_in_three_languages() -> Result<()> {
    let (house, own, code) = certificate().await?;
    let base = house.varde.app.config().public_url.clone();
    let browser = Browser::start_with(Options { screen: Screen::Phone, ..Options::default() }).await?;
    for language in LANGUAGES {
        for path in [&own, "/verify", &format!("/verify/{code}"), "/verify/0000-0000-0000-0000"] {
            is_sound(&browser, &format!("{base}{path}?lang={language}"), language).await?;
        }
    }
    browser.goto(&format!("{base}/verify?lang=nn")).await?;
    browser.find(Locator::Css("input[name=code]")).await?.send_keys("feil").await?;
    browser.find(Locator::Css("button[value=send]")).await?.click().await?;
    browser.wait().at_most(super::PATIENCE).for_element(Locator::Css(".error")).await?;
    what_is_shown_is_sound(&browser, "a code that can be none", "nn").await?;
    Ok(())
}
