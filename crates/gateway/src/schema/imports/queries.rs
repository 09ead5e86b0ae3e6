//! Looking operations up, and what files the installation knows.

use async_graphql::{Context, ID, Object, SimpleObject};
use varde_app::operations;
use varde_model::ids::OperationId;

use super::operation::{Operation, OperationConnection};
use crate::{
    relay,
    schema::{
        Caller,
        errors::whole,
        paging::{behind, cursor, page_of},
    },
};

/// How an HR system writes its file (importprofil).
#[derive(Debug, SimpleObject)]
pub struct ImportProfile {
    /// The name to ask for.
    key: String,
    /// Which HR system and report it fits.
    description: String,
    /// True for the one that is used where none is named.
    is_default: bool,
}

const ORDER: &str = "operations";

/// Queries about longer work.
#[derive(Default)]
pub struct OperationQuery;

#[Object]
impl OperationQuery {
    /// A piece of longer work, or null.
    async fn operation(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Its id.")] id: ID,
    ) -> async_graphql::Result<Option<Operation>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let Some(key) = relay::decode_as("Operation", &id) else { return Ok(None) };
        let found = operations::find(&caller.ctx, &right, OperationId(key)).await;
        Ok(whole(context, found)?.map(Operation))
    }

    /// Longer work of the trust, newest first.
    async fn operations(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many, 25 if not said, 100 at most.")] first: Option<i32>,
        #[graphql(desc = "Go on behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<OperationConnection> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let page = page_of(Caller::of(context).locale(), first, after)?;
        let before = behind(Caller::of(context).locale(), &page, ORDER)?.map(OperationId);
        let found = whole(context, operations::list(&caller.ctx, &right, before, page.size).await)?;
        let rows =
            found.operations.into_iter().map(|one| (cursor(ORDER, one.id.0), Operation(one))).collect();
        Ok(OperationConnection::new(rows, &page, found.more, found.total))
    }

    /// The layouts of HR files that the installation knows, for `importPeople`.
    async fn import_profiles(&self, context: &Context<'_>) -> async_graphql::Result<Vec<ImportProfile>> {
        let caller = Caller::of(context);
        whole(context, caller.coordinator())?;
        let imports = caller.ctx.app().imports();
        let profile = |profile: &varde_model::hr::profile::ImportProfile| ImportProfile {
            key: profile.key.clone(),
            description: profile.description.clone(),
            is_default: profile.key == imports.default_profile,
        };
        Ok(imports.profiles.iter().map(profile).collect())
    }
}
