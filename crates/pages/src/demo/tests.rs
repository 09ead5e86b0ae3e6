//! The demo's pages over a real folder of mail and a clock that only counts.

use std::sync::Mutex;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use chrono::{DateTime, Utc};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::*;

struct Counting(Mutex<DateTime<Utc>>);

#[async_trait::async_trait]
impl DemoClock for Counting {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }

    async fn next_due(&self) -> Option<DateTime<Utc>> {
        Some(self.now() + chrono::TimeDelta::days(9))
    }

    async fn move_to(&self, to: DateTime<Utc>) -> Result<Moved, NotMoved> {
        let mut now = self.0.lock().unwrap();
        if to < *now {
            return Err(NotMoved::Backwards(*now));
        }
        *now = to;
        Ok(Moved { now: to, timers_fired: 2, mails_sent: 3 })
    }
}

fn demo(mails: &[(&str, &str)]) -> (Router, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    for (name, subject) in mails {
        let mail = format!(
            "Date: Tue, 12 Jan 2027 09:00:00 +0100\r\nTo: kari@fjordheim.example\r\nSubject: {subject}\r\n\
             X-Varde-Letter: seat_offered\r\n\
             MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n\
             --x\r\nContent-Type: text/plain\r\n\r\nSvar: http://127.0.0.1:8080/answer/abc\r\n\
             --x\r\nContent-Type: text/html\r\n\r\n<html><head></head><body><a href=\"http://a/\">ja</a></body></html>\r\n\
             --x--\r\n"
        );
        std::fs::write(folder.path().join(format!("{name}.eml")), mail).unwrap();
    }
    let sign_in = SignIn {
        role: "coordinator".into(),
        organisation: "Fjordheim".into(),
        email: "kari@fjordheim.example".into(),
        password: "kaffe & klokke".into(),
    };
    let demo = Demo {
        mailbox: Arc::new(Folder::new(folder.path().to_owned())),
        clock: Arc::new(Counting(Mutex::new("2027-01-05T08:00:00Z".parse().unwrap()))),
        sign_ins: [sign_in].into(),
        addresses: [Address { name: "GraphiQL".into(), url: "http://127.0.0.1:8080/graphiql".into() }].into(),
        zone: Tz::Europe__Oslo,
        public_url: "http://127.0.0.1:8080".into(),
    };
    (router(demo), folder)
}

struct Answer {
    status: StatusCode,
    location: Option<String>,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

async fn send(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.unwrap();
    let location = response.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
    let status = response.status();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    Answer { status, location, body: String::from_utf8(body.to_vec()).unwrap() }
}

async fn get(router: &Router, path: &str, accept: &str) -> Answer {
    send(router, Request::get(path).header(header::ACCEPT, accept).body(Body::empty()).unwrap()).await
}

async fn post(router: &Router, kind: &str, body: String) -> Answer {
    let request = Request::post("/demo/clock").header(header::CONTENT_TYPE, kind);
    send(router, request.body(Body::from(body)).unwrap()).await
}

const MAILS: [(&str, &str); 2] =
    [("20270105T080000000Z-a", "Eldst"), ("20270112T080000000Z-b", "<b>Nyest</b>")];

#[tokio::test]
async fn the_mailbox_shows_the_newest_first_to_people_and_programs() {
    let (router, _folder) = demo(&MAILS);
    let list = get(&router, "/demo/mail", "application/json").await.json();
    assert_eq!(list[0]["id"], "20270112T080000000Z-b");
    assert_eq!(list[0]["to"], json!(["kari@fjordheim.example"]));
    assert_eq!(list[1]["subject"], "Eldst");
    assert_eq!(list[1]["date"], "2027-01-12T08:00:00Z");
    assert_eq!(list[1]["links"], json!(["http://127.0.0.1:8080/answer/abc"]));

    let page = get(&router, "/demo/mail", "text/html,application/json;q=0.5").await;
    let newest = page.body.find("&#60;b&#62;Nyest").unwrap();
    assert!(newest < page.body.find("Eldst").unwrap(), "{}", page.body);
    assert!(page.body.contains("(tilbud om ledig plass)") && !page.body.contains("seat_offered"));
    assert_eq!(list[0]["kind"], "seat_offered", "programs know it by its key");
    assert!(page.body.contains("2 e-poster er sendt.") && !page.body.contains("Unknown localization"));
}

#[tokio::test]
async fn a_mail_shows_its_parts_and_its_html_in_a_frame_without_scripts() {
    let (router, _folder) = demo(&MAILS);
    let page = get(&router, "/demo/mail/20270105T080000000Z-a?lang=en", "text/html").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("<br>offer of a seat"), "{}", page.body);
    assert!(page.body.contains("Links in the mail") && page.body.contains("sandbox=\"allow-popups"));
    let frame = Request::get("/demo/mail/20270105T080000000Z-a/html").body(Body::empty()).unwrap();
    let frame = router.clone().oneshot(frame).await.unwrap();
    let policy = frame.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains("sandbox") && !policy.contains("allow-scripts"), "{policy}");
    let json = get(&router, "/demo/mail/20270105T080000000Z-a", "application/json").await.json();
    assert_eq!(json["links"][0], "http://127.0.0.1:8080/answer/abc");
    let source = Request::get("/demo/mail/20270105T080000000Z-a/source").body(Body::empty()).unwrap();
    let source = router.clone().oneshot(source).await.unwrap();
    assert_eq!(source.headers()[header::CONTENT_TYPE], "message/rfc822");
    let bytes = source.into_body().collect().await.unwrap().to_bytes();
    assert!(bytes.starts_with(b"Date: Tue, 12 Jan 2027"), "as it was sent");
    for id in ["nothing", "..%2Fsecret", "a.b"] {
        assert_eq!(
            get(&router, &format!("/demo/mail/{id}"), "*/*").await.status,
            StatusCode::NOT_FOUND,
            "{id}"
        );
    }
}

#[tokio::test]
async fn a_program_moves_the_clock_and_is_told_what_came_of_it() {
    let (router, _folder) = demo(&[]);
    let moved =
        post(&router, "application/json", json!({ "to": "2027-01-06T09:00:00+01:00" }).to_string()).await;
    assert_eq!(moved.json(), json!({ "now": "2027-01-06T08:00:00Z", "timersFired": 2, "mailsSent": 3 }));
    let back = post(&router, "application/json", json!({ "to": "2027-01-01T00:00:00Z" }).to_string()).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(back.json()["error"]["code"], "BACKWARDS");
    let nonsense = post(&router, "application/json", "{}".into()).await;
    assert_eq!(nonsense.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_form_moves_the_clock_by_local_days_and_leads_back() {
    let (router, _folder) = demo(&[]);
    let form = "application/x-www-form-urlencoded";
    let moved = post(&router, form, "by=week".into()).await;
    assert_eq!(moved.status, StatusCode::SEE_OTHER);
    let page = get(&router, &moved.location.unwrap(), "text/html").await;
    assert!(page.body.contains("Hendelser: 2. Sendte e-poster: 3."), "{}", page.body);
    assert!(page.body.contains("tirsdag 12. januar 2027 kl. 09.00 (norsk tid)"), "{}", page.body);
    assert!(page.body.contains("kaffe &#38; klokke") && !page.body.contains("Unknown localization"));
    let back = post(&router, form, "date=2027-01-01&time=12:00".into()).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.body.contains("Klokken går bare framover."), "{}", back.body);
    assert_eq!(post(&router, form, "date=x".into()).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let foreign = Request::post("/demo/clock").header("sec-fetch-site", "cross-site");
    let foreign = foreign.header(header::CONTENT_TYPE, form).body(Body::from("by=day")).unwrap();
    assert_eq!(send(&router, foreign).await.status, StatusCode::FORBIDDEN);
}
