//! Programmes that leaders are proposed for by themselves, and no cohort that those leaders could have a place in.

use varde_model::inbox::{InboxKind, InboxReason};
use varde_persistence::Conn;

use super::{Act, ActValue, Floor, Item, Said};
use crate::{Ctx, Result, proposals};

pub(super) async fn items(ctx: &Ctx, floor: &Floor, conn: &impl Conn) -> Result<Vec<Item>> {
    let mut items = Vec::new();
    for waiting in proposals::without_cohort(ctx, conn, &floor.organisation).await? {
        let reason = if waiting.planned { InboxReason::NoRoom } else { InboxReason::NoCohort };
        let open = vec![("programme", ActValue::Text(waiting.programme.key.clone()))];
        items.push(Item {
            said: vec![
                ("programme", Said::Texts(waiting.programme.title)),
                ("count", Said::Number(waiting.leaders as u64)),
            ],
            // What has been seen to comes back with the next leader.
            act: Some(Act::fill_in("open-a-cohort", open)),
            ..Item::new(
                floor.org(),
                InboxKind::WithoutCohort,
                reason,
                format!("{}|{}", waiting.programme.key, waiting.newest),
            )
        });
    }
    Ok(items)
}
