//! Beginning an import.

use async_graphql::{Context, Enum, InputObject, Object, SimpleObject, Upload};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::json;
use sha2::{Digest, Sha256};
use varde_app::{
    Code, Ctx, Error, Refusal,
    hr_import::OnFaults,
    operations::{self, ImportRequest},
    texts,
};

use super::Operation;
use crate::schema::{Caller, UserError, errors::split, once::once};

/// What to do with a file some of whose rows are at fault.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "OnFaults", name = "OnFaults")]
pub enum OnFaultsLabel {
    /// Nothing is imported (avvis alt).
    RejectAll,
    /// The rows that are right are imported (hopp over feilrader).
    SkipFaulty,
}

/// A file to import. Give either `file` or `content`.
#[derive(InputObject)]
pub struct ImportPeopleInput {
    /// The file, by the GraphQL multipart request specification.
    file: Option<Upload>,
    /// The file's bytes in base64, for scripts that do not send multipart.
    content: Option<String>,
    /// The name that the report calls the file; of an upload, its own if left out.
    file_name: Option<String>,
    /// The layout's key; see `importProfiles`. The usual one if left out.
    profile: Option<String>,
    /// Keep nothing; report what would change.
    #[graphql(default)]
    dry_run: bool,
    /// What to do about faulty rows.
    #[graphql(default_with = "OnFaultsLabel::RejectAll")]
    on_faults: OnFaultsLabel,
    /// A key of your choice: the same call sent twice with it happens once.
    idempotency_key: Option<String>,
}

/// An import that has begun.
#[derive(SimpleObject)]
pub struct ImportPeoplePayload {
    /// The import. Poll it with `operation`, or subscribe to it; its report comes at the end.
    operation: Option<Operation>,
    /// What stands in the way; nothing was begun then.
    errors: Vec<UserError>,
}

/// Mutations of people.
#[derive(Default)]
pub struct ImportMutation;

#[Object]
impl ImportMutation {
    /// Imports people, units and appointments from an HR file (importer ansatte), or tells what that would change. All
    /// or nothing, unless faulty rows are to be skipped. Importing a file twice changes nothing the second time.
    async fn import_people(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The file, and how to read it.")] input: ImportPeopleInput,
    ) -> async_graphql::Result<ImportPeoplePayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            let (name, content) = content(context, input.file, input.content.as_deref())?;
            let request = ImportRequest {
                file_name: input.file_name.or(name).unwrap_or_else(|| "people.csv".to_owned()),
                content,
                profile: input.profile,
                dry_run: input.dry_run,
                on_faults: input.on_faults.into(),
            };
            // The file itself, however it was sent.
            let digest: String =
                Sha256::digest(&request.content).iter().map(|byte| format!("{byte:02x}")).collect();
            let faults = format!("{:?}", input.on_faults);
            let sent = json!([digest, request.file_name, request.profile, request.dry_run, faults]);
            let run = async |ctx: Ctx| operations::start_import(&ctx, &right, request).await;
            let again = |kept| operations::again(&caller.ctx, &right, kept);
            once(context, "importPeople", input.idempotency_key.as_deref(), sent, run, again).await
        };
        let (operation, errors) = split(context, outcome.await)?;
        Ok(ImportPeoplePayload { operation: operation.map(Operation), errors })
    }
}

/// The bytes of a file that came by itself or within the call, with its own name.
pub(crate) fn content(
    context: &Context<'_>,
    file: Option<Upload>,
    content: Option<&str>,
) -> Result<(Option<String>, Vec<u8>), Error> {
    match (file, content) {
        (Some(file), None) => {
            let value = file.value(context).map_err(Error::internal)?;
            let name = Some(value.filename).filter(|name| !name.is_empty());
            Ok((name, value.content.to_vec()))
        }
        (None, Some(text)) => {
            let packed: String = text.split_whitespace().collect();
            let bytes = STANDARD.decode(packed);
            let hint = || texts::text(Caller::of(context).locale(), "hint-base64");
            let bad = |_| Refusal::new(Code::Invalid).at("content").with("hint", hint());
            Ok((None, bytes.map_err(bad)?))
        }
        _ => Err(Refusal::new(Code::Required).at("file").into()),
    }
}
