//! From parameters to an answer, the same for HTTP and WebSocket.

use std::sync::Arc;

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{
    ExecutableDocument, OperationDefinition, OperationType, Selection, SelectionSet,
};
use async_graphql::{Data, Executor, Request, Response, UploadValue, Value, Variables};

use super::auth::{Caller, Refusal, RefusalKind};
use super::config::{Config, Hooks};
use super::documents::{Document, Documents};
use super::encode::{self, Encoded};
use super::limits::{Cost, shape, tokens};
use super::params::Params;
use super::problem::Problem;
use super::request_id::RequestId;
use super::types::Types;
use super::ws::Seats;
use crate::ready::SplitKeys;

/// What the handlers share.
pub(crate) struct Gateway<E> {
    pub(crate) schema: E,
    pub(crate) config: Config,
    pub(crate) hooks: Hooks,
    pub(crate) connections: Arc<Seats>,
    documents: Documents,
    types: Types,
}

/// An operation that has passed every check that needs no schema.
pub(crate) struct Prepared {
    pub(crate) request: Request,
    /// None when the operation is not clear; the engine then says why.
    pub(crate) kind: Option<OperationType>,
    /// What must be known when the answer is written.
    pub(crate) asked: Asked,
}

/// The operation behind an answer.
#[derive(Clone)]
pub(crate) struct Asked {
    cost: Option<Cost>,
    name: Option<String>,
    document: Arc<Document>,
}

impl Asked {
    /// Whether every field at the top of the operation passes.
    fn only(&self, passes: impl Fn(&str) -> bool) -> bool {
        fn all(document: &ExecutableDocument, set: &SelectionSet, passes: &dyn Fn(&str) -> bool) -> bool {
            set.items.iter().all(|selection| match &selection.node {
                Selection::Field(field) => passes(&field.node.name.node),
                Selection::InlineFragment(fragment) => {
                    all(document, &fragment.node.selection_set.node, passes)
                }
                Selection::FragmentSpread(spread) => {
                    let fragment = document.fragments.get(&spread.node.fragment_name.node);
                    fragment.is_some_and(|it| all(document, &it.node.selection_set.node, passes))
                }
            })
        }
        let document = &self.document.parsed;
        shape::operation(document, self.name.as_deref())
            .is_some_and(|operation| all(document, &operation.node.selection_set.node, &passes))
    }
}

impl Prepared {
    /// Adds the caller's data and the files.
    pub(crate) fn with(
        mut self,
        data: Data,
        uploads: Vec<(String, UploadValue)>,
        request_id: RequestId,
    ) -> Self {
        self.request.data = data;
        self.request.data.insert(request_id);
        self.request.data.insert::<Arc<SplitKeys>>(Arc::clone(&self.asked.document.split));
        for (path, upload) in uploads {
            self.request.set_upload(&path, upload);
        }
        self
    }
}

impl<E: Executor> Gateway<E> {
    pub(crate) fn new(schema: E, types: Types, config: Config, hooks: Hooks) -> Self {
        Self {
            schema,
            types,
            documents: Documents::new(config.documents),
            connections: Arc::new(Seats::new(
                config.websocket.connections,
                config.websocket.connections_per_client,
            )),
            config,
            hooks,
        }
    }

    /// Parses the document, or takes it from those kept, and holds it against the limits.
    pub(crate) fn prepare(&self, params: Params) -> Result<Prepared, Problem> {
        let limits = &self.config.limits;
        let document = match self.documents.get(&params.query) {
            Some(document) => document,
            None => {
                tokens::check(&params.query, limits)
                    .map_err(|message| Problem::document("LIMIT_EXCEEDED", message, Vec::new()))?;
                let parsed = parse_query(&params.query).map_err(|error| Problem::parse(error.into()))?;
                shape::check(&parsed, limits).map_err(|refused| {
                    Problem::document("LIMIT_EXCEEDED", refused.message, refused.at.into_iter().collect())
                })?;
                Arc::new(Document::new(parsed))
            }
        };
        let name = params.operation_name.as_deref();
        let operation = shape::operation(&document.parsed, name);
        let cost = operation
            .map(|operation| Cost::of(&document.parsed, &operation.node, &params.variables, &self.types));
        if let Some(cost) = cost {
            cost.check(limits).map_err(|message| {
                Problem::document("LIMIT_EXCEEDED", message, Vec::new()).costing(cost, limits)
            })?;
        }
        if let Some(missing) =
            operation.and_then(|operation| missing_variable(&operation.node, &params.variables))
        {
            return Err(missing);
        }
        let kind = operation.map(|operation| operation.node.ty);
        let mut request = Request::new(params.query).variables(params.variables);
        request.operation_name = params.operation_name.clone();
        request.set_parsed_query(document.parsed.clone());
        if !self.config.introspection {
            request = request.disable_introspection();
        }
        Ok(Prepared { request, kind, asked: Asked { cost, name: params.operation_name, document } })
    }

    /// What resolvers are told of the caller. A client that sends its credentials with everything must be able to
    /// renew them when they have run out: an operation that needs nobody to be signed in is then carried out for
    /// nobody.
    pub(crate) async fn data(&self, caller: Caller<'_>, prepared: &Prepared) -> Result<Data, Refusal> {
        let authenticate = &self.hooks.authenticate;
        match authenticate.authenticate(caller).await {
            Err(refusal)
                if refusal.kind == RefusalKind::Unauthenticated
                    && prepared.asked.only(|field| authenticate.is_for_anyone(field)) =>
            {
                authenticate.authenticate(Caller { authorization: None, ..caller }).await
            }
            decided => decided,
        }
    }

    /// Executes a query or mutation and writes the answer; a document that proved valid is kept.
    pub(crate) async fn execute(&self, prepared: Prepared, request_id: &RequestId) -> (Encoded, Outcome) {
        let Prepared { request, asked, .. } = prepared;
        let text = request.query.clone();
        let response = self.schema.execute(request).await;
        let outcome = Outcome::of(&response);
        let encoded = self.encode(response, &asked, request_id);
        if !encoded.request_error {
            self.documents.keep(&text, &asked.document);
        }
        (encoded, outcome)
    }

    /// Writes an answer.
    pub(crate) fn encode(&self, mut response: Response, asked: &Asked, request_id: &RequestId) -> Encoded {
        let document = &asked.document.parsed;
        if !response.errors.is_empty()
            && !encode::is_request_error(&response)
            && let Some(operation) = shape::operation(document, asked.name.as_deref())
        {
            self.types.complete(&mut response, document, &operation.node);
        }
        let order = asked.document.order(asked.name.as_deref());
        encode::response(response, order, asked.cost, &self.config.limits, request_id)
    }
}

/// The engine notices a missing variable only where it is used; by the specification nothing may be executed then.
fn missing_variable(operation: &OperationDefinition, variables: &Variables) -> Option<Problem> {
    let missing = operation.variable_definitions.iter().find(|definition| {
        let definition = &definition.node;
        let given = variables.get(&definition.name.node);
        match given {
            Some(value) => *value == Value::Null && !definition.var_type.node.nullable,
            None => !definition.var_type.node.nullable && definition.default_value.is_none(),
        }
    })?;
    let name = &missing.node.name.node;
    let message = format!("Variable \"${name}\" of the type \"{}\" is missing.", missing.node.var_type.node);
    Some(Problem::document("GRAPHQL_VALIDATION_FAILED", message, vec![missing.pos]))
}

/// How an operation went, for metrics and the log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Ok,
    Errors,
}

impl Outcome {
    pub(crate) fn of(response: &Response) -> Self {
        if response.errors.is_empty() { Self::Ok } else { Self::Errors }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Errors => "errors",
        }
    }
}

/// The word for a kind of operation in metrics and messages.
pub(crate) fn kind_name(kind: Option<OperationType>) -> &'static str {
    match kind {
        Some(OperationType::Query) => "query",
        Some(OperationType::Mutation) => "mutation",
        Some(OperationType::Subscription) => "subscription",
        None => "unclear",
    }
}
