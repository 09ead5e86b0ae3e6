//! P12, the annual requirement check-in: a cycle for the whole trust, held on the pages behind the mails.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use varde_persistence::Engine;
use varde_testkit::{
    harness::{Harness, Mail},
    http::Http,
};

use super::p01_onboarding::at;
use crate::both::on_both;

on_both! {
    p12_a_cycle_is_opened_for_everybody_with_a_contract_and_closed_with_every_mail_accounted_for
    p12_the_two_rate_apart_meet_agree_and_sign_on_the_page_behind_the_mail
    p12_nothing_that_is_typed_on_two_devices_is_lost
    p12_figures_are_shown_after_the_close_for_units_and_levels_in_which_nobody_can_be_guessed
    p12_the_directors_check_in_goes_to_the_boards_chair_who_stands_outside_the_tree
}

/// What a leader writes, that nobody else may ever find anywhere.
pub(crate) const SECRET: &str = "Øyvinds sykefravær gjør meg søvnløs";

const CREATE: &str = "mutation { createCheckInCycle(input: { code: \"2027\", opensOn: \"2027-01-11\",
    dueOn: \"2027-03-31\", closesOn: \"2027-04-30\" }) { checkInCycle { state } errors { code message path } } }";

async fn schedule(varde: &Harness, hr: &Http) -> Result<()> {
    varde.ask(hr, CREATE, json!({})).await?;
    let schedule = "mutation { scheduleCheckInCycle(input: { cycleCode: \"2027\" }) {
        checkInCycle { state } errors { code message path } } }";
    let scheduled = varde.ask(hr, schedule, json!({})).await?;
    assert_eq!(scheduled["scheduleCheckInCycle"]["checkInCycle"]["state"], "SCHEDULED");
    Ok(())
}

/// A trust whose cycle is opened, with the mails that said so.
pub(crate) async fn opened(engine: Engine) -> Result<(Harness, Http, Vec<Mail>)> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    schedule(&varde, &hr).await?;
    varde.run_due().await?;
    varde.new_mails();
    varde.move_to(at("2027-01-11T08:30:00Z")).await?;
    let mails = varde.new_mails();
    // The session of weeks ago is over.
    let hr = varde.coordinator().await?;
    Ok((varde, hr, mails))
}

async fn progress(varde: &Harness) -> Result<Value> {
    let hr = varde.coordinator().await?;
    let ask = "{ checkInCycle(code: \"2027\") { state progress { opened leaderDone managerDone met signed late } } }";
    Ok(varde.ask(&hr, ask, json!({})).await?["checkInCycle"].take())
}

pub(crate) fn by_kind(mails: &[Mail]) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for mail in mails {
        let kind = mail.subject.split([':', ';']).next().unwrap_or_default();
        *counted.entry(kind.to_owned()).or_default() += 1;
    }
    counted
}

/// A leader and the line manager of hers or his, each with the page of their check-in.
pub(crate) struct Two {
    pub(crate) leader: String,
    pub(crate) manager: String,
    pub(crate) leader_mail: String,
}

pub(crate) fn two(mails: &[Mail]) -> Result<Two> {
    let held = mails.iter().find(|mail| mail.subject.contains("1 leder venter")).context("one leader")?;
    let name = held.text.lines().find_map(|line| line.strip_prefix("* ")).context("a name")?;
    let name = name.split(':').next().unwrap_or_default();
    let opened = mails.iter().filter(|mail| mail.subject.starts_with("Lederkravsamtalen"));
    let opened = opened.filter(|mail| mail.text.contains(&format!("Hei {name},"))).collect::<Vec<_>>();
    ensure!(opened.len() == 1, "{name}: {}", opened.len());
    let page = |mail: &Mail| mail.link_to("/check-in/").context("a page");
    Ok(Two { leader: page(opened[0])?, manager: page(held)?, leader_mail: opened[0].to.clone() })
}

/// The keys of the requirements on a page, in their order.
pub(crate) fn keys(page: &str) -> Vec<String> {
    page.split("name=\"version-")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .collect()
}

pub(crate) fn field<'p>(page: &'p str, name: &str) -> &'p str {
    let rest = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_default();
    rest.split('"').next().unwrap_or_default()
}

pub(crate) async fn page(varde: &Harness, path: &str) -> Result<String> {
    let answer = varde.http.get(path).await?;
    ensure!(answer.status() == 200, "{path}: {}", answer.status());
    Ok(answer.text().await?)
}

/// Fills in the whole form as the page shows it; every requirement with the same rating and text.
pub(crate) fn filled(page: &str, act: &str, rating: &str, text: &str) -> Vec<(String, String)> {
    let mut form = vec![("act".to_owned(), act.to_owned())];
    for key in keys(page) {
        form.push((format!("rating-{key}"), rating.to_owned()));
        form.push((format!("text-{key}"), format!("{text} ({key})")));
        for kind in ["version", "was"] {
            let name = format!("{kind}-{key}");
            form.push((name.clone(), field(page, &name).to_owned()));
        }
    }
    form
}

pub(crate) async fn submit(varde: &Harness, path: &str, form: &[(String, String)]) -> Result<(u16, String)> {
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let answer = varde.http.submit(path, &form).await?;
    Ok((answer.status().as_u16(), answer.text().await?))
}

pub(crate) async fn press(varde: &Harness, path: &str, form: &[(&str, &str)]) -> Result<u16> {
    Ok(varde.http.submit(path, form).await?.status().as_u16())
}

pub(crate) async fn both_give(varde: &Harness, two: &Two) -> Result<()> {
    let leaders = page(varde, &two.leader).await?;
    let (status, _) = submit(varde, &two.leader, &filled(&leaders, "give", "in_place", SECRET)).await?;
    assert_eq!(status, 303);
    let managers = page(varde, &two.manager).await?;
    let (status, _) =
        submit(varde, &two.manager, &filled(&managers, "give", "on_the_way", "Sett fra min side")).await?;
    assert_eq!(status, 303);
    Ok(())
}

async fn p12_a_cycle_is_opened_for_everybody_with_a_contract_and_closed_with_every_mail_accounted_for(
    engine: Engine,
) -> Result<()> {
    let varde = Harness::fjordheim(engine).await?;
    let hr = varde.coordinator().await?;
    schedule(&varde, &hr).await?;
    let dry = "mutation { openCheckInCycle(input: { cycleCode: \"2027\", dryRun: true }) { opened withoutManager
        contractsMade leftOut { reason joins until person { employeeNumber } } mails { letter } errors { code } } }";
    let dry = varde.ask(&hr, dry, json!({})).await?["openCheckInCycle"].take();
    let letters = dry["mails"].as_array().context("mails")?;
    assert_eq!(varde.new_mails().len(), 0);
    assert_eq!(progress(&varde).await?["state"], "SCHEDULED", "a dry run keeps nothing");

    varde.move_to(at("2027-01-11T08:30:00Z")).await?;
    let opened = varde.new_mails();
    let told = progress(&varde).await?;
    assert_eq!(told["state"], "OPEN");
    // Whoever joined by the opening day comes on top of what the dry run said weeks before.
    assert!(opened.len() >= letters.len(), "{} and {}", opened.len(), letters.len());
    let summary = json!({ "dry": { "opened": dry["opened"], "withoutManager": dry["withoutManager"],
        "leftOut": dry["leftOut"].as_array().map(Vec::len), "mails": letters.len() },
        "opened": told["progress"]["opened"], "mails": by_kind(&opened) });
    insta::assert_json_snapshot!("p12_opened", summary);

    // Each reminder goes once to each of whom something is wanted; late ones are told of upwards.
    let mut year = Vec::new();
    for moment in [
        "2027-03-10T12:00:00Z",
        "2027-03-24T12:00:00Z",
        "2027-04-01T12:00:00Z",
        "2027-04-07T12:00:00Z",
        "2027-04-14T12:00:00Z",
        "2027-05-01T12:00:00Z",
    ] {
        varde.move_to(at(moment)).await?;
        year.push(json!({ "until": moment, "mails": by_kind(&varde.new_mails()) }));
    }
    let told = progress(&varde).await?;
    assert_eq!(told["state"], "CLOSED", "by itself, after its last day");
    year.push(told);
    insta::assert_json_snapshot!("p12_year", year);
    Ok(())
}

async fn p12_the_two_rate_apart_meet_agree_and_sign_on_the_page_behind_the_mail(
    engine: Engine,
) -> Result<()> {
    let (varde, _, mails) = opened(engine).await?;
    let two = two(&mails)?;

    // What is missing is told beside each requirement, and nothing that was typed is lost.
    let blank = page(&varde, &two.leader).await?;
    let all = keys(&blank);
    assert_eq!(all.len(), 9);
    let mut form = filled(&blank, "give", "in_place", SECRET);
    form.retain(|(name, _)| name != "rating-role_model");
    let (status, shown) = submit(&varde, &two.leader, &form).await?;
    assert_eq!(status, 409);
    assert!(shown.contains("id=\"error-role_model\"") && shown.contains(SECRET), "{shown}");

    // Neither sees the other's view before both have given theirs.
    both_give(&varde, &two).await?;
    varde.run_due().await?;
    let shared = varde.new_mails();
    assert_eq!(shared.len(), 2, "both hear that they can meet: {:?}", by_kind(&shared));
    let seen = page(&varde, &two.manager).await?;
    assert!(seen.contains(SECRET) && seen.contains("Sett fra min side"), "each sees both");

    // Met, agreed, signed; what changes after a signature asks for it again.
    assert_eq!(press(&varde, &two.leader, &[("act", "sign")]).await?, 409, "not before they have met");
    let agree = [
        ("act", "agree"),
        ("action", "Hospitere på intensiv"),
        ("owner", "leader"),
        ("due_on", "2027-06-01"),
        ("requirement", "develops_people"),
    ];
    assert_eq!(press(&varde, &two.manager, &agree).await?, 303);
    assert_eq!(press(&varde, &two.leader, &[("act", "meet"), ("met_on", "2027-01-11")]).await?, 303);
    assert_eq!(
        press(&varde, &two.leader, &[("act", "meet"), ("met_on", "2027-02-11")]).await?,
        409,
        "a day to come"
    );
    assert_eq!(press(&varde, &two.leader, &[("act", "sign")]).await?, 303);
    let agree = [
        ("act", "agree"),
        ("action", "Lese avviksmeldinger hver uke"),
        ("owner", "manager"),
        ("due_on", "2027-02-01"),
        ("requirement", ""),
    ];
    assert_eq!(press(&varde, &two.manager, &agree).await?, 303);
    let state = progress(&varde).await?;
    assert_eq!((&state["progress"]["met"], &state["progress"]["signed"]), (&json!(1), &json!(0)));
    for path in [&two.leader, &two.manager] {
        let version = page(&varde, path).await?;
        let version = field(&version, "version").to_owned();
        assert_eq!(press(&varde, path, &[("act", "sign"), ("version", &version)]).await?, 303);
    }
    varde.run_due().await?;
    assert_eq!(varde.new_mails().len(), 2, "both hear that it is signed");
    assert_eq!(progress(&varde).await?["progress"]["signed"], 1);

    // Locked: only how the actions go, and additions.
    assert_eq!(press(&varde, &two.leader, &[("act", "meet"), ("met_on", "2027-01-11")]).await?, 409);
    assert_eq!(
        press(&varde, &two.leader, &[("act", "add"), ("addendum", "Avtalen er flyttet til mars.")]).await?,
        303
    );
    let signed = page(&varde, &two.manager).await?;
    assert!(signed.contains("Avtalen er flyttet til mars."));
    let id =
        signed.split("value=\"set ").nth(1).and_then(|rest| rest.split(' ').next()).context("an action")?;
    assert_eq!(press(&varde, &two.manager, &[("act", &format!("set {id} done"))]).await?, 303);
    Ok(())
}

async fn p12_nothing_that_is_typed_on_two_devices_is_lost(engine: Engine) -> Result<()> {
    let (varde, _, mails) = opened(engine).await?;
    let two = two(&mails)?;
    let (phone, desk) = (page(&varde, &two.leader).await?, page(&varde, &two.leader).await?);
    let on = |page: &str, text: &str| {
        let mut form = filled(page, "save", "in_place", text);
        form.retain(|(name, _)| name == "act" || name.ends_with("-role_model"));
        form
    };
    let (status, _) = submit(&varde, &two.leader, &on(&phone, "På telefonen")).await?;
    assert_eq!(status, 303);
    let (status, shown) = submit(&varde, &two.leader, &on(&desk, "Ved pulten")).await?;
    assert_eq!(status, 409);
    assert!(
        shown.contains("Ved pulten (role_model)") && shown.contains("På telefonen (role_model)"),
        "{shown}"
    );
    // Put together and saved with what the page says now, it is taken.
    let (status, _) = submit(&varde, &two.leader, &on(&shown, "Begge deler")).await?;
    assert_eq!(status, 303);
    assert!(page(&varde, &two.leader).await?.contains("Begge deler (role_model)"));
    Ok(())
}

async fn p12_figures_are_shown_after_the_close_for_units_and_levels_in_which_nobody_can_be_guessed(
    engine: Engine,
) -> Result<()> {
    let (varde, _, mails) = opened(engine).await?;
    let links: Vec<String> = mails
        .iter()
        .filter(|mail| mail.subject.starts_with("Lederkravsamtalen"))
        .filter_map(|mail| mail.link_to("/check-in/"))
        .collect();
    let given = links.len() / 2;
    for (index, link) in links.iter().take(given).enumerate() {
        let shown = page(&varde, link).await?;
        let rating = ["not_yet", "on_the_way", "in_place", "role_model"][index % 4];
        let (status, _) = submit(&varde, link, &filled(&shown, "give", rating, "Et eksempel")).await?;
        assert_eq!(status, 303);
    }
    let ask = "{ checkInCycle(code: \"2027\") { figures { trust { people domains { domain mean } }
        units { unitName means { people } } levels { levels means { people } } } } }";
    let hr = varde.coordinator().await?;
    let before = varde.ask(&hr, ask, json!({})).await?;
    assert_eq!(before["checkInCycle"]["figures"], Value::Null, "two looks would tell what the last one said");
    varde.move_to(at("2027-05-01T12:00:00Z")).await?;
    let hr = varde.coordinator().await?;
    let figures = varde.ask(&hr, ask, json!({})).await?["checkInCycle"]["figures"].take();
    assert_eq!(figures["trust"]["people"], given, "{figures}");
    let people = |one: &Value| one["means"]["people"].as_u64().unwrap_or_default();
    let shown =
        [&figures["units"], &figures["levels"]].map(|list| list.as_array().cloned().unwrap_or_default());
    assert!(shown.iter().flatten().all(|one| people(one) >= 5), "{figures}");
    assert!(shown.iter().all(|list| !list.is_empty()), "{figures}");
    Ok(())
}

async fn p12_the_directors_check_in_goes_to_the_boards_chair_who_stands_outside_the_tree(
    engine: Engine,
) -> Result<()> {
    let (varde, hr, _) = opened(engine).await?;
    let name = "mutation { setLineManagerOverride(input: { employeeNumber: \"10005\", from: \"2027-01-11\",
        outsideName: \"Kari Styreleder\", outsideEmail: \"styret@fjordheim.example\" }) { errors { code message path } } }";
    varde.ask(&hr, name, json!({})).await?;
    varde.move_to(at("2027-01-12T08:30:00Z")).await?;
    let mails = varde.new_mails();
    let chair: Vec<&Mail> = mails.iter().filter(|mail| mail.to == "styret@fjordheim.example").collect();
    assert_eq!(chair.len(), 1, "{:?}", by_kind(&mails));
    let link = chair[0].link_to("/check-in/").context("a page")?;
    let shown = page(&varde, &link).await?;
    assert!(shown.contains("Kari Styreleder") && shown.contains("Jenny Holm"), "{shown}");
    let (status, _) = submit(&varde, &link, &filled(&shown, "give", "in_place", "Fra styret")).await?;
    assert_eq!(status, 303);
    Ok(())
}
