//! The check of accessibility: axe-core, run inside the page.

use std::fmt;

use anyhow::{Result, bail};
use fantoccini::Client;
use serde::Deserialize;
use serde_json::Value;

const AXE: &str = include_str!("../../assets/axe/axe.min.js");

const RUN: &str = r#"
    const done = arguments[arguments.length - 1];
    const rules = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] };
    axe.run(document, { runOnly: rules, resultTypes: ['violations'] }).then(
        (found) => done(found.violations.map((violation) => ({
            rule: violation.id,
            help: violation.help,
            elements: violation.nodes.map((node) => node.target.join(' ') + ': ' + node.failureSummary),
        }))),
        (error) => done(String(error)),
    );
"#;

/// One rule that the page breaks.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Violation {
    /// axe-core's name of the rule, such as `color-contrast`.
    pub rule: String,
    /// What the rule asks for.
    pub help: String,
    /// Where it is broken (as a CSS selector) and what would mend it.
    pub elements: Vec<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.rule, self.help)?;
        self.elements.iter().try_for_each(|element| write!(f, "\n  {element}"))
    }
}

pub(super) async fn run(client: &Client) -> Result<Vec<Violation>> {
    client.execute(AXE, Vec::new()).await?;
    match client.execute_async(RUN, Vec::new()).await? {
        Value::String(error) => bail!("axe-core failed: {error}"),
        violations => Ok(serde_json::from_value(violations)?),
    }
}
