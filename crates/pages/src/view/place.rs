//! The pages about a place in a cohort: the invitation, the seat that is held, and leaving again.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use varde_app::links::{Asked, MovedTo, PlaceQuestion};
use varde_model::{cohort::CohortState, enrolment::EnrolmentState, links::LinkStanding};

use super::{row, told};
use crate::{
    screen::{Button, Confirmed, Form, Onward, Screen},
    words::Words,
};

/// The invitation or the offered seat; once answered, what came of it.
pub(super) fn answer(words: Words, asked: &Asked, question: &PlaceQuestion, now: DateTime<Utc>) -> Screen {
    let place = Place { words, asked, question, now };
    match question.enrolment.state {
        EnrolmentState::Invited | EnrolmentState::Offered if place.called_off() => {
            place.told("pages-cancelled", "pages-cancelled-lead", &[])
        }
        EnrolmentState::Invited | EnrolmentState::Offered => match asked.standing {
            LinkStanding::Used | LinkStanding::Revoked => place.newer(),
            LinkStanding::Expired => place.lapsed(),
            LinkStanding::Open if question.enrolment.answer_by.is_some_and(|until| until <= now) => {
                place.lapsed()
            }
            LinkStanding::Open => place.asks(),
        },
        _ => place.outcome(),
    }
}

/// Leaving the line, or giving the seat back.
pub(super) fn manage(words: Words, asked: &Asked, question: &PlaceQuestion, now: DateTime<Utc>) -> Screen {
    let place = Place { words, asked, question, now };
    let state = question.enrolment.state;
    let stays = matches!(state, EnrolmentState::Enrolled | EnrolmentState::Waiting | EnrolmentState::Offered);
    if !stays || place.called_off() {
        return place.outcome();
    }
    match asked.standing {
        LinkStanding::Open => place.may_leave(),
        LinkStanding::Used | LinkStanding::Revoked => place.newer(),
        LinkStanding::Expired => {
            let next = ["pages-time-over-next"];
            Screen {
                status: StatusCode::GONE,
                ..place.told("pages-time-over", "pages-time-over-lead", &next)
            }
        }
    }
}

/// The way to the page about the place that one was moved to.
pub(super) fn onward(words: Words, to: &MovedTo) -> Option<Onward> {
    let label = words.with("pages-moved-onward", &[("cohort", to.place.cohort.title.as_str())]);
    to.url.clone().map(|url| Onward { url, label })
}

/// Whether a place is asked about or held.
const fn lasts(state: EnrolmentState) -> bool {
    use EnrolmentState as S;
    matches!(state, S::Invited | S::Waiting | S::Offered | S::Enrolled)
}

struct Place<'a> {
    words: Words,
    asked: &'a Asked,
    question: &'a PlaceQuestion,
    now: DateTime<Utc>,
}

impl Place<'_> {
    fn called_off(&self) -> bool {
        matches!(self.question.cohort.state, CohortState::Cancelled)
    }

    /// A text that may name programme and cohort.
    fn text(&self, key: &str) -> String {
        let programme = self.question.course.programme.title.get(self.words.0);
        self.words.with(key, &[("programme", programme), ("cohort", &self.question.cohort.title)])
    }

    fn until(&self, key: &str) -> Option<String> {
        let until = self.question.enrolment.answer_by?;
        let until = self.words.moment(until, self.asked.organisation.zone);
        Some(self.words.with(key, &[("until", until)]))
    }

    fn gatherings(&self) -> Vec<crate::screen::GatheringRow> {
        let cohort = &self.question.cohort;
        let (place, link) = (cohort.place.as_deref(), cohort.link.as_deref());
        let gatherings = self.question.gatherings.iter();
        gatherings.map(|gathering| row(self.words, gathering, place, link, self.now)).collect()
    }

    fn confirmed(&self, act: &'static str, summary: &str, lead: &str, confirm: &str) -> Confirmed {
        let label = self.words.get(confirm);
        Confirmed {
            open: false,
            summary: self.words.get(summary),
            lead: self.words.get(lead),
            button: Button { act, label, plain: false },
            reason: String::new(),
            error: None,
        }
    }

    fn asks(&self) -> Screen {
        let (title, lead, until, terms) = if self.question.enrolment.state == EnrolmentState::Offered {
            ("pages-offered", "pages-offered-lead", self.until("pages-held-until"), "pages-offered-terms")
        } else {
            ("pages-invited", "pages-invited-lead", self.until("pages-answer-by"), "pages-invited-terms")
        };
        let summary = self.question.course.programme.summary.get(self.words.0).to_owned();
        let accept = Button { act: "accept", label: self.words.get("pages-accept"), plain: false };
        let decline =
            self.confirmed("decline", "pages-decline", "pages-decline-lead", "pages-decline-confirm");
        Screen {
            title: self.text(title),
            lead: vec![self.text(lead), summary, self.text(terms)],
            standing: until,
            gatherings: Some(self.gatherings()),
            form: Some(Form::Answer { accept, decline }),
            contacts: self.question.course.contacts.clone(),
            ..Screen::default()
        }
    }

    fn may_leave(&self) -> Screen {
        let waits = self.question.enrolment.state == EnrolmentState::Waiting;
        let (title, lead, leave) = match self.question.enrolment.state {
            EnrolmentState::Waiting => ("pages-manage-line", "pages-waiting-lead", "line"),
            EnrolmentState::Offered => ("pages-manage-seat", "pages-manage-offered-lead", "seat"),
            _ => ("pages-manage-seat", "pages-manage-seat-lead", "seat"),
        };
        let leave = if leave == "line" {
            self.confirmed(
                "withdraw",
                "pages-leave-line",
                "pages-leave-line-lead",
                "pages-leave-line-confirm",
            )
        } else {
            self.confirmed(
                "withdraw",
                "pages-leave-seat",
                "pages-leave-seat-lead",
                "pages-leave-seat-confirm",
            )
        };
        Screen {
            title: self.text(title),
            lead: vec![self.text(lead)],
            standing: self.place_in_line(),
            gatherings: Some(self.gatherings()),
            form: Some(Form::Leave(leave)),
            next: if waits { vec![self.text("pages-waiting-rule")] } else { Vec::new() },
            contacts: self.question.course.contacts.clone(),
            ..Screen::default()
        }
    }

    fn place_in_line(&self) -> Option<String> {
        let place = self.question.place_in_line?;
        Some(self.words.with("pages-waiting-place", &[("place", place.to_string())]))
    }

    fn outcome(&self) -> Screen {
        match self.question.enrolment.state {
            _ if self.called_off() => self.told("pages-cancelled", "pages-cancelled-lead", &[]),
            EnrolmentState::Cancelled => {
                self.told("pages-missed-out", "pages-missed-out-lead", &["pages-missed-out-next"])
            }
            EnrolmentState::Enrolled => Screen {
                gatherings: Some(self.gatherings()),
                ..self.told("pages-enrolled", "pages-enrolled-lead", &["pages-enrolled-next"])
            },
            EnrolmentState::Waiting => Screen {
                standing: self.place_in_line(),
                gatherings: Some(self.gatherings()),
                ..self.told(
                    "pages-waiting",
                    "pages-waiting-lead",
                    &["pages-waiting-rule", "pages-waiting-next"],
                )
            },
            EnrolmentState::Declined => {
                self.told("pages-declined", "pages-declined-lead", &["pages-declined-next"])
            }
            EnrolmentState::Lapsed => self.lapsed(),
            EnrolmentState::Withdrawn if self.question.moved_to.is_some() => self.moved(),
            EnrolmentState::Withdrawn => {
                self.told("pages-withdrawn", "pages-withdrawn-lead", &["pages-withdrawn-next"])
            }
            EnrolmentState::Completed => self.told("pages-completed", "pages-completed-lead", &[]),
            EnrolmentState::NotCompleted => self.told("pages-not-completed", "pages-not-completed-lead", &[]),
            EnrolmentState::Proposed | EnrolmentState::Invited | EnrolmentState::Offered => self.newer(),
        }
    }

    /// The place goes on in another cohort: its days, and the page about it.
    fn moved(&self) -> Screen {
        let moved = self.told("pages-moved", "pages-moved-lead", &[]);
        let Some(to) = &self.question.moved_to else { return moved };
        let there = Place { words: self.words, asked: self.asked, question: &to.place, now: self.now };
        Screen {
            standing: Some(there.text("pages-moved-to")),
            onward: onward(self.words, to),
            gatherings: lasts(to.place.enrolment.state).then(|| there.gatherings()),
            ..moved
        }
    }

    fn newer(&self) -> Screen {
        Screen { status: StatusCode::GONE, ..self.told("pages-newer", "pages-newer-lead", &[]) }
    }

    fn lapsed(&self) -> Screen {
        Screen {
            status: StatusCode::GONE,
            ..self.told("pages-lapsed", "pages-lapsed-lead", &["pages-lapsed-next"])
        }
    }

    /// A page that asks nothing.
    fn told(&self, title: &str, lead: &str, next: &[&str]) -> Screen {
        Screen {
            status: told(self.asked.standing),
            title: self.text(title),
            lead: vec![self.text(lead)],
            next: next.iter().map(|key| self.text(key)).collect(),
            contacts: self.question.course.contacts.clone(),
            ..Screen::default()
        }
    }
}
