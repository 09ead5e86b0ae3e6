//! Answering an invitation, leaving again, and saying whether one comes.

use anyhow::Result;
use chrono::TimeDelta;
use varde_model::enrolment::EnrolmentState;
use varde_persistence::Engine;

use crate::both::on_both;

use super::house::{BOKMAAL, House, NYNORSK};

on_both! {
    looking_at_a_link_changes_nothing_however_often_and_the_page_is_kept_by_nobody
    a_yes_leads_to_the_seat_and_a_second_click_or_a_later_no_changes_nothing
    a_no_takes_a_reason_and_says_beside_the_field_when_it_is_too_long
    the_second_yes_gets_in_line_and_leaving_the_seat_gives_it_on
    whether_one_comes_can_be_changed_until_the_gathering_begins
    the_clicked_language_stays_through_the_answer
    after_the_deadline_the_page_says_so_and_whom_to_ask
}

async fn looking_at_a_link_changes_nothing_however_often_and_the_page_is_kept_by_nobody(
    engine: Engine,
) -> Result<()> {
    let house = House::inviting(engine, 5).await?;
    let link = house.link(BOKMAAL, "Invitasjon").await?;
    for _ in 0..3 {
        let (status, page) = house.page(&link).await?;
        assert_eq!(status, 200);
        assert!(
            page.contains("Store auditorium") && page.contains("coordinator@fjordheim.example"),
            "{page}"
        );
    }
    let client = reqwest::Client::new();
    let address = format!("{}{link}", house.varde.app.config().public_url);
    let head = client.head(&address).send().await?;
    assert_eq!(head.status(), 200);
    let header =
        |name: &str| head.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    assert_eq!(header("referrer-policy"), "no-referrer");
    assert_eq!(header("cache-control"), "no-store");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("x-robots-tag").contains("noindex"));
    let policy = header("content-security-policy");
    for rule in ["default-src 'none'", "form-action 'self'", "frame-ancestors 'none'"] {
        assert!(policy.contains(rule), "{policy}");
    }
    assert!(!policy.contains("unsafe") && !policy.contains("script-src"), "{policy}");
    assert_eq!(house.place(BOKMAAL).await?.state, EnrolmentState::Invited);
    Ok(())
}

async fn a_yes_leads_to_the_seat_and_a_second_click_or_a_later_no_changes_nothing(
    engine: Engine,
) -> Result<()> {
    let house = House::inviting(engine, 5).await?;
    let link = house.link(BOKMAAL, "Invitasjon").await?;
    let (status, page) = house.submit(&link, &[("act", "accept")]).await?;
    assert_eq!(status, 303);
    assert!(page.contains("Du har plass på «Introduksjonsprogram for nye ledere»"), "{page}");
    assert_eq!(house.place(BOKMAAL).await?.state, EnrolmentState::Enrolled);

    assert_eq!(house.submit(&link, &[("act", "accept")]).await?.0, 303);
    let (status, page) = house.submit(&link, &[("act", "decline")]).await?;
    assert_eq!(status, 409);
    assert!(
        page.contains("fordi det alt er svart. Slik står det nå.") && page.contains("Du har plass på"),
        "{page}"
    );
    assert_eq!(house.place(BOKMAAL).await?.state, EnrolmentState::Enrolled);
    Ok(())
}

async fn a_no_takes_a_reason_and_says_beside_the_field_when_it_is_too_long(engine: Engine) -> Result<()> {
    let house = House::inviting(engine, 5).await?;
    let link = house.link(BOKMAAL, "Invitasjon").await?;
    let long = "æ".repeat(501);
    let (status, page) = house.submit(&link, &[("act", "decline"), ("reason", &long)]).await?;
    assert_eq!(status, 422);
    assert!(page.contains("<p id=\"reason-error\" class=\"error\">Teksten er for lang."), "{page}");
    assert!(page.contains("aria-describedby=\"reason-hint reason-error\"") && page.contains(&long), "{page}");
    assert!(page.contains("<details class=\"step\" open>"), "{page}");
    assert_eq!(house.place(BOKMAAL).await?.state, EnrolmentState::Invited);

    let (status, page) =
        house.submit(&link, &[("act", "decline"), ("reason", "Ferie.\r\nHele uken.")]).await?;
    assert_eq!(status, 303);
    assert!(page.contains("Du har takket nei"), "{page}");
    let place = house.place(BOKMAAL).await?;
    assert_eq!(
        (place.state, place.reason.as_deref()),
        (EnrolmentState::Declined, Some("Ferie.\nHele uken."))
    );
    Ok(())
}

async fn the_second_yes_gets_in_line_and_leaving_the_seat_gives_it_on(engine: Engine) -> Result<()> {
    let house = House::inviting(engine, 1).await?;
    let first = house.link(BOKMAAL, "Invitasjon").await?;
    let second = house.link(NYNORSK, "Invitasjon").await?;
    house.submit(&first, &[("act", "accept")]).await?;
    let (_, page) = house.submit(&second, &[("act", "accept")]).await?;
    assert!(page.contains("lang=\"nn\"") && page.contains("Du er nummer 1 på ventelista."), "{page}");
    assert!(page.contains("får den som står først, tilbod om han"), "{page}");

    house.varde.run_due().await?;
    let manage = house.link(BOKMAAL, "plass").await?;
    let (status, page) = house.page(&manage).await?;
    assert!(status == 200 && page.contains("Bekreft at jeg melder meg av"), "{page}");
    assert_eq!(house.place(BOKMAAL).await?.state, EnrolmentState::Enrolled);
    let (status, page) = house.submit(&manage, &[("act", "withdraw"), ("reason", "")]).await?;
    assert!(status == 303 && page.contains("Du er meldt av"), "{page}");
    assert_eq!(house.place(NYNORSK).await?.state, EnrolmentState::Offered);

    house.varde.run_due().await?;
    let offer = house.link(NYNORSK, "Ledig plass").await?;
    let (_, page) = house.page(&offer).await?;
    assert!(page.contains("Plassen blir halden av til deg til"), "{page}");
    let (_, page) = house.submit(&offer, &[("act", "accept")]).await?;
    assert!(page.contains("Du har plass på «Introduksjonsprogram for nye leiarar»"), "{page}");
    Ok(())
}

async fn whether_one_comes_can_be_changed_until_the_gathering_begins(engine: Engine) -> Result<()> {
    let house = House::inviting(engine, 5).await?;
    let link = house.link(BOKMAAL, "Invitasjon").await?;
    house.submit(&link, &[("act", "accept")]).await?;
    house.varde.run_due().await?;
    let mails = house.varde.mails();
    let gathering =
        mails.iter().rev().find(|mail| mail.calendar.is_some()).and_then(varde_testkit::harness::Mail::link);
    let gathering = gathering.expect("a calendar mail with a link");
    let (_, page) = house.page(&gathering).await?;
    assert!(page.contains("Kommer du?"), "{page}");
    let (status, page) = house.submit(&gathering, &[("act", "not-coming")]).await?;
    assert!(status == 303 && page.contains("Du har svart at du ikke kommer."), "{page}");
    let (_, page) = house.submit(&gathering, &[("act", "coming")]).await?;
    assert!(page.contains("Du har svart at du kommer."), "{page}");

    house.varde.clock.set("2027-02-09T12:00:00Z".parse()?);
    let (status, page) = house.submit(&gathering, &[("act", "not-coming")]).await?;
    assert!(status >= 400 && !page.contains("<form"), "{status} {page}");
    Ok(())
}

async fn the_clicked_language_stays_through_the_answer(engine: Engine) -> Result<()> {
    let house = House::inviting(engine, 5).await?;
    let link = house.link(BOKMAAL, "Invitasjon").await?;
    let (_, page) = house.page(&format!("{link}?lang=en")).await?;
    assert!(
        page.contains("<html lang=\"en\">") && page.contains("Invitation to “Onboarding for new leaders”"),
        "{page}"
    );
    assert!(page.contains(&format!("action=\"{link}?lang=en\"")), "{page}");
    assert!(page.contains(&format!("href=\"{link}?lang=nn\"")), "{page}");
    let (_, page) = house.submit(&format!("{link}?lang=en"), &[("act", "accept")]).await?;
    assert!(page.contains("You have a seat on “Onboarding for new leaders”"), "{page}");
    Ok(())
}

async fn after_the_deadline_the_page_says_so_and_whom_to_ask(engine: Engine) -> Result<()> {
    let house = House::inviting(engine, 5).await?;
    let link = house.link(BOKMAAL, "Invitasjon").await?;
    let until = house.place(BOKMAAL).await?.answer_by.expect("a deadline");
    house.varde.clock.set(until - TimeDelta::seconds(1));
    assert_eq!(house.page(&link).await?.0, 200);
    house.varde.clock.set(until);
    let (status, page) = house.page(&link).await?;
    assert_eq!(status, 410);
    assert!(page.contains("Svarfristen er ute") && page.contains("coordinator@fjordheim.example"), "{page}");
    let (status, page) = house.submit(&link, &[("act", "accept")]).await?;
    assert_eq!(status, 410);
    assert!(page.contains("Svaret ble ikke tatt imot, fordi fristen er ute."), "{page}");
    house.varde.run_due().await?;
    assert_eq!(house.page(&link).await?.0, 410);
    assert_eq!(house.place(BOKMAAL).await?.state, EnrolmentState::Lapsed);
    Ok(())
}
