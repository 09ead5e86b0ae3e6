//! A place in reserve that becomes a place: the nomination says when, so that it can be told why.

use varde_model::{
    enrolment::Enrolment,
    ids::OrganisationId,
    nominations::{Nomination, NominationState},
};
use varde_persistence::{Conn, nomination_rounds, nominations};

use crate::{Result, cohorts::desk::Desk};

/// The nomination that gave a place; None for one that was given otherwise.
pub(crate) async fn of_place(
    conn: &impl Conn,
    org: OrganisationId,
    place: &Enrolment,
) -> Result<Option<Nomination>> {
    let mut own = nominations::of_person(conn, org, place.person).await?;
    own.retain(|one| one.nominee == place.person);
    let ids: Vec<_> = own.iter().map(|one| one.round).collect();
    let rounds = nomination_rounds::find_many(conn, org, &ids).await?;
    let here = rounds.iter().find(|round| round.cohort == place.cohort).map(|round| round.id);
    Ok(own.into_iter().find(|one| Some(one.round) == here))
}

impl Desk<'_> {
    /// Notes on the nomination, if there is one, that a freed place is offered to whoever stood in reserve.
    pub(crate) async fn note_moved_up(&self, place: &Enrolment) -> Result<()> {
        let found = of_place(self.tx, self.org(), place).await?;
        let Some(mut nomination) = found.filter(|one| one.state == NominationState::Reserve) else {
            return Ok(());
        };
        nomination.moved_up_on = Some(self.today());
        Ok(nominations::update(self.tx, self.org(), &nomination).await?)
    }
}
