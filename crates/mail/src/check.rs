//! Every template, in every language, with full facts and with the least: at start-up and in `varde doctor`.

use chrono::TimeDelta;
use varde_model::{
    Locale,
    letter::{Head, Letter, LetterKind},
};

use crate::{Sender, render, samples};

/// A template that does not render, or renders to nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("mail template {letter}/{locale}: {reason}")]
pub struct TemplateFault {
    /// Which letter.
    pub letter: LetterKind,
    /// In which language.
    pub locale: Locale,
    /// What is wrong.
    pub reason: String,
}

/// Renders every letter in every language, before and after the time it tells of.
///
/// # Errors
/// Every fault found, not only the first.
pub fn check_templates() -> Result<(), Vec<TemplateFault>> {
    let mut faults = Vec::new();
    for locale in Locale::ALL {
        let head = samples::sample_head(locale);
        let late = Head { now: head.now + TimeDelta::days(5_000), reply_to: None, ..head.clone() };
        let mut letters = samples::samples(locale);
        for kind in LetterKind::ALL.iter().filter(|kind| !letters.iter().any(|l| l.kind() == **kind)) {
            faults.push(TemplateFault { letter: *kind, locale, reason: "no sample".into() });
        }
        letters.extend(samples::bare_samples(locale));
        for letter in &letters {
            for head in [&head, &late] {
                if let Some(reason) = fault(letter, head) {
                    faults.push(TemplateFault { letter: letter.kind(), locale, reason });
                }
            }
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn fault(letter: &Letter, head: &Head) -> Option<String> {
    let sender = Sender { email: "varde@example.com".into(), message_id_host: "example.com".into() };
    match render(letter, head, &sender) {
        Err(error) => Some(error.reason),
        Ok(words) if words.subject.is_empty() => Some("no subject".into()),
        Ok(_) => None,
    }
}
