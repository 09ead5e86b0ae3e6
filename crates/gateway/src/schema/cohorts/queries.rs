//! Looking cohorts up.

use async_graphql::{Context, InputObject, Object};
use varde_app::{
    Code, Error, Refusal,
    access::Coordinator,
    catalogue,
    cohorts::{self, CohortFilter},
};
use varde_model::ids::{CohortId, ProgrammeId};

use super::{Cohort, types::CohortCoordinator};
use crate::{
    relay::{self, Cursor},
    schema::{
        Caller,
        errors::{bad_page, whole},
        labels::CohortStateLabel,
    },
};

/// Which cohorts to list.
#[derive(InputObject, Debug, Default)]
pub struct CohortFilterInput {
    /// Only in these states.
    states: Option<Vec<CohortStateLabel>>,
    /// Only of the programme with this key, such as `onboarding` (program).
    programme: Option<String>,
}

/// A page of cohorts, oldest first.
#[derive(Debug, async_graphql::SimpleObject)]
pub struct CohortConnection {
    /// The rows of this page with their cursors.
    edges: Vec<CohortEdge>,
    /// The rows of this page.
    nodes: Vec<Cohort>,
    /// Where this page stands in the list.
    page_info: relay::PageInfo,
    /// How many cohorts the filter lets through.
    total_count: u64,
}

/// One row of a page of cohorts.
#[derive(Debug, async_graphql::SimpleObject)]
pub struct CohortEdge {
    /// The cohort.
    node: Cohort,
    /// Where the row stands; pass it as `after`.
    cursor: String,
}

/// Queries about cohorts.
#[derive(Default)]
pub struct CohortQuery;

#[Object]
impl CohortQuery {
    /// The cohort (kull) with the trust's own key, or null.
    async fn cohort(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The cohort's code, such as `INTRO-2`.")] code: String,
    ) -> async_graphql::Result<Option<Cohort>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let found = whole(context, cohorts::find_by_code(&caller.ctx, &right, code.trim()).await)?;
        Ok(found.map(Cohort))
    }

    /// Who may run cohorts (programkoordinatorer): the accounts that can be named as a cohort's coordinators, by name.
    async fn coordinators(&self, context: &Context<'_>) -> async_graphql::Result<Vec<CohortCoordinator>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let found = whole(context, varde_app::accounts::coordinators(&caller.ctx, &right).await)?;
        Ok(found.into_iter().map(CohortCoordinator::from).collect())
    }

    /// Cohorts, oldest first.
    async fn cohorts(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which ones.")] filter: Option<CohortFilterInput>,
        #[graphql(desc = "How many, 25 if not said, 100 at most.")] first: Option<i32>,
        #[graphql(desc = "Go on behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<CohortConnection> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let page = relay::PageArgs { first, after, last: None, before: None }
            .check()
            .map_err(|e| bad_page(Caller::of(context).locale(), &e))?;
        let after = match &page.cursor {
            None => None,
            Some(cursor) => {
                Some(cohort_cursor(cursor).ok_or_else(|| unknown_cursor(caller.locale(), &page))?)
            }
        };
        let filter = filter.unwrap_or_default();
        let programme = match &filter.programme {
            None => None,
            Some(key) => Some(whole(context, programme(caller, &right, key).await)?),
        };
        let states = filter.states.unwrap_or_default().into_iter().map(Into::into).collect();
        let filter = CohortFilter { states, programme };
        let found = whole(context, cohorts::list(&caller.ctx, &right, &filter, after, page.size).await)?;
        let total_count = whole(context, cohorts::count(&caller.ctx, &right, &filter).await)?;
        let cursors: Vec<String> = found.cohorts.iter().map(|cohort| cursor(cohort.id).encode()).collect();
        let page_info = relay::PageInfo {
            has_next_page: found.more,
            has_previous_page: after.is_some(),
            start_cursor: cursors.first().cloned(),
            end_cursor: cursors.last().cloned(),
        };
        let nodes: Vec<Cohort> = found.cohorts.into_iter().map(Cohort).collect();
        let edges =
            nodes.iter().cloned().zip(cursors).map(|(node, cursor)| CohortEdge { node, cursor }).collect();
        Ok(CohortConnection { edges, nodes, page_info, total_count })
    }
}

/// The programme with a key. A key that is none is said to be so: an empty list would look like an answer.
async fn programme(caller: &Caller, right: &Coordinator, key: &str) -> Result<ProgrammeId, Error> {
    let known = catalogue::programmes(&caller.ctx, right).await?;
    let found = known.iter().find(|programme| programme.version.key == key.trim());
    Ok(found.ok_or(Refusal::new(Code::NotFound).at("programme"))?.version.programme)
}

const ORDER: &str = "cohorts";

fn cursor(id: CohortId) -> Cursor {
    Cursor { order: ORDER.to_owned(), keys: Vec::new(), id: id.0 }
}

fn cohort_cursor(text: &str) -> Option<CohortId> {
    Cursor::decode(text, ORDER, 0).map(|cursor| CohortId(cursor.id))
}

fn unknown_cursor(locale: varde_model::Locale, page: &relay::Page) -> async_graphql::Error {
    bad_page(locale, &relay::PageError::UnknownCursor { argument: page.cursor_argument() })
}
