//! What came of an import.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object, SimpleObject};
use chrono::NaiveDate;
use varde_app::hr_import::{self, ImportOutcome, StoredReport, fault_text, kind_text, notice_text};
use varde_model::hr;

use super::words::{ImportChangeKind, ImportFaultCode, ImportNoticeCode};
use crate::{
    relay::{Cursor, Page},
    schema::{
        Caller,
        paging::{page, page_of, unknown},
    },
};

/// How an import ended.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "ImportOutcome", name = "ImportOutcome")]
pub enum ImportOutcomeLabel {
    /// Everything that is told as changed is changed.
    Imported,
    /// It would have been; nothing was kept (prøvekjøring).
    DryRun,
    /// Nothing is changed, for the faults' sake.
    Rejected,
}

/// What came of an import of people.
#[derive(Debug, Clone)]
pub struct ImportReport(pub(super) Arc<StoredReport>);

/// How many changes there are of a kind.
#[derive(Debug, SimpleObject)]
pub struct ImportCount {
    /// The kind.
    kind: ImportChangeKind,
    /// Its name in the caller's language.
    label: String,
    /// How many.
    count: u64,
}

/// One change that a file makes.
#[derive(Debug, Clone, SimpleObject)]
pub struct ImportChange {
    /// What happens.
    kind: ImportChangeKind,
    /// What happens, in the caller's language.
    label: String,
    /// The line that says so, the header being line 1; null for who is missing.
    line: Option<u64>,
    /// Whom it is about (ansattnummer); null for a unit.
    employee_number: Option<String>,
    /// The name of the person or the unit.
    name: String,
    /// The unit it is about, by code.
    unit_code: Option<String>,
    /// What was.
    before: Option<String>,
    /// What is.
    after: Option<String>,
    /// The day from which it holds, or the last day.
    date: Option<NaiveDate>,
}

page!(
    /// Changes, in the order of the file.
    ImportChangeConnection, ImportChangeEdge, ImportChange
);

/// One thing that is wrong with a file.
#[derive(Debug, SimpleObject)]
pub struct ImportFault {
    /// The line, the header being line 1; null when it is about the file.
    line: Option<u64>,
    /// The column's header as the file writes it.
    column: Option<String>,
    /// The cell, shortened and made harmless.
    value: String,
    /// What it is, for programs.
    code: ImportFaultCode,
    /// What is wrong, in the caller's language.
    message: String,
    /// What to do about it, in the caller's language.
    remedy: String,
}

/// Something that a person should look at, though the file can be imported.
#[derive(Debug, SimpleObject)]
pub struct ImportNotice {
    /// The line it was seen on.
    line: Option<u64>,
    /// What it is about: a unit's code, an employee number, a count.
    subject: String,
    /// What it is, for programs.
    code: ImportNoticeCode,
    /// What it is, in the caller's language.
    message: String,
}

const ORDER: &str = "importChanges";

/// What came of an import of people.
#[Object]
impl ImportReport {
    /// The file's name.
    async fn file_name(&self) -> &str {
        &self.0.file_name
    }

    /// True when nothing was to be kept (prøvekjøring).
    async fn dry_run(&self) -> bool {
        self.0.dry_run
    }

    /// How it ended.
    async fn outcome(&self) -> ImportOutcomeLabel {
        self.0.outcome.into()
    }

    /// The day of the import where the trust is.
    async fn on(&self) -> NaiveDate {
        self.0.on
    }

    /// Rows in the file.
    async fn rows(&self) -> u64 {
        self.0.rows
    }

    /// Rows among them that are at fault.
    async fn faulty_rows(&self) -> u64 {
        self.0.faulty_rows
    }

    /// How many changes there are of each kind; kinds without any are left out.
    async fn counts(&self, context: &Context<'_>) -> Vec<ImportCount> {
        let locale = Caller::of(context).locale();
        let count = |(kind, count): (&hr::ChangeKind, &u64)| ImportCount {
            kind: ImportChangeKind(*kind),
            label: kind_text(locale, *kind),
            count: *count,
        };
        self.0.counts.iter().map(count).collect()
    }

    /// The changes; of a very long list the first thousand are kept, the counts are of all.
    async fn changes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many, 25 if not said, 100 at most.")] first: Option<i32>,
        #[graphql(desc = "Go on behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<ImportChangeConnection> {
        let locale = Caller::of(context).locale();
        let page = page_of(first, after)?;
        let start = place(&page)?;
        let row = |(index, change): (usize, &hr::Change)| {
            let change = ImportChange {
                kind: ImportChangeKind(change.kind),
                label: kind_text(locale, change.kind),
                line: change.line,
                employee_number: change.employee_number.clone(),
                name: change.name.clone(),
                unit_code: change.unit_code.clone(),
                before: change.before.clone(),
                after: change.after.clone(),
                date: change.date,
            };
            let place =
                Cursor { order: ORDER.to_owned(), keys: vec![index.to_string()], id: uuid::Uuid::nil() };
            (place.encode(), change)
        };
        let rows: Vec<_> = self.0.changes.iter().enumerate().skip(start).take(page.size).map(row).collect();
        let more = start + rows.len() < self.0.changes.len();
        Ok(ImportChangeConnection::new(rows, &page, more, self.0.change_count))
    }

    /// How many faults there are.
    async fn fault_count(&self) -> u64 {
        self.0.fault_count
    }

    /// What is wrong, by line; of a very long list the first thousand are kept.
    async fn faults(&self, context: &Context<'_>) -> Vec<ImportFault> {
        let locale = Caller::of(context).locale();
        let fault = |fault: &hr::Fault| {
            let words = fault_text(locale, fault);
            ImportFault {
                line: fault.line,
                column: fault.column.clone(),
                value: fault.value.clone(),
                code: ImportFaultCode(fault.code),
                message: words.problem,
                remedy: words.remedy,
            }
        };
        self.0.faults.iter().take(hr_import::DETAILS).map(fault).collect()
    }

    /// What a person should look at.
    async fn notices(&self, context: &Context<'_>) -> Vec<ImportNotice> {
        let locale = Caller::of(context).locale();
        let notice = |notice: &hr::Notice| ImportNotice {
            line: notice.line,
            subject: notice.subject.clone(),
            code: ImportNoticeCode(notice.code),
            message: notice_text(locale, notice),
        };
        self.0.notices.iter().map(notice).collect()
    }
}

/// Where a page of changes begins.
fn place(page: &Page) -> async_graphql::Result<usize> {
    let Some(text) = &page.cursor else { return Ok(0) };
    let index = Cursor::decode(text, ORDER, 1).and_then(|cursor| cursor.keys.first()?.parse::<usize>().ok());
    Ok(index.ok_or_else(|| unknown(page))?.saturating_add(1))
}
