//! The page as a template takes it.

use askama::Template;
use chrono::{DateTime, Utc};
use varde_app::{
    Error, PathPart,
    check_ins::{BehindLink, Conversation, Evidence, FigureTable},
    labels,
};
use varde_model::{
    check_in::{ActionState, CheckInState, LONGEST_TEXT, Party, Rated, Rating},
    dates,
};

use super::{
    Seen, Trouble,
    form::{field, was},
    meeting::MeetingForm,
    thread::{Low, low, proofs, what},
};
use crate::{assets, frame::Frame, posted::Posted, words::Words};

/// The page of one of the two.
#[derive(Template)]
#[template(path = "check_in.html")]
pub(super) struct Page<'a> {
    frame: &'a Frame,
    title: String,
    greeting: String,
    lead: Vec<String>,
    standing: String,
    alert: Option<String>,
    facts: Vec<(String, String)>,
    requirements: Vec<Requirement>,
    longest: usize,
    /// The own view is being written.
    writing: bool,
    /// It can be taken back.
    takes_back: bool,
    /// Each sees the other's.
    shows_both: bool,
    own_heading: String,
    other_heading: String,
    actions: Vec<Action>,
    /// What is agreed can still be changed.
    agrees: bool,
    meeting: MeetingForm,
    meets: bool,
    met_on: String,
    first_day: String,
    last_day: String,
    signs: bool,
    version: u32,
    follows: bool,
    addenda: Vec<(String, String)>,
    profile: Option<Profile>,
    new_action: NewAction,
    thread: Vec<Low>,
    evidence_heading: String,
    /// Actions of the last check-in that serve no requirement.
    last_actions: Vec<String>,
    script: &'static str,
}

struct Requirement {
    key: String,
    title: String,
    text: String,
    responsibilities: Vec<String>,
    /// What was done since the last check-in that serves it.
    proofs: Vec<String>,
    ratings: Vec<(&'static str, String, bool)>,
    typed: String,
    version: u32,
    was: String,
    error: Option<String>,
    /// What stands there from another device.
    elsewhere: Option<String>,
    own: Option<(String, String)>,
    other: Option<(String, String)>,
}

impl Requirement {
    fn described_by(&self) -> String {
        let error = self.error.as_ref().map(|_| format!(" error-{}", self.key));
        let elsewhere = self.elsewhere.as_ref().map(|_| format!(" elsewhere-{}", self.key));
        format!("hint-{}{}{}", self.key, error.unwrap_or_default(), elsewhere.unwrap_or_default())
    }
}

struct Action {
    id: String,
    text: String,
    about: String,
    state: String,
    /// The states it can be set to, by what people call them.
    next: Vec<(&'static str, String)>,
}

/// The domain profile: as a chart, and in figures.
struct Profile {
    svg: String,
    table: FigureTable,
}

#[derive(Default)]
struct NewAction {
    text: String,
    due_on: String,
    error: Option<String>,
}

fn rating_name(words: Words, rating: Rating) -> String {
    labels::label(words.0, "RequirementRating", rating.as_str()).unwrap_or_default()
}

fn told(words: Words, rated: &Rated) -> (String, String) {
    let rating = rated.rating.map(|rating| rating_name(words, rating));
    (rating.unwrap_or_default(), rated.text.clone())
}

impl<'a> Page<'a> {
    pub(super) fn of(
        frame: &'a Frame,
        behind: &BehindLink,
        seen: &Seen,
        trouble: Option<&Trouble>,
        typed: &Posted,
        now: DateTime<Utc>,
    ) -> Self {
        let words = frame.words;
        let Seen { held, thread, evidence } = seen;
        let check_in = &held.check_in;
        let party = held.party;
        let open = check_in.state.is_open();
        let writing = open && check_in.given.of(party).is_none();
        let met = check_in.met_on.is_some();
        let names = [("leader", held.leader.name()), ("cycle", held.cycle.code.clone())];
        let day = |date| dates::day(words.0, date);
        let due = [("day", day(held.cycle.due_on)), ("last", day(held.cycle.closes_on))];
        let other_name = match party {
            Party::Leader => held.manager_name.clone(),
            Party::Manager => Some(held.leader.name()),
        };
        let other_name = other_name.unwrap_or_else(|| words.get("check-in-nobody"));
        let today = varde_model::local_time::Zoned::at(now, behind.organisation.zone).date;
        let zone = behind.organisation.zone;
        let proposed = held.meeting.as_ref().and_then(|meeting| meeting.proposed_day(check_in, zone, now));
        let met_on = check_in.met_on.or(proposed);
        let mut lead = Vec::new();
        if writing {
            lead.push(words.get(match party {
                Party::Leader => "check-in-lead-leader",
                Party::Manager => "check-in-lead-manager",
            }));
            lead.push(words.get("check-in-confidential"));
            lead.push(words.with("check-in-due", &due));
        }
        Self {
            frame,
            title: words.with("check-in-title", &names),
            greeting: words.with("pages-hello", &[("name", behind.name.as_str())]),
            lead,
            standing: standing(words, held, &other_name),
            alert: trouble.map(|trouble| match trouble {
                Trouble::Overtaken(_) => words.get("check-in-overtaken"),
                Trouble::Refused(error) => refused(words, error),
            }),
            facts: vec![
                (words.get("check-in-leader"), held.leader.name()),
                (
                    words.get("check-in-manager"),
                    held.manager_name.clone().unwrap_or_else(|| words.get("check-in-nobody")),
                ),
                (words.get("check-in-due-on"), day(held.cycle.due_on)),
            ],
            requirements: requirements(words, (held, evidence), trouble, typed, writing),
            longest: LONGEST_TEXT,
            writing,
            takes_back: open && !writing && !check_in.shows_both(),
            shows_both: check_in.shows_both(),
            own_heading: words.get("check-in-own"),
            other_heading: words.with("check-in-other", &[("name", other_name.as_str())]),
            actions: actions(words, held),
            agrees: open && check_in.shows_both(),
            meeting: MeetingForm::of(words, held, behind, trouble, typed, now),
            // Once somebody has signed, the day is part of what was signed.
            meets: open
                && check_in.shows_both()
                && check_in.signed.leader.is_none()
                && check_in.signed.manager.is_none(),
            met_on: met_on.map(|date| date.to_string()).unwrap_or_default(),
            first_day: held.cycle.held_from(zone).to_string(),
            last_day: today.to_string(),
            signs: open && met && check_in.signed.of(party).is_none(),
            version: check_in.version,
            follows: check_in.state == CheckInState::Signed,
            addenda: held
                .addenda
                .iter()
                .map(|one| {
                    let who = match one.party {
                        Party::Leader => held.leader.name(),
                        Party::Manager => held.manager_name.clone().unwrap_or_default(),
                    };
                    let when = dates::moment(words.0, behind.organisation.zone, one.at);
                    (format!("{who}, {when}"), one.text.clone())
                })
                .collect(),
            profile: held
                .profile
                .drawn(words.0)
                .map(|drawn| Profile { svg: drawn.svg("profile"), table: drawn.table }),
            new_action: new_action(words, trouble, typed),
            thread: low(words, thread, party),
            evidence_heading: match &evidence.last {
                Some(cycle) => words.with("check-in-evidence", &[("cycle", cycle.as_str())]),
                None => words.get("check-in-evidence-year"),
            },
            last_actions: proofs(words, evidence, None),
            script: assets::check_in_script(),
        }
    }
}

fn standing(words: Words, held: &Conversation, other: &str) -> String {
    let mine = held.check_in.signed.of(held.party).is_some();
    let given = held.check_in.given.of(held.party).is_some();
    let other_given = held.check_in.given.of(held.party.other()).is_some();
    let key = match held.check_in.state {
        CheckInState::Open | CheckInState::LeaderDone | CheckInState::ManagerDone => {
            match (given, other_given) {
                (true, _) => "check-in-waits",
                (false, true) => "check-in-your-turn",
                (false, false) => "check-in-open",
            }
        }
        CheckInState::BothDone => "check-in-both",
        CheckInState::Met => "check-in-met",
        CheckInState::LeaderSigned | CheckInState::ManagerSigned if mine => "check-in-signature-waits",
        CheckInState::LeaderSigned | CheckInState::ManagerSigned => "check-in-signature-yours",
        CheckInState::Signed => "check-in-signed",
        CheckInState::Ended => "check-in-ended",
        CheckInState::Unfinished => "check-in-unfinished",
    };
    words.with(key, &[("name", other)])
}

/// What was refused, in one sentence; what is missing in the form is told beside its field as well.
fn refused(words: Words, error: &Error) -> String {
    let incomplete = |part: Option<&PathPart>| part == Some(&PathPart::from("ratings"));
    let refusals = error.refusals();
    if refusals.iter().any(|refusal| incomplete(refusal.path.first())) {
        return words.get("check-in-incomplete");
    }
    refusals.first().map(|refusal| refusal.message(words.0)).unwrap_or_default()
}

fn requirements(
    words: Words,
    (held, evidence): (&Conversation, &Evidence),
    trouble: Option<&Trouble>,
    typed: &Posted,
    writing: bool,
) -> Vec<Requirement> {
    let nothing = (Rated::default(), 0);
    let one = |(number, own): (usize, &varde_model::catalogue::Requirement)| {
        let key = own.key.clone();
        let (stored, mut version) = held.own.get(&key).unwrap_or(&nothing).clone();
        let mut now = stored.clone();
        let mut elsewhere = None;
        // Nothing that was typed is lost: what was not taken stands in the form again.
        if writing && trouble.is_some() && typed.has(&field("version", &key)) {
            now.rating = Rating::from_name(typed.get(&field("rating", &key)));
            now.text = typed.text(&field("text", &key)).unwrap_or_default();
        }
        if let Some(Trouble::Overtaken(saved)) = trouble
            && let Some((standing, seen)) = saved.overtaken.get(&key)
        {
            version = *seen;
            let (rating, text) = told(words, standing);
            elsewhere = Some(
                words.with("check-in-elsewhere", &[("rating", rating.as_str()), ("text", text.as_str())]),
            );
        }
        let rating =
            |rating: &Rating| (rating.as_str(), rating_name(words, *rating), now.rating == Some(*rating));
        Requirement {
            title: format!("{number}. {}", own.title.get(words.0)),
            text: own.text.get(words.0).to_owned(),
            responsibilities: held
                .framework
                .asked_of(own, held.level)
                .map(|asked| asked.text.get(words.0).to_owned())
                .collect(),
            proofs: proofs(words, evidence, Some(&key)),
            ratings: Rating::ALL.iter().map(rating).collect(),
            was: was(stored.rating, &stored.text),
            typed: now.text,
            version,
            error: flaw(words, trouble, &key),
            elsewhere,
            own: (!writing).then(|| told(words, &stored)),
            other: held.other.as_ref().and_then(|view| view.get(&key)).map(|rated| told(words, rated)),
            key,
        }
    };
    (1..).zip(&held.framework.requirements).map(one).collect()
}

/// What is missing at a requirement.
fn flaw(words: Words, trouble: Option<&Trouble>, key: &str) -> Option<String> {
    let Some(Trouble::Refused(error)) = trouble else { return None };
    let at = |part: &PathPart| matches!(part, PathPart::Field(name) if name == key);
    let found = error.refusals().iter().find(|refusal| refusal.path.iter().any(at))?;
    let rating = found.path.last() == Some(&PathPart::from("rating"));
    Some(words.get(if rating { "check-in-no-rating" } else { "check-in-no-text" }))
}

fn new_action(words: Words, trouble: Option<&Trouble>, typed: &Posted) -> NewAction {
    match trouble {
        Some(Trouble::Refused(error)) if typed.get("act") == "agree" => NewAction {
            text: typed.text("action").unwrap_or_default(),
            due_on: typed.get("due_on").to_owned(),
            error: error.refusals().first().map(|refusal| refusal.message(words.0)),
        },
        _ => NewAction::default(),
    }
}

fn actions(words: Words, held: &Conversation) -> Vec<Action> {
    let state_name =
        |state: ActionState| labels::label(words.0, "CheckInActionState", state.as_str()).unwrap_or_default();
    let one = |agreed: &varde_app::check_ins::Agreed| {
        let action = &agreed.action;
        let owner = match action.owner {
            Party::Leader => held.leader.name(),
            Party::Manager => held.manager_name.clone().unwrap_or_default(),
        };
        let requirement = action.requirement.as_deref().and_then(|key| held.framework.requirement(key));
        let mut about = words
            .with("check-in-action-about", &[("owner", owner), ("day", dates::day(words.0, action.due_on))]);
        if let Some((number, requirement)) = requirement {
            about.push_str(&format!(" {number}. {}", requirement.title.get(words.0)));
        }
        let next = ActionState::ALL.iter().filter(|state| **state != action.state);
        Action {
            id: action.id.to_string(),
            text: what(words, agreed),
            about,
            state: state_name(action.state),
            next: next.map(|state| (state.as_str(), state_name(*state))).collect(),
        }
    };
    held.actions.iter().map(one).collect()
}
