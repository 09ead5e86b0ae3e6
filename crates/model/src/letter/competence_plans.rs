//! What letters about competence plans tell. How an item was rated is in no mail.

use chrono::NaiveDate;
use serde::Serialize;

/// A plan, as every letter about one tells of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CompetencePlanFacts {
    /// The leader.
    pub leader_name: String,
    /// Who agrees on it with the leader; None while there is nobody.
    pub manager_name: Option<String>,
    /// True where the reader is the leader, false for the line manager.
    pub to_leader: bool,
    /// How many items the leader has to rate, or has rated.
    pub count: usize,
    /// The items that the letter names: what is missing, what is due, what is asked anew.
    pub items: Vec<PlanItemFacts>,
    /// The page on which all of it is done.
    pub page_url: String,
}

/// An item that a letter names.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlanItemFacts {
    /// What it is called.
    pub title: String,
    /// By when; None where it can wait.
    pub due_on: Option<NaiveDate>,
    /// True when that day is past.
    pub late: bool,
}
