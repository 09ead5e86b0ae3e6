//! Watching longer work does not outlive the right to it.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_app::{access::Coordinator, hr_import};
use varde_persistence::Engine;
use varde_testkit::harness::{Harness, PASSWORD};

use super::{library, socket::Listener};
use crate::both::on_both;

on_both! {
    a_right_that_is_taken_back_ends_what_is_being_watched
}

const EMAIL: &str = "coordinator@fjordheim.example";

const FOUND: &str = "{ accounts(first: 10) { nodes { id email } } operations(first: 1) { nodes { id } } }";

/// By a session that is ended, a role that is revoked, and an account that is closed. The work itself goes on.
async fn a_right_that_is_taken_back_ends_what_is_being_watched(engine: Engine) -> Result<()> {
    let varde = Harness::start(engine).await?;
    let library = library()?;
    hr_import::begin(&varde.ctx(), &Coordinator::system(varde.org)).await?;
    let admin = varde.sign_in("administrator@fjordheim.example").await?;
    let found = varde.ask(&admin, FOUND, json!({})).await?;
    let account = found["accounts"]["nodes"].as_array().context("accounts")?;
    let account = account.iter().find(|account| account["email"] == EMAIL).context("hers")?["id"].clone();
    let base = varde.app.config().public_url.clone();

    for (act, ends) in [
        ("sign-out", "UNAUTHENTICATED"),
        ("take-a-role-back", "FORBIDDEN"),
        ("close-an-account", "UNAUTHENTICATED"),
    ] {
        let input = json!({ "email": EMAIL, "password": PASSWORD });
        let session = varde.ask(&varde.http, &library["sign-in"].document, json!({ "input": input })).await?;
        let token = session["signIn"]["accessToken"].as_str().context("token")?;
        let id = json!({ "id": found["operations"]["nodes"][0]["id"] });
        let mut listeners = Vec::new();
        for watch in ["watch-an-import", "watch-the-inbox"] {
            let document = &library[watch].document;
            let mut listener = Listener::subscribe(&base, Some(token), document, id.clone()).await?;
            let first = listener.hear().await?.context("told at once")?;
            let told = &first["data"];
            assert!(
                told["operation"]["state"] == "RUNNING" || told["inboxChanged"]["totals"].is_array(),
                "{first}"
            );
            listeners.push(listener);
        }

        let (who, input) = match act {
            "sign-out" => (varde.http.with_token(token), Value::Null),
            "take-a-role-back" => (admin.clone(), json!({ "accountId": account, "role": "COORDINATOR" })),
            _ => (admin.clone(), json!({ "accountId": account })),
        };
        varde.ask(&who, &library[act].document, json!({ "input": input })).await?;
        for mut listener in listeners {
            let last = listener.hear().await?.context("an error")?;
            assert!(last.to_string().contains(ends), "after {act}: {last}");
            assert_eq!(listener.hear().await?, None, "after {act}");
        }
        if act == "take-a-role-back" {
            let input = json!({ "accountId": account, "role": "COORDINATOR" });
            varde.ask(&admin, &library["grant-a-role"].document, json!({ "input": input })).await?;
        }
    }
    Ok(())
}
