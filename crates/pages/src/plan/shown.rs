//! The page as a template takes it.

use askama::Template;
use chrono::{DateTime, NaiveDate, Utc};
use varde_app::{
    Error, PathPart,
    competence_plans::{BehindLink, PlanView, SeenItem},
    labels,
};
use varde_model::{
    catalogue::Theme,
    check_in::Party,
    dates,
    local_time::Zoned,
    plan::{PlanRating, PlanState},
};

use super::field;
use crate::{frame::Frame, posted::Posted, words::Words};

/// The page of one of the two.
#[derive(Template)]
#[template(path = "plan.html")]
pub(super) struct Page<'a> {
    frame: &'a Frame,
    title: String,
    greeting: String,
    standing: String,
    lead: String,
    alert: Option<String>,
    facts: Vec<(String, String)>,
    themes: Vec<(String, Vec<Item>)>,
    /// The leader rates.
    rates: bool,
    /// The line manager agrees.
    agrees: bool,
    /// The leader ticks off what is done.
    follows: bool,
    version: u32,
    first_day: String,
    today: String,
}

struct Item {
    key: String,
    title: String,
    text: String,
    ratings: Vec<(&'static str, String, bool)>,
    error: Option<String>,
    /// What the leader says.
    own: Option<String>,
    /// What both agreed on.
    agreed: Option<String>,
    due: Option<String>,
    /// How it was covered.
    done: Option<String>,
    ticked: bool,
    open: bool,
    covered_by: Vec<String>,
    next: Vec<String>,
}

fn rating_name(words: Words, rating: PlanRating) -> String {
    labels::label(words.0, "CompetencePlanRating", rating.as_str()).unwrap_or_default()
}

impl<'a> Page<'a> {
    pub(super) fn of(
        frame: &'a Frame,
        behind: &BehindLink,
        seen: &PlanView,
        refused: Option<&Error>,
        typed: &Posted,
        now: DateTime<Utc>,
    ) -> Self {
        let words = frame.words;
        let (plan, party) = (&seen.plan, seen.party);
        let rates = party == Party::Leader && plan.state == PlanState::Draft;
        let agrees = party == Party::Manager && plan.state == PlanState::Assessed;
        let today = Zoned::at(now, behind.organisation.zone).date;
        let asked = Asked { words, rates, agrees, refused, typed, today };
        let manager = seen.manager_name.clone().unwrap_or_else(|| words.get("plan-nobody"));
        let state = plan.state.as_str();
        let role = party.as_str();
        let with = |key: &str| {
            let names = [("leader", seen.leader.name()), ("manager", manager.clone())];
            words.with(key, &names)
        };
        Self {
            frame,
            title: with("plan-title"),
            greeting: words.with("pages-hello", &[("name", behind.name.as_str())]),
            standing: with(&format!("plan-{state}-{role}")),
            lead: words.get("plan-confidential"),
            alert: refused.map(|error| asked.alert(error)),
            facts: vec![
                (words.get("plan-leader"), seen.leader.name()),
                (words.get("plan-manager"), manager.clone()),
                (words.get("plan-appointed-on"), dates::day(words.0, plan.appointed_on)),
            ],
            themes: asked.themes(&seen.items),
            rates,
            agrees,
            follows: party == Party::Leader && matches!(plan.state, PlanState::Agreed | PlanState::Completed),
            version: plan.version,
            first_day: plan.appointed_on.to_string(),
            today: today.to_string(),
        }
    }
}

struct Asked<'a> {
    words: Words,
    rates: bool,
    agrees: bool,
    refused: Option<&'a Error>,
    typed: &'a Posted,
    today: NaiveDate,
}

impl Asked<'_> {
    /// What was refused, in one sentence; what is missing in the form is told beside its field as well.
    fn alert(&self, error: &Error) -> String {
        let refusals = error.refusals();
        if refusals.iter().any(|refusal| refusal.path.first() == Some(&PathPart::from("ratings"))) {
            return self.words.get("plan-incomplete");
        }
        refusals.first().map(|refusal| refusal.message(self.words.0)).unwrap_or_default()
    }

    fn themes(&self, items: &[SeenItem]) -> Vec<(String, Vec<Item>)> {
        let theme_name =
            |theme: Theme| labels::label(self.words.0, "CompetenceTheme", theme.as_str()).unwrap_or_default();
        let of = |theme: &Theme| {
            let own = items.iter().filter(|seen| seen.item.theme == *theme);
            (theme_name(*theme), own.map(|seen| self.item(seen)).collect::<Vec<_>>())
        };
        Theme::ALL.iter().map(of).filter(|(_, items)| !items.is_empty()).collect()
    }

    fn item(&self, seen: &SeenItem) -> Item {
        let (words, entry) = (self.words, &seen.entry);
        let key = seen.item.key.clone();
        let mut now = if self.agrees { entry.agreed.or(entry.own) } else { entry.own };
        // Nothing that was chosen is lost.
        if self.refused.is_some() {
            now = PlanRating::from_name(self.typed.get(&field(&key))).or(now);
        }
        let rating =
            |rating: &PlanRating| (rating.as_str(), rating_name(words, *rating), now == Some(*rating));
        let writing = self.rates || self.agrees;
        Item {
            title: seen.item.title.get(words.0).to_owned(),
            text: seen.item.text.get(words.0).to_owned(),
            ratings: PlanRating::ALL.iter().filter(|_| writing).map(rating).collect(),
            error: self.lacks(&key).then(|| words.get("plan-no-rating")),
            own: entry.own.filter(|_| !self.rates).map(|rating| rating_name(words, rating)),
            agreed: entry.agreed.filter(|_| !writing).map(|rating| rating_name(words, rating)),
            due: self.due(seen),
            done: self.done(seen),
            ticked: entry.done_on.is_some(),
            open: seen.open,
            covered_by: if seen.open { self.covered_by(seen) } else { Vec::new() },
            next: seen
                .next
                .iter()
                .map(|next| {
                    let title = next.title.get(words.0);
                    format!("{}: {title} ({})", dates::day(words.0, next.on), next.cohort_title)
                })
                .collect(),
            key,
        }
    }

    fn lacks(&self, key: &str) -> bool {
        let at = |part: &PathPart| matches!(part, PathPart::Field(name) if name == key);
        let refusals = self.refused.map(Error::refusals).unwrap_or_default();
        refusals.iter().any(|refusal| refusal.path.iter().any(at))
    }

    fn due(&self, seen: &SeenItem) -> Option<String> {
        let day = seen.due_on.filter(|_| seen.open)?;
        let key = if day < self.today { "plan-late" } else { "plan-due" };
        Some(self.words.with(key, &[("day", dates::day(self.words.0, day))]))
    }

    fn done(&self, seen: &SeenItem) -> Option<String> {
        if !seen.entry.is_needed() {
            return None;
        }
        if let Some(day) = seen.entry.done_on {
            return Some(self.words.with("plan-done-on", &[("day", dates::day(self.words.0, day))]));
        }
        let evidence = seen.evidence.as_ref()?;
        let title = evidence.title.get(self.words.0).to_owned();
        let day = dates::day(self.words.0, evidence.on);
        Some(self.words.with("plan-attended", &[("title", title), ("day", day)]))
    }

    fn covered_by(&self, seen: &SeenItem) -> Vec<String> {
        let one = |resource: &varde_model::catalogue::Resource| {
            let kind = labels::label(self.words.0, "CompetenceResourceKind", resource.kind.as_str());
            format!("{} ({})", resource.title.get(self.words.0), kind.unwrap_or_default())
        };
        seen.item.covered_by.iter().map(one).collect()
    }
}
