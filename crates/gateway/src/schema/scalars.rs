//! Local days and hours: what people agree on, without a zone. The zone stands in a field of its own beside them.

use async_graphql::{
    InputType, InputValueError, InputValueResult, Scalar, ScalarType, Value, parser::types::SelectionSet,
};
use chrono::{NaiveDate, NaiveTime, Timelike};

use crate::ready::{Out, Plan, Scope};

/// A day where the trust is, written `2027-01-20`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalDate(pub NaiveDate);

/// An hour where the trust is, written `09:00`. Seconds may be given, and are written where there are any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalTime(pub NaiveTime);

impl std::fmt::Display for LocalDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d"))
    }
}

impl std::fmt::Display for LocalTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.format(if self.0.second() == 0 { "%H:%M" } else { "%H:%M:%S" }))
    }
}

/// A day where the trust is, written `2027-01-20`.
#[Scalar]
impl ScalarType for LocalDate {
    fn parse(value: Value) -> InputValueResult<Self> {
        let says = "A day is written year-month-day, such as \"2027-01-20\"";
        let text = text(value, says)?;
        let exact = text.len() == "2027-01-20".len() && digits_and(b'-', &text);
        let day = NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok().filter(|_| exact);
        day.map(Self).ok_or_else(|| InputValueError::custom(format!("{says}; this is \"{text}\".")))
    }

    fn to_value(&self) -> Value {
        Value::String(self.to_string())
    }
}

/// An hour where the trust is, written `09:00`. `09:00:00` is read as well.
#[Scalar]
impl ScalarType for LocalTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let says = "An hour is written hours:minutes, such as \"09:00\"";
        let text = text(value, says)?;
        let format = match text.len() {
            5 => "%H:%M",
            8 => "%H:%M:%S",
            _ => "",
        };
        let hour = NaiveTime::parse_from_str(&text, format).ok().filter(|_| digits_and(b':', &text));
        hour.map(Self).ok_or_else(|| InputValueError::custom(format!("{says}; this is \"{text}\".")))
    }

    fn to_value(&self) -> Value {
        Value::String(self.to_string())
    }
}

fn text<T: InputType>(value: Value, says: &str) -> Result<String, InputValueError<T>> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(InputValueError::custom(format!("{says}; this is {other}."))),
    }
}

/// Chrono reads blanks and signs where digits are asked for.
fn digits_and(sign: u8, text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || byte == sign)
}

macro_rules! stands_for {
    ($($scalar:ident: $naive:ident),+) => { $(
        impl From<$naive> for $scalar {
            fn from(value: $naive) -> Self {
                Self(value)
            }
        }

        impl From<$scalar> for $naive {
            fn from(value: $scalar) -> Self {
                value.0
            }
        }

        impl Out for $scalar {
            fn compile<'a>(_sets: &[&'a SelectionSet], _scope: &Scope<'a>) -> Option<Plan> {
                Some(Plan::leaf())
            }

            // Digits, dashes and colons: nothing in it needs escaping.
            fn write(&self, _plan: &Plan, out: &mut Vec<u8>) {
                out.extend_from_slice(format!("\"{self}\"").as_bytes());
            }

            fn value(&self, _plan: &Plan) -> Value {
                Value::String(self.to_string())
            }
        }
    )+ };
}
stands_for!(LocalDate: NaiveDate, LocalTime: NaiveTime);

#[cfg(test)]
mod tests {
    use super::*;

    fn hour(text: &str) -> Result<String, ()> {
        <LocalTime as ScalarType>::parse(text.into()).map(|hour| hour.to_string()).map_err(|_| ())
    }

    #[test]
    fn an_hour_is_read_with_and_without_seconds_and_written_as_people_write_it() {
        assert_eq!(hour("09:00").as_deref(), Ok("09:00"));
        assert_eq!(hour("09:00:00").as_deref(), Ok("09:00"));
        assert_eq!(hour("23:59:30").as_deref(), Ok("23:59:30"));
        for wrong in ["9:00", "24:00", "9", "09.00", "09:00+01", " 9:00", "", "kl. 9", "09:00:00.250"] {
            assert_eq!(hour(wrong), Err(()), "{wrong}");
        }
    }

    #[test]
    fn a_day_that_is_none_is_refused_with_how_to_write_it() {
        let day = |text: &str| <LocalDate as ScalarType>::parse(text.into());
        assert_eq!(day("2028-02-29").map(|day| day.to_string()).ok().as_deref(), Some("2028-02-29"));
        for wrong in ["2027-02-29", "20.01.2027", "2027-1-2", "2027-01-20T00:00:00Z", ""] {
            assert!(day(wrong).is_err(), "{wrong}");
        }
        let refused = <LocalDate as ScalarType>::parse(Value::from(20_270_120))
            .map_err(|error| error.into_server_error(async_graphql::Pos::default()).message);
        assert_eq!(
            refused.unwrap_err(),
            "Failed to parse \"LocalDate\": A day is written year-month-day, such as \"2027-01-20\"; this is 20270120."
        );
    }
}
