//! No more of the mail that is not mandatory: by the page, and by one click of a mail program.

use anyhow::{Context, Result};
use varde_persistence::{Engine, people};

use crate::both::on_both;

use super::house::{BOKMAAL, House};

on_both! {
    the_page_asks_first_and_can_be_taken_back
    one_click_of_a_mail_program_does_it_without_a_page_or_a_redirect
}

async fn muted(house: &House) -> Result<bool> {
    let person = house.varde.person(BOKMAAL).await?;
    Ok(people::find(house.varde.app.store(), house.varde.org, person).await?.context("person")?.muted)
}

async fn the_page_asks_first_and_can_be_taken_back(engine: Engine) -> Result<()> {
    let house = House::inviting(engine, 5).await?;
    let address = house.unsubscribe_link(BOKMAAL).await?;
    let (status, page) = house.page(&address).await?;
    assert!(status == 200 && page.contains("Vil du ha færre e-poster?"), "{page}");
    assert!(!muted(&house).await?);
    let (status, page) = house.submit(&address, &[("act", "unsubscribe")]).await?;
    assert!(status == 303 && page.contains("Påminnelsene er stoppet"), "{page}");
    assert!(muted(&house).await?);
    let (_, page) = house.submit(&address, &[("act", "resubscribe")]).await?;
    assert!(page.contains("Vil du ha færre e-poster?"), "{page}");
    assert!(!muted(&house).await?);
    Ok(())
}

async fn one_click_of_a_mail_program_does_it_without_a_page_or_a_redirect(engine: Engine) -> Result<()> {
    let house = House::inviting(engine, 5).await?;
    let address = house.unsubscribe_link(BOKMAAL).await?;
    let foreign = house.varde.http.post(&address).header("sec-fetch-site", "cross-site");
    let foreign = foreign.form(&[("act", "unsubscribe")]).send().await?;
    assert_eq!(foreign.status(), 403);
    assert!(!muted(&house).await?);

    let one_click = house.varde.http.post(&address).header("sec-fetch-site", "cross-site");
    let one_click = one_click.form(&[("List-Unsubscribe", "One-Click")]).send().await?;
    assert_eq!(one_click.status(), 200);
    assert!(!one_click.headers().contains_key("location"));
    assert!(muted(&house).await?);

    house.submit(&address, &[("act", "resubscribe")]).await?;
    let form = reqwest::multipart::Form::new().text("List-Unsubscribe", "One-Click");
    let by_parts = house.varde.http.post(&address).multipart(form).send().await?;
    assert_eq!(by_parts.status(), 200);
    assert!(muted(&house).await?);
    Ok(())
}
