//! A check-in that cannot be followed up in the morning keeps no other from it, and is tried again.

use anyhow::{Context, Result};
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use varde_persistence::Engine;
use varde_testkit::harness::{DECEMBER, Harness};

use super::{p01_onboarding::at, p12_check_in::opened};
use crate::both::on_both;

on_both! {
    a_check_in_that_cannot_be_followed_up_keeps_no_other_from_it_and_is_tried_again
}

/// Two leaders of clinics who leave on the same day.
const LEAVERS: [&str; 2] = ["10134", "10156"];

/// The file of December, in which some people have a last day.
pub(crate) fn leaving(numbers: &[&str], last_day: &str) -> Result<&'static [u8]> {
    let file = String::from_utf8(DECEMBER.to_vec())?;
    let row = |line: &str| {
        let mut cells: Vec<&str> = line.split(';').collect();
        if numbers.contains(&cells[0]) {
            cells[16] = last_day;
        }
        cells.join(";") + "\r\n"
    };
    Ok(Box::leak(file.lines().map(row).collect::<String>().into_bytes().into_boxed_slice()))
}

async fn execute(varde: &Harness, engine: Engine, statements: &[String]) -> Result<()> {
    for statement in statements {
        let statement = AssertSqlSafe(statement.clone());
        match engine {
            Engine::Sqlite => {
                let mut connection = SqliteConnection::connect(&varde.database_url).await?;
                sqlx::query(statement).execute(&mut connection).await?;
            }
            Engine::Postgres => {
                let mut connection = PgConnection::connect(&varde.database_url).await?;
                sqlx::query(statement).execute(&mut connection).await?;
            }
        }
    }
    Ok(())
}

/// Lets the database refuse every change of a leader's check-in.
async fn refuse(varde: &Harness, engine: Engine, leader: &str) -> Result<()> {
    let leader = varde.person(leader).await?;
    let statements = match engine {
        Engine::Sqlite => vec![format!(
            "CREATE TRIGGER refused BEFORE UPDATE ON check_in WHEN lower(hex(OLD.leader_id)) = '{}'
             BEGIN SELECT RAISE(ABORT, 'refused'); END",
            leader.0.simple()
        )],
        Engine::Postgres => vec![
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN RAISE EXCEPTION 'refused'; END $$"
                .to_owned(),
            format!(
                "CREATE TRIGGER refused BEFORE UPDATE ON check_in FOR EACH ROW
                 WHEN (OLD.leader_id = '{leader}') EXECUTE FUNCTION refuse()"
            ),
        ],
    };
    execute(varde, engine, &statements).await
}

/// Where the check-ins of the two stand.
async fn states(varde: &Harness) -> Result<[String; 2]> {
    let hr = varde.coordinator().await?;
    let ask = "{ checkInCycle(code: \"2027\") { checkIns(first: 100) { nodes { state leader { employeeNumber } } } } }";
    let told = varde.ask(&hr, ask, json!({})).await?;
    let all = told["checkInCycle"]["checkIns"]["nodes"].as_array().context("check-ins")?;
    let state = |leader: &str| {
        let own = all.iter().find(|one| one["leader"]["employeeNumber"] == leader);
        Ok::<_, anyhow::Error>(own.with_context(|| leader.to_owned())?["state"].to_string())
    };
    Ok([state(LEAVERS[0])?, state(LEAVERS[1])?])
}

async fn a_check_in_that_cannot_be_followed_up_keeps_no_other_from_it_and_is_tried_again(
    engine: Engine,
) -> Result<()> {
    let (varde, ..) = opened(engine).await?;
    varde.import("hr.csv", leaving(&LEAVERS, "11.01.2027")?).await?;
    assert_eq!(states(&varde).await?, ["\"OPEN\"", "\"OPEN\""]);
    refuse(&varde, engine, LEAVERS[0]).await?;
    varde.move_to(at("2027-01-12T08:30:00Z")).await?;
    assert_eq!(states(&varde).await?, ["\"OPEN\"", "\"ENDED\""]);
    execute(&varde, engine, &["DROP TRIGGER refused".to_owned() + on(engine)]).await?;
    varde.move_to(at("2027-01-13T08:30:00Z")).await?;
    assert_eq!(states(&varde).await?, ["\"ENDED\"", "\"ENDED\""]);
    Ok(())
}

const fn on(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "",
        Engine::Postgres => " ON check_in",
    }
}
