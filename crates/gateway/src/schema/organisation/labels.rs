//! What the schema's enum values are called by people.

use async_graphql::{Context, Object, SimpleObject, registry::MetaType};
use varde_app::{Code, Refusal, labels};

use crate::schema::{Caller, errors::whole, keys};

/// What a value of an enum is called by people, for screens, spreadsheets and reports.
#[derive(Debug, SimpleObject)]
pub struct EnumLabel {
    /// The enum, such as `EnrolmentState`.
    enum_name: String,
    /// The value, such as `WAITING`.
    value: String,
    /// What it is called, such as `på venteliste`.
    label: String,
}

/// Queries about words.
#[derive(Default)]
pub struct LabelQuery;

#[Object]
impl LabelQuery {
    /// What the values of the schema's enums are called, in the order in which they stand there. For everybody who is
    /// signed in.
    async fn enum_labels(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "One enum, such as `EnrolmentState`; all of them if left out.")] name: Option<
            String,
        >,
        #[graphql(desc = "The language, `nb`, `nn` or `en`; the caller's if left out.")] locale: Option<
            String,
        >,
    ) -> async_graphql::Result<Vec<EnumLabel>> {
        let caller = Caller::of(context);
        whole(context, caller.signed_in())?;
        let asked = locale.as_deref().map(|tag| keys::language("locale", tag)).transpose();
        let locale = whole(context, asked)?.unwrap_or(caller.locale());
        let mut labelled = Vec::new();
        for kind in context.schema_env.registry.types.values() {
            let MetaType::Enum { name: own, enum_values, .. } = kind else { continue };
            // Those with two underscores are GraphQL's own.
            if own.starts_with("__") || name.as_ref().is_some_and(|name| name.trim() != own) {
                continue;
            }
            labelled.extend(enum_values.keys().map(|value| EnumLabel {
                enum_name: own.clone(),
                value: value.clone(),
                label: labels::label(locale, own, value).unwrap_or_else(|| value.clone()),
            }));
        }
        match (labelled.is_empty(), name) {
            (true, Some(_)) => whole(context, Err(Refusal::new(Code::NotFound).at("name").into())),
            _ => Ok(labelled),
        }
    }
}
