//! The letters of Varde: one variant a mail, with the plain facts it tells.
//!
//! `app` builds a letter from the database at the moment of sending, so that a mail always tells what holds
//! then; `mail` turns it into words. Because the enum is exhaustive, a letter without a template does not build.

mod check_ins;
mod competence_plans;
mod coordinators;
mod facts;
mod groups;
mod kind;
mod mobilisation;
mod nominations;
mod reach;
mod surveys;

pub use check_ins::*;
pub use competence_plans::*;
pub use coordinators::*;
pub use facts::*;
pub use groups::*;
pub use kind::{LetterKind, UnknownLetterKind};
pub use mobilisation::*;
pub use nominations::*;
pub use reach::Unreached;
pub use surveys::{SurveyRequest, SurveyTopic};

use serde::Serialize;

/// Everything Varde writes to people. Facts serialise for the templates alone; nothing stores a letter.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Letter {
    /// A seat is offered to a leader, with an answer wanted by a date.
    Invitation(Invitation),
    /// The invitation has not been answered and its deadline draws near.
    InvitationReminder(Invitation),
    /// The cohort is full: the leader's place in line, and the rule of the line.
    WaitingListConfirmed(WaitingListConfirmed),
    /// A seat became free and is held for the leader.
    SeatOffered(SeatOffered),
    /// The held seat has not been answered and the hold time draws to its end.
    SeatOfferReminder(SeatOffered),
    /// The invitation was not answered in time; how to take part all the same, or later.
    InvitationLapsed(InvitationLapsed),
    /// The hold time passed without an answer and the seat went on.
    OfferLapsed(OfferLapsed),
    /// The cohort closed while the leader was in line: no seat became free.
    WaitingListClosed(WaitingListClosed),
    /// The leader has a seat: every gathering of the cohort.
    EnrolmentConfirmed(EnrolmentConfirmed),
    /// One gathering for the calendar (iCalendar REQUEST).
    GatheringInvitation(GatheringInvitation),
    /// A gathering got another time, place or room (iCalendar REQUEST with a higher sequence).
    GatheringMoved(GatheringMoved),
    /// A gathering will not take place (iCalendar CANCEL).
    GatheringCancelled(GatheringCancelled),
    /// The leader left the cohort: one of its days leaves the calendar (iCalendar CANCEL).
    GatheringLeft(GatheringLeft),
    /// The leader withdrew and the seat is free again.
    EnrolmentWithdrawn(EnrolmentWithdrawn),
    /// A coordinator moved the leader to another cohort: what holds there.
    EnrolmentMoved(EnrolmentMoved),
    /// The whole cohort will not take place.
    CohortCancelled(CohortCancelled),
    /// A gathering comes closer; is the leader coming?
    GatheringReminder(GatheringReminder),
    /// Shortly before a gathering: when, where, which link.
    GatheringPractical(GatheringReminder),
    /// The leader completed the course.
    CohortCompleted(CohortCompleted),
    /// The cohort ended and the leader has not completed it: what is missing.
    CohortNotCompleted(CohortNotCompleted),
    /// Those who took part are asked what it was worth.
    SurveyRequest(SurveyRequest),
    /// The survey has not been answered and is still open.
    SurveyReminder(SurveyRequest),
    /// A leader is asked to take part with the whole leader group.
    GroupInvitation(GroupInvitation),
    /// That invitation has not been answered and its deadline draws near.
    GroupInvitationReminder(GroupInvitation),
    /// How does it stand with what the leader group agreed on?
    FollowUpRequest(FollowUpAsked),
    /// That has not been answered for a week.
    FollowUpReminder(FollowUpAsked),
    /// What to try out after a gathering.
    PracticeTasks(PracticeTasks),
    /// Something that was to be tried out has not been told of as done.
    PracticeReminder(PracticeTasks),
    /// To whoever takes part: the experienced leader who supports her or him.
    SupporterNamed(Supported),
    /// To that leader: whom to support.
    SupporterTask(Supported),
    /// Welcome in the leading role, counted from the appointment.
    WelcomeNewLeader(WelcomeNewLeader),
    /// To the line manager: a leader of yours starts a programme.
    LineManagerNotice(LineManagerNotice),
    /// To the line manager who was told of a leader's days: what holds now.
    LineManagerUpdate(LineManagerUpdate),
    /// A nomination is still a draft and its round closes.
    NominationDraftReminder(NominationDraftReminder),
    /// To the line manager: a leader of yours is nominated; do you endorse it?
    EndorsementRequest(EndorsementRequest),
    /// The endorsement is still wanted and its deadline draws near.
    EndorsementReminder(EndorsementRequest),
    /// The outcome of a nomination: a place, with an answer wanted by a date.
    NominationPlaced(NominationPlaced),
    /// The outcome of a nomination: a number in reserve.
    NominationReserve(NominationReserve),
    /// The outcome of a nomination: no place, and why.
    NominationNotPlaced(NominationNotPlaced),
    /// To a leader: the year's check-in begins.
    CheckInOpened(CheckInFacts),
    /// To a line manager: with whom to hold check-ins.
    CheckInsToHold(CheckInsToDo),
    /// Something is wanted at check-ins.
    CheckInReminder(CheckInsToDo),
    /// Both have given their view: it is time to meet.
    CheckInShared(CheckInFacts),
    /// The meeting of the two for the calendar, new or moved.
    CheckInMeeting(CheckInMeeting),
    /// It does not take place, or not with the reader.
    CheckInMeetingOff(CheckInMeetingOff),
    /// Both have signed.
    CheckInSigned(CheckInSigned),
    /// [`LetterKind::CheckInActionsDue`]
    CheckInActionsDue(CheckInActionsDue),
    /// To a line manager: whose leaders are late.
    CheckInsLate(CheckInsLate),
    /// To the coordinators: how many are late, and where.
    CoordinatorCheckInsLate(CoordinatorCheckInsLate),
    /// To a leader: a competence plan to fill in.
    CompetencePlanOpened(CompetencePlanFacts),
    /// To a line manager: a competence plan to agree on.
    CompetencePlanToAgree(CompetencePlanFacts),
    /// To a leader: the plan is agreed on, with the path.
    CompetencePlanAgreed(CompetencePlanFacts),
    /// A competence plan waits for the reader.
    CompetencePlanReminder(CompetencePlanFacts),
    /// To a leader: deadlines of the plan draw near.
    CompetencePlanDue(CompetencePlanFacts),
    /// To a leader: a new version asks something anew.
    CompetencePlanRenewed(CompetencePlanFacts),
    /// To the coordinators after an import: the leaders who are new.
    CoordinatorNewLeaders(CoordinatorNewLeaders),
    /// To the coordinators: the cohort is over and attendance is not recorded for all.
    CoordinatorAttendanceMissing(CoordinatorAttendanceMissing),
    /// To the coordinators: who has not told how what was agreed on stands.
    CoordinatorFollowUpOverdue(CoordinatorFollowUpOverdue),
    /// To the coordinators: what happened in the cohort on a day.
    CoordinatorNews(CoordinatorNews),
    /// What could wait, gathered into one mail a day.
    DailyDigest(DailyDigest),
}

impl Letter {
    /// Which letter this is: the name of its templates.
    pub const fn kind(&self) -> LetterKind {
        match self {
            Letter::Invitation(_) => LetterKind::Invitation,
            Letter::InvitationReminder(_) => LetterKind::InvitationReminder,
            Letter::WaitingListConfirmed(_) => LetterKind::WaitingListConfirmed,
            Letter::SeatOffered(_) => LetterKind::SeatOffered,
            Letter::SeatOfferReminder(_) => LetterKind::SeatOfferReminder,
            Letter::InvitationLapsed(_) => LetterKind::InvitationLapsed,
            Letter::OfferLapsed(_) => LetterKind::OfferLapsed,
            Letter::WaitingListClosed(_) => LetterKind::WaitingListClosed,
            Letter::EnrolmentConfirmed(_) => LetterKind::EnrolmentConfirmed,
            Letter::GatheringInvitation(_) => LetterKind::GatheringInvitation,
            Letter::GatheringMoved(_) => LetterKind::GatheringMoved,
            Letter::GatheringCancelled(_) => LetterKind::GatheringCancelled,
            Letter::GatheringLeft(_) => LetterKind::GatheringLeft,
            Letter::EnrolmentWithdrawn(_) => LetterKind::EnrolmentWithdrawn,
            Letter::EnrolmentMoved(_) => LetterKind::EnrolmentMoved,
            Letter::CohortCancelled(_) => LetterKind::CohortCancelled,
            Letter::GatheringReminder(_) => LetterKind::GatheringReminder,
            Letter::GatheringPractical(_) => LetterKind::GatheringPractical,
            Letter::CohortCompleted(_) => LetterKind::CohortCompleted,
            Letter::CohortNotCompleted(_) => LetterKind::CohortNotCompleted,
            Letter::SurveyRequest(_) => LetterKind::SurveyRequest,
            Letter::SurveyReminder(_) => LetterKind::SurveyReminder,
            Letter::GroupInvitation(_) => LetterKind::GroupInvitation,
            Letter::GroupInvitationReminder(_) => LetterKind::GroupInvitationReminder,
            Letter::FollowUpRequest(_) => LetterKind::FollowUpRequest,
            Letter::FollowUpReminder(_) => LetterKind::FollowUpReminder,
            Letter::CoordinatorFollowUpOverdue(_) => LetterKind::CoordinatorFollowUpOverdue,
            Letter::PracticeTasks(_) => LetterKind::PracticeTasks,
            Letter::PracticeReminder(_) => LetterKind::PracticeReminder,
            Letter::SupporterNamed(_) => LetterKind::SupporterNamed,
            Letter::SupporterTask(_) => LetterKind::SupporterTask,
            Letter::WelcomeNewLeader(_) => LetterKind::WelcomeNewLeader,
            Letter::LineManagerNotice(_) => LetterKind::LineManagerNotice,
            Letter::LineManagerUpdate(_) => LetterKind::LineManagerUpdate,
            Letter::NominationDraftReminder(_) => LetterKind::NominationDraftReminder,
            Letter::EndorsementRequest(_) => LetterKind::EndorsementRequest,
            Letter::EndorsementReminder(_) => LetterKind::EndorsementReminder,
            Letter::NominationPlaced(_) => LetterKind::NominationPlaced,
            Letter::NominationReserve(_) => LetterKind::NominationReserve,
            Letter::NominationNotPlaced(_) => LetterKind::NominationNotPlaced,
            Letter::CheckInOpened(_) => LetterKind::CheckInOpened,
            Letter::CheckInsToHold(_) => LetterKind::CheckInsToHold,
            Letter::CheckInReminder(_) => LetterKind::CheckInReminder,
            Letter::CheckInShared(_) => LetterKind::CheckInShared,
            Letter::CheckInMeeting(_) => LetterKind::CheckInMeeting,
            Letter::CheckInMeetingOff(_) => LetterKind::CheckInMeetingOff,
            Letter::CheckInSigned(_) => LetterKind::CheckInSigned,
            Letter::CheckInActionsDue(_) => LetterKind::CheckInActionsDue,
            Letter::CheckInsLate(_) => LetterKind::CheckInsLate,
            Letter::CoordinatorCheckInsLate(_) => LetterKind::CoordinatorCheckInsLate,
            Letter::CompetencePlanOpened(_) => LetterKind::CompetencePlanOpened,
            Letter::CompetencePlanToAgree(_) => LetterKind::CompetencePlanToAgree,
            Letter::CompetencePlanAgreed(_) => LetterKind::CompetencePlanAgreed,
            Letter::CompetencePlanReminder(_) => LetterKind::CompetencePlanReminder,
            Letter::CompetencePlanDue(_) => LetterKind::CompetencePlanDue,
            Letter::CompetencePlanRenewed(_) => LetterKind::CompetencePlanRenewed,
            Letter::CoordinatorNewLeaders(_) => LetterKind::CoordinatorNewLeaders,
            Letter::CoordinatorAttendanceMissing(_) => LetterKind::CoordinatorAttendanceMissing,
            Letter::CoordinatorNews(_) => LetterKind::CoordinatorNews,
            Letter::DailyDigest(_) => LetterKind::DailyDigest,
        }
    }
}
