//! The figures as people read them, beside what was promised.

use std::{fmt::Write as _, path::Path};

use anyhow::{Context, Result};
use chrono::NaiveDate;

use crate::{
    figures::{CheckIns, Figures},
    proc,
};

const BEGIN: &str = "<!-- figures: written by `cargo xtask bench` -->";
const END: &str = "<!-- end of figures -->";

/// The least share of the bare statements' rate that the mutation is to reach.
const MUTATION: f64 = 0.4;
/// The least share of the mail server's own limit.
const MAIL: f64 = 0.25;
/// Idle memory, in MB.
const IDLE_MB: f64 = 40.0;
/// Start on an existing database, in milliseconds.
const START_MS: f64 = 300.0;
/// Import of 25,000 rows, in seconds.
const IMPORT_SECONDS: f64 = 60.0;
/// The report of three years of check-ins, in milliseconds.
const REPORT_MS: f64 = 100.0;
/// Up to so many leaders the report keeps to it.
const REPORT_LEADERS: usize = 10_000;
/// What a leader costs in the largest trust, as a multiple of what one costs in the smallest: linear growth.
const GROWTH: f64 = 1.0;

/// One line of the table.
struct Line {
    what: String,
    /// The figure alone.
    figure: String,
    /// What it comes from, in brackets.
    detail: String,
    target: String,
    verdict: String,
}

fn at_most(what: &str, value: f64, limit: f64, unit: &str, detail: &str) -> Line {
    let missed = format!("**missed by {}**", number((value / limit - 1.0) * 100.0) + " %");
    Line {
        what: what.to_owned(),
        figure: format!("{}{unit}", number(value)),
        detail: detail.to_owned(),
        target: format!("at most {}{unit}", number(limit)),
        verdict: if value <= limit { "met".to_owned() } else { missed },
    }
}

fn at_least(what: &str, value: f64, limit: f64, detail: &str) -> Line {
    let missed = format!("**missed by {}**", number((1.0 - value / limit) * 100.0) + " %");
    Line {
        what: what.to_owned(),
        figure: number(value),
        detail: detail.to_owned(),
        target: format!("at least {}", number(limit)),
        verdict: if value >= limit { "met".to_owned() } else { missed },
    }
}

/// A figure of which nothing was promised.
fn told(what: &str, value: f64, unit: &str, detail: &str) -> Line {
    Line {
        what: what.to_owned(),
        figure: format!("{}{unit}", number(value)),
        detail: detail.to_owned(),
        target: "none".to_owned(),
        verdict: String::new(),
    }
}

/// As many digits as a measurement has.
fn number(value: f64) -> String {
    match value.abs() {
        small if small < 0.1 => format!("{value:.3}"),
        small if small < 10.0 => format!("{value:.2}"),
        _ => format!("{value:.0}"),
    }
}

fn lines(of: &Figures) -> Vec<Line> {
    let mut lines = Vec::new();
    for read in &of.reads {
        let ((bare_app, bare_db), (app, db)) = (read.floor, read.product);
        let detail = format!(
            " ({} + {} ms against {} + {}; process alone {}; {} against {} answers a second)",
            number(app),
            number(db),
            number(bare_app),
            number(bare_db),
            number(read.ratio_app),
            number(read.rates.1),
            number(read.rates.0),
        );
        lines.push(at_most(read.name, read.ratio, read.at_most, "", &detail));
    }
    let (write, mails, standing, import) = (&of.write, &of.mails, &of.standing, &of.import);
    let detail = format!(" ({} against {} a second)", number(write.product), number(write.floor));
    lines.push(at_least("recording an attendance, with audit event", write.ratio, MUTATION, &detail));
    let detail = format!(
        " ({} against {} a second, and against {} with a bare statement that marks each; {} mails of {} bytes, each {} + {} ms)",
        number(mails.product),
        number(mails.bare),
        number(mails.marked),
        mails.mails,
        mails.bytes,
        number(mails.cpu.0),
        number(mails.cpu.1)
    );
    lines.push(at_least("mail over 64 connections, each marked as sent", mails.ratio, MAIL, &detail));
    let detail = format!(" ({} after a burst of queries)", number(standing.used_mb));
    lines.push(at_most("memory of an idle service", standing.idle_mb, IDLE_MB, " MB", &detail));
    lines.push(at_most("start on an existing database", standing.start_ms, START_MS, " ms", ""));
    let what = format!("import of {} people", import.rows);
    let detail = format!(" ({} MB at the peak)", number(import.peak_mb));
    lines.push(at_most(&what, import.seconds, IMPORT_SECONDS, " s", &detail));
    lines.extend(of_check_ins(&of.check_ins));
    lines
}

fn of_check_ins(sizes: &[CheckIns]) -> Vec<Line> {
    let mut lines = Vec::new();
    for size in sizes {
        let what = format!("opening a year's check-ins of {} leaders", size.leaders);
        let detail = format!(" ({} MB at the peak)", number(size.peak_mb));
        lines.push(told(&what, size.opening, " s", &detail));
        let what = format!("progress over three years of {} leaders", size.leaders);
        lines.push(if size.leaders <= REPORT_LEADERS {
            at_most(&what, size.report_ms, REPORT_MS, " ms", "")
        } else {
            told(&what, size.report_ms, " ms", "")
        });
    }
    if let (Some(least), Some(most)) = (sizes.first(), sizes.last()) {
        type Figure = fn(&CheckIns) -> f64;
        #[expect(clippy::cast_precision_loss, reason = "thousands of leaders")]
        let times = most.leaders as f64 / least.leaders as f64;
        let growth: [(&str, Figure); 3] = [
            ("time of an opening", |size| size.opening),
            ("memory of an opening", |size| size.peak_mb),
            ("time of the progress", |size| size.report_ms),
        ];
        lines.extend(growth.map(|(what, of)| {
            let what = format!("{what}, a leader of {} against one of {}", most.leaders, least.leaders);
            at_most(&what, of(most) / of(least) / times, GROWTH, "", "")
        }));
    }
    lines
}

/// The section of figures.
pub(crate) fn section(all: &[Figures], date: NaiveDate, quick: bool) -> String {
    let mut text = String::new();
    let profile = if cfg!(debug_assertions) { "debug build" } else { "release build" };
    let trial = if quick { " **A trial run: these figures say nothing about speed.**" } else { "" };
    // Writing into a String cannot fail.
    let _ = writeln!(
        text,
        "{date}, {profile}, {}; the load generator on the same cores, load average {} at the end.{trial}",
        proc::machine(),
        proc::load_average()
    );
    for figures in all {
        let _ =
            writeln!(text, "\n### {}\n\n| what | measured | target | |\n|---|---|---|---|", figures.database);
        for line in lines(figures) {
            let Line { what, figure, detail, target, verdict } = line;
            let _ = writeln!(text, "| {what} | {figure}{detail} | {target} | {verdict} |");
        }
    }
    text
}

/// The figures alone, the databases side by side.
pub(crate) fn summary(all: &[Figures]) -> String {
    let mut rows = vec![("what".to_owned(), Vec::new(), "target".to_owned())];
    for (nth, figures) in all.iter().enumerate() {
        rows[0].1.push(figures.database.to_owned());
        for (row, line) in lines(figures).into_iter().enumerate() {
            if nth == 0 {
                rows.push((line.what, Vec::new(), line.target));
            }
            rows[row + 1].1.push(line.figure);
        }
    }
    let mut rows =
        rows.iter().map(|(what, figures, target)| format!("| {what} | {} | {target} |", figures.join(" | ")));
    let head = rows.next().unwrap_or_default();
    let rule = "|---".repeat(all.len() + 2);
    format!("{head}\n{rule}|\n{}", rows.collect::<Vec<_>>().join("\n"))
}

/// Puts the section between its marks; a file without them, or none, is written anew.
pub(crate) fn write(path: &Path, section: &str) -> Result<()> {
    let known = std::fs::read_to_string(path).unwrap_or_default();
    let (before, after) =
        match known.split_once(BEGIN).and_then(|(before, rest)| Some((before, rest.split_once(END)?.1))) {
            Some((before, after)) => (before, after),
            None => ("# Benchmarks\n\n", "\n"),
        };
    std::fs::write(path, format!("{before}{BEGIN}\n\n{section}\n{END}{after}")).context("writing the figures")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missed_target_says_by_how_much() {
        assert_eq!(at_most("x", 2.5, 2.0, "", "").verdict, "**missed by 25 %**");
        assert_eq!(at_most("x", 2.0, 2.0, "", "").verdict, "met");
        assert_eq!(at_least("x", 0.2, 0.25, "").verdict, "**missed by 20 %**");
        assert_eq!(at_least("x", 0.25, 0.25, "").verdict, "met");
    }

    #[test]
    fn the_readme_shows_the_figures_of_the_last_run() {
        let read = |name: &str| {
            let text = std::fs::read_to_string(crate::run::root().join(name)).unwrap();
            let (_, rest) = text.split_once(BEGIN).unwrap();
            rest.split_once(END).unwrap().0.trim().to_owned()
        };
        let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
        let (shown, measured) = (read("README.md"), read("BENCHMARKS.md"));
        let mut databases = measured.split("\n### ").skip(1);
        for column in [2, 3] {
            let measured = databases.next().unwrap();
            assert!(
                measured.starts_with(&cells(shown.lines().next().unwrap())[column]),
                "the databases in order"
            );
            let rows: Vec<_> =
                measured.lines().filter(|line| line.starts_with("| ")).skip(1).map(cells).collect();
            let brief: Vec<_> = shown.lines().skip(2).map(cells).collect();
            assert!(rows.len() > 5 && rows.len() == brief.len());
            for (row, brief) in rows.iter().zip(&brief) {
                assert_eq!(row[1], brief[1]);
                assert_eq!(row[2].split(" (").next(), Some(brief[column].as_str()), "{}", row[1]);
            }
        }
    }

    #[test]
    fn what_people_wrote_around_the_figures_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("BENCHMARKS.md");
        write(&path, "one").unwrap();
        let text = std::fs::read_to_string(&path).unwrap().replace("# Benchmarks", "# Speed") + "why\n";
        std::fs::write(&path, text).unwrap();
        write(&path, "two").unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(
            text.starts_with("# Speed")
                && text.contains("two")
                && !text.contains("one")
                && text.ends_with("why\n")
        );
    }
}
