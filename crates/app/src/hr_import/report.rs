//! What came of an import.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use varde_model::{
    hr::{Change, ChangeKind, Diff, Effects, Fault, Notice},
    ids::{AppointmentId, OperationId, OrganisationId},
};
use varde_persistence::{
    Tx,
    operations::{self, Operation, Slice},
};

use super::OPERATION;
use crate::{Ctx, Error, Result, access::Coordinator, after_import::Follows};

/// A list of a report. It is kept whole beside the report, and read page by page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Every change ([`Change`]), in the order of the file.
    Changes,
    /// Every fault ([`Fault`]), by line.
    Faults,
    /// What a person should look at ([`Notice`]).
    Notices,
}

impl List {
    const fn key(self) -> &'static str {
        match self {
            List::Changes => "changes",
            List::Faults => "faults",
            List::Notices => "notices",
        }
    }
}

/// How an import ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportOutcome {
    /// Everything that is told as changed is changed.
    Imported,
    /// It would have been.
    DryRun,
    /// Nothing is changed, for the faults' sake.
    Rejected,
}

/// What came of an import.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportReport {
    /// The operation under which it stands.
    pub operation: OperationId,
    /// The file's name.
    pub file_name: String,
    /// True when nothing was to be kept.
    pub dry_run: bool,
    /// How it ended.
    pub outcome: ImportOutcome,
    /// The day of the import where the trust is.
    pub on: NaiveDate,
    /// Rows in the file.
    pub rows: u64,
    /// Rows among them that are at fault.
    pub faulty_rows: u64,
    /// How many changes of each kind; kinds without any are left out.
    pub counts: BTreeMap<ChangeKind, u64>,
    /// Every change, in the order of the file.
    pub changes: Vec<Change>,
    /// Every fault, by line.
    pub faults: Vec<Fault>,
    /// What a person should look at.
    pub notices: Vec<Notice>,
    /// What the rest of the system acts on.
    pub effects: Effects,
    /// What follows from it.
    pub follows: Follows,
}

impl ImportReport {
    pub(super) fn new(operation: OperationId, file_name: String, dry_run: bool, on: NaiveDate) -> Self {
        Self {
            operation,
            file_name,
            dry_run,
            outcome: ImportOutcome::Rejected,
            on,
            rows: 0,
            faulty_rows: 0,
            counts: BTreeMap::new(),
            changes: Vec::new(),
            faults: Vec::new(),
            notices: Vec::new(),
            effects: Effects::default(),
            follows: Follows::default(),
        }
    }

    pub(super) fn take(&mut self, diff: Diff) {
        for change in &diff.changes {
            *self.counts.entry(change.kind).or_default() += 1;
        }
        self.changes = diff.changes;
        self.effects = diff.effects;
    }

    /// How many changes of a kind.
    pub fn count(&self, kind: ChangeKind) -> u64 {
        self.counts.get(&kind).copied().unwrap_or(0)
    }

    pub(super) fn counts_by_key(&self) -> BTreeMap<&'static str, u64> {
        self.counts.iter().map(|(kind, count)| (kind.key(), *count)).collect()
    }

    /// The form in which it is kept with its operation.
    pub fn stored(&self) -> StoredReport {
        StoredReport {
            file_name: self.file_name.clone(),
            dry_run: self.dry_run,
            outcome: self.outcome,
            on: self.on,
            rows: self.rows,
            faulty_rows: self.faulty_rows,
            counts: self.counts.clone(),
            change_count: self.changes.len() as u64,
            fault_count: self.faults.len() as u64,
            notice_count: self.notices.len() as u64,
            follows: self.follows.clone(),
            new_appointments: self.effects.new_appointments.clone(),
        }
    }
}

/// A report as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredReport {
    /// The file's name.
    pub file_name: String,
    /// True when nothing was to be kept.
    pub dry_run: bool,
    /// How it ended.
    pub outcome: ImportOutcome,
    /// The day of the import where the trust is.
    pub on: NaiveDate,
    /// Rows in the file.
    pub rows: u64,
    /// Rows among them that are at fault.
    pub faulty_rows: u64,
    /// How many changes of each kind.
    pub counts: BTreeMap<ChangeKind, u64>,
    /// How many changes there were.
    pub change_count: u64,
    /// How many faults there were.
    pub fault_count: u64,
    /// How many notices there were.
    pub notice_count: u64,
    /// What follows from it.
    pub follows: Follows,
    /// The appointments that are news, for the mail to the coordinators.
    pub new_appointments: Vec<AppointmentId>,
}

/// Keeps a report's lists beside it.
pub(super) async fn keep(ctx: &Ctx, tx: &Tx, org: OrganisationId, report: &ImportReport) -> Result<()> {
    keep_list(ctx, tx, org, report.operation, List::Changes, &report.changes).await?;
    keep_list(ctx, tx, org, report.operation, List::Faults, &report.faults).await?;
    keep_list(ctx, tx, org, report.operation, List::Notices, &report.notices).await
}

async fn keep_list<T: Serialize + Sync>(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    operation: OperationId,
    list: List,
    rows: &[T],
) -> Result<()> {
    let rows = rows.iter().map(serde_json::to_value).collect::<std::result::Result<Vec<_>, _>>();
    let rows = rows.map_err(Error::internal)?;
    operations::insert_list(tx, org, operation, list.key(), &rows, &mut || ctx.new_id()).await?;
    Ok(())
}

/// Rows of a report's list, from a place in it.
pub fn slice(operation: OperationId, list: List, start: usize, count: usize) -> Slice {
    Slice { operation, list: list.key(), start, count }
}

/// The rows of slices of reports' lists, one answer for each, read together: [`Change`], [`Fault`] or [`Notice`] as
/// JSON.
///
/// # Errors
/// The database refused, or what is kept cannot be read.
pub async fn slices(ctx: &Ctx, right: &Coordinator, wanted: &[Slice]) -> Result<Vec<Vec<Value>>> {
    Ok(operations::read_slices(ctx.store(), right.org(), wanted).await?)
}

/// The report that is kept with an import; None of other work, and until the import has ended.
///
/// # Errors
/// What is kept cannot be read.
pub fn report_of(operation: &Operation) -> Result<Option<StoredReport>> {
    let outcome =
        operation.outcome.as_ref().filter(|outcome| operation.kind == OPERATION && !outcome.is_null());
    outcome.map(StoredReport::deserialize).transpose().map_err(Error::internal)
}
