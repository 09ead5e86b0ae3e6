//! Why a mail or a reminder stands where it stands, as coordinators read it.

use async_graphql::SimpleObject;
use varde_app::texts::text;
use varde_model::{Locale, state_reason};

use super::words::StateReasonCode;

/// Why a mail or a reminder stands where it stands.
#[derive(Debug, Clone, SimpleObject)]
pub struct StateReason {
    /// What it is, for programs.
    code: StateReasonCode,
    /// What it is, in the caller's language (`Accept-Language`, else the account's).
    message: String,
}

impl StateReason {
    pub(crate) fn told(reason: state_reason::StateReason, locale: Locale) -> Self {
        Self { code: StateReasonCode(reason), message: text(locale, &reason.key()) }
    }
}
