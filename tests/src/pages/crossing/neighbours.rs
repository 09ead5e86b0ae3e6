//! Those with a link of one kind, two in a trust and one in another, and what has to hold for each of their links.

use anyhow::{Context, Result};
use chrono::TimeDelta;
use varde_app::{access::Coordinator, cohorts, groups};
use varde_model::{
    ids::OrganisationId,
    links::{Link, LinkPurpose},
    people::Person,
};
use varde_persistence::{enrolments, links, nominations, practice};
use varde_testkit::harness::Harness;

use super::{ACTS, Fields, House, PAGES, TRUSTS, forged, kind};

/// The code of the cohort in each trust.
pub(super) const CODE: &str = "KULL-1";

/// Those with a link of one kind, the last of them in the other trust.
pub(super) struct Neighbours {
    pub(super) house: House,
    pub(super) purpose: LinkPurpose,
    pub(super) people: Vec<Person>,
    /// What the page of each tells, and no other's.
    pub(super) secrets: Vec<String>,
    pub(super) answer: Fields,
}

impl Neighbours {
    fn org(&self, whose: usize) -> OrganisationId {
        org(&self.house.varde, whose)
    }

    async fn link(&self, whose: usize) -> Result<Link> {
        let store = self.house.varde.app.store();
        let own = links::live_of(store, self.org(whose), &[self.people[whose].id]).await?;
        let found = own.into_iter().find(|link| link.purpose == self.purpose);
        found.with_context(|| format!("no link {:?} of {whose}", self.purpose))
    }

    fn path(&self, link: &Link) -> String {
        format!("/answer/{}", self.token(link))
    }

    fn token(&self, link: &Link) -> String {
        self.house.varde.app.keys().links().token(kind(self.purpose), link.id)
    }

    /// What each link can change, as it stands.
    async fn standing(&self) -> Result<Vec<String>> {
        let (ctx, mut all) = (self.house.varde.ctx(), Vec::new());
        for (whose, person) in self.people.iter().enumerate() {
            let (org, right) = (self.org(whose), Coordinator::system(self.org(whose)));
            all.push(match self.purpose {
                LinkPurpose::Endorsement => {
                    format!("{:?}", nominations::asked_of(ctx.store(), org, person.id).await?)
                }
                LinkPurpose::Practice => {
                    let own = enrolments::of_person(ctx.store(), org, person.id).await?;
                    let own: Vec<_> = own.iter().map(|place| place.id).collect();
                    format!("{:?}", practice::of_enrolments(ctx.store(), org, &own).await?)
                }
                _ => {
                    let cohort = cohorts::find_by_code(&ctx, &right, CODE).await?.context("a cohort")?;
                    let mut own =
                        varde_persistence::groups::of_cohorts(ctx.store(), org, &[cohort.id]).await?;
                    own.retain(|group| group.leader == person.id);
                    let ids: Vec<_> = own.iter().map(|group| group.id).collect();
                    format!("{own:?} {:?}", groups::follow_ups_of(&ctx, &right, &ids).await?)
                }
            });
        }
        Ok(all)
    }

    /// Everything that has to hold, whatever is asked.
    pub(super) async fn keep_apart(&self) -> Result<()> {
        let mut own = Vec::new();
        for whose in 0..self.people.len() {
            own.push(self.link(whose).await?);
        }
        self.each_page_is_its_own(&own).await?;
        self.nothing_else_works(&own).await?;
        self.an_answer_is_its_own(&own[0]).await?;
        let before = self.standing().await?;
        let tx = self.house.varde.app.store().write().await?;
        let now = self.house.varde.ctx().now;
        links::revoke(&tx, self.org(1), own[1].subject.as_ref(), Some(self.people[1].id), now).await?;
        tx.commit().await?;
        self.does_nothing(&own[1]).await?;
        self.house.varde.clock.set(own[2].expires_at);
        self.does_nothing(&own[2]).await?;
        assert_eq!(self.standing().await?, before, "taken back, or too late");
        Ok(())
    }

    async fn each_page_is_its_own(&self, own: &[Link]) -> Result<()> {
        for (whose, link) in own.iter().enumerate() {
            let (status, page) = self.house.page(&self.path(link)).await?;
            assert_eq!(status, 200, "{whose}: {page}");
            for (of, secret) in self.secrets.iter().enumerate() {
                assert_eq!(page.contains(secret), of == whose, "{secret} in the page of {whose}:\n{page}");
            }
            let foreign = TRUSTS[usize::from(whose < 2)];
            assert!(!page.to_lowercase().contains(foreign), "{foreign} in the page of {whose}:\n{page}");
        }
        Ok(())
    }

    /// Neither under another's signature, nor on another page, nor with another page's answers.
    async fn nothing_else_works(&self, own: &[Link]) -> Result<()> {
        let before = self.standing().await?;
        for one in own {
            let others = own.iter().filter(|other| other.id != one.id);
            let mut nowhere = Vec::new();
            for other in others {
                nowhere.push(format!("/answer/{}", forged(&self.token(one), &self.token(other))?));
            }
            let pages = PAGES.iter().filter(|page| **page != "answer");
            nowhere.extend(pages.map(|page| format!("/{page}/{}", self.token(one))));
            for path in nowhere {
                // Far enough from the last one that none is held back for its number.
                let clock = &self.house.varde.clock;
                clock.set(self.house.varde.ctx().now + TimeDelta::seconds(70));
                assert_eq!(self.house.page(&path).await?.0, 404, "{path}");
                let (status, page) = self.house.submit(&path, self.answer).await?;
                assert!((400..500).contains(&status), "{path}: {status} {page}");
            }
            let act = self.answer[0].1;
            let foreign =
                |fields: &Fields| !(fields[0].1 == act || act == "accept" && fields[0].1 == "decline");
            for fields in ACTS.into_iter().filter(foreign) {
                let (status, page) = self.house.submit(&self.path(one), fields).await?;
                assert!((400..500).contains(&status), "{fields:?}: {status} {page}");
            }
        }
        assert_eq!(self.standing().await?, before);
        Ok(())
    }

    async fn an_answer_is_its_own(&self, link: &Link) -> Result<()> {
        let before = self.standing().await?;
        let (status, page) = self.house.submit(&self.path(link), self.answer).await?;
        assert_eq!(status, 303, "{page}");
        let after = self.standing().await?;
        assert!(after[0] != before[0] && after[1..] == before[1..], "{before:#?}\n{after:#?}");
        if !matches!(self.purpose, LinkPurpose::Endorsement | LinkPurpose::GroupInvitation) {
            return Ok(());
        }
        // Used up: a second answer is not taken, and the first one stands.
        let other: Fields = match self.purpose {
            LinkPurpose::Endorsement => &[("act", "send"), ("endorsed", "no"), ("reason", "Likevel ikke.")],
            _ => &[("act", "decline"), ("reason", "")],
        };
        let (status, page) = self.house.submit(&self.path(link), other).await?;
        assert!(status == 409 && page.contains("fordi det alt er svart"), "{status} {page}");
        assert_eq!(self.standing().await?, after);
        Ok(())
    }

    /// Taken back or run out: the page says so, asks nothing and takes nothing.
    async fn does_nothing(&self, link: &Link) -> Result<()> {
        let (status, page) = self.house.page(&self.path(link)).await?;
        assert!(status == 410 && !page.contains("<form"), "{status} {page}");
        let (status, page) = self.house.submit(&self.path(link), self.answer).await?;
        assert_eq!(status, 410, "{page}");
        Ok(())
    }
}

/// The trust of each.
pub(super) fn org(varde: &Harness, whose: usize) -> OrganisationId {
    if whose < 2 { varde.org } else { varde.other }
}
