use mail_parser::MessageParser;
use varde_mail::{compose, render};
use varde_model::letter::{Contact, Head, Letter, LetterKind};

use crate::{sample, sender};

fn names() -> Vec<String> {
    vec![
        "Kari\r\nBcc: alle@fjordheim.example\r\n\r\nHei".into(),
        "\"Kari\" <direktor@fjordheim.example>".into(),
        "<script>alert(1)</script><a href='https://ond.example'>klikk</a>".into(),
        "\u{202e}ardnaS\u{202c} \u{200b}\u{2066}Nord\u{2069}".into(),
        "Kari\u{0}\u{7}\u{1b}[31m\u{85}\u{2028}Nordmann".into(),
        "Å".repeat(300),
        "{{ 7 * 7 }}{% include 'layout.txt' %}".into(),
        "Kari; CN=Ola: mailto,\\n\"".into(),
        String::new(),
    ]
}

#[test]
fn a_hostile_name_harms_neither_header_nor_words() {
    for name in names() {
        for kind in LetterKind::ALL {
            let (letter, head) = sample(*kind);
            let reply_to = Some(Contact { name: name.clone(), email: "ingrid.lie@fjordheim.example".into() });
            let head =
                Head { recipient_name: name.clone(), organisation_name: name.clone(), reply_to, ..head };
            let message = compose(&letter, &head, &sender()).unwrap().formatted();
            let parsed = MessageParser::default().parse(&message).unwrap();
            assert!(parsed.bcc().is_none(), "{name:?}");
            let to = parsed.to().unwrap();
            assert_eq!(to.iter().count(), 1, "{name:?}");
            assert_eq!(to.first().unwrap().address(), Some("ase.nordbo@fjordheim.example"));
            let shown = to.first().unwrap().name().unwrap_or_default();
            assert!(shown.chars().count() <= 100);
            assert!(!shown.contains(['\r', '\n', '"', '<', '\u{202e}', '\u{200b}', '\u{0}']), "{shown:?}");
            let html = parsed.body_html(0).unwrap();
            assert!(!html.contains("<script") && !html.contains("ond.example'>"), "{html}");
            assert!(!html.contains("49"), "a name is no template");
            assert!(!html.contains('\u{202e}') && !parsed.body_text(0).unwrap().contains('\u{202e}'));
        }
    }
}

#[test]
fn a_link_that_is_not_of_the_web_is_not_made_clickable() {
    let (letter, head) = sample(LetterKind::GatheringReminder);
    let Letter::GatheringReminder(mut facts) = letter else { unreachable!() };
    facts.gathering.link = Some("javascript:alert(1)".into());
    facts.gathering.title = "<b>\u{202e}Samling</b>\r\nX-Injected: ja".into();
    let words = render(&Letter::GatheringReminder(facts), &head, &sender()).unwrap();
    assert!(!words.html.contains("href=\"javascript"));
    assert!(!words.html.contains("<b>"));
    assert!(!words.subject.contains(['\r', '\n', '\u{202e}']));
}
