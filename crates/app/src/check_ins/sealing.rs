//! Texts on their way to a row and back: sealed for the one field of the one check-in that they belong to.

use uuid::Uuid;
use varde_auth::Sealed;
use varde_model::{
    check_in::Party,
    ids::{CheckInActionId, CheckInId, OrganisationId},
};

use crate::{Ctx, Error, Result};

/// Which field of a check-in a text belongs to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Field<'a> {
    /// The example or reason to a requirement, as one of the two writes it.
    Rating(Party, &'a str),
    /// What an action is about.
    Action(CheckInActionId),
    /// What was added after both had signed.
    Addendum(Uuid),
}

fn place(org: OrganisationId, check_in: CheckInId, field: Field<'_>) -> String {
    let field = match field {
        Field::Rating(party, requirement) => format!("rating {} {requirement}", party.as_str()),
        Field::Action(action) => format!("action {action}"),
        Field::Addendum(id) => format!("addendum {id}"),
    };
    format!("check_in {org} {check_in} {field}")
}

/// Seals a text; nothing for an empty one.
pub(super) fn seal(
    ctx: &Ctx,
    org: OrganisationId,
    check_in: CheckInId,
    field: Field<'_>,
    text: &str,
) -> Option<Vec<u8>> {
    let text = text.trim();
    let place = place(org, check_in, field);
    let seal = || ctx.keys().confidential().seal(place.as_bytes(), text, ctx.random_bytes());
    (!text.is_empty()).then(|| seal().0)
}

/// Opens a text; an empty one where there is none.
///
/// # Errors
/// Internal: its key is not in the ring, or it was tampered with. The error names the row and tells nothing of the text.
pub(super) fn open(
    ctx: &Ctx,
    org: OrganisationId,
    check_in: CheckInId,
    field: Field<'_>,
    sealed: Option<Vec<u8>>,
) -> Result<String> {
    let Some(sealed) = sealed else { return Ok(String::new()) };
    let place = place(org, check_in, field);
    let opened = ctx.keys().confidential().open(place.as_bytes(), &Sealed(sealed));
    opened.map_err(|error| Error::internal(format!("{place}: {error}")))
}
