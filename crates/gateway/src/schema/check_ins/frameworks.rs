//! The framework of a trust: the domains, what they ask of each level, and the requirements, in versions.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use varde_app::{
    Error,
    frameworks::{self, FrameworkFile, History, PublishFramework},
};
use varde_model::Locale;

use crate::schema::{
    Caller, UserError,
    errors::{split, whole},
    organisation::ProgrammeChange,
    paging::{page, page_of, part},
};

/// A file of the framework.
#[derive(Clone, Debug, SimpleObject)]
pub struct FrameworkSource {
    /// Such as `requirements.toml`.
    path: String,
    /// As `publishFramework` takes it (TOML).
    source: String,
}

/// A version of the framework (rammeverk): the domains, what they ask of each level, and the requirements of contracts.
#[derive(Clone, Debug, SimpleObject)]
pub struct FrameworkVersion {
    /// 1 is what came with the product; 0 where no contract was made on it yet.
    version: u32,
    /// Since when it counts for contracts; null for what comes with the product.
    published_at: Option<DateTime<Utc>>,
    /// What differs from the version before.
    changes: Vec<ProgrammeChange>,
    /// Its files.
    files: Vec<FrameworkSource>,
}

page!(
    /// Versions of the framework, newest first.
    FrameworkVersionConnection, FrameworkVersionEdge, FrameworkVersion
);

fn told(one: History, locale: Locale) -> Result<FrameworkVersion, Error> {
    let files = one.framework.files().map_err(Error::internal)?;
    Ok(FrameworkVersion {
        version: one.version,
        published_at: one.published_at,
        changes: one.changes.into_iter().map(|change| ProgrammeChange::told(change, locale)).collect(),
        files: files.into_iter().map(|(path, source)| FrameworkSource { path, source }).collect(),
    })
}

/// Queries about the framework.
#[derive(Default)]
pub struct FrameworkQuery;

#[Object]
impl FrameworkQuery {
    /// Every version of the framework that the trust has had, newest first (rammeverket for lederkrav). For administrators
    /// and coordinators.
    async fn frameworks(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many, 25 if not said, 100 at most.")] first: Option<i32>,
        #[graphql(desc = "Go on behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<FrameworkVersionConnection> {
        let caller = Caller::of(context);
        whole(context, caller.coordinator())?;
        let right = whole(context, caller.signed_in())?;
        let page = page_of(caller.locale(), first, after)?;
        let found = whole(context, frameworks::history(&caller.ctx, &right).await)?;
        let place = |one: &History| {
            let version = uuid::Uuid::from_u128(u128::from(one.version));
            (vec![format!("{:010}", u32::MAX - one.version)], version)
        };
        let (found, more, total) = part(caller.locale(), found, &page, "frameworks", place)?;
        let mut rows = Vec::with_capacity(found.len());
        for (cursor, one) in found {
            rows.push((cursor, whole(context, told(one, caller.locale()))?));
        }
        Ok(FrameworkVersionConnection::new(rows, &page, more, total))
    }
}

/// A file of the framework that changes.
#[derive(InputObject, Debug)]
pub struct FrameworkFileInput {
    /// Such as `requirements.toml`.
    path: String,
    /// The whole file (TOML), as `FrameworkVersion.files` gives it.
    source: String,
}

/// A version of the framework to publish.
#[derive(InputObject, Debug)]
pub struct PublishFrameworkInput {
    /// The files that change; the others stay as they are.
    #[graphql(validator(max_items = 20))]
    files: Vec<FrameworkFileInput>,
    /// The version that was read and changed; left out, whichever stands.
    version: Option<u32>,
    /// Keep nothing; answer with what would be.
    #[graphql(default)]
    dry_run: bool,
}

/// A published version.
#[derive(Debug, SimpleObject)]
pub struct PublishFrameworkPayload {
    /// The version as it is published, or as it stands when nothing differs.
    framework: Option<FrameworkVersion>,
    /// What stands in the way, each fault of a file with its line and key; nothing was changed then.
    errors: Vec<UserError>,
}

/// Mutations of the framework.
#[derive(Default)]
pub struct FrameworkMutation;

#[Object]
impl FrameworkMutation {
    /// Publishes a version of the framework: requirements reworded, added, retired or linked anew, in three languages.
    /// Contracts keep the version that they were made on until `renewContracts`. Run it dry first. For administrators.
    async fn publish_framework(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The files.")] input: PublishFrameworkInput,
    ) -> async_graphql::Result<PublishFrameworkPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.administrator()?;
            let file = |file: FrameworkFileInput| FrameworkFile { path: file.path, source: file.source };
            let files = input.files.into_iter().map(file).collect();
            let input = PublishFramework { files, version: input.version, dry_run: input.dry_run };
            frameworks::publish(&caller.ctx, &right, &input).await
        };
        let (published, errors) = split(context, outcome.await)?;
        let framework = published.map(|one| told(one, caller.locale())).transpose();
        Ok(PublishFrameworkPayload { framework: whole(context, framework)?, errors })
    }
}
