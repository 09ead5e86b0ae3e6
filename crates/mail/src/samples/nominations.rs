//! The letters about nominations.

use varde_model::{Locale, letter::*};

use super::{instant, url, word};

/// One with every fact given.
pub(super) fn sample(kind: LetterKind, locale: Locale, cohort: CohortFacts) -> Letter {
    let reasons = vec![
        word(
            locale,
            "Nærmeste leder stiller seg bak nominasjonen.",
            "Nærmaste leiar stiller seg bak nominasjonen.",
            "The line manager endorses the nomination.",
        ),
        word(
            locale,
            "Panelet rangerte nominasjonen som nummer 4 av 60.",
            "Panelet rangerte nominasjonen som nummer 4 av 60.",
            "The panel ranked the nomination as number 4 of 60.",
        ),
    ];
    let request = |cohort| EndorsementRequest {
        nominee_name: "Mina Vik".into(),
        nominator_name: Some("Ola Berg".into()),
        cohort,
        obligatory: true,
        answer_url: url("svar/77d1"),
        reply_by: instant("2027-01-05T22:59:00Z"),
    };
    match kind {
        LetterKind::NominationDraftReminder => Letter::NominationDraftReminder(NominationDraftReminder {
            nominee_name: Some("Mina Vik".into()),
            cohort,
            closes_at: instant("2027-01-05T22:59:00Z"),
            url: Some(url("graphiql#edit-my-nomination")),
        }),
        LetterKind::EndorsementReminder => Letter::EndorsementReminder(request(cohort)),
        LetterKind::NominationPlaced => Letter::NominationPlaced(NominationPlaced {
            cohort,
            own: false,
            reasons,
            answer_url: url("svar/3f9c"),
            held_until: instant("2027-01-05T22:59:00Z"),
            reserves: true,
        }),
        LetterKind::NominationReserve => Letter::NominationReserve(NominationReserve {
            cohort,
            own: false,
            reasons,
            position: 2,
            manage_url: Some(url("plass/71aa")),
        }),
        LetterKind::NominationNotPlaced => {
            Letter::NominationNotPlaced(NominationNotPlaced { cohort, own: false, reasons })
        }
        _ => Letter::EndorsementRequest(request(cohort)),
    }
}

/// The same with as few facts as may be.
pub(super) fn bare(letter: Letter, cohort: impl Fn(CohortFacts) -> CohortFacts) -> Letter {
    let request = |l: EndorsementRequest| EndorsementRequest {
        cohort: cohort(l.cohort),
        nominator_name: None,
        obligatory: false,
        ..l
    };
    match letter {
        Letter::NominationDraftReminder(l) => Letter::NominationDraftReminder(NominationDraftReminder {
            nominee_name: None,
            cohort: cohort(l.cohort),
            url: None,
            ..l
        }),
        Letter::EndorsementRequest(l) => Letter::EndorsementRequest(request(l)),
        Letter::EndorsementReminder(l) => Letter::EndorsementReminder(request(l)),
        Letter::NominationPlaced(l) => {
            let cohort = cohort(l.cohort);
            Letter::NominationPlaced(NominationPlaced {
                cohort,
                own: true,
                reasons: vec![],
                reserves: false,
                ..l
            })
        }
        Letter::NominationReserve(l) => Letter::NominationReserve(NominationReserve {
            cohort: cohort(l.cohort),
            own: true,
            reasons: vec![],
            manage_url: None,
            ..l
        }),
        Letter::NominationNotPlaced(l) => {
            let cohort = cohort(l.cohort);
            Letter::NominationNotPlaced(NominationNotPlaced { cohort, own: true, reasons: vec![] })
        }
        other => other,
    }
}
