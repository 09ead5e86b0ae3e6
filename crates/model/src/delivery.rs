//! The way of a mail from its row to the mail server.
//!
//! Claiming, handing over and confirming are three states, so that a crash between them is seen for what it is:
//! a mail that was claimed was certainly not sent; one that was being handed over may have been.

use chrono::{DateTime, Utc};

use crate::{
    ids::{OrganisationId, OutboxId},
    letter::{Head, Letter},
    state_reason::StateReason,
    work::{LetterRequest, Recipient},
};

macro_rules! names {
    ($(#[$outer:meta])* $type:ident { $($(#[$doc:meta])* $name:ident = $text:literal,)* }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type {
            $($(#[$doc])* $name,)*
        }

        impl $type {
            /// All of them.
            pub const ALL: &[$type] = &[$($type::$name,)*];

            /// The name in rows.
            pub const fn as_str(self) -> &'static str {
                match self { $($type::$name => $text,)* }
            }

            /// The one with that name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == name)
            }
        }
    };
}
pub(crate) use names;

names! {
    /// Where a mail stands.
    MailState {
        /// It waits for its hour, or for its next attempt.
        Queued = "queued",
        /// A scheduler has taken it and not begun to send.
        Claimed = "claimed",
        /// It is being handed to the mail server.
        Sending = "sending",
        /// The mail server took it.
        Sent = "sent",
        /// It was refused for good, or too often. A coordinator can requeue it.
        Failed = "failed",
        /// It was handed over, and nobody knows whether the server took it. A coordinator can requeue it.
        DeliveryUnknown = "delivery_unknown",
        /// What it would have said does not hold any more, or it would have come too late.
        Needless = "needless",
    }
}

names! {
    /// What happens to a mail.
    MailEvent {
        /// A scheduler takes it; also one whose holder's lease ran out.
        Claim = "claim",
        /// Its holder lets go of it before sending: shutdown, or its time has not come.
        GiveBack = "give_back",
        /// It is about to be handed to the mail server.
        HandOver = "hand_over",
        /// The mail server took it.
        Accept = "accept",
        /// The mail server refused for now, or fell silent: another attempt.
        Retry = "retry",
        /// It was refused for good, or the attempts are used up.
        Fail = "fail",
        /// The attempts are used up and the last answer is not known.
        LoseTrack = "lose_track",
        /// It is not needed any more.
        Drop = "drop",
        /// A coordinator sends it again.
        Requeue = "requeue",
    }
}

impl MailEvent {
    /// The states in which it may happen, and the one it leads to.
    pub const fn way(self) -> (&'static [MailState], MailState) {
        use MailState::{Claimed, DeliveryUnknown, Failed, Needless, Queued, Sending, Sent};
        match self {
            // From `claimed` and `sending` only after the lease: the holder is gone.
            MailEvent::Claim => (&[Queued, Claimed, Sending], Claimed),
            MailEvent::GiveBack => (&[Claimed], Queued),
            MailEvent::HandOver => (&[Claimed], Sending),
            MailEvent::Accept => (&[Sending], Sent),
            MailEvent::Retry => (&[Claimed, Sending], Queued),
            MailEvent::Fail => (&[Claimed, Sending], Failed),
            MailEvent::LoseTrack => (&[Sending], DeliveryUnknown),
            MailEvent::Drop => (&[Queued, Claimed], Needless),
            MailEvent::Requeue => (&[Failed, DeliveryUnknown], Queued),
        }
    }
}

impl MailState {
    /// Where an event leads from here; None where it may not happen.
    pub fn after(self, event: MailEvent) -> Option<MailState> {
        let (from, to) = event.way();
        from.contains(&self).then_some(to)
    }

    /// True while a scheduler still has something to do with it.
    pub const fn is_waiting(self) -> bool {
        matches!(self, MailState::Queued | MailState::Claimed | MailState::Sending)
    }
}

/// A mail to be queued in the transaction that causes it.
#[derive(Clone, Debug, PartialEq)]
pub struct NewMail {
    /// Its id; the Message-ID is made from it.
    pub id: OutboxId,
    /// Who gets it.
    pub recipient: Recipient,
    /// What it says, composed from the facts at the moment of sending.
    pub request: LetterRequest,
    /// Whether it may be gathered with others into one mail a day.
    pub can_wait: bool,
    /// One mail for each key in an organisation: a second one is not queued.
    pub dedupe_key: String,
    /// Not before this moment.
    pub due_at: DateTime<Utc>,
    /// Later than this it is not sent.
    pub not_after: Option<DateTime<Utc>>,
}

/// A mail on its way, as its row stands.
#[derive(Clone, Debug, PartialEq)]
pub struct OutboxRow {
    /// Its id; the Message-ID is made from it.
    pub id: OutboxId,
    /// Whose mail it is.
    pub organisation: OrganisationId,
    /// Who gets it.
    pub recipient: Recipient,
    /// What it says.
    pub request: LetterRequest,
    /// Whether it may be gathered with others into one mail a day.
    pub can_wait: bool,
    /// One mail for each key in an organisation.
    pub dedupe_key: String,
    /// Where it stands.
    pub state: MailState,
    /// Why it stands there.
    pub reason: Option<StateReason>,
    /// The mail that it went out within.
    pub gathered_in: Option<OutboxId>,
    /// How often it was handed to the server, or could not be composed.
    pub attempts: u32,
    /// After how many of these nobody knew whether the server took it.
    pub unknown_attempts: u32,
    /// Queued: the next attempt. Claimed or sending: the end of the holder's lease.
    pub due_at: DateTime<Utc>,
    /// Later than this it is not sent.
    pub not_after: Option<DateTime<Utc>>,
    /// When it was queued.
    pub queued_at: DateTime<Utc>,
    /// When the server took it.
    pub sent_at: Option<DateTime<Utc>>,
    /// What went wrong last.
    pub last_error: Option<MailError>,
}

/// What went wrong with a mail, without an address or a name in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailError {
    /// For programs: `smtp_550`, `refused`, `unknown`, `holder_lost`, `compose`.
    pub code: String,
    /// In the words of the mail server, or of the program, for whoever operates it.
    pub text: String,
}

impl MailError {
    /// The key of the text that tells coordinators what it is, and what to do.
    pub fn key(&self) -> &'static str {
        match self.code.as_str() {
            "compose" => "mail-error-compose",
            "unknown" => "mail-error-unknown",
            "holder_lost" => "mail-error-holder-lost",
            _ => "mail-error-refused",
        }
    }
}

/// What a queued mail comes to at the moment of sending, when everything that it rests on is asked again.
#[derive(Clone, Debug, PartialEq)]
pub enum Composition {
    /// This is to be sent.
    Letter(Box<(Head, Letter)>),
    /// It says nothing that holds any more; why.
    Needless(StateReason),
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[test]
    fn every_state_and_event() {
        let mut table = String::new();
        for state in MailState::ALL {
            for event in MailEvent::ALL {
                let to = state.after(*event).map_or("-", MailState::as_str);
                writeln!(table, "{:17}{:12}{to}", state.as_str(), event.as_str()).unwrap();
            }
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn a_mail_that_was_sent_is_never_sent_again() {
        for event in MailEvent::ALL {
            assert_eq!(MailState::Sent.after(*event), None, "{event:?}");
        }
    }

    #[test]
    fn a_mail_in_flight_is_neither_dropped_nor_given_back() {
        assert_eq!(MailState::Sending.after(MailEvent::Drop), None);
        assert_eq!(MailState::Sending.after(MailEvent::GiveBack), None);
    }

    #[test]
    fn a_state_has_one_name() {
        for state in MailState::ALL {
            assert_eq!(MailState::from_name(state.as_str()), Some(*state));
        }
    }
}
