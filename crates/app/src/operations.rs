//! Longer work that goes on after the call that began it: imports. It is polled, or watched, by its id.

use std::{
    collections::HashMap,
    io::Cursor,
    sync::{Mutex, PoisonError},
};

use varde_model::{Locale, hr::profile::ImportProfile, ids::OperationId, longer_work};
use varde_persistence::operations;

pub use varde_persistence::operations::{Operation, OperationFailure, OperationState};

use crate::{
    Code, Ctx, Error, Refusal, Result,
    access::Coordinator,
    hr_import::{self, ImportInput, OnFaults},
    idempotency::Kept,
    texts::text,
};

/// What the installation knows of HR systems' files, and how far this process's own imports have come.
#[derive(Debug, Default)]
pub struct Imports {
    /// The known file layouts.
    pub profiles: Vec<ImportProfile>,
    /// The key of the one that is used where none is named.
    pub default_profile: String,
    /// Rows that one file may have.
    pub max_rows: u64,
    /// SQLite lets nobody read progress that is not committed; this process knows its own all the same.
    running: Mutex<HashMap<OperationId, (u64, u64)>>,
    turn: tokio::sync::Mutex<()>,
}

impl Imports {
    /// With these layouts.
    pub fn new(profiles: Vec<ImportProfile>, default_profile: String, max_rows: u64) -> Self {
        Self { profiles, default_profile, max_rows, ..Self::default() }
    }

    /// The turn to import, one at a time in a process.
    pub(crate) async fn turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.turn.lock().await
    }

    fn note(&self, id: OperationId, done: u64, total: u64) {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).insert(id, (done, total));
    }

    fn progress(&self, id: OperationId) -> Option<(u64, u64)> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).get(&id).copied()
    }

    fn forget(&self, id: OperationId) {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    }
}

/// A file to import.
#[derive(Clone, Debug)]
pub struct ImportRequest {
    /// Its name, for the report.
    pub file_name: String,
    /// Its bytes.
    pub content: Vec<u8>,
    /// The layout, by key; None is the installation's usual one.
    pub profile: Option<String>,
    /// Keep nothing.
    pub dry_run: bool,
    /// What to do about faulty rows.
    pub on_faults: OnFaults,
}

/// Begins an import, which goes on by itself: by the same way whether it is kept or run dry.
///
/// # Errors
/// Refused: no such layout, an empty file. What is wrong with the rows stands in the operation's report.
pub async fn start_import(ctx: &Ctx, right: &Coordinator, request: ImportRequest) -> Result<Operation> {
    let imports = ctx.app().imports();
    let key = request.profile.as_deref().unwrap_or(&imports.default_profile);
    let profile = imports.profiles.iter().find(|profile| profile.key == key).cloned();
    let profile = profile.ok_or(Refusal::new(Code::NotFound).at("profile"))?;
    if request.content.is_empty() {
        let hint = ["hr-fault-file-empty", "hr-mend-file-empty"].map(|key| text(ctx.locale, key)).join(" ");
        return Err(Refusal::new(Code::Invalid).at("file").with("hint", hint).into());
    }
    let id = hr_import::begin(ctx, right).await?;
    let input = ImportInput {
        file_name: request.file_name,
        source: Box::new(Cursor::new(request.content)),
        profile,
        max_rows: imports.max_rows,
        dry_run: request.dry_run,
        on_faults: request.on_faults,
        operation: Some(id),
    };
    let (mut own, right) = (ctx.clone(), *right);
    // The key was written with the operation's row.
    own.idempotency = None;
    tokio::spawn(async move { run(&own, right, id, input).await });
    find(ctx, &right, id)
        .await?
        .ok_or_else(|| Error::internal("an operation that began a moment ago is gone"))
}

async fn run(ctx: &Ctx, right: Coordinator, id: OperationId, input: ImportInput) {
    let worker = {
        let ctx = ctx.clone();
        tokio::spawn(async move {
            let imports = ctx.app().imports();
            let progress = |done, total| imports.note(id, done, total);
            // How it ended stands in its row; what broke was logged there.
            let _report = Box::pin(hr_import::import_people(&ctx, &right, input, &progress)).await;
        })
    };
    if let Err(error) = worker.await {
        tracing::error!(operation = %id, %error, "an import broke off");
        if let Err(error) = hr_import::fail(ctx, &right, id).await {
            tracing::error!(operation = %id, %error, "its end could not be written");
        }
    }
    ctx.app().imports().forget(id);
}

/// Ends what has given no sign of life for too long, in every organisation: its process is gone. Says how many.
///
/// # Errors
/// The database could not be reached.
pub async fn give_up_silent(ctx: &Ctx) -> Result<u64> {
    let since = longer_work::given_up_before(ctx.now);
    // Mostly there is nothing, and no write lock to be taken for it.
    if !operations::any_silent(ctx.store(), since).await? {
        return Ok(0);
    }
    let tx = ctx.store().write().await?;
    let given_up = operations::give_up_silent(&tx, since, ctx.now).await?;
    tx.commit().await?;
    Ok(given_up)
}

/// Why work was broken off and what to do about it, in words.
pub fn failure_text(locale: Locale, failure: OperationFailure) -> String {
    text(locale, &format!("operation-failed-{}", failure.key()))
}

/// The operation that a call began, when the same call comes again.
///
/// # Errors
/// Refused: there is none.
pub async fn again(ctx: &Ctx, right: &Coordinator, kept: Kept) -> Result<Operation> {
    let found = match kept.ids.first() {
        Some(id) => find(ctx, right, OperationId(*id)).await?,
        None => None,
    };
    Ok(found.ok_or(Refusal::new(Code::NotFound).at("idempotencyKey"))?)
}

/// One operation.
///
/// # Errors
/// The database refused.
pub async fn find(ctx: &Ctx, right: &Coordinator, id: OperationId) -> Result<Option<Operation>> {
    let found = operations::find(ctx.store(), right.org(), id).await?;
    Ok(found.map(|operation| with_progress(ctx, operation)))
}

/// Several pieces of longer work by id.
pub async fn find_many(ctx: &Ctx, right: &Coordinator, ids: &[OperationId]) -> Result<Vec<Operation>> {
    let found = operations::find_many(ctx.store(), right.org(), ids).await?;
    Ok(found.into_iter().map(|operation| with_progress(ctx, operation)).collect())
}

/// Part of the list of operations.
#[derive(Clone, Debug)]
pub struct OperationPage {
    /// Newest first.
    pub operations: Vec<Operation>,
    /// True when older ones follow.
    pub more: bool,
    /// How many there are.
    pub total: u64,
}

/// Operations, newest first, older than the one named.
///
/// # Errors
/// The database refused.
pub async fn list(
    ctx: &Ctx,
    right: &Coordinator,
    before: Option<OperationId>,
    limit: usize,
) -> Result<OperationPage> {
    let mut found = operations::latest(ctx.store(), right.org(), before, limit as u64 + 1).await?;
    let more = found.len() > limit;
    found.truncate(limit);
    let operations = found.into_iter().map(|operation| with_progress(ctx, operation)).collect();
    Ok(OperationPage { operations, more, total: operations::count(ctx.store(), right.org()).await? })
}

fn with_progress(ctx: &Ctx, mut operation: Operation) -> Operation {
    if operation.state == OperationState::Running
        && let Some((done, total)) = ctx.app().imports().progress(operation.id)
    {
        operation.done = operation.done.max(done);
        operation.total = Some(total);
    }
    operation
}
