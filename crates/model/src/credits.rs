//! Credits of the European system (studiepoeng), in tenths: half credits are common.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{EnrolmentId, PersonId};

/// An amount of credits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Credits {
    /// How many tenths.
    pub tenths: u32,
}

impl Credits {
    /// The most that a place can give: two years of study.
    pub const MOST: Self = Self::whole(120);

    /// So many whole credits.
    pub const fn whole(credits: u32) -> Self {
        Self { tenths: credits.saturating_mul(10) }
    }

    /// From a decimal number; None where it is negative, too many, or finer than tenths.
    pub fn from_decimal(credits: f64) -> Option<Self> {
        let tenths = credits * 10.0;
        let near = tenths.round();
        if !(0.0..=f64::from(Self::MOST.tenths)).contains(&near) || (tenths - near).abs() > 1e-6 {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole, and within 0 to 1200"
        )]
        Some(Self { tenths: near as u32 })
    }

    /// As a decimal number.
    pub fn as_decimal(self) -> f64 {
        f64::from(self.tenths) / 10.0
    }
}

/// `30` or `7,5`, as Norwegians write it.
impl fmt::Display for Credits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.tenths / 10, self.tenths % 10) {
            (whole, 0) => write!(f, "{whole}"),
            (whole, tenths) => write!(f, "{whole},{tenths}"),
        }
    }
}

/// The credits that a place gave.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceCredits {
    /// The place.
    pub enrolment: EnrolmentId,
    /// Whose it is.
    pub person: PersonId,
    /// How many.
    pub credits: Credits,
    /// True when a coordinator wrote them down; such an amount stays, whatever becomes of the result.
    pub by_hand: bool,
    /// When.
    pub recorded_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_credits_are_kept_and_finer_ones_refused() {
        assert_eq!(Credits::from_decimal(30.0), Some(Credits::whole(30)));
        assert_eq!(Credits::from_decimal(7.5).map(|it| it.to_string()).as_deref(), Some("7,5"));
        assert_eq!(Credits::from_decimal(0.0), Some(Credits::default()));
        assert_eq!(Credits::from_decimal(0.1).map(Credits::as_decimal), Some(0.1));
        for wrong in [-1.0, 120.1, 7.25, f64::NAN, f64::INFINITY] {
            assert_eq!(Credits::from_decimal(wrong), None, "{wrong}");
        }
    }
}
