//! A page as its Markdown has it: steps, each with the variables that are sent and the answer that came.
//!
//! ```text
//! ## 1. See who is new (coordinator)        or: ## 4. Three weeks pass (the demo's clock)
//!                                           or: ## 5. They answer (the mail's link)
//! [`new-leaders.graphql`](../new-leaders.graphql)
//! ```json
//! { "variables": "…" }
//! ```
//! Answer:
//! ```json
//! { "…": "…" }
//! ```
//! ```

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// A page and what is done on it, in order.
pub(super) struct Page {
    /// The text up to each answer; the last piece follows the last answer.
    pieces: Vec<String>,
    pub(super) steps: Vec<Step>,
}

/// One thing that is done.
pub(super) struct Step {
    pub(super) act: Act,
    /// Variables of the operation, the moment to which the clock goes, or the letter and what its readers fill in.
    pub(super) with: Value,
}

/// What is done.
pub(super) enum Act {
    /// An operation of the library, by somebody who signs in.
    Operation {
        /// The file, without its ending.
        name: String,
        /// Who signs in.
        role: String,
    },
    /// The demo's clock goes forward. The answer tells the mails that came since the step before, by kind.
    Clock,
    /// Everybody whose link in a letter still works answers on its page. The answer tells how many.
    Link,
}

const CLOCK: &str = "the demo’s clock";
const LINK: &str = "the mail’s link";
const OPEN: &str = "```json\n";
const SHUT: &str = "\n```\n";
const ANSWER: &str = "Answer:\n\n```json\n";

impl Page {
    pub(super) fn read(text: &str) -> Result<Self> {
        let (mut pieces, mut steps) = (Vec::new(), Vec::new());
        let mut rest = text;
        let mut piece = String::new();
        while let Some((before, after)) = rest.split_once(ANSWER) {
            let step = before.rsplit_once("\n## ").with_context(|| format!("no heading before:\n{after}"))?.1;
            steps.push(Step::read(step, steps.len() + 1)?);
            piece.push_str(before);
            piece.push_str(ANSWER);
            pieces.push(std::mem::take(&mut piece));
            let end = after.find("```\n").context("an answer without an end")?;
            rest = &after[end..];
        }
        pieces.push(rest.to_owned());
        let headings = text.matches("\n## ").count();
        ensure!(headings == steps.len(), "{headings} headings and {} answers", steps.len());
        Ok(Self { pieces, steps })
    }

    /// The page with these answers.
    pub(super) fn with_answers(&self, answers: &[Value]) -> Result<String> {
        let mut text = String::new();
        for (at, piece) in self.pieces.iter().enumerate() {
            text.push_str(piece);
            if let Some(answer) = answers.get(at) {
                text.push_str(&serde_json::to_string_pretty(answer)?);
                text.push('\n');
            }
        }
        Ok(text)
    }
}

impl Step {
    fn read(text: &str, number: usize) -> Result<Self> {
        let heading = text.lines().next().unwrap_or_default();
        ensure!(heading.starts_with(&format!("{number}. ")), "step {number} is called: {heading}");
        let who = heading.rsplit_once('(').and_then(|(_, who)| who.strip_suffix(')'));
        let who = who.with_context(|| format!("nobody does: {heading}"))?;
        let with = match text.split_once(OPEN) {
            Some((_, json)) => json.split_once(SHUT).context("variables without an end")?.0,
            None => "{}",
        };
        let with = serde_json::from_str(with).with_context(|| heading.to_owned())?;
        let act = if who == CLOCK {
            Act::Clock
        } else if who == LINK {
            Act::Link
        } else {
            let name = text.split_once("[`").and_then(|(_, name)| name.split_once(".graphql`]("));
            let name = name.with_context(|| format!("no operation in: {heading}"))?.0.to_owned();
            ensure!(text.contains(&format!("(../{name}.graphql)")), "{name} leads elsewhere");
            Act::Operation { name, role: who.to_owned() }
        };
        Ok(Self { act, with })
    }
}
