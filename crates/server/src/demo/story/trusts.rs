//! The two trusts. Both are invented, and so is everybody in them.

use super::{answers::Answers, courses::Course};

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
        courses: &[
            Course {
                programme: "onboarding",
                code: "INTRO-1",
                later: 0,
                capacity: None,
                beyond: 0,
                answers: Answers { yes: 14, gave_back: 1, no: 2 },
            },
            Course {
                programme: "new_leader_development",
                code: "UTV-1",
                later: 2,
                capacity: None,
                beyond: 0,
                answers: Answers { yes: 10, gave_back: 0, no: 1 },
            },
        ],
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
            programme: "onboarding",
            code: "INTRO-1",
            later: 0,
            capacity: Some(3),
            beyond: 2,
            // The fourth stands in line until the seat that was given back is offered.
            answers: Answers { yes: 4, gave_back: 1, no: 0 },
        }],
    },
];
