//! What a form of the page says: read once, before anything is done.

use chrono::NaiveDate;
use varde_app::check_ins::{NewAction, Saved};
use varde_model::{
    check_in::{ActionState, Party, Rating},
    ids::CheckInActionId,
};

use crate::posted::Posted;

/// What a button asks for.
pub(super) enum Act {
    Save(Vec<Saved>),
    Give(Vec<Saved>),
    TakeBack,
    Meet(NaiveDate),
    Agree(NewAction),
    /// The leader asks for a place in the cohort with this code.
    Enrol(String),
    TakeOff(CheckInActionId),
    Set(CheckInActionId, ActionState),
    Sign(Option<u32>),
    Add(String),
}

impl Act {
    /// None for a form that this page does not have.
    pub(super) fn of(posted: &Posted) -> Option<Self> {
        let text = |name: &str| posted.text(name).unwrap_or_default();
        let (act, about) = posted.get("act").split_once(' ').unwrap_or((posted.get("act"), ""));
        let action = || uuid::Uuid::parse_str(about).ok().map(CheckInActionId);
        Some(match act {
            "save" => Self::Save(rows(posted)),
            "give" => Self::Give(rows(posted)),
            "take-back" => Self::TakeBack,
            // An empty day is the trust's to refuse: the first of all days is before every cycle.
            "meet" => Self::Meet(posted.get("met_on").parse().unwrap_or(NaiveDate::MIN)),
            "agree" => Self::Agree(NewAction {
                text: text("action"),
                owner: Party::from_name(posted.get("owner")).unwrap_or(Party::Leader),
                due_on: posted.get("due_on").parse().unwrap_or(NaiveDate::MIN),
                requirement: posted.text("requirement"),
                programme: posted.text("programme"),
                plan_item: posted.text("plan_item"),
            }),
            "enrol" => Self::Enrol(about.to_owned()),
            "take-off" => Self::TakeOff(action()?),
            "set" => {
                let (id, state) = about.split_once(' ')?;
                let id = uuid::Uuid::parse_str(id).ok()?;
                Self::Set(CheckInActionId(id), ActionState::from_name(state)?)
            }
            "sign" => Self::Sign(posted.get("version").parse().ok()),
            "add" => Self::Add(text("addendum")),
            _ => return None,
        })
    }
}

/// The name of a requirement's field.
pub(super) fn field(kind: &str, requirement: &str) -> String {
    format!("{kind}-{requirement}")
}

/// Every requirement of the form, with the version that the page showed.
fn rows(posted: &Posted) -> Vec<Saved> {
    let keys = posted.names().filter_map(|name| name.strip_prefix("version-"));
    let row = |key: &str| Saved {
        requirement: key.to_owned(),
        rating: Rating::from_name(posted.get(&field("rating", key))),
        text: posted.text(&field("text", key)).unwrap_or_default(),
        version: posted.get(&field("version", key)).parse().unwrap_or_default(),
    };
    // What was not touched is not written again: another device may have gone on with it meanwhile.
    let touched = |row: &Saved| posted.get(&field("was", &row.requirement)) != was(row.rating, &row.text);
    keys.map(row).filter(touched).collect()
}

/// What the page showed of a requirement, so that the form can tell what was touched.
pub(super) fn was(rating: Option<Rating>, text: &str) -> String {
    format!("{}|{}", rating.map_or("", Rating::as_str), digest(text))
}

/// A short digest: it compares what the same page sent out and got back.
fn digest(text: &str) -> String {
    use sha2::{Digest, Sha256};
    let text = text.replace("\r\n", "\n");
    Sha256::digest(text.trim().as_bytes())[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}
