//! Small checks that inputs share.

use chrono::NaiveDate;
use email_address::EmailAddress;
use varde_model::{Locale, catalogue::Texts};

use crate::{Code, Error, Refusal, Result};

/// Rows that one call may bring.
pub const MOST_ROWS: usize = 500;

/// What becomes of the good rows of a bulk call when others are refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ErrorPolicy {
    /// One refused row refuses all: nothing is changed.
    #[default]
    RejectAll,
    /// The good rows are kept; each refused one is reported with its index.
    RejectFailed,
}

/// A text that must be there: trimmed, and of at most `max` characters.
pub(crate) fn text(field: &'static str, value: &str, max: usize) -> std::result::Result<String, Refusal> {
    let value = value.trim();
    if value.is_empty() {
        return Err(Refusal::new(Code::Required).at(field));
    }
    if value.chars().count() > max {
        return Err(Refusal::new(Code::TooLong).at(field).with("max", max));
    }
    if value.chars().any(|c| c.is_control() && c != '\n') {
        return Err(Refusal::new(Code::Invalid).at(field).with("hint", ""));
    }
    Ok(value.to_owned())
}

/// A text in the three languages, each as [`text`] asks. Two fields of the input give it: one for all languages, and
/// one for each.
pub(crate) fn texts(
    (one, each): (&'static str, &'static str),
    value: &Texts,
    max: usize,
) -> std::result::Result<Texts, Refusal> {
    if value.is_same_everywhere() {
        return text(one, &value.nb, max).map(Texts::same);
    }
    let check = |locale: Locale| {
        text(locale.tag(), value.get(locale), max).map_err(|refusal| refusal.under(&[each.into()]))
    };
    Ok(Texts { nb: check(Locale::Nb)?, nn: check(Locale::Nn)?, en: check(Locale::En)? })
}

/// An e-mail address.
pub(crate) fn email(field: &'static str, value: &str) -> std::result::Result<String, Refusal> {
    let invalid = || Refusal::new(Code::EmailInvalid).at(field);
    // What is allowed within quotes is no address that mail servers, or people, can do anything with.
    if value.chars().any(char::is_control) || value.contains('"') {
        return Err(invalid());
    }
    let value = text(field, value, 254)?;
    if EmailAddress::is_valid(&value) { Ok(value) } else { Err(invalid()) }
}

/// An e-mail address that may be missing; an empty text is none.
pub(crate) fn email_if_given(
    field: &'static str,
    value: &str,
) -> std::result::Result<Option<String>, Refusal> {
    if value.trim().is_empty() { Ok(None) } else { email(field, value).map(Some) }
}

/// A text that may be missing; an empty one is none.
pub(crate) fn optional(
    field: &'static str,
    value: Option<&str>,
    max: usize,
) -> std::result::Result<Option<String>, Refusal> {
    match value.map(str::trim) {
        None | Some("") => Ok(None),
        Some(value) => text(field, value, max).map(Some),
    }
}

/// A whole number within bounds.
pub(crate) fn within(
    field: &'static str,
    value: u32,
    least: u32,
    most: u32,
) -> std::result::Result<u32, Refusal> {
    if (least..=most).contains(&value) {
        Ok(value)
    } else {
        Err(Refusal::new(Code::OutOfRange).at(field).with("least", least).with("most", most))
    }
}

/// A day within the time that the service can reckon with: 1900 to 2199.
///
/// # Errors
/// Refused outside it, with the path given.
pub fn date(field: &'static str, value: NaiveDate) -> std::result::Result<NaiveDate, Refusal> {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    let (least, most) = (day(1900, 1, 1), day(2199, 12, 31));
    if (least..=most).contains(&value) {
        return Ok(value);
    }
    Err(Refusal::new(Code::OutOfRange).at(field).with_day("least", least).with_day("most", most))
}

/// The same for a day that may be left out.
///
/// # Errors
/// As [`date`].
pub fn date_if_given(
    field: &'static str,
    value: Option<NaiveDate>,
) -> std::result::Result<Option<NaiveDate>, Refusal> {
    value.map(|value| date(field, value)).transpose()
}

/// The reason of a costly act.
pub(crate) fn reason(field: &'static str, value: Option<&str>) -> Result<String> {
    match value.map(str::trim) {
        None | Some("") => Err(Refusal::new(Code::ReasonRequired).at(field).into()),
        Some(value) => Ok(text(field, value, 500)?),
    }
}

/// Refuses calls with too many rows, or none.
pub(crate) fn rows(field: &'static str, count: usize) -> Result<()> {
    match count {
        0 => Err(Refusal::new(Code::Required).at(field).into()),
        count if count > MOST_ROWS => {
            Err(Refusal::new(Code::TooMany).at(field).with("max", MOST_ROWS).into())
        }
        _ => Ok(()),
    }
}

/// What is refused of one input, gathered so that it can be mended in one go.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Refusal>);

impl Faults {
    /// A checked value; where it is refused, that is kept and something stands in, which [`Self::none`] keeps from use.
    pub(crate) fn note<T: Default>(
        &mut self,
        checked: std::result::Result<T, impl Into<Error>>,
    ) -> Result<T> {
        match checked.map_err(Into::into) {
            Ok(value) => Ok(value),
            Err(Error::Refused(refusals)) => {
                self.0.extend(refusals);
                Ok(T::default())
            }
            Err(other) => Err(other),
        }
    }

    /// Keeps one more.
    pub(crate) fn add(&mut self, refusal: Refusal) {
        self.0.push(refusal);
    }

    /// What was kept, and one more that everything else hangs on.
    pub(crate) fn and(mut self, refusal: Refusal) -> Error {
        self.add(refusal);
        Error::Refused(self.0)
    }

    /// Refuses unless everything was well.
    pub(crate) fn none(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Refused(self.0)) }
    }
}

/// Refusals gathered over the rows of a bulk call.
#[derive(Debug, Default)]
pub(crate) struct RowRefusals {
    refusals: Vec<Refusal>,
}

impl RowRefusals {
    /// Keeps a row's refusals, each with the row's index before its own path; a fault ends the whole call.
    pub(crate) fn keep<T>(
        &mut self,
        field: &'static str,
        index: usize,
        outcome: Result<T>,
    ) -> Result<Option<T>> {
        match outcome {
            Ok(value) => Ok(Some(value)),
            Err(Error::Refused(refusals)) => {
                let prefix = [field.into(), index.into()];
                self.refusals.extend(refusals.into_iter().map(|refusal| refusal.under(&prefix)));
                Ok(None)
            }
            Err(other) => Err(other),
        }
    }

    /// Under [`ErrorPolicy::RejectAll`] one refusal refuses all; else they are handed over beside the result.
    pub(crate) fn settle(self, policy: ErrorPolicy) -> Result<Vec<Refusal>> {
        if policy == ErrorPolicy::RejectAll && !self.refusals.is_empty() {
            return Err(Error::Refused(self.refusals));
        }
        Ok(self.refusals)
    }
}
