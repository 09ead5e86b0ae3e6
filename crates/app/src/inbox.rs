//! The coordinator's inbox (innboks): everything that needs a hand, with the reason and the act that is proposed.
//!
//! Items are a question to the data and never copies: whatever mends the fact takes the item away. Rows hold only what a
//! coordinator did about one (`handling`). Each source is a file that reads what it needs for the whole trust at once.

use varde_model::ids::{InboxItemId, OrganisationId};
use varde_persistence::Conn;

use crate::{Ctx, Result};

mod attendance;
mod check_ins;
mod conflicts;
mod dates;
mod facts;
mod floor;
mod follow_ups;
mod groups;
mod handling;
mod item;
mod lapsing;
mod leavers;
mod mails;
mod nominations;
mod not_invited;
mod queries;
mod supporters;
mod told;
mod without_cohort;

use floor::Floor;
pub use handling::{Handle, HandleItems, Handled, handle};
pub use item::{Act, ActValue, Handed, Item, Said};
pub use queries::{Filter, Inbox, Total, find_many, list, pulse};
pub use told::told;

/// Everything that needs a hand now, in no order. A new source is a file beside the others and a line here.
async fn found(ctx: &Ctx, conn: &impl Conn, org: OrganisationId) -> Result<Vec<Item>> {
    let floor = Floor::read(ctx, conn, org).await?;
    let mut items = Vec::new();
    items.extend(lapsing::items(&floor));
    items.extend(groups::items(&floor, conn).await?);
    items.extend(not_invited::items(&floor));
    items.extend(dates::items(&floor));
    items.extend(attendance::items(&floor, conn).await?);
    items.extend(leavers::items(&floor, conn).await?);
    items.extend(supporters::items(&floor, conn).await?);
    items.extend(facts::items(&floor, conn).await?);
    items.extend(without_cohort::items(ctx, &floor, conn).await?);
    items.extend(mails::items(&floor, conn).await?);
    items.extend(conflicts::items(&floor, conn).await?);
    items.extend(follow_ups::items(&floor, conn).await?);
    items.extend(nominations::items(&floor, conn).await?);
    Ok(items)
}

/// The permanent id of an item: the same key of the same trust gives the same one.
fn id_of(org: OrganisationId, key: &str) -> InboxItemId {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(format!("{org}|{key}").as_bytes());
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    InboxItemId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}
