//! What serves the low requirements and domains, and what was done since the last check-in, as the page's template takes it.

use varde_app::{
    check_ins::{Agreed, Evidence, ItemSuggestion, Offer, Proof, ProofKind, Suggestion, Wanted, WayIn},
    eligibility, labels,
};
use varde_model::{
    check_in::{
        Party,
        thread::{Directness, Need},
    },
    dates,
    enrolment::EnrolmentState,
};

use crate::words::Words;

/// A low requirement or domain.
pub(super) struct Low {
    pub(super) title: String,
    /// The requirement that an action from here serves.
    pub(super) requirement: String,
    pub(super) serving: Vec<Serving>,
    pub(super) items: Vec<Item>,
}

/// An item of the competence plan.
pub(super) struct Item {
    pub(super) key: String,
    pub(super) title: String,
    pub(super) covered_by: Option<String>,
    pub(super) due_on: String,
    pub(super) agreed: bool,
}

/// A programme that serves it.
pub(super) struct Serving {
    pub(super) key: String,
    pub(super) title: String,
    pub(super) why: String,
    pub(super) told: Vec<String>,
    pub(super) dates: Vec<Date>,
    pub(super) due_on: String,
    pub(super) agreed: bool,
}

/// A cohort that is open for enrolment.
pub(super) struct Date {
    pub(super) text: String,
    /// The cohort's code, where whoever looks may ask for a place in it.
    pub(super) ask: Option<String>,
}

pub(super) fn low(words: Words, thread: &[Wanted], party: Party) -> Vec<Low> {
    let one = |wanted: &Wanted| {
        let title = wanted.title.get(words.0);
        Low {
            title: match wanted.number {
                Some(number) => format!("{number}. {title}"),
                None => words.with("check-in-thread-domain", &[("domain", title)]),
            },
            requirement: match &wanted.need {
                Need::Requirement(key) => key.clone(),
                Need::Domain(_) => String::new(),
            },
            items: wanted.items.iter().map(|one| item(words, one)).collect(),
            serving: wanted.programmes.iter().map(|one| serving(words, one, party)).collect(),
        }
    };
    thread.iter().map(one).collect()
}

fn item(words: Words, one: &ItemSuggestion) -> Item {
    let covered_by: Vec<&str> = one.covered_by.iter().map(|title| title.get(words.0)).collect();
    Item {
        key: one.key.clone(),
        title: one.title.get(words.0).to_owned(),
        covered_by: (!covered_by.is_empty())
            .then(|| words.with("check-in-thread-covered", &[("parts", covered_by.join(", "))])),
        due_on: one.due_on.to_string(),
        agreed: one.agreed,
    }
}

fn serving(words: Words, one: &Suggestion, party: Party) -> Serving {
    let Offer { key, title, due_on, .. } = &one.offer;
    let mut parts: Vec<String> = Vec::new();
    for (module, block) in &one.parts {
        let block = block.get(words.0);
        let part = module
            .as_ref()
            .map_or(format!("«{block}»"), |module| format!("«{block}» ({})", module.get(words.0)));
        parts.push(part);
    }
    let why = match one.directness {
        Directness::Requirement => "check-in-thread-why-requirement",
        Directness::Responsibility => "check-in-thread-why-responsibility",
        Directness::Domain => "check-in-thread-why-domain",
    };
    let asks = one.offer.eligible && one.offer.way == WayIn::Asking && party == Party::Leader;
    let date = |next: &varde_app::check_ins::NextCohort| {
        let days: Vec<String> = next.days.iter().map(|day| dates::day(words.0, *day)).collect();
        let facts =
            [("title", next.title.clone()), ("days", days.join(", ")), ("free", next.free.to_string())];
        Date { text: words.with("check-in-thread-date", &facts), ask: asks.then(|| next.code.clone()) }
    };
    Serving {
        key: key.clone(),
        title: title.get(words.0).to_owned(),
        why: words.with(why, &[("parts", parts.join(", "))]),
        told: told(words, &one.offer),
        dates: one.offer.dates.iter().map(date).collect(),
        due_on: due_on.to_string(),
        agreed: one.agreed,
    }
}

/// Whether the leader may take part, from when, and how people come in.
fn told(words: Words, offer: &Offer) -> Vec<String> {
    match offer.place {
        Some(EnrolmentState::Completed) => return vec![words.get("check-in-thread-completed")],
        Some(state) => {
            let state = labels::label(words.0, "EnrolmentState", state.as_str()).unwrap_or_default();
            return vec![words.with("check-in-thread-place", &[("state", state)])];
        }
        None => {}
    }
    let mut told = vec![match (offer.eligible, offer.eligible_from) {
        (true, _) => words.get("check-in-thread-eligible"),
        (false, Some(day)) => {
            words.with("check-in-thread-eligible-from", &[("day", dates::day(words.0, day))])
        }
        (false, None) => words.get("check-in-thread-not-eligible"),
    }];
    told.extend(offer.obstacles.iter().map(|answer| eligibility::told(answer, words.0)));
    match offer.way {
        WayIn::Asking => {}
        WayIn::Nomination => told.push(words.get("check-in-thread-by-nomination")),
        WayIn::Group => told.push(words.get("check-in-thread-by-group")),
    }
    if offer.dates.is_empty() {
        told.push(words.get("check-in-thread-no-dates"));
    }
    told
}

/// What was done that serves a requirement, and the actions of the last check-in that did; those of no requirement where
/// none is given.
pub(super) fn proofs(words: Words, evidence: &Evidence, requirement: Option<&str>) -> Vec<String> {
    let done = requirement.and_then(|key| evidence.of.get(key)).into_iter().flatten();
    let mut told: Vec<String> = done.map(|proof| proven(words, proof)).collect();
    let actions = evidence.actions.iter().filter(|one| one.action.requirement.as_deref() == requirement);
    told.extend(actions.map(|one| {
        let state = labels::label(words.0, "CheckInActionState", one.action.state.as_str());
        let facts = [("what", what(words, one)), ("state", state.unwrap_or_default())];
        words.with("check-in-evidence-action", &facts)
    }));
    told
}

fn proven(words: Words, proof: &Proof) -> String {
    let text = |texts: &Option<varde_model::catalogue::Texts>| {
        texts.as_ref().map(|texts| texts.get(words.0).to_owned()).unwrap_or_default()
    };
    let facts = [
        ("day", dates::day(words.0, proof.on)),
        ("title", text(&proof.title)),
        ("programme", text(&proof.programme)),
    ];
    match proof.kind {
        ProofKind::Attended => words.with("check-in-evidence-attended", &facts),
        ProofKind::Completed => words.with("check-in-evidence-completed", &facts),
    }
}

/// What an action is called: what it leads to, with own words where there are any.
pub(super) fn what(words: Words, one: &Agreed) -> String {
    match (&one.leads_to, one.text.as_str()) {
        (Some(title), "") => title.get(words.0).to_owned(),
        (Some(title), text) => format!("{}: {text}", title.get(words.0)),
        // Written for somebody else.
        (None, "") => words.get("check-in-evidence-unnamed"),
        (None, text) => text.to_owned(),
    }
}
