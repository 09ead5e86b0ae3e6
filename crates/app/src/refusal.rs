//! The two ways in which work ends badly: a refusal, which is the caller's to mend and says how, and a fault, which
//! is ours, is logged once at the edge and never shown.

use std::borrow::Cow;

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use varde_model::{Locale, dates};
use varde_persistence::Fault;

use crate::{labels::label, texts};

/// The outcome of a use case.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a use case did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The rules or the input stand in the way; nothing was changed.
    #[error("refused: {0:?}")]
    Refused(Vec<Refusal>),
    /// Nobody is signed in, or the token has run out.
    #[error("not signed in")]
    Unauthenticated,
    /// The caller lacks the right. What the caller may not know of is reported as not found instead.
    #[error("not allowed")]
    Denied,
    /// Something below broke.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// A stored document or an invariant of ours is broken.
    #[error("internal: {0}")]
    Internal(String),
}

impl Error {
    /// An internal fault with what is known of it.
    pub fn internal(what: impl std::fmt::Display) -> Self {
        Error::Internal(what.to_string())
    }

    /// The refusals, if that is what it is.
    pub fn refusals(&self) -> &[Refusal] {
        if let Error::Refused(refusals) = self { refusals } else { &[] }
    }

    /// The same refusals with a path put before their own: an input's list item, say.
    pub fn under(self, prefix: &[PathPart]) -> Self {
        match self {
            Error::Refused(refusals) => {
                Error::Refused(refusals.into_iter().map(|r| r.under(prefix)).collect())
            }
            other => other,
        }
    }
}

/// What a write says whose unique key was looked for before: where somebody else wrote it meanwhile, that it is taken.
pub(crate) fn taken(field: &'static str) -> impl Fn(Error) -> Error {
    move |error| match error {
        Error::Fault(fault) if fault.is_unique_violation() => Refusal::new(Code::Taken).at(field).into(),
        other => other,
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Error::Refused(vec![refusal])
    }
}

/// A step of the path into the input: a field or a row's index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum PathPart {
    /// A field, as the API names it.
    Field(Cow<'static, str>),
    /// A row, counted from 0.
    Index(usize),
}

impl From<&'static str> for PathPart {
    fn from(field: &'static str) -> Self {
        PathPart::Field(Cow::Borrowed(field))
    }
}

impl From<usize> for PathPart {
    fn from(index: usize) -> Self {
        PathPart::Index(index)
    }
}

/// One thing that stands in the way: a code for programs, a text for people, the place in the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// What it is.
    pub code: Code,
    /// Where in the input; empty when it is about the whole.
    pub path: Vec<PathPart>,
    args: Vec<(Cow<'static, str>, Said)>,
}

/// A value that a text names, written as the reader's language writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Said {
    AsItIs(String),
    Day(NaiveDate),
    Hour(NaiveTime),
    /// An enum's value, by what people call it.
    Value(Cow<'static, str>, String),
}

impl Said {
    fn written(&self, locale: Locale) -> String {
        match self {
            Said::AsItIs(text) => text.clone(),
            Said::Day(day) => dates::day(locale, *day),
            Said::Hour(hour) => dates::clock(locale, *hour),
            Said::Value(of, value) => label(locale, of, value).unwrap_or_else(|| value.clone()),
        }
    }
}

impl Refusal {
    /// A refusal about the whole input.
    pub fn new(code: Code) -> Self {
        Self { code, path: Vec::new(), args: Vec::new() }
    }

    /// Says where in the input.
    #[must_use]
    pub fn at(mut self, field: &'static str) -> Self {
        self.path.push(field.into());
        self
    }

    /// Says which row.
    #[must_use]
    pub fn row(mut self, index: usize) -> Self {
        self.path.push(PathPart::Index(index));
        self
    }

    /// Puts a path before its own.
    #[must_use]
    pub fn under(mut self, prefix: &[PathPart]) -> Self {
        self.path.splice(0..0, prefix.iter().cloned());
        self
    }

    /// A value that the text names. Never a secret, never somebody else's personal data.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.args.push((Cow::Borrowed(name), Said::AsItIs(value.to_string())));
        self
    }

    /// A day that the text names.
    #[must_use]
    pub fn with_day(mut self, name: &'static str, day: NaiveDate) -> Self {
        self.args.push((Cow::Borrowed(name), Said::Day(day)));
        self
    }

    /// An hour that the text names.
    #[must_use]
    pub fn with_hour(mut self, name: &'static str, hour: NaiveTime) -> Self {
        self.args.push((Cow::Borrowed(name), Said::Hour(hour)));
        self
    }

    /// The lifecycle does not allow it in the present state, which is a value of the API's enum.
    pub fn wrong_state(of: &'static str, state: &str) -> Self {
        let mut refusal = Self::new(Code::WrongState);
        refusal.args.push((Cow::Borrowed("state"), Said::Value(Cow::Borrowed(of), state.to_owned())));
        refusal
    }

    /// The same of a gathering that was called off, as a cohort is.
    pub(crate) fn called_off() -> Self {
        Self::wrong_state("CohortState", "cancelled")
    }

    /// The text for people.
    pub fn message(&self, locale: Locale) -> String {
        let said = |(name, value): &(Cow<'static, str>, Said)| (name.clone(), value.written(locale));
        let mut args: Vec<_> = self.args.iter().map(said).collect();
        // What was not found is told by the field that names it.
        let field = self.path.iter().rev().find_map(|part| match part {
            PathPart::Field(field) => Some(field.to_string()),
            PathPart::Index(_) => None,
        });
        args.push((Cow::Borrowed("field"), field.unwrap_or_default()));
        let text = texts::text_with(locale, &format!("refusal-{}", self.code.kebab()), &args);
        // A hint that says nothing leaves its blank behind.
        text.trim_end().to_owned()
    }
}

macro_rules! codes {
    ($(#[doc = $doc:literal] $name:ident = $kebab:literal),* $(,)?) => {
        /// What stands in the way, for programs. Its text lies in `config/locales` under `refusal-<code>`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Code {
            $(#[doc = $doc] #[serde(rename = $kebab)] $name,)*
        }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Code] = &[$(Code::$name),*];

            /// The code as the texts are keyed.
            pub const fn kebab(self) -> &'static str {
                match self { $(Code::$name => $kebab),* }
            }

            /// What it is, whatever the particulars: how the API describes it.
            pub fn description(self) -> &'static str {
                match self { $(Code::$name => $doc.trim_ascii()),* }
            }
        }
    };
}

codes! {
    /// Nothing of that id or key is known to the caller.
    NotFound = "not-found",
    /// A value is missing.
    Required = "required",
    /// A value is not of the form asked for.
    Invalid = "invalid",
    /// A file that the call brought has a fault, which is told with line and key.
    FaultInFile = "fault-in-file",
    /// A text is too long.
    TooLong = "too-long",
    /// Too many rows at once.
    TooMany = "too-many",
    /// The key is in use.
    Taken = "taken",
    /// The thing was changed since the version that the caller saw.
    Conflict = "conflict",
    /// The idempotency key was used before with another input.
    IdempotencyKeyReused = "idempotency-key-reused",
    /// The lifecycle does not allow it in the present state.
    WrongState = "wrong-state",
    /// A reason must be given.
    ReasonRequired = "reason-required",
    /// A number is outside its bounds.
    OutOfRange = "out-of-range",
    /// Something ends before it begins.
    EndsBeforeStart = "ends-before-start",
    /// A block lies outside the gathering's hours.
    BlockOutsideHours = "block-outside-hours",
    /// Two blocks of a gathering take place at the same time.
    BlocksOverlap = "blocks-overlap",
    /// The blocks do not fit into the gathering's new hours.
    BlocksDoNotFit = "blocks-do-not-fit",
    /// A link is not one that can be clicked.
    InvalidLink = "invalid-link",
    /// The cohort has no gathering.
    NoGatherings = "no-gatherings",
    /// The gathering has begun.
    GatheringInThePast = "gathering-in-the-past",
    /// Gatherings of the cohort are still to come or not over yet.
    GatheringsToCome = "gatherings-to-come",
    /// No gathering of the cohort was held.
    NothingHeld = "nothing-held",
    /// The gathering has not begun.
    GatheringNotBegun = "gathering-not-begun",
    /// Attendance is recorded: the gathering was held.
    AttendanceStands = "attendance-stands",
    /// Attendance is not recorded for everyone.
    AttendanceMissing = "attendance-missing",
    /// The cohort is past its cut-off: an invited leader would have no time to answer.
    TooLateToInvite = "too-late-to-invite",
    /// The time to answer is over.
    AnswerTooLate = "answer-too-late",
    /// The person is not employed any more.
    PersonHasLeft = "person-has-left",
    /// The person is not missing from the HR file.
    NotMissing = "not-missing",
    /// The person has a place in the cohort already.
    AlreadyInCohort = "already-in-cohort",
    /// The person has no place in the cohort.
    NotInCohort = "not-in-cohort",
    /// The cohort is of another programme.
    OtherProgramme = "other-programme",
    /// The programme is not meant for the person, counted to the cohort's first day. A reason lets her or him in.
    OutsideAudience = "outside-audience",
    /// The person has a place in another cohort of the programme, or has completed it. A reason lets her or him in.
    AlreadyInProgramme = "already-in-programme",
    /// The programme is entered by nomination: a place past it takes a reason.
    ComesByNomination = "comes-by-nomination",
    /// The programme takes leader groups: each enrols as one, and who belongs to it is changed in the group.
    EnrolsAsGroup = "enrols-as-group",
    /// The programme's places are given to those who are nominated.
    EnrolsByNomination = "enrols-by-nomination",
    /// The programme takes no leader groups.
    EnrolsOneByOne = "enrols-one-by-one",
    /// The cohort has not enough room for everybody of the leader group: all find a seat, or none.
    GroupDoesNotFit = "group-does-not-fit",
    /// The leader group's time to answer is over: it is asked again first.
    GroupLapsed = "group-lapsed",
    /// The leader group must tell first what changes and who is touched.
    ChangeCaseMissing = "change-case-missing",
    /// The person does not belong to the leader group.
    NotInGroup = "not-in-group",
    /// The person leads the leader group, and cannot be left out of it.
    LeadsTheGroup = "leads-the-group",
    /// Somebody was asked about it: it is part of the report, and can be given up instead.
    FollowedUp = "followed-up",
    /// The account is closed, or holds neither the role of a coordinator nor that of an administrator.
    NotACoordinator = "not-a-coordinator",
    /// Over several namings somebody would be her or his own line manager.
    NamingsInACircle = "namings-in-a-circle",
    /// The same thing is named twice in one call.
    NamedTwice = "named-twice",
    /// The link did its work already.
    LinkUsed = "link-used",
    /// The link was taken back.
    LinkRevoked = "link-revoked",
    /// The link has run out.
    LinkExpired = "link-expired",
    /// The survey was answered already, and an answer cannot be found again.
    SurveyAnswered = "survey-answered",
    /// Too many tries; wait.
    RateLimited = "rate-limited",
    /// E-mail and password do not fit together.
    SignInFailed = "sign-in-failed",
    /// The session is over; sign in again.
    SessionEnded = "session-ended",
    /// The text is no e-mail address.
    EmailInvalid = "email-invalid",
    /// The chosen password is too short, too long or too plain.
    WeakPassword = "weak-password",
    /// The present password, asked for again, is not right.
    WrongPassword = "wrong-password",
    /// The organisation would be left without an administrator.
    LastAdministrator = "last-administrator",
    /// The role follows from the data and is not granted.
    RoleNotGranted = "role-not-granted",
    /// The link was used, was replaced or has run out.
    LinkSpent = "link-spent",
    /// Who is to support somebody does not lead, or has not led for long.
    NotAnExperiencedLeader = "not-an-experienced-leader",
    /// The cohort is closed: its practice tasks are not told of any more.
    PracticeOver = "practice-over",
    /// The certificate was taken back: the course is not completed any more.
    CertificateRevoked = "certificate-revoked",
    /// The round takes no nominations now.
    NominationsClosed = "nominations-closed",
    /// The programme takes no nomination of this kind.
    NominationKind = "nomination-kind",
    /// Somebody stands in a conflict of interest.
    ConflictOfInterest = "conflict-of-interest",
    /// Who is nominated in a round cannot sit on its panel.
    MemberIsNominated = "member-is-nominated",
    /// Line managers still have time to answer.
    EndorsementsOutstanding = "endorsements-outstanding",
    /// Not every nomination that one may rank is ranked.
    RankingIncomplete = "ranking-incomplete",
    /// Members of the panel have not ranked.
    BallotsMissing = "ballots-missing",
    /// A place hangs on a tie.
    TieUnsettled = "tie-unsettled",
    /// What was prepared does not follow any more.
    OutcomesStale = "outcomes-stale",
    /// It is too late to offer the places of a round: the nominees can only be told so.
    TooLateForPlaces = "too-late-for-places",
    /// The places of a round can still be offered.
    PlacesCanBeOffered = "places-can-be-offered",
    /// The quota is not the number of free seats.
    QuotaIsNotTheSeats = "quota-is-not-the-seats",
    /// A number that was to be confirmed is another one.
    CountDiffers = "count-differs",
}

#[cfg(test)]
mod tests;
