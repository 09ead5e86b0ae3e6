//! Where the database belongs. A copy that wakes up under another address, or in another place, must not write to
//! people: it may be a restored backup whose original still runs, or wrote to them since; or a trial with real people
//! in it.

use serde_json::json;
use varde_persistence::{
    installation::{self, Installation},
    organisations,
};

use crate::{
    Ctx, Result,
    access::Actor,
    audit::{self, Deed},
};

/// What a starting service finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Woken {
    /// The database is where it was, or new.
    AtHome,
    /// It was recorded under another address, or is a copy in another file or database: sending is off in every
    /// organisation.
    Elsewhere {
        /// The address it had.
        before: String,
        /// True when it is another file, or another server or database, than before.
        moved: bool,
        /// Organisations whose mail is held back now, by key.
        held_back: Vec<String>,
    },
}

/// Compares address and place with the recorded ones, before anything is sent. Elsewhere, sending is switched off for
/// every organisation and the new ones are recorded, so that whoever switches sending on again is not overruled by
/// the next start.
///
/// # Errors
/// The database refused.
pub async fn wake(ctx: &Ctx) -> Result<Woken> {
    let tx = ctx.store().write().await?;
    let (public_url, lies_at) = (ctx.config().public_url.clone(), installation::lies_at(&tx).await?);
    let Some(found) = installation::find(&tx).await? else {
        let new = Installation { id: ctx.new_id(), public_url, lies_at };
        installation::insert(&tx, &new, ctx.now).await?;
        tx.commit().await?;
        return Ok(Woken::AtHome);
    };
    let here = Installation { id: found.id, public_url, lies_at };
    if found == here {
        tx.roll_back().await?;
        return Ok(Woken::AtHome);
    }
    installation::update(&tx, &here, ctx.now).await?;
    let because = if found.public_url == here.public_url { "another place" } else { "another public URL" };
    let mut held_back = Vec::new();
    for organisation in organisations::all(&tx).await?.into_iter().filter(|organisation| organisation.sending)
    {
        organisations::set_sending(&tx, organisation.id, false).await?;
        let deed = Deed::overall("organisation.set_sending");
        let detail = json!({ "sending": false, "because": because });
        audit::record(ctx, &tx, organisation.id, Actor::System, deed, detail).await?;
        held_back.push(organisation.key);
    }
    tx.commit().await?;
    let moved = found.lies_at != here.lies_at;
    Ok(Woken::Elsewhere { before: found.public_url, moved, held_back })
}
