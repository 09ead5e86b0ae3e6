//! HR files of any size, the same for the same seed.

use std::fmt::Write;

/// The header of the profile that the product comes with.
const HEADER: &str = "Ansattnr;Fornavn;Etternavn;E-post;Enhetskode;Enhetsnavn;Enhetstype;Overordnet enhet;\
    Stillingstittel;Profesjon;Ledernivå;Leder fra;Leder til;Konstituert;Målform;Ansatt fra;Ansatt til;Arbeidssted";

const GIVEN: [&str; 12] =
    ["Kari", "Ola", "Åse", "Bjørg", "Sindre", "Ingrid", "Øyvind", "Marit", "Jon", "Liv", "Pål", "Sunniva"];
const FAMILY: [&str; 12] = [
    "Hansen",
    "Lie",
    "Ødegård",
    "Næss",
    "Bakke",
    "Aasen",
    "Moen",
    "Strand",
    "Lunde",
    "Vik",
    "Haugen",
    "Solberg",
];
const PROFESSIONS: [&str; 5] = ["Sykepleier", "Lege", "Fysioterapeut", "Bioingeniør", "Psykolog"];

/// Employees of one unit, its leader among them.
const PER_UNIT: usize = 25;

/// A file of a trust with that many employees: clinics with ten departments each, departments with ten units each,
/// and a leader at the head of every one.
pub fn hr_file(employees: usize, seed: u64) -> String {
    hr_file_of(employees, PER_UNIT, seed)
}

/// The same with so many employees in each unit. With one in each, everybody leads.
pub fn hr_file_of(employees: usize, per_unit: usize, seed: u64) -> String {
    let mut dice = Dice(seed);
    let mut file = String::with_capacity(employees * 170);
    file.push_str(HEADER);
    file.push_str("\r\n");
    for index in 0..employees {
        push_row(&mut file, index, per_unit, &mut dice);
    }
    file
}

fn push_row(file: &mut String, index: usize, per_unit: usize, dice: &mut Dice) {
    let unit = index / per_unit;
    let (code, kind, parent) = place(unit);
    let (given, family) = (dice.pick(&GIVEN), dice.pick(&FAMILY));
    let (level, leader_from) = if index.is_multiple_of(per_unit) {
        let level = match kind {
            "HF" => 1,
            "Klinikk" => 2,
            "Avdeling" => 3,
            _ => 4,
        };
        (level.to_string(), dice.date(2010, 2025))
    } else {
        (String::new(), String::new())
    };
    let (profession, language) = (dice.pick(&PROFESSIONS), dice.pick(&["Bokmål", "Bokmål", "Nynorsk"]));
    let employed_from = dice.date(1990, 2009);
    let number = 100_000 + index;
    let written = writeln!(
        file,
        "{number};{given};{family};a{number}@stortrust.example;{code};{kind} {unit};{kind};{parent};Stilling;{profession};\
         {level};{leader_from};;Nei;{language};{employed_from};;Åsgata\r"
    );
    debug_assert!(written.is_ok(), "a String takes every write");
}

/// The code, kind and unit above of the n-th unit: 0 is the trust, then each clinic with what is below it.
fn place(unit: usize) -> (usize, &'static str, String) {
    let Some(below) = unit.checked_sub(1) else { return (1, "HF", String::new()) };
    let (clinic, within) = (below / 111, below % 111);
    let clinic_code = 10_000 + clinic * 111;
    match within.checked_sub(1) {
        None => (clinic_code, "Klinikk", "1".to_owned()),
        Some(within) if within % 11 == 0 => (clinic_code + 1 + within, "Avdeling", clinic_code.to_string()),
        Some(within) => {
            (clinic_code + 1 + within, "Enhet", (clinic_code + 1 + within - within % 11).to_string())
        }
    }
}

/// SplitMix64: small, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.roll() % limit as u64).unwrap_or(0)
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from.get(self.below(from.len())).copied().unwrap_or_default()
    }

    fn date(&mut self, first_year: usize, last_year: usize) -> String {
        let year = first_year + self.below(last_year - first_year + 1);
        format!("{:02}.{:02}.{year}", 1 + self.below(28), 1 + self.below(12))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_file() {
        assert_eq!(hr_file(300, 7), hr_file(300, 7));
        assert_ne!(hr_file(300, 7), hr_file(300, 8));
        assert_eq!(hr_file(300, 7).lines().count(), 301);
    }
}
