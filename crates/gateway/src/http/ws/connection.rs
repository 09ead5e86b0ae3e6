//! One connection: the handshake, then operations side by side until someone leaves.

use std::collections::HashMap;
use std::net::IpAddr;
use std::pin::pin;
use std::sync::Arc;

use async_graphql::parser::types::OperationType;
use async_graphql::{Executor, Response};
use axum::extract::ws::{Message, WebSocket};
use axum::http::HeaderMap;
use futures_util::StreamExt as _;
use serde_json::value::RawValue;
use tokio::sync::mpsc;
use tokio::task::{AbortHandle, Id, JoinSet};
use tokio::time::timeout;

use super::protocol::{Closing, Incoming, about, plain};
use crate::http::auth::{Caller, Transport};
use crate::http::encode;
use crate::http::execute::Gateway;
use crate::http::handler::authorization;
use crate::http::params::Params;
use crate::http::problem::Problem;
use crate::http::request_id::RequestId;

/// Answers waiting to be sent on one connection; when it is full, the operations wait.
const WAITING_ANSWERS: usize = 32;

/// Who is at the other end.
pub(crate) struct Client {
    pub(crate) headers: HeaderMap,
    pub(crate) peer: Option<IpAddr>,
    pub(crate) request_id: RequestId,
    /// From `connection_init`, else from the upgrade's headers.
    pub(crate) authorization: Option<String>,
}

impl Client {
    fn is_anonymous(&self) -> bool {
        self.caller().authorization.is_none()
    }

    fn caller(&self) -> Caller<'_> {
        Caller {
            authorization: self.authorization.as_deref().or_else(|| authorization(&self.headers)),
            headers: &self.headers,
            peer: self.peer,
            request_id: &self.request_id,
            transport: Transport::WebSocket,
        }
    }
}

/// What an operation has to say. The number tells it from an earlier one with the same id.
struct Event {
    id: String,
    number: u64,
    what: What,
}

enum What {
    Next(Vec<u8>),
    Error(Vec<u8>),
    Complete,
}

/// Serves a connection to its end.
pub(crate) async fn run<E: Executor>(mut socket: WebSocket, gateway: Arc<Gateway<E>>, client: Client) {
    let config = gateway.config.websocket.clone();
    let closing = if socket.protocol().is_none() {
        Closing::Subprotocol
    } else {
        match timeout(config.init_timeout, handshake(&mut socket)).await {
            Err(_) => Closing::InitTimeout,
            Ok(Err(closing)) => closing,
            Ok(Ok(authorization)) => {
                let client = Arc::new(Client { authorization, ..client });
                let talk = Box::pin(talk(&mut socket, gateway, client));
                timeout(config.lifetime, talk).await.unwrap_or(Closing::GoingAway("Connect again"))
            }
        }
    };
    // The other end may be gone already; then there is nobody to tell.
    let _gone = timeout(config.send_timeout, socket.send(Message::Close(Some(closing.frame())))).await;
}

/// Waits for `connection_init`; answers what it brought.
async fn handshake(socket: &mut WebSocket) -> Result<Option<String>, Closing> {
    loop {
        match receive(socket.recv().await)? {
            Some(Incoming::Init { authorization }) => return Ok(authorization),
            Some(Incoming::Ping) => socket.send(plain("pong")).await.map_err(|_| Closing::Done)?,
            Some(Incoming::Pong) | None => {}
            Some(Incoming::Subscribe { .. } | Incoming::Complete { .. }) => {
                return Err(Closing::Unauthorized);
            }
        }
    }
}

/// Turns what came off the wire into a message; None for WebSocket's own pings.
fn receive(received: Option<Result<Message, axum::Error>>) -> Result<Option<Incoming>, Closing> {
    match received {
        None | Some(Ok(Message::Close(_))) => Err(Closing::Done),
        Some(Err(_)) => Err(Closing::TooLarge),
        Some(Ok(Message::Text(text))) => Incoming::read(&text).map(Some).map_err(Closing::BadMessage),
        Some(Ok(Message::Binary(_))) => Err(Closing::BadMessage("Messages are text".to_owned())),
        Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(None),
    }
}

async fn talk<E: Executor>(socket: &mut WebSocket, gateway: Arc<Gateway<E>>, client: Arc<Client>) -> Closing {
    if let Err(refusal) = gateway.hooks.authenticate.authenticate(client.caller()).await {
        return Closing::Forbidden(refusal.message);
    }
    let (answers, waiting) = mpsc::channel(WAITING_ANSWERS);
    let operations =
        Operations { gateway, client, answers, tasks: JoinSet::new(), by_id: HashMap::new(), started: 0 };
    match operations.serve(socket, waiting).await {
        Ok(()) => Closing::Done,
        Err(closing) => closing,
    }
}

/// The operations that run on a connection.
struct Operations<E> {
    gateway: Arc<Gateway<E>>,
    client: Arc<Client>,
    answers: mpsc::Sender<Event>,
    /// Dropped with the connection, which ends them all.
    tasks: JoinSet<()>,
    by_id: HashMap<String, (u64, AbortHandle)>,
    started: u64,
}

impl<E: Executor> Operations<E> {
    async fn serve(
        mut self,
        socket: &mut WebSocket,
        mut waiting: mpsc::Receiver<Event>,
    ) -> Result<(), Closing> {
        let config = self.gateway.config.websocket.clone();
        let mut shutdown = self.gateway.hooks.shutdown.clone();
        let anonymous = self.client.is_anonymous();
        let idle_time = || timeout(config.anonymous_idle, std::future::pending::<()>());
        let mut idle = pin!(idle_time());
        let mut asked_for_life = false;
        self.send(socket, plain("connection_ack")).await?;
        loop {
            if !self.by_id.is_empty() {
                idle.set(idle_time());
            }
            tokio::select! {
                _ = idle.as_mut(), if anonymous && self.by_id.is_empty() => {
                    return Err(Closing::GoingAway("Nothing was asked"));
                },
                received = timeout(config.ping_after, socket.recv()) => match received {
                    Ok(received) => {
                        asked_for_life = false;
                        if let Some(message) = receive(received)? {
                            self.take(socket, message).await?;
                        }
                    }
                    Err(_) if asked_for_life => return Err(Closing::GoingAway("No sign of life")),
                    Err(_) => {
                        asked_for_life = true;
                        self.send(socket, plain("ping")).await?;
                    }
                },
                Some(event) = waiting.recv() => self.tell(socket, event).await?,
                Some(ended) = self.tasks.join_next_with_id() => {
                    if let Err(error) = ended && error.is_panic() {
                        self.apologise(socket, error.id()).await?;
                    }
                }
                () = stopped(&mut shutdown) => return Err(Closing::GoingAway("The service stops")),
            }
        }
    }

    async fn take(&mut self, socket: &mut WebSocket, message: Incoming) -> Result<(), Closing> {
        match message {
            Incoming::Init { .. } => Err(Closing::TooManyInits),
            Incoming::Ping => self.send(socket, plain("pong")).await,
            Incoming::Pong => Ok(()),
            Incoming::Complete { id } => {
                if let Some((_, task)) = self.by_id.remove(&id) {
                    task.abort();
                }
                Ok(())
            }
            Incoming::Subscribe { id, .. } if self.by_id.contains_key(&id) => Err(Closing::Duplicate(id)),
            Incoming::Subscribe { id, .. }
                if self.by_id.len() >= self.gateway.config.websocket.operations =>
            {
                let most = self.gateway.config.websocket.operations;
                let problem = Problem::document(
                    "TOO_MANY_OPERATIONS",
                    format!("At most {most} operations run at once on one connection."),
                    Vec::new(),
                );
                self.send(socket, about("error", &id, Some(&error_list(&problem)))).await
            }
            Incoming::Subscribe { id, payload } => {
                self.start(id, payload);
                Ok(())
            }
        }
    }

    fn start(&mut self, id: String, payload: Box<RawValue>) {
        self.started += 1;
        let number = self.started;
        let gateway = Arc::clone(&self.gateway);
        let client = Arc::clone(&self.client);
        let answers = self.answers.clone();
        let operation = id.clone();
        let task = self.tasks.spawn(async move {
            let last =
                match Box::pin(operate(&gateway, &client, &payload, &operation, number, &answers)).await {
                    Ok(()) => What::Complete,
                    Err(errors) => What::Error(errors),
                };
            // The connection is gone when nobody takes it.
            let _gone = answers.send(Event { id: operation, number, what: last }).await;
        });
        self.by_id.insert(id, (number, task));
    }

    /// Passes an answer on, unless the client has ended the operation meanwhile.
    async fn tell(&mut self, socket: &mut WebSocket, event: Event) -> Result<(), Closing> {
        let Event { id, number, what } = event;
        if self.by_id.get(&id).is_none_or(|(current, _)| *current != number) {
            return Ok(());
        }
        let message = match &what {
            What::Next(payload) => about("next", &id, Some(payload)),
            What::Error(payload) => about("error", &id, Some(payload)),
            What::Complete => about("complete", &id, None),
        };
        if !matches!(what, What::Next(_)) {
            self.by_id.remove(&id);
        }
        self.send(socket, message).await
    }

    /// An operation's task panicked: its client must not wait for ever.
    async fn apologise(&mut self, socket: &mut WebSocket, task: Id) -> Result<(), Closing> {
        let Some(id) =
            self.by_id.iter().find(|(_, (_, handle))| handle.id() == task).map(|(id, _)| id.clone())
        else {
            return Ok(());
        };
        self.by_id.remove(&id);
        tracing::error!(request_id = %self.client.request_id, "an operation on a WebSocket panicked");
        let problem = Problem::internal(self.client.request_id.as_str());
        self.send(socket, about("error", &id, Some(&error_list(&problem)))).await
    }

    async fn send(&self, socket: &mut WebSocket, message: Message) -> Result<(), Closing> {
        match timeout(self.gateway.config.websocket.send_timeout, socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(Closing::Done),
        }
    }
}

/// Runs one operation to its end. Err holds the errors, as JSON text, of one that was refused.
async fn operate<E: Executor>(
    gateway: &Gateway<E>,
    client: &Client,
    payload: &RawValue,
    id: &str,
    number: u64,
    answers: &mpsc::Sender<Event>,
) -> Result<(), Vec<u8>> {
    let refused = |problem: Problem| error_list(&problem);
    let prepared = gateway.prepare(Params::from_raw(payload).map_err(refused)?).map_err(refused)?;
    let data = gateway.data(client.caller(), &prepared).await.map_err(|refusal| refused(refusal.into()))?;
    let prepared = prepared.with(data, Vec::new(), client.request_id.clone());
    let endless = prepared.kind == Some(OperationType::Subscription);
    let asked = prepared.asked;
    let mut stream = gateway.schema.execute_stream(prepared.request, None);
    loop {
        let next: Option<Response> = if endless {
            stream.next().await
        } else {
            let next = timeout(gateway.config.timeout, stream.next()).await;
            next.map_err(|_| refused(Problem::timeout()))?
        };
        let Some(response) = next else { return Ok(()) };
        if encode::is_request_error(&response) {
            let mut errors = Vec::new();
            encode::errors(response.errors, true, &client.request_id, &mut errors);
            return Err(errors);
        }
        let encoded = gateway.encode(response, &asked, &client.request_id);
        let event = Event { id: id.to_owned(), number, what: What::Next(encoded.body) };
        if answers.send(event).await.is_err() {
            return Ok(());
        }
    }
}

fn error_list(problem: &Problem) -> Vec<u8> {
    serde_json::Value::Array(vec![problem.error()]).to_string().into_bytes()
}

/// Returns when the service stops; never, if it was not told how to know.
async fn stopped(shutdown: &mut Option<tokio::sync::watch::Receiver<bool>>) {
    if let Some(receiver) = shutdown
        && receiver.wait_for(|stops| *stops).await.is_ok()
    {
        return;
    }
    std::future::pending::<()>().await;
}
