//! What reminders make of a leader's own answer to a gathering, and what a result says of half days.

use anyhow::{Context, Result};
use serde_json::json;
use varde_app::{
    access::Coordinator,
    cohorts::{self, CompleteCohort},
};
use varde_model::gathering::Presence;
use varde_persistence::Engine;
use varde_testkit::harness::Mail;

use super::{changes::accepted, p01_onboarding::answer};

const BOTH: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

const FIRST: &str = "Lederrollen";

fn about_the_first<'a>(mails: &'a [Mail], to: &str) -> Vec<&'a Mail> {
    mails.iter().filter(|mail| mail.to == to && mail.subject.contains(FIRST)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_knows_what_the_leader_has_answered() -> Result<()> {
    for engine in BOTH {
        let (varde, _) = accepted(engine).await?;
        let entries = varde.new_mails();
        let mut first: Vec<&Mail> = entries
            .iter()
            .filter(|mail| mail.subject.starts_with("Til kalenderen") && mail.subject.contains(FIRST))
            .collect();
        first.sort_by_key(|mail| &mail.to);
        let [comes, stays_away, silent] = first[..] else { anyhow::bail!("three leaders: {first:?}") };
        answer(&varde, comes, "coming").await?;
        answer(&varde, stays_away, "not-coming").await?;
        varde.move_to("2027-01-12T12:00:00Z".parse()?).await?;
        let mails = varde.new_mails();
        let subjects = |to: &str| -> Vec<String> {
            let word = |mail: &&Mail| mail.subject.split([':', '?']).next().unwrap_or_default().to_owned();
            about_the_first(&mails, to).iter().map(word).collect()
        };
        assert_eq!(subjects(&stays_away.to), Vec::<String>::new(), "{engine:?}");
        assert_eq!(subjects(&comes.to), ["Påminnelse", "Praktisk"], "{engine:?}");
        assert_eq!(subjects(&silent.to), ["Kommer du", "Påminnelse", "Praktisk"], "{engine:?}");
        let reminder = *about_the_first(&mails, &comes.to).first().context("a reminder")?;
        assert!(reminder.text.contains("Du har svart at du kommer"), "{}", reminder.text);
        assert!(!reminder.text.contains("Kommer du?"), "{}", reminder.text);
        // The answer can still be changed from the reminder.
        answer(&varde, reminder, "not-coming").await?;
    }
    Ok(())
}

/// Twice there and once for a part is two and a half, whatever the rows are.
#[tokio::test(flavor = "multi_thread")]
async fn the_letter_of_what_is_missing_counts_as_the_rule_does() -> Result<()> {
    for engine in BOTH {
        let (varde, cohort) = accepted(engine).await?;
        let right = Coordinator::system(varde.org);
        varde.move_to("2027-04-08T12:00:00Z".parse()?).await?;
        varde.new_mails();
        let hr = varde.coordinator().await?;
        let days = cohorts::gatherings_of(&varde.ctx(), &right, &[cohort.id]).await?;
        let presences = [Presence::Present, Presence::Present, Presence::Partly, Presence::Absent];
        let cohort_page = "query { cohort(code: \"NYL-2027-V\") { gatherings { id } } }";
        let page = varde.ask(&hr, cohort_page, json!({})).await?;
        let ids = page["cohort"]["gatherings"].as_array().context("gatherings")?;
        assert_eq!(ids.len(), days.len());
        for (id, presence) in ids.iter().zip(presences) {
            let record = "mutation ($id: ID!, $all: Presence!) {
                recordAttendance(input: { gatheringId: $id, records: [], everyoneElse: $all }) {
                    errors { code message } } }";
            let all = presence.as_str().to_uppercase();
            varde.ask(&hr, record, json!({ "id": id["id"], "all": all })).await?;
        }
        let how = CompleteCohort { missing_as_absent: false, version: None, dry_run: false };
        cohorts::complete(&varde.ctx(), &right, cohort.id, how).await?;
        varde.run_due().await?;
        let told = varde.new_mails();
        assert_eq!(told.len(), 3, "{engine:?}");
        for mail in told.iter().filter(|mail| mail.subject.starts_with("Dette mangler")) {
            assert!(mail.text.contains("krever 3 samlinger, og 2½ teller for deg"), "{}", mail.text);
            assert!(mail.text.contains("en del av, teller halvt"), "{}", mail.text);
        }
    }
    Ok(())
}

/// On the day the coordinator records everyone in one go: whoever had said no is left for her to name, and counts as
/// not there where those who were there are named instead.
#[tokio::test(flavor = "multi_thread")]
async fn everyone_present_leaves_out_whoever_had_said_no() -> Result<()> {
    let record = "mutation ($input: RecordAttendanceInput!) { recordAttendance(input: $input) {
        records { presence enrolment { person { email } } } saidNo { id person { email } } errors { code path } } }";
    for engine in BOTH {
        let (varde, _) = accepted(engine).await?;
        let entries = varde.new_mails();
        let mut first: Vec<&Mail> =
            entries.iter().filter(|mail| mail.calendar.is_some() && mail.subject.contains(FIRST)).collect();
        first.sort_by_key(|mail| &mail.to);
        let [comes, stays_away, silent] = first[..] else { anyhow::bail!("three leaders: {first:?}") };
        answer(&varde, comes, "coming").await?;
        answer(&varde, stays_away, "not-coming").await?;
        varde.move_to("2027-01-13T15:00:00Z".parse()?).await?;
        let hr = varde.coordinator().await?;
        let page = "query { cohort(code: \"NYL-2027-V\") { gatherings { id } } }";
        let id = varde.ask(&hr, page, json!({})).await?["cohort"]["gatherings"][0]["id"].clone();
        let call = async |with: serde_json::Value| -> Result<serde_json::Value> {
            let mut input = with;
            input["gatheringId"] = id.clone();
            Ok(varde.ask(&hr, record, json!({ "input": input })).await?["recordAttendance"].clone())
        };
        let who = |list: &serde_json::Value, of: &str| -> Vec<String> {
            let email = |one: &serde_json::Value| one.pointer(of).and_then(|e| e.as_str().map(str::to_owned));
            let mut all: Vec<String> = list.as_array().unwrap().iter().filter_map(email).collect();
            all.sort();
            all
        };
        // For those who were not there, the others need not be told apart.
        let absent = call(json!({ "everyoneElse": "ABSENT", "dryRun": true })).await?;
        assert_eq!(absent["records"].as_array().map(Vec::len), Some(3), "{engine:?}");
        assert_eq!(absent["saidNo"], json!([]));
        let all = json!({ "everyoneElse": "PRESENT", "idempotencyKey": "dag 1" });
        let done = call(all.clone()).await?;
        let there = [comes.to.clone(), silent.to.clone()];
        assert_eq!(who(&done["records"], "/enrolment/person/email"), there, "{engine:?}");
        let away = std::slice::from_ref(&stays_away.to);
        assert_eq!(who(&done["saidNo"], "/person/email"), away);
        assert_eq!(call(all).await?["saidNo"], done["saidNo"], "said again");
        // Named, she gets what the coordinator says.
        let named = json!({ "everyoneElse": "PRESENT", "records": [{ "enrolmentId": done["saidNo"][0]["id"], "presence": "EXCUSED" }] });
        let named = call(named).await?;
        assert_eq!(who(&named["records"], "/enrolment/person/email"), away);
        assert_eq!((&named["records"][0]["presence"], &named["saidNo"]), (&json!("EXCUSED"), &json!([])));
    }
    Ok(())
}
