//! What comes before a panel, as its members see it.

use async_graphql::{ID, SimpleObject};
use varde_app::{nominations::PanelNomination, texts::text_with};
use varde_model::Locale;

use super::answers::NominationEndorsement;
use crate::{relay, schema::paging::page};

/// A nomination before the panel in which one is. Of one in which one may have no say, no more than the name shows.
#[derive(Debug, Clone, SimpleObject)]
pub struct MyPanelNomination {
    /// The nomination's id, for `rankNominations`.
    nomination_id: ID,
    /// The name of the nominee.
    nominee_name: String,
    /// Why this leader, in the nominator's words.
    motivation: String,
    /// The nominee's own development project (utviklingsprosjekt).
    project: Option<String>,
    /// The line manager's answer (tilslutning).
    endorsement: Option<NominationEndorsement>,
    /// Where one ranked it; 1 is the first, null for not yet.
    rank: Option<u32>,
    /// Why one may have no say in it, in the caller's language (inhabilitet); null for one that is to be ranked.
    conflict: Option<String>,
}

page!(
    /// Nominations before a panel, by the nominees' names.
    MyPanelNominationConnection, MyPanelNominationEdge, MyPanelNomination
);

impl MyPanelNomination {
    pub(super) fn told(one: PanelNomination, member: &str, locale: Locale) -> Self {
        let nominee_name = one.nominee.name();
        let conflict = one.conflicts.first().map(|conflict| {
            let args = [("one", member.to_owned()), ("other", nominee_name.clone())];
            text_with(locale, &conflict.key(), &args)
        });
        Self {
            nomination_id: relay::encode("Nomination", one.nomination.id.0),
            nominee_name,
            motivation: one.nomination.motivation,
            project: one.nomination.project,
            endorsement: one.nomination.endorsement.map(Into::into),
            rank: one.rank,
            conflict,
        }
    }
}
