//! Choosing the password of an account by a link.

use crate::both::on_both;
use anyhow::{Context, Result};
use secrecy::SecretString;
use varde_app::{
    access::Administrator,
    accounts::{NewAccount, create_account},
    sessions,
};
use varde_model::Locale;
use varde_persistence::Engine;
use varde_testkit::harness::Harness;

on_both! {
    the_rule_is_said_beforehand_flaws_beside_the_field_and_the_link_serves_once
}

const EMAIL: &str = "ny@fjordheim.example";

/// The path of a link for somebody new to choose a password by.
pub(crate) async fn link(varde: &Harness) -> Result<String> {
    let new = NewAccount {
        email: EMAIL.to_owned(),
        display_name: "Ny Koordinator".to_owned(),
        locale: Locale::Nn,
        person: None,
        roles: Vec::new(),
        password: None,
    };
    let made = create_account(&varde.ctx(), &Administrator::system(varde.org), new).await?;
    Ok(format!("/password/{}", made.password_link.context("a link")?.token))
}

async fn submit(varde: &Harness, link: &str, password: &str, again: &str) -> Result<(u16, String)> {
    let answer = varde.http.submit(link, &[("password", password), ("again", again)]).await?;
    let status = answer.status().as_u16();
    match answer.headers().get("location") {
        Some(there) => Ok((status, varde.http.get(there.to_str()?).await?.text().await?)),
        None => Ok((status, answer.text().await?)),
    }
}

async fn the_rule_is_said_beforehand_flaws_beside_the_field_and_the_link_serves_once(
    engine: Engine,
) -> Result<()> {
    let varde = Harness::start(engine).await?;
    let link = link(&varde).await?;
    let page = varde.http.get(&link).await?;
    assert_eq!(page.status(), 200);
    let page = page.text().await?;
    assert!(page.contains("<html lang=\"nn\">") && page.contains("Minst 12 og høgst 200 teikn"), "{page}");
    assert!(page.contains(EMAIL) && page.contains("autocomplete=\"new-password\""), "{page}");

    let (status, page) = submit(&varde, &link, "kort", "kort").await?;
    assert_eq!(status, 422);
    assert!(page.contains("id=\"password-error\" class=\"error\">Vel eit anna passord"), "{page}");
    assert!(!page.contains("value=\"kort\""), "{page}");
    let (status, page) = submit(&varde, &link, "kaffe klokka to", "kaffe klokka tre").await?;
    assert_eq!(status, 422);
    assert!(page.contains("id=\"again-error\" class=\"error\">Dei to passorda er ikkje like"), "{page}");

    let (status, page) = submit(&varde, &link, "kaffe klokka to", "kaffe klokka to").await?;
    assert_eq!(status, 303);
    assert!(page.contains("Passordet er lagre"), "{page}");
    sessions::sign_in(&varde.ctx(), EMAIL, SecretString::from("kaffe klokka to".to_owned()), None).await?;

    let spent = varde.http.get(&link).await?;
    assert_eq!(spent.status(), 410);
    assert!(!spent.text().await?.contains(EMAIL));
    assert_eq!(submit(&varde, &link, "et nytt langt passord", "et nytt langt passord").await?.0, 410);
    assert_eq!(varde.http.get("/password/forged").await?.status(), 404);
    Ok(())
}
