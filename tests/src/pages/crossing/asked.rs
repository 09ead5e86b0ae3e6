//! The same of what is asked about others, about a leader group and about practice: each link acts for its own person, in
//! its own trust, as long as it stands.

use anyhow::{Context, Result};
use varde_app::{
    access::{Coordinator, Viewer},
    cohorts::{self, CohortDraft, GatheringDraft},
    enrolments::{self, EnrolLeaders},
    groups::{self, EnrolLeaderGroup, GroupAnswer, SetMeasure},
    input::ErrorPolicy,
    nominations::{self, NominationDraft, RoundDraft},
};
use varde_model::{
    groups::{ChangeCase, MeasureKind},
    ids::{CohortId, OrganisationId},
    links::LinkPurpose,
    people::Person,
};
use varde_persistence::{Engine, accounts, enrolments as places, people};
use varde_testkit::harness::Harness;

use super::{
    Fields, House, TRUSTS,
    neighbours::{CODE, Neighbours, org},
    people_next_door,
};
use crate::both::on_both;

on_both! {
    a_link_asks_its_own_endorser_and_stands_while_she_is_asked
    a_link_asks_its_own_leader_of_a_group_and_stands_while_the_group_is_asked
    a_link_asks_its_own_owner_how_it_goes_and_stands_while_it_is_asked
    a_link_asks_its_own_holder_of_a_place_what_was_practised
}

/// Two leaders of a trust and one of another, each with an own clinic: number, unit, and the head of a department in it.
const LEADERS: [(&str, &str, &str); 3] =
    [("10015", "10100", "10390"), ("10034", "10200", "10479"), ("10059", "10300", "10563")];
/// Two who lead nothing, and one of the other trust.
const STAFF: [&str; 3] = ["10009", "10011", "10109"];

async fn of_number(varde: &Harness, whose: usize, number: &str) -> Result<Person> {
    let found = people::find_by_number(varde.app.store(), org(varde, whose), number).await?;
    found.with_context(|| number.to_owned())
}

/// Somebody as she or he signs in.
fn viewer(org: OrganisationId, person: &Person) -> Viewer {
    let account = serde_json::from_value(serde_json::json!(person.id.0)).expect("an id");
    Viewer { account, organisation: org, person: Some(person.id), roles: Vec::new(), session: None }
}

async fn cohort(varde: &Harness, whose: usize, programme: &str, days: &[&str]) -> Result<CohortId> {
    let hr = format!("coordinator@{}.example", TRUSTS[usize::from(whose > 1)]);
    let hr = accounts::credentials_by_email(varde.app.store(), &hr).await?.context("coordinator")?;
    let day = |day: &&str| -> Result<GatheringDraft> {
        Ok(GatheringDraft { date: day.parse()?, ..GatheringDraft::default() })
    };
    let draft = CohortDraft {
        programme: programme.to_owned(),
        code: CODE.to_owned(),
        capacity: Some(40),
        coordinators: vec![hr.account.id],
        gatherings: days.iter().map(day).collect::<Result<_>>()?,
        ..CohortDraft::default()
    };
    Ok(cohorts::create(&varde.ctx(), &Coordinator::system(org(varde, whose)), &draft).await?.cohort.id)
}

async fn publish(varde: &Harness, whose: usize, cohort: CohortId) -> Result<()> {
    cohorts::publish(&varde.ctx(), &Coordinator::system(org(varde, whose)), cohort, None, false).await?;
    Ok(())
}

async fn next_door(engine: Engine) -> Result<Harness> {
    let varde = Harness::fjordheim(engine).await?;
    people_next_door(&varde).await?;
    Ok(varde)
}

async fn a_link_asks_its_own_endorser_and_stands_while_she_is_asked(engine: Engine) -> Result<()> {
    let varde = next_door(engine).await?;
    let (mut people, mut secrets) = (Vec::new(), Vec::new());
    let mut opened = None;
    for (whose, (number, _, nominee)) in LEADERS.into_iter().enumerate() {
        let (ctx, right) = (varde.ctx(), Coordinator::system(org(&varde, whose)));
        if whose != 1 {
            let id = cohort(&varde, whose, "national_top_leader", &["2027-02-02"]).await?;
            publish(&varde, whose, id).await?;
            opened.get_or_insert(id);
            let draft = RoundDraft {
                cohort: CODE.to_owned(),
                code: None,
                opens: "2026-11-23".parse()?,
                closes: "2026-12-04".parse()?,
                endorse_by: "2026-12-11".parse()?,
                quota: None,
                reserves: None,
                panel: vec!["10167".to_owned()],
            };
            nominations::create(&ctx, &right, &draft).await?;
            nominations::open(&ctx, &right, CODE, None).await?;
        }
        let nominee = of_number(&varde, whose, nominee).await?;
        let draft = NominationDraft {
            round: CODE.to_owned(),
            nominee: None,
            motivation: Some("Vil lede på tvers.".to_owned()),
            project: Some("Kortere ventetid.".to_owned()),
            submit: true,
            dry_run: false,
        };
        let oneself = viewer(org(&varde, whose), &nominee).oneself()?;
        nominations::nominate(&ctx, &oneself, &draft).await?;
        secrets.push(nominee.name());
        people.push(of_number(&varde, whose, number).await?);
    }
    varde.run_due().await?;
    let house = House { varde, cohort: opened.context("a cohort")? };
    let answer: Fields = &[("act", "send"), ("endorsed", "yes"), ("reason", "Klar for mer.")];
    Neighbours { house, purpose: LinkPurpose::Endorsement, people, secrets, answer }.keep_apart().await
}

/// The leader groups of the three clinics, invited.
async fn groups_invited(engine: Engine) -> Result<Neighbours> {
    let varde = next_door(engine).await?;
    let days = ["2027-01-13", "2027-02-17", "2027-04-07"];
    let first = cohort(&varde, 0, "leader_group_development", &days).await?;
    let last = cohort(&varde, 2, "leader_group_development", &days).await?;
    let (mut people, mut secrets) = (Vec::new(), Vec::new());
    for (whose, (number, unit, _)) in LEADERS.into_iter().enumerate() {
        let right = Coordinator::system(org(&varde, whose));
        let put_in = EnrolLeaderGroup {
            cohort: if whose < 2 { first } else { last },
            unit_code: unit.to_owned(),
            name: None,
            case: ChangeCase { what_changes: None, who_is_touched: None },
            facilitator: None,
            reason: None,
            dry_run: false,
        };
        secrets.push(groups::enrol(&varde.ctx(), &right, &put_in).await?.group.name);
        people.push(of_number(&varde, whose, number).await?);
    }
    publish(&varde, 0, first).await?;
    publish(&varde, 2, last).await?;
    varde.run_due().await?;
    let house = House { varde, cohort: first };
    let answer: Fields = &[("act", "accept")];
    Ok(Neighbours { house, purpose: LinkPurpose::GroupInvitation, people, secrets, answer })
}

async fn a_link_asks_its_own_leader_of_a_group_and_stands_while_the_group_is_asked(
    engine: Engine,
) -> Result<()> {
    groups_invited(engine).await?.keep_apart().await
}

async fn a_link_asks_its_own_owner_how_it_goes_and_stands_while_it_is_asked(engine: Engine) -> Result<()> {
    let invited = groups_invited(engine).await?;
    let varde = &invited.house.varde;
    for (whose, (number, _, _)) in LEADERS.into_iter().enumerate() {
        let (org, right) = (org(varde, whose), Coordinator::system(org(varde, whose)));
        let cohort = cohorts::find_by_code(&varde.ctx(), &right, CODE).await?.context("a cohort")?;
        let all = varde_persistence::groups::of_cohorts(varde.app.store(), org, &[cohort.id]).await?;
        let own = all.iter().find(|group| group.leader == invited.people[whose].id).context("a group")?;
        let leader = viewer(org, &invited.people[whose]).oneself()?;
        groups::answer(&varde.ctx(), &leader, own.id, &GroupAnswer::Accept, false).await?;
        let measure = SetMeasure {
            group: own.id,
            measure: None,
            kind: MeasureKind::Action,
            text: format!("Fast møte for {}", own.name),
            indicator: None,
            baseline: None,
            target: None,
            owner: number.to_owned(),
            due: None,
            version: None,
        };
        groups::set_measure(&varde.ctx(), &right, &measure).await?;
    }
    varde.move_to("2027-07-08T12:00:00Z".parse()?).await?;
    let answer: Fields = &[("act", "send"), ("standing-1", "under_way")];
    Neighbours { purpose: LinkPurpose::FollowUp, answer, ..invited }.keep_apart().await
}

async fn a_link_asks_its_own_holder_of_a_place_what_was_practised(engine: Engine) -> Result<()> {
    let varde = next_door(engine).await?;
    let mut opened = Vec::new();
    for (whose, numbers) in [(0, &STAFF[..2]), (2, &STAFF[2..])] {
        let right = Coordinator::system(org(&varde, whose));
        let id = cohort(&varde, whose, "mobilisation", &["2027-01-20", "2027-02-17"]).await?;
        let input = EnrolLeaders {
            cohort: id,
            employee_numbers: numbers.iter().map(|number| (*number).to_owned()).collect(),
            reason: Some("Avtalt".to_owned()),
            error_policy: ErrorPolicy::RejectAll,
            dry_run: false,
        };
        enrolments::enrol(&varde.ctx(), &right, &input).await?;
        publish(&varde, whose, id).await?;
        opened.push(id);
    }
    let (mut people, mut secrets) = (Vec::new(), Vec::new());
    for (whose, number) in STAFF.into_iter().enumerate() {
        let person = of_number(&varde, whose, number).await?;
        let own = places::of_person(varde.app.store(), org(&varde, whose), person.id).await?;
        let place = own.first().context("a place")?.id;
        let oneself = viewer(org(&varde, whose), &person).oneself()?;
        enrolments::answer(&varde.ctx(), &oneself, place, &enrolments::Answer::Accept, false).await?;
        secrets.push(person.name());
        people.push(person);
    }
    varde.move_to("2027-01-21T12:00:00Z".parse()?).await?;
    let house = House { varde, cohort: opened[0] };
    let answer: Fields = &[("act", "send"), ("follow_a_leader", "done")];
    Neighbours { house, purpose: LinkPurpose::Practice, people, secrets, answer }.keep_apart().await
}
