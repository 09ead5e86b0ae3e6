//! Changing who may not stand beside whom.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use varde_app::conflicts::{self, PublishRules};

use super::conflicts::{ConflictRules, rules};
use crate::schema::{Caller, UserError, errors::split};

/// Rules of conflicts of interest to publish.
#[derive(InputObject, Debug)]
pub struct PublishConflictRulesInput {
    /// The set as a file (TOML), as `ConflictRules.source` gives it. Its `from` says from which day it counts.
    source: String,
    /// The version that was read and changed; left out, whichever stands. 0 where the trust has published none.
    version: Option<u32>,
    /// Keep nothing; answer with what would be.
    #[graphql(default)]
    dry_run: bool,
}

/// Published rules of conflicts of interest.
#[derive(Debug, SimpleObject)]
pub struct PublishConflictRulesPayload {
    /// The set as it is published, or as it stands when nothing differs.
    conflict_rules: Option<ConflictRules>,
    /// How many conflicts were found in what stands: each is in the inbox.
    found: u64,
    /// How many that stood do so no more.
    settled: u64,
    /// What stands in the way, each fault of the file with its line and key; nothing was changed then.
    errors: Vec<UserError>,
}

/// Mutations of the rules of conflicts of interest.
#[derive(Default)]
pub struct ConflictMutation;

#[Object]
impl ConflictMutation {
    /// Publishes rules of conflicts of interest (habilitetsregler) that count from a day on, and looks again at everything
    /// that stands. Run it dry first. For administrators.
    async fn publish_conflict_rules(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The rules.")] input: PublishConflictRulesInput,
    ) -> async_graphql::Result<PublishConflictRulesPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.administrator()?;
            let PublishConflictRulesInput { source, version, dry_run } = input;
            conflicts::publish(&caller.ctx, &right, &PublishRules { source, version, dry_run }).await
        };
        let (published, errors) = split(context, outcome.await)?;
        let looked = published.as_ref().map(|published| published.looked).unwrap_or_default();
        Ok(PublishConflictRulesPayload {
            conflict_rules: published.map(|published| rules(published.published, caller.locale())),
            found: looked.found as u64,
            settled: looked.settled as u64,
            errors,
        })
    }
}
