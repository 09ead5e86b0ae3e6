//! What an administrator sets for the trust as a whole, and the mail that goes out with it.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::harness::Harness;

use super::p01_onboarding::spring;

const EDIT: &str = "mutation ($input: EditOrganisationInput!) { editOrganisation(input: $input) {
    organisation { name senderAddress replyTo locale version } errors { code path } } }";

async fn addresses(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let admin = varde.sign_in("administrator@fjordheim.example").await?;
    let edit = async |input: Value| -> Result<Value> {
        Ok(admin.graphql(EDIT, json!({ "input": input })).await?.data()?["editOrganisation"].clone())
    };
    for (field, wrong) in [("senderAddress", "hr at fjordheim"), ("replyTo", "a@b.no\r\nBcc: c@d.no")] {
        let refused = edit(json!({ field: wrong })).await?;
        assert_eq!(refused["errors"], json!([{ "code": "EMAIL_INVALID", "path": [field] }]));
    }
    assert_eq!(edit(json!({ "name": " " })).await?["errors"][0]["code"], "REQUIRED");
    let new = json!({ "name": "Fjordheim universitetssykehus HF", "senderAddress": "leder@fjordheim.example",
        "replyTo": "hr@fjordheim.example", "version": 1 });
    let changed = edit(new.clone()).await?["organisation"].clone();
    assert_eq!(changed["version"], 2);
    let late = edit(new).await?;
    assert_eq!(late["errors"][0]["code"], "CONFLICT");
    assert_eq!(late["organisation"], changed, "with the trust as it stands");

    let hr = varde.coordinator().await?;
    let create =
        "mutation ($input: CreateCohortInput!) { createCohort(input: $input) { errors { code message } } }";
    varde.ask(&hr, create, spring()).await?;
    let publish = "mutation { enrolLeaders(input: { cohortCode: \"NYL-2027-V\", employeeNumbers: [\"11080\"], reason: \"avtalt\" }) { errors { code message } }
        publishCohort(input: { cohortCode: \"NYL-2027-V\" }) { errors { code message } } }";
    varde.ask(&hr, publish, json!({})).await?;
    varde.run_due().await?;
    let mails = varde.mails();
    let invitation = mails.last().context("an invitation")?;
    let from = ("Fjordheim universitetssykehus HF".to_owned(), "leder@fjordheim.example".to_owned());
    assert_eq!(invitation.from, from);
    assert_eq!(invitation.reply_to.as_deref(), Some("hr@fjordheim.example"));

    let cleared = edit(json!({ "replyTo": "", "senderAddress": "" })).await?;
    assert_eq!(cleared["organisation"]["replyTo"], Value::Null);
    assert_eq!(cleared["organisation"]["senderAddress"], Value::Null);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_goes_out_with_the_trusts_own_addresses_on_sqlite() -> Result<()> {
    addresses(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_goes_out_with_the_trusts_own_addresses_on_postgresql() -> Result<()> {
    addresses(Engine::Postgres).await
}
