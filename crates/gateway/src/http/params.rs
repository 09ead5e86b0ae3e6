//! The parameters of a request: `query`, `operationName`, `variables`, `extensions`.

use async_graphql::Variables;
use axum::extract::Query;
use axum::http::Uri;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::limits::shape::marks_constant;
use super::problem::Problem;

/// What a client sent, checked for its shape. `extensions` must be a map and is otherwise not used.
#[derive(Debug)]
pub(crate) struct Params {
    pub(crate) query: String,
    pub(crate) operation_name: Option<String>,
    pub(crate) variables: Variables,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Parts<'a> {
    #[serde(borrow)]
    query: Option<&'a RawValue>,
    #[serde(borrow)]
    operation_name: Option<&'a RawValue>,
    #[serde(borrow)]
    variables: Option<&'a RawValue>,
    #[serde(borrow)]
    extensions: Option<&'a RawValue>,
}

impl Params {
    /// Reads a JSON body.
    pub(crate) fn from_json(body: &[u8]) -> Result<Self, Problem> {
        let text = std::str::from_utf8(body).map_err(|_| Problem::bad_request("The body is not UTF-8."))?;
        match text.trim_start().as_bytes().first() {
            None => {
                return Err(Problem::bad_request("The body is empty; send a JSON object with a `query`."));
            }
            Some(b'[') => {
                return Err(Problem::bad_request(
                    "Send one operation at a time; arrays of operations are not accepted.",
                ));
            }
            _ => {}
        }
        let parts: Parts<'_> = serde_json::from_str(text)
            .map_err(|error| Problem::bad_request(format!("The body is not a JSON object: {error}.")))?;
        Self::from_parts(&parts)
    }

    /// Reads the query string of a GET, where `variables` and `extensions` are JSON text.
    pub(crate) fn from_uri(uri: &Uri) -> Result<Self, Problem> {
        let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(uri)
            .map_err(|_| Problem::bad_request("The query string is not form-encoded."))?;
        let one = |name: &str| {
            let mut found = pairs.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
            match (found.next(), found.next()) {
                (_, Some(_)) => {
                    Err(Problem::bad_request(format!("`{name}` stands twice in the query string.")))
                }
                (value, None) => Ok(value.filter(|value| !value.is_empty())),
            }
        };
        Ok(Self {
            query: one("query")?.ok_or_else(missing_query)?.to_owned(),
            operation_name: one("operationName")?.map(str::to_owned),
            variables: match one("variables")? {
                Some(text) => variables(text)?,
                None => Variables::default(),
            },
        })
        .and_then(|params| match one("extensions")? {
            Some(text) => map("extensions", text).map(|()| params),
            None => Ok(params),
        })
    }

    /// Reads the payload of a `subscribe` message.
    pub(crate) fn from_raw(payload: &RawValue) -> Result<Self, Problem> {
        Self::from_json(payload.get().as_bytes())
    }

    fn from_parts(parts: &Parts<'_>) -> Result<Self, Problem> {
        let query: Option<String> = typed("query", "a string", parts.query)?;
        let operation_name: Option<String> = typed("operationName", "a string", parts.operation_name)?;
        if let Some(extensions) = parts.extensions {
            map("extensions", extensions.get())?;
        }
        Ok(Self {
            query: query.ok_or_else(missing_query)?,
            operation_name: operation_name.filter(|name| !name.is_empty()),
            variables: match parts.variables {
                Some(text) => variables(text.get())?,
                None => Variables::default(),
            },
        })
    }
}

fn missing_query() -> Problem {
    Problem::bad_request("`query` is missing: it holds the GraphQL document.")
}

fn typed<T: DeserializeOwned>(
    name: &str,
    kind: &str,
    value: Option<&RawValue>,
) -> Result<Option<T>, Problem> {
    let read = |value: &RawValue| {
        serde_json::from_str::<T>(value.get())
            .map_err(|_| Problem::bad_request(format!("`{name}` must be {kind}.")))
    };
    value.map(read).transpose()
}

fn variables(text: &str) -> Result<Variables, Problem> {
    let variables: Variables = serde_json::from_str(text)
        .map_err(|_| Problem::bad_request("`variables` must be a JSON object with the variables by name."))?;
    if variables.values().any(marks_constant) {
        return Err(Problem::bad_request(
            "A file is sent in a multipart request, where its variable is null.",
        ));
    }
    Ok(variables)
}

fn map(name: &str, text: &str) -> Result<(), Problem> {
    match serde_json::from_str::<Option<serde_json::Map<String, serde_json::Value>>>(text) {
        Ok(_) => Ok(()),
        Err(_) => Err(Problem::bad_request(format!("`{name}` must be a JSON object."))),
    }
}
