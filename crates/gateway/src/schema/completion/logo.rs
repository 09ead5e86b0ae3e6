//! The trust's mark, as it stands on certificates.

use async_graphql::{Context, InputObject, Object, SimpleObject, Upload};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use varde_app::logos::{self, TrustLogo as Stored};

use crate::schema::{
    Caller, UserError,
    errors::{split, whole},
    imports,
};

/// The trust's mark (logo).
#[derive(SimpleObject, Debug)]
pub struct TrustLogo {
    /// What kind of image: `image/png` or `image/jpeg`.
    media_type: String,
    /// Its bytes in base64.
    content: String,
    /// When it was uploaded.
    changed_at: DateTime<Utc>,
}

impl From<Stored> for TrustLogo {
    fn from(logo: Stored) -> Self {
        Self {
            content: STANDARD.encode(logo.bytes),
            media_type: logo.media_type,
            changed_at: logo.changed_at,
        }
    }
}

/// A mark to use from now on. Give `file`, `content` or `remove`.
#[derive(InputObject)]
pub struct SetTrustLogoInput {
    /// The image, by the GraphQL multipart request specification: PNG or JPEG, at most 512 kB and 2000 pixels.
    file: Option<Upload>,
    /// The image's bytes in base64.
    content: Option<String>,
    /// Take the mark away.
    #[graphql(default)]
    remove: bool,
}

/// The mark as it is now.
#[derive(SimpleObject, Debug)]
pub struct SetTrustLogoPayload {
    /// The mark; null where there is none.
    logo: Option<TrustLogo>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// Queries about the mark.
#[derive(Default)]
pub struct LogoQuery;

#[Object]
impl LogoQuery {
    /// The trust's mark on certificates (logo); null where there is none.
    async fn trust_logo(&self, context: &Context<'_>) -> async_graphql::Result<Option<TrustLogo>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        Ok(whole(context, logos::find(&caller.ctx, &right).await)?.map(TrustLogo::from))
    }
}

/// Mutations of the mark.
#[derive(Default)]
pub struct LogoMutation;

#[Object]
impl LogoMutation {
    /// Sets the trust's mark (logo), which stands on certificates that are fetched from now on. For administrators.
    async fn set_trust_logo(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The image.")] input: SetTrustLogoInput,
    ) -> async_graphql::Result<SetTrustLogoPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.administrator()?;
            if input.remove && input.file.is_none() && input.content.is_none() {
                logos::remove(&caller.ctx, &right).await?;
                return Ok(None);
            }
            let (_, bytes) = imports::content(context, input.file, input.content.as_deref())?;
            logos::set(&caller.ctx, &right, bytes).await.map(Some)
        };
        let (logo, errors) = split(context, outcome.await)?;
        Ok(SetTrustLogoPayload { logo: logo.flatten().map(TrustLogo::from), errors })
    }
}
