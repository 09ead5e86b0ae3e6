//! Nominations: what asks a line manager, and what tells everybody.

use anyhow::Result;
use serde_json::{Value, json};

use super::Retries;

/// What is asked for: as much as tells two answers apart.
pub(super) fn asked(mutation: &str, planned: &str) -> Option<String> {
    Some(match mutation {
        "nominate" | "editNomination" => {
            "nomination { nominationId state version } mails { letter at }".to_owned()
        }
        "reopenEndorsement" => format!("nomination {{ id state endorseBy version }} {planned}"),
        "sendOutcomes" => format!("round {{ id state version }} placed reserves {planned}"),
        _ => return None,
    })
}

impl Retries {
    /// One nominates herself, is asked about twice, and gets the one place.
    pub(super) async fn nominations(&mut self) -> Result<()> {
        let hr = self.varde.coordinator().await?;
        let set_up = "mutation ($cohort: CreateCohortInput!, $round: CreateNominationRoundInput!) {
            createCohort(input: $cohort) { errors { code message path } }
            publishCohort(input: { cohortCode: \"NTP-2027\" }) { errors { code message path } }
            createNominationRound(input: $round) { errors { code message path } }
            openNominationRound(input: { roundCode: \"NTP-2027\" }) { errors { code message path } } }";
        let cohort = json!({ "programme": "national_top_leader", "code": "NTP-2027", "capacity": 1,
            "gatherings": [{ "date": "2027-09-01" }] });
        let round = json!({ "cohortCode": "NTP-2027", "opens": "2027-06-01", "closes": "2027-06-03",
            "endorseBy": "2027-06-04" });
        self.varde.ask(&hr, set_up, json!({ "cohort": cohort, "round": round })).await?;
        let silje = self.varde.sign_in_person("10390").await?;
        let draft = json!({ "roundCode": "NTP-2027", "motivation": "Vil mer", "project": "Kortere vei" });
        let draft = self.twice(&silje, "nominate", draft, 0).await?["nomination"]["nominationId"].clone();
        let hand_in = json!({ "nominationId": draft, "submit": true });
        let handed_in: Value = self.twice(&silje, "editNomination", hand_in, 0).await?;
        assert_eq!(handed_in["mails"][0]["letter"], "endorsement_request", "{handed_in}");
        self.varde.move_to("2027-06-07T08:00:00Z".parse()?).await?;
        let hr = self.varde.coordinator().await?;
        let again = json!({ "nominationId": draft, "until": "2027-06-09", "reason": "Ferie" });
        assert_ne!(self.twice(&hr, "reopenEndorsement", again, 0).await?["mails"], json!([]));
        let rest = "mutation ($id: ID!) {
            recordEndorsement(input: { nominationId: $id, endorsed: true, reason: \"Ja\", overrideReason: \"Telefon\" }) { errors { code message path } }
            prepareOutcomes(input: { roundCode: \"NTP-2027\" }) { placed errors { code message path } } }";
        self.varde.ask(&hr, rest, json!({ "id": draft })).await?;
        let sent = self.twice(&hr, "sendOutcomes", json!({ "roundCode": "NTP-2027" }), 0).await?;
        assert_eq!((&sent["placed"], sent["mails"].as_array().map(Vec::len)), (&json!(1), Some(1)), "{sent}");
        Ok(())
    }
}
