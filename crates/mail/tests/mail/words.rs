use std::fmt::Write;

use chrono::TimeDelta;
use varde_mail::{Rendered, check_templates, render, sample_head, samples};
use varde_model::{
    Locale,
    letter::{
        CoordinatorAttendanceMissing, CoordinatorNewLeaders, CoordinatorNews, DailyDigest, EnrolmentMoved,
        Head, Letter, LetterKind, MovedTo,
    },
};

use crate::{sample, sender};

fn rendered(letter: &Letter, head: &Head) -> Rendered {
    render(letter, head, &sender()).unwrap()
}

#[test]
fn every_letter_renders_in_every_language() {
    assert_eq!(check_templates(), Ok(()));
}

#[test]
fn the_words_of_every_letter() {
    for kind in LetterKind::ALL {
        let mut pages = String::new();
        for locale in Locale::ALL {
            let letter = samples(locale).into_iter().find(|l| l.kind() == *kind).unwrap();
            let mut head = sample_head(locale);
            if !kind.is_mandatory() {
                head.unsubscribe_url = Some("https://varde.fjordheim.example/avmelding/55".into());
            }
            let words = rendered(&letter, &head);
            let html = words.html.split_once("<body>").unwrap().1;
            write!(pages, "== {locale}: {}\n\n{}\n-- html\n{html}\n", words.subject, words.text).unwrap();
        }
        insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(kind.as_str(), pages);
        });
    }
}

#[test]
fn whoever_is_moved_reads_how_she_stands_in_the_new_cohort() {
    let reply_by = "2027-01-05T11:00:00Z".parse().unwrap();
    for locale in Locale::ALL {
        let letter = samples(locale).into_iter().find(|l| l.kind() == LetterKind::EnrolmentMoved).unwrap();
        let Letter::EnrolmentMoved(seat) = letter else { panic!("{letter:?}") };
        let mut texts = Vec::new();
        for standing in [MovedTo::Seat, MovedTo::Line { position: 3 }, MovedTo::Invited { reply_by }] {
            let letter = Letter::EnrolmentMoved(EnrolmentMoved { standing, ..seat.clone() });
            let words = rendered(&letter, &sample_head(locale));
            for text in [&words.text, &words.html] {
                assert!(
                    text.contains(&seat.former_title) && text.contains(seat.url.as_ref().unwrap()),
                    "{text}"
                );
            }
            texts.push(words.text);
        }
        assert!(
            texts[1].contains(" 3 ") && (texts[2].contains("12.00") || texts[2].contains("12:00")),
            "{texts:#?}"
        );
    }
}

/// Where no client is served, a coordinator reads what to do, and no address leads nowhere.
#[test]
fn a_coordinator_without_the_bundled_client_reads_what_to_do() {
    for locale in Locale::ALL {
        let without = |letter: Letter| match letter {
            Letter::CoordinatorNewLeaders(l) => {
                Some(Letter::CoordinatorNewLeaders(CoordinatorNewLeaders { url: None, ..l }))
            }
            Letter::CoordinatorAttendanceMissing(l) => {
                Some(Letter::CoordinatorAttendanceMissing(CoordinatorAttendanceMissing { url: None, ..l }))
            }
            Letter::CoordinatorNews(l) => Some(Letter::CoordinatorNews(CoordinatorNews { url: None, ..l })),
            _ => None,
        };
        let letters: Vec<Letter> = samples(locale).into_iter().filter_map(without).collect();
        assert_eq!(letters.len(), 3);
        let daily = Letter::DailyDigest(DailyDigest { items: letters.clone() });
        for (letter, times) in letters.into_iter().map(|letter| (letter, 1)).chain([(daily, 3)]) {
            let words = rendered(&letter, &sample_head(locale));
            for page in [&words.text, &words.html] {
                let told = page.matches("GraphQL").count();
                assert!(told == times && !page.contains("graphiql"), "{locale} {page}");
            }
        }
    }
}

#[test]
fn when_and_where_stand_in_the_first_lines_of_everything_about_a_gathering() {
    for locale in Locale::ALL {
        for letter in samples(locale) {
            let (Letter::GatheringInvitation(_)
            | Letter::GatheringMoved(_)
            | Letter::GatheringCancelled(_)
            | Letter::GatheringLeft(_)
            | Letter::GatheringReminder(_)
            | Letter::GatheringPractical(_)) = letter
            else {
                continue;
            };
            let text = rendered(&letter, &sample_head(locale)).text;
            let first: Vec<&str> = text.lines().take(5).collect();
            let first = first.join("\n");
            for fact in ["12", "2027", "Åsgata 1", "Fjorden", "nor"] {
                assert!(first.to_lowercase().contains(&fact.to_lowercase()), "{fact} in {first}");
            }
        }
    }
}

#[test]
fn what_is_past_is_told_as_past() {
    let (letter, head) = sample(LetterKind::GatheringReminder);
    let before = rendered(&letter, &head).text;
    assert!(before.contains("Det nærmer seg"), "{before}");
    let Letter::GatheringReminder(facts) = &letter else { unreachable!() };
    let late = Head { now: facts.gathering.starts_at + TimeDelta::minutes(1), ..head };
    let after = rendered(&letter, &late).text;
    assert!(after.contains("begynte tirsdag 12. januar 2027 kl. 09.00"), "{after}");
    assert!(!after.contains("Kommer du?"), "{after}");
}

#[test]
fn the_mail_says_where_an_answer_goes() {
    let (letter, head) = sample(LetterKind::Invitation);
    assert!(rendered(&letter, &head).text.contains("går svaret til Ingrid Lie"));
    let silent = Head { reply_to: None, ..head };
    assert!(rendered(&letter, &silent).text.contains("blir ikke lest"));
}

#[test]
fn a_page_is_read_by_everyone() {
    for locale in Locale::ALL {
        for letter in samples(locale) {
            let html = rendered(&letter, &sample_head(locale)).html;
            assert!(html.contains(&format!("<html lang=\"{locale}\">")));
            assert_eq!(html.matches("<h1>").count(), 1);
            assert!(!html.contains("<img"));
            assert!(html.contains("width=device-width"));
        }
    }
}

/// Relative luminance after WCAG 2.1.
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let share = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if share <= 0.03928 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

#[test]
fn the_colours_stand_out_from_each_other() {
    let pairs = [
        ("#1b2622", "#ffffff"),
        ("#1b2622", "#e8f1ee"),
        ("#0b5d4b", "#ffffff"),
        ("#0b5d4b", "#e8f1ee"),
        ("#0b5d4b", "#f1f4f3"),
        ("#4a5a54", "#f1f4f3"),
    ];
    let (letter, head) = sample(LetterKind::GatheringReminder);
    let html = rendered(&letter, &head).html;
    for (ink, paper) in pairs {
        assert!(html.contains(ink) && html.contains(paper), "{ink} on {paper} is not in use");
        let contrast = (luminance(paper) + 0.05) / (luminance(ink) + 0.05);
        assert!(contrast >= 4.5, "{ink} on {paper}: {contrast:.2}");
    }
}
