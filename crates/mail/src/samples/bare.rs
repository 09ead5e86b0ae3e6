//! Letters with as few facts as may be: no gathering, place, link, contact or page. For the checks.

use varde_model::{Locale, letter::*};

use super::samples;

/// Every letter once.
pub(crate) fn bare_samples(locale: Locale) -> Vec<Letter> {
    samples(locale).into_iter().map(bare).collect()
}

fn bare(letter: Letter) -> Letter {
    let gathering =
        |g: GatheringFacts| GatheringFacts { place: None, room: None, link: None, blocks: vec![], ..g };
    match letter {
        Letter::Invitation(l) => Letter::Invitation(Invitation { cohort: cohort(l.cohort), ..l }),
        Letter::InvitationReminder(l) => {
            Letter::InvitationReminder(Invitation { cohort: cohort(l.cohort), ..l })
        }
        Letter::WaitingListConfirmed(l) => Letter::WaitingListConfirmed(WaitingListConfirmed {
            cohort: cohort(l.cohort),
            manage_url: None,
            ..l
        }),
        Letter::SeatOffered(l) => Letter::SeatOffered(SeatOffered { cohort: cohort(l.cohort), ..l }),
        Letter::SeatOfferReminder(l) => {
            Letter::SeatOfferReminder(SeatOffered { cohort: cohort(l.cohort), ..l })
        }
        Letter::InvitationLapsed(l) => {
            Letter::InvitationLapsed(InvitationLapsed { cohort: cohort(l.cohort), ..l })
        }
        Letter::OfferLapsed(l) => Letter::OfferLapsed(OfferLapsed { cohort: cohort(l.cohort), ..l }),
        Letter::WaitingListClosed(l) => {
            Letter::WaitingListClosed(WaitingListClosed { cohort: cohort(l.cohort) })
        }
        Letter::EnrolmentConfirmed(l) => {
            Letter::EnrolmentConfirmed(EnrolmentConfirmed { cohort: cohort(l.cohort), manage_url: None })
        }
        Letter::GatheringInvitation(l) => Letter::GatheringInvitation(GatheringInvitation {
            cohort: cohort(l.cohort),
            gathering: gathering(l.gathering),
            rsvp_url: None,
            ..l
        }),
        Letter::GatheringMoved(l) => Letter::GatheringMoved(GatheringMoved {
            cohort: cohort(l.cohort),
            gathering: gathering(l.gathering),
            former: FormerGathering { place: None, room: None, link: None, ..l.former },
            rsvp_url: None,
            ..l
        }),
        Letter::GatheringCancelled(l) => Letter::GatheringCancelled(GatheringCancelled {
            cohort: cohort(l.cohort),
            gathering: gathering(l.gathering),
            reason: None,
            ..l
        }),
        Letter::GatheringLeft(l) => Letter::GatheringLeft(GatheringLeft {
            cohort: cohort(l.cohort),
            gathering: gathering(l.gathering),
            moved_to: None,
            ..l
        }),
        Letter::EnrolmentWithdrawn(l) => {
            Letter::EnrolmentWithdrawn(EnrolmentWithdrawn { cohort: cohort(l.cohort) })
        }
        Letter::EnrolmentMoved(l) => {
            Letter::EnrolmentMoved(EnrolmentMoved { cohort: cohort(l.cohort), url: None, ..l })
        }
        Letter::CohortCancelled(l) => {
            Letter::CohortCancelled(CohortCancelled { cohort: cohort(l.cohort), reason: None })
        }
        Letter::GatheringReminder(l) => Letter::GatheringReminder(GatheringReminder {
            cohort: cohort(l.cohort),
            gathering: gathering(l.gathering),
            rsvp_url: None,
            ..l
        }),
        Letter::GatheringPractical(l) => Letter::GatheringPractical(GatheringReminder {
            cohort: cohort(l.cohort),
            gathering: gathering(l.gathering),
            rsvp_url: None,
            ..l
        }),
        Letter::CohortCompleted(l) => {
            Letter::CohortCompleted(CohortCompleted { cohort: cohort(l.cohort), certificate_url: None, ..l })
        }
        Letter::CohortNotCompleted(l) => Letter::CohortNotCompleted(CohortNotCompleted {
            cohort: cohort(l.cohort),
            missed: vec![],
            missed_modules: vec![],
            ..l
        }),
        Letter::SurveyRequest(l) => {
            Letter::SurveyRequest(SurveyRequest { cohort: cohort(l.cohort), topic: SurveyTopic::Cohort, ..l })
        }
        Letter::SurveyReminder(l) => Letter::SurveyReminder(SurveyRequest { cohort: cohort(l.cohort), ..l }),
        Letter::GroupInvitation(l) => Letter::GroupInvitation(bare_group(l)),
        Letter::GroupInvitationReminder(l) => Letter::GroupInvitationReminder(bare_group(l)),
        Letter::FollowUpRequest(l) => Letter::FollowUpRequest(bare_measures(l)),
        Letter::FollowUpReminder(l) => Letter::FollowUpReminder(bare_measures(l)),
        Letter::CoordinatorFollowUpOverdue(l) => {
            let measures = l.measures.into_iter().map(|one| OverdueMeasure { asked_name: None, ..one });
            Letter::CoordinatorFollowUpOverdue(CoordinatorFollowUpOverdue {
                cohort: cohort(l.cohort),
                measures: measures.collect(),
                url: None,
                ..l
            })
        }
        Letter::PracticeTasks(l) => {
            Letter::PracticeTasks(PracticeTasks { cohort: cohort(l.cohort), url: None, ..l })
        }
        Letter::PracticeReminder(l) => {
            Letter::PracticeReminder(PracticeTasks { cohort: cohort(l.cohort), url: None, ..l })
        }
        Letter::SupporterNamed(l) => Letter::SupporterNamed(Supported { cohort: cohort(l.cohort), ..l }),
        Letter::SupporterTask(l) => Letter::SupporterTask(Supported { cohort: cohort(l.cohort), ..l }),
        Letter::WelcomeNewLeader(l) => {
            Letter::WelcomeNewLeader(WelcomeNewLeader { next_cohort: None, coordinators: vec![], ..l })
        }
        Letter::LineManagerNotice(l) => {
            Letter::LineManagerNotice(LineManagerNotice { cohort: cohort(l.cohort), ..l })
        }
        Letter::LineManagerUpdate(l) => {
            Letter::LineManagerUpdate(LineManagerUpdate { cohort: cohort(l.cohort), ..l })
        }
        letter @ (Letter::NominationDraftReminder(_)
        | Letter::EndorsementRequest(_)
        | Letter::EndorsementReminder(_)
        | Letter::NominationPlaced(_)
        | Letter::NominationReserve(_)
        | Letter::NominationNotPlaced(_)) => super::nominations::bare(letter, cohort),
        letter @ (Letter::CheckInOpened(_)
        | Letter::CheckInsToHold(_)
        | Letter::CheckInReminder(_)
        | Letter::CheckInActionsDue(_)
        | Letter::CheckInShared(_)
        | Letter::CheckInMeeting(_)
        | Letter::CheckInMeetingOff(_)
        | Letter::CheckInSigned(_)
        | Letter::CheckInsLate(_)
        | Letter::CoordinatorCheckInsLate(_)) => super::check_ins::bare(letter),
        letter @ (Letter::CompetencePlanOpened(_)
        | Letter::CompetencePlanToAgree(_)
        | Letter::CompetencePlanAgreed(_)
        | Letter::CompetencePlanReminder(_)
        | Letter::CompetencePlanDue(_)
        | Letter::CompetencePlanRenewed(_)) => super::competence_plans::bare(letter),
        Letter::CoordinatorNewLeaders(_) => Letter::CoordinatorNewLeaders(CoordinatorNewLeaders {
            total: 1,
            leaders: vec![],
            proposed: vec![],
            not_proposed: vec![],
            url: None,
        }),
        Letter::CoordinatorNews(l) => Letter::CoordinatorNews(CoordinatorNews {
            cohort: cohort(l.cohort),
            accepted: vec![],
            in_line: vec![],
            declined: vec![],
            lapsed: vec![],
            withdrawn: vec![],
            url: None,
            ..l
        }),
        Letter::CoordinatorAttendanceMissing(l) => {
            Letter::CoordinatorAttendanceMissing(CoordinatorAttendanceMissing {
                cohort: cohort(l.cohort),
                gatherings: vec![],
                url: None,
            })
        }
        Letter::DailyDigest(l) => {
            Letter::DailyDigest(DailyDigest { items: l.items.into_iter().map(bare).collect() })
        }
    }
}

fn cohort(c: CohortFacts) -> CohortFacts {
    CohortFacts { place: None, link: None, gatherings: vec![], coordinators: vec![], ..c }
}

fn bare_group(l: GroupInvitation) -> GroupInvitation {
    GroupInvitation {
        cohort: cohort(l.cohort),
        what_changes: None,
        who_is_touched: None,
        facilitator: None,
        ..l
    }
}

fn bare_measures(l: FollowUpAsked) -> FollowUpAsked {
    let measures = l.measures.into_iter().map(|one| MeasureFacts {
        indicator: None,
        baseline: None,
        target: None,
        due: None,
        owner_name: None,
        ..one
    });
    FollowUpAsked { measures: measures.collect(), ..l }
}
