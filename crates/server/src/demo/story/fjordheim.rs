//! What the large trust runs: one example of each programme. Everybody in it is invented.

use super::{
    answers::Answers,
    courses::Course,
    groups::{Agreed, Group},
    rounds::{Nominee, Round},
};

/// The first is the one that the people who sign in have to do with.
pub(super) const COURSES: &[Course] = &[
    Course { answers: Answers { yes: 14, gave_back: 1, no: 2 }, ..Course::of("onboarding", "INTRO-1") },
    Course {
        later: 2,
        answers: Answers { yes: 10, gave_back: 0, no: 1 },
        ..Course::of("new_leader_development", "UTV-1")
    },
    Course {
        later: 3,
        by_hand: &[
            "11080", "11147", "11304", "11351", "11511", "11656", "11943", "12098", "12138", "12306",
            "12415", "12458", "12504", "12539",
        ],
        answers: Answers { yes: 11, gave_back: 0, no: 1 },
        ..Course::of("experienced_leader_development", "ERF-1")
    },
];

/// Leader groups of three clinics.
pub(super) const GROUPS: &[Group] = &[
    Group {
        course: Course { later: 1, ..Course::of("practical_change_management", "END-2027-V") },
        unit: "10100",
        case: Some((
            "To sengeposter slås sammen til én, og dagkirurgien samles på Åsgata fra høsten.",
            "Pasienter til planlagte inngrep, og om lag 90 ansatte på to poster og i dagkirurgien.",
        )),
        facilitator: None,
        own_days: &[],
        agreed: &[
            Agreed {
                text: "Færre strykninger av planlagte operasjoner",
                benefit: Some(("Andel strykninger i måneden", "Under 5 prosent")),
                owner: "10390",
            },
            Agreed {
                text: "Mindre bruk av overtid på posten",
                benefit: Some(("Overtidstimer i måneden", "120 timer")),
                owner: "10415",
            },
        ],
        takes_part: true,
    },
    Group {
        course: Course { later: 4, ..Course::of("leader_group_development", "LGU-1") },
        unit: "10300",
        case: None,
        facilitator: None,
        own_days: &[],
        agreed: &[],
        takes_part: true,
    },
    Group {
        course: Course::of("top_leader_groups", "TOPP-1"),
        unit: "10400",
        case: None,
        facilitator: Some(["Eva Strand", "Samspill AS", "eva.strand@samspill.example"]),
        own_days: &[64, 120],
        agreed: &[Agreed {
            text: "Felles møteplan og beslutningslogg for klinikkledelsen",
            benefit: None,
            owner: "10080",
        }],
        takes_part: false,
    },
];

/// The national programme, and the one for those who consider leading.
pub(super) const ROUNDS: &[Round] = &[
    Round {
        course: Course { later: 10, capacity: Some(2), ..Course::of("national_top_leader", "NTP-2027") },
        open_for: 14,
        panel: &["10167", "10227", "10917"],
        nominees: &[
            Nominee {
                number: "10479",
                motivation: "Jeg vil lede forløp på tvers av klinikkene, og har begynt med det i egen avdeling.",
                project: Some("Ett forløp for hjertesviktpasienten, fra fastlegen til hjemmet."),
                handed_in: true,
                endorsed: Some("Tar ansvar for helheten og har avdelingen med seg."),
            },
            Nominee {
                number: "10517",
                motivation: "Jeg vil bli bedre til å lede endring gjennom andre ledere.",
                project: Some("Tre seksjoner som deler vakt og fagutvikling."),
                handed_in: true,
                endorsed: Some("Har vist at han får til endring uten å miste folk."),
            },
            Nominee {
                number: "10540",
                motivation: "Jeg ønsker å forstå rammene bedre, og å bidra i foretaksledelsen.",
                project: Some("En driftsmodell der budsjett og aktivitet ses i sammenheng."),
                handed_in: true,
                endorsed: None,
            },
            Nominee {
                number: "10600",
                motivation: "Jeg vil utvikle meg som leder av ledere.",
                project: None,
                handed_in: false,
                endorsed: None,
            },
        ],
    },
    Round {
        course: Course { later: 6, ..Course::of("mobilisation", "MOB-1") },
        open_for: 21,
        panel: &["10167", "10330"],
        nominees: &[
            Nominee {
                number: "10109",
                motivation: "Jeg har ledet fagutviklingen på posten og vil prøve lederrollen.",
                project: None,
                handed_in: true,
                endorsed: Some("Samler folk om det faglige og har god dømmekraft."),
            },
            Nominee {
                number: "10126",
                motivation: "Jeg liker å få ting til å henge sammen i hverdagen.",
                project: None,
                handed_in: true,
                endorsed: None,
            },
            Nominee {
                number: "10163",
                motivation: "Jeg vurderer å søke seksjonslederstillinger.",
                project: None,
                handed_in: true,
                endorsed: None,
            },
        ],
    },
];
