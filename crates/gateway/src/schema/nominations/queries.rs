//! Looking rounds and nominations up.

use async_graphql::{Context, Object};
use varde_app::{nominations, people};
use varde_model::ids::NominationRoundId;

use super::{
    NominationRound,
    labels::RoundStateLabel,
    own::{MyNomination, MyNominationRound, MyPanel},
    panel::{MyPanelNomination, MyPanelNominationConnection},
};
use crate::schema::{
    Caller,
    errors::whole,
    paging::{behind, cursor, page, page_of, part},
};

page!(
    /// Rounds of nominations, oldest first.
    NominationRoundConnection, NominationRoundEdge, NominationRound
);

const ORDER: &str = "nominationRounds";

/// Queries about rounds.
#[derive(Default)]
pub struct NominationQuery;

#[Object]
impl NominationQuery {
    /// The round of nominations (nominasjonsrunde) with the trust's own key, or null.
    async fn nomination_round(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The round's code, such as `NTP-2027`.")] code: String,
    ) -> async_graphql::Result<Option<NominationRound>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let found = whole(context, nominations::find_by_code(&caller.ctx, &right, &code).await)?;
        Ok(found.map(NominationRound))
    }

    /// Rounds of nominations (nominasjonsrunder), oldest first.
    async fn nomination_rounds(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only in these states.")] states: Option<Vec<RoundStateLabel>>,
        #[graphql(desc = "How many, 25 if not said, 100 at most.")] first: Option<i32>,
        #[graphql(desc = "Go on behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<NominationRoundConnection> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let page = page_of(caller.locale(), first, after)?;
        let after = behind(caller.locale(), &page, ORDER)?.map(NominationRoundId);
        let states: Vec<_> = states.unwrap_or_default().into_iter().map(Into::into).collect();
        let found = nominations::list(&caller.ctx, &right, &states, after, page.size).await;
        let found = whole(context, found)?;
        let rows = found.items.into_iter().map(|round| (cursor(ORDER, round.id.0), NominationRound(round)));
        Ok(NominationRoundConnection::new(rows.collect(), &page, found.more, found.total))
    }
}

/// Queries about one's own part in nominations.
#[derive(Default)]
pub struct OwnNominationQuery;

#[Object]
impl OwnNominationQuery {
    /// The rounds in which one may nominate now (åpne nominasjonsrunder).
    async fn my_nomination_rounds(
        &self,
        context: &Context<'_>,
    ) -> async_graphql::Result<Vec<MyNominationRound>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.oneself())?;
        let found = whole(context, nominations::open_rounds(&caller.ctx, &right).await)?;
        Ok(found.into_iter().map(|open| MyNominationRound::told(open, caller.locale())).collect())
    }

    /// The nominations that one wrote or that are about one, newest first (egne nominasjoner).
    async fn my_nominations(&self, context: &Context<'_>) -> async_graphql::Result<Vec<MyNomination>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.oneself())?;
        let found = whole(context, nominations::mine(&caller.ctx, &right).await)?;
        Ok(found.into_iter().map(|mine| MyNomination::told(mine, caller.locale())).collect())
    }

    /// The nominations that one is or was asked to endorse, newest first (tilslutning).
    async fn my_endorsements(&self, context: &Context<'_>) -> async_graphql::Result<Vec<MyNomination>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.oneself())?;
        let found = whole(context, nominations::asked_of_me(&caller.ctx, &right).await)?;
        Ok(found.into_iter().map(|asked| MyNomination::told(asked, caller.locale())).collect())
    }

    /// The rounds in whose panel one is, once their windows are over, newest first (panel).
    async fn my_panels(&self, context: &Context<'_>) -> async_graphql::Result<Vec<MyPanel>> {
        let caller = Caller::of(context);
        let right = whole(context, caller.oneself())?;
        let found = whole(context, nominations::my_panels(&caller.ctx, &right).await)?;
        Ok(found.into_iter().map(MyPanel::told).collect())
    }

    /// What comes before the panel of a round in which one is, by the nominees' names.
    async fn my_panel_nominations(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The round's code (rundekode).")] round_code: String,
        #[graphql(desc = "How many, 25 if not said, 100 at most.")] first: Option<i32>,
        #[graphql(desc = "Go on behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<MyPanelNominationConnection> {
        let caller = Caller::of(context);
        let right = whole(context, caller.oneself())?;
        let page = page_of(caller.locale(), first, after)?;
        let found = whole(context, nominations::panel_nominations(&caller.ctx, &right, &round_code).await)?;
        let own = whole(context, people::oneself(&caller.ctx, &right).await)?;
        let member = own.map(|own| own.name()).unwrap_or_default();
        let place = |one: &nominations::PanelNomination| {
            let name = varde_model::people::sort_key(&one.nominee.family_name, &one.nominee.given_name);
            (vec![name.iter().map(|byte| format!("{byte:02x}")).collect()], one.nomination.id.0)
        };
        let (rows, more, total) = part(caller.locale(), found, &page, "panelNominations", place)?;
        let told = |one| MyPanelNomination::told(one, &member, caller.locale());
        let rows = rows.into_iter().map(|(cursor, one)| (cursor, told(one))).collect();
        Ok(MyPanelNominationConnection::new(rows, &page, more, total))
    }
}
