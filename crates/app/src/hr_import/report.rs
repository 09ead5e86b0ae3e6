//! What came of an import.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use varde_model::{
    hr::{Change, ChangeKind, Diff, Effects, Fault, Notice},
    ids::{AppointmentId, OperationId},
};
use varde_persistence::operations::{self, Operation};

use super::OPERATION;
use crate::{Ctx, Error, Result, access::Coordinator};

/// Changes and faults that are kept with the operation; the counts are always of all.
pub const DETAILS: usize = 1000;

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
            changes: self.changes.iter().take(DETAILS).cloned().collect(),
            fault_count: self.faults.len() as u64,
            faults: self.faults.iter().take(DETAILS).cloned().collect(),
            notices: self.notices.iter().take(DETAILS).cloned().collect(),
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
    /// The first [`DETAILS`] of them.
    pub changes: Vec<Change>,
    /// How many faults there were.
    pub fault_count: u64,
    /// The first [`DETAILS`] of them.
    pub faults: Vec<Fault>,
    /// What a person should look at.
    pub notices: Vec<Notice>,
    /// The appointments that are news, for the mail to the coordinators.
    #[serde(default)]
    pub new_appointments: Vec<AppointmentId>,
}

/// An import by its operation, with its report once it has ended well; None for another kind of operation.
///
/// # Errors
/// The database refused, or the stored report cannot be read.
pub async fn find_report(
    ctx: &Ctx,
    right: &Coordinator,
    id: OperationId,
) -> Result<Option<(Operation, Option<StoredReport>)>> {
    let found = operations::find(ctx.store(), right.org(), id).await?;
    let Some(mut operation) = found.filter(|operation| operation.kind == OPERATION) else { return Ok(None) };
    let report = match operation.outcome.take().filter(|outcome| !outcome.is_null()) {
        Some(outcome) => Some(serde_json::from_value(outcome).map_err(Error::internal)?),
        None => None,
    };
    Ok(Some((operation, report)))
}
