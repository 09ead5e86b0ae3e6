//! The certificate (kursbevis) of a completed cohort: what it says, and the code by which anybody can check it.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    catalogue::Texts,
    gathering::{Gathering, Presence},
    ids::{CertificateId, EnrolmentId, OrganisationId, PersonId},
};

/// A certificate as it stands. One who completes a cohort has one; it is taken back, and given back, with the result.
#[derive(Clone, Debug, PartialEq)]
pub struct Certificate {
    /// Permanent id.
    pub id: CertificateId,
    /// The trust that issued it.
    pub organisation: OrganisationId,
    /// The place that was completed.
    pub enrolment: EnrolmentId,
    /// Whose it is.
    pub person: PersonId,
    /// By what it can be checked.
    pub code: CertificateCode,
    /// What it says.
    pub says: CertificateText,
    /// When it was issued, or corrected last.
    pub issued_at: DateTime<Utc>,
    /// When it was taken back.
    pub revoked_at: Option<DateTime<Utc>>,
    /// Counts the changes.
    pub version: u32,
}

/// What a certificate says. It stays so: names that change later do not change what was certified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateText {
    /// Who completed it.
    pub holder: String,
    /// The programme.
    pub programme: Texts,
    /// The trust.
    pub organisation: String,
    /// The first day that was held.
    pub starts_on: NaiveDate,
    /// The last one.
    pub ends_on: NaiveDate,
    /// How much of it the holder was there for.
    #[serde(flatten)]
    pub presence: DaysAttended,
}

/// How much of a cohort somebody was there for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DaysAttended {
    /// Gatherings that were held.
    pub held: u32,
    /// Those of them that were attended, wholly or in part.
    pub attended: u32,
    /// Minutes of those: all of a gathering that was attended wholly, half of one that was attended in part.
    pub minutes: u32,
}

impl DaysAttended {
    /// Counted over the gatherings that were held.
    pub fn of<'a>(held: impl IntoIterator<Item = (&'a Gathering, Presence)>) -> Self {
        let mut sum = Self::default();
        for (gathering, presence) in held {
            let minutes = (gathering.ends - gathering.starts).num_minutes();
            let minutes = u32::try_from(minutes).unwrap_or(0);
            let (there, counted) = match presence {
                Presence::Present => (1, minutes),
                Presence::Partly => (1, minutes / 2),
                Presence::Absent | Presence::Excused => (0, 0),
            };
            sum.held += 1;
            sum.attended += there;
            sum.minutes += counted;
        }
        sum
    }
}

/// The signs of a code. Those that look like others are left out; whoever reads `O`, `I` or `L` meant a digit.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Signs in a code, and in each of its groups.
const LENGTH: usize = 16;
const GROUP: usize = 4;

/// The code of a certificate: 80 random bits, written `7K3M-QX0B-2HTD-9WRN`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CertificateCode(String);

impl CertificateCode {
    /// From random bytes.
    pub fn from_random(bytes: [u8; 10]) -> Self {
        let bits = bytes.iter().fold(0u128, |bits, byte| bits << 8 | u128::from(*byte));
        let sign = |place: usize| {
            let five = (bits >> (5 * (LENGTH - 1 - place))) & 31;
            char::from(SIGNS[usize::try_from(five).unwrap_or(0)])
        };
        Self((0..LENGTH).map(sign).collect())
    }

    /// As somebody types it: with or without hyphens and spaces, in capitals or not. None for what can be no code.
    pub fn read(typed: &str) -> Option<Self> {
        let signs = typed.chars().filter(|sign| !sign.is_whitespace() && !matches!(sign, '-' | '–' | '.'));
        let meant = signs.map(|sign| match sign.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        });
        let code: String = meant.take(LENGTH + 1).collect();
        let known = |sign: char| u8::try_from(sign).is_ok_and(|sign| SIGNS.contains(&sign));
        (code.chars().count() == LENGTH && code.chars().all(known)).then_some(Self(code))
    }

    /// As stored: without hyphens.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CertificateCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, sign) in self.0.char_indices() {
            if place > 0 && place % GROUP == 0 {
                f.write_str("-")?;
            }
            write!(f, "{sign}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_bit_of_a_code_shows() {
        let mut codes = HashSet::new();
        for bit in 0..80 {
            let mut bytes = [0; 10];
            bytes[bit / 8] = 1 << (bit % 8);
            codes.insert(CertificateCode::from_random(bytes).to_string());
        }
        assert_eq!(codes.len(), 80);
        assert_eq!(CertificateCode::from_random([255; 10]).to_string(), "ZZZZ-ZZZZ-ZZZZ-ZZZZ");
        assert_eq!(CertificateCode::from_random([0; 10]).to_string(), "0000-0000-0000-0000");
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = CertificateCode::from_random([1, 35, 69, 103, 137, 171, 205, 239, 1, 35]);
        let written = code.to_string();
        for typed in
            [written.clone(), written.to_lowercase(), written.replace('-', " "), written.replace('-', "")]
        {
            assert_eq!(CertificateCode::read(&format!(" {typed} ")).as_ref(), Some(&code), "{typed}");
        }
        assert_eq!(CertificateCode::read("OIL0-0000-0000-0000").unwrap().to_string(), "0110-0000-0000-0000");
        for wrong in [
            "",
            "ABCD",
            "ABCD-EFGH-JKMN-PQR",
            "ABCD-EFGH-JKMN-PQRSS",
            "ABCD-EFGH-JKMN-PQR!",
            "ÆØÅÆ-ÆØÅÆ-ÆØÅÆ-ÆØÅÆ",
        ] {
            assert_eq!(CertificateCode::read(wrong), None, "{wrong}");
        }
    }
}
