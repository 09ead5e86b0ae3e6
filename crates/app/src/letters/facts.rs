//! What a batch of letters tells, fetched in a handful of statements for all of them.

mod asked;
mod check_ins;
mod nominations;
mod told;
mod wanted;

use std::collections::{BTreeSet, HashMap, HashSet};

use varde_auth::LinkKind;
use varde_model::{
    account::Account,
    catalogue::Programme,
    cohort::Cohort,
    delivery::OutboxRow,
    enrolment::Enrolment,
    gathering::Gathering,
    groups::LeaderGroup,
    ids::{
        AccountId, CohortId, EnrolmentId, GatheringId, LeaderGroupId, NominationId, OrganisationId, PersonId,
        PlanId, PolicyId, ProgrammeVersionId,
    },
    letter::{Contact, Head, LetterKind, Unreached},
    links::{Link, LinkPurpose},
    nominations::{Nomination, NominationRound},
    organisation::Organisation,
    people::Person,
    plan::Plan,
    reminders::ReminderPolicy,
    work::{About, Recipient},
};
use varde_persistence::{
    accounts, cohorts, competence_plans, enrolments, gatherings, groups, links, organisations, outbox,
    people, programmes,
};

use crate::{Ctx, Error, Result, post};
use asked::Asked;
use check_ins::Held;
pub(super) use told::{gathering_facts, of_enrolment};
use wanted::Wanted;

/// The facts of a batch.
#[derive(Default)]
pub(super) struct Facts {
    organisations: HashMap<OrganisationId, Organisation>,
    policies: HashMap<PolicyId, ReminderPolicy>,
    people: HashMap<PersonId, Person>,
    accounts: HashMap<AccountId, Account>,
    enrolments: HashMap<EnrolmentId, Enrolment>,
    cohorts: HashMap<CohortId, Cohort>,
    programmes: HashMap<ProgrammeVersionId, Programme>,
    gatherings: HashMap<CohortId, Vec<Gathering>>,
    nominations: HashMap<NominationId, (Nomination, NominationRound)>,
    links: HashMap<PersonId, Vec<Link>>,
    trust_contacts: HashMap<OrganisationId, Vec<Contact>>,
    groups: HashMap<LeaderGroupId, LeaderGroup>,
    answers: HashMap<(GatheringId, EnrolmentId), bool>,
    pub(super) asked: Asked,
    pub(super) held: Held,
    pub(super) plans: HashMap<PlanId, Plan>,
    /// Where places go on that were moved, of those that rows of the batch say were left.
    moved_to: HashMap<EnrolmentId, Enrolment>,
    /// The keys of calendar letters that went out, of those that rows of the batch follow.
    told: HashSet<String>,
}

impl Facts {
    pub(super) async fn fetch(ctx: &Ctx, rows: &[OutboxRow]) -> Result<Self> {
        let mut facts = Facts::default();
        let orgs: BTreeSet<OrganisationId> = rows.iter().map(|row| row.organisation).collect();
        for org in orgs {
            let own: Vec<&OutboxRow> = rows.iter().filter(|row| row.organisation == org).collect();
            facts.fetch_of(ctx, org, &own).await?;
        }
        Ok(facts)
    }

    async fn fetch_of(&mut self, ctx: &Ctx, org: OrganisationId, rows: &[&OutboxRow]) -> Result<()> {
        let store = ctx.store();
        self.organisations.extend(organisations::find(store, org).await?.map(|found| (org, found)));
        if rows.iter().any(|row| row.request.policy.is_some()) {
            // A rule that was switched off while its mail waited sends nothing any more.
            let policies = programmes::policies(store, org).await?;
            for stored in policies.into_iter().filter(|stored| stored.active) {
                let policy = serde_json::from_value(stored.definition).map_err(Error::internal)?;
                self.policies.insert(stored.id, policy);
            }
        }
        let mut wanted = Wanted::default();
        rows.iter().for_each(|row| wanted.note(row));
        self.asked.fetch(ctx, org, &mut wanted).await?;
        self.held.fetch(ctx, org, &mut wanted).await?;
        let plans: Vec<PlanId> = wanted.plans.iter().copied().collect();
        for plan in competence_plans::find_many(store, org, &plans).await? {
            wanted.people.insert(plan.leader);
            wanted.people.extend(plan.manager);
            self.plans.insert(plan.id, plan);
        }
        if !wanted.groups.is_empty() {
            let ids: Vec<LeaderGroupId> = wanted.groups.iter().copied().collect();
            for group in groups::find_many(store, org, &ids).await? {
                wanted.cohorts.insert(group.cohort);
                self.groups.insert(group.id, group);
            }
        }
        let places: Vec<EnrolmentId> = std::mem::take(&mut wanted.enrolments).into_iter().collect();
        for enrolment in enrolments::find_many(store, org, &places).await? {
            wanted.cohorts.insert(enrolment.cohort);
            wanted.cohorts.extend(enrolment.moved_from);
            wanted.people.insert(enrolment.person);
            self.enrolments.insert(enrolment.id, enrolment);
        }
        if rows.iter().any(|row| tells_of_a_move(row.request.letter)) {
            self.follow_moves(ctx, org, &places, &mut wanted.cohorts).await?;
        }
        self.fetch_nominations(ctx, org, &mut wanted).await?;
        let ids: Vec<CohortId> = wanted.cohorts.into_iter().collect();
        self.fetch_cohorts(ctx, org, &ids, &mut wanted.accounts).await?;
        let ids: Vec<AccountId> = wanted.accounts.into_iter().collect();
        for account in accounts::find_many(store, org, &ids).await? {
            self.accounts.insert(account.id, account);
        }
        let ids: Vec<PersonId> = wanted.people.into_iter().collect();
        for person in people::find_many(store, org, &ids).await? {
            self.people.insert(person.id, person);
        }
        for link in links::live_of(store, org, &ids).await? {
            self.links.entry(link.person).or_default().push(link);
        }
        let keys: Vec<String> = rows.iter().flat_map(|row| self.earlier(row)).map(|(key, _)| key).collect();
        if rows.iter().any(|row| is_of_the_trust(&row.request.about)) {
            let accounts = crate::accounts::who_coordinate(ctx, store, org).await?;
            let contact = |account: Account| Contact { name: account.display_name, email: account.email };
            self.trust_contacts.insert(org, accounts.into_iter().map(contact).collect());
        }
        let reminded: Vec<GatheringId> = rows.iter().filter_map(|row| reminded_of(row)).collect();
        // Most letters remind of no gathering.
        if !reminded.is_empty() {
            for answer in gatherings::answers(store, org, &reminded).await? {
                self.answers.insert((answer.gathering, answer.enrolment), answer.coming);
            }
        }
        self.told.extend(outbox::told(store, org, &keys).await?);
        Ok(())
    }

    /// Where the places go on that were moved.
    async fn follow_moves(
        &mut self,
        ctx: &Ctx,
        org: OrganisationId,
        places: &[EnrolmentId],
        cohorts: &mut BTreeSet<CohortId>,
    ) -> Result<()> {
        let persons: BTreeSet<PersonId> =
            places.iter().filter_map(|id| self.enrolments.get(id)).map(|place| place.person).collect();
        let persons: Vec<PersonId> = persons.into_iter().collect();
        let own = enrolments::of_persons(ctx.store(), org, &persons).await?;
        for place in places.iter().filter_map(|id| self.enrolments.get(id)) {
            if let Some(to) = place.goes_on_in(&own) {
                cohorts.insert(to.cohort);
                self.moved_to.insert(place.id, to.clone());
            }
        }
        Ok(())
    }

    async fn fetch_cohorts(
        &mut self,
        ctx: &Ctx,
        org: OrganisationId,
        ids: &[CohortId],
        accounts: &mut BTreeSet<AccountId>,
    ) -> Result<()> {
        let store = ctx.store();
        let mut versions = BTreeSet::new();
        for cohort in cohorts::find_many(store, org, ids).await? {
            versions.insert(cohort.programme_version);
            accounts.extend(&cohort.coordinators);
            self.cohorts.insert(cohort.id, cohort);
        }
        let versions: Vec<ProgrammeVersionId> = versions.into_iter().collect();
        for version in programmes::versions(store, org, &versions).await? {
            let programme = serde_json::from_value(version.definition).map_err(Error::internal)?;
            self.programmes.insert(version.id, programme);
        }
        for gathering in gatherings::of_cohorts(store, org, ids).await? {
            self.gatherings.entry(gathering.cohort).or_default().push(gathering);
        }
        Ok(())
    }

    /// The policy behind a letter.
    pub(super) fn policy(&self, row: &OutboxRow) -> Option<&ReminderPolicy> {
        row.request.policy.and_then(|id| self.policies.get(&id))
    }

    /// Who gets it. The outer None: nobody of that id, or without an address. The inner None: unsubscribed.
    pub(super) fn head(&self, ctx: &Ctx, row: &OutboxRow) -> Option<Option<Head>> {
        let organisation = self.organisations.get(&row.organisation)?;
        let (name, email, locale, unsubscribe) = match row.recipient {
            Recipient::Person { person } => {
                let person = self.people.get(&person)?;
                let today = varde_model::local_time::Zoned::at(ctx.now, organisation.zone).date;
                match row.request.letter.unreached(person, today) {
                    Some(Unreached::Unsubscribed) => return Some(None),
                    Some(Unreached::NoAddress | Unreached::HasLeft) => return None,
                    None => {}
                }
                let link = self.link(person.id, LinkPurpose::Unsubscribe, None);
                let url = link.map(|link| crate::links::address(ctx, LinkKind::Unsubscribe, link));
                (person.name(), person.email.clone(), person.locale, url)
            }
            Recipient::Account { account } => {
                let account = self.accounts.get(&account).filter(|account| account.disabled_at.is_none())?;
                (account.display_name.clone(), account.email.clone(), account.locale, None)
            }
            Recipient::Reviewer { check_in } => {
                let reviewer = self.held.reviewer(check_in)?;
                (reviewer.name.clone(), reviewer.email.clone(), organisation.locale, None)
            }
        };
        let mandatory = row.request.letter.is_mandatory();
        let contacts = match self.cohort_of(row) {
            Some(cohort) => self.contacts(cohort),
            None => self.trust_contacts(row.organisation),
        };
        let reply_to = match &organisation.reply_to {
            Some(address) => Some(Contact { name: organisation.name.clone(), email: address.clone() }),
            // A coordinator's own answer would come back to herself.
            None => contacts.into_iter().find(|contact| contact.email != email),
        };
        Some(Some(Head {
            outbox_id: row.id,
            organisation_name: organisation.name.clone(),
            sender_email: organisation.sender_address.clone(),
            recipient_name: name,
            recipient_email: email,
            locale,
            zone: organisation.zone,
            now: ctx.now,
            reply_to,
            unsubscribe_url: unsubscribe.filter(|_| !mandatory),
        }))
    }

    pub(super) fn enrolment(&self, id: EnrolmentId) -> Option<&Enrolment> {
        self.enrolments.get(&id)
    }

    /// What a leader has answered about a gathering.
    pub(super) fn coming(&self, gathering: GatheringId, enrolment: EnrolmentId) -> Option<bool> {
        self.answers.get(&(gathering, enrolment)).copied()
    }

    pub(super) fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.get(&id)
    }

    pub(super) fn group(&self, id: LeaderGroupId) -> Option<&LeaderGroup> {
        self.groups.get(&id)
    }

    pub(super) fn cohort(&self, id: CohortId) -> Option<&Cohort> {
        self.cohorts.get(&id)
    }

    /// Where a place goes on that was moved, with the cohort.
    pub(super) fn moved_to(&self, place: EnrolmentId) -> Option<(&Enrolment, &Cohort)> {
        let to = self.moved_to.get(&place)?;
        Some((to, self.cohorts.get(&to.cohort)?))
    }

    pub(super) fn programme(&self, cohort: &Cohort) -> Option<&Programme> {
        self.programmes.get(&cohort.programme_version)
    }

    pub(super) fn organisation(&self, id: OrganisationId) -> Option<&Organisation> {
        self.organisations.get(&id)
    }

    /// The gatherings of a cohort, called-off ones included.
    pub(super) fn gatherings(&self, cohort: CohortId) -> &[Gathering] {
        self.gatherings.get(&cohort).map(Vec::as_slice).unwrap_or_default()
    }

    fn cohort_of(&self, row: &OutboxRow) -> Option<&Cohort> {
        match row.request.about {
            About::Cohort { cohort } => self.cohorts.get(&cohort),
            About::Survey { survey } => self.cohorts.get(&self.asked.survey(survey)?.cohort),
            About::Nomination { nomination } => {
                self.cohorts.get(&self.nominations.get(&nomination)?.1.cohort)
            }
            About::Enrolment { enrolment } | About::Gathering { enrolment, .. } => {
                self.cohorts.get(&self.enrolments.get(&enrolment)?.cohort)
            }
            About::LeaderGroup { group } | About::FollowUp { group, .. } => {
                self.cohorts.get(&self.groups.get(&group)?.cohort)
            }
            _ => None,
        }
    }

    pub(super) fn contacts(&self, cohort: &Cohort) -> Vec<Contact> {
        cohort
            .coordinators
            .iter()
            .filter_map(|id| self.accounts.get(id))
            .map(|account| Contact { name: account.display_name.clone(), email: account.email.clone() })
            .collect()
    }

    /// The calendar letters that a letter about a moved gathering, or one that was left, may follow: their keys, with
    /// the gathering's sequence that they told, the latest first.
    fn earlier(&self, row: &OutboxRow) -> Vec<(String, u32)> {
        if let (LetterKind::CheckInMeetingOff, About::CheckIn { check_in }) =
            (row.request.letter, row.request.about)
        {
            return self.held.earlier_meetings(row, check_in);
        }
        let About::Gathering { gathering, enrolment } = row.request.about else { return Vec::new() };
        let Some(place) = self.enrolments.get(&enrolment) else { return Vec::new() };
        let version = match row.request.letter {
            LetterKind::GatheringMoved => place.version,
            // Leaving counted the place's version up.
            LetterKind::GatheringLeft => place.version.saturating_sub(1),
            _ => return Vec::new(),
        };
        let Some(meeting) = self.gatherings(place.cohort).iter().find(|g| g.id == gathering) else {
            return Vec::new();
        };
        let own = (row.request.letter == LetterKind::GatheringLeft).then_some(meeting.sequence);
        let sequences = own.into_iter().chain(meeting.former.iter().rev().map(|former| former.sequence));
        let kinds = [LetterKind::GatheringMoved, LetterKind::GatheringInvitation];
        sequences
            .flat_map(|sequence| {
                let occurrence = post::of_gathering(version, sequence);
                kinds.map(|kind| (post::key(kind, &row.request.about, &occurrence, row.recipient), sequence))
            })
            .collect()
    }

    /// The gathering's sequence that the recipient was told last; None for somebody whose calendar does not have it.
    pub(super) fn told_last(&self, row: &OutboxRow) -> Option<u32> {
        self.earlier(row).into_iter().find(|(key, _)| self.told.contains(key)).map(|(_, sequence)| sequence)
    }

    /// The trust's coordinators: whom to ask where no cohort has its own.
    pub(super) fn trust_contacts(&self, org: OrganisationId) -> Vec<Contact> {
        self.trust_contacts.get(&org).cloned().unwrap_or_default()
    }

    /// The page behind the letter's link; None where the link has run out or was taken back.
    pub(super) fn page(
        &self,
        ctx: &Ctx,
        person: PersonId,
        purpose: LinkPurpose,
        about: &About,
    ) -> Option<String> {
        let kind = crate::links::kind_of(purpose);
        self.link(person, purpose, Some(about)).map(|link| crate::links::address(ctx, kind, link))
    }

    fn link(&self, person: PersonId, purpose: LinkPurpose, about: Option<&About>) -> Option<&Link> {
        let own = self.links.get(&person)?;
        own.iter().find(|link| link.purpose == purpose && link.subject.as_ref() == about)
    }
}

/// What no cohort's coordinators answer for.
const fn is_of_the_trust(about: &About) -> bool {
    matches!(
        about,
        About::Appointment { .. }
            | About::Operation { .. }
            | About::CheckIn { .. }
            | About::CheckInCycle { .. }
            | About::CompetencePlan { .. }
    )
}

/// Letters about a place that was left, which say where it goes on.
const fn tells_of_a_move(letter: LetterKind) -> bool {
    matches!(letter, LetterKind::GatheringLeft | LetterKind::LineManagerUpdate)
}

/// The gathering whose answers a letter tells.
const fn reminded_of(row: &OutboxRow) -> Option<GatheringId> {
    match (row.request.letter, row.request.about) {
        (
            LetterKind::GatheringReminder | LetterKind::GatheringPractical,
            About::Gathering { gathering, .. },
        ) => Some(gathering),
        _ => None,
    }
}
