//! A real browser: Chromium without a window, driven through chromedriver.
//!
//! Every browser has a new profile, so no test sees another's cookies or cache.

mod axe;
mod driver;

use std::ops::Deref;
use std::path::Path;

use anyhow::{Context, Result};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

pub use axe::Violation;
use driver::Driver;

/// The size of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// 1280 by 900.
    Desktop,
    /// 390 by 844 at three device pixels each, with touch: a present-day phone held upright.
    Phone,
}

/// What kind of browser to start.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The size of the window.
    pub screen: Screen,
    /// Whether pages may run scripts.
    pub scripts: bool,
    /// What it asks for in `Accept-Language`.
    pub language: &'static str,
}

impl Default for Options {
    /// A desktop window with scripts that prefers Bokmål.
    fn default() -> Self {
        Self { screen: Screen::Desktop, scripts: true, language: "nb" }
    }
}

/// A running browser. It is used as the WebDriver [`Client`] that it dereferences to, and ends when dropped.
#[derive(Debug)]
pub struct Browser {
    client: Client,
    // Ends the browser before its profile is deleted: fields are dropped in this order.
    _driver: Driver,
    _profile: TempDir,
}

impl Browser {
    /// Starts a browser with the default options.
    ///
    /// # Errors
    /// When Chromium or chromedriver is missing (the error names the packages) or does not start.
    pub async fn start() -> Result<Self> {
        Self::start_with(Options::default()).await
    }

    /// Starts a browser.
    ///
    /// # Errors
    /// As [`Browser::start`].
    pub async fn start_with(options: Options) -> Result<Self> {
        let chromium = driver::chromium()?;
        let mut driver = tokio::task::spawn_blocking(Driver::start).await??;
        let profile = tempfile::Builder::new().prefix("varde-browser-").tempdir()?;
        let wanted = capabilities(&chromium, profile.path(), options);
        let Value::Object(wanted) = wanted else { anyhow::bail!("capabilities are an object") };
        let client =
            ClientBuilder::new(HttpConnector::new()).capabilities(wanted).connect(&driver.url()).await;
        let client = client.context("starting Chromium")?;
        driver.ends_session(client.session_id().await?);
        Ok(Self { client, _driver: driver, _profile: profile })
    }

    /// Writes what the window shows as a PNG file.
    ///
    /// # Errors
    /// When the browser is gone or the file cannot be written.
    pub async fn save_screenshot(&self, path: &Path) -> Result<()> {
        let image = self.client.screenshot().await?;
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(path, image).with_context(|| format!("writing {}", path.display()))
    }

    /// What on the present page breaks WCAG 2.1, levels A and AA, as far as axe-core can tell. Needs scripts.
    ///
    /// # Errors
    /// When the check itself fails.
    pub async fn axe(&self) -> Result<Vec<Violation>> {
        axe::run(&self.client).await
    }

    /// True when the page is wider than the window, so that a reader has to scroll sideways.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn scrolls_sideways(&self) -> Result<bool> {
        let script = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
        Ok(self.client.execute(script, Vec::new()).await? == Value::Bool(true))
    }
}

impl Deref for Browser {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

fn capabilities(chromium: &Path, profile: &Path, options: Options) -> Value {
    let mut flags = vec![
        "--headless".to_owned(),
        "--no-sandbox".into(), // root has no sandbox; the pages are our own
        "--disable-gpu".into(),
        "--disable-dev-shm-usage".into(), // containers have little of it
        "--disable-background-networking".into(),
        "--disable-component-update".into(),
        "--disable-sync".into(),
        "--no-first-run".into(),
        "--window-size=1280,900".into(),
        format!("--user-data-dir={}", profile.display()),
        format!("--lang={}", options.language),
    ];
    if options.screen == Screen::Phone {
        flags.push("--hide-scrollbars".into());
    }
    let mut chrome = json!({
        "binary": chromium,
        "args": flags,
        "prefs": {
            "intl.accept_languages": options.language,
            "profile.managed_default_content_settings.javascript": if options.scripts { 1 } else { 2 },
        },
    });
    if options.screen == Screen::Phone {
        let metrics =
            json!({ "width": 390, "height": 844, "pixelRatio": 3.0, "mobile": true, "touch": true });
        chrome["mobileEmulation"] = json!({ "deviceMetrics": metrics });
    }
    json!({ "browserName": "chrome", "goog:chromeOptions": chrome })
}

#[cfg(test)]
mod tests;
