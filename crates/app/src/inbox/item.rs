//! What an item of the inbox says and proposes, before names are looked up.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;
use varde_model::{
    catalogue::Texts,
    conflicts::Conflict,
    ids::{AccountId, CohortId, InboxItemId, OrganisationId, PersonId},
    inbox::{Handling, InboxKind, InboxReason, ItemState},
    letter::LetterKind,
};

/// Something that needs a hand.
#[derive(Clone, Debug)]
pub struct Item {
    /// Permanent id.
    pub id: InboxItemId,
    /// What it is about and what makes it new: an item that was done comes back when this changes.
    pub key: String,
    /// What needs a hand.
    pub kind: InboxKind,
    /// Why.
    pub reason: InboxReason,
    /// What the text names.
    pub said: Vec<(&'static str, Said)>,
    /// Whom it is about.
    pub person: Option<PersonId>,
    /// Which cohort it is about.
    pub cohort: Option<CohortId>,
    /// The type and the key of what it is about.
    pub subject: Option<(&'static str, Uuid)>,
    /// Since when.
    pub since: Option<DateTime<Utc>>,
    /// Until when something can be done about it, or should be.
    pub due: Option<DateTime<Utc>>,
    /// What is proposed.
    pub act: Option<Act>,
}

/// A value that an item's text names.
#[derive(Clone, Debug)]
pub enum Said {
    /// Somebody's name.
    Person(PersonId),
    /// The name of an account.
    Account(AccountId),
    /// A cohort's code.
    Cohort(CohortId),
    /// A day.
    Day(NaiveDate),
    /// The name of the public holiday on a day.
    Holiday(NaiveDate),
    /// A moment where the trust is.
    Moment(DateTime<Utc>),
    /// How many.
    Number(u64),
    /// Text of the data in three languages.
    Texts(Texts),
    /// Text as it stands.
    Text(String),
    /// What a letter is called.
    Letter(LetterKind),
    /// Who is what to whom.
    Conflict(Conflict),
}

/// An operation of the library that would see to it, with what it asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// The operation's file without its ending, such as `invite-again`. How it is proposed is told under
    /// `inbox-act-<operation>`.
    pub operation: &'static str,
    /// True for a mutation, whose values stand in its `input`.
    pub mutation: bool,
    /// The values, by name.
    pub values: Vec<(&'static str, ActValue)>,
    /// True where it can be run as it stands; else something is to be decided and filled in first.
    pub ready: bool,
}

/// A value that an operation asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum ActValue {
    /// An id of a type.
    Id(&'static str, Uuid),
    /// A list of them.
    Ids(&'static str, Vec<Uuid>),
    /// A text, a day or an enum's value.
    Text(String),
    /// A list of texts.
    Texts(Vec<String>),
    /// A number.
    Number(u64),
    /// Yes or no.
    Flag(bool),
}

impl Act {
    /// A mutation that can be run as it stands.
    pub(super) fn run(operation: &'static str, values: Vec<(&'static str, ActValue)>) -> Self {
        Self { operation, mutation: true, values, ready: true }
    }

    /// A mutation for which something is to be filled in first.
    pub(super) fn fill_in(operation: &'static str, values: Vec<(&'static str, ActValue)>) -> Self {
        Self { ready: false, ..Self::run(operation, values) }
    }
}

impl Item {
    /// An item with its kind, its reason and what makes it this one; the id follows from the key.
    pub(super) fn new(
        org: OrganisationId,
        kind: InboxKind,
        reason: InboxReason,
        key: impl std::fmt::Display,
    ) -> Self {
        let key = format!("{}|{key}", reason.as_str());
        Self {
            id: super::id_of(org, &key),
            key,
            kind,
            reason,
            said: Vec::new(),
            person: None,
            cohort: None,
            subject: None,
            since: None,
            due: None,
            act: None,
        }
    }

    /// Where it stands in the list: by when something is to be done, and then by its key. What has no such moment is last.
    pub fn place(&self) -> (String, String) {
        let due = self.due.map_or_else(|| "~".to_owned(), |due| due.to_rfc3339());
        (due, self.key.clone())
    }
}

/// An item with what was done about it.
#[derive(Clone, Debug)]
pub struct Handed {
    /// The item.
    pub item: Item,
    /// What was done about it.
    pub handling: Handling,
    /// Where it stands now.
    pub state: ItemState,
}
