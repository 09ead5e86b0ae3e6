//! P12: what the two write at a check-in is read by them alone, and lies sealed.

use anyhow::{Context, Result};
use serde_json::json;
use varde_persistence::Engine;

use super::p12_check_in::{SECRET, both_give, opened, press, two};
use crate::both::on_both;

on_both! {
    p12_the_text_is_read_by_the_two_alone
    p12_a_new_key_seals_every_text_anew_and_without_its_key_none_opens
}

async fn p12_the_text_is_read_by_the_two_alone(engine: Engine) -> Result<()> {
    let (varde, hr, mails) = opened(engine).await?;
    let two = two(&mails)?;
    both_give(&varde, &two).await?;

    // Neither the coordinator nor another leader finds the check-in by its id.
    let ask = "{ checkInCycle(code: \"2027\") { checkIns(filter: { states: [BOTH_DONE] }) { nodes { id leader { email employeeNumber } } } } }";
    let found = varde.ask(&hr, ask, json!({})).await?;
    let found = &found["checkInCycle"]["checkIns"]["nodes"][0];
    assert_eq!(found["leader"]["email"], two.leader_mail.as_str());
    let read = "query ($id: ID!) { myCheckIn(id: $id) { requirements { own { text } other { text } } } }";
    let id = json!({ "id": found["id"] });
    let said = hr.graphql(read, id.clone()).await?.body.to_string();
    assert!(!said.contains(SECRET), "{said}");
    let stranger = varde.sign_in_person("10009").await?;
    let said = stranger.graphql(read, id.clone()).await?.body.to_string();
    assert!(!said.contains(SECRET), "{said}");
    let leader = varde.sign_in_person(found["leader"]["employeeNumber"].as_str().context("number")?).await?;
    let said = leader.graphql(read, id).await?.body.to_string();
    assert!(said.contains(SECRET), "{said}");

    // No table holds it, and no mail.
    let kept = kept(&varde.database_url).await?;
    let in_digits: String = SECRET.bytes().map(|byte| format!("{byte:02x}")).collect();
    assert!(kept.contains("both_done") && !kept.contains(SECRET) && !kept.contains(&in_digits));
    varde.run_due().await?;
    assert!(varde.mails().iter().all(|mail| !mail.text.contains(SECRET) && !mail.html.contains(SECRET)));
    Ok(())
}

/// Everything that the database holds, as text.
async fn kept(url: &str) -> Result<String> {
    if let Some(path) = url.strip_prefix("sqlite://") {
        let mut bytes = std::fs::read(path)?;
        bytes.extend(std::fs::read(format!("{path}-wal")).unwrap_or_default());
        return Ok(String::from_utf8_lossy(&bytes).into_owned());
    }
    let pool = sqlx::PgPool::connect(url).await?;
    let names = "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'";
    let names: Vec<String> = sqlx::query_scalar(names).fetch_all(&pool).await?;
    let mut text = String::new();
    for name in names {
        let rows =
            sqlx::AssertSqlSafe(format!("SELECT coalesce(string_agg(t::text, ' '), '') FROM \"{name}\" t"));
        text.push_str(&sqlx::query_scalar::<_, String>(rows).fetch_one(&pool).await?);
    }
    pool.close().await;
    // Bytes are written in hexadecimal digits.
    Ok(text)
}

async fn p12_a_new_key_seals_every_text_anew_and_without_its_key_none_opens(engine: Engine) -> Result<()> {
    let (varde, _, mails) = opened(engine).await?;
    let two = two(&mails)?;
    both_give(&varde, &two).await?;
    let agree = [("act", "agree"), ("action", SECRET), ("owner", "leader"), ("due_on", "2027-06-01")];
    assert_eq!(press(&varde, &two.manager, &agree).await?, 303);

    // The file with a new key on top, the old one below it; later the new one alone.
    let right = varde_app::access::Administrator::system(varde.org);
    let (old, new) = ("17".repeat(32), "2a".repeat(32));
    let reseal = async |seed: u64, keys: &str| {
        let app = varde.with_confidential_keys(seed, keys).await?;
        anyhow::Ok(varde_app::check_ins::reseal(&app.context(varde_model::Locale::Nb), &right).await)
    };
    assert_eq!(reseal(21, &old).await??, 0, "sealed by it already");
    // A copy of the database alone is worth nothing to whoever has another key.
    let other = reseal(22, &new).await?.unwrap_err().to_string();
    assert!(other.contains("not in the file of keys") && !other.contains(SECRET), "{other}");
    assert_eq!(reseal(23, &format!("{new}\n{old}")).await??, 19, "nine texts each, and the action");
    assert_eq!(reseal(24, &new).await??, 0, "each opens with the new one alone");
    Ok(())
}
