//! What the coordinators hear of a cohort: one notice a day, when something happened that they did not do themselves.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use varde_app::{App, AppConfig, letters};
use varde_model::{
    Locale,
    delivery::{Composition, MailState},
    letter::{Letter, LetterKind},
};
use varde_persistence::{Engine, outbox};
use varde_testkit::harness::{Harness, Mail, Seeded};

use super::p01_onboarding::at;
use crate::both::on_both;

on_both! {
    coordinators_hear_once_a_day_of_answers_lapses_and_withdrawals
    coordinators_hear_of_those_who_were_never_asked_when_the_cohort_starts
    a_reason_that_comes_with_a_second_no_is_kept
    a_notice_leads_to_the_bundled_client_only_where_it_is_served
}

fn to_coordinators(varde: &Harness) -> Vec<Mail> {
    let mut mails = varde.new_mails();
    mails.retain(|mail| mail.to == "coordinator@fjordheim.example");
    mails
}

async fn answer(varde: &Harness, mails: &[Mail], number: &str, fields: &[(&str, &str)]) -> Result<()> {
    let person = varde.person(number).await?;
    let person =
        varde_persistence::people::find(varde.app.store(), varde.org, person).await?.context("person")?;
    let mail = mails.iter().rev().find(|mail| mail.to == person.email && mail.link().is_some());
    let link = mail.and_then(Mail::link).context("a link")?;
    ensure!(varde.http.submit(&link, fields).await?.status() == 303);
    varde.run_due().await?;
    Ok(())
}

async fn coordinators_hear_once_a_day_of_answers_lapses_and_withdrawals(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let numbers = ["10005", "10015", "10034", "10059"];
    crate::pages::open(&varde, varde.org, "fjordheim", 2, &numbers).await?;
    varde.run_due().await?;
    let mails = varde.new_mails();
    ensure!(mails.len() == 4, "publishing itself is no news to who did it: {mails:#?}");

    // Friday: one yes, one no. Nothing is told at once, nor on a day when nobody is at work.
    varde.move_to(at("2026-11-27T10:00:00Z")).await?;
    answer(&varde, &mails, "10005", &[("act", "accept")]).await?;
    answer(&varde, &mails, "10015", &[("act", "decline"), ("reason", "Ferie den uken")]).await?;
    varde.move_to(at("2026-11-28T10:00:00Z")).await?;
    assert_eq!(to_coordinators(&varde).len(), 0);
    // Saturday, by link.
    answer(&varde, &mails, "10034", &[("act", "accept")]).await?;
    varde.move_to(at("2026-11-30T12:00:00Z")).await?;
    let told = to_coordinators(&varde);
    assert_eq!(told.len(), 1, "{told:#?}");
    assert_eq!(told[0].date, at("2026-11-30T07:00:00Z"), "Monday at eight");
    assert!(told[0].subject.starts_with("Nytt i kullet"), "{}", told[0].subject);
    for line in [
        "Har takket ja og fått plass:\n\n* Eivind Solberg\n* Jenny Holm",
        "* Kristin Martinsen: Ferie den uken",
    ] {
        assert!(told[0].text.replace("\r\n", "\n").contains(line), "{line}\n{}", told[0].text);
    }
    assert!(!told[0].text.contains("Vilde Nielsen"), "who has not answered is no news: {}", told[0].text);

    // Nothing happens, nothing is told; then an invitation lapses.
    varde.move_to(at("2026-12-02T12:00:00Z")).await?;
    assert_eq!(to_coordinators(&varde).len(), 0);
    varde.move_to(at("2026-12-11T12:00:00Z")).await?;
    let told = to_coordinators(&varde);
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].text.contains("Svarte ikke i tide") && told[0].text.contains("Vilde Nielsen"));
    assert!(!told[0].text.contains("Jenny Holm"), "{}", told[0].text);
    Ok(())
}

async fn coordinators_hear_of_those_who_were_never_asked_when_the_cohort_starts(
    engine: Engine,
) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    crate::pages::open(&varde, varde.org, "fjordheim", 5, &["10005"]).await?;
    varde.run_due().await?;
    let mails = varde.new_mails();
    answer(&varde, &mails, "10005", &[("act", "accept")]).await?;
    // An import's proposal to a published cohort, which nobody followed up.
    let hr = varde.coordinator().await?;
    let propose = "mutation { proposeNewLeaders(input: {}) { proposed errors { code } } }";
    let proposed = varde.ask(&hr, propose, json!({})).await?;
    ensure!(proposed["proposeNewLeaders"]["proposed"].as_u64() > Some(0), "{proposed}");
    varde.move_to(at("2027-01-11T20:00:00Z")).await?;
    to_coordinators(&varde);
    varde.move_to(at("2027-01-13T12:00:00Z")).await?;
    let told = to_coordinators(&varde);
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].text.contains("Er foreslått, men ikke invitert"), "{}", told[0].text);
    Ok(())
}

async fn a_reason_that_comes_with_a_second_no_is_kept(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    crate::pages::open(&varde, varde.org, "fjordheim", 2, &["10005"]).await?;
    varde.run_due().await?;
    let mails = varde.new_mails();
    answer(&varde, &mails, "10005", &[("act", "decline")]).await?;
    let leader = varde.sign_in_person("10005").await?;
    let mine = "{ myPlaces { enrolmentId } }";
    let place = varde.ask(&leader, mine, json!({})).await?["myPlaces"][0]["enrolmentId"].take();
    let no = "mutation ($place: ID!, $reason: String) {
        answerInvitation(input: { enrolmentId: $place, answer: DECLINE, reason: $reason }) { errors { code message } } }";
    for reason in [json!("Ferie den uken"), json!(null)] {
        varde.ask(&leader, no, json!({ "place": place, "reason": reason })).await?;
    }
    let hr = varde.coordinator().await?;
    let see = "query ($place: ID!) { node(id: $place) { ... on Enrolment { state reason } } }";
    let kept = varde.ask(&hr, see, json!({ "place": place })).await?["node"].take();
    assert_eq!(kept, json!({ "state": "DECLINED", "reason": "Ferie den uken" }));
    Ok(())
}

async fn a_notice_leads_to_the_bundled_client_only_where_it_is_served(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    crate::pages::open(&varde, varde.org, "fjordheim", 2, &["10005"]).await?;
    varde.run_due().await?;
    let mails = varde.new_mails();
    answer(&varde, &mails, "10005", &[("act", "accept")]).await?;
    varde.move_to(at("2026-11-24T12:00:00Z")).await?;
    ensure!(to_coordinators(&varde)[0].text.contains("/graphiql#see-the-roster"));
    let sent = outbox::page(varde.app.store(), varde.org, &[MailState::Sent], None, 50).await?;
    let row = sent.iter().find(|row| row.request.letter == LetterKind::CoordinatorNews).context("notice")?;
    for served in [true, false] {
        let (store, keys) = (varde.app.store().clone(), varde.app.keys().clone());
        let config = AppConfig { bundled_client: served, ..varde.app.config().clone() };
        let app = App::new(store, varde.clock.clone(), Arc::new(Seeded::new(9)), keys, config);
        let composed = letters::compose(&app.context(Locale::Nb), row).await?;
        let Composition::Letter(letter) = composed else { anyhow::bail!("{composed:?}") };
        let Letter::CoordinatorNews(news) = letter.1 else { anyhow::bail!("another letter") };
        assert_eq!(news.url.is_some(), served);
    }
    Ok(())
}
