//! Every page in every language, from samples.

use chrono::TimeDelta;
use serde::de::DeserializeOwned;
use serde_json::json;
use varde_app::{
    Code, Refusal,
    links::{Course, MovedTo, PlaceQuestion},
};
use varde_model::{
    Locale,
    catalogue::Texts,
    cohort::{Cohort, CohortState},
    enrolment::{Enrolment, EnrolmentState},
    gathering::Block,
    letter::Contact,
    organisation::Organisation,
};

use super::*;
use crate::{frame::Frame, visitor::Visitor};

fn id<T: DeserializeOwned>(number: u32) -> T {
    serde_json::from_value(json!(format!("01930000-0000-7000-8000-{number:012}"))).unwrap()
}

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn now() -> DateTime<Utc> {
    moment("2027-01-05T12:00:00Z")
}

fn course() -> Course {
    let three = |nb: &str, nn: &str, en: &str| json!({ "nb": nb, "nn": nn, "en": en });
    let programme = json!({
        "key": "onboarding", "version": 1, "family": "training",
        "title": three("Introduksjonsprogram for nye ledere", "Introduksjonsprogram for nye leiarar", "Onboarding"),
        "summary": three("Seks dager.", "Seks dagar.", "Six days."),
        "audience": { "levels": [], "newly_appointed_within_months": 12 },
        "seats": { "capacity": 24, "answer_days": 10, "hold_hours": 48, "cutoff_hours": 72 },
        "completion": { "attend_at_least": 5, "partly_counts": "half", "excused_at_most": 1 },
        "gathering": [],
    });
    let contact = Contact { name: "Kari <b>Å</b>".into(), email: "kari@fjordheim.example".into() };
    Course { programme: serde_json::from_value(programme).unwrap(), contacts: vec![contact] }
}

fn cohort() -> Cohort {
    Cohort {
        id: id(1),
        programme: id(2),
        programme_version: id(3),
        code: "NYL-2027-V".into(),
        title: "Våren 2027".into(),
        state: CohortState::Published,
        capacity: 24,
        place: Some("Kurssenteret".into()),
        link: None,
        answer_days: 10,
        hold_hours: 48,
        cutoff_hours: 72,
        cancel_reason: None,
        version: 1,
        coordinators: Vec::new(),
    }
}

fn gathering() -> Gathering {
    let hour = |text: &str| text.parse().unwrap();
    Gathering {
        id: id(4),
        cohort: id(1),
        position: 1,
        title: Texts::same("Lederrollen & <verdiene>"),
        date: "2027-01-12".parse().unwrap(),
        starts: hour("09:00:00"),
        ends: hour("15:30:00"),
        zone: chrono_tz::Europe::Oslo,
        starts_at: moment("2027-01-12T08:00:00Z"),
        ends_at: moment("2027-01-12T14:30:00Z"),
        place: None,
        room: Some("Store auditorium".into()),
        link: Some("https://video.example/1?a=b&c".into()),
        cancelled: false,
        sequence: 0,
        version: 1,
        blocks: vec![Block {
            starts: hour("09:00:00"),
            ends: hour("10:00:00"),
            title: Texts::same("Velkommen"),
            speakers: vec![Texts::same("Direktøren")],
            theme: None,
            domains: Vec::new(),
        }],
        former: Vec::new(),
        cancel_reason: None,
        group: None,
    }
}

fn place(state: EnrolmentState) -> PlaceQuestion {
    let waits = state == EnrolmentState::Waiting;
    let enrolment = Enrolment {
        id: id(5),
        cohort: id(1),
        person: id(6),
        state,
        queue_number: waits.then_some(3),
        answer_by: Some(now() + TimeDelta::days(3)),
        since: now(),
        reason: None,
        overridden: false,
        moved_from: None,
        group: None,
        version: 1,
    };
    let place_in_line = waits.then_some(3);
    PlaceQuestion {
        cohort: cohort(),
        course: course(),
        enrolment,
        gatherings: vec![gathering()],
        place_in_line,
        moved_to: None,
    }
}

fn asked(standing: LinkStanding, question: Question) -> Asked {
    let organisation = Organisation {
        id: id(7),
        key: "fjordheim".into(),
        name: "Fjordheim sykehus HF".into(),
        zone: chrono_tz::Europe::Oslo,
        locale: Locale::Nb,
        sender_address: None,
        reply_to: None,
        sending: true,
        version: 1,
    };
    Asked { standing, organisation, name: "Ola Nordmann".into(), locale: Locale::Nb, question }
}

/// The place that a coordinator moved to another cohort.
fn moved(url: Option<&str>) -> MovedTo {
    let mut there = place(EnrolmentState::Enrolled);
    there.cohort.title = "Høsten 2027".into();
    MovedTo { place: there, url: url.map(str::to_owned) }
}

fn moved_away(url: Option<&str>) -> PlaceQuestion {
    PlaceQuestion { moved_to: Some(Box::new(moved(url))), ..place(EnrolmentState::Withdrawn) }
}

fn meeting(coming: Option<bool>) -> Question {
    Question::Gathering {
        cohort: Box::new(cohort()),
        course: Box::new(course()),
        gathering: Box::new(gathering()),
        coming,
        stands: true,
        moved_to: None,
    }
}

fn meeting_left_for(other: MovedTo) -> Question {
    let mut question = meeting(None);
    if let Question::Gathering { stands, moved_to, .. } = &mut question {
        *stands = false;
        *moved_to = Some(Box::new(other));
    }
    question
}

const STANDINGS: [LinkStanding; 4] =
    [LinkStanding::Open, LinkStanding::Used, LinkStanding::Revoked, LinkStanding::Expired];

fn every_page() -> Vec<Asked> {
    let mut pages = Vec::new();
    for standing in STANDINGS {
        for state in EnrolmentState::ALL {
            pages.push(asked(standing, Question::Place(place(state))));
            pages.push(asked(standing, Question::Manage(place(state))));
        }
        for coming in [None, Some(true), Some(false)] {
            pages.push(asked(standing, meeting(coming)));
        }
        for url in [None, Some("https://varde.example/answer/new")] {
            pages.push(asked(standing, Question::Place(moved_away(url))));
            pages.push(asked(standing, Question::Manage(moved_away(url))));
            pages.push(asked(standing, meeting_left_for(moved(url))));
        }
        for muted in [true, false] {
            pages.push(asked(standing, Question::Unsubscribe { muted }));
        }
    }
    pages
}

fn rendered(screen: &Screen, locale: Locale) -> String {
    let visitor = Visitor::of("/answer/abc");
    let frame = Frame::new(&visitor, Some(locale), Some("Fjordheim sykehus HF".into()));
    let response = screen.response(&frame);
    assert_eq!(response.status(), screen.status);
    let body = http_body_util::BodyExt::collect(response.into_body());
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    String::from_utf8(runtime.block_on(body).unwrap().to_bytes().to_vec()).unwrap()
}

/// What a reader without sight needs, as far as the text of a page shows it.
fn check(page: &str, locale: Locale) {
    let count = |part: &str| page.matches(part).count();
    assert!(page.contains(&format!("<html lang=\"{locale}\">")), "{page}");
    for (part, times) in
        [("<h1>", 1), ("<main ", 1), ("<header>", 1), ("<footer>", 1), ("<nav aria-label", 1)]
    {
        assert_eq!(count(part), times, "{part} in\n{page}");
    }
    for tag in
        ["form", "details", "button", "ul", "ol", "li", "p", "div", "main", "h2", "h3", "label", "textarea"]
    {
        let opened = count(&format!("<{tag}>")) + count(&format!("<{tag} "));
        assert_eq!(opened, count(&format!("</{tag}>")), "<{tag}> in\n{page}");
    }
    let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    for id in &ids {
        assert_eq!(ids.iter().filter(|other| *other == id).count(), 1, "{id} in\n{page}");
    }
    for field in page.split(['<']).filter(|tag| tag.starts_with("textarea ") || tag.starts_with("input ")) {
        if !field.contains("type=\"hidden\"") {
            let id = field.split(" id=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
            assert_eq!(count(&format!("<label for=\"{id}\">")), 1, "{field} in\n{page}");
        }
    }
    for reference in page.split("aria-describedby=\"").skip(1) {
        for id in reference.split('"').next().unwrap().split(' ') {
            assert!(ids.contains(&id), "{id} in\n{page}");
        }
    }
    let without_assets = page.replace("/pages/", "");
    for unwanted in ["<script", " style=", "Unknown localization", "{ $", "{$", "pages-", "<b>", "<verdiene>"]
    {
        assert!(!without_assets.contains(unwanted), "{unwanted} in\n{page}");
    }
}

#[test]
fn every_page_in_every_language_has_one_heading_landmarks_labels_and_no_markup_of_others() {
    for asked in every_page() {
        for locale in Locale::ALL {
            let screen = screen(Words(locale), &asked, now());
            check(&rendered(&screen, locale), locale);
        }
    }
}

#[test]
fn only_an_open_link_has_a_form_and_only_a_dead_one_is_gone() {
    for asked in every_page() {
        let screen = screen(Words(Locale::Nb), &asked, now());
        let open = asked.standing == LinkStanding::Open;
        assert!(open || screen.form.is_none(), "{asked:?}");
        if matches!(asked.standing, LinkStanding::Revoked | LinkStanding::Expired) {
            assert_eq!(screen.status, StatusCode::GONE, "{asked:?}");
        }
        if screen.form.is_some() {
            assert_eq!(screen.status, StatusCode::OK);
        }
    }
}

#[test]
fn an_answer_that_was_not_taken_is_told_with_what_happened() {
    let why = |standing, place: PlaceQuestion, code| {
        why_not_taken(&asked(standing, Question::Place(place)), &Refusal::new(code).into())
    };
    let mut called_off = place(EnrolmentState::Invited);
    called_off.cohort.state = CohortState::Cancelled;
    let cases = [
        (LinkStanding::Used, place(EnrolmentState::Enrolled), Code::LinkUsed, "answered"),
        (LinkStanding::Revoked, place(EnrolmentState::Withdrawn), Code::LinkRevoked, "withdrawn"),
        (LinkStanding::Revoked, place(EnrolmentState::Offered), Code::LinkRevoked, "replaced"),
        (LinkStanding::Revoked, called_off, Code::LinkRevoked, "over"),
        (LinkStanding::Expired, place(EnrolmentState::Invited), Code::LinkExpired, "late"),
    ];
    for (standing, place, code, expected) in cases {
        assert_eq!(why(standing, place, code), format!("pages-not-taken-{expected}"));
    }
}

#[test]
fn the_invitation_says_what_is_asked_in_each_language() {
    let asked = asked(LinkStanding::Open, Question::Place(place(EnrolmentState::Invited)));
    let said = |locale| {
        let page = rendered(&screen(Words(locale), &asked, now()), locale);
        assert!(page.contains("Store auditorium") && page.contains("Kurssenteret"), "{page}");
        assert!(page.contains("<form method=\"post\" action=\"/answer/abc\""), "{page}");
        page
    };
    let bokmaal = said(Locale::Nb);
    assert!(bokmaal.contains("Invitasjon til «Introduksjonsprogram for nye ledere»"));
    assert!(bokmaal.contains("Gi oss svar innen fredag 8. januar 2027 kl. 13.00 (norsk tid)."), "{bokmaal}");
    assert!(bokmaal.contains("tirsdag 12. januar 2027 kl. 09.00–15.30 (norsk tid)"), "{bokmaal}");
    assert!(said(Locale::Nn).contains("Gi oss svar innan fredag 8. januar 2027 kl. 13.00 (norsk tid)."));
    assert!(said(Locale::En).contains("Please answer by Friday 8 January 2027 at 13:00 (Norwegian time)."));
}

#[test]
fn the_place_in_line_is_told_with_the_rule_of_the_line() {
    let asked = asked(LinkStanding::Used, Question::Place(place(EnrolmentState::Waiting)));
    let page = rendered(&screen(Words(Locale::Nb), &asked, now()), Locale::Nb);
    assert!(page.contains("Du er nummer 3 på ventelisten."), "{page}");
    assert!(page.contains("får den som står først, tilbud om den"), "{page}");
}

#[test]
fn an_old_link_leads_on_to_the_cohort_that_one_was_moved_to() {
    let onward = "<a class=\"action\" href=\"https://varde.example/answer/new\"";
    let old =
        asked(LinkStanding::Used, Question::Place(moved_away(Some("https://varde.example/answer/new"))));
    let page = rendered(&screen(Words(Locale::Nb), &old, now()), Locale::Nb);
    for part in
        ["Du er flyttet til et annet kull", "Du er flyttet til «Høsten 2027».", onward, "12. januar 2027"]
    {
        assert!(page.contains(part), "{page}");
    }
    assert!(!page.contains("meldt av"), "{page}");
    let day = asked(LinkStanding::Open, meeting_left_for(moved(Some("https://varde.example/answer/new"))));
    let page = rendered(&screen(Words(Locale::Nn), &day, now()), Locale::Nn);
    assert!(page.contains("Du er flytta til eit anna kull") && page.contains(onward), "{page}");
}

#[test]
fn an_answer_stands_first_and_can_be_changed_until_the_gathering_begins() {
    let asked = asked(LinkStanding::Open, meeting(Some(false)));
    let before = rendered(&screen(Words(Locale::Nb), &asked, now()), Locale::Nb);
    assert!(before.contains("Du har svart at du ikke kommer.") && before.contains("Jeg kommer</button>"));
    let during = screen(Words(Locale::Nb), &asked, moment("2027-01-12T08:00:00Z"));
    assert!(during.form.is_none());
    assert_eq!(during.standing.as_deref(), Some("Samlingen har begynt. Svaret kan ikke endres her lenger."));
    let after = screen(Words(Locale::Nb), &asked, moment("2027-01-12T14:30:00Z"));
    assert_eq!(after.standing.as_deref(), Some("Samlingen er holdt."));
}

#[test]
fn an_invitation_whose_time_is_over_asks_nothing_and_names_the_coordinator() {
    let asked = asked(LinkStanding::Open, Question::Place(place(EnrolmentState::Invited)));
    let screen = screen(Words(Locale::Nb), &asked, now() + TimeDelta::days(3));
    assert!(screen.form.is_none());
    assert_eq!((screen.status, screen.contacts.len()), (StatusCode::GONE, 1));
}

/// A form of fields: what is wrong stands beside its field, and what was typed stays.
#[test]
fn a_form_of_fields_names_each_describes_its_faults_and_keeps_what_was_typed() {
    use crate::screen::{Choice, Field, FieldKind};
    let choice = |value: &str| Choice { value: value.into(), label: format!("<{value}>"), chosen: false };
    let field = |name: &str, kind| Field {
        name: name.into(),
        label: format!("Om {name}"),
        hint: (name == "why").then(|| "Kort".to_owned()),
        error: (name == "why").then(|| "Mangler".to_owned()),
        optional: name == "figure",
        kind,
    };
    let mut answer = field("answer", FieldKind::Choice(vec![choice("yes"), choice("no")]));
    answer.fill("no");
    let mut figure = field("figure", FieldKind::Line { value: String::new(), longest: 40 });
    figure.fill("\"12\" > 3");
    let why = field("why", FieldKind::Text { value: "Fordi & så".into(), longest: 500 });
    let button = Button { act: Button::SEND, label: "Send".into(), plain: false };
    let screen = Screen {
        title: "Skjema".into(),
        form: Some(Form::Fields { fields: vec![answer, figure, why], button }),
        ..Screen::default()
    };
    let page = rendered(&screen, Locale::Nb);
    let form = page.split_once("<form").and_then(|(_, rest)| rest.split_once("</form>"));
    insta::assert_snapshot!(form.unwrap().0);
}
