//! Leaders for whom there is no place in what is planned.

use varde_model::{catalogue::Programme, ids::AppointmentId, local_time::Zoned, organisation::Organisation};
use varde_persistence::Conn;

use super::{Open, unreached, upcoming};
use crate::{Ctx, Result, catalogue};

/// Leaders of a programme for whom there is no place.
pub(crate) struct WithoutCohort {
    /// The programme.
    pub(crate) programme: Programme,
    /// How many they are.
    pub(crate) leaders: usize,
    /// The appointment of the one who came last.
    pub(crate) newest: AppointmentId,
    /// True where cohorts are planned, all of them full.
    pub(crate) planned: bool,
}

/// Programmes that are offered by themselves, and more leaders whom they are for than their cohorts have room for.
pub(crate) async fn without_cohort(
    ctx: &Ctx,
    conn: &impl Conn,
    organisation: &Organisation,
) -> Result<Vec<WithoutCohort>> {
    let today = Zoned::at(ctx.now, organisation.zone).date;
    let mut found = Vec::new();
    for own in catalogue::latest(conn, organisation.id).await? {
        let Some(automatic) = own.programme.automatic else { continue };
        let upcoming = upcoming(ctx, conn, organisation.id, own.version.programme).await?;
        let mut leaders = unreached(conn, organisation.id, &own, Some(automatic), today).await?;
        // As proposing does: whoever grows ripe in time waits for it, whoever stops leading before does not.
        let begins = |open: &Open| Zoned::at(open.begins_at, organisation.zone).date;
        let (first, last) = (upcoming.first().map_or(today, begins), upcoming.last().map_or(today, begins));
        leaders.retain(|leader| own.programme.audience.ripe(leader.appointment.since, last));
        leaders.retain(|leader| leader.until.is_none_or(|until| first <= until));
        let room: usize = upcoming.iter().map(|open| open.room as usize).sum();
        let Some(newest) = leaders.last().map(|leader| leader.appointment.id) else { continue };
        if leaders.len() > room {
            let (leaders, planned) = (leaders.len() - room, !upcoming.is_empty());
            found.push(WithoutCohort { programme: own.programme, leaders, newest, planned });
        }
    }
    Ok(found)
}
