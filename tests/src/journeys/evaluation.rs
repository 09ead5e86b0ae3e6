//! Evaluation: those who were at a gathering are asked what it was worth, and those who took part in a cohort.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::{
    harness::{Harness, Mail},
    http::Http,
};

use super::p01_onboarding::{answer, at, mailbox};
use crate::both::on_both;

on_both! {
    those_who_were_there_are_asked_and_five_answers_are_shown
    attendance_that_comes_late_is_followed_once_and_not_for_ever
}

/// A course of two days with seven leaders who have said yes.
struct Course {
    varde: Harness,
    cohort: Value,
    gatherings: [Value; 2],
    /// The places by their leaders' addresses, in that order: address, number and place.
    places: Vec<(String, String, Value)>,
}

impl Course {
    async fn begin(engine: Engine) -> Result<Self> {
        let varde = Harness::fjordheim(engine).await?;
        let hr = varde.coordinator().await?;
        let create = "mutation ($input: CreateCohortInput!) { createCohort(input: $input) {
            cohort { id gatherings { id } } errors { code message path } } }";
        let cohort = json!({ "input": { "programme": "onboarding", "code": "EV-1", "title": "Evalueringskullet",
            "capacity": 10, "place": "Åsgata 1", "gatherings": [{ "date": "2027-01-15" }, { "date": "2027-02-02" }] } });
        let cohort = varde.ask(&hr, create, cohort).await?["createCohort"]["cohort"].take();
        let leaders = "{ leaders(first: 7) { nodes { person { employeeNumber } } } }";
        let leaders = varde.ask(&hr, leaders, json!({})).await?["leaders"]["nodes"].take();
        let numbers: Vec<Value> = leaders
            .as_array()
            .context("nodes")?
            .iter()
            .map(|leader| leader["person"]["employeeNumber"].clone())
            .collect();
        let run = "mutation ($cohort: ID!, $numbers: [String!]!) {
            enrolLeaders(input: { cohortId: $cohort, employeeNumbers: $numbers, reason: \"avtalt\" }) { errors { code message } }
            publishCohort(input: { cohortId: $cohort }) { errors { code message } } }";
        varde.ask(&hr, run, json!({ "cohort": cohort["id"], "numbers": numbers })).await?;
        varde.run_due().await?;
        for invitation in varde.new_mails() {
            answer(&varde, &invitation, "accept").await?;
        }
        varde.run_due().await?;
        let places = "{ cohort(code: \"EV-1\") { enrolments(first: 100) { nodes {
            id person { email employeeNumber } } } } }";
        let places = varde.ask(&hr, places, json!({})).await?["cohort"]["enrolments"]["nodes"].take();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let mut places: Vec<_> = places
            .as_array()
            .context("nodes")?
            .iter()
            .map(|place| {
                let person = &place["person"];
                (text(&person["email"]), text(&person["employeeNumber"]), place["id"].clone())
            })
            .collect();
        places.sort_by(|one, other| one.0.cmp(&other.0));
        anyhow::ensure!(places.len() == 7, "{places:?}");
        let gatherings = [cohort["gatherings"][0]["id"].clone(), cohort["gatherings"][1]["id"].clone()];
        Ok(Self { varde, cohort: cohort["id"].clone(), gatherings, places })
    }

    /// Records who was away, and everybody else as present; gives the letters that follow.
    async fn attend(&self, day: usize, away: &[usize]) -> Result<Vec<Value>> {
        let hr = self.varde.coordinator().await?;
        let record = "mutation ($input: RecordAttendanceInput!) { recordAttendance(input: $input) {
            mails { letter recipientName } errors { code message path } } }";
        let away = away.iter().map(|who| json!({ "enrolmentId": self.places[*who].2, "presence": "ABSENT" }));
        let input = json!({ "input": { "gatheringId": self.gatherings[day], "everyoneElse": "PRESENT",
            "records": away.collect::<Vec<_>>() } });
        let done = self.varde.ask(&hr, record, input).await?;
        Ok(done["recordAttendance"]["mails"].as_array().cloned().unwrap_or_default())
    }

    /// The requests and reminders among the mails since it was asked last, by address.
    fn asked(&self) -> Vec<Mail> {
        let mut mails = self.varde.new_mails();
        mails.retain(|mail| mail.text.contains("Svara blir lagra") || mail.text.contains("Svarene lagres"));
        mails.sort_by(|one, other| one.to.cmp(&other.to));
        mails
    }

    /// The evaluation of a gathering as the coordinator sees it.
    async fn evaluation(&self, day: usize) -> Result<Value> {
        let hr = self.varde.coordinator().await?;
        let ask = "query ($id: ID!) { node(id: $id) { ... on Gathering { evaluation { kind title closed asked answered
            shownFrom hiddenBecause closesOn questions { key mean distribution { score count } comments } } } } }";
        let told = self.varde.ask(&hr, ask, json!({ "id": self.gatherings[day] })).await?;
        Ok(told["node"]["evaluation"].clone())
    }
}

/// The fields of a whole answer.
fn marks(mark: &'static str, words: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![
        ("act", "send"),
        ("question-useful", mark),
        ("question-content", mark),
        ("question-exchange", "3"),
        ("question-practical", "5"),
        ("question-better", words),
    ]
}

async fn send(http: &Http, link: &str, fields: &[(&str, &str)]) -> Result<(u16, String)> {
    let done = http.submit(link, fields).await?;
    let status = done.status().as_u16();
    Ok((status, done.text().await?))
}

async fn page(http: &Http, link: &str) -> Result<(u16, String)> {
    let page = http.get(link).await?;
    Ok((page.status().as_u16(), page.text().await?))
}

async fn those_who_were_there_are_asked_and_five_answers_are_shown(engine: Engine) -> Result<()> {
    let course = Course::begin(engine).await?;
    let varde = &course.varde;
    varde.move_to(at("2027-01-15T13:00:00Z")).await?;
    assert_eq!(course.attend(0, &[6]).await?, Vec::<Value>::new(), "it waits for the next working day");
    varde.new_mails();
    varde.move_to(at("2027-01-18T07:59:00Z")).await?;
    assert_eq!(course.evaluation(0).await?, Value::Null);
    assert!(course.asked().is_empty(), "the gathering was on a Friday");
    varde.move_to(at("2027-01-18T08:30:00Z")).await?;
    let asked = course.asked();
    let six: Vec<&str> = course.places[..6].iter().map(|place| place.0.as_str()).collect();
    assert_eq!(asked.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), six, "none to who was away");
    assert!(asked.iter().all(|mail| mail.unsubscribe.is_some()), "nobody must have them");

    // A form that is not whole comes back with what was typed, and says what is missing where it is missing.
    let links: Vec<String> = asked.iter().filter_map(Mail::link).collect();
    let (status, form) = page(&varde.http, &links[0]).await?;
    assert_eq!((status, form.matches("<fieldset").count(), form.matches("<textarea").count()), (200, 4, 1));
    let half = [
        ("act", "send"),
        ("question-useful", "4"),
        ("question-content", "9"),
        ("question-better", "Mer <tid>"),
    ];
    let (status, back) = send(&varde.http, &links[0], &half).await?;
    assert_eq!(status, 422, "{back}");
    assert_eq!(back.matches("class=\"error\"").count(), 3, "{back}");
    assert!(back.contains("name=\"question-useful\" value=\"4\" checked"), "{back}");
    assert!(back.contains("Mer &#60;tid&#62;</textarea>"), "{back}");
    assert_eq!(course.evaluation(0).await?["answered"], 0, "nothing was kept");

    for (link, mark) in links.iter().zip(["5", "4", "4", "4"]) {
        let (status, _) = send(&varde.http, link, &marks(mark, "Mer tid til øvelser")).await?;
        assert_eq!(status, 303);
    }
    let (status, thanks) = page(&varde.http, &links[0]).await?;
    assert!(status == 200 && !thanks.contains("<form"), "{thanks}");
    let (status, _) = send(&varde.http, &links[0], &marks("1", "")).await?;
    assert_eq!(status, 409, "an answer is given once");

    // Those who have not answered are reminded once, on the third working day.
    varde.move_to(at("2027-01-22T12:00:00Z")).await?;
    let reminded = course.asked();
    assert_eq!(reminded.iter().map(|mail| &mail.to).collect::<Vec<_>>(), [six[4], six[5]]);
    assert_eq!(reminded[0].link(), Some(links[4].clone()), "the same link");
    let (status, _) = send(&varde.http, &links[4], &marks("3", "")).await?;
    assert_eq!(status, 303);

    // Five have answered; while it is open, nothing is shown to anybody.
    let open = course.evaluation(0).await?;
    assert_eq!(
        (&open["asked"], &open["answered"], &open["hiddenBecause"], &open["closesOn"]),
        (&json!(6), &json!(5), &json!("STILL_OPEN"), &json!("2027-01-28")),
        "{open}"
    );
    assert!(open["questions"].as_array().context("questions")?.iter().all(|one| one["mean"].is_null()));
    varde.move_to(at("2027-01-29T08:00:00Z")).await?;
    assert!(course.asked().is_empty());
    let shown = course.evaluation(0).await?;
    assert_eq!((&shown["closed"], &shown["hiddenBecause"]), (&json!(true), &Value::Null));
    insta::assert_json_snapshot!("figures_of_an_evaluation", shown);
    let (status, results) = page(&varde.http, &links[1]).await?;
    assert!(status == 200 && results.contains("Mer tid til øvelser"), "{results}");
    let (status, late) = send(&varde.http, &links[5], &marks("1", "For sent")).await?;
    assert!(status == 410 && late.contains("Mer tid til øvelser"), "whoever was there sees it too: {late}");
    assert_eq!(course.evaluation(0).await?["answered"], 5);

    // To those who were asked alone.
    let ask =
        "{ mySurveys { answered gatheringTitle survey { answered hiddenBecause questions { key mean } } } }";
    let there = varde.sign_in_person(&course.places[0].1).await?;
    let there = varde.ask(&there, ask, json!({})).await?;
    assert_eq!(there["mySurveys"][0]["survey"]["questions"][0]["mean"], 4.0, "{there}");
    let away = varde.sign_in_person(&course.places[6].1).await?;
    assert_eq!(varde.ask(&away, ask, json!({})).await?["mySurveys"], json!([]));

    // Whoever gives up the place has answered, and sees no figures any more.
    let hr = varde.coordinator().await?;
    let out = "mutation ($place: ID!) { changeEnrolment(input: { enrolmentId: $place, change: WITHDRAW, reason: \"avtalt\" }) {
        errors { code message } } }";
    varde.ask(&hr, out, json!({ "place": course.places[0].2 })).await?;
    let left = varde.sign_in_person(&course.places[0].1).await?;
    let left = varde.ask(&left, ask, json!({})).await?["mySurveys"][0].take();
    assert_eq!(
        (&left["answered"], &left["survey"]["hiddenBecause"], &left["survey"]["questions"][0]["mean"]),
        (&json!(true), &json!("FOR_OTHERS"), &Value::Null)
    );
    let (_, results) = page(&varde.http, &links[0]).await?;
    assert!(!results.contains("Mer tid til øvelser"), "{results}");
    Ok(())
}

async fn attendance_that_comes_late_is_followed_once_and_not_for_ever(engine: Engine) -> Result<()> {
    let course = Course::begin(engine).await?;
    let varde = &course.varde;
    // The second day is recorded two days late: asked at once. Four answers are too few to show.
    varde.move_to(at("2027-02-04T10:00:00Z")).await?;
    varde.new_mails();
    assert_eq!(course.evaluation(1).await?, Value::Null, "nobody is recorded");
    let planned = course.attend(1, &[5, 6]).await?;
    assert_eq!(planned.len(), 5, "{planned:?}");
    assert!(planned.iter().all(|mail| mail["letter"] == "survey_request"));
    // One of them was not there after all; one of the others was.
    let correct = "mutation ($input: RecordAttendanceInput!) { recordAttendance(input: $input) {
        mails { letter } errors { code message path } } }";
    let records = json!({ "input": { "gatheringId": course.gatherings[1], "records": [
        { "enrolmentId": course.places[4].2, "presence": "ABSENT" },
        { "enrolmentId": course.places[5].2, "presence": "PARTLY" },
    ] } });
    let hr = varde.coordinator().await?;
    let corrected = varde.ask(&hr, correct, records.clone()).await?;
    assert_eq!(corrected["recordAttendance"]["mails"].as_array().map(Vec::len), Some(1), "{corrected}");
    let again = varde.ask(&hr, correct, records).await?;
    assert_eq!(again["recordAttendance"]["mails"], json!([]), "nobody is asked twice");
    varde.run_due().await?;
    let asked = course.asked();
    let to: Vec<&str> = asked.iter().map(|mail| mail.to.as_str()).collect();
    let expected: Vec<&str> = [0, 1, 2, 3, 5].iter().map(|who| course.places[*who].0.as_str()).collect();
    assert_eq!(to, expected);
    for mail in &asked[..4] {
        let link = mail.link().context("link")?;
        assert_eq!(send(&varde.http, &link, &marks("2", "")).await?.0, 303);
    }

    // The first day is recorded too late for anybody to be asked about it. Then the cohort is completed.
    assert_eq!(course.attend(0, &[6]).await?, Vec::<Value>::new());
    let complete = "mutation ($id: ID!) { completeCohort(input: { cohortId: $id }) {
        mails { letter at } errors { code message } } }";
    let done = varde.ask(&hr, complete, json!({ "id": course.cohort })).await?;
    let requests: Vec<&Value> = done["completeCohort"]["mails"]
        .as_array()
        .context("mails")?
        .iter()
        .filter(|mail| mail["letter"] == "survey_request")
        .map(|mail| &mail["at"])
        .collect();
    assert_eq!(requests, vec!["2027-02-05T08:00:00+00:00"; 6], "those who were at any of the days");
    varde.move_to(at("2027-02-05T12:00:00Z")).await?;
    let asked = course.asked();
    assert_eq!(asked.len(), 6, "{}", mailbox(&asked));
    varde.move_to(at("2027-02-16T12:00:00Z")).await?;
    let few = course.evaluation(1).await?;
    assert_eq!(
        (&few["asked"], &few["answered"], &few["hiddenBecause"]),
        (&json!(5), &json!(4), &json!("TOO_FEW")),
        "{few}"
    );
    let question = &few["questions"][4];
    assert_eq!((&question["comments"], &few["questions"][0]["distribution"]), (&Value::Null, &Value::Null));

    // The cohort's own, answered by one who signs in: what is missing is told by its question.
    let leader = varde.sign_in_person(&course.places[0].1).await?;
    let mine = "{ mySurveys { surveyId answered survey { kind } } }";
    let mine = varde.ask(&leader, mine, json!({})).await?["mySurveys"].take();
    let of_cohort = mine.as_array().context("mine")?.iter().find(|own| own["survey"]["kind"] == "COHORT");
    let id = of_cohort.context("the cohort's")?["surveyId"].clone();
    let give = "mutation ($input: AnswerSurveyInput!) { answerSurvey(input: $input) {
        survey { answered survey { answered } } errors { code path } } }";
    let mark = |question: &str, score: i32| json!({ "question": question, "score": score });
    let part =
        json!({ "input": { "surveyId": id, "answers": [mark("benefit", 4), mark("in_practice", 7)] } });
    let refused = leader.graphql(give, part).await?.data().map_err(|error| anyhow::anyhow!("{error}"))?;
    assert_eq!(
        refused["answerSurvey"]["errors"],
        json!([
            { "code": "OUT_OF_RANGE", "path": ["answers", "1"] },
            { "code": "REQUIRED", "path": ["answers", "network"] },
            { "code": "REQUIRED", "path": ["answers", "recommend"] },
        ])
    );
    let whole = ["benefit", "in_practice", "network", "recommend"].map(|question| mark(question, 4));
    let whole = json!({ "input": { "surveyId": id, "answers": whole } });
    let given = varde.ask(&leader, give, whole.clone()).await?;
    assert_eq!(given["answerSurvey"]["survey"], json!({ "answered": true, "survey": { "answered": 1 } }));
    let twice = leader.graphql(give, whole).await?.data().map_err(|error| anyhow::anyhow!("{error}"))?;
    assert_eq!(twice["answerSurvey"]["errors"][0]["code"], "SURVEY_ANSWERED");
    Ok(())
}
