//! How far somebody has come on the ways into a programme: nominated in a round, or with a leader group.

use varde_model::{
    catalogue::Programme,
    eligibility::Ways,
    enrolment::EnrolmentState,
    ids::{CohortId, OrganisationId, PersonId, ProgrammeId},
    nominations::NominationState,
};
use varde_persistence::{Conn, cohorts, enrolments, groups, nomination_rounds, nominations};

use crate::Result;

/// In one cohort of a programme, or in the latest in which she or he has come anywhere.
pub(super) async fn ways(
    conn: &impl Conn,
    org: OrganisationId,
    person: PersonId,
    (id, programme): (ProgrammeId, &Programme),
    only: Option<CohortId>,
) -> Result<Ways> {
    let mut ways = Ways::default();
    let counts = async |cohort: CohortId| -> Result<bool> {
        let found = cohorts::find(conn, org, cohort).await?;
        Ok(found.is_some_and(|found| found.programme == id && only.is_none_or(|only| only == cohort)))
    };
    if programme.nomination.is_some() {
        use NominationState as S;
        let mut own = nominations::of_person(conn, org, person).await?;
        // What a line manager only drafts is hers.
        own.retain(|one| one.nominee == person && !matches!(one.state, S::Draft | S::Withdrawn | S::Lapsed));
        for one in own {
            let Some(round) = nomination_rounds::find(conn, org, one.round).await? else { continue };
            if counts(round.cohort).await? {
                ways.nominated = Some((round.code, one.state));
                ways.endorsed = one.endorsement.map(|given| given.endorsed);
            }
        }
    }
    if programme.groups.is_some() {
        use EnrolmentState as S;
        for place in enrolments::of_person(conn, org, person).await? {
            let over = matches!(place.state, S::Declined | S::Lapsed | S::Withdrawn | S::Cancelled);
            let Some(group) = place.group.filter(|_| !over) else { continue };
            if counts(place.cohort).await? {
                ways.group = groups::find(conn, org, group).await?.map(|group| group.name);
            }
        }
    }
    Ok(ways)
}
