//! Looking accounts and tokens up.

use async_graphql::{Context, Object};
use varde_app::accounts;
use varde_model::ids::{AccountId, ServiceTokenId};

use super::types::{Account, AccountConnection, ServiceToken, ServiceTokenConnection};
use crate::schema::{
    Caller,
    errors::whole,
    paging::{behind, cursor, page_of},
};

const ORDER: &str = "accounts";
const TOKENS: &str = "serviceTokens";

/// Queries about accounts.
#[derive(Default)]
pub struct AccountQuery;

#[Object]
impl AccountQuery {
    /// The trust's accounts, in the order in which they were made. For administrators.
    async fn accounts(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many, 25 if not said, 100 at most.")] first: Option<i32>,
        #[graphql(desc = "Go on behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<AccountConnection> {
        let caller = Caller::of(context);
        let right = whole(context, caller.administrator())?;
        let page = page_of(Caller::of(context).locale(), first, after)?;
        let after = behind(Caller::of(context).locale(), &page, ORDER)?.map(AccountId);
        let wanted = page.size as u64;
        let found = whole(context, accounts::list_accounts(&caller.ctx, &right, after, wanted).await)?;
        let last = found.last().map(|found| found.account.id);
        // The list is never asked for more than a hundred, so whether others follow is asked for by itself.
        let more = match last.filter(|_| found.len() == page.size) {
            None => false,
            Some(last) => {
                !whole(context, accounts::list_accounts(&caller.ctx, &right, Some(last), 1).await)?.is_empty()
            }
        };
        let total = whole(context, accounts::count_accounts(&caller.ctx, &right).await)?;
        let rows = found.into_iter().map(|found| (cursor(ORDER, found.account.id.0), Account::from(found)));
        Ok(AccountConnection::new(rows.collect(), &page, more, total))
    }

    /// The tokens of programs, revoked and expired ones included, in the order in which they were made. For
    /// administrators.
    async fn service_tokens(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many, 25 if not said, 100 at most.")] first: Option<i32>,
        #[graphql(desc = "Go on behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<ServiceTokenConnection> {
        let caller = Caller::of(context);
        let right = whole(context, caller.administrator())?;
        let page = page_of(Caller::of(context).locale(), first, after)?;
        let after = behind(Caller::of(context).locale(), &page, TOKENS)?.map(ServiceTokenId);
        let wanted = page.size as u64;
        let found = whole(context, accounts::list_service_tokens(&caller.ctx, &right, after, wanted).await)?;
        let last = found.last().map(|token| token.id);
        let more = match last.filter(|_| found.len() == page.size) {
            None => false,
            Some(last) => {
                let next = accounts::list_service_tokens(&caller.ctx, &right, Some(last), 1).await;
                !whole(context, next)?.is_empty()
            }
        };
        let total = whole(context, accounts::count_service_tokens(&caller.ctx, &right).await)?;
        let rows = found.into_iter().map(|token| (cursor(TOKENS, token.id.0), ServiceToken::from(token)));
        Ok(ServiceTokenConnection::new(rows.collect(), &page, more, total))
    }
}
