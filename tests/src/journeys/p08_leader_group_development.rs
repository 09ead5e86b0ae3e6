//! P8, leader group development: the group says where it stands before and after, and what it agrees on is followed up.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::{
    harness::{Harness, Mail},
    http::Http,
};

use super::{
    p01_onboarding::{answer, at, mailbox},
    p03_practical_change_management::{done, everybody_was_there, fill, numbers, set_measure},
};

/// The head of the surgical clinic and the heads of department who report to her; and somebody of another group.
const GROUP: [&str; 5] = ["10015", "10390", "10415", "10435", "10455"];
const OTHERS: &str = "10034";
/// An adviser who joins while the group is asked.
const ADVISER: &str = "10009";

#[tokio::test(flavor = "multi_thread")]
async fn p08_a_leader_group_sees_where_it_stood_and_stands_on_sqlite() -> Result<()> {
    journey(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn p08_a_leader_group_sees_where_it_stood_and_stands_on_postgresql() -> Result<()> {
    journey(Engine::Postgres).await
}

/// The mails of a survey, by address.
fn asked(mails: &[Mail], subject: &str) -> Vec<Mail> {
    let mut asked: Vec<Mail> = mails.iter().filter(|mail| mail.subject.contains(subject)).cloned().collect();
    asked.sort_by(|one, other| one.to.cmp(&other.to));
    asked
}

/// A whole answer, the same mark for all but one of the five.
fn marks(trust: &'static str, others: &'static str) -> [(&'static str, &'static str); 6] {
    [
        ("question-roles", others),
        ("question-meetings", others),
        ("question-decisions", others),
        ("question-trust", trust),
        ("question-direction", others),
        ("question-next", "Bedre møter"),
    ]
}

/// How the group's surveys stand for the coordinator.
async fn standing(varde: &Harness, id: &Value) -> Result<Value> {
    let hr = varde.coordinator().await?;
    let ask = "query ($id: ID!) { leaderGroup(id: $id) {
        standingBefore { kind asked answered hiddenBecause closesOn questions { mean comments } }
        standingAfter { kind asked answered hiddenBecause questions { mean comments } } } }";
    Ok(varde.ask(&hr, ask, json!({ "id": id })).await?["leaderGroup"].take())
}

const MINE: &str = "{ mySurveys { leaderGroupName survey { kind hiddenBecause questions { key mean } }
    before { questions { key mean } } } }";

/// What a member sees of the survey of a kind.
async fn of_member(varde: &Harness, member: &Http, kind: &str) -> Result<Value> {
    let mine = varde.ask(member, MINE, json!({})).await?["mySurveys"].take();
    let mine = mine.as_array().context("mySurveys")?.iter().find(|own| own["survey"]["kind"] == kind);
    Ok(mine.cloned().unwrap_or_default())
}

async fn journey(engine: Engine) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    let create = "mutation ($input: CreateCohortInput!) { createCohort(input: $input) {
        cohort { id gatherings { id startsAt } } errors { code message path } } }";
    let days = ["2027-01-20", "2027-02-24", "2027-04-14"].map(|day| json!({ "date": day }));
    let cohort = json!({ "input": { "programme": "leader_group_development", "code": "LG-1",
        "title": "Ledergrupper våren 2027", "place": "Fjordheim sykehus, Åsgata 1", "gatherings": days } });
    let cohort = varde.ask(&hr, create, cohort).await?["createCohort"]["cohort"].take();
    let mut groups = Vec::new();
    for unit in ["10100", "10200"] {
        let enrolled =
            done(&hr, "enrolLeaderGroup", json!({ "cohortCode": "LG-1", "unitCode": unit })).await?;
        groups.push((enrolled["leaderGroup"]["id"].clone(), numbers(&enrolled["members"], true).len()));
    }
    let id = groups[0].0.clone();
    let publish =
        "mutation ($id: ID!) { publishCohort(input: { cohortId: $id }) { errors { code message } } }";
    varde.ask(&hr, publish, json!({ "id": cohort["id"] })).await?;
    varde.run_due().await?;
    let mut mails = varde.new_mails();
    assert_eq!(standing(&varde, &id).await?["standingBefore"], Value::Null, "nobody has said yes");
    for invitation in mails.clone() {
        answer(&varde, &invitation, "accept").await?;
    }
    varde.run_due().await?;
    let seats = varde.new_mails();
    assert!(asked(&seats, "står Klinikk").is_empty(), "they are asked in the morning");
    mails.extend(seats);

    before(&varde, &id, groups[1].1, &mut mails).await?;
    let measure = json!({ "leaderGroupId": id, "kind": "ACTION", "text": "Fast agenda med beslutningssaker først",
        "ownerEmployeeNumber": GROUP[0], "due": "2027-03-01" });
    let measure = set_measure(&varde.coordinator().await?, measure).await?;
    assert_eq!(measure["errors"], json!([]), "{measure}");
    for gathering in cohort["gatherings"].as_array().context("gatherings")? {
        everybody_was_there(&varde, gathering).await?;
    }
    let complete =
        "mutation ($id: ID!) { completeCohort(input: { cohortId: $id }) { errors { code message } } }";
    varde.ask(&varde.coordinator().await?, complete, json!({ "id": cohort["id"] })).await?;
    mails.extend(varde.new_mails());
    after(&varde, &id, &mut mails).await?;

    // What was agreed on is followed up after three months and after six.
    for (day, standing) in [("2027-07-15T12:00:00Z", "under_way"), ("2027-10-15T12:00:00Z", "reached")] {
        varde.move_to(at(day)).await?;
        let follow_up = varde.new_mails();
        let request = asked(&follow_up, "Oppfølging etter").pop().context("a follow-up")?;
        assert_eq!(fill(&varde, &request, &[("standing-1", standing)]).await?, 303);
        mails.extend(follow_up);
    }
    let report =
        "query ($id: ID!) { leaderGroup(id: $id) { state measures { followUps { month standing } } } }";
    let report = varde.ask(&varde.coordinator().await?, report, json!({ "id": id })).await?;
    assert_eq!(
        report["leaderGroup"],
        json!({ "state": "COMPLETED", "measures": [{ "followUps": [
            { "month": 3, "standing": "UNDER_WAY" }, { "month": 6, "standing": "REACHED" }] }] })
    );
    insta::assert_snapshot!("mailbox_of_leader_group_development", mailbox(&mails));
    Ok(())
}

/// Each member is asked before the first gathering. Four answer, one of the other group does.
async fn before(varde: &Harness, id: &Value, others: usize, mails: &mut Vec<Mail>) -> Result<()> {
    varde.move_to(at("2026-11-24T09:00:00Z")).await?;
    let both = varde.new_mails();
    let own = asked(&both, "Hvor står Klinikk for kirurgi?");
    assert_eq!(own.len(), GROUP.len(), "{}", mailbox(&both));
    let theirs = asked(&both, "står Klinikk for indremedisin?");
    assert_eq!(theirs.len(), others, "{}", mailbox(&both));
    for (mail, trust) in own.iter().zip(["2", "3", "3"]) {
        assert_eq!(fill(varde, mail, &marks(trust, "3")).await?, 303);
    }
    assert_eq!(fill(varde, &theirs[0], &marks("5", "5")).await?, 303);
    mails.extend(both);

    // Whoever joins while the survey is open is asked as well; whoever leaves is not asked any more.
    let hr = varde.coordinator().await?;
    let head = "kristin.martinsen@fjordheim.example";
    let gone = own[3..].iter().find(|mail| mail.to != head).context("somebody who has not answered")?.clone();
    let members = "query ($id: ID!) { leaderGroup(id: $id) { members { person { email employeeNumber } } } }";
    let members = varde.ask(&hr, members, json!({ "id": id })).await?["leaderGroup"]["members"].take();
    let all = members.as_array().context("members")?;
    let leaver = all.iter().find(|member| member["person"]["email"] == gone.to.as_str());
    let leaver = leaver.context("the leaver")?["person"]["employeeNumber"].clone();
    let change =
        json!({ "leaderGroupId": id, "add": [ADVISER], "leaveOut": [leaver], "reason": "Rådgiveren er med" });
    done(&hr, "changeLeaderGroupMembers", change).await?;
    varde.run_due().await?;
    let joined = varde.new_mails();
    let request = asked(&joined, "Hvor står Klinikk for kirurgi?").pop().context("the adviser is asked")?;
    assert_eq!(fill(varde, &request, &marks("4", "3")).await?, 303);
    let page = varde.http.get(&gone.link().context("link")?).await?;
    assert_eq!(page.status(), 404, "it is not for whoever has left the group");
    mails.extend(joined);

    let open = standing(varde, id).await?["standingBefore"].take();
    assert_eq!(
        (&open["asked"], &open["answered"], &open["hiddenBecause"]),
        (&json!(5), &json!(4), &json!("STILL_OPEN")),
        "{open}"
    );
    varde.move_to(at("2026-12-09T12:00:00Z")).await?;
    let reminded = varde.new_mails();
    assert_eq!(
        asked(&reminded, "Påminnelse: hvor står Klinikk for kirurgi?").len(),
        1,
        "once, the one who is silent"
    );
    mails.extend(reminded);
    // It is open until the group meets, however far ahead that is.
    varde.move_to(at("2027-01-20T07:00:00Z")).await?;
    let open = standing(varde, id).await?["standingBefore"].take();
    assert_eq!(
        (&open["hiddenBecause"], &open["closesOn"]),
        (&json!("STILL_OPEN"), &json!("2027-01-20")),
        "{open}"
    );
    varde.move_to(at("2027-01-20T09:00:00Z")).await?;
    mails.extend(varde.new_mails());
    let closed = standing(varde, id).await?["standingBefore"].take();
    assert_eq!(
        (&closed["answered"], &closed["hiddenBecause"]),
        (&json!(4), &json!("FOR_OTHERS")),
        "{closed}"
    );
    assert!(
        closed["questions"]
            .as_array()
            .context("questions")?
            .iter()
            .all(|one| { one["mean"].is_null() && one["comments"].is_null() })
    );
    let member = varde.sign_in_person(GROUP[0]).await?;
    let seen = of_member(varde, &member, "GROUP_BEFORE").await?;
    assert_eq!(seen["leaderGroupName"], "Klinikk for kirurgi");
    assert_eq!(seen["survey"]["questions"][3], json!({ "key": "trust", "mean": 3.0 }), "{seen}");
    // The other group has too few answers, and sees nothing of this one's.
    let other = varde.sign_in_person(OTHERS).await?;
    let seen = of_member(varde, &other, "GROUP_BEFORE").await?;
    assert_eq!(
        (&seen["survey"]["hiddenBecause"], &seen["leaderGroupName"]),
        (&json!("TOO_FEW"), &json!("Klinikk for indremedisin"))
    );
    Ok(())
}

/// Asked again after the last gathering: the members see both.
async fn after(varde: &Harness, id: &Value, mails: &mut Vec<Mail>) -> Result<()> {
    varde.move_to(at("2027-04-15T12:00:00Z")).await?;
    let mut told = varde.new_mails();
    varde.move_to(at("2027-04-16T12:00:00Z")).await?;
    told.extend(varde.new_mails());
    let links = pages_of_the_last_survey(&told)?;
    assert_eq!(links.len(), 5, "each member");
    for link in &links[..4] {
        let fields: Vec<_> = marks("5", "4").into_iter().chain([("act", "send")]).collect();
        assert_eq!(varde.http.submit(link, &fields).await?.status(), 303);
    }
    varde.move_to(at("2027-05-03T12:00:00Z")).await?;
    told.extend(varde.new_mails());
    mails.extend(told);
    let closed = standing(varde, id).await?["standingAfter"].take();
    assert_eq!(
        (&closed["asked"], &closed["answered"], &closed["hiddenBecause"]),
        (&json!(5), &json!(4), &json!("FOR_OTHERS"))
    );
    let page = varde.http.get(&format!("{}?lang=en", links[0])).await?.text().await?;
    assert!(page.contains("Mean 5.0") && page.contains("Before: 3.0."), "{page}");
    let member = varde.sign_in("kristin.martinsen@fjordheim.example").await?;
    let seen = of_member(varde, &member, "GROUP_AFTER").await?;
    assert_eq!(seen["survey"]["questions"][3]["mean"], 5.0, "{seen}");
    assert_eq!(seen["before"]["questions"][3]["mean"], 3.0, "{seen}");
    Ok(())
}

/// The pages of the group's last survey, by recipient: the requests may have gone out within the mail of the day.
fn pages_of_the_last_survey(mails: &[Mail]) -> Result<Vec<String>> {
    let mut links = Vec::new();
    for mail in mails {
        let Some(from) = mail.text.find("Klinikk for kirurgi har hatt siste samling") else { continue };
        let rest = Mail { text: mail.text[from..].to_owned(), ..mail.clone() };
        links.push((&mail.to, rest.link().with_context(|| format!("no link in {}", mail.text))?));
    }
    links.sort();
    links.dedup();
    Ok(links.into_iter().map(|(_, link)| link).collect())
}
