//! Examples of the letters about competence plans.

use chrono::NaiveDate;
use varde_model::{Locale, letter::*};

use super::{url, word};

fn facts(locale: Locale) -> CompetencePlanFacts {
    let item = |nb: &str, nn: &str, en: &str, due_on: Option<NaiveDate>, late| PlanItemFacts {
        title: word(locale, nb, nn, en),
        due_on,
        late,
    };
    let day = |day| NaiveDate::from_ymd_opt(2026, 12, day);
    CompetencePlanFacts {
        leader_name: "Ola Berg".into(),
        manager_name: Some("Mina Vik".into()),
        to_leader: true,
        count: 32,
        items: vec![
            item("Budsjett", "Budsjett", "Budget", day(20), true),
            item("Bemanningsplan", "Bemanningsplan", "Staffing plan", day(31), false),
            item("Samarbeid på tvers", "Samarbeid på tvers", "Cooperation across units", None, false),
        ],
        page_url: url("plan/4f11"),
    }
}

/// One of the letters about competence plans.
pub(super) fn sample(kind: LetterKind, locale: Locale) -> Letter {
    let told = facts(locale);
    match kind {
        LetterKind::CompetencePlanOpened => Letter::CompetencePlanOpened(told),
        LetterKind::CompetencePlanToAgree => {
            Letter::CompetencePlanToAgree(CompetencePlanFacts { to_leader: false, ..told })
        }
        LetterKind::CompetencePlanAgreed => Letter::CompetencePlanAgreed(told),
        LetterKind::CompetencePlanDue => Letter::CompetencePlanDue(told),
        LetterKind::CompetencePlanRenewed => Letter::CompetencePlanRenewed(told),
        _ => Letter::CompetencePlanReminder(told),
    }
}

/// The same with as few facts as may be.
pub(super) fn bare(letter: Letter) -> Letter {
    let least = |told: CompetencePlanFacts| CompetencePlanFacts { manager_name: None, ..told };
    let one = |told: CompetencePlanFacts| CompetencePlanFacts {
        items: told.items.iter().take(1).cloned().collect(),
        ..least(told)
    };
    match letter {
        Letter::CompetencePlanOpened(l) => Letter::CompetencePlanOpened(least(l)),
        Letter::CompetencePlanAgreed(l) => {
            Letter::CompetencePlanAgreed(CompetencePlanFacts { items: vec![], ..least(l) })
        }
        Letter::CompetencePlanReminder(l) => {
            Letter::CompetencePlanReminder(CompetencePlanFacts { to_leader: false, ..least(l) })
        }
        Letter::CompetencePlanDue(l) => Letter::CompetencePlanDue(one(l)),
        Letter::CompetencePlanRenewed(l) => Letter::CompetencePlanRenewed(one(l)),
        other => other,
    }
}
