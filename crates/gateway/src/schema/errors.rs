//! Refusals as `UserError`s beside the result; access and faults as top-level errors with a code.

use async_graphql::{Context, ErrorExtensions, SimpleObject};
use varde_app::{
    Code, Error, PathPart, Refusal,
    texts::{text, text_with},
};
use varde_model::Locale;

use super::{Caller, words::UserErrorCode};

/// Something in the input, or a rule of the field, that stands in the way. Nothing was changed for its sake.
#[derive(Debug, Clone, SimpleObject)]
pub struct UserError {
    /// What it is, for programs.
    code: UserErrorCode,
    /// What it is and what to do, in the caller's language (`Accept-Language`, else the account's).
    message: String,
    /// Where in the input: fields by name, rows by their index from 0.
    path: Vec<String>,
}

impl UserError {
    fn new(refusal: &Refusal, locale: Locale) -> Self {
        let step = |part: &PathPart| match part {
            PathPart::Field(field) => field.to_string(),
            PathPart::Index(index) => index.to_string(),
        };
        Self {
            code: UserErrorCode(refusal.code),
            message: refusal.message(locale),
            path: refusal.path.iter().map(step).collect(),
        }
    }

    /// Refusals in the caller's language.
    pub(crate) fn all(refusals: &[Refusal], locale: Locale) -> Vec<Self> {
        refusals.iter().map(|refusal| Self::new(refusal, locale)).collect()
    }
}

/// An error of the whole field: access, or a fault. A fault is logged here, once, with the request's id, and not shown.
pub(crate) fn fault(context: &Context<'_>, error: &Error) -> async_graphql::Error {
    fault_of(Caller::of(context), context.field().name(), error)
}

/// The same, for what goes on after the resolver.
pub(crate) fn fault_of(caller: &Caller, field: &str, error: &Error) -> async_graphql::Error {
    let (code, message) = match error {
        Error::Unauthenticated => ("UNAUTHENTICATED", text(caller.locale(), "access-unauthenticated")),
        Error::Denied => ("FORBIDDEN", text(caller.locale(), "access-forbidden")),
        Error::Refused(refusals) => {
            let message =
                refusals.first().map(|refusal| refusal.message(caller.locale())).unwrap_or_default();
            ("BAD_USER_INPUT", message)
        }
        Error::Fault(_) | Error::Internal(_) => {
            tracing::error!(request_id = %caller.request_id, field, %error, "a fault");
            let id = [("id", caller.request_id.clone())];
            ("INTERNAL", text_with(caller.locale(), "access-fault", &id))
        }
    };
    async_graphql::Error::new(message).extend_with(|_, extensions| extensions.set("code", code))
}

/// Splits an outcome: refusals are part of the payload, everything else is an error of the field.
pub(crate) fn split<T>(
    context: &Context<'_>,
    outcome: Result<T, Error>,
) -> async_graphql::Result<(Option<T>, Vec<UserError>)> {
    match outcome {
        Ok(value) => Ok((Some(value), Vec::new())),
        Err(Error::Refused(refusals)) => Ok((None, UserError::all(&refusals, Caller::of(context).locale()))),
        Err(error) => Err(fault(context, &error)),
    }
}

/// True when the thing was changed since the version that the caller saw: the payload then shows what stands.
pub(crate) fn is_conflict<T>(outcome: &Result<T, Error>) -> bool {
    outcome.as_ref().is_err_and(|error| error.refusals().iter().any(|refusal| refusal.code == Code::Conflict))
}

/// The outcome of a query: refusals are errors of the field as well.
pub(crate) fn whole<T>(context: &Context<'_>, outcome: Result<T, Error>) -> async_graphql::Result<T> {
    outcome.map_err(|error| fault(context, &error))
}

/// Arguments that make no page.
pub(crate) fn bad_page(locale: Locale, error: &crate::relay::PageError) -> async_graphql::Error {
    async_graphql::Error::new(error.message(locale)).extend_with(|_, extensions| {
        extensions.set("code", "BAD_USER_INPUT");
        extensions.set("argument", error.argument());
    })
}
