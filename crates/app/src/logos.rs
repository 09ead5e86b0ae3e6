//! The trust's mark: uploaded by an administrator, and drawn on certificates.

use serde_json::json;
use varde_documents::{Logo, LogoFault, MOST_BYTES, MOST_PIXELS};
use varde_persistence::logos;

pub use varde_persistence::logos::StoredLogo as TrustLogo;

use crate::{
    Code, Ctx, Refusal, Result,
    access::{Administrator, Coordinator},
    audit::{self, Deed},
    texts,
};

/// The mark, if there is one.
///
/// # Errors
/// The database refused.
pub async fn find(ctx: &Ctx, right: &Coordinator) -> Result<Option<TrustLogo>> {
    Ok(logos::find(ctx.store(), right.org()).await?)
}

/// Uses an image as the mark from now on.
///
/// # Errors
/// Refused: it is too large, or no PNG or JPEG that can be read to its end.
pub async fn set(ctx: &Ctx, right: &Administrator, bytes: Vec<u8>) -> Result<TrustLogo> {
    let media_type = varde_documents::media_type(&bytes);
    if let Err(fault) = Logo::read(&bytes) {
        return Err(refused(ctx, fault).into());
    }
    let logo =
        TrustLogo { media_type: media_type.unwrap_or_default().to_owned(), bytes, changed_at: ctx.now };
    let tx = ctx.store().write().await?;
    logos::put(&tx, right.org(), ctx.new_id(), &logo).await?;
    let detail = json!({ "media_type": logo.media_type, "bytes": logo.bytes.len() });
    let deed = Deed::overall("organisation.set_logo");
    audit::record(ctx, &tx, right.org(), right.actor(), deed, detail).await?;
    tx.commit().await?;
    Ok(logo)
}

/// Takes the mark away.
///
/// # Errors
/// The database refused.
pub async fn remove(ctx: &Ctx, right: &Administrator) -> Result<()> {
    let tx = ctx.store().write().await?;
    logos::clear(&tx, right.org()).await?;
    let deed = Deed::overall("organisation.remove_logo");
    audit::record(ctx, &tx, right.org(), right.actor(), deed, json!({})).await?;
    tx.commit().await?;
    Ok(())
}

fn refused(ctx: &Ctx, fault: LogoFault) -> Refusal {
    let hint = match fault {
        LogoFault::TooLarge => {
            texts::text_with(ctx.locale, "hint-logo-bytes", &[("most", (MOST_BYTES / 1024).to_string())])
        }
        LogoFault::TooManyPixels => {
            texts::text_with(ctx.locale, "hint-logo-pixels", &[("most", MOST_PIXELS.to_string())])
        }
        LogoFault::Unreadable => texts::text(ctx.locale, "hint-logo-unreadable"),
    };
    Refusal::new(Code::Invalid).at("content").with("hint", hint)
}
