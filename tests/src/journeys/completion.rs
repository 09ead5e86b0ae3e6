//! What a completed cohort leaves behind: the certificate, by its link, by GraphQL and by its code.

use anyhow::{Context, Result};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use varde_model::gathering::Presence;
use varde_persistence::{Engine, people};
use varde_testkit::harness::{Harness, Mail};

use super::{
    closing::{AFTER, close, days, places, record, running},
    p01_onboarding::spring,
};
use crate::both::on_both;

on_both! {
    whoever_completes_fetches_a_certificate_that_anybody_can_check
    a_certificate_follows_a_corrected_result_and_keeps_its_code
    codes_that_do_not_exist_are_held_back_and_those_that_do_are_not
    the_trusts_mark_stands_on_certificates
    credits_are_given_by_the_programme_and_corrected_by_a_coordinator
    a_person_fetches_the_record_of_all_her_programmes
}

/// A closed cohort, and the mails that told its results.
struct Closed {
    varde: Harness,
    cohort: varde_model::ids::CohortId,
    told: Vec<Mail>,
}

/// Two completed the spring, and one did not: of her nothing was recorded.
async fn closed(engine: Engine) -> Result<Closed> {
    closed_in(Harness::fjordheim(engine).await?).await
}

async fn closed_in(varde: Harness) -> Result<Closed> {
    let cohort = running(&varde, spring(), 6, 3).await?;
    varde.move_to(AFTER.parse()?).await?;
    varde.new_mails();
    let seated = places(&varde, cohort).await?;
    for (number, day) in days(&varde, cohort).await?.iter().enumerate() {
        let last = if number == 3 { Presence::Partly } else { Presence::Present };
        record(&varde, day.id, &[(seated[0].id, Presence::Present), (seated[1].id, last)], &[]).await?;
    }
    close(&varde, cohort).await?;
    varde.run_due().await?;
    let told = varde.new_mails();
    Ok(Closed { varde, cohort, told })
}

impl Closed {
    /// The mail with a certificate to the person of a place, counted from 0.
    /// The letter about the result; the evaluation is asked for in one of its own.
    async fn mail(&self, place: usize) -> Result<&Mail> {
        let email = self.person(place).await?.email;
        let mut own = self.told.iter().filter(|mail| mail.to == email);
        own.find(|mail| !mail.text.contains("/answer/")).context("no result was told")
    }

    async fn person(&self, place: usize) -> Result<varde_model::people::Person> {
        let id = places(&self.varde, self.cohort).await?[place].person;
        people::find(self.varde.app.store(), self.varde.org, id).await?.context("person")
    }

    async fn page(&self, path: &str) -> Result<(u16, String)> {
        let answer = self.varde.http.get(path).await?;
        Ok((answer.status().as_u16(), answer.text().await?))
    }

    /// The certificates of the cohort, by place.
    async fn certificates(&self) -> Result<Vec<Value>> {
        let ask = "{ cohort(code: \"NYL-2027-V\") { enrolments(first: 10) { nodes { state certificate {
            code holder programme organisation startsOn endsOn gatheringsHeld gatheringsAttended minutes ects issuedOn revokedOn checkUrl } } } } }";
        let hr = self.varde.coordinator().await?;
        let found = self.varde.ask(&hr, ask, json!({})).await?;
        let nodes = found["cohort"]["enrolments"]["nodes"].as_array().context("nodes")?;
        Ok(nodes.iter().map(|node| node["certificate"].clone()).collect())
    }
}

fn is_pdf(bytes: &[u8]) {
    assert!(bytes.starts_with(b"%PDF-1.7") && bytes.len() > 5_000, "{} bytes", bytes.len());
}

async fn whoever_completes_fetches_a_certificate_that_anybody_can_check(engine: Engine) -> Result<()> {
    let closed = closed(engine).await?;
    let varde = &closed.varde;
    let holder = closed.person(1).await?;
    let certificates = closed.certificates().await?;
    let own = &certificates[1];
    assert_eq!(own["holder"], holder.name());
    assert_eq!(own["organisation"], "Fjordheim sykehus HF");
    assert_eq!((&own["startsOn"], &own["endsOn"]), (&json!("2027-01-13"), &json!("2027-04-07")));
    assert_eq!((&own["gatheringsHeld"], &own["gatheringsAttended"]), (&json!(4), &json!(4)));
    assert!(own["minutes"].as_u64() < certificates[0]["minutes"].as_u64(), "half of the last day: {own}");
    assert_eq!((&own["ects"], &own["revokedOn"]), (&Value::Null, &Value::Null));
    assert_eq!(own["issuedOn"], AFTER[..10]);
    assert_eq!(certificates[2], Value::Null, "whoever has not completed has none");

    // The link in the mail leads to a page, and from there to the file. Looking changes nothing.
    let link = closed.mail(1).await?.link_to("/certificate/").context("a link")?;
    for _ in 0..2 {
        let (status, page) = closed.page(&format!("{link}?lang=nb")).await?;
        assert_eq!(status, 200);
        assert!(page.contains("Kursbevis for «Introduksjonsprogram for nye ledere»"), "{page}");
        assert!(
            page.contains(own["checkUrl"].as_str().context("url")?) && page.contains("deltok på 4 av 4"),
            "{page}"
        );
        assert!(page.contains(&format!("{link}/pdf?lang=nb")), "{page}");
    }
    let file = varde.http.get(&format!("{link}/pdf?lang=nb")).await?;
    assert_eq!(file.status(), 200);
    assert_eq!(file.headers()["content-type"], "application/pdf");
    let disposition = file.headers()["content-disposition"].to_str()?.to_owned();
    assert!(disposition.starts_with("attachment; filename=\"Kursbevis-for-"), "{disposition}");
    let fetched = file.bytes().await?;
    is_pdf(&fetched);
    let without = closed.told.iter().find(|mail| mail.subject.starts_with("Dette mangler"));
    assert_eq!(without.context("the third")?.link_to("/certificate/"), None);

    // The same by GraphQL, for oneself and for the coordinator, and for nobody else.
    let mine = varde.sign_in_person(&holder.employee_number).await?;
    let listed = varde.ask(&mine, "{ myCertificates { code programme } }", json!({})).await?;
    assert_eq!(listed["myCertificates"][0]["code"], own["code"]);
    assert_eq!(listed["myCertificates"].as_array().map(Vec::len), Some(1));
    let file = "query ($code: String!) { myCertificateFile(code: $code, locale: \"nb\") { name mediaType content } }";
    let code = json!({ "code": own["code"] });
    let found = varde.ask(&mine, file, code.clone()).await?["myCertificateFile"].take();
    assert_eq!(STANDARD.decode(found["content"].as_str().context("content")?)?, fetched, "the same bytes");
    let other = varde.sign_in_person(&closed.person(0).await?.employee_number).await?;
    assert_eq!(varde.ask(&other, file, code.clone()).await?["myCertificateFile"], Value::Null);
    let file = "query ($code: String!) { certificateFile(code: $code) { name mediaType } }";
    let hr = varde.coordinator().await?;
    assert_eq!(varde.ask(&hr, file, code.clone()).await?["certificateFile"]["mediaType"], "application/pdf");
    let elsewhere = varde.sign_in("coordinator@sorvik.example").await?;
    assert_eq!(varde.ask(&elsewhere, file, code.clone()).await?["certificateFile"], Value::Null);

    // Anybody to whom it was shown checks it, with the code as it is typed.
    let typed = own["code"].as_str().context("code")?.to_lowercase().replace('-', " ");
    let sent = varde.http.submit("/verify?lang=en", &[("act", "send"), ("code", typed.as_str())]).await?;
    assert_eq!(sent.status(), 303);
    let there = sent.headers()["location"].to_str()?.to_owned();
    let (status, page) = closed.page(&there).await?;
    assert_eq!(status, 200, "{there}");
    for said in
        ["The certificate is valid", &holder.name(), "13 January 2027 – 7 April 2027", "Fjordheim sykehus HF"]
    {
        assert!(page.contains(said), "{said} in {page}");
    }
    assert!(!page.contains(&holder.email) && !page.contains(&holder.employee_number), "{page}");
    let check = "query ($code: String!) { checkCertificate(code: $code) { holder revokedOn } }";
    let checked = varde.ask(&elsewhere, check, code).await?;
    assert_eq!(checked["checkCertificate"]["holder"], holder.name(), "whichever trust it is of");
    Ok(())
}

async fn a_certificate_follows_a_corrected_result_and_keeps_its_code(engine: Engine) -> Result<()> {
    let closed = closed(engine).await?;
    let varde = &closed.varde;
    let place = places(varde, closed.cohort).await?[1].id;
    let days = days(varde, closed.cohort).await?;
    let link = closed.mail(1).await?.link_to("/certificate/").context("a link")?;
    let before = closed.certificates().await?[1].clone();
    let code = before["code"].as_str().context("code")?.to_owned();

    // Whoever completes all the same has a certificate that tells what was corrected.
    record(varde, days[3].id, &[(place, Presence::Excused)], &[]).await?;
    let corrected = closed.certificates().await?[1].clone();
    assert_eq!((&corrected["gatheringsAttended"], &corrected["code"]), (&json!(3), &before["code"]));
    varde.run_due().await?;
    assert_eq!(varde.new_mails().len(), 0, "the result is the same");

    record(varde, days[2].id, &[(place, Presence::Absent)], &[]).await?;
    record(varde, days[1].id, &[(place, Presence::Absent)], &[]).await?;
    let (status, page) = closed.page(&format!("/verify/{code}?lang=nb")).await?;
    assert!(status == 410 && page.contains("Kursbeviset er trukket tilbake"), "{status} {page}");
    assert_eq!(closed.page(&link).await?.0, 410);
    assert_eq!(closed.page(&format!("{link}/pdf")).await?.0, 410);
    let hr = varde.coordinator().await?;
    let file = "query ($code: String!) { certificateFile(code: $code) { name } }";
    assert_eq!(hr.graphql(file, json!({ "code": code })).await?.codes(), ["BAD_USER_INPUT"]);
    assert_eq!(closed.certificates().await?[1]["revokedOn"], AFTER[..10]);

    record(varde, days[1].id, &[(place, Presence::Present)], &[]).await?;
    record(varde, days[2].id, &[(place, Presence::Present)], &[]).await?;
    let again = closed.certificates().await?[1].clone();
    assert_eq!((&again["code"], &again["revokedOn"]), (&before["code"], &Value::Null));
    assert_eq!(closed.page(&format!("/verify/{code}")).await?.0, 200);
    is_pdf(&varde.http.get(&format!("{link}/pdf")).await?.bytes().await?);
    let trail = varde.ask(&hr, "{ auditEvents(first: 100) { nodes { action } } }", json!({})).await?;
    let trail = trail["auditEvents"]["nodes"].as_array().context("nodes")?;
    let of = |action: &str| trail.iter().filter(|event| event["action"] == action).count();
    assert_eq!(of("certificate.issue"), 2);
    assert_eq!((of("certificate.revoke"), of("certificate.reissue")), (1, 1));
    assert!(of("certificate.correct") >= 1);
    Ok(())
}

async fn codes_that_do_not_exist_are_held_back_and_those_that_do_are_not(engine: Engine) -> Result<()> {
    let closed = closed(engine).await?;
    let code = closed.certificates().await?[0]["code"].as_str().context("code")?.to_owned();
    let (status, page) = closed.page("/verify/0000-0000-0000-0000?lang=nb").await?;
    assert!(status == 404 && page.contains("Ingen kursbevis er utstedt med denne koden"), "{status} {page}");
    assert_eq!(closed.page("/verify/neverone").await?.0, 404, "what can be no code counts too");
    assert_eq!(closed.page("/certificate/forged").await?.0, 404);
    let mut statuses = Vec::new();
    for _ in 0..25 {
        statuses.push(closed.page("/verify/0000-0000-0000-0000").await?.0);
    }
    assert_eq!(statuses.last(), Some(&429), "{statuses:?}");
    assert_eq!(
        closed.page(&format!("/verify/{code}")).await?.0,
        200,
        "one that is known is shown all the same"
    );
    let wrong = closed.varde.http.submit("/verify?lang=nb", &[("act", "send"), ("code", "ABC<1>")]).await?;
    assert_eq!(wrong.status(), 422);
    let page = wrong.text().await?;
    assert!(page.contains("16 bokstaver og sifre") && page.contains("ABC&#60;1&#62;"), "{page}");
    Ok(())
}

async fn the_trusts_mark_stands_on_certificates(engine: Engine) -> Result<()> {
    const LOGO: &[u8] = include_bytes!("../../../crates/documents/assets/sample-logo.png");
    let closed = closed(engine).await?;
    let varde = &closed.varde;
    let administrator = varde.sign_in("administrator@fjordheim.example").await?;
    let set = "mutation ($content: String, $remove: Boolean! = false) { setTrustLogo(input: { content: $content, remove: $remove }) {
        logo { mediaType content } errors { code message path } } }";
    let hr = varde.coordinator().await?;
    let code = closed.certificates().await?[0]["code"].clone();
    let file = "query ($code: String!) { certificateFile(code: $code) { content } }";
    let plain = varde.ask(&hr, file, json!({ "code": code })).await?;

    for (wrong, says) in [
        (b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(), "PNG eller JPEG"),
        (LOGO[..LOGO.len() / 2].to_vec(), "PNG eller JPEG"),
        (vec![0; 600_000], "512 kB"),
    ] {
        let reply = administrator.graphql(set, json!({ "content": STANDARD.encode(wrong) })).await?.data()?;
        let error = &reply["setTrustLogo"]["errors"][0];
        assert_eq!((&error["code"], &error["path"]), (&json!("INVALID"), &json!(["content"])), "{error}");
        assert!(error["message"].as_str().is_some_and(|message| message.contains(says)), "{error}");
    }
    varde.ask(&administrator, set, json!({ "content": STANDARD.encode(LOGO) })).await?;
    let kept = varde.ask(&hr, "{ trustLogo { mediaType content } }", json!({})).await?;
    assert_eq!(kept["trustLogo"]["content"], STANDARD.encode(LOGO));
    let marked = varde.ask(&hr, file, json!({ "code": code })).await?;
    assert_ne!(marked, plain);
    varde.ask(&administrator, set, json!({ "remove": true })).await?;
    assert_eq!(varde.ask(&hr, file, json!({ "code": code })).await?, plain);
    Ok(())
}

/// The onboarding programme in a version that gives ten credits.
async fn gives_credits(varde: &Harness) -> Result<()> {
    let hr = varde.coordinator().await?;
    let known = varde.ask(&hr, "{ programme(key: \"onboarding\") { source version } }", json!({})).await?;
    let source = known["programme"]["source"].as_str().context("source")?;
    let source = source.replacen("family = ", "ects = 10\nfamily = ", 1);
    let publish = "mutation ($source: String!) { publishProgramme(input: { source: $source }) { errors { code message path } } }";
    let administrator = varde.sign_in("administrator@fjordheim.example").await?;
    varde.ask(&administrator, publish, json!({ "source": source })).await?;
    Ok(())
}

const CREDITS: &str = "mutation ($input: RecordCreditsInput!) { recordCredits(input: $input) {
    enrolments { state ects certificate { ects } } errors { code path } } }";

async fn credits_are_given_by_the_programme_and_corrected_by_a_coordinator(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    gives_credits(&varde).await?;
    let closed = closed_in(varde).await?;
    let varde = &closed.varde;
    let certificates = closed.certificates().await?;
    assert_eq!((&certificates[0]["ects"], &certificates[1]["ects"]), (&json!(10.0), &json!(10.0)));
    let hr = varde.coordinator().await?;
    let numbers = [0, 1, 2].map(|place| closed.person(place));
    let [first, second, third] = numbers;
    let (first, second, third) = (first.await?, second.await?, third.await?);
    let write = |records: Value| json!({ "input": { "cohortCode": "NYL-2027-V", "records": records } });

    // An outside provider's word counts, also for whoever has not completed by the product's own rule.
    let rows = json!([{ "employeeNumber": first.employee_number, "ects": 7.5 }, { "employeeNumber": third.employee_number, "ects": 2.5 }]);
    let done = varde.ask(&hr, CREDITS, write(rows)).await?["recordCredits"].take();
    assert_eq!(done["enrolments"][0]["certificate"]["ects"], 7.5, "{done}");
    assert_eq!(
        (&done["enrolments"][1]["ects"], &done["enrolments"][1]["state"]),
        (&json!(2.5), &json!("NOT_COMPLETED"))
    );
    let refused = json!([
        { "employeeNumber": second.employee_number, "ects": 7.25 },
        { "employeeNumber": second.employee_number, "ects": 500 },
        { "employeeNumber": "nobody", "ects": 1 },
    ]);
    let refused = hr.graphql(CREDITS, write(refused)).await?.data()?;
    let errors = &refused["recordCredits"]["errors"];
    assert_eq!(errors[0], json!({ "code": "OUT_OF_RANGE", "path": ["records", "0", "ects"] }), "{errors}");
    assert_eq!(errors[2]["code"], "NOT_FOUND", "{errors}");

    // What was written by hand stays when the result is corrected; the programme's own goes.
    let days = days(varde, closed.cohort).await?;
    let all = places(varde, closed.cohort).await?;
    for day in &days[1..] {
        let gone = [(all[0].id, Presence::Absent), (all[1].id, Presence::Absent)];
        record(varde, day.id, &gone, &[]).await?;
    }
    let ask = "{ cohort(code: \"NYL-2027-V\") { enrolments(first: 3) { nodes { state ects } } } }";
    let after = varde.ask(&hr, ask, json!({})).await?["cohort"]["enrolments"]["nodes"].take();
    assert_eq!(after[0], json!({ "state": "NOT_COMPLETED", "ects": 7.5 }));
    assert_eq!(after[1], json!({ "state": "NOT_COMPLETED", "ects": null }));

    // Left out, the programme's own amount holds again: none for whoever has not completed.
    let own = json!([{ "employeeNumber": first.employee_number }]);
    let done = varde.ask(&hr, CREDITS, write(own)).await?["recordCredits"].take();
    assert_eq!(done["enrolments"][0]["ects"], Value::Null);
    Ok(())
}

async fn a_person_fetches_the_record_of_all_her_programmes(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    gives_credits(&varde).await?;
    let closed = closed_in(varde).await?;
    let varde = &closed.varde;
    let (holder, without) = (closed.person(1).await?, closed.person(2).await?);
    let fields =
        "name ects places { programme title cohortCode state gatheringsHeld gatheringsAttended minutes ects
        gatherings { date presence } certificate { code } }";
    let mine = varde.sign_in_person(&holder.employee_number).await?;
    let own =
        varde.ask(&mine, &format!("{{ myRecord {{ {fields} }} }}"), json!({})).await?["myRecord"].take();
    assert_eq!((&own["name"], &own["ects"]), (&json!(holder.name()), &json!(10.0)));
    let place = &own["places"][0];
    assert_eq!((&place["cohortCode"], &place["state"]), (&json!("NYL-2027-V"), &json!("COMPLETED")));
    assert_eq!(place["gatherings"][3], json!({ "date": "2027-04-07", "presence": "PARTLY" }));
    assert_eq!(place["certificate"]["code"], closed.certificates().await?[1]["code"]);

    let hr = varde.coordinator().await?;
    let ask = format!("query ($number: String!) {{ record(employeeNumber: $number) {{ {fields} }} }}");
    let seen = varde.ask(&hr, &ask, json!({ "number": holder.employee_number })).await?;
    assert_eq!(seen["record"], own, "the coordinator sees the same");
    let other = varde.ask(&hr, &ask, json!({ "number": without.employee_number })).await?;
    assert_eq!(
        (&other["record"]["ects"], &other["record"]["places"][0]["certificate"]),
        (&json!(0.0), &Value::Null)
    );
    assert_eq!(
        mine.graphql(&ask, json!({ "number": without.employee_number })).await?.codes(),
        ["FORBIDDEN"]
    );

    let file = varde.ask(&mine, "{ myRecordFile(locale: \"nn\") { name content } }", json!({})).await?;
    let name = file["myRecordFile"]["name"].as_str().context("name")?;
    assert!(name.starts_with("Kursoversyn-for-") && name.ends_with(".pdf"), "{name}");
    is_pdf(&STANDARD.decode(file["myRecordFile"]["content"].as_str().context("content")?)?);
    let table = "{ myRecordFile(locale: \"nb\", format: CSV) { name mediaType content } }";
    let table = varde.ask(&mine, table, json!({})).await?["myRecordFile"].take();
    assert_eq!(table["mediaType"], "text/csv; charset=utf-8");
    let rows = String::from_utf8(STANDARD.decode(table["content"].as_str().context("content")?)?)?;
    let rows: Vec<&str> = rows.trim_start_matches('\u{feff}').lines().collect();
    assert!(rows[0].starts_with("Program;Kull;Kullkode;Status;Første dag;Siste dag;"), "{rows:?}");
    let code = place["certificate"]["code"].as_str().context("code")?;
    assert!(rows.len() == 2 && rows[1].contains(";NYL-2027-V;fullført;"), "{rows:?}");
    assert!(rows[1].ends_with(&format!(";{code}")), "{rows:?}");
    let file = "query ($number: String!) { recordFile(employeeNumber: $number) { mediaType } }";
    let file = varde.ask(&hr, file, json!({ "number": without.employee_number })).await?;
    assert_eq!(file["recordFile"]["mediaType"], "application/pdf");
    Ok(())
}
