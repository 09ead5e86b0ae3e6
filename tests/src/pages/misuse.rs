//! Forged links, foreign forms, and what must not be told or kept.

use anyhow::Result;
use varde_auth::LinkKind;
use varde_model::{enrolment::EnrolmentState, ids::LinkId};
use varde_persistence::Engine;

use crate::{both::on_both, logs::logged};

use super::house::{BOKMAAL, House};

on_both! {
    a_forged_link_tells_nothing_and_many_are_held_back_while_a_real_one_works
    a_form_from_another_website_is_refused
    what_is_no_form_or_too_large_gets_a_page_in_the_readers_language
}

async fn a_forged_link_tells_nothing_and_many_are_held_back_while_a_real_one_works(
    engine: Engine,
) -> Result<()> {
    let house = House::inviting(engine, 5).await?;
    let link = house.link(BOKMAAL, "Invitasjon").await?;
    let mut forged = link.clone();
    let last = if forged.pop() == Some('A') { 'B' } else { 'A' };
    forged.push(last);
    let never_made = house.varde.app.keys().links().token(LinkKind::Answer, LinkId(uuid::Uuid::from_u128(9)));
    let of_another_page = link.replace("/answer/", "/unsubscribe/");
    for path in
        [forged.as_str(), "/answer/x", "/answer/%ff", &of_another_page, &format!("/answer/{never_made}")]
    {
        let (status, page) = house.page(path).await?;
        assert_eq!(status, 404, "{path}");
        assert!(page.contains("Vi finner ikke siden"), "{page}");
        for secret in ["Martinsen", "Fjordheim", "Introduksjonsprogram", "@"] {
            assert!(!page.contains(secret), "{secret} in {page}");
        }
        let act = if path == of_another_page { "unsubscribe" } else { "accept" };
        assert_eq!(house.submit(path, &[("act", act)]).await?.0, 404, "{path}");
    }
    let mut last = 0;
    for _ in 0..20 {
        last = house.page(&forged).await?.0;
    }
    assert_eq!(last, 429);
    let held_back = house.varde.http.get(&forged).await?;
    assert!(held_back.headers().contains_key("retry-after"));
    assert_eq!(house.page(&link).await?.0, 200);
    house.varde.clock.set(house.varde.ctx().now + chrono::TimeDelta::minutes(1));
    assert_eq!(house.page(&forged).await?.0, 404);
    Ok(())
}

async fn a_form_from_another_website_is_refused(engine: Engine) -> Result<()> {
    let house = House::inviting(engine, 5).await?;
    let link = house.link(BOKMAAL, "Invitasjon").await?;
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
        let answer =
            house.varde.http.post(&link).header(name, value).form(&[("act", "accept")]).send().await?;
        assert_eq!(answer.status(), 403, "{name}");
        assert!(answer.text().await?.contains("et annet nettsted"));
    }
    assert_eq!(house.place(BOKMAAL).await?.state, EnrolmentState::Invited);
    Ok(())
}

async fn what_is_no_form_or_too_large_gets_a_page_in_the_readers_language(engine: Engine) -> Result<()> {
    let house = House::inviting(engine, 5).await?;
    let link = house.link(BOKMAAL, "Invitasjon").await?;
    let post = || house.varde.http.post(&link).header("accept-language", "nn");
    let json = post().header("content-type", "application/json").body("{}").send().await?;
    assert_eq!(json.status(), 415);
    assert!(json.text().await?.contains("Vi kunne ikkje lese svaret"));
    let huge = post().form(&[("act", "decline"), ("reason", &"a".repeat(100_000))]).send().await?;
    assert_eq!(huge.status(), 413);
    assert!(huge.text().await?.contains("kort ned grunngjevinga"));
    let nothing = post().form(&[("act", "explode")]).send().await?;
    assert_eq!(nothing.status(), 422);
    // A button of another page.
    assert_eq!(house.submit(&link, &[("act", "withdraw")]).await?.0, 409);
    assert_eq!(house.place(BOKMAAL).await?.state, EnrolmentState::Invited);
    Ok(())
}

#[tokio::test]
async fn no_log_of_any_level_holds_a_token_on_sqlite() -> Result<()> {
    no_log_of_any_level_holds_a_token(Engine::Sqlite).await
}

#[tokio::test]
async fn no_log_of_any_level_holds_a_token_on_postgresql() -> Result<()> {
    no_log_of_any_level_holds_a_token(Engine::Postgres).await
}

async fn no_log_of_any_level_holds_a_token(engine: Engine) -> Result<()> {
    let house = House::inviting(engine, 5).await?;
    let link = house.link(BOKMAAL, "Invitasjon").await?;
    let asking = async {
        house.page(&link).await?;
        house.submit(&link, &[("act", "accept")]).await?;
        house.submit(&link, &[("act", "decline")]).await?;
        let foreign = house.varde.http.post(&link).header("sec-fetch-site", "cross-site");
        foreign.form(&[("act", "accept")]).send().await?;
        house.page(&link.replace("/answer/", "/password/")).await
    };
    let (_, lines) = logged("trace", asking).await?;
    let token = link.trim_start_matches("/answer/");
    let told: Vec<&String> = lines.iter().filter(|line| line.contains(token)).collect();
    assert_eq!(told, Vec::<&String>::new());
    Ok(())
}
