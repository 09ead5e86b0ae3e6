//! A small round of the national top leader programme, for what is about one nomination.

use anyhow::Result;
use serde_json::{Value, json};
use varde_testkit::{harness::Harness, http::Http};

use super::p09_national_top_leader::{nominate, of, round};
use crate::library::over;

pub(super) const CODE: &str = "NTP-2027";

const OPEN: &str = "mutation ($cohort: CreateCohortInput!, $round: CreateNominationRoundInput!) {
    createCohort(input: $cohort) { errors { code message path } }
    publishCohort(input: { cohortCode: \"NTP-2027\" }) { errors { code message } }
    createNominationRound(input: $round) { errors { code message path } }
    openNominationRound(input: { roundCode: \"NTP-2027\" }) { errors { code message } } }";
pub(super) const RECORD: &str = "mutation ($id: ID!, $endorsed: Boolean!, $why: String!, $override: String!) {
    recordEndorsement(input: { nominationId: $id, endorsed: $endorsed, reason: $why, overrideReason: $override }) {
        nomination { state explanation endorsementRecordedBy { displayName }
            endorsement { endorsed reason overrideReason setAside { endorsed reason } } }
        warnings { code message } errors { code message path } } }";

/// Opens a round with this and that besides its days, in which these leaders nominate themselves; gives the nominations.
pub(super) async fn opened<const N: usize>(
    varde: &Harness,
    more: Value,
    nominees: [&str; N],
) -> Result<[Value; N]> {
    let hr = varde.coordinator().await?;
    let cohort = json!({ "programme": "national_top_leader", "code": CODE,
        "gatherings": [{ "date": "2027-02-02" }, { "date": "2027-02-03" }] });
    let days = json!({ "cohortCode": CODE, "opens": "2026-11-23", "closes": "2026-12-04",
        "endorseBy": "2026-12-11" });
    varde.ask(&hr, OPEN, json!({ "cohort": cohort, "round": over(&days, more) })).await?;
    for number in nominees {
        nominate(varde, CODE, number, None, true).await?;
    }
    let now = round(varde, CODE).await?;
    Ok(nominees.map(|number| of(&now, number)["id"].clone()))
}

/// What a coordinator writes down of an endorsement.
pub(super) async fn record(varde: &Harness, hr: &Http, id: &Value, endorsed: bool) -> Result<Value> {
    let said = json!({ "id": id, "endorsed": endorsed, "why": "Sagt i telefonen.", "override": "På reise." });
    Ok(varde.ask(hr, RECORD, said).await?["recordEndorsement"].take())
}
