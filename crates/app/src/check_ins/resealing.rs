//! Sealing every text anew under the newest key, so that an older one can go.

use serde_json::json;
use varde_auth::Sealed;
use varde_model::ids::OrganisationId;
use varde_persistence::check_ins::sealed::{SealedField, SealedTable, SealedText, page, replace};

use super::sealing::{self, Field};
use crate::{
    Ctx, Result,
    access::Administrator,
    audit::{self, Deed},
};

/// Texts that one transaction seals.
const AT_ONCE: u64 = 500;

/// Seals every text of a trust under the newest key; people may go on writing meanwhile. Gives how many an older key had
/// sealed. Broken off, it can be begun anew.
///
/// # Errors
/// Internal: a text cannot be opened, as its key is not in the file.
pub async fn reseal(ctx: &Ctx, right: &Administrator) -> Result<u64> {
    let org = right.org();
    let mut done = 0;
    for table in SealedTable::ALL {
        let mut after = uuid::Uuid::nil();
        loop {
            let texts = page(ctx.store(), org, table, after, AT_ONCE).await?;
            let Some(last) = texts.last() else { break };
            after = last.id;
            done += reseal_some(ctx, org, &texts).await?;
        }
    }
    let tx = ctx.store().write().await?;
    let deed = Deed::overall("check_in.reseal");
    audit::record(ctx, &tx, org, right.actor(), deed, json!({ "count": done })).await?;
    tx.commit().await?;
    Ok(done)
}

async fn reseal_some(ctx: &Ctx, org: OrganisationId, texts: &[SealedText]) -> Result<u64> {
    let older = |text: &&SealedText| !ctx.keys().confidential().is_newest(&Sealed(text.bytes.clone()));
    let older: Vec<&SealedText> = texts.iter().filter(older).collect();
    if older.is_empty() {
        return Ok(0);
    }
    let tx = ctx.store().write().await?;
    let mut done = 0;
    for text in older {
        let field = match &text.field {
            SealedField::Rating(party, requirement) => Field::Rating(*party, requirement),
            SealedField::Action(action) => Field::Action(*action),
            SealedField::Addendum(id) => Field::Addendum(*id),
        };
        let opened = sealing::open(ctx, org, text.check_in, field, Some(text.bytes.clone()))?;
        if let Some(sealed) = sealing::seal(ctx, org, text.check_in, field, &opened) {
            done += u64::from(replace(&tx, org, text, sealed).await?);
        }
    }
    tx.commit().await?;
    Ok(done)
}
