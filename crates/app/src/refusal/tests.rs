//! Every refusal can be said in every language.

use super::*;

/// Cohorts and enrolments share names of states that people call differently.
#[test]
fn what_a_text_names_is_written_in_the_readers_language() {
    let told = |of, locale| Refusal::wrong_state(of, "completed").message(locale);
    assert!(told("CohortState", Locale::Nb).contains("«avsluttet»"));
    assert!(told("EnrolmentState", Locale::Nb).contains("«fullført»"));
    assert!(Refusal::called_off().message(Locale::Nn).contains("«avlyst»"));
    let day = NaiveDate::from_ymd_opt(2199, 12, 31).unwrap_or_default();
    let range = Refusal::new(Code::OutOfRange).with("least", 1).with_day("most", day);
    assert!(range.message(Locale::Nb).contains("31. desember 2199"));
    let hour = NaiveTime::from_hms_opt(9, 5, 0).unwrap_or_default();
    let hours = Refusal::new(Code::BlockOutsideHours).with_hour("starts", hour).with_hour("ends", hour);
    assert!(hours.message(Locale::Nn).contains("frå 09.05 til 09.05"));
    let kept: Refusal = serde_json::from_value(serde_json::to_value(&hours).unwrap()).unwrap();
    assert_eq!(kept, hours);
}

#[test]
fn every_code_has_a_text_in_every_language() {
    // Every value that a text names; a text with a value missing would not be found either.
    let args = [
        "hint", "max", "min", "state", "minutes", "count", "least", "most", "starts", "ends", "line", "value",
    ];
    for code in Code::ALL {
        for locale in Locale::ALL {
            let refusal = args.iter().fold(Refusal::new(*code), |refusal, name| refusal.with(name, 7));
            let message = refusal.message(locale);
            assert!(
                !message.contains("refusal-") && !message.contains("{$") && !message.is_empty(),
                "{locale} {code:?}: {message}"
            );
        }
    }
}
