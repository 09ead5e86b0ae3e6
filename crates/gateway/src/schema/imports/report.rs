//! What came of an import.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object, SimpleObject};
use serde::de::DeserializeOwned;
use varde_app::{
    Error,
    hr_import::{self, ImportOutcome, List, StoredReport, fault_text, kind_text, notice_text},
    proposals::Proposed,
};
use varde_model::{Locale, hr, ids::OperationId};

use super::words::{ImportChangeKind, ImportFaultCode, ImportNoticeCode};
use crate::{
    relay::{Cursor, Page},
    schema::{
        Caller,
        errors::whole,
        loaders::Loaders,
        paging::{page, page_of, unknown},
        scalars::LocalDate,
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
pub struct ImportReport {
    operation: OperationId,
    stored: Arc<StoredReport>,
}

impl ImportReport {
    pub(super) fn new(operation: OperationId, stored: StoredReport) -> Self {
        Self { operation, stored: Arc::new(stored) }
    }
}

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
    date: Option<LocalDate>,
}

page!(
    /// Changes, in the order of the file.
    ImportChangeConnection, ImportChangeEdge, ImportChange
);

/// New leaders proposed for a cohort (kull) because of a file.
#[derive(Debug, Clone, SimpleObject)]
pub struct ImportProposal {
    /// The cohort's code (kullkode).
    cohort_code: String,
    /// Its title.
    cohort_title: String,
    /// How many leaders.
    leaders: usize,
}

/// Mail that goes out, or is planned, because of a file.
#[derive(Debug, Clone, SimpleObject)]
pub struct ImportMailCount {
    /// Which letter, such as `welcome_new_leader`.
    letter: String,
    /// How many.
    count: u64,
}

/// One thing that is wrong with a file.
#[derive(Debug, Clone, SimpleObject)]
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

page!(
    /// Faults, by line.
    ImportFaultConnection, ImportFaultEdge, ImportFault
);

/// Something that a person should look at, though the file can be imported.
#[derive(Debug, Clone, SimpleObject)]
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

page!(
    /// What a person should look at.
    ImportNoticeConnection, ImportNoticeEdge, ImportNotice
);

/// What came of an import of people.
#[Object]
impl ImportReport {
    /// The file's name.
    async fn file_name(&self) -> &str {
        &self.stored.file_name
    }

    /// True when nothing was to be kept (prøvekjøring).
    async fn dry_run(&self) -> bool {
        self.stored.dry_run
    }

    /// How it ended.
    async fn outcome(&self) -> ImportOutcomeLabel {
        self.stored.outcome.into()
    }

    /// The day of the import where the trust is.
    async fn on(&self) -> LocalDate {
        self.stored.on.into()
    }

    /// Rows in the file.
    async fn rows(&self) -> u64 {
        self.stored.rows
    }

    /// Rows among them that are at fault.
    async fn faulty_rows(&self) -> u64 {
        self.stored.faulty_rows
    }

    /// How many changes there are of each kind; kinds without any are left out.
    async fn counts(&self, context: &Context<'_>) -> Vec<ImportCount> {
        let locale = Caller::of(context).locale();
        let count = |(kind, count): (&hr::ChangeKind, &u64)| ImportCount {
            kind: ImportChangeKind(*kind),
            label: kind_text(locale, *kind),
            count: *count,
        };
        self.stored.counts.iter().map(count).collect()
    }

    /// What follows in cohorts, or would follow after a dry run: new leaders proposed for the next one with room.
    async fn proposals(&self) -> Vec<ImportProposal> {
        let proposed = self.stored.follows.proposed.iter();
        let proposal = |proposed: &Proposed| ImportProposal {
            cohort_code: proposed.code.clone(),
            cohort_title: proposed.title.clone(),
            leaders: proposed.leaders,
        };
        proposed.map(proposal).collect()
    }

    /// Mail that goes out or is planned because of the file, or would be after a dry run, by letter.
    async fn mails(&self) -> Vec<ImportMailCount> {
        let mails = self.stored.follows.mails.iter();
        mails.map(|(letter, count)| ImportMailCount { letter: letter.clone(), count: *count }).collect()
    }

    /// Every change, in the order of the file.
    async fn changes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many, 25 if not said, 100 at most.")] first: Option<i32>,
        #[graphql(desc = "Go on behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<ImportChangeConnection> {
        let (locale, total) = (Caller::of(context).locale(), self.stored.change_count);
        let page = page_of(Caller::of(context).locale(), first, after)?;
        let (found, more) = self.page_of_list::<hr::Change>(context, List::Changes, &page, total).await?;
        let rows = found.into_iter().map(|(cursor, change)| (cursor, change_in(locale, change))).collect();
        Ok(ImportChangeConnection::new(rows, &page, more, total))
    }

    /// How many faults there are.
    async fn fault_count(&self) -> u64 {
        self.stored.fault_count
    }

    /// Everything that is wrong, by line.
    async fn faults(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many, 25 if not said, 100 at most.")] first: Option<i32>,
        #[graphql(desc = "Go on behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<ImportFaultConnection> {
        let (locale, total) = (Caller::of(context).locale(), self.stored.fault_count);
        let page = page_of(Caller::of(context).locale(), first, after)?;
        let (found, more) = self.page_of_list::<hr::Fault>(context, List::Faults, &page, total).await?;
        let rows = found.into_iter().map(|(cursor, fault)| (cursor, fault_in(locale, fault))).collect();
        Ok(ImportFaultConnection::new(rows, &page, more, total))
    }

    /// Everything that a person should look at.
    async fn notices(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many, 25 if not said, 100 at most.")] first: Option<i32>,
        #[graphql(desc = "Go on behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<ImportNoticeConnection> {
        let (locale, total) = (Caller::of(context).locale(), self.stored.notice_count);
        let page = page_of(Caller::of(context).locale(), first, after)?;
        let (found, more) = self.page_of_list::<hr::Notice>(context, List::Notices, &page, total).await?;
        let rows = found.into_iter().map(|(cursor, notice)| (cursor, notice_in(locale, notice))).collect();
        Ok(ImportNoticeConnection::new(rows, &page, more, total))
    }
}

impl ImportReport {
    /// A page of a list with the cursors of its rows, and whether others follow.
    async fn page_of_list<T: DeserializeOwned>(
        &self,
        context: &Context<'_>,
        list: List,
        page: &Page,
        total: u64,
    ) -> async_graphql::Result<(Vec<(String, T)>, bool)> {
        let caller = Caller::of(context);
        let order = format!("import{list:?}");
        let start = place(caller.locale(), page, &order)?;
        let loaders = context.data_unchecked::<Loaders>();
        let slice = hr_import::slice(self.operation, list, start, page.size);
        let found = whole(context, loaders.one(slice).await)?.unwrap_or_default();
        let found = found.into_iter().map(serde_json::from_value).collect::<Result<Vec<T>, _>>();
        let found = whole(context, found.map_err(Error::internal))?;
        let more = ((start + found.len()) as u64) < total;
        let cursor = |place: usize| {
            let keys = vec![place.to_string()];
            Cursor { order: order.clone(), keys, id: uuid::Uuid::nil() }.encode()
        };
        let rows = found.into_iter().enumerate().map(|(index, row)| (cursor(start + index), row));
        Ok((rows.collect(), more))
    }
}

fn change_in(locale: Locale, change: hr::Change) -> ImportChange {
    ImportChange {
        kind: ImportChangeKind(change.kind),
        label: kind_text(locale, change.kind),
        line: change.line,
        employee_number: change.employee_number,
        name: change.name,
        unit_code: change.unit_code,
        before: change.before,
        after: change.after,
        date: change.date.map(LocalDate),
    }
}

fn fault_in(locale: Locale, fault: hr::Fault) -> ImportFault {
    let words = fault_text(locale, &fault);
    ImportFault {
        line: fault.line,
        column: fault.column,
        value: fault.value,
        code: ImportFaultCode(fault.code),
        message: words.problem,
        remedy: words.remedy,
    }
}

fn notice_in(locale: Locale, notice: hr::Notice) -> ImportNotice {
    ImportNotice {
        line: notice.line,
        message: notice_text(locale, &notice),
        subject: notice.subject,
        code: ImportNoticeCode(notice.code),
    }
}

/// Where a page of a list begins.
fn place(locale: Locale, page: &Page, order: &str) -> async_graphql::Result<usize> {
    let Some(text) = &page.cursor else { return Ok(0) };
    let index = Cursor::decode(text, order, 1).and_then(|cursor| cursor.keys.first()?.parse::<usize>().ok());
    Ok(index.ok_or_else(|| unknown(locale, page))?.saturating_add(1))
}
