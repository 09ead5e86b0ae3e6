//! Letters about practising and being supported.

use varde_model::{Locale, letter::*};

use super::{contact, date, url, word};

pub(super) fn tasks(locale: Locale, cohort: CohortFacts) -> PracticeTasks {
    PracticeTasks {
        cohort,
        gathering_title: word(
            locale,
            "Hva er det ledere gjør?",
            "Kva er det leiarar gjer?",
            "What do leaders do?",
        ),
        tasks: vec![PracticeTaskFacts {
            title: word(locale, "Følg en leder", "Følg ein leiar", "Follow a leader"),
            text: word(
                locale,
                "Følg en leder en halv dag. Hva overrasket deg?",
                "Følg ein leiar ein halv dag. Kva overraska deg?",
                "Follow a leader for half a day. What surprised you?",
            ),
            due_on: date(15),
        }],
        url: Some(url("svar/3f9c")),
    }
}

pub(super) fn supported(cohort: CohortFacts) -> Supported {
    Supported {
        cohort,
        participant: Contact { name: "Mina Vik".into(), email: "mina.vik@fjordheim.example".into() },
        supporter: contact(),
    }
}
