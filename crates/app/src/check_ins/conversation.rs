//! A check-in as one of the two sees it: the own view, the other's once both have given theirs, and what was agreed.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use varde_model::{
    catalogue::{ResponsibilityLevel, Texts},
    check_in::{Action, CheckIn, Cycle, Flaw, Meeting, Party, Rated, View, flaws},
    framework::Framework,
    ids::{CheckInActionId, CheckInId, OrganisationId},
    people::{LineManager, Person},
};
use varde_persistence::{Conn, appointments, check_in_cycles, check_ins, check_ins::written, people};

use super::{
    desk::NO_CHECK_IN,
    meeting,
    sealing::{self, Field},
    views::open_view,
    years::{self, DomainProfile},
};
use crate::{
    Code, Ctx, Error, Refusal, Result,
    access::{OneOfTwo, Oneself},
    catalogue, frameworks, line,
};

/// The right at a check-in of one's own, as the leader or as the line manager.
///
/// # Errors
/// Not found: there is none of that id that one holds.
pub async fn hold(ctx: &Ctx, right: &Oneself, id: CheckInId) -> Result<OneOfTwo> {
    let found = check_ins::find(ctx.store(), right.org(), id).await?;
    let right = found.and_then(|check_in| right.at(&check_in));
    right.ok_or_else(|| Refusal::new(Code::NotFound).at(NO_CHECK_IN).into())
}

/// What one of the two sees.
#[derive(Clone, Debug)]
pub struct Conversation {
    /// The trust.
    pub(super) org: OrganisationId,
    /// Where it stands.
    pub check_in: CheckIn,
    /// Its year.
    pub cycle: Cycle,
    /// The framework that the contract was made on.
    pub framework: Framework,
    /// What the leader answers for is told for this level.
    pub level: ResponsibilityLevel,
    /// The leader.
    pub leader: Person,
    /// What the line manager is called; None where there is nobody.
    pub manager_name: Option<String>,
    /// Which of the two looks at it.
    pub party: Party,
    /// The own view, with the version of each requirement.
    pub own: BTreeMap<String, (Rated, u32)>,
    /// The other's; None until both have given theirs.
    pub other: Option<View>,
    /// What the own view lacks before it can be given.
    pub lacks: Vec<Flaw>,
    /// What was agreed on.
    pub actions: Vec<Agreed>,
    /// What was added after both had signed.
    pub addenda: Vec<Written>,
    /// When and where the two mean to meet; None while nothing is planned.
    pub meeting: Option<Meeting>,
    /// How the leader stands in each domain, over the years.
    pub profile: DomainProfile,
}

/// An action with its text.
#[derive(Clone)]
pub struct Agreed {
    /// All but the text.
    pub action: Action,
    /// What is to be done, in own words; empty where the programme or the item says it.
    pub text: String,
    /// What the programme or the item that it leads to is called.
    pub leads_to: Option<Texts>,
}

/// What was written is in no debug output.
impl std::fmt::Debug for Agreed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Agreed").field("action", &self.action).finish_non_exhaustive()
    }
}

/// A text that one of the two added.
#[derive(Clone)]
pub struct Written {
    /// Who.
    pub party: Party,
    /// What.
    pub text: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Since when the leader has led what the check-in is about.
async fn appointed_on(conn: &impl Conn, org: OrganisationId, check_in: &CheckIn) -> Result<NaiveDate> {
    let found = appointments::find_many(conn, org, &[check_in.appointment]).await?.pop();
    let found = found.ok_or_else(|| Error::internal("a check-in of an appointment that is not there"))?;
    Ok(found.period.from)
}

/// What was written is in no debug output.
impl std::fmt::Debug for Written {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Written").field("party", &self.party).field("at", &self.at).finish_non_exhaustive()
    }
}

/// A check-in as one of the two who hold it sees it.
///
/// # Errors
/// Not found: it has gone to another line manager meanwhile. Internal: a text cannot be opened.
pub async fn conversation(ctx: &Ctx, right: &OneOfTwo) -> Result<Conversation> {
    let (store, org, id) = (ctx.store(), right.org(), right.check_in());
    let missing = || Error::from(Refusal::new(Code::NotFound).at(NO_CHECK_IN));
    let check_in = check_ins::find(store, org, id).await?.ok_or_else(missing)?;
    let cycle = check_in_cycles::find(store, org, check_in.cycle).await?.ok_or_else(missing)?;
    let framework = frameworks::version(store, org, check_in.framework).await?;
    let leader = people::find(store, org, check_in.leader).await?.ok_or_else(missing)?;
    let manager_name = manager_name(ctx, org, &check_in).await?;
    let rows = written::ratings(store, org, &[id]).await?;
    let (own, others): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.party == right.party());
    let own = open_view(ctx, org, own.into_iter())?;
    let other = if check_in.shows_both() {
        let opened = open_view(ctx, org, others.into_iter())?;
        Some(opened.into_iter().map(|(key, (rated, _))| (key, rated)).collect())
    } else {
        None
    };
    let view: View = own.iter().map(|(key, (rated, _))| (key.clone(), rated.clone())).collect();
    let lacks = flaws(&view, &framework.keys(), right.party() == Party::Leader);
    let actions = agreed(ctx, org, &check_in, true).await?;
    let addenda = written::addenda(store, org, id).await?.into_iter().map(|stored| {
        let text = sealing::open(ctx, org, id, Field::Addendum(stored.id), Some(stored.sealed))?;
        Ok(Written { party: stored.party, text, at: stored.added_at })
    });
    let addenda = addenda.collect::<Result<_>>()?;
    // Whoever was appointed after the opening led nothing on that day.
    let day = cycle.opens_on.max(appointed_on(store, org, &check_in).await?);
    let chart = line::chart_on(store, org, &[check_in.leader], day).await?;
    let level = ResponsibilityLevel::on(&chart, check_in.leader, day);
    let meeting = meeting::of(store, org, id).await?;
    let profile = years::at(ctx, org, &check_in, &framework, right.party()).await?;
    Ok(Conversation {
        org,
        party: right.party(),
        check_in,
        cycle,
        framework,
        level,
        leader,
        manager_name,
        own,
        other,
        lacks,
        actions,
        addenda,
        meeting: meeting.filter(|meeting| !meeting.called_off),
        profile,
    })
}

/// What was agreed on at a check-in. Own words are opened for those alone who hold it.
pub(super) async fn agreed(
    ctx: &Ctx,
    org: OrganisationId,
    check_in: &CheckIn,
    opened: bool,
) -> Result<Vec<Agreed>> {
    let stored = written::actions(ctx.store(), org, &[check_in.id]).await?;
    let titles = titles(ctx, (org, check_in.framework), stored.iter().map(|one| &one.action)).await?;
    let read = stored.into_iter().map(|one| {
        let field = Field::Action(one.action.id);
        let sealed = one.sealed.filter(|_| opened);
        let text = sealing::open(ctx, org, check_in.id, field, sealed)?;
        Ok(Agreed { leads_to: titles.get(&one.action.id).cloned(), action: one.action, text })
    });
    read.collect()
}

/// What actions lead to is called, by action; nothing for one in own words alone.
pub(super) async fn titles(
    ctx: &Ctx,
    (org, version): (OrganisationId, u32),
    actions: impl Iterator<Item = &Action> + Clone,
) -> Result<BTreeMap<CheckInActionId, Texts>> {
    let leads_on = actions.clone().any(|one| one.programme.is_some());
    let programmes = if leads_on { catalogue::latest(ctx.store(), org).await? } else { Vec::new() };
    let framework = if actions.clone().any(|one| one.plan_item.is_some()) {
        Some(frameworks::version(ctx.store(), org, version).await?)
    } else {
        None
    };
    let programme = |key: &str| {
        let found = programmes.iter().find(|own| own.programme.key == key)?;
        Some(found.programme.title.clone())
    };
    let item = |key: &str| Some(framework.as_ref()?.item(key)?.title.clone());
    let title = |one: &Action| {
        let programme = one.programme.as_deref().and_then(programme);
        Some((one.id, programme.or_else(|| one.plan_item.as_deref().and_then(item))?))
    };
    Ok(actions.filter_map(title).collect())
}

/// What the line manager of a check-in is called.
pub(super) async fn manager_name(
    ctx: &Ctx,
    org: OrganisationId,
    check_in: &CheckIn,
) -> Result<Option<String>> {
    Ok(match &check_in.manager {
        Some(LineManager::Person(person)) => {
            people::find(ctx.store(), org, *person).await?.map(|person| person.name())
        }
        Some(LineManager::Outside(outsider)) => Some(outsider.name.clone()),
        None => None,
    })
}
