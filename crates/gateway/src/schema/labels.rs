//! Enums of the field as GraphQL sees them.

use async_graphql::Enum;
use serde::Serialize;
use varde_app::files::{FileFormat, TableFormat};
use varde_model::{
    cohort::CohortState,
    delivery::MailState,
    enrolment::EnrolmentState,
    gathering::Presence,
    people::UnitKind,
    reminders::{Anchor, ClosedDay, Condition, Recipients},
    roles::Role,
    survey::{Hidden, SurveyKind},
    timers::TimerState,
};

/// Where a cohort (kull) is in its life.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "CohortState", name = "CohortState")]
pub enum CohortStateLabel {
    /// Being planned; nothing is sent (utkast).
    Draft,
    /// Invitations are out (publisert).
    Published,
    /// The first gathering has begun (i gang).
    Running,
    /// Closed: everyone has a result (avsluttet).
    Completed,
    /// Called off (avlyst).
    Cancelled,
}

/// Where a leader stands with a cohort.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "EnrolmentState", name = "EnrolmentState")]
pub enum EnrolmentStateLabel {
    /// Proposed by an import or a coordinator; the leader knows nothing yet (foreslått).
    Proposed,
    /// Asked by mail; no seat is held (invitert).
    Invited,
    /// Said yes when the cohort was full; in line (på venteliste).
    Waiting,
    /// A freed seat is held until a stated hour (tilbudt plass).
    Offered,
    /// Has a seat (har plass).
    Enrolled,
    /// Said no (takket nei).
    Declined,
    /// Did not answer in time (ikke svart i tide).
    Lapsed,
    /// Taken out (meldt av).
    Withdrawn,
    /// The completion rule is met (fullført).
    Completed,
    /// The completion rule is not met (ikke fullført).
    NotCompleted,
    /// The cohort ended before the leader's turn came: called off, or closed while the leader was in line or had not
    /// been asked (fikk ikke plass).
    Cancelled,
}

/// How much of a gathering (samling) a leader was there for.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[graphql(remote = "Presence", name = "Presence")]
pub enum PresenceLabel {
    /// All of it (til stede).
    Present,
    /// A part of it (delvis til stede).
    Partly,
    /// Nothing, and no notice was given (fraværende).
    Absent,
    /// Nothing, for a reason that the coordinator accepted (gyldig fravær).
    Excused,
}

/// What a survey is about.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "SurveyKind", name = "SurveyKind")]
pub enum SurveyKindLabel {
    /// A gathering, to those who were there (evaluering av samlingen).
    Gathering,
    /// A completed cohort, to those who took part (evaluering av programmet).
    Cohort,
    /// Where a leader group stands before its first gathering, to its members (hvor ledergruppen står, før).
    GroupBefore,
    /// Where it stands after its last gathering (hvor ledergruppen står, etter).
    GroupAfter,
}

/// Why a survey shows no figures.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "Hidden", name = "SurveyHidden")]
pub enum SurveyHiddenLabel {
    /// It still takes answers (åpen for svar).
    StillOpen,
    /// Too few have answered (for få svar).
    TooFew,
    /// They are for those alone who were asked, and still take part (bare for dem som ble spurt).
    ForOthers,
}

/// What a record is fetched as (filformat).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(name = "FileFormat")]
pub enum FileFormatLabel {
    /// To read, print and show.
    Pdf,
    /// For a spreadsheet: a place a row, with semicolons, in UTF-8.
    Csv,
    /// A workbook: a place a row, with dates as dates.
    Xlsx,
}

impl From<FileFormatLabel> for FileFormat {
    fn from(label: FileFormatLabel) -> Self {
        match label {
            FileFormatLabel::Pdf => Self::Pdf,
            FileFormatLabel::Csv => Self::Table(TableFormat::Csv),
            FileFormatLabel::Xlsx => Self::Table(TableFormat::Xlsx),
        }
    }
}

/// What a table is fetched as (tabellformat).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "varde_app::files::TableFormat", name = "TableFormat")]
pub enum TableFormatLabel {
    /// A workbook: dates are dates, and numbers numbers.
    Xlsx,
    /// With semicolons, in UTF-8.
    Csv,
}

/// What becomes of the good rows of a bulk call when others are refused.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[graphql(remote = "varde_app::input::ErrorPolicy", name = "ErrorPolicy")]
pub enum ErrorPolicyLabel {
    /// One refused row refuses all: nothing is changed.
    RejectAll,
    /// The good rows are kept; each refused one is reported with its index.
    RejectFailed,
}

/// What somebody is to the organisation (rolle). One person can hold several.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "Role", name = "Role")]
pub enum RoleLabel {
    /// Manages accounts, roles and settings; may do all that a coordinator may (administrator). Granted.
    Administrator,
    /// Runs cohorts (programkoordinator). Granted.
    Coordinator,
    /// Has leaders reporting to her or him (nærmeste leder). Follows from the data.
    LineManager,
    /// Holds a current leadership appointment (leder). Follows from the data.
    Leader,
    /// Supports a new leader (mentor). Follows from the data.
    Mentor,
}

/// What a unit is (enhetstype).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "UnitKind", name = "UnitKind")]
pub enum UnitKindLabel {
    /// The trust itself (helseforetak).
    Trust,
    /// A clinic (klinikk).
    Clinic,
    /// A department of a clinic (avdeling).
    Department,
    /// A ward, an outpatient clinic, a section (enhet, seksjon).
    Unit,
    /// A central staff, such as HR or finance (stab).
    Staff,
}

/// Where a mail stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "MailState", name = "MailState")]
pub enum MailStateLabel {
    /// It waits for its hour, or for its next attempt (i kø).
    Queued,
    /// A scheduler has taken it and not begun to send (hentet).
    Claimed,
    /// It is being handed to the mail server (under sending).
    Sending,
    /// The mail server took it (sendt).
    Sent,
    /// It was refused for good, or too often; it can be requeued (feilet).
    Failed,
    /// It was handed over, and nobody knows whether the server took it; it can be requeued (levering ukjent).
    DeliveryUnknown,
    /// What it would have said does not hold any more, or it would have come too late (ikke lenger aktuell).
    Needless,
}

/// What a reminder counts from (utgangspunkt).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "Anchor", name = "ReminderAnchor")]
pub enum AnchorLabel {
    /// The first day of a leadership appointment, or the day it was learnt of when that came later (tiltredelse).
    Appointment,
    /// The hour until which an invitation can be answered (svarfrist).
    InvitationDeadline,
    /// The hour until which a freed seat is held (frist for tilbudt plass).
    OfferDeadline,
    /// The start of a gathering (samlingsstart).
    GatheringStart,
    /// The start of a cohort's first gathering (kullstart).
    CohortStart,
    /// The end of a cohort's last gathering (kullslutt).
    CohortEnd,
    /// A day on which something happened in a cohort that its coordinators did not do themselves (nytt i kullet).
    CohortNews,
    /// The close of a round of nominations, for one that is still a draft (nominasjonsfrist).
    NominationClose,
    /// The hour until which a nomination can be endorsed (frist for tilslutning).
    EndorsementDeadline,
}

/// Who gets a reminder (mottaker).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "Recipients", name = "ReminderRecipients")]
pub enum RecipientsLabel {
    /// The leader whom it is about (leder).
    Leader,
    /// That leader's line manager (nærmeste leder).
    LineManager,
    /// The cohort's coordinators (programkoordinatorer).
    Coordinators,
    /// Who is writing the nomination (den som nominerer).
    Nominator,
    /// Who is asked to endorse it (den som blir spurt om tilslutning).
    Endorser,
}

/// What must hold at the moment of sending (vilkår). When it does not, nothing is sent.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "Condition", name = "ReminderCondition")]
pub enum ConditionLabel {
    /// That what it is about still stands (alltid).
    Always,
    /// The leader has been invited and has not answered (ubesvart).
    Unanswered,
    /// A freed seat is held for the leader, who has not answered (har tilbud om plass).
    HoldsOffer,
    /// The leader has a seat (har plass).
    HoldsSeat,
    /// The leader has a seat and has not said whether she or he comes (ikke svart om samlingen).
    NoRsvp,
    /// The leader has a seat and has not said no to this gathering (har ikke svart nei til samlingen).
    NotDeclined,
    /// Something that follows this gathering is to be tried out, and has not been told of as done (øvingsoppgaver ikke gjort).
    PracticeUndone,
    /// The leader has no place in a cohort of the programme (uten plass).
    NotEnrolledYet,
    /// Attendance is not recorded for everyone (oppmøte mangler).
    AttendanceMissing,
    /// The nomination is still a draft (ikke sendt inn).
    StillDraft,
    /// The nomination was handed in and the endorser has not answered (venter på tilslutning).
    AwaitsEndorsement,
}

/// What becomes of a reminder that falls on a day when nobody is at work.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "ClosedDay", name = "OnClosedDay")]
pub enum OnClosedDayLabel {
    /// It comes on the last working day before (dagen før).
    Before,
    /// It comes on the next working day (dagen etter).
    After,
    /// It comes on that day nevertheless (samme dag).
    Same,
}

/// Where a planned reminder stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "TimerState", name = "ReminderState")]
pub enum ReminderStateLabel {
    /// It waits for its moment (planlagt).
    Pending,
    /// Its mail was queued (utløst).
    Fired,
    /// Its moment came and the condition did not hold (ikke aktuell).
    Skipped,
    /// What it was about changed before its moment (tatt bort).
    Cancelled,
    /// Its latest time had passed when the service came to it (for sent).
    Missed,
}
