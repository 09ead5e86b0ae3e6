//! From the meeting to the second signature, and what can still be added.

use chrono::NaiveDate;
use serde_json::json;
use varde_model::{
    check_in::{Action, ActionState, CheckInEvent, CheckInState, LONGEST_TEXT, Party},
    ids::CheckInActionId,
    letter::LetterKind,
};
use varde_persistence::{
    check_ins::written::{self, StoredAction, StoredAddendum},
    programmes,
};

use super::{
    desk::CheckInDesk,
    due,
    sealing::{self, Field},
};
use crate::{
    Code, Ctx, Refusal, Result,
    access::OneOfTwo,
    cohorts::settle,
    idempotency::Kept,
    input::{self, Faults},
};

/// Actions of one check-in at the most.
const MOST_ACTIONS: usize = 30;

/// What is to be agreed on.
#[derive(Clone)]
pub struct NewAction {
    /// What is to be done, in own words; may be empty where a programme or an item says it.
    pub text: String,
    /// Whose it is to do.
    pub owner: Party,
    /// By when.
    pub due_on: NaiveDate,
    /// The requirement that it serves.
    pub requirement: Option<String>,
    /// The key of the programme that it leads to.
    pub programme: Option<String>,
    /// The key of the item of the competence plan that it leads to.
    pub plan_item: Option<String>,
}

/// What was written is in no debug output.
impl std::fmt::Debug for NewAction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { owner, due_on, .. } = self;
        f.debug_struct("NewAction").field("owner", owner).field("due_on", due_on).finish_non_exhaustive()
    }
}

/// Writes down that the two have met. Told again, the day is corrected; signatures given before do not hold any more.
///
/// # Errors
/// Refused: one of the two has not given a view, both have signed, or the day lies ahead or before the cycle.
pub async fn meet(ctx: &Ctx, right: &OneOfTwo, on: NaiveDate) -> Result<()> {
    let tx = ctx.store().write().await?;
    let mut desk = CheckInDesk::open_for(ctx, &tx, right).await?;
    let (first, last) = (desk.cycle.held_from(desk.organisation.zone), desk.today());
    if on < first || on > last {
        let refusal = Refusal::new(Code::OutOfRange).at("on").with_day("least", first).with_day("most", last);
        return Err(refusal.into());
    }
    desk.check_in.met_on = Some(on);
    desk.happens(CheckInEvent::Meet).await?;
    settle(ctx, right.org(), tx, false, &Kept::default()).await
}

/// Agrees on an action. Signatures given before do not hold any more.
///
/// # Errors
/// Refused: both have not given their views, or have signed; nothing says what is to be done; no such requirement or
/// programme; a day that is past; too many actions.
pub async fn agree(ctx: &Ctx, right: &OneOfTwo, new: &NewAction) -> Result<CheckInActionId> {
    let org = right.org();
    let tx = ctx.store().write().await?;
    let mut desk = CheckInDesk::open_for(ctx, &tx, right).await?;
    let mut faults = Faults::default();
    if new.text.trim().is_empty() && new.programme.is_none() && new.plan_item.is_none() {
        faults.add(Refusal::new(Code::Required).at("text"));
    } else if !new.text.trim().is_empty() {
        faults.note(input::text("text", &new.text, LONGEST_TEXT))?;
    }
    if new.due_on < desk.today() {
        faults.add(Refusal::new(Code::GatheringInThePast).at("dueOn"));
    }
    if let Some(key) = &new.requirement
        && desk.framework().await?.requirement(key).is_none()
    {
        faults.add(Refusal::new(Code::NotFound).at("requirement"));
    }
    if let Some(key) = &new.plan_item
        && desk.framework().await?.item(key).is_none()
    {
        faults.add(Refusal::new(Code::NotFound).at("planItem"));
    }
    if let Some(key) = &new.programme
        && !programmes::latest_versions(&tx, org).await?.iter().any(|own| own.key == *key)
    {
        faults.add(Refusal::new(Code::NotFound).at("programmeKey"));
    }
    if written::actions(&tx, org, &[right.check_in()]).await?.len() >= MOST_ACTIONS {
        faults.add(Refusal::new(Code::TooMany).at("text").with("max", MOST_ACTIONS));
    }
    faults.none()?;
    desk.happens(CheckInEvent::Agree).await?;
    let id: CheckInActionId = ctx.new_id();
    let action = Action {
        id,
        check_in: right.check_in(),
        owner: new.owner,
        due_on: new.due_on,
        requirement: new.requirement.clone(),
        programme: new.programme.clone(),
        plan_item: new.plan_item.clone(),
        state: ActionState::Agreed,
    };
    let sealed = sealing::seal(ctx, org, right.check_in(), Field::Action(id), &new.text);
    written::insert_action(&tx, org, &StoredAction { action, sealed, agreed_at: ctx.now }).await?;
    settle(ctx, org, tx, false, &Kept::default()).await?;
    Ok(id)
}

/// Takes an action off again, before both have signed.
///
/// # Errors
/// Refused: there is no such action, or both have signed.
pub async fn take_off(ctx: &Ctx, right: &OneOfTwo, action: CheckInActionId) -> Result<()> {
    let tx = ctx.store().write().await?;
    let mut desk = CheckInDesk::open_for(ctx, &tx, right).await?;
    find_action(&desk, action).await?;
    desk.happens(CheckInEvent::Agree).await?;
    written::delete_action(&tx, right.org(), action).await?;
    settle(ctx, right.org(), tx, false, &Kept::default()).await
}

/// Tells how an action stands: through the year, by either of the two.
///
/// # Errors
/// Refused: there is no such action, or the two have not signed yet.
pub async fn set_action(
    ctx: &Ctx,
    right: &OneOfTwo,
    action: CheckInActionId,
    state: ActionState,
    due_on: Option<NaiveDate>,
) -> Result<()> {
    let tx = ctx.store().write().await?;
    let desk = CheckInDesk::open_for(ctx, &tx, right).await?;
    let standing = find_action(&desk, action).await?;
    if desk.check_in.state != CheckInState::Signed {
        return Err(desk.wrong_state());
    }
    let due_on = due_on.unwrap_or(standing.due_on);
    written::set_action(&tx, right.org(), action, state, due_on).await?;
    if state.is_open() {
        due::plan(ctx, &tx, &desk.organisation, right.check_in(), [due_on]).await?;
    }
    desk.record("check_in.action", json!({ "action": action, "state": state.as_str() })).await?;
    settle(ctx, right.org(), tx, false, &Kept::default()).await
}

async fn find_action(desk: &CheckInDesk<'_>, id: CheckInActionId) -> Result<Action> {
    let all = written::actions(desk.tx, desk.org(), &[desk.check_in.id]).await?;
    let found = all.into_iter().map(|one| one.action).find(|one| one.id == id);
    found.ok_or_else(|| Refusal::new(Code::NotFound).at("actionId").into())
}

/// Signs. With the second signature nothing is changed any more, and both hear of it.
///
/// # Errors
/// Refused: they have not met, one has signed already, or what is signed was changed since `version` was seen.
pub async fn sign(ctx: &Ctx, right: &OneOfTwo, version: Option<u32>) -> Result<()> {
    let tx = ctx.store().write().await?;
    let mut desk = CheckInDesk::open_for(ctx, &tx, right).await?;
    if version.is_some_and(|seen| seen != desk.check_in.version) {
        return Err(Refusal::new(Code::Conflict).at("version").into());
    }
    desk.happens(right.party().signs()).await?;
    if desk.check_in.state == CheckInState::Signed {
        desk.write_to_both(LetterKind::CheckInSigned).await?;
        let actions = written::actions(&tx, right.org(), &[right.check_in()]).await?;
        let days = actions.into_iter().map(|one| one.action.due_on);
        due::plan(ctx, &tx, &desk.organisation, right.check_in(), days).await?;
    }
    settle(ctx, right.org(), tx, false, &Kept::default()).await
}

/// Adds to a check-in that both have signed.
///
/// # Errors
/// Refused: it is not signed, or the text is empty or too long.
pub async fn add(ctx: &Ctx, right: &OneOfTwo, text: &str) -> Result<()> {
    let org = right.org();
    let tx = ctx.store().write().await?;
    let desk = CheckInDesk::open_for(ctx, &tx, right).await?;
    let text = input::text("text", text, LONGEST_TEXT)?;
    if desk.check_in.state != CheckInState::Signed {
        return Err(desk.wrong_state());
    }
    let id = ctx.new_id::<uuid::Uuid>();
    let sealed = sealing::seal(ctx, org, right.check_in(), Field::Addendum(id), &text).unwrap_or_default();
    let new = StoredAddendum { id, party: right.party(), sealed, added_at: ctx.now };
    written::insert_addendum(&tx, org, right.check_in(), &new).await?;
    desk.record("check_in.add", json!({ "party": right.party().as_str() })).await?;
    settle(ctx, org, tx, false, &Kept::default()).await
}
