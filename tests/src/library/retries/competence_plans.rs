//! Making and renewing competence plans twice does it once.

use anyhow::{Context, Result};
use serde_json::json;

use super::Retries;

impl Retries {
    pub(super) async fn competence_plans(&mut self) -> Result<()> {
        let hr = self.varde.coordinator().await?;
        let opened = json!({ "employeeNumbers": ["10479"] });
        let opened = self.twice(&hr, "openCompetencePlans", opened, 0).await?;
        assert_ne!(opened["mails"], json!([]));
        let admin = self.varde.sign_in("administrator@fjordheim.example").await?;
        let files = "{ frameworks(first: 1) { nodes { files { path source } } } }";
        let files = self.varde.ask(&admin, files, json!({})).await?["frameworks"]["nodes"][0]["files"].take();
        let file = files.as_array().context("files")?.iter().find(|file| file["path"] == "plan.toml");
        let source = file.and_then(|file| file["source"].as_str()).context("a source")?;
        let publish = "mutation ($input: PublishFrameworkInput!) { publishFramework(input: $input) { errors { code message path } } }";
        let source = source.replacen("en = \"", "en = \"New: ", 1);
        let input = json!({ "files": [{ "path": "plan.toml", "source": source }] });
        self.varde.ask(&admin, publish, json!({ "input": input })).await?;
        let renewed = self.twice(&hr, "renewCompetencePlans", json!({}), 0).await?;
        assert_ne!(renewed["mails"], json!([]));
        Ok(())
    }
}
