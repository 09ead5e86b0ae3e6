//! Nominations as those see them who wrote them, whom they are about, or who are asked to endorse them.

use async_graphql::{ID, SimpleObject};
use chrono::{DateTime, Utc};
use varde_app::nominations::{self, explanation};
use varde_model::{Locale, cohort, nominations as model};

use super::{
    answers::NominationEndorsement,
    labels::{NominationRuleFacts, NominationStateLabel},
};
use crate::relay;

/// A round in which one may nominate now (åpen nominasjonsrunde).
#[derive(Debug, Clone, SimpleObject)]
pub struct MyNominationRound {
    /// The round's code, for `nominate` (rundekode).
    round_code: String,
    /// What the cohort is called (kull).
    cohort_title: String,
    /// The programme's name in the caller's language (program).
    programme_title: String,
    /// What it is.
    programme_summary: String,
    /// Nominations are handed in before this moment.
    closes_at: DateTime<Utc>,
    /// How people are nominated.
    rule: NominationRuleFacts,
}

impl MyNominationRound {
    pub(super) fn told(open: nominations::OpenRound, locale: Locale) -> Self {
        Self {
            round_code: open.round.code,
            cohort_title: open.cohort.title,
            programme_title: open.programme.title.get(locale).to_owned(),
            programme_summary: open.programme.summary.get(locale).to_owned(),
            closes_at: open.round.closes_at,
            rule: open.rule.into(),
        }
    }
}

/// A nomination that one wrote, that is about one, or that one is asked to endorse. What is decided shows once everybody
/// was told.
#[derive(Debug, Clone, SimpleObject)]
pub struct MyNomination {
    /// The nomination's id, for `editNomination`, `withdrawNomination` and `answerEndorsement`.
    nomination_id: ID,
    /// Where it stands.
    state: NominationStateLabel,
    /// The round's code (rundekode).
    round_code: String,
    /// What the cohort is called (kull).
    cohort_title: String,
    /// The programme's name in the caller's language (program).
    programme_title: String,
    /// The name of the nominee.
    nominee_name: String,
    /// The name of whoever wrote it.
    nominator_name: String,
    /// True where somebody nominated herself or himself.
    own: bool,
    /// Why this leader, in the nominator's words.
    motivation: String,
    /// The nominee's own development project (utviklingsprosjekt).
    project: Option<String>,
    /// Nominations are handed in, changed and taken back before this moment.
    closes_at: DateTime<Utc>,
    /// Until when the line manager may answer.
    endorse_by: Option<DateTime<Utc>>,
    /// The line manager's answer (tilslutning).
    endorsement: Option<NominationEndorsement>,
    /// Why it stands where it stands, sentence by sentence in the caller's language.
    explanation: Vec<String>,
    /// Counts the changes; pass the one you saw when you change it.
    version: u32,
}

impl MyNomination {
    pub(super) fn told(mine: nominations::MyNomination, locale: Locale) -> Self {
        let one = &mine.nomination;
        Self {
            nomination_id: relay::encode("Nomination", one.id.0),
            state: one.state.into(),
            explanation: explanation(one, mine.rule, locale),
            own: one.is_own(),
            endorse_by: one.endorse_by,
            version: one.version,
            round_code: mine.round.code,
            cohort_title: mine.cohort.title,
            programme_title: mine.programme.title.get(locale).to_owned(),
            nominee_name: mine.nominee,
            nominator_name: mine.nominator,
            closes_at: mine.round.closes_at,
            motivation: mine.nomination.motivation,
            project: mine.nomination.project,
            endorsement: mine.nomination.endorsement.map(Into::into),
        }
    }
}

/// A round in whose panel one is (panel).
#[derive(Debug, Clone, SimpleObject)]
pub struct MyPanel {
    /// The round's code, for `myPanelNominations` and `rankNominations` (rundekode).
    round_code: String,
    /// What the cohort is called (kull).
    cohort_title: String,
    /// Places (kvote).
    quota: u32,
    /// Places in reserve.
    reserves: u32,
    /// True once everybody was told: there is nothing to rank any more.
    over: bool,
}

impl MyPanel {
    pub(super) fn told((round, cohort): (model::NominationRound, cohort::Cohort)) -> Self {
        Self {
            over: round.state == model::RoundState::Sent,
            round_code: round.code,
            cohort_title: cohort.title,
            quota: round.quota,
            reserves: round.reserves,
        }
    }
}
