//! A year of check-ins as a test follows it: how far each pair comes, and of whom something is wanted then.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use varde_testkit::harness::{Harness, Mail};

use crate::journeys::{
    p01_onboarding::at,
    p12_check_in::{SECRET, field, filled, page, press, submit},
};

/// How far a leader and the line manager come in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Course {
    Signed,
    Nothing,
    LeaderOnly,
    ManagerOnly,
    BothDone,
    Met,
    LeaderSigned,
    ManagerSigned,
}

use Course::*;

/// Given out by turns, in the order of the names; in the next year everybody goes one further.
pub(crate) const COURSES: [Course; 8] =
    [Signed, Nothing, LeaderOnly, ManagerOnly, BothDone, Met, LeaderSigned, ManagerSigned];

impl Course {
    pub(crate) const fn leader_gives(self) -> bool {
        !matches!(self, Nothing | ManagerOnly)
    }

    const fn manager_gives(self) -> bool {
        !matches!(self, Nothing | LeaderOnly)
    }

    const fn they_meet(self) -> bool {
        matches!(self, Signed | Met | LeaderSigned | ManagerSigned)
    }

    /// Of whom something is wanted in the end: the leader, the line manager.
    pub(crate) const fn wanted(self) -> (bool, bool) {
        match self {
            Signed => (false, false),
            LeaderOnly | LeaderSigned => (false, true),
            ManagerOnly | ManagerSigned => (true, false),
            Nothing | BothDone | Met => (true, true),
        }
    }

    /// The state before the close.
    const fn state(self) -> &'static str {
        match self {
            Signed => "SIGNED",
            Nothing => "OPEN",
            LeaderOnly => "LEADER_DONE",
            ManagerOnly => "MANAGER_DONE",
            BothDone => "BOTH_DONE",
            Met => "MET",
            LeaderSigned => "LEADER_SIGNED",
            ManagerSigned => "MANAGER_SIGNED",
        }
    }
}

/// A check-in as the test follows it.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    pub(crate) course: Course,
    pub(crate) leader: (String, String),
    /// Address and page of who holds it with the leader; None while nobody is named.
    pub(crate) manager: Option<(String, String)>,
}

/// The check-ins of a year, by the leader's name.
pub(crate) struct Year {
    code: &'static str,
    turn: usize,
    pub(crate) held: BTreeMap<String, Held>,
}

impl Year {
    pub(crate) const fn new(code: &'static str, turn: usize) -> Self {
        Self { code, turn, held: BTreeMap::new() }
    }

    /// Takes in who is asked to hold a check-in, as the mails say it. Line managers' mails name each leader with a page.
    /// Says whom they were handed over to.
    pub(crate) fn read(&mut self, mails: &[Mail]) -> Result<BTreeSet<String>> {
        let opened = mails.iter().filter(|mail| {
            mail.subject.contains(": start når det passer deg")
                || mail.subject.contains(": start når det passar deg")
        });
        for mail in opened {
            let Some(link) = mail.link_to("/check-in/") else { continue };
            let name = mail.text.split("Hei ").nth(1).and_then(|rest| rest.split(',').next());
            let name = name.context("a greeting")?.to_owned();
            let course = COURSES[(self.held.len() + self.turn) % COURSES.len()];
            let held = Held { course, leader: (mail.to.clone(), link), manager: None };
            self.held.entry(name).or_insert(held);
        }
        let mut handed = BTreeSet::new();
        for mail in mails
            .iter()
            .filter(|mail| mail.subject.ends_with("venter på deg") || mail.subject.ends_with("ventar på deg"))
        {
            let mut lines = mail.text.lines();
            while let Some(line) = lines.next() {
                let Some(name) = line.strip_prefix("* ").and_then(|rest| rest.split(": ").next()) else {
                    continue;
                };
                let link =
                    lines.next().and_then(|url| url.find("/check-in/").map(|from| url[from..].to_owned()));
                let (Some(link), Some(held)) = (link, self.held.get_mut(name)) else { continue };
                let before = held.manager.replace((mail.to.clone(), link));
                if before.is_some_and(|(address, _)| address != mail.to) {
                    handed.insert(name.to_owned());
                    // What a former line manager gave and nobody had seen is thrown away.
                    if held.course == ManagerOnly {
                        held.course = Nothing;
                    }
                }
            }
        }
        Ok(handed)
    }

    /// Takes out a leader whose check-in ends; a signed one stays as it is.
    pub(crate) fn ends(&mut self, name: &str) -> Result<()> {
        let held = self.held.get(name).with_context(|| format!("{name} took no part"))?;
        if held.course != Signed {
            self.held.remove(name);
        }
        Ok(())
    }

    /// Everybody of whom something is wanted.
    pub(crate) fn wanted(&self) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        for held in self.held.values() {
            let (leader, manager) = held.course.wanted();
            if leader {
                found.insert(held.leader.0.as_str());
            }
            if let Some((address, _)) = held.manager.as_ref().filter(|_| manager) {
                found.insert(address);
            }
        }
        found
    }

    /// Line managers whose leaders are late.
    pub(crate) fn late_below(&self) -> BTreeSet<&str> {
        let late = self.held.values().filter(|held| held.course.wanted().0);
        late.filter_map(|held| held.manager.as_ref()).map(|(address, _)| address.as_str()).collect()
    }

    /// Everybody gives the view that the course lets her or him give; what does not apply is said why.
    pub(crate) async fn give(&self, varde: &Harness) -> Result<()> {
        for (index, held) in self.held.values().enumerate() {
            let ratings = ["not_yet", "on_the_way", "in_place", "role_model", "not_applicable"];
            let views = [
                (held.course.leader_gives(), Some(&held.leader.1), ratings[index % 5]),
                (
                    held.course.manager_gives(),
                    held.manager.as_ref().map(|(_, link)| link),
                    ratings[index % 4],
                ),
            ];
            for (gives, link, rating) in views {
                let Some(link) = link.filter(|_| gives) else { continue };
                let shown = page(varde, link).await?;
                let (status, told) = submit(varde, link, &filled(&shown, "give", rating, SECRET)).await?;
                ensure!(status == 303, "{link}: {status} {told}");
            }
        }
        Ok(())
    }

    /// Everybody meets, agrees on an action and signs, as far as the course goes.
    pub(crate) async fn meet_and_sign(&self, varde: &Harness, met_on: &str) -> Result<()> {
        for held in self.held.values().filter(|held| held.course.they_meet()) {
            let leader = held.leader.1.as_str();
            let manager = held.manager.as_ref().map(|(_, link)| link.as_str()).context("nobody to meet")?;
            let due = format!("{}-06-01", self.code);
            let agree = [("act", "agree"), ("action", SECRET), ("owner", "leader"), ("due_on", due.as_str())];
            ensure!(press(varde, manager, &agree).await? == 303, "{held:?}");
            ensure!(press(varde, leader, &[("act", "meet"), ("met_on", met_on)]).await? == 303, "{held:?}");
            let signs = match held.course {
                Signed => [Some(leader), Some(manager)],
                LeaderSigned => [Some(leader), None],
                ManagerSigned => [Some(manager), None],
                _ => [None, None],
            };
            for link in signs.into_iter().flatten() {
                let shown = page(varde, link).await?;
                let sign = [("act", "sign"), ("version", field(&shown, "version"))];
                ensure!(press(varde, link, &sign).await? == 303, "{held:?}");
            }
        }
        Ok(())
    }

    /// Moves the clock over a day of reminders, and holds who got one against who had something to do.
    pub(crate) async fn reminded(
        &mut self,
        varde: &Harness,
        until: &str,
        expected: &[&str],
    ) -> Result<Vec<Mail>> {
        varde.new_mails();
        varde.move_to(at(until)).await?;
        let mails = varde.new_mails();
        let own: Vec<&Mail> = mails.iter().filter(|mail| mail.subject.contains(self.code)).collect();
        let told: BTreeSet<&str> = own.iter().map(|mail| mail.to.as_str()).collect();
        ensure!(told.len() == own.len(), "{until}: somebody got two");
        let expected: BTreeSet<&str> = expected.iter().copied().collect();
        let missed: Vec<_> = expected.difference(&told).collect();
        let wrongly: Vec<_> = told.difference(&expected).collect();
        ensure!(missed.is_empty() && wrongly.is_empty(), "{until}: not told {missed:?}, wrongly {wrongly:?}");
        Ok(mails)
    }

    /// How many check-ins stand where, as coordinators see it.
    pub(crate) async fn states(&self, varde: &Harness) -> Result<BTreeMap<String, usize>> {
        let hr = varde.coordinator().await?;
        let ask = "query ($code: String!, $after: String) { checkInCycle(code: $code) {
            checkIns(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { state } } } }";
        let (mut counted, mut after) = (BTreeMap::new(), Value::Null);
        loop {
            let told = varde.ask(&hr, ask, json!({ "code": self.code, "after": after })).await?;
            let told = &told["checkInCycle"]["checkIns"];
            for one in told["nodes"].as_array().context("nodes")? {
                *counted.entry(one["state"].as_str().unwrap_or_default().to_owned()).or_default() += 1;
            }
            if told["pageInfo"]["hasNextPage"] != true {
                return Ok(counted);
            }
            after = told["pageInfo"]["endCursor"].clone();
        }
    }

    pub(crate) fn expected(&self) -> BTreeMap<String, usize> {
        let mut counted = BTreeMap::new();
        for held in self.held.values() {
            *counted.entry(held.course.state().to_owned()).or_default() += 1;
        }
        counted
    }
}

/// How many mails of each subject; numbers of leaders are left out of it.
pub(crate) fn by_subject(mails: &[Mail]) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for mail in mails {
        let words = mail.subject.split(' ').map(|word| match word.parse::<u32>() {
            Ok(number) if number < 1000 => "…",
            _ => word,
        });
        *counted.entry(words.collect::<Vec<_>>().join(" ")).or_default() += 1;
    }
    counted
}
