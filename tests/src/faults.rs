//! What is ours to mend is told by an id alone: what the database said stays in the log, whoever asked and wherever.

use anyhow::{Context, Result};
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use varde_persistence::Engine;
use varde_testkit::harness::Harness;

use crate::{
    both::on_both,
    gateway::CREATE,
    pages::{BOKMAAL, House, password_link},
};

on_both! {
    internal_text_never_reaches_a_response
    internal_text_never_reaches_a_page
}

/// Breaks what needs a table, as a fault below does.
pub(crate) async fn take_away(engine: Engine, varde: &Harness, table: &str) -> Result<()> {
    let rename = AssertSqlSafe(format!("ALTER TABLE {table} RENAME TO {table}_gone"));
    match engine {
        Engine::Sqlite => {
            let mut connection = SqliteConnection::connect(&varde.database_url).await?;
            sqlx::query(rename).execute(&mut connection).await?;
        }
        Engine::Postgres => {
            let mut connection = PgConnection::connect(&varde.database_url).await?;
            sqlx::query(rename).execute(&mut connection).await?;
        }
    }
    Ok(())
}

fn tells_nothing(body: &str) {
    for inside in
        ["no such table", "does not exist", "relation", "SELECT", "sqlx", "sea_orm", "DbErr", "_gone", ".rs"]
    {
        assert!(!body.contains(inside), "{inside} in {body}");
    }
}

async fn internal_text_never_reaches_a_response(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    varde.ask(&hr, CREATE, json!({ "code": "A", "days": [{ "date": "2027-02-01" }] })).await?;
    take_away(engine, &varde, "gathering").await?;
    let read = "query { cohorts { nodes { code gatherings { title } } } newLeaders { totalCount } }";
    let read = hr.graphql(read, json!({})).await?;
    let create = hr.graphql(CREATE, json!({ "code": "X", "days": [{ "date": "2027-02-01" }] })).await?;
    take_away(engine, &varde, "account").await?;
    let who = varde.http.graphql(SIGN_IN, json!({})).await?;
    for reply in [read, create, who] {
        let body = reply.body.to_string();
        assert!(!reply.body["errors"].as_array().is_none_or(Vec::is_empty), "{body}");
        tells_nothing(&body);
        assert!(reply.body["errors"][0]["extensions"]["code"] == "INTERNAL", "{body}");
    }
    Ok(())
}

const SIGN_IN: &str = "mutation { signIn(input: { email: \"coordinator@fjordheim.example\", password: \"et langt og rolig passord\" }) {
    accessToken errors { code } } }";

/// Of an answer, of unsubscribing and of a password: looked at, and sent.
async fn internal_text_never_reaches_a_page(engine: Engine) -> Result<()> {
    let house = House::inviting(engine, 5).await?;
    let answer = house.link(BOKMAAL, "Invitasjon").await?;
    let unsubscribe = house.unsubscribe_link(BOKMAAL).await?;
    let password = password_link(&house.varde).await?;
    let known =
        [(&answer, "act", "accept"), (&unsubscribe, "act", "unsubscribe"), (&password, "password", "x")];
    for (path, ..) in known {
        assert_eq!(house.page(path).await?.0, 200, "{path}");
    }
    for table in ["link", "password_link"] {
        take_away(engine, &house.varde, table).await?;
    }
    for (path, field, value) in known {
        for (status, page) in [house.page(path).await?, house.submit(path, &[(field, value)]).await?] {
            assert_eq!(status, 500, "{path}: {page}");
            tells_nothing(&page);
            let (_, id) = page.split_once("Oppgi denne koden hvis du tar kontakt: ").context("an id")?;
            assert!(id.get(..12).is_some_and(|id| id.bytes().all(|sign| sign.is_ascii_hexdigit())), "{page}");
            assert!(!page.contains("Martinsen") && !page.contains('@'), "{page}");
        }
    }
    Ok(())
}
