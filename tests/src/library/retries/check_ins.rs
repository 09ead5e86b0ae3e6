//! Opening a year's check-ins twice opens them once.

use anyhow::Result;
use serde_json::json;

use super::Retries;

/// What is asked of the answer to a mutation of check-ins or competence plans.
pub(super) fn asked(mutation: &str, planned: &str) -> Option<String> {
    Some(match mutation {
        "openCheckInCycle" => format!("checkInCycle {{ code state version }} opened {planned}"),
        "remindLateCheckIns" => format!("checkInCycle {{ code }} late remindedToday {planned}"),
        "openCompetencePlans" | "renewCompetencePlans" => {
            format!("count plans {{ id state frameworkVersion }} {planned}")
        }
        _ => return None,
    })
}

impl Retries {
    pub(super) async fn check_ins(&mut self) -> Result<()> {
        let hr = self.varde.coordinator().await?;
        let days = "opensOn: \"2027-09-16\", dueOn: \"2027-11-30\", closesOn: \"2027-12-17\"";
        let create = format!(
            "mutation {{ createCheckInCycle(input: {{ code: \"2028\", {days} }}) {{ errors {{ code message path }} }} }}"
        );
        self.varde.ask(&hr, &create, json!({})).await?;
        let opened = self.twice(&hr, "openCheckInCycle", json!({ "cycleCode": "2028" }), 0).await?;
        assert_ne!(opened["mails"], json!([]));
        self.varde.move_to("2027-12-02T10:00:00Z".parse()?).await?;
        let hr = self.varde.coordinator().await?;
        let reminded = self.twice(&hr, "remindLateCheckIns", json!({ "cycleCode": "2028" }), 0).await?;
        assert_ne!(reminded["mails"], json!([]));
        Ok(())
    }
}
