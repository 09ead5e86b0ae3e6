//! A `Ready` answers what ordinary resolvers answer, whatever is asked.

use std::sync::Arc;

use async_graphql::{
    ComplexObject, EmptyMutation, EmptySubscription, Enum, ID, Interface, Object, Schema, Union,
};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use uuid::Uuid;

use super::Ready;
use crate::{
    http::tests::support::{ask, gateway},
    schema::scalars::{LocalDate, LocalTime},
};

/// How far something is.
#[derive(Enum, Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum Stage {
    /// Before it starts.
    NotStarted,
    /// After it ended.
    Done,
}
crate::enum_out!(Stage);

crate::node! {
    /// A gathering.
    pub(crate) struct SessionNode as "Session" {
        /// Id.
        id: ID,
        /// Title, with a "quote" in the description.
        title: String,
        /// When.
        starts_at: DateTime<Utc>,
        /// The day.
        local_date: LocalDate,
        /// The hour.
        local_time: LocalTime,
        /// The room.
        room: Option<String>,
        /// The stage.
        stage: Stage,
    }
}

crate::node! {
    /// A cohort.
    #[graphql(complex)]
    pub(crate) struct Cohort {
        /// Key.
        key: Uuid,
        /// Id.
        id: ID,
        /// Name.
        #[graphql(deprecation = "Use `id`.")]
        name: String,
        /// Places.
        capacity: i32,
        /// Share.
        share: f64,
        /// Open.
        is_open: bool,
        /// Gatherings.
        sessions: Vec<Arc<SessionNode>>,
        /// The next one.
        next_session: Option<SessionNode>,
    }
}

crate::connection!(
    /// Cohorts, a page at a time.
    pub(crate) CohortConnection, CohortEdge, Cohort
);

#[ComplexObject]
impl Cohort {
    /// A field with an argument, which needs a real resolver.
    async fn greeting(&self, to: String) -> String {
        format!("{} greets {to}", self.name)
    }
}

/// Anything with an id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "&ID", desc = "Id."))]
enum Node {
    Cohort(Cohort),
    SessionNode(SessionNode),
}

/// What a search finds.
#[derive(Union)]
enum Found {
    Cohort(Cohort),
}

fn cohort(id: i32) -> Cohort {
    let session = |n: u32| SessionNode {
        id: ID(format!("s{n}")),
        title: format!("\"Læring\" \\ {n}\n\u{1F600}\u{7}"),
        starts_at: DateTime::from_timestamp(1_772_000_000 + i64::from(n), 120_000_000).unwrap(),
        local_date: NaiveDate::from_ymd_opt(2026, 3, n).unwrap().into(),
        local_time: NaiveTime::from_hms_opt(8, 5, n - 1).unwrap().into(),
        room: (n > 1).then(|| "Ås".to_owned()),
        stage: if n > 1 { Stage::Done } else { Stage::NotStarted },
    };
    Cohort {
        key: Uuid::from_u128(0xabc),
        id: ID(format!("c{id}")),
        name: format!("Kull {id}"),
        capacity: -25,
        share: 1.0,
        is_open: true,
        sessions: vec![Arc::new(session(1)), Arc::new(session(2))],
        next_session: (id > 1).then(|| session(3)),
    }
}

fn page() -> CohortConnection {
    CohortConnection::new(vec![("a".to_owned(), cohort(1)), ("b".to_owned(), cohort(2))], false, true, 7)
}

/// Makes one schema with ordinary resolvers and one with `Ready`; they have the same SDL.
macro_rules! schema {
    ($module:ident, $wrap:ident, $ok:expr) => {
        mod $module {
            use super::*;

            pub(super) struct Query;

            #[Object]
            impl Query {
                async fn cohort(&self, id: i32) -> async_graphql::Result<Option<$wrap<Cohort>>> {
                    match id {
                        0 => Ok(None),
                        13 => Err(async_graphql::Error::new("No such luck.")),
                        _ => Ok(Some($ok(cohort(id)))),
                    }
                }

                async fn cohorts(&self) -> $wrap<Vec<Cohort>> {
                    $ok(vec![cohort(1), cohort(2)])
                }

                async fn page(&self) -> $wrap<CohortConnection> {
                    $ok(page())
                }

                async fn me(&self) -> Me {
                    Me
                }

                async fn mine(&self) -> Vec<Me> {
                    vec![Me, Me]
                }

                async fn node(&self) -> Node {
                    Node::Cohort(cohort(4))
                }

                async fn found(&self) -> Vec<Found> {
                    vec![Found::Cohort(cohort(5))]
                }
            }

            pub(super) struct Me;

            #[Object]
            impl Me {
                async fn cohort(&self) -> $wrap<Cohort> {
                    $ok(cohort(3))
                }

                async fn name(&self) -> &str {
                    "Kari"
                }
            }
        }
    };
}

/// The ordinary way: the type itself.
type Plain<T> = T;

schema!(ordinary, Plain, std::convert::identity);
schema!(ready, Ready, Ready);

const DOCUMENTS: [&str; 22] = [
    "{ cohort(id: 1) { id name capacity share isOpen key } }",
    "{ cohort(id: 0) { id } }",
    "{ cohorts { id sessions { id title startsAt localDate localTime room stage } nextSession { id room } } }",
    "{ c: cohort(id: 2) { n: name t: __typename s: sessions { x: title __typename } __typename } }",
    "{ page { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id } } nodes { name } } }",
    "{ cohorts { ...C ... on Cohort { name } ... { capacity } } } fragment C on Cohort { id sessions { ...S } } fragment S on Session { id }",
    "{ cohorts { ... on Node { id ... on Session { title } ... on Cohort { name } } } }",
    "{ cohorts { sessions { id } sessions { title } ...M } } fragment M on Cohort { sessions { room id } id }",
    "query($yes: Boolean = true, $no: Boolean = false) { cohorts { id @include(if: $yes) name @skip(if: $yes) sessions @include(if: $no) { id } ...F @skip(if: $no) ... @include(if: $yes) { capacity } } } fragment F on Cohort { isOpen }",
    // Keys split above a Ready: directly, through fragments, deeper, in lists, and with an alias.
    "{ cohort(id: 1) { id } cohort(id: 1) { name } }",
    "{ ...A ...B } fragment A on Query { cohorts { id } } fragment B on Query { cohorts { name sessions { id } } }",
    "{ ...A ...A } fragment A on Query { cohorts { id } }",
    "{ me { cohort { id } } me { name cohort { name } } }",
    "{ mine { cohort { id sessions { id } } ...M } ... { mine { name } } } fragment M on Me { cohort { sessions { title } } }",
    "{ x: page { totalCount } ... on Query { x: page { nodes { id } } } y: page { nodes { name } } }",
    // Errors beside a Ready.
    "{ cohort(id: 1) { id } bad: cohort(id: 13) { id } }",
    "{ bad: cohort(id: 13) { id } }",
    // Fields that need a resolver: the ordinary way is taken.
    "{ cohort(id: 1) { id greeting(to: \"you\") sessions { id } } }",
    "{ cohorts { id greeting(to: \"you\") } page { nodes { g: greeting(to: \"me\") } } }",
    "{ node { __typename id ... on Cohort { name } } found { ... on Cohort { id } } cohorts { id } }",
    "{ __schema { queryType { name } } cohorts { __typename } }",
    "{ cohorts { nope } }",
];

#[tokio::test]
async fn ready_and_ordinary_resolvers_give_equal_answers() {
    let ordinary = gateway(Schema::new(ordinary::Query, EmptyMutation, EmptySubscription));
    let ready = gateway(Schema::new(ready::Query, EmptyMutation, EmptySubscription));
    for document in DOCUMENTS {
        let expected = ask(&ordinary, document).await;
        assert_eq!(ask(&ready, document).await, expected, "{document}");
        assert_eq!(ask(&ready, document).await, expected, "kept: {document}");
    }
}

/// Ordinary resolvers of the engine pass over such a fragment; the specification wants it answered.
#[tokio::test]
async fn a_union_is_a_condition_too() {
    let ready = gateway(Schema::new(ready::Query, EmptyMutation, EmptySubscription));
    let answer = ask(&ready, "{ cohort(id: 1) { ... on Found { __typename } id } }").await;
    assert_eq!(answer["data"]["cohort"]["__typename"], "Cohort");
}

#[tokio::test]
async fn the_fields_come_in_the_order_asked() {
    let ready = gateway(Schema::new(ready::Query, EmptyMutation, EmptySubscription));
    let text = crate::http::tests::support::ask_text(&ready, "{ cohort(id: 1) { name id capacity } }").await;
    assert!(text.contains(r#""cohort":{"name":"Kull 1","id":"c1","capacity":-25}"#), "{text}");
}

#[tokio::test]
async fn without_the_gateway_values_are_answered() {
    let schema = Schema::new(ready::Query, EmptyMutation, EmptySubscription);
    let response = schema.execute("{ cohorts { id } }").await;
    assert_eq!(serde_json::to_value(&response.data).unwrap()["cohorts"][1]["id"], "c2");
}

#[test]
fn the_schema_is_that_of_the_wrapped_types() {
    let ordinary = Schema::new(ordinary::Query, EmptyMutation, EmptySubscription).sdl();
    assert_eq!(Schema::new(ready::Query, EmptyMutation, EmptySubscription).sdl(), ordinary);
    assert!(ordinary.contains("type Session implements Node"));
    assert!(ordinary.contains("Title, with a"));
    assert!(ordinary.contains("@deprecated(reason: \"Use `id`.\")"));
}
