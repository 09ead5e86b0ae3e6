//! What a coordinator is told beside a result, without standing in its way.

use async_graphql::{Enum, SimpleObject};
use varde_app::{PathPart, warning};
use varde_model::Locale;

/// What to look at once more, for programs.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "varde_app::WarningCode", name = "WarningCode")]
pub enum WarningCodeLabel {
    /// The day is over.
    InThePast,
    /// The day is nearer than people have to answer an invitation: it may not reach everyone.
    ShortNotice,
    /// A Saturday or Sunday (helg).
    Weekend,
    /// A public holiday (helligdag).
    PublicHoliday,
    /// A closed day of the trust (lukket dag).
    ClosedDay,
    /// Another gathering of the cohort is on the same day.
    SameDay,
    /// The programme's blocks last longer than the gathering: what lies behind its end was cut off.
    BlocksCut,
    /// A cohort was published to which nobody had been proposed: nobody is invited.
    NobodyProposed,
    /// A cohort has fewer seats than are taken. Nobody loses a seat by that.
    SeatsTaken,
    /// The outcomes of a round of nominations were prepared, and have to be prepared anew (klargjør på nytt).
    OutcomesThrownAway,
}

/// Something to look at once more. It was done all the same, or would be after a dry run.
#[derive(Debug, Clone, SimpleObject)]
pub struct Warning {
    /// What it is, for programs.
    code: WarningCodeLabel,
    /// What it is, in the caller's language (`Accept-Language`, else the account's).
    message: String,
    /// Where in the input: fields by name, rows by their index from 0.
    path: Vec<String>,
}

/// Warnings in the caller's language.
pub(crate) fn warnings(all: &[warning::Warning], locale: Locale) -> Vec<Warning> {
    let step = |part: &PathPart| match part {
        PathPart::Field(field) => field.to_string(),
        PathPart::Index(index) => index.to_string(),
    };
    let told = |one: &warning::Warning| Warning {
        code: one.code().into(),
        message: one.message(locale),
        path: one.path.iter().map(step).collect(),
    };
    all.iter().map(told).collect()
}
