//! What the server does wrong, and when.

use tokio::sync::watch;

/// The step of a session at which a fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// The greeting, before the client has said anything.
    Connect,
    /// EHLO or HELO.
    Ehlo,
    /// MAIL FROM.
    Mail,
    /// RCPT TO.
    Rcpt,
    /// The DATA command, before the mail.
    Data,
    /// The end of the mail, when the server says whether it keeps it.
    EndOfData,
    /// QUIT.
    Quit,
}

/// One way to misbehave.
#[derive(Clone, Debug)]
pub struct Fault {
    at: Command,
    effect: Effect,
    recipient: Option<String>,
    left: Option<usize>,
}

/// What happens.
#[derive(Clone, Debug)]
pub(super) enum Effect {
    Refuse(String),
    /// The connection ends without an answer. At [`Command::EndOfData`] the mail is kept all the same.
    Drop,
    /// No answer, while the connection stays.
    Silence,
}

impl Fault {
    /// Answers with an error: 4xx for 'try again', 5xx for 'never'. A mail refused at its end is not kept.
    pub fn refuse(at: Command, code: u16, text: &str) -> Self {
        Self { at, effect: Effect::Refuse(format!("{code} {text}\r\n")), recipient: None, left: None }
    }

    /// Closes the connection without an answer.
    pub fn drop_connection(at: Command) -> Self {
        Self { at, effect: Effect::Drop, recipient: None, left: None }
    }

    /// Hears, and answers nothing any more on this connection. At [`Command::EndOfData`] the mail is kept.
    pub fn silence(at: Command) -> Self {
        Self { at, effect: Effect::Silence, recipient: None, left: None }
    }

    /// Keeps the mail, then closes the connection before it says so: the client cannot know.
    pub fn drop_after_data() -> Self {
        Self::drop_connection(Command::EndOfData)
    }

    /// Only for this recipient: at RCPT the one named, at the data any of the mail's.
    #[must_use]
    pub fn for_recipient(mut self, address: &str) -> Self {
        self.recipient = Some(address.to_owned());
        self
    }

    /// Only the first `count` times.
    #[must_use]
    pub fn times(mut self, count: usize) -> Self {
        self.left = Some(count);
        self
    }

    fn fits(&self, at: Command, recipients: &[String]) -> bool {
        let meant = |recipient: &String| recipients.iter().any(|one| one.eq_ignore_ascii_case(recipient));
        self.at == at && self.left != Some(0) && self.recipient.as_ref().is_none_or(meant)
    }
}

/// Holds answers back while it lives; see [`super::Smtp::close_gate`].
#[derive(Debug)]
pub struct Gate(watch::Sender<bool>);

impl Gate {
    /// Lets every held answer go, and all later ones.
    pub fn open(self) {
        self.0.send_replace(false);
    }
}

/// The faults in force.
#[derive(Debug, Default)]
pub(super) struct Faults {
    faults: Vec<Fault>,
    gate: Option<watch::Receiver<bool>>,
}

impl Faults {
    pub(super) fn add(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    pub(super) fn close_gate(&mut self) -> Gate {
        let (sender, receiver) = watch::channel(true);
        self.gate = Some(receiver);
        Gate(sender)
    }

    pub(super) fn gate(&self) -> Option<watch::Receiver<bool>> {
        self.gate.clone()
    }

    /// What strikes at this step; counts it as done.
    pub(super) fn strike(&mut self, at: Command, recipients: &[String]) -> Option<Effect> {
        let fault = self.faults.iter_mut().find(|fault| fault.fits(at, recipients))?;
        if let Some(left) = &mut fault.left {
            *left -= 1;
        }
        Some(fault.effect.clone())
    }
}
