//! Files in a request, after the GraphQL multipart request specification.
//!
//! A form may be sent by any web page without the browser asking first, so a header that a form cannot set is required.

use std::collections::BTreeMap;

use async_graphql::UploadValue;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest as _, Multipart, Request};
use axum::http::{StatusCode, header};

use super::config::Config;
use super::params::Params;
use super::problem::Problem;

/// A header that says: this is no form on a foreign page.
const PREFLIGHT: &str = "graphql-require-preflight";

type Uploads = Vec<(String, UploadValue)>;

/// Reads `operations`, `map` and the files, in this order.
pub(crate) async fn read(request: Request, config: &Config) -> Result<(Params, Uploads), Problem> {
    let headers = request.headers();
    if !headers.contains_key(PREFLIGHT) && !headers.contains_key(header::AUTHORIZATION) {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "PREFLIGHT_REQUIRED",
            format!(
                "A multipart request needs the header `{PREFLIGHT}` (with any value) or `authorization`."
            ),
        ));
    }
    let failed = |error: MultipartError| refused(&error, config);
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|_| Problem::bad_request("`Content-Type` lacks the boundary of the multipart body."))?;

    let params = {
        let operations = part(&mut form, "operations", config).await?;
        Params::from_json(operations.as_bytes())?
    };
    let map = part(&mut form, "map", config).await?;
    let mut map: BTreeMap<String, Vec<String>> = serde_json::from_str(&map).map_err(|_| {
        Problem::bad_request("`map` must be a JSON object with a list of variable paths for each file.")
    })?;
    if map.values().map(Vec::len).sum::<usize>() > config.upload_files {
        return Err(Problem::bad_request(format!(
            "At most {} files are accepted at once.",
            config.upload_files
        )));
    }

    let mut uploads = Vec::new();
    while let Some(field) = form.next_field().await.map_err(failed)? {
        let name = field.name().unwrap_or_default().to_owned();
        let paths = map
            .remove(&name)
            .ok_or_else(|| Problem::bad_request(format!("The part `{name}` does not stand in `map`.")))?;
        let file = file(field).await.map_err(failed)?;
        for path in paths {
            if !is_empty_variable(&params, &path) {
                return Err(Problem::bad_request(format!(
                    "`{path}` in `map` must lead to a variable that is null."
                )));
            }
            let copy = UploadValue {
                filename: file.filename.clone(),
                content_type: file.content_type.clone(),
                content: file.content.clone(),
            };
            uploads.push((path, copy));
        }
    }
    if let Some(missing) = map.keys().next() {
        return Err(Problem::bad_request(format!("The file `{missing}` of `map` is missing.")));
    }
    Ok((params, uploads))
}

/// The next part, which must have the given name and be text.
async fn part(form: &mut Multipart, name: &str, config: &Config) -> Result<String, Problem> {
    let field = form.next_field().await.map_err(|error| refused(&error, config))?;
    let field = field.filter(|field| field.name() == Some(name)).ok_or_else(|| {
        Problem::bad_request(format!(
            "The multipart body lacks `{name}`; the order is `operations`, `map`, files."
        ))
    })?;
    let text = field.text().await.map_err(|error| refused(&error, config))?;
    if text.len() > config.body_bytes {
        return Err(Problem::too_large(config.body_bytes));
    }
    Ok(text)
}

async fn file(field: Field<'_>) -> Result<UploadValue, MultipartError> {
    Ok(UploadValue {
        filename: field.file_name().unwrap_or_default().to_owned(),
        content_type: field.content_type().map(str::to_owned),
        content: field.bytes().await?,
    })
}

fn refused(error: &MultipartError, config: &Config) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Problem::too_large(config.upload_bytes)
    } else {
        Problem::bad_request("The multipart body is malformed or ended before it was complete.")
    }
}

/// Whether `variables.a.0.b` leads to a null; only there may a file be put.
fn is_empty_variable(params: &Params, path: &str) -> bool {
    use async_graphql::Value;
    let Some(path) = path.strip_prefix("variables.") else {
        return false;
    };
    let mut steps = path.split('.');
    let first = steps.next().and_then(|name| params.variables.get(name));
    let found = steps.try_fold(first, |value, step| match value? {
        Value::List(items) => Some(step.parse::<usize>().ok().and_then(|index| items.get(index))),
        Value::Object(fields) => Some(fields.get(step)),
        _ => None,
    });
    matches!(found, Some(Some(Value::Null)))
}
