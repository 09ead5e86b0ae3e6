//! Changing what the trust's programmes are.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use varde_app::{Error, catalogue};

use super::programmes::{Programme, ProgrammeChange, programme};
use crate::schema::{Caller, UserError, errors::split};

/// How to load the catalogue.
#[derive(InputObject, Debug, Default)]
pub struct LoadCatalogueInput {
    /// Keep nothing; answer with what would change.
    #[graphql(default)]
    dry_run: bool,
}

/// What loading the catalogue changed.
#[derive(Debug, SimpleObject)]
pub struct LoadCataloguePayload {
    /// Programme versions that were published; cohorts that stand keep theirs.
    versions: u32,
    /// Rules of reminding that were added; those that stood are left as the trust made them.
    policies: u32,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// A programme to publish.
#[derive(InputObject, Debug)]
pub struct PublishProgrammeInput {
    /// The programme as a file (TOML), as `Programme.source` gives it. Its `key` says which programme it is; one that the
    /// trust does not have is added.
    source: String,
    /// For a programme that is new: its rules of reminding as a file (TOML).
    reminders: Option<String>,
    /// The version that was read and changed; left out, whichever stands. 0 for a programme that is new.
    version: Option<u32>,
    /// Keep nothing; answer with what would be.
    #[graphql(default)]
    dry_run: bool,
}

/// A published programme.
#[derive(Debug, SimpleObject)]
pub struct PublishProgrammePayload {
    /// The programme in its new version, or as it stands when nothing differs. Cohorts that stand keep their version.
    programme: Option<Programme>,
    /// What differs from the version before; everything for a programme that is new.
    changes: Vec<ProgrammeChange>,
    /// Rules of reminding that were added.
    policies: u32,
    /// What stands in the way, each fault of a file with its line and key; nothing was changed then.
    errors: Vec<UserError>,
}

/// Mutations of the catalogue.
#[derive(Default)]
pub struct CatalogueMutation;

#[Object]
impl CatalogueMutation {
    /// Publishes a programme (publiser lederprogram) as a new version, which cohorts opened from now on follow, or adds one.
    /// Run it dry first: the answer lists what differs. For administrators.
    async fn publish_programme(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The programme.")] input: PublishProgrammeInput,
    ) -> async_graphql::Result<PublishProgrammePayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.administrator()?;
            let PublishProgrammeInput { source, reminders, version, dry_run } = input;
            let input = catalogue::PublishProgramme { source, reminders, version, dry_run };
            catalogue::publish(&caller.ctx, &right, &input).await
        };
        let (published, errors) = split(context, outcome.await)?;
        let locale = caller.locale();
        Ok(match published {
            Some(published) => PublishProgrammePayload {
                changes: published.changes.into_iter().map(|c| ProgrammeChange::told(c, locale)).collect(),
                policies: published.policies,
                programme: Some(programme(published.own, locale)),
                errors,
            },
            None => PublishProgrammePayload { programme: None, changes: Vec::new(), policies: 0, errors },
        })
    }

    /// Takes the programmes and rules of reminding of this version of the product into the trust. For administrators.
    async fn load_catalogue(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How.", default)] input: LoadCatalogueInput,
    ) -> async_graphql::Result<LoadCataloguePayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.administrator()?;
            let embedded = catalogue::embedded().map_err(|faults| Error::internal(format!("{faults:?}")))?;
            catalogue::load(&caller.ctx, &right, &embedded, input.dry_run).await
        };
        let (loaded, errors) = split(context, outcome.await)?;
        let loaded = loaded.unwrap_or_default();
        Ok(LoadCataloguePayload { versions: loaded.versions, policies: loaded.policies, errors })
    }
}
