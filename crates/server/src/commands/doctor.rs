//! `varde doctor`: each thing that must be in order, and how to mend what is not. Works where nothing is set up, and
//! changes nothing.

mod checks;

use std::process::ExitCode;

use anyhow::Result;

use crate::{output, wiring};

/// What a check found.
pub(crate) enum Finding {
    /// In order, with what there is to say of it.
    Good(String),
    /// In order, and yet to be known.
    Note(String),
    /// Wrong, and how to mend it.
    Wrong(String, String),
}

/// A finding with its subject.
type About = (&'static str, Finding);

pub(crate) async fn run() -> Result<ExitCode> {
    let mut findings = Vec::new();
    match wiring::settings() {
        Ok(settings) => {
            findings.push(("settings", Finding::Good("read and understood".to_owned())));
            Box::pin(checks::of_settings(&settings, &mut findings)).await;
        }
        Err(error) => {
            let mend = "mend that; the rest of the settings, database and mail are looked at afterwards";
            findings.push(("settings", Finding::Wrong(format!("{error:#}"), mend.to_owned())));
        }
    }
    checks::of_program(&mut findings);
    let wrong = findings.iter().filter(|(_, finding)| matches!(finding, Finding::Wrong(..))).count();
    for (subject, finding) in findings {
        show(subject, &finding);
    }
    output::line(match wrong {
        0 => "Everything is in order.".to_owned(),
        1 => "One thing is wrong.".to_owned(),
        more => format!("{more} things are wrong."),
    });
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn show(subject: &str, finding: &Finding) {
    match finding {
        Finding::Good(text) => output::line(format_args!("ok     {subject}: {text}")),
        Finding::Note(text) => output::line(format_args!("note   {subject}: {text}")),
        Finding::Wrong(text, mend) => {
            output::line(format_args!("WRONG  {subject}: {text}"));
            output::line(format_args!("       -> {mend}"));
        }
    }
}
