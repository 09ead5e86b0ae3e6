//! A leader's domain profile over the years, of what whoever asks may see.

use std::collections::BTreeMap;

use varde_model::{
    catalogue::{Domain, DomainText},
    check_in::{
        CheckIn, Cycle, Party, Rating,
        profile::{Profile, Seen, own_years, profile, years_at},
    },
    framework::Framework,
    ids::{CheckInId, OrganisationId, PersonId},
};
use varde_persistence::{check_in_cycles, check_ins, check_ins::written};

use super::year::versions;
use crate::{Ctx, Result, access::Oneself, frameworks};

/// The profile over the years.
#[derive(Clone, Debug)]
pub struct DomainProfile {
    /// The domains in their order, with what they are called.
    pub domains: Vec<DomainText>,
    /// The years, the latest first.
    pub years: Vec<ProfileYear>,
}

/// How the ratings of one check-in stand in each domain.
#[derive(Clone, Debug, PartialEq)]
pub struct ProfileYear {
    /// The check-in.
    pub check_in: CheckInId,
    /// Its cycle's code, such as `2027`.
    pub cycle: String,
    /// The means of the leader's ratings; empty where they are not shown.
    pub own: Profile,
    /// The means of the line manager's; empty where they are not shown.
    pub manager: Profile,
}

/// One's own profile: every check-in as a leader that is over.
///
/// # Errors
/// The database refused.
pub async fn my_profile(ctx: &Ctx, right: &Oneself) -> Result<DomainProfile> {
    let (all, cycles) = of_leader(ctx, right.org(), right.person()).await?;
    let seen = own_years(&all);
    let newest = all.first().map(|one| one.framework);
    let framework = match newest {
        Some(version) => frameworks::version(ctx.store(), right.org(), version).await?,
        None => return Ok(DomainProfile { domains: Vec::new(), years: Vec::new() }),
    };
    told(ctx, right.org(), &framework, (&all, &cycles), &seen).await
}

/// What one of the two sees at a check-in.
pub(super) async fn at(
    ctx: &Ctx,
    org: OrganisationId,
    check_in: &CheckIn,
    framework: &Framework,
    viewer: Party,
) -> Result<DomainProfile> {
    let (all, cycles) = of_leader(ctx, org, check_in.leader).await?;
    let seen = years_at(check_in, viewer, &all);
    told(ctx, org, framework, (&all, &cycles), &seen).await
}

/// A leader's own check-ins, the latest first, with their cycles.
async fn of_leader(ctx: &Ctx, org: OrganisationId, leader: PersonId) -> Result<(Vec<CheckIn>, Vec<Cycle>)> {
    let cycles = check_in_cycles::all(ctx.store(), org).await?;
    let mut all = check_ins::of_person(ctx.store(), org, leader).await?;
    all.retain(|one| one.leader == leader);
    all.sort_by_key(|one| cycles.iter().position(|cycle| cycle.id == one.cycle));
    Ok((all, cycles))
}

async fn told(
    ctx: &Ctx,
    org: OrganisationId,
    framework: &Framework,
    (all, cycles): (&[CheckIn], &[Cycle]),
    seen: &[Seen],
) -> Result<DomainProfile> {
    let ids: Vec<CheckInId> = seen.iter().map(|one| one.check_in).collect();
    let mut ratings: BTreeMap<(CheckInId, Party), BTreeMap<String, Rating>> = BTreeMap::new();
    for row in written::ratings(ctx.store(), org, &ids).await? {
        if let Some(rating) = row.rating {
            ratings.entry((row.check_in, row.party)).or_default().insert(row.requirement, rating);
        }
    }
    let of = |id: CheckInId| all.iter().find(|one| one.id == id);
    let wanted = ids.iter().filter_map(|id| of(*id)).map(|one| one.framework).collect();
    let versions = versions(ctx, org, wanted).await?;
    let year = |seen: &Seen| {
        let one = of(seen.check_in)?;
        // Each year by the links that its contract had.
        let requirements = &versions.get(&one.framework)?.requirements;
        let means = |party: Party, shown: bool| {
            let own = ratings.get(&(one.id, party)).filter(|_| shown);
            profile(requirements, |key| own.and_then(|own| own.get(key)).copied())
        };
        Some(ProfileYear {
            check_in: one.id,
            cycle: cycles.iter().find(|cycle| cycle.id == one.cycle)?.code.clone(),
            own: means(Party::Leader, seen.own),
            manager: means(Party::Manager, seen.manager),
        })
    };
    let domains = Domain::ALL.into_iter().filter_map(|domain| framework.domain(domain).cloned());
    Ok(DomainProfile { domains: domains.collect(), years: seen.iter().filter_map(year).collect() })
}
