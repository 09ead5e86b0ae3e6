//! The pages that a place comes to when it takes another turn: no, in line, offered a seat, too late, refused.

use anyhow::{Context, Result};
use chrono::TimeDelta;
use fantoccini::Locator;
use varde_model::enrolment::EnrolmentState;
use varde_persistence::{Engine, links};
use varde_testkit::browser::{Browser, Options, Screen};

use super::{LANGUAGES, is_sound, what_is_shown_is_sound};
use crate::pages::{
    house::{BOKMAAL, House, NYNORSK},
    password_link,
};

struct Phone {
    browser: Browser,
    house: House,
}

impl Phone {
    async fn new(seats: u32) -> Result<Self> {
        let browser = Browser::start_with(Options { screen: Screen::Phone, ..Options::default() }).await?;
        Ok(Self { browser, house: House::inviting(Engine::Sqlite, seats).await? })
    }

    fn address(&self, path: &str, language: &str) -> String {
        let base = &self.house.varde.app.config().public_url;
        format!("{base}{}?lang={language}", path.trim_start_matches(base))
    }

    /// A page that answers with a status and says something of what it is, sound in every language.
    async fn shows(&self, path: &str, status: u16, says: &str) -> Result<()> {
        let (got, page) = self.house.page(&self.address(path, "nb")).await?;
        assert!(got == status && page.contains(says), "{path}: {got}, not {status} and {says}: {page}");
        for language in LANGUAGES {
            is_sound(&self.browser, &self.address(path, language), language).await?;
        }
        Ok(())
    }

    /// A form that is sent with something wrong in it, in every language: the page that comes back is sound.
    async fn refuses(&self, path: &str, fill_in: &str, button: &str) -> Result<()> {
        for language in LANGUAGES {
            let address = self.address(path, language);
            self.browser.goto(&address).await?;
            self.browser.execute(fill_in, Vec::new()).await?;
            self.browser.find(Locator::Css(button)).await?.click().await?;
            let flaw = Locator::Css("[aria-invalid=true]");
            let flaw = self.browser.wait().at_most(super::PATIENCE).for_element(flaw).await?;
            let said = flaw.attr("aria-describedby").await?.context("the flaw is not told of")?;
            assert!(said.contains("error"), "{address}: {said}");
            what_is_shown_is_sound(&self.browser, &address, language).await?;
        }
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_no_a_refused_reason_and_the_choice_of_a_password_are_accessible() -> Result<()> {
    let phone = Phone::new(5).await?;
    let house = &phone.house;
    let invitation = house.link(BOKMAAL, "Invitasjon").await?;
    let too_long = "document.querySelector('details.step').open = true;
        document.querySelector('#reason').value = 'lang grunn '.repeat(60);";
    phone.refuses(&invitation, too_long, "button[value=decline]").await?;
    assert_eq!(house.submit(&invitation, &[("act", "decline"), ("reason", "Ferie")]).await?.0, 303);
    phone.shows(&invitation, 200, "Du har takket nei").await?;

    let password = password_link(&house.varde).await?;
    phone.shows(&password, 200, "Velg passord").await?;
    let differ = "document.querySelector('#password').value = 'kaffe klokka to';
        document.querySelector('#again').value = 'kaffe klokka tre';";
    phone.refuses(&password, differ, "button").await?;
    let weak = "for (const field of document.querySelectorAll('input[type=password]')) field.value = 'kort';";
    phone.refuses(&password, weak, "button").await?;
    let fields = [("password", "kaffe klokka to"), ("again", "kaffe klokka to")];
    assert_eq!(house.submit(&password, &fields).await?.0, 303);
    phone.shows(&password, 410, "Lenken").await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_line_an_offered_seat_a_link_that_serves_no_more_and_unsubscribing_are_accessible() -> Result<()>
{
    let phone = Phone::new(1).await?;
    let house = &phone.house;
    let unsubscribe = house.unsubscribe_link(BOKMAAL).await?;
    phone.shows(&unsubscribe, 200, "Vil du ha færre e-poster?").await?;
    house.submit(&unsubscribe, &[("act", "unsubscribe")]).await?;
    phone.shows(&unsubscribe, 200, "Påminnelsene er stoppet").await?;

    let (seat, line) = (house.link(BOKMAAL, "Invitasjon").await?, house.link(NYNORSK, "Invitasjon").await?);
    for link in [&seat, &line] {
        house.submit(link, &[("act", "accept")]).await?;
    }
    phone.shows(&line, 200, "Du er nummer 1 på ventelisten").await?;
    house.varde.run_due().await?;
    let leave_line = house.link(NYNORSK, "venteliste").await?;
    phone.shows(&leave_line, 200, "Plassen din på ventelisten").await?;

    let leave_seat = house.link(BOKMAAL, "plass").await?;
    house.submit(&leave_seat, &[("act", "withdraw"), ("reason", "")]).await?;
    phone.shows(&leave_seat, 200, "Du er meldt av").await?;
    house.varde.run_due().await?;
    let offer = house.link(NYNORSK, "Ledig plass").await?;
    phone.shows(&offer, 200, "Plassen holdes av til deg til").await?;

    let tx = house.varde.app.store().write().await?;
    let person = house.varde.person(NYNORSK).await?;
    links::revoke(&tx, house.varde.org, None, Some(person), house.varde.ctx().now).await?;
    tx.commit().await?;
    phone.shows(&offer, 410, "nyere").await?;
    let until = house.place(NYNORSK).await?.answer_by.context("a hold time")?;
    house.varde.move_to(until + TimeDelta::minutes(1)).await?;
    assert_eq!(house.place(NYNORSK).await?.state, EnrolmentState::Lapsed);
    phone.shows(&offer, 410, "Svarfristen er ute").await
}
