//! A test's own database.

use anyhow::Result;

use super::Postgres;

/// A database that is dropped with the value (as well as that can be done; the whole server is thrown away anyhow).
#[derive(Debug)]
pub struct Database {
    url: String,
    name: String,
    server: Postgres,
}

impl Database {
    pub(super) fn new(url: String, name: String, server: Postgres) -> Self {
        Self { url, name, server }
    }

    /// The URL to connect to, such as `postgres://varde@127.0.0.1:40123/test_3f…`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A copy, as a restored backup would be one. Nobody may be connected to the original.
    ///
    /// # Errors
    /// The server cannot be reached, or somebody is connected.
    pub async fn copy(&self) -> Result<Self> {
        self.server.create(&self.name).await
    }

    /// The server that it lives on.
    pub fn server(&self) -> &Postgres {
        &self.server
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), std::mem::take(&mut self.name));
        // A thread of its own, as the test's runtime may be the one that is dropping us.
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.map(|runtime| runtime.block_on(server.drop_database(&name)))
        });
        let _ = thread.join();
    }
}
