//! Importing people from an HR system's file.
//!
//! The file is read, checked and compared with what is known; then everything is written in one transaction, or
//! nothing. A dry run goes the same way and is rolled back at the end. The import stands as an operation that can be
//! polled, and its report is kept with it.

mod progress;
mod pulse;
pub mod reader;
mod report;
mod texts;

use std::io::Read;

use chrono::NaiveDate;
use serde_json::json;
use varde_model::{
    hr::{Checked, Diff, Fault, Known, Reading, check, diff, harmless, profile::ImportProfile},
    ids::OperationId,
    local_time::Zoned,
    organisation::Organisation,
};
use varde_persistence::{
    Tx,
    operations::{self, Ending, Operation, OperationFailure, OperationState},
    organisations, people,
};

use crate::{
    Ctx, Error, Result,
    access::{Actor, Coordinator},
    after_import::after_import,
    audit::{self, Deed},
    idempotency,
};

use progress::Steps;
use pulse::Pulse;
pub use report::{ImportOutcome, ImportReport, List, StoredReport, report_of, slice, slices};
pub use texts::{FaultText, fault_text, kind_text, notice_text};
pub use varde_persistence::operations::Slice;

/// The kind under which an import stands among the operations.
pub const OPERATION: &str = "people.import";

/// What to do with a file some of whose rows are at fault.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnFaults {
    /// Nothing is imported.
    #[default]
    RejectAll,
    /// The rows that are right are imported.
    SkipFaulty,
}

/// A file to import.
pub struct ImportInput {
    /// Its name, for the report.
    pub file_name: String,
    /// Its bytes.
    pub source: Box<dyn Read + Send>,
    /// How the HR system writes it.
    pub profile: ImportProfile,
    /// Rows that a file may have.
    pub max_rows: u64,
    /// True to see what would change, and keep nothing.
    pub dry_run: bool,
    /// What to do about faulty rows.
    pub on_faults: OnFaults,
    /// The operation that [`begin`] recorded; None records one.
    pub operation: Option<OperationId>,
}

impl std::fmt::Debug for ImportInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ImportInput").field("profile", &self.profile.key).finish_non_exhaustive()
    }
}

/// How far an import has come: rows written and rows to write.
pub type OnProgress<'a> = &'a (dyn Fn(u64, u64) + Send + Sync);

/// Records that an import begins, so that its progress can be polled while [`import_people`] runs.
///
/// # Errors
/// The database refused.
pub async fn begin(ctx: &Ctx, right: &Coordinator) -> Result<OperationId> {
    let id: OperationId = ctx.new_id();
    let account = if let Actor::Account(account) = right.actor() { Some(account) } else { None };
    let operation = Operation {
        id,
        account,
        kind: OPERATION.to_owned(),
        state: OperationState::Running,
        done: 0,
        total: None,
        outcome: None,
        failure: None,
        started_at: ctx.now,
        ended_at: None,
    };
    let tx = ctx.store().write().await?;
    operations::insert(&tx, right.org(), &operation).await?;
    idempotency::keep(ctx, &tx, right.org(), &idempotency::Kept::of([id.0])).await?;
    tx.commit().await?;
    Ok(id)
}

/// Imports a file, or shows what importing it would change.
///
/// # Errors
/// The source broke off, or the database refused: nothing is kept, and the operation has failed. What is wrong with
/// the file is no error but stands in the report.
pub async fn import_people(
    ctx: &Ctx,
    right: &Coordinator,
    input: ImportInput,
    progress: OnProgress<'_>,
) -> Result<ImportReport> {
    let operation = match input.operation {
        Some(operation) => operation,
        None => begin(ctx, right).await?,
    };
    let pulse = Pulse::begin(ctx, right.org(), operation);
    let outcome = {
        // One at a time in a process: the others hold neither a connection nor their file's rows meanwhile.
        let _turn = ctx.app().imports().turn().await;
        Box::pin(import(ctx, right, operation, input, progress)).await
    };
    drop(pulse);
    if let Err(error) = &outcome {
        tracing::warn!(%operation, %error, "an import of people failed");
        fail(ctx, right, operation).await?;
    }
    outcome
}

/// Records that an import broke off, unless it was given up before.
pub(crate) async fn fail(ctx: &Ctx, right: &Coordinator, operation: OperationId) -> Result<()> {
    let tx = ctx.store().write().await?;
    let failed = Ending::Failed(OperationFailure::Fault);
    operations::end(&tx, right.org(), operation, failed, ctx.app().now()).await?;
    Ok(tx.commit().await?)
}

async fn import(
    ctx: &Ctx,
    right: &Coordinator,
    operation: OperationId,
    input: ImportInput,
    progress: OnProgress<'_>,
) -> Result<ImportReport> {
    let org = organisations::find(ctx.store(), right.org()).await?;
    let org = org.ok_or_else(|| Error::internal("the organisation of a right is gone"))?;
    let on = Zoned::at(ctx.now, org.zone).date;
    let mut report = ImportReport::new(operation, harmless(&input.file_name), input.dry_run, on);

    let ImportInput { source, profile, max_rows, .. } = input;
    let reading = aside(move || reader::read(source, &profile, max_rows)).await?;
    let reading = reading.map_err(|error| Error::internal(format!("the file broke off: {error}")))?;
    report.rows = reading.row_count;
    if reading.faults.iter().any(|fault| fault.code.is_of_file()) {
        report.faults = reading.faults;
        return end_apart(ctx, right, report).await;
    }

    let tx = ctx.store().write().await?;
    // Two files at once would both be compared with what was known before either.
    organisations::lock(&tx, right.org()).await?;
    let known = people::known(&tx, right.org()).await?;
    let (checked, diff) = compare(ctx, &org, on, known, reading).await?;
    report.faults = checked.faults;
    report.notices = checked.notices;
    report.faulty_rows = report.rows - checked.rows.len() as u64;
    let refused = |fault: &Fault| input.on_faults == OnFaults::RejectAll || fault.code.is_of_file();
    if report.faults.iter().any(refused) {
        tx.roll_back().await?;
        return end_apart(ctx, right, report).await;
    }
    keep(ctx, right, tx, diff, report, progress).await
}

/// Checks and compares, beside the runtime's threads: with 25,000 rows it is work for a while.
async fn compare(
    ctx: &Ctx,
    org: &Organisation,
    on: NaiveDate,
    known: Known,
    reading: Reading,
) -> Result<(Checked, Diff)> {
    let (ctx, locale) = (ctx.clone(), org.locale);
    aside(move || {
        let checked = check(reading, &known);
        let diff = diff(&known, &checked, on, locale, &mut || ctx.new_id());
        (checked, diff)
    })
    .await
}

async fn keep(
    ctx: &Ctx,
    right: &Coordinator,
    tx: Tx,
    diff: Diff,
    mut report: ImportReport,
    progress: OnProgress<'_>,
) -> Result<ImportReport> {
    let org = right.org();
    let steps = Steps::begin(ctx, org, report.operation, diff.writes.len(), progress);
    let written = people::write(&tx, org, &diff.writes, ctx.now, &mut |done| steps.done(done)).await;
    steps.end().await;
    written?;
    report.follows = after_import(ctx, &tx, right, report.operation, report.on, &diff.effects).await?;
    report.outcome = if report.dry_run { ImportOutcome::DryRun } else { ImportOutcome::Imported };
    report.take(diff);
    let detail = json!({
        "rows": report.rows,
        "faulty_rows": report.faulty_rows,
        "changes": report.counts_by_key(),
    });
    audit::record(ctx, &tx, org, right.actor(), Deed::on(OPERATION, report.operation), detail).await?;
    if report.dry_run {
        tx.roll_back().await?;
        return end_apart(ctx, right, report).await;
    }
    end(ctx, &tx, right, &report).await?;
    tx.commit().await?;
    Ok(report)
}

/// Records the end in a transaction of its own, as that of the import is rolled back.
async fn end_apart(ctx: &Ctx, right: &Coordinator, report: ImportReport) -> Result<ImportReport> {
    let tx = ctx.store().write().await?;
    end(ctx, &tx, right, &report).await?;
    tx.commit().await?;
    Ok(report)
}

async fn end(ctx: &Ctx, tx: &Tx, right: &Coordinator, report: &ImportReport) -> Result<()> {
    let (org, operation) = (right.org(), report.operation);
    report::keep(ctx, tx, org, report).await?;
    let outcome = serde_json::to_value(report.stored()).map_err(Error::internal)?;
    // Whoever follows it was told that nothing was kept, so nothing is.
    if !operations::end(tx, org, operation, Ending::Succeeded(outcome), ctx.app().now()).await? {
        return Err(Error::internal("the import was given up as it had been silent"));
    }
    Ok(())
}

async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)
}
