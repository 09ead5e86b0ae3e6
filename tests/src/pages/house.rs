//! A published cohort, and the links that its mails brought.

use anyhow::{Context, Result};
use varde_app::{
    access::Coordinator,
    attendance::{self, RecordAttendance},
    cohorts::{self, CohortDraft, CompleteCohort, GatheringDraft},
    enrolments::{self, EnrolLeaders},
    input::ErrorPolicy,
};
use varde_model::{
    enrolment::Enrolment,
    gathering::Presence,
    ids::{CohortId, OrganisationId, PersonId},
};
use varde_persistence::{Engine, accounts, people};
use varde_testkit::harness::{Harness, Mail};

/// Leaders' employee numbers: Bokmål, Nynorsk.
pub(crate) const BOKMAAL: &str = "10015";
pub(crate) const NYNORSK: &str = "10036";

/// A cohort with two gatherings in January, to which leaders are invited.
pub(crate) struct House {
    pub(crate) varde: Harness,
    pub(crate) cohort: CohortId,
}

impl House {
    /// On a database, with so many seats, and an invitation out to both.
    pub(crate) async fn inviting(engine: Engine, seats: u32) -> Result<Self> {
        let varde = Harness::fjordheim(engine).await?;
        let cohort = open(&varde, varde.org, "fjordheim", seats, &[BOKMAAL, NYNORSK]).await?;
        varde.run_due().await?;
        Ok(Self { varde, cohort })
    }

    /// The last mail to a person whose subject holds a word.
    pub(crate) async fn mail(&self, employee_number: &str, word: &str) -> Result<Mail> {
        let person = self.varde.person(employee_number).await?;
        let person = people::find(self.varde.app.store(), self.varde.org, person).await?.context("person")?;
        let mails = self.varde.mails();
        let found = mails.iter().rev().find(|mail| mail.to == person.email && mail.subject.contains(word));
        let known =
            || mails.iter().map(|mail| format!("{}: {}\n", mail.to, mail.subject)).collect::<String>();
        found.cloned().with_context(|| format!("no mail {word} to {}:\n{}", person.email, known()))
    }

    /// The path of the link in that mail.
    pub(crate) async fn link(&self, employee_number: &str, word: &str) -> Result<String> {
        self.mail(employee_number, word).await?.link().context("the mail has no link")
    }

    /// The one-click address of a reminder to a person, whose invitation has an hour left then.
    pub(crate) async fn unsubscribe_link(&self, employee_number: &str) -> Result<String> {
        let until = self.place(employee_number).await?.answer_by.context("a deadline")?;
        self.varde.move_to(until - chrono::TimeDelta::hours(1)).await?;
        let person = self.varde.person(employee_number).await?;
        let person = people::find(self.varde.app.store(), self.varde.org, person).await?.context("person")?;
        let mails = self.varde.mails();
        let mut reminders = mails.iter().filter(|mail| mail.to == person.email);
        reminders.find_map(|mail| mail.unsubscribe.clone()).context("no mail that can be done without")
    }

    /// The place of a person.
    pub(crate) async fn place(&self, employee_number: &str) -> Result<Enrolment> {
        let person: PersonId = self.varde.person(employee_number).await?;
        let right = Coordinator::system(self.varde.org);
        let all = enrolments::of_cohort(&self.varde.ctx(), &right, self.cohort).await?;
        all.into_iter().find(|place| place.person == person).context("no place")
    }

    /// Closes the cohort, in which everyone with a seat was there all the time.
    pub(crate) async fn complete(&self) -> Result<()> {
        let (varde, right) = (&self.varde, Coordinator::system(self.varde.org));
        let days = cohorts::gatherings_of(&varde.ctx(), &right, &[self.cohort]).await?;
        varde.move_to(days.last().context("a day")?.ends_at).await?;
        for day in days {
            let everyone = RecordAttendance {
                gathering: day.id,
                everyone_else: Some(Presence::Present),
                records: Vec::new(),
                clear: Vec::new(),
                error_policy: ErrorPolicy::RejectAll,
                dry_run: false,
            };
            attendance::record(&varde.ctx(), &right, &everyone).await?;
        }
        cohorts::complete(&varde.ctx(), &right, self.cohort, CompleteCohort::default()).await?;
        varde.run_due().await?;
        Ok(())
    }

    /// The status and text of a page.
    pub(crate) async fn page(&self, path: &str) -> Result<(u16, String)> {
        let answer = self.varde.http.get(path).await?;
        Ok((answer.status().as_u16(), answer.text().await?))
    }

    /// Sends a form; the page that the answer leads to, or the answer itself where it leads nowhere.
    pub(crate) async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Result<(u16, String)> {
        let answer = self.varde.http.submit(path, fields).await?;
        let status = answer.status().as_u16();
        match answer.headers().get("location") {
            Some(there) => {
                let there = there.to_str()?.to_owned();
                Ok((status, self.page(&there).await?.1))
            }
            None => Ok((status, answer.text().await?)),
        }
    }
}

/// Opens a cohort of a trust, with so many seats and an invitation to each of these.
pub(crate) async fn open(
    varde: &Harness,
    org: OrganisationId,
    key: &str,
    seats: u32,
    employee_numbers: &[&str],
) -> Result<CohortId> {
    let right = Coordinator::system(org);
    let ctx = varde.ctx();
    let hr = format!("coordinator@{key}.example");
    let hr = accounts::credentials_by_email(varde.app.store(), &hr).await?;
    let gathering = |date: &str| -> Result<GatheringDraft> {
        Ok(GatheringDraft {
            date: date.parse()?,
            room: Some("Store auditorium".to_owned()),
            ..GatheringDraft::default()
        })
    };
    let draft = CohortDraft {
        programme: "onboarding".to_owned(),
        code: "INTRO-2".to_owned(),
        title: Some("Våren 2027".to_owned()),
        capacity: Some(seats),
        place: Some("Kurssenteret i Åsgata".to_owned()),
        coordinators: vec![hr.context("the coordinator's account")?.account.id],
        gatherings: vec![gathering("2027-01-12")?, gathering("2027-02-09")?],
        ..CohortDraft::default()
    };
    let cohort = cohorts::create(&ctx, &right, &draft).await?.cohort.id;
    let input = EnrolLeaders {
        cohort,
        employee_numbers: employee_numbers.iter().map(|number| (*number).to_owned()).collect(),
        reason: Some("avtalt".to_owned()),
        error_policy: ErrorPolicy::RejectAll,
        dry_run: false,
    };
    enrolments::enrol(&ctx, &right, &input).await?;
    cohorts::publish(&ctx, &right, cohort, None, false).await?;
    Ok(cohort)
}
