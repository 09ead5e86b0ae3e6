//! The names of the letters, as policies, rows and template folders write them.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A name that no letter bears.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no letter called '{0}'")]
pub struct UnknownLetterKind(
    /// The name that was asked for.
    pub String,
);

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal,)*) => {
        /// Which letter: the fieldless twin of [`super::Letter`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum LetterKind {
            $($(#[$doc])* $kind,)*
        }

        impl LetterKind {
            /// Every letter, in the order of a leader's way through a cohort.
            pub const ALL: &[LetterKind] = &[$(LetterKind::$kind,)*];

            /// The name in policies, rows and template folders.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(LetterKind::$kind => $name,)*
                }
            }
        }
    };
}

kinds! {
    /// A seat is offered to a leader.
    Invitation = "invitation",
    /// The invitation waits for an answer.
    InvitationReminder = "invitation_reminder",
    /// A place in the waiting line.
    WaitingListConfirmed = "waiting_list_confirmed",
    /// A freed seat is held.
    SeatOffered = "seat_offered",
    /// The held seat waits for an answer.
    SeatOfferReminder = "seat_offer_reminder",
    /// The time to answer the invitation passed.
    InvitationLapsed = "invitation_lapsed",
    /// The hold time passed.
    OfferLapsed = "offer_lapsed",
    /// The cohort is over and no seat became free.
    WaitingListClosed = "waiting_list_closed",
    /// The leader has a seat.
    EnrolmentConfirmed = "enrolment_confirmed",
    /// A gathering for the calendar.
    GatheringInvitation = "gathering_invitation",
    /// A gathering moved in time or place.
    GatheringMoved = "gathering_moved",
    /// A gathering is cancelled.
    GatheringCancelled = "gathering_cancelled",
    /// The leader left the cohort: its days leave the calendar.
    GatheringLeft = "gathering_left",
    /// A withdrawal is confirmed.
    EnrolmentWithdrawn = "enrolment_withdrawn",
    /// A coordinator moved the leader to another cohort of the programme.
    EnrolmentMoved = "enrolment_moved",
    /// A cohort is cancelled.
    CohortCancelled = "cohort_cancelled",
    /// A gathering comes closer.
    GatheringReminder = "gathering_reminder",
    /// When and where, shortly before.
    GatheringPractical = "gathering_practical",
    /// The course is completed.
    CohortCompleted = "cohort_completed",
    /// The course is not completed.
    CohortNotCompleted = "cohort_not_completed",
    /// A survey is to be answered.
    SurveyRequest = "survey_request",
    /// The survey waits for an answer.
    SurveyReminder = "survey_reminder",
    /// A leader is asked to take part with the whole leader group.
    GroupInvitation = "group_invitation",
    /// That invitation waits for an answer.
    GroupInvitationReminder = "group_invitation_reminder",
    /// How does it stand with what the leader group agreed on?
    FollowUpRequest = "follow_up_request",
    /// That question waits for an answer.
    FollowUpReminder = "follow_up_reminder",
    /// What to try out after a gathering.
    PracticeTasks = "practice_tasks",
    /// What was to be tried out has not been told of as done.
    PracticeReminder = "practice_reminder",
    /// The experienced leader who supports one.
    SupporterNamed = "supporter_named",
    /// To a leader: whom to support.
    SupporterTask = "supporter_task",
    /// Welcome in the leading role.
    WelcomeNewLeader = "welcome_new_leader",
    /// A leader of yours starts.
    LineManagerNotice = "line_manager_notice",
    /// What the line manager was told of a leader's days does not hold any more.
    LineManagerUpdate = "line_manager_update",
    /// A nomination is still a draft and the round closes.
    NominationDraftReminder = "nomination_draft_reminder",
    /// To the line manager: a nomination to endorse.
    EndorsementRequest = "endorsement_request",
    /// The endorsement is still wanted.
    EndorsementReminder = "endorsement_reminder",
    /// The nominee is offered a place.
    NominationPlaced = "nomination_placed",
    /// The nominee stands in reserve.
    NominationReserve = "nomination_reserve",
    /// The nominee gets no place.
    NominationNotPlaced = "nomination_not_placed",
    /// To a leader: the year's check-in begins.
    CheckInOpened = "check_in_opened",
    /// To a line manager: with whom to hold check-ins.
    CheckInsToHold = "check_ins_to_hold",
    /// Something is wanted at check-ins.
    CheckInReminder = "check_in_reminder",
    /// Both have given their view: it is time to meet.
    CheckInShared = "check_in_shared",
    /// The meeting of the two for the calendar, new or moved.
    CheckInMeeting = "check_in_meeting",
    /// It does not take place, or not with the reader.
    CheckInMeetingOff = "check_in_meeting_off",
    /// Both have signed.
    CheckInSigned = "check_in_signed",
    /// Actions that were agreed on at a check-in are due, or past their date.
    CheckInActionsDue = "check_in_actions_due",
    /// To a line manager: whose leaders are late.
    CheckInsLate = "check_ins_late",
    /// To coordinators: how many are late, and where.
    CoordinatorCheckInsLate = "coordinator_check_ins_late",
    /// To a leader: a competence plan to fill in.
    CompetencePlanOpened = "competence_plan_opened",
    /// To a line manager: a competence plan to agree on.
    CompetencePlanToAgree = "competence_plan_to_agree",
    /// To a leader: the plan is agreed on, with the path.
    CompetencePlanAgreed = "competence_plan_agreed",
    /// A competence plan waits for the reader.
    CompetencePlanReminder = "competence_plan_reminder",
    /// To a leader: deadlines of the plan draw near.
    CompetencePlanDue = "competence_plan_due",
    /// To a leader: a new version asks something anew.
    CompetencePlanRenewed = "competence_plan_renewed",
    /// New leaders after an import.
    CoordinatorNewLeaders = "coordinator_new_leaders",
    /// Attendance is not recorded.
    CoordinatorAttendanceMissing = "coordinator_attendance_missing",
    /// To coordinators: who has not told how what was agreed on stands.
    CoordinatorFollowUpOverdue = "coordinator_follow_up_overdue",
    /// To coordinators: what happened in a cohort.
    CoordinatorNews = "coordinator_news",
    /// What could wait.
    DailyDigest = "daily_digest",
}

impl LetterKind {
    /// Whether everyone concerned gets it, whatever they unsubscribed from. The rest carries a one-click
    /// unsubscribe (RFC 8058): reminders of what has been told once, and notices that ask for nothing.
    pub const fn is_mandatory(self) -> bool {
        !matches!(
            self,
            LetterKind::InvitationReminder
                | LetterKind::GroupInvitationReminder
                | LetterKind::FollowUpReminder
                | LetterKind::CoordinatorFollowUpOverdue
                | LetterKind::NominationDraftReminder
                | LetterKind::GatheringReminder
                | LetterKind::SurveyRequest
                | LetterKind::SurveyReminder
                | LetterKind::PracticeReminder
                | LetterKind::CheckInReminder
                | LetterKind::CheckInActionsDue
                | LetterKind::CheckInsLate
                | LetterKind::CoordinatorCheckInsLate
                | LetterKind::CompetencePlanReminder
                | LetterKind::CompetencePlanDue
                | LetterKind::WelcomeNewLeader
                | LetterKind::LineManagerNotice
                | LetterKind::LineManagerUpdate
                | LetterKind::CoordinatorNewLeaders
                | LetterKind::CoordinatorAttendanceMissing
                | LetterKind::CoordinatorNews
                | LetterKind::DailyDigest
        )
    }
}

impl fmt::Display for LetterKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for LetterKind {
    type Err = UnknownLetterKind;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .copied()
            .find(|kind| kind.as_str() == name)
            .ok_or_else(|| UnknownLetterKind(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_has_one_name_everywhere() {
        for kind in LetterKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(*kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
        assert_eq!("nothing".parse::<LetterKind>(), Err(UnknownLetterKind("nothing".into())));
    }
}
