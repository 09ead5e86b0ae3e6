//! The report of an import: counts, then each kind of change, then every fault with what to do about it.

use std::fmt::Write as _;

use serde_json::{Value, json};
use varde_app::hr_import::{FaultText, ImportOutcome, ImportReport, fault_text, kind_text, notice_text};
use varde_model::{
    Locale,
    hr::{Change, Fault},
};

/// Changes of one kind that the text names one by one; the JSON has all.
const NAMED: usize = 50;

/// The report for people.
pub(super) fn text(report: &ImportReport, locale: Locale) -> String {
    let mut text = String::new();
    let outcome = match report.outcome {
        ImportOutcome::Imported => "imported",
        ImportOutcome::DryRun => "dry run: nothing was changed",
        ImportOutcome::Rejected => "refused: nothing was changed",
    };
    line(&mut text, format_args!("{}, {}: {outcome}", report.file_name, report.on));
    line(&mut text, format_args!("  {:>7} rows, {} of them at fault", report.rows, report.faulty_rows));
    for (kind, count) in &report.counts {
        line(&mut text, format_args!("  {count:>7} {}", kind_text(locale, *kind)));
    }
    if report.counts.is_empty() && report.outcome != ImportOutcome::Rejected {
        line(&mut text, format_args!("  {:>7} changes", 0));
    }
    for kind in report.counts.keys() {
        line(&mut text, format_args!("\n{}", kind_text(locale, *kind)));
        let mut changes = report.changes.iter().filter(|change| change.kind == *kind);
        for change in changes.by_ref().take(NAMED) {
            line(&mut text, format_args!("  {}", told(change)));
        }
        let more = changes.count();
        if more > 0 {
            line(&mut text, format_args!("  and {more} more (--json names all)"));
        }
    }
    if !report.notices.is_empty() {
        line(&mut text, format_args!("\nTo look at"));
        for notice in &report.notices {
            line(&mut text, format_args!("  {}", notice_text(locale, notice)));
        }
    }
    if !report.faults.is_empty() {
        line(&mut text, format_args!("\nFaults ({})", report.faults.len()));
        for fault in &report.faults {
            let FaultText { problem, remedy } = fault_text(locale, fault);
            line(&mut text, format_args!("  {}{problem}\n      {remedy}", place(fault)));
        }
    }
    text
}

fn line(text: &mut String, what: std::fmt::Arguments<'_>) {
    let _never_fails = writeln!(text, "{what}");
}

/// `line 17, column E-post, value "x": `
fn place(fault: &Fault) -> String {
    let line = fault.line.map(|line| format!("line {line}"));
    let column = fault.column.as_ref().map(|column| format!("column {column}"));
    let value = (!fault.value.is_empty()).then(|| format!("value \"{}\"", fault.value));
    let parts: Vec<String> = [line, column, value].into_iter().flatten().collect();
    if parts.is_empty() { String::new() } else { format!("{}: ", parts.join(", ")) }
}

fn told(change: &Change) -> String {
    let mut told = String::new();
    if let Some(number) = &change.employee_number {
        let _never_fails = write!(told, "{number} ");
    }
    told.push_str(&change.name);
    if let Some(unit) = &change.unit_code {
        let _never_fails = write!(told, " (unit {unit})");
    }
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => {
            let _never_fails = write!(told, ": {before} -> {after}");
        }
        (None, Some(value)) | (Some(value), None) => {
            let _never_fails = write!(told, ": {value}");
        }
        (None, None) => {}
    }
    if let Some(date) = change.date {
        let _never_fails = write!(told, ", {date}");
    }
    told
}

/// The report for programs: everything.
pub(super) fn json(report: &ImportReport, locale: Locale) -> Value {
    let faults: Vec<Value> = report.faults.iter().map(|fault| fault_json(fault, locale)).collect();
    let counts: serde_json::Map<String, Value> =
        report.counts.iter().map(|(kind, count)| (kind.key().to_owned(), json!(count))).collect();
    json!({
        "fileName": report.file_name,
        "outcome": report.outcome,
        "on": report.on,
        "rows": report.rows,
        "faultyRows": report.faulty_rows,
        "counts": counts,
        "changes": report.changes,
        "notices": report.notices.iter().map(|notice| notice_text(locale, notice)).collect::<Vec<_>>(),
        "faults": faults,
    })
}

fn fault_json(fault: &Fault, locale: Locale) -> Value {
    let FaultText { problem, remedy } = fault_text(locale, fault);
    json!({
        "line": fault.line,
        "column": fault.column,
        "value": fault.value,
        "code": fault.code,
        "problem": problem,
        "remedy": remedy,
    })
}
