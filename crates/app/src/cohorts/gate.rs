//! The gate of a cohort: what stands in the way of a place, asked of the data for the rules of
//! [`varde_model::eligibility`]. Whichever way somebody comes in, it is through here.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use varde_model::{
    eligibility::{Candidate, Gone, Obstacle, gone, obstacles},
    enrolment::{Enrolment, EnrolmentState},
    ids::{CohortId, OrganisationId, PersonId, ProgrammeId},
    letter::LetterKind,
    local_time::Zoned,
    people::{Appointment, Person},
};
use varde_persistence::{
    Conn, appointments,
    cohorts::{self, CohortFilter},
    enrolments, people,
};

use super::desk::Desk;
use crate::{Code, Error, Refusal, Result};

/// What the rules ask of people: what they lead, and where they stand in a programme's cohorts.
pub(crate) struct Known {
    led: BTreeMap<PersonId, Vec<Appointment>>,
    elsewhere: BTreeMap<PersonId, Vec<EnrolmentState>>,
}

impl Known {
    /// Of these people, with every cohort of the programme but one.
    pub(crate) async fn of(
        conn: &impl Conn,
        org: OrganisationId,
        programme: ProgrammeId,
        but: Option<CohortId>,
        people: &[Person],
    ) -> Result<Self> {
        let ids: Vec<PersonId> = people.iter().map(|person| person.id).collect();
        let mut led: BTreeMap<PersonId, Vec<Appointment>> = BTreeMap::new();
        for appointment in appointments::of_people(conn, org, &ids).await? {
            led.entry(appointment.person).or_default().push(appointment);
        }
        let filter = CohortFilter { states: Vec::new(), programme: Some(programme) };
        let others: HashSet<CohortId> = cohorts::list(conn, org, &filter, None, u64::from(u32::MAX))
            .await?
            .into_iter()
            .map(|cohort| cohort.id)
            .filter(|cohort| Some(*cohort) != but)
            .collect();
        let mut elsewhere: BTreeMap<PersonId, Vec<EnrolmentState>> = BTreeMap::new();
        for place in enrolments::of_persons(conn, org, &ids).await? {
            if others.contains(&place.cohort) {
                elsewhere.entry(place.person).or_default().push(place.state);
            }
        }
        Ok(Self { led, elsewhere })
    }

    /// One of them, for [`varde_model::eligibility`].
    pub(crate) fn candidate(&self, person: &Person) -> Candidate<'_> {
        Candidate {
            employed: person.employed,
            appointments: self.led.get(&person.id).map(Vec::as_slice).unwrap_or_default(),
            elsewhere: self.elsewhere.get(&person.id).map(Vec::as_slice).unwrap_or_default(),
        }
    }
}

impl Desk<'_> {
    /// The day where the trust is.
    pub(crate) fn today(&self) -> NaiveDate {
        Zoned::at(self.ctx.now, self.organisation.zone).date
    }

    /// The local day of the first gathering that stands; without one, today.
    pub(crate) fn first_day(&self) -> NaiveDate {
        self.begins_at().map_or(self.today(), |begin| Zoned::at(begin, self.organisation.zone).date)
    }

    /// Whether a letter would go out to somebody.
    pub(super) async fn reaches(&self, person: PersonId, letter: LetterKind) -> Result<bool> {
        let found = people::find(self.tx, self.org(), person).await?;
        Ok(found.is_some_and(|found| letter.unreached(&found, self.today()).is_none()))
    }

    /// True for somebody whose employment is not over.
    pub(crate) async fn employs(&self, person: PersonId) -> Result<bool> {
        let found = people::find(self.tx, self.org(), person).await?;
        Ok(found.is_some_and(|found| !found.employed.is_over(self.today())))
    }

    /// Refuses somebody whose employment is over: no mail would arrive.
    pub(crate) async fn must_be_employed(&self, person: PersonId) -> Result<()> {
        if self.employs(person).await? { Ok(()) } else { Err(Refusal::new(Code::PersonHasLeft).into()) }
    }

    /// What stands in the way of people who are to get a place here.
    pub(crate) async fn obstacles(&self, people: &[Person]) -> Result<HashMap<PersonId, Vec<Obstacle>>> {
        let known =
            Known::of(self.tx, self.org(), self.cohort.programme, Some(self.cohort.id), people).await?;
        let (today, first_day) = (self.today(), self.first_day());
        let of = |person: &Person| {
            let candidate = known.candidate(person);
            (person.id, obstacles(&self.programme.audience, &candidate, today, first_day))
        };
        Ok(people.iter().map(of).collect())
    }

    /// Whether somebody in line is there in vain.
    pub(super) async fn gone(&self, waiting: &Enrolment) -> Result<Option<Gone>> {
        let Some(person) = people::find(self.tx, self.org(), waiting.person).await? else {
            return Ok(Some(Gone::Employment));
        };
        let led = appointments::of_people(self.tx, self.org(), &[person.id]).await?;
        let candidate = Candidate { employed: person.employed, appointments: &led, elsewhere: &[] };
        let since = Zoned::at(waiting.since, self.organisation.zone).date;
        Ok(gone(&candidate, since, self.today()))
    }
}

/// Refuses by what stands in the way; with a coordinator's reason only by what no reason helps against.
pub(crate) fn must_pass(obstacles: &[Obstacle], with_reason: bool) -> Result<()> {
    let refusals: Vec<Refusal> = obstacles
        .iter()
        .filter(|obstacle| !(with_reason && obstacle.yields_to_a_reason()))
        .map(|obstacle| {
            Refusal::new(match obstacle {
                Obstacle::HasLeft => Code::PersonHasLeft,
                Obstacle::OutsideAudience => Code::OutsideAudience,
                Obstacle::AlreadyInProgramme => Code::AlreadyInProgramme,
            })
        })
        .collect();
    if refusals.is_empty() { Ok(()) } else { Err(Error::Refused(refusals)) }
}
