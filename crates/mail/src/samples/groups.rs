//! Letters about leader groups.

use varde_model::{Locale, letter::*};

use super::{cohort, date, instant, programme, url, word};

const GROUP: &str = "Kirurgisk klinikk";

pub(super) fn invitation(locale: Locale) -> GroupInvitation {
    GroupInvitation {
        cohort: cohort(locale),
        group_name: GROUP.into(),
        members: vec!["Åse Nordbø".into(), "Ola Berg".into(), "Mina Vik".into()],
        what_changes: Some(word(
            locale,
            "To sengeposter slås sammen.",
            "To sengepostar blir slått saman.",
            "Two wards become one.",
        )),
        who_is_touched: Some(word(
            locale,
            "64 ansatte og pasientene deres.",
            "64 tilsette og pasientane deira.",
            "64 members of staff and their patients.",
        )),
        facilitator: Some("Eva Strand, Strand Prosess AS".into()),
        answer_url: url("svar/3f9c"),
        reply_by: instant("2027-01-05T11:00:00Z"),
    }
}

pub(super) fn asked(locale: Locale) -> FollowUpAsked {
    let measure = |text: String| MeasureFacts {
        text,
        is_benefit: true,
        indicator: Some(word(locale, "Liggedøgn per opphold", "Liggjedøgn per opphald", "Days per stay")),
        baseline: Some("4,1".into()),
        target: Some("3,5".into()),
        due: None,
        owner_name: None,
    };
    let first = word(locale, "Kortere liggetid", "Kortare liggjetid", "Shorter stays");
    let second = word(locale, "Felles morgenmøte", "Felles morgonmøte", "One morning meeting");
    FollowUpAsked {
        programme_title: programme(locale),
        group_name: GROUP.into(),
        month: 3,
        measures: vec![
            measure(first),
            MeasureFacts {
                is_benefit: false,
                indicator: None,
                baseline: None,
                target: None,
                due: Some(date(15)),
                owner_name: Some("Ola Berg".into()),
                ..measure(second)
            },
        ],
        answer_url: url("svar/3f9c"),
    }
}

pub(super) fn overdue(locale: Locale) -> CoordinatorFollowUpOverdue {
    CoordinatorFollowUpOverdue {
        cohort: cohort(locale),
        group_name: GROUP.into(),
        month: 6,
        measures: vec![OverdueMeasure {
            text: word(locale, "Kortere liggetid", "Kortare liggjetid", "Shorter stays"),
            owner_name: "Ola Berg".into(),
            asked_name: Some("Åse Nordbø".into()),
        }],
        url: Some(url("graphiql#follow-ups-without-an-answer")),
    }
}
