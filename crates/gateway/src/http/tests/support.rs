//! A small schema, a gateway around it, and ways to ask it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_graphql::{
    Context, Data, EmptyMutation, EmptySubscription, Error, ErrorExtensions as _, Object, ObjectType, Result,
    Schema, Subscription, SubscriptionType, Upload,
};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use futures_util::future::BoxFuture;
use futures_util::stream::{self, Stream, StreamExt as _};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::http::limits::Limits;
use crate::http::{Authenticate, Caller, Config, Hooks, Refusal, RequestId, router};

/// Who the token says; `Bearer anna` is Anna, `Bearer bad` does not hold, `Bearer limited` has asked too often.
struct Tokens;

/// The signed-in person of the tests.
pub(crate) struct Viewer(pub(crate) String);

impl Authenticate for Tokens {
    fn authenticate<'a>(&'a self, caller: Caller<'a>) -> BoxFuture<'a, Result<Data, Refusal>> {
        let answer = match caller.authorization.map(|value| value.trim_start_matches("Bearer ")) {
            None => Ok(Data::default()),
            Some("bad") => Err(Refusal::unauthenticated("The token has run out. Sign in again.")),
            Some("limited") => Err(Refusal::too_many("Too many requests.", 7)),
            Some(name) => {
                let mut data = Data::default();
                data.insert(Viewer(name.to_owned()));
                Ok(data)
            }
        };
        Box::pin(std::future::ready(answer))
    }

    fn is_for_anyone(&self, field: &str) -> bool {
        field == "touch"
    }
}

pub(crate) fn hooks() -> Hooks {
    let drawn = AtomicU64::new(1);
    Hooks {
        authenticate: Arc::new(Tokens),
        ready: Arc::new(|| Box::pin(std::future::ready(Err("the database cannot be reached".to_owned())))),
        elapsed: Arc::new(|| Duration::from_millis(5)),
        new_request_id: Arc::new(move || Uuid::from_u128(drawn.fetch_add(1, Ordering::Relaxed).into())),
        metrics: None,
        shutdown: None,
    }
}

/// A gateway with default settings around any schema.
pub(crate) fn gateway<Q, M, S>(schema: Schema<Q, M, S>) -> Router
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    router(schema, &Config::default(), &hooks())
}

pub(crate) struct Query;

#[Object]
impl Query {
    async fn hello(&self, name: Option<String>) -> String {
        format!("Hello, {}!", name.as_deref().unwrap_or("you"))
    }

    async fn number(&self, value: i32) -> i32 {
        value
    }

    async fn viewer(&self, ctx: &Context<'_>) -> Option<String> {
        ctx.data_opt::<Viewer>().map(|viewer| viewer.0.clone())
    }

    async fn request_id(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(ctx.data::<RequestId>()?.to_string())
    }

    /// Never answers.
    async fn slow(&self) -> bool {
        std::future::pending().await
    }

    async fn panics(&self, really: Option<bool>) -> bool {
        assert!(really == Some(false), "secret of the panic");
        true
    }

    /// A foreign error through `?`, as a database's would be.
    async fn fails(&self) -> Result<Option<i32>> {
        Ok(Some(
            "secret of the database"
                .parse::<i32>()
                .map_err(|_| std::io::Error::other("secret of the database"))?,
        ))
    }

    async fn refuses(&self) -> Result<Option<i32>> {
        Err(Error::new("You may not.").extend_with(|_, values| values.set("code", "FORBIDDEN")))
    }

    /// A person with fields that fail.
    async fn person(&self) -> Option<Person> {
        Some(Person)
    }

    async fn people(&self) -> Vec<Option<Person>> {
        vec![Some(Person), Some(Person)]
    }

    async fn needed(&self) -> Person {
        Person
    }

    /// A long text, so that an answer is worth compressing.
    async fn long(&self) -> String {
        "varde ".repeat(5_000)
    }
}

pub(crate) struct Person;

#[Object]
impl Person {
    async fn name(&self) -> &str {
        "Kari"
    }

    async fn nickname(&self) -> Result<Option<String>> {
        Err(Error::new("No nickname."))
    }

    async fn email(&self) -> Result<String> {
        Err(Error::new("No e-mail."))
    }

    async fn friend(&self) -> Person {
        Person
    }

    /// Many, and none of them waits for anything.
    async fn friends(&self) -> Vec<Person> {
        (0..30).map(|_| Person).collect()
    }
}

pub(crate) struct Mutation;

#[Object]
impl Mutation {
    async fn touch(&self) -> bool {
        true
    }

    async fn measure(&self, ctx: &Context<'_>, files: Vec<Upload>) -> Result<Vec<String>> {
        files
            .into_iter()
            .map(|file| {
                let file = file.value(ctx)?;
                Ok(format!("{} {}", file.filename, file.content.len()))
            })
            .collect()
    }
}

pub(crate) struct Subscriptions;

#[Subscription]
impl Subscriptions {
    async fn count(&self, to: i32) -> impl Stream<Item = i32> {
        stream::iter(1..=to)
    }

    /// Says once who asked, then stays open.
    async fn whoami(&self, ctx: &Context<'_>) -> impl Stream<Item = Option<String>> {
        let name = ctx.data_opt::<Viewer>().map(|viewer| viewer.0.clone());
        stream::iter([name]).chain(stream::pending())
    }

    async fn breaks(&self) -> impl Stream<Item = i32> {
        stream::iter(1..3).map(|_| panic!("secret of the panic"))
    }
}

pub(crate) fn schema() -> Schema<Query, Mutation, Subscriptions> {
    schema_within(&Limits::default())
}

pub(crate) fn schema_within(limits: &Limits) -> Schema<Query, Mutation, Subscriptions> {
    limits.apply(Schema::build(Query, Mutation, Subscriptions)).finish()
}

/// A gateway around the small schema.
pub(crate) fn small() -> Router {
    gateway(schema())
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn code(&self) -> String {
        self.json()["errors"][0]["extensions"]["code"].as_str().unwrap_or("").to_owned()
    }

    pub(crate) fn message(&self) -> String {
        self.json()["errors"][0]["message"].as_str().unwrap_or("").to_owned()
    }
}

pub(crate) async fn send(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    Answer {
        status: parts.status,
        headers: parts.headers,
        text: String::from_utf8_lossy(&bytes).into_owned(),
    }
}

/// A POST of a JSON body with further headers.
pub(crate) async fn post(router: &Router, body: impl Into<Body>, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::post("/graphql").header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(router, request.body(body.into()).unwrap()).await
}

pub(crate) async fn get(router: &Router, uri: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::get(uri);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(router, request.body(Body::empty()).unwrap()).await
}

/// The body of the answer to a document.
pub(crate) async fn ask_text(router: &Router, document: &str) -> String {
    let body = serde_json::json!({ "query": document }).to_string();
    post(router, body, &[("x-request-id", "test")]).await.text
}

/// The answer to a document.
pub(crate) async fn ask(router: &Router, document: &str) -> serde_json::Value {
    serde_json::from_str(&ask_text(router, document).await).unwrap()
}

/// A schema without mutation and subscription must do too.
#[test]
fn a_schema_of_queries_only_is_served() {
    let _router = gateway(Schema::new(Query, EmptyMutation, EmptySubscription));
}
