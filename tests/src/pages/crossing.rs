//! Whose link it is: a token never shows or changes what is another's, of the same trust or of another one.

mod asked;
mod neighbours;

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use chrono::TimeDelta;
use varde_app::{
    access::Coordinator,
    hr_import::{ImportInput, import_people},
};
use varde_auth::LinkKind;
use varde_model::{
    enrolment::Enrolment,
    gathering::GatheringAnswer,
    ids::{CohortId, OrganisationId, PersonId},
    links::LinkPurpose,
    people::Person,
};
use varde_persistence::{Engine, enrolments, gatherings, links, people};
use varde_testkit::harness::{Harness, NOVEMBER};

use crate::both::on_both;

use super::house::{BOKMAAL, House, NYNORSK, open};

on_both! {
    a_token_shows_its_own_person_and_trust_only
    a_token_put_together_from_two_leads_nowhere
    a_token_serves_its_own_page_and_its_own_question_only
    one_click_and_an_answer_change_the_tokens_own_person_only
    a_link_that_was_taken_back_shows_a_page_that_helps_and_does_nothing
}

/// A leader of the other trust, with another name than those two.
const STRANGER: &str = "10059";

/// One trust with two who were invited to a cohort with a single seat, and another trust with one.
struct Street {
    house: House,
    /// Of the two, then the stranger.
    people: [Whose; 3],
}

struct Whose {
    org: OrganisationId,
    cohort: CohortId,
    person: Person,
}

/// The trusts' own names, which the other one's pages must not tell.
const TRUSTS: [&str; 2] = ["fjordheim", "sorvik"];

impl Street {
    /// Invitations are out and were reminded of, so that everyone has a link to unsubscribe too.
    async fn new(engine: Engine) -> Result<Self> {
        let house = House::inviting(engine, 1).await?;
        let varde = &house.varde;
        people_next_door(varde).await?;
        let other = open(varde, varde.other, "sorvik", 1, &[STRANGER]).await?;
        varde.run_due().await?;
        let deadline = house.place(BOKMAAL).await?.answer_by.context("a deadline")?;
        // The reminder is out, and there are hours left to answer.
        varde.move_to(deadline - TimeDelta::hours(8)).await?;
        let (one, two) = (varde.org, varde.other);
        let people = [
            whose(varde, one, house.cohort, BOKMAAL).await?,
            whose(varde, one, house.cohort, NYNORSK).await?,
            whose(varde, two, other, STRANGER).await?,
        ];
        Ok(Self { house, people })
    }

    /// Every live link, with the person it is for.
    async fn tokens(&self) -> Result<Vec<(usize, LinkPurpose, String)>> {
        let mut all = Vec::new();
        for (index, whose) in self.people.iter().enumerate() {
            let found = links::live_of(self.store(), whose.org, &[whose.person.id]).await?;
            let token = |purpose, id| self.house.varde.app.keys().links().token(kind(purpose), id);
            all.extend(found.into_iter().map(|link| (index, link.purpose, token(link.purpose, link.id))));
        }
        all.sort_by_key(|(index, purpose, _)| (*index, purpose.as_str()));
        Ok(all)
    }

    async fn token(&self, whose: usize, purpose: LinkPurpose) -> Result<String> {
        let mut all = self.tokens().await?.into_iter();
        let found = all.find(|(index, of, _)| *index == whose && *of == purpose);
        Ok(found.with_context(|| format!("no link {purpose:?} of {whose}"))?.2)
    }

    fn store(&self) -> &varde_persistence::Store {
        self.house.varde.app.store()
    }

    /// How everything stands that a link can change, for each of the three.
    async fn standing(&self) -> Result<Vec<(Enrolment, Vec<GatheringAnswer>, bool)>> {
        let mut all = Vec::new();
        for Whose { org, cohort, person } in &self.people {
            let place = enrolments::of_cohort(self.store(), *org, *cohort).await?;
            let place = place.into_iter().find(|place| place.person == person.id).context("place")?;
            let meetings = gatherings::of_cohorts(self.store(), *org, &[*cohort]).await?;
            let meetings: Vec<_> = meetings.iter().map(|meeting| meeting.id).collect();
            let mut answers = gatherings::answers(self.store(), *org, &meetings).await?;
            answers.retain(|answer| answer.enrolment == place.id);
            let muted = people::find(self.store(), *org, person.id).await?.context("person")?.muted;
            all.push((place, answers, muted));
        }
        Ok(all)
    }

    /// A page tells of nobody but its own person, and of no other trust.
    fn tells_of_its_own_only(&self, whose: usize, page: &str) {
        for (index, other) in self.people.iter().enumerate() {
            if index == whose {
                continue;
            }
            let Person { given_name, family_name, email, employee_number, .. } = &other.person;
            let full = other.person.name();
            for secret in [&full, given_name, family_name, email, employee_number] {
                assert!(!page.contains(secret.as_str()), "{secret} in the page of {whose}:\n{page}");
            }
            if other.org != self.people[whose].org {
                let trust = TRUSTS[usize::from(other.org == self.house.varde.other)];
                assert!(!page.to_lowercase().contains(trust), "{trust} in the page of {whose}:\n{page}");
            }
        }
    }

    /// A try at something unknown, far enough from the last one that none is held back for its number.
    async fn leads_nowhere(&self, path: &str) -> Result<()> {
        let clock = &self.house.varde.clock;
        clock.set(self.house.varde.ctx().now + TimeDelta::seconds(70));
        let (status, page) = self.house.page(path).await?;
        assert_eq!(status, 404, "{path}: {page}");
        for whose in &self.people {
            assert!(!page.contains(&whose.person.family_name) && !page.contains('@'), "{page}");
        }
        for fields in ACTS {
            let (status, page) = self.house.submit(path, fields).await?;
            assert!(status == 404 || (400..=422).contains(&status), "{path} {fields:?}: {status} {page}");
            assert!(!page.contains('@'), "{path} {fields:?}: {page}");
        }
        Ok(())
    }
}

/// The same people, with addresses of their own, in the other trust.
async fn people_next_door(varde: &Harness) -> Result<()> {
    let file = String::from_utf8(NOVEMBER.to_vec())?.replace("@fjordheim.example", "@sorvik.example");
    let file: &'static [u8] = Box::leak(file.into_bytes().into_boxed_slice());
    let input: ImportInput = varde.import_input("hr-export-2026-11.csv", file)?;
    import_people(&varde.ctx(), &Coordinator::system(varde.other), input, &|_, _| {}).await?;
    Ok(())
}

/// The id of one link under the signature of another.
fn forged(one: &str, other: &str) -> Result<String> {
    let (id, signature) = (BASE64.decode(one)?, BASE64.decode(other)?);
    Ok(BASE64.encode([&id[..16], &signature[16..]].concat()))
}

/// The fields of a form.
type Fields = &'static [(&'static str, &'static str)];

/// Everything that a form of any page may send.
const ACTS: [Fields; 10] = [
    &[("act", "accept")],
    &[("act", "decline"), ("reason", "")],
    &[("act", "withdraw"), ("reason", "")],
    &[("act", "coming")],
    &[("act", "not-coming")],
    &[("act", "send"), ("question-useful", "5")],
    &[("act", "unsubscribe")],
    &[("act", "resubscribe")],
    &[("List-Unsubscribe", "One-Click")],
    &[("password", "et langt og rolig passord"), ("again", "et langt og rolig passord")],
];

const PAGES: [&str; 4] = ["answer", "unsubscribe", "password", "certificate"];

async fn whose(varde: &Harness, org: OrganisationId, cohort: CohortId, number: &str) -> Result<Whose> {
    let found = people::find_by_number(varde.app.store(), org, number).await?;
    Ok(Whose { org, cohort, person: found.context("person")? })
}

const fn kind(purpose: LinkPurpose) -> LinkKind {
    match purpose {
        LinkPurpose::Unsubscribe => LinkKind::Unsubscribe,
        LinkPurpose::Certificate => LinkKind::Certificate,
        _ => LinkKind::Answer,
    }
}

const fn page_of(purpose: LinkPurpose) -> &'static str {
    match purpose {
        LinkPurpose::Unsubscribe => "unsubscribe",
        LinkPurpose::Certificate => "certificate",
        _ => "answer",
    }
}

async fn a_token_shows_its_own_person_and_trust_only(engine: Engine) -> Result<()> {
    let street = Street::new(engine).await?;
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    // Before the answers; then with a seat, in line, and turned down.
    let acts = [None, Some((0, "accept")), Some((1, "accept")), Some((2, "decline"))];
    for act in acts {
        if let Some((whose, act)) = act {
            let token = street.token(whose, LinkPurpose::Invitation).await?;
            let (status, page) = street.house.submit(&format!("/answer/{token}"), &[("act", act)]).await?;
            assert_eq!(status, 303, "{page}");
            street.tells_of_its_own_only(whose, &page);
            street.house.varde.run_due().await?;
        }
        for (whose, purpose, token) in street.tokens().await? {
            let (status, page) = street.house.page(&format!("/{}/{token}", page_of(purpose))).await?;
            assert_eq!(status, 200, "{whose} {purpose:?}: {page}");
            street.tells_of_its_own_only(whose, &page);
            seen.insert(purpose.as_str());
        }
    }
    street.house.complete().await?;
    let token = street.token(0, LinkPurpose::Certificate).await?;
    let (status, page) = street.house.page(&format!("/certificate/{token}")).await?;
    assert_eq!(status, 200, "{page}");
    street.tells_of_its_own_only(0, &page);
    seen.insert(LinkPurpose::Certificate.as_str());
    // The next morning she or he is asked what it was worth.
    street.house.varde.move_to(street.house.varde.ctx().now + TimeDelta::days(1)).await?;
    let token = street.token(0, LinkPurpose::Survey).await?;
    let (status, page) = street.house.page(&format!("/answer/{token}")).await?;
    assert_eq!(status, 200, "{page}");
    street.tells_of_its_own_only(0, &page);
    seen.insert(LinkPurpose::Survey.as_str());
    // What is asked about others, about a group or about practice has tests of its own: `asked`.
    let elsewhere = [
        LinkPurpose::Endorsement,
        LinkPurpose::GroupInvitation,
        LinkPurpose::FollowUp,
        LinkPurpose::Practice,
        LinkPurpose::CheckIn,
        LinkPurpose::CheckInReview,
        LinkPurpose::CompetencePlan,
    ];
    for purpose in LinkPurpose::ALL.iter().filter(|purpose| !elsewhere.contains(purpose)) {
        assert!(seen.contains(purpose.as_str()), "no page of {purpose:?} was looked at: {seen:?}");
    }
    Ok(())
}

async fn a_token_put_together_from_two_leads_nowhere(engine: Engine) -> Result<()> {
    let street = Street::new(engine).await?;
    let before = street.standing().await?;
    let tokens = street.tokens().await?;
    assert_eq!(tokens.len(), 6, "an invitation and an unsubscribe link for each: {tokens:?}");
    for (_, _, one) in &tokens {
        for (_, purpose, other) in tokens.iter().filter(|(_, _, other)| other != one) {
            street.leads_nowhere(&format!("/{}/{}", page_of(*purpose), forged(one, other)?)).await?;
        }
    }
    assert_eq!(street.standing().await?, before);
    Ok(())
}

async fn a_token_serves_its_own_page_and_its_own_question_only(engine: Engine) -> Result<()> {
    let street = Street::new(engine).await?;
    // With a seat, there are links to leave it and to answer about gatherings as well.
    let token = street.token(1, LinkPurpose::Invitation).await?;
    street.house.submit(&format!("/answer/{token}"), &[("act", "accept")]).await?;
    street.house.varde.run_due().await?;
    let before = street.standing().await?;
    for (whose, purpose, token) in street.tokens().await? {
        for page in PAGES.into_iter().filter(|page| *page != page_of(purpose)) {
            street.leads_nowhere(&format!("/{page}/{token}")).await?;
        }
        let own: &[&str] = match purpose {
            LinkPurpose::Invitation => &["accept", "decline"],
            LinkPurpose::Manage => &["withdraw"],
            LinkPurpose::GatheringAnswer => &["coming", "not-coming"],
            LinkPurpose::Endorsement => &["send"],
            LinkPurpose::GroupInvitation => &["accept", "decline"],
            LinkPurpose::FollowUp | LinkPurpose::Survey | LinkPurpose::Practice => &["send"],
            LinkPurpose::Unsubscribe => &["unsubscribe", "resubscribe", "One-Click"],
            LinkPurpose::Certificate => &[],
            // Pages of their own, with acts of their own: `p02_` and `p12_` hold them.
            LinkPurpose::CheckIn | LinkPurpose::CheckInReview | LinkPurpose::CompetencePlan => &[],
        };
        for fields in ACTS.into_iter().filter(|fields| !own.contains(&fields[0].1)) {
            let path = format!("/{}/{token}", page_of(purpose));
            let (status, page) = street.house.submit(&path, fields).await?;
            assert!((400..500).contains(&status), "{whose} {purpose:?} {fields:?}: {status}");
            street.tells_of_its_own_only(whose, &page);
        }
    }
    assert_eq!(street.standing().await?, before);
    Ok(())
}

async fn one_click_and_an_answer_change_the_tokens_own_person_only(engine: Engine) -> Result<()> {
    let street = Street::new(engine).await?;
    let others_stand = |before: &[_], after: &[_], whose: usize| {
        for index in (0..3).filter(|index| *index != whose) {
            assert_eq!(before[index], after[index], "{index} after an act of {whose}");
        }
        assert_ne!(before[whose], after[whose], "{whose}");
    };
    let one_click: Fields = &[("List-Unsubscribe", "One-Click")];
    let steps: [(LinkPurpose, Fields, &[usize]); 4] = [
        (LinkPurpose::Unsubscribe, one_click, &[0, 2]),
        (LinkPurpose::Invitation, &[("act", "accept")], &[0, 2]),
        (LinkPurpose::GatheringAnswer, &[("act", "not-coming")], &[0, 2]),
        // What else a form says of a person is not what says who it is.
        (LinkPurpose::Invitation, &[("act", "decline"), ("reason", ""), ("person", "0")], &[1]),
    ];
    for (purpose, fields, of) in steps {
        for whose in of.iter().copied() {
            let before = street.standing().await?;
            let token = street.token(whose, purpose).await?;
            let (status, page) =
                street.house.submit(&format!("/{}/{token}", page_of(purpose)), fields).await?;
            assert!(matches!(status, 200 | 303), "{whose} {purpose:?}: {status} {page}");
            street.tells_of_its_own_only(whose, &page);
            others_stand(&before, &street.standing().await?, whose);
            street.house.varde.run_due().await?;
        }
    }
    Ok(())
}

async fn a_link_that_was_taken_back_shows_a_page_that_helps_and_does_nothing(engine: Engine) -> Result<()> {
    let street = Street::new(engine).await?;
    let before = street.standing().await?;
    let tokens = street.tokens().await?;
    let Whose { org, person, .. } = &street.people[0];
    let tx = street.store().write().await?;
    let id: PersonId = person.id;
    assert_eq!(links::revoke(&tx, *org, None, Some(id), street.house.varde.ctx().now).await?, 2);
    tx.commit().await?;
    for (whose, purpose, token) in tokens {
        let path = format!("/{}/{token}", page_of(purpose));
        let (status, page) = street.house.page(&path).await?;
        street.tells_of_its_own_only(whose, &page);
        if whose != 0 {
            assert_eq!(status, 200, "{whose} {purpose:?}");
            continue;
        }
        assert_eq!(status, 410, "{purpose:?}: {page}");
        assert!(!page.contains("<form"), "{page}");
        for fields in ACTS {
            let (status, page) = street.house.submit(&path, fields).await?;
            assert!((400..500).contains(&status), "{purpose:?} {fields:?}: {status}");
            street.tells_of_its_own_only(whose, &page);
        }
    }
    assert_eq!(street.standing().await?, before);
    Ok(())
}
