//! The two trusts. Both are invented, and so is everybody in them.

use super::{answers::Answers, courses::Course, fjordheim, groups::Group, rounds::Round};

/// A trust of the demo.
pub(crate) struct Trust {
    /// Its short name, which is also the first part of its domain.
    pub(crate) key: &'static str,
    /// Its name.
    pub(crate) name: &'static str,
    /// Its HR system's file.
    pub(super) file_name: &'static str,
    pub(super) file: &'static [u8],
    /// Who looks after the system.
    pub(super) administrator: &'static str,
    /// Who runs the programmes.
    pub(super) coordinator: &'static str,
    pub(super) place: &'static str,
    pub(super) room: &'static str,
    /// Its cohorts. The first is the one that the people who sign in have to do with.
    pub(super) courses: &'static [Course],
    pub(super) groups: &'static [Group],
    pub(super) rounds: &'static [Round],
}

/// A large one to try everything in, and a small one that must see nothing of it.
pub(crate) const TRUSTS: [Trust; 2] = [
    Trust {
        key: "fjordheim",
        name: "Fjordheim sykehus HF",
        file_name: "hr-export-2026-11.csv",
        file: include_bytes!("../../../../../config/demo/hr-export-2026-11.csv"),
        administrator: "Siri Nygård",
        coordinator: "Tone Bakken",
        place: "Fjordheim sykehus, Åsgata 12",
        room: "Auditoriet",
        courses: fjordheim::COURSES,
        groups: fjordheim::GROUPS,
        rounds: fjordheim::ROUNDS,
    },
    Trust {
        key: "sorvik",
        name: "Sørvik sykehus HF",
        file_name: "sorvik.csv",
        file: include_bytes!("../../../../../config/demo/sorvik.csv"),
        administrator: "Anders Myhre",
        coordinator: "Berit Solheim",
        place: "Sørvik sykehus, Havnegata 3",
        room: "Lillevarden",
        courses: &[Course {
            capacity: Some(3),
            beyond: 2,
            // The fourth stands in line until the seat that was given back is offered.
            answers: Answers { yes: 4, gave_back: 1, no: 0 },
            ..Course::of("onboarding", "INTRO-1")
        }],
        groups: &[],
        rounds: &[],
    },
];
