//! A client of the product's HTTP interface, as a script or a browser without scripts would be.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use reqwest::multipart::{Form, Part};
use reqwest::{Client, RequestBuilder, Response, redirect};
use serde_json::{Value, json};

/// Somebody at the interface: nobody in particular, or who has signed in. Follows no redirect.
#[derive(Clone, Debug)]
pub struct Http {
    base: String,
    client: Client,
    token: Option<String>,
}

/// An answer to a GraphQL request.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The whole body.
    pub body: Value,
}

impl Http {
    /// A client of the service at this address, such as `http://127.0.0.1:8080`.
    ///
    /// # Errors
    /// When no client can be made.
    pub fn new(base: &str) -> Result<Self> {
        let client =
            Client::builder().redirect(redirect::Policy::none()).timeout(Duration::from_secs(60)).build()?;
        Ok(Self { base: base.trim_end_matches('/').into(), client, token: None })
    }

    /// The same client with a bearer token.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.into()), ..self.clone() }
    }

    /// Signs in with a password; the client returned acts as that person.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn sign_in(&self, email: &str, password: &str) -> Result<Self> {
        let document = "mutation ($email: String!, $password: String!) {
            signIn(input: { email: $email, password: $password }) { accessToken errors { code message } } }";
        let reply = self.graphql(document, json!({ "email": email, "password": password })).await?;
        let token = reply.body["data"]["signIn"]["accessToken"].as_str();
        token
            .map(|token| self.with_token(token))
            .with_context(|| format!("{email} could not sign in: {}", reply.body))
    }

    /// Sends a document to `/graphql`.
    ///
    /// # Errors
    /// When the service cannot be reached or answers no JSON.
    pub async fn graphql(&self, document: &str, variables: Value) -> Result<Reply> {
        let body = json!({ "query": document, "variables": variables });
        self.reply(self.post("/graphql").json(&body)).await
    }

    /// Sends a document with one file, after the GraphQL multipart request specification. `variable` is the path of
    /// the file among the variables, such as `input.file`.
    ///
    /// # Errors
    /// As [`Http::graphql`].
    pub async fn upload(
        &self,
        document: &str,
        variables: Value,
        variable: &str,
        (name, bytes): (&str, Vec<u8>),
    ) -> Result<Reply> {
        let operations = json!({ "query": document, "variables": variables }).to_string();
        let map = json!({ "0": [format!("variables.{variable}")] }).to_string();
        let form = Form::new().text("operations", operations).text("map", map);
        let form = form.part("0", Part::bytes(bytes).file_name(name.to_owned()));
        self.reply(self.post("/graphql").multipart(form)).await
    }

    /// A GET request for a path, or for a whole address as a mail has it.
    ///
    /// # Errors
    /// When the service cannot be reached.
    pub async fn get(&self, path: &str) -> Result<Response> {
        Ok(self.as_signed_in(self.client.get(self.address(path))).send().await?)
    }

    /// What a path answers to a program that asks for JSON.
    ///
    /// # Errors
    /// When the service cannot be reached, refuses, or answers no JSON.
    pub async fn get_json(&self, path: &str) -> Result<Value> {
        let request = self.as_signed_in(self.client.get(self.address(path)));
        let answer = request.header("accept", "application/json").send().await?;
        Ok(answer.error_for_status()?.json().await?)
    }

    /// Sends a form as a page does.
    ///
    /// # Errors
    /// When the service cannot be reached.
    pub async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Result<Response> {
        Ok(self.post(path).form(fields).send().await?)
    }

    /// A POST request to be filled in and sent.
    pub fn post(&self, path: &str) -> RequestBuilder {
        self.as_signed_in(self.client.post(self.address(path)))
    }

    /// Waits until `/readyz` says yes, at most half a minute: for a service started as a process of its own.
    ///
    /// # Errors
    /// When the time is up.
    pub async fn until_ready(&self) -> Result<()> {
        #[expect(clippy::disallowed_methods, reason = "another process gives no other sign that it is ready")]
        let mut pace = tokio::time::interval(Duration::from_millis(20));
        let asking = async {
            loop {
                pace.tick().await;
                if self.get("/readyz").await.is_ok_and(|answer| answer.status().is_success()) {
                    return;
                }
            }
        };
        if tokio::time::timeout(Duration::from_secs(30), asking).await.is_err() {
            bail!("{} was not ready after half a minute", self.base);
        }
        Ok(())
    }

    async fn reply(&self, request: RequestBuilder) -> Result<Reply> {
        let answer = request.send().await?;
        let status = answer.status().as_u16();
        let text = answer.text().await?;
        let body = serde_json::from_str(&text).with_context(|| format!("no JSON ({status}): {text}"))?;
        Ok(Reply { status, body })
    }

    fn as_signed_in(&self, request: RequestBuilder) -> RequestBuilder {
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    fn address(&self, path: &str) -> String {
        if path.starts_with("http") { path.into() } else { format!("{}{path}", self.base) }
    }
}

impl Reply {
    /// The data; an error when the reply has errors at the top.
    ///
    /// # Errors
    /// The reply's own errors.
    pub fn data(self) -> Result<Value> {
        match self.body {
            Value::Object(mut body) if !body.contains_key("errors") => {
                Ok(body.remove("data").unwrap_or_default())
            }
            body => bail!("the reply has errors: {body}"),
        }
    }

    /// The `extensions.code` of each error at the top.
    pub fn codes(&self) -> Vec<&str> {
        let errors = self.body["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
        errors.iter().filter_map(|error| error["extensions"]["code"].as_str()).collect()
    }
}

/// A port of 127.0.0.1 that was free a moment ago, for a service that cannot choose one itself.
///
/// # Errors
/// When no port can be had.
pub fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Http, Reply, free_port};

    #[test]
    fn a_reply_with_errors_has_codes_and_no_data() {
        let body =
            json!({ "data": null, "errors": [{ "message": "no", "extensions": { "code": "FORBIDDEN" } }] });
        let reply = Reply { status: 200, body };
        assert_eq!(reply.codes(), ["FORBIDDEN"]);
        assert!(reply.data().unwrap_err().to_string().contains("FORBIDDEN"));
        assert_eq!(
            Reply { status: 200, body: json!({ "data": { "a": 1 } }) }.data().unwrap(),
            json!({ "a": 1 })
        );
    }

    #[tokio::test]
    async fn a_path_is_taken_under_the_base_and_a_whole_address_as_it_is() {
        let port = free_port().unwrap();
        let http = Http::new(&format!("http://127.0.0.1:{port}/")).unwrap();
        assert_eq!(http.address("/readyz"), format!("http://127.0.0.1:{port}/readyz"));
        assert_eq!(http.address("http://127.0.0.1:1/x"), "http://127.0.0.1:1/x");
        assert!(http.get("/readyz").await.is_err());
    }
}
