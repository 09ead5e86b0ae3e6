//! Examples of the letters about the yearly check-in.

use chrono::NaiveDate;
use varde_model::letter::*;

use super::{instant, url};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, month, day).unwrap_or_default()
}

fn facts(to_leader: bool) -> CheckInFacts {
    CheckInFacts {
        cycle: "2027".into(),
        leader_name: "Ola Berg".into(),
        manager_name: Some("Mina Vik".into()),
        due_on: day(3, 31),
        closes_on: day(4, 30),
        late: false,
        requirements: 9,
        to_leader,
        page_url: url("samtale/4f11"),
    }
}

fn to_do(late: bool, own: bool) -> CheckInsToDo {
    let one = |leader: Option<&str>, wanted, page: &str| CheckInToDo {
        leader_name: leader.map(str::to_owned),
        wanted,
        page_url: url(page),
    };
    let mut to_do = vec![
        one(Some("Ola Berg"), CheckInWanted::View, "samtale/4f11"),
        one(Some("Siri Dahl"), CheckInWanted::Signature, "samtale/88ab"),
    ];
    if own {
        to_do.insert(0, one(None, CheckInWanted::Meeting, "samtale/17c0"));
    }
    CheckInsToDo { cycle: "2027".into(), due_on: day(3, 31), closes_on: day(4, 30), late, to_do }
}

/// One of the letters about check-ins.
pub(super) fn sample(kind: LetterKind) -> Letter {
    match kind {
        LetterKind::CheckInOpened => Letter::CheckInOpened(facts(true)),
        LetterKind::CheckInsToHold => Letter::CheckInsToHold(to_do(false, false)),
        LetterKind::CheckInShared => Letter::CheckInShared(facts(false)),
        LetterKind::CheckInSigned => Letter::CheckInSigned(CheckInSigned {
            check_in: facts(true),
            signed_at: instant("2027-03-12T09:40:00Z"),
        }),
        LetterKind::CheckInActionsDue => Letter::CheckInActionsDue(CheckInActionsDue {
            cycle: "2027".into(),
            agreed_with: Some("Mina Vik".into()),
            actions: vec![
                ActionDue { leads_to: None, due_on: day(9, 1), past: true },
                ActionDue {
                    leads_to: Some("Lederutvikling for nye ledere".into()),
                    due_on: day(9, 14),
                    past: false,
                },
            ],
            past: true,
            page_url: url("samtale/4f11"),
        }),
        LetterKind::CheckInsLate => Letter::CheckInsLate(CheckInsLate {
            cycle: "2027".into(),
            due_on: day(3, 31),
            leaders: vec!["Ola Berg".into(), "Siri Dahl".into()],
        }),
        LetterKind::CoordinatorCheckInsLate => Letter::CoordinatorCheckInsLate(CoordinatorCheckInsLate {
            cycle: "2027".into(),
            due_on: day(3, 31),
            late: 14,
            of: 120,
            units: vec![
                LateUnit { name: "Kirurgisk klinikk".into(), late: 9, of: 34 },
                LateUnit { name: "Medisinsk klinikk".into(), late: 5, of: 41 },
            ],
            url: Some(url("graphiql")),
        }),
        _ => Letter::CheckInReminder(to_do(true, true)),
    }
}

/// The same with as few facts as may be.
pub(super) fn bare(letter: Letter) -> Letter {
    match letter {
        Letter::CheckInOpened(l) => Letter::CheckInOpened(CheckInFacts { manager_name: None, ..l }),
        Letter::CheckInShared(l) => {
            Letter::CheckInShared(CheckInFacts { manager_name: None, to_leader: true, ..l })
        }
        Letter::CheckInSigned(l) => {
            let check_in = CheckInFacts { to_leader: false, ..l.check_in };
            Letter::CheckInSigned(CheckInSigned { check_in, ..l })
        }
        Letter::CheckInActionsDue(l) => {
            let actions = vec![ActionDue { leads_to: None, due_on: day(9, 14), past: false }];
            Letter::CheckInActionsDue(CheckInActionsDue { agreed_with: None, actions, past: false, ..l })
        }
        Letter::CheckInReminder(_) => Letter::CheckInReminder(to_do(false, false)),
        Letter::CheckInsToHold(l) => {
            let to_do = l.to_do.into_iter().take(1).collect();
            Letter::CheckInsToHold(CheckInsToDo { to_do, ..l })
        }
        Letter::CheckInsLate(l) => {
            let leaders = l.leaders.into_iter().take(1).collect();
            Letter::CheckInsLate(CheckInsLate { leaders, ..l })
        }
        Letter::CoordinatorCheckInsLate(l) => {
            Letter::CoordinatorCheckInsLate(CoordinatorCheckInsLate { units: vec![], url: None, ..l })
        }
        other => other,
    }
}
