//! Conflicts of interest that the last look found in what stands.

use varde_model::{
    conflicts::Constellation,
    inbox::{InboxKind, InboxReason},
};
use varde_persistence::{Conn, conflicts as stored};

use super::{Act, ActValue, Floor, Item, Said, supporters};
use crate::Result;

pub(super) async fn items(floor: &Floor, conn: &impl Conn) -> Result<Vec<Item>> {
    let item = |found: stored::StoredConflict| Item {
        said: vec![("conflict", Said::Conflict(found.conflict))],
        person: Some(found.conflict.other),
        subject: subject(found.conflict.constellation).map(|kind| (kind, found.about)),
        since: Some(found.found_at),
        act: act(&found),
        ..Item::new(floor.org(), InboxKind::Conflict, InboxReason::Conflict, found.id)
    };
    Ok(stored::standing(conn, floor.org()).await?.into_iter().map(item).collect())
}

/// The type of what the two stand together in. Whatever adds constellations to `conflicts::standing` names its own here.
fn subject(constellation: Constellation) -> Option<&'static str> {
    match constellation {
        Constellation::Endorser | Constellation::PanelMember => Some("Nomination"),
        Constellation::MentorPair => Some("Enrolment"),
        Constellation::CourseTeam | Constellation::MentorGroup | Constellation::Reviewer => None,
    }
}

/// What is proposed, by the same.
fn act(found: &stored::StoredConflict) -> Option<Act> {
    match found.conflict.constellation {
        // Somebody independent is asked.
        Constellation::Endorser => Some(Act::fill_in(
            "reopen-endorsement",
            vec![("nominationId", ActValue::Id("Nomination", found.about))],
        )),
        Constellation::MentorPair => Some(supporters::another(found.about)),
        // What a member said of the nominee does not count any more: that follows by itself.
        Constellation::PanelMember
        | Constellation::CourseTeam
        | Constellation::MentorGroup
        | Constellation::Reviewer => None,
    }
}
