//! A place in a cohort as coordinators see it.

use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use varde_model::enrolment;

use crate::{
    relay::{self, Cursor, Page, PageError, PageInfo},
    schema::{
        Caller,
        cohorts::Cohort,
        completion::Certificate,
        errors::whole,
        groups::LeaderGroup,
        labels::EnrolmentStateLabel,
        loaders::{CertificateOf, CreditsOf, EnrolmentsOf, Loaders, PracticeOf, ProjectOf, SupporterOf},
        mobilisation::Supporter,
        people::Person,
    },
};

/// A leader's place in a cohort (deltakelse).
#[derive(Debug, Clone)]
pub struct Enrolment(pub(crate) enrolment::Enrolment);

impl From<enrolment::Enrolment> for Enrolment {
    fn from(enrolment: enrolment::Enrolment) -> Self {
        Self(enrolment)
    }
}

/// A leader's place in a cohort (deltakelse).
#[Object]
impl Enrolment {
    /// Opaque permanent id.
    pub(crate) async fn id(&self) -> ID {
        relay::encode("Enrolment", self.0.id.0)
    }

    /// Where the leader stands with the cohort.
    async fn state(&self) -> EnrolmentStateLabel {
        self.0.state.into()
    }

    /// Since when.
    async fn since(&self) -> DateTime<Utc> {
        self.0.since
    }

    /// Until when an invitation can be answered, or a freed seat is held.
    async fn answer_by(&self) -> Option<DateTime<Utc>> {
        self.0.answer_by
    }

    /// The place in line of somebody who waits; the next one is 1.
    async fn place_in_line(&self, context: &Context<'_>) -> async_graphql::Result<Option<u32>> {
        if self.0.state != enrolment::EnrolmentState::Waiting {
            return Ok(None);
        }
        let loaders = context.data_unchecked::<Loaders>();
        let everyone = whole(context, loaders.one(EnrolmentsOf(self.0.cohort)).await)?.unwrap_or_default();
        Ok(varde_app::enrolments::place_in_line(&everyone, &self.0))
    }

    /// The reason that was given for the present state, if one was.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// True when a coordinator gave the seat past the line.
    async fn overridden(&self) -> bool {
        self.0.overridden
    }

    /// The cohort from which a coordinator moved the leader here; null for whoever came otherwise.
    async fn moved_from(&self, context: &Context<'_>) -> async_graphql::Result<Option<Cohort>> {
        let Some(cohort) = self.0.moved_from else { return Ok(None) };
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(cohort).await)?.map(Cohort::from))
    }

    /// The leader group with which the leader takes part (ledergruppe); null for whoever takes part alone.
    async fn leader_group(&self, context: &Context<'_>) -> async_graphql::Result<Option<LeaderGroup>> {
        let Some(group) = self.0.group else { return Ok(None) };
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(group).await)?.map(LeaderGroup::from))
    }
    /// The leader's own development project while in the cohort (utviklingsprosjekt); null where there is none.
    async fn development_project(&self, context: &Context<'_>) -> async_graphql::Result<Option<String>> {
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(ProjectOf(self.0.id)).await)?.map(|project| project.text))
    }

    /// Counts the changes; pass the one you saw when you change it.
    async fn version(&self) -> u32 {
        self.0.version
    }

    /// The certificate of whoever has completed the cohort (kursbevis); one that was taken back says so.
    async fn certificate(&self, context: &Context<'_>) -> async_graphql::Result<Option<Certificate>> {
        let loaders = context.data_unchecked::<Loaders>();
        let found = whole(context, loaders.one(CertificateOf(self.0.id)).await)?;
        Ok(found.map(|issued| Certificate::new(Caller::of(context), issued)))
    }

    /// The credits that the place gave (studiepoeng); null where none are recorded.
    async fn ects(&self, context: &Context<'_>) -> async_graphql::Result<Option<f64>> {
        let loaders = context.data_unchecked::<Loaders>();
        let found = whole(context, loaders.one(CreditsOf(self.0.id)).await)?;
        Ok(found.map(|given| given.credits.as_decimal()))
    }

    /// The experienced leader who supports whoever takes part, in a programme in which one tries the role out
    /// (støttespiller).
    async fn supporter(&self, context: &Context<'_>) -> async_graphql::Result<Option<Supporter>> {
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(SupporterOf(self.0.id)).await)?.map(Supporter))
    }

    /// The keys of the practice tasks that were told of as done (øvingsoppgaver).
    async fn practice_done(&self, context: &Context<'_>) -> async_graphql::Result<Vec<String>> {
        let loaders = context.data_unchecked::<Loaders>();
        let done = whole(context, loaders.one(PracticeOf(self.0.id)).await)?.unwrap_or_default();
        Ok(done.into_iter().map(|done| done.task).collect())
    }

    /// The leader.
    async fn person(&self, context: &Context<'_>) -> async_graphql::Result<Option<Person>> {
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(self.0.person).await)?.map(Person::from))
    }

    /// The cohort.
    async fn cohort(&self, context: &Context<'_>) -> async_graphql::Result<Option<Cohort>> {
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(self.0.cohort).await)?.map(Cohort::from))
    }
}

/// A page of places in a cohort.
#[derive(Debug, SimpleObject)]
pub struct EnrolmentConnection {
    /// The rows of this page with their cursors.
    edges: Vec<EnrolmentEdge>,
    /// The rows of this page.
    nodes: Vec<Enrolment>,
    /// Where this page stands in the list.
    page_info: PageInfo,
    /// How many places there are in all.
    total_count: usize,
}

/// One row of a page of places.
#[derive(Debug, SimpleObject)]
pub struct EnrolmentEdge {
    /// The place.
    node: Enrolment,
    /// Where the row stands; pass it as `after`.
    cursor: String,
}

const ORDER: &str = "enrolments";

impl EnrolmentConnection {
    /// A page out of everyone in the cohort, who are few and fetched together.
    pub(crate) fn cut(everyone: Vec<enrolment::Enrolment>, page: &Page) -> Result<Self, PageError> {
        let total_count = everyone.len();
        let start = match &page.cursor {
            None => 0,
            Some(text) => {
                let unknown = || PageError::UnknownCursor { argument: page.cursor_argument() };
                let cursor = Cursor::decode(text, ORDER, 0).ok_or_else(unknown)?;
                let at = everyone.iter().position(|enrolment| enrolment.id.0 == cursor.id);
                at.ok_or_else(unknown)? + 1
            }
        };
        let nodes: Vec<Enrolment> = everyone.into_iter().skip(start).take(page.size).map(Enrolment).collect();
        let cursor =
            |node: &Enrolment| Cursor { order: ORDER.to_owned(), keys: Vec::new(), id: node.0.id.0 }.encode();
        let edges: Vec<EnrolmentEdge> =
            nodes.iter().map(|node| EnrolmentEdge { node: node.clone(), cursor: cursor(node) }).collect();
        let page_info = PageInfo {
            has_next_page: start + nodes.len() < total_count,
            has_previous_page: start > 0,
            start_cursor: edges.first().map(|edge| edge.cursor.clone()),
            end_cursor: edges.last().map(|edge| edge.cursor.clone()),
        };
        Ok(Self { edges, nodes, page_info, total_count })
    }
}
