//! The messages of `graphql-transport-ws` and the codes it closes with.

use axum::extract::ws::{CloseFrame, Message};
use serde::Deserialize;
use serde_json::value::RawValue;

/// What a client says.
#[derive(Debug)]
pub(crate) enum Incoming {
    /// Opens the conversation; the payload may carry credentials.
    Init { authorization: Option<String> },
    /// Asks for a sign of life.
    Ping,
    /// Gives one.
    Pong,
    /// Starts an operation.
    Subscribe { id: String, payload: Box<RawValue> },
    /// Ends one.
    Complete { id: String },
}

/// Why a connection ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Closing {
    /// 1000.
    Done,
    /// 1001: the service stops, or the connection has lived its time.
    GoingAway(&'static str),
    /// 1009 as far as it can be told: the message was larger than allowed, or no WebSocket message.
    TooLarge,
    /// 4400.
    BadMessage(String),
    /// 4401: an operation before `connection_ack`.
    Unauthorized,
    /// 4403: the credentials of `connection_init` were refused.
    Forbidden(String),
    /// 4406.
    Subprotocol,
    /// 4408.
    InitTimeout,
    /// 4409.
    Duplicate(String),
    /// 4429: a second `connection_init`.
    TooManyInits,
}

/// A close frame's reason may have 123 bytes.
const MAX_REASON: usize = 123;

/// Longer operation ids are not accepted.
const MAX_ID: usize = 128;

impl Closing {
    pub(crate) fn frame(&self) -> CloseFrame {
        let (code, mut reason) = match self {
            Self::Done => (1000, "Done".to_owned()),
            Self::GoingAway(why) => (1001, (*why).to_owned()),
            Self::TooLarge => (1009, "Message too large".to_owned()),
            Self::BadMessage(why) => (4400, why.clone()),
            Self::Unauthorized => (4401, "Unauthorized".to_owned()),
            Self::Forbidden(why) => (4403, why.clone()),
            Self::Subprotocol => (4406, "Subprotocol not acceptable".to_owned()),
            Self::InitTimeout => (4408, "Connection initialisation timeout".to_owned()),
            Self::Duplicate(id) => (4409, format!("Subscriber for {id} already exists")),
            Self::TooManyInits => (4429, "Too many initialisation requests".to_owned()),
        };
        reason.truncate(reason.floor_char_boundary(MAX_REASON));
        CloseFrame { code, reason: reason.into() }
    }
}

#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "type")]
    kind: String,
    id: Option<String>,
    payload: Option<Box<RawValue>>,
}

impl Incoming {
    /// Reads a message; Err is why it is none.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let Envelope { kind, id, payload } = serde_json::from_str(text)
            .map_err(|_| "Message is not a JSON object with a `type`".to_owned())?;
        let id = || {
            id.filter(|id| !id.is_empty() && id.len() <= MAX_ID)
                .ok_or_else(|| format!("`{kind}` needs an `id` of 1 to {MAX_ID} bytes"))
        };
        match kind.as_str() {
            "connection_init" => Ok(Self::Init { authorization: authorization(payload.as_deref())? }),
            "ping" => Ok(Self::Ping),
            "pong" => Ok(Self::Pong),
            "subscribe" => {
                Ok(Self::Subscribe { id: id()?, payload: payload.ok_or("`subscribe` needs a `payload`")? })
            }
            "complete" => Ok(Self::Complete { id: id()? }),
            _ => Err("Unknown message type".to_owned()),
        }
    }
}

/// `authorization` of the payload, in either spelling that clients use.
fn authorization(payload: Option<&RawValue>) -> Result<Option<String>, String> {
    #[derive(Deserialize)]
    struct Init {
        #[serde(alias = "Authorization")]
        authorization: Option<String>,
    }
    let Some(payload) = payload else { return Ok(None) };
    let init: Option<Init> = serde_json::from_str(payload.get()).map_err(|_| {
        "The payload of `connection_init` must be an object; `authorization` in it text".to_owned()
    })?;
    Ok(init.and_then(|init| init.authorization))
}

/// A message without id and payload.
pub(crate) fn plain(kind: &str) -> Message {
    Message::text(format!(r#"{{"type":"{kind}"}}"#))
}

/// A message about an operation; `payload` is JSON text.
pub(crate) fn about(kind: &str, id: &str, payload: Option<&[u8]>) -> Message {
    let mut text = format!(r#"{{"type":"{kind}","id":{}"#, serde_json::Value::from(id));
    if let Some(payload) = payload {
        text.push_str(r#","payload":"#);
        text.push_str(&String::from_utf8_lossy(payload));
    }
    text.push('}');
    Message::text(text)
}
