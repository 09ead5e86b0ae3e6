//! One letter of each kind from the fictional trust Fjordheim: what checks, snapshots and previews render.

mod bare;
mod check_ins;
mod competence_plans;
mod groups;
mod mobilisation;
mod nominations;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use uuid::Uuid;
use varde_model::{
    Locale,
    catalogue::PartlyCounts,
    ids::PersonId,
    letter::*,
    unproposed::{NotProposed, Unproposed},
};

pub(crate) use bare::bare_samples;

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap_or_default()
}

fn time(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default()
}

/// The head that goes with [`samples`]: a reader at Fjordheim, three weeks before the first gathering.
pub fn sample_head(locale: Locale) -> Head {
    Head {
        outbox_id: Uuid::from_u128(0x0193_5a00_0000_7000_8000_0000_0000_0001).into(),
        organisation_name: "Fjordheim sykehus HF".into(),
        sender_email: Some("lederprogram@fjordheim.example".into()),
        recipient_name: "Åse Nordbø".into(),
        recipient_email: "ase.nordbo@fjordheim.example".into(),
        locale,
        zone: Tz::Europe__Oslo,
        now: instant("2026-12-21T07:00:00Z"),
        reply_to: Some(contact()),
        unsubscribe_url: None,
    }
}

fn contact() -> Contact {
    Contact { name: "Ingrid Lie".into(), email: "ingrid.lie@fjordheim.example".into() }
}

fn word(locale: Locale, nb: &str, nn: &str, en: &str) -> String {
    match locale {
        Locale::Nb => nb.into(),
        Locale::Nn => nn.into(),
        Locale::En => en.into(),
    }
}

fn first_gathering(locale: Locale) -> GatheringFacts {
    GatheringFacts {
        id: Uuid::from_u128(0x0193_5a00_0000_7000_8000_0000_0000_0002).into(),
        title: word(locale, "Ny som leder", "Ny som leiar", "New as a leader"),
        starts_at: instant("2027-01-12T08:00:00Z"),
        ends_at: instant("2027-01-12T14:30:00Z"),
        place: Some("Åsgata 1".into()),
        room: Some("Fjorden".into()),
        link: None,
        sequence: 0,
        blocks: vec![
            BlockFacts {
                starts: time(9, 0),
                ends: time(11, 30),
                title: word(locale, "Mål og drift", "Mål og drift", "Goals and daily operation"),
                speakers: vec!["Jenny Holm".into(), "Kristin Strøm".into()],
            },
            BlockFacts {
                starts: time(12, 15),
                ends: time(15, 30),
                title: word(locale, "Økonomi og budsjett", "Økonomi og budsjett", "Finance and budget"),
                speakers: vec![],
            },
        ],
    }
}

fn second_gathering(locale: Locale) -> GatheringFacts {
    GatheringFacts {
        id: Uuid::from_u128(0x0193_5a00_0000_7000_8000_0000_0000_0003).into(),
        title: word(locale, "Arbeidsmiljø og nærvær", "Arbeidsmiljø og nærvær", "Working environment"),
        starts_at: instant("2027-04-06T07:00:00Z"),
        ends_at: instant("2027-04-06T13:30:00Z"),
        place: None,
        room: None,
        link: Some("https://mote.fjordheim.example/onb".into()),
        sequence: 0,
        blocks: vec![],
    }
}

fn programme(locale: Locale) -> String {
    word(locale, "Introduksjon for nye ledere", "Introduksjon for nye leiarar", "Onboarding for new leaders")
}

fn module(locale: Locale) -> String {
    word(locale, "Å stå i konflikter", "Å stå i konfliktar", "Conflict")
}

fn cohort(locale: Locale) -> CohortFacts {
    CohortFacts {
        programme_title: programme(locale),
        cohort_code: "ONB-2027-1".into(),
        cohort_title: word(locale, "vår 2027", "vår 2027", "spring 2027"),
        place: Some("Åsgata 1".into()),
        link: None,
        gatherings: vec![first_gathering(locale), second_gathering(locale)],
        coordinators: vec![contact()],
    }
}

fn url(path: &str) -> String {
    format!("https://varde.fjordheim.example/{path}")
}

fn person() -> PersonId {
    Uuid::from_u128(0x0193_5a00_0000_7000_8000_0000_0000_0004).into()
}

fn date(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, day).unwrap_or_default()
}

/// One letter of each kind with every fact given, in the order of [`LetterKind::ALL`].
pub fn samples(locale: Locale) -> Vec<Letter> {
    LetterKind::ALL.iter().map(|kind| sample(*kind, locale)).collect()
}

fn survey_request(cohort: CohortFacts, topic: SurveyTopic) -> SurveyRequest {
    SurveyRequest {
        cohort,
        topic,
        questions: 5,
        answer_url: url("svar/3f9c"),
        until: instant("2027-01-22T22:59:00Z"),
        shown_from: 5,
    }
}

fn sample(kind: LetterKind, locale: Locale) -> Letter {
    let cohort = cohort(locale);
    let gathering = first_gathering(locale);
    let answer_url = url("svar/3f9c");
    let reply_by = instant("2027-01-05T11:00:00Z");
    let held_until = instant("2026-12-23T11:00:00Z");
    let manage_url = Some(url("plass/71aa"));
    let rsvp_url = Some(url("samling/8d20"));
    let reason = Some(word(
        locale,
        "Foreleseren er blitt syk.\nVi kommer tilbake med ny dato.",
        "Førelesaren har blitt sjuk.\nVi kjem tilbake med ny dato.",
        "The speaker has fallen ill.\nWe will come back with a new date.",
    ));
    match kind {
        LetterKind::Invitation => Letter::Invitation(Invitation { cohort, answer_url, reply_by }),
        LetterKind::InvitationReminder => {
            Letter::InvitationReminder(Invitation { cohort, answer_url, reply_by })
        }
        LetterKind::WaitingListConfirmed => {
            Letter::WaitingListConfirmed(WaitingListConfirmed { cohort, position: 3, manage_url })
        }
        LetterKind::SeatOffered => Letter::SeatOffered(SeatOffered { cohort, answer_url, held_until }),
        LetterKind::SeatOfferReminder => {
            Letter::SeatOfferReminder(SeatOffered { cohort, answer_url, held_until })
        }
        LetterKind::InvitationLapsed => {
            Letter::InvitationLapsed(InvitationLapsed { cohort, reply_by: instant("2026-12-18T22:59:00Z") })
        }
        LetterKind::OfferLapsed => {
            Letter::OfferLapsed(OfferLapsed { cohort, held_until: instant("2026-12-18T11:00:00Z") })
        }
        LetterKind::WaitingListClosed => Letter::WaitingListClosed(WaitingListClosed { cohort }),
        LetterKind::EnrolmentConfirmed => {
            Letter::EnrolmentConfirmed(EnrolmentConfirmed { cohort, manage_url })
        }
        LetterKind::GatheringInvitation => {
            Letter::GatheringInvitation(GatheringInvitation { cohort, gathering, person: person(), rsvp_url })
        }
        LetterKind::GatheringMoved => {
            let former = FormerGathering {
                starts_at: gathering.starts_at - TimeDelta::days(1),
                ends_at: gathering.ends_at - TimeDelta::days(1),
                place: gathering.place.clone(),
                room: Some("Viken".into()),
                link: None,
            };
            let gathering = GatheringFacts { sequence: 1, ..gathering };
            Letter::GatheringMoved(GatheringMoved { cohort, gathering, former, person: person(), rsvp_url })
        }
        LetterKind::GatheringCancelled => {
            let gathering = GatheringFacts { sequence: 2, ..gathering };
            Letter::GatheringCancelled(GatheringCancelled { cohort, gathering, person: person(), reason })
        }
        LetterKind::GatheringLeft => {
            let gathering = GatheringFacts { sequence: 2, ..gathering };
            let moved_to = Some(word(locale, "høst 2027", "haust 2027", "autumn 2027"));
            Letter::GatheringLeft(GatheringLeft { cohort, gathering, person: person(), moved_to })
        }
        LetterKind::EnrolmentWithdrawn => Letter::EnrolmentWithdrawn(EnrolmentWithdrawn { cohort }),
        LetterKind::EnrolmentMoved => Letter::EnrolmentMoved(EnrolmentMoved {
            cohort,
            former_title: word(locale, "høst 2026", "haust 2026", "autumn 2026"),
            standing: MovedTo::Seat,
            url: manage_url,
        }),
        LetterKind::CohortCancelled => Letter::CohortCancelled(CohortCancelled { cohort, reason }),
        LetterKind::GatheringReminder => Letter::GatheringReminder(GatheringReminder {
            cohort,
            gathering,
            coming: None,
            question: true,
            rsvp_url,
        }),
        LetterKind::GatheringPractical => Letter::GatheringPractical(GatheringReminder {
            cohort,
            gathering,
            coming: Some(true),
            question: false,
            rsvp_url,
        }),
        LetterKind::CohortCompleted => Letter::CohortCompleted(CohortCompleted {
            cohort,
            attended: 2,
            certificate_url: Some("https://varde.fjordheim.example/certificate/eksempel".into()),
        }),
        LetterKind::CohortNotCompleted => {
            let missed = vec![second_gathering(locale)];
            Letter::CohortNotCompleted(CohortNotCompleted {
                cohort,
                attended: "1½".into(),
                partly_counts: Some(PartlyCounts::Half),
                required: 2,
                missed,
                missed_modules: vec![module(locale)],
            })
        }
        LetterKind::SurveyRequest => {
            let topic = SurveyTopic::Gathering { gathering };
            Letter::SurveyRequest(survey_request(cohort, topic))
        }
        LetterKind::SurveyReminder => Letter::SurveyReminder(survey_request(cohort, SurveyTopic::Cohort)),
        LetterKind::GroupInvitation => Letter::GroupInvitation(groups::invitation(locale)),
        LetterKind::GroupInvitationReminder => Letter::GroupInvitationReminder(groups::invitation(locale)),
        LetterKind::FollowUpRequest => Letter::FollowUpRequest(groups::asked(locale)),
        LetterKind::FollowUpReminder => Letter::FollowUpReminder(groups::asked(locale)),
        LetterKind::CoordinatorFollowUpOverdue => Letter::CoordinatorFollowUpOverdue(groups::overdue(locale)),
        LetterKind::PracticeTasks => Letter::PracticeTasks(mobilisation::tasks(locale, cohort)),
        LetterKind::PracticeReminder => Letter::PracticeReminder(mobilisation::tasks(locale, cohort)),
        LetterKind::SupporterNamed => Letter::SupporterNamed(mobilisation::supported(cohort)),
        LetterKind::SupporterTask => Letter::SupporterTask(mobilisation::supported(cohort)),
        LetterKind::WelcomeNewLeader => Letter::WelcomeNewLeader(WelcomeNewLeader {
            unit_name: "Kirurgisk sengepost 2".into(),
            appointed_from: date(1),
            programme_title: programme(locale),
            next_cohort: Some(cohort),
            coordinators: vec![contact()],
        }),
        LetterKind::LineManagerNotice => {
            Letter::LineManagerNotice(LineManagerNotice { leader_name: "Ola Berg".into(), cohort })
        }
        LetterKind::LineManagerUpdate => Letter::LineManagerUpdate(LineManagerUpdate {
            leader_name: "Ola Berg".into(),
            cohort,
            news: LeaderNews::Moved {
                former_title: word(locale, "høst 2026", "haust 2026", "autumn 2026"),
                seat: true,
            },
        }),
        LetterKind::NominationDraftReminder
        | LetterKind::EndorsementRequest
        | LetterKind::EndorsementReminder
        | LetterKind::NominationPlaced
        | LetterKind::NominationReserve
        | LetterKind::NominationNotPlaced => nominations::sample(kind, locale, cohort),
        LetterKind::CheckInOpened
        | LetterKind::CheckInsToHold
        | LetterKind::CheckInReminder
        | LetterKind::CheckInActionsDue
        | LetterKind::CheckInShared
        | LetterKind::CheckInMeeting
        | LetterKind::CheckInMeetingOff
        | LetterKind::CheckInSigned
        | LetterKind::CheckInsLate
        | LetterKind::CoordinatorCheckInsLate => check_ins::sample(kind),
        LetterKind::CompetencePlanOpened
        | LetterKind::CompetencePlanToAgree
        | LetterKind::CompetencePlanAgreed
        | LetterKind::CompetencePlanReminder
        | LetterKind::CompetencePlanDue
        | LetterKind::CompetencePlanRenewed => competence_plans::sample(kind, locale),
        LetterKind::CoordinatorNewLeaders => Letter::CoordinatorNewLeaders(CoordinatorNewLeaders {
            total: 3,
            leaders: vec![
                NewLeader { name: "Ola Berg".into(), unit_name: "Akuttmottaket".into(), from: date(1) },
                NewLeader { name: "Mina Vik".into(), unit_name: "Fødeavdelingen".into(), from: date(15) },
            ],
            proposed: vec![ProposedFor {
                title: "Våren 2027".into(), code: "NYL-2027-V".into(), leaders: 2
            }],
            not_proposed: vec![NotProposed { why: Unproposed::NoRoom, leaders: 1 }],
            url: Some(url("graphiql#see-the-roster")),
        }),
        LetterKind::CoordinatorAttendanceMissing => {
            Letter::CoordinatorAttendanceMissing(CoordinatorAttendanceMissing {
                cohort,
                gatherings: vec![MissingAttendance { gathering, missing: 4 }],
                url: Some(url("graphiql#record-attendance-for-all")),
            })
        }
        LetterKind::CoordinatorNews => {
            let of = |name: &str, reason: Option<&str>| NewsItem {
                name: name.into(),
                reason: reason.map(str::to_owned),
            };
            Letter::CoordinatorNews(CoordinatorNews {
                cohort,
                accepted: vec![of("Ola Berg", None), of("Mina Vik", None)],
                in_line: vec![of("Siri Dahl", None)],
                declined: vec![of("Per Lie", Some("Ferie"))],
                lapsed: vec![of("Anne Moe", None)],
                withdrawn: vec![of("Kim Aas", None)],
                proposed: vec![of("Liv Eng", None)],
                url: Some(url("graphiql#see-the-roster")),
            })
        }
        LetterKind::DailyDigest => Letter::DailyDigest(DailyDigest {
            items: [
                LetterKind::LineManagerNotice,
                LetterKind::CoordinatorNewLeaders,
                LetterKind::InvitationReminder,
            ]
            .into_iter()
            .map(|kind| sample(kind, locale))
            .collect(),
        }),
    }
}
