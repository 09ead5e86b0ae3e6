//! The own view: saved requirement by requirement as it is written, given when it is whole, and shown to the other once
//! both have given theirs.

use std::collections::BTreeMap;

use varde_model::check_in::{Flaw, LONGEST_TEXT, Party, Rated, Rating, View, flaws};
use varde_persistence::check_ins::written::{self, StoredRating};

use super::{
    desk::CheckInDesk,
    sealing::{self, Field},
};
use crate::{
    Code, Ctx, PathPart, Refusal, Result,
    access::OneOfTwo,
    cohorts::settle,
    idempotency::Kept,
    input::{self, Faults},
};
use varde_model::letter::LetterKind;

/// A requirement as it is to be saved.
#[derive(Clone)]
pub struct Saved {
    /// Its key.
    pub requirement: String,
    /// The rating, None where none is chosen yet.
    pub rating: Option<Rating>,
    /// The example, or why it does not apply. Empty where nothing is written.
    pub text: String,
    /// The version that the writer saw, 0 for one that was not saved before.
    pub version: u32,
}

/// What was written is in no debug output.
impl std::fmt::Debug for Saved {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { requirement, rating, version, text: _ } = self;
        f.debug_struct("Saved")
            .field("requirement", requirement)
            .field("rating", rating)
            .field("version", version)
            .finish_non_exhaustive()
    }
}

/// What saving comes to.
#[derive(Clone, Debug, Default)]
pub struct SavedView {
    /// The versions as they are now, of what was saved.
    pub saved: BTreeMap<String, u32>,
    /// What was not: somebody has saved it since, on another device. What stands there, with its version.
    pub overtaken: BTreeMap<String, (Rated, u32)>,
}

/// Saves what was written of one's own view. What the caller did not see the last saving of is left as it is and given
/// back, so that nothing that was typed anywhere is lost; the rest is saved.
///
/// # Errors
/// Refused: the view is given already or the check-in is over; a requirement that the contract does not have; a text that is
/// too long.
pub async fn save(ctx: &Ctx, right: &OneOfTwo, rows: &[Saved]) -> Result<SavedView> {
    let tx = ctx.store().write().await?;
    let desk = CheckInDesk::open_for(ctx, &tx, right).await?;
    must_be_writing(&desk, right.party())?;
    let keys = desk.framework().await?.keys();
    let mut faults = Faults::default();
    for (index, row) in rows.iter().enumerate() {
        let under = |refusal: Refusal| refusal.under(&["ratings".into(), PathPart::Index(index)]);
        if !keys.contains(&row.requirement) {
            faults.add(under(Refusal::new(Code::NotFound).at("requirement")));
        }
        if !row.text.trim().is_empty() {
            faults.note(input::text("text", &row.text, LONGEST_TEXT).map_err(under))?;
        }
    }
    faults.none()?;
    let (org, id, party) = (right.org(), right.check_in(), right.party());
    let mut outcome = SavedView::default();
    for row in rows {
        let sealed = sealing::seal(ctx, org, id, Field::Rating(party, &row.requirement), &row.text);
        let new = StoredRating {
            check_in: id,
            party,
            requirement: row.requirement.clone(),
            rating: row.rating,
            sealed,
            saved_at: ctx.now,
            version: row.version + 1,
        };
        if written::put_rating(&tx, org, ctx.new_id(), row.version, &new).await? {
            outcome.saved.insert(row.requirement.clone(), new.version);
        }
    }
    let left: Vec<&Saved> = rows.iter().filter(|row| !outcome.saved.contains_key(&row.requirement)).collect();
    if !left.is_empty() {
        for (key, standing) in own_view(&desk, party).await? {
            if left.iter().any(|row| row.requirement == key) {
                outcome.overtaken.insert(key, standing);
            }
        }
        // The same as what stands there was typed: nothing is lost.
        let same = |key: &String, standing: &(Rated, u32)| {
            left.iter().any(|row| {
                row.requirement == *key
                    && row.rating == standing.0.rating
                    && row.text.trim() == standing.0.text
            })
        };
        let agreeing: Vec<String> =
            outcome.overtaken.iter().filter(|(k, s)| same(k, s)).map(|(k, _)| k.clone()).collect();
        for key in agreeing {
            if let Some((_, version)) = outcome.overtaken.remove(&key) {
                outcome.saved.insert(key, version);
            }
        }
    }
    desk.record("check_in.save", serde_json::json!({ "party": party.as_str() })).await?;
    settle(ctx, org, tx, false, &Kept::default()).await?;
    Ok(outcome)
}

/// Gives the own view. Once both have, each sees the other's, and both hear that it is time to meet.
///
/// # Errors
/// Refused: it is given already, or the check-in is over; what is missing, requirement by requirement.
pub async fn give(ctx: &Ctx, right: &OneOfTwo) -> Result<()> {
    let tx = ctx.store().write().await?;
    let mut desk = CheckInDesk::open_for(ctx, &tx, right).await?;
    must_be_writing(&desk, right.party())?;
    let view = own_view(&desk, right.party()).await?;
    let view: View = view.into_iter().map(|(key, (rated, _))| (key, rated)).collect();
    let keys = desk.framework().await?.keys();
    let missing = flaws(&view, &keys, right.party() == Party::Leader);
    if !missing.is_empty() {
        return Err(crate::Error::Refused(missing.iter().map(lack).collect()));
    }
    desk.happens(right.party().gives()).await?;
    if desk.check_in.shows_both() {
        desk.write_to_both(LetterKind::CheckInShared).await?;
    }
    settle(ctx, right.org(), tx, false, &Kept::default()).await
}

/// Takes the own view back to go on with it, while the other has not given one.
///
/// # Errors
/// Refused: it is not given, or the other has given a view by now.
pub async fn take_back(ctx: &Ctx, right: &OneOfTwo) -> Result<()> {
    let tx = ctx.store().write().await?;
    let mut desk = CheckInDesk::open_for(ctx, &tx, right).await?;
    // What stands behind published figures stays behind them.
    let counted = desk.check_in.given.of(right.party()) <= desk.cycle.closed_at;
    if desk.cycle.closed_at.is_some() && counted {
        return Err(desk.wrong_state());
    }
    desk.happens(right.party().takes_back()).await?;
    settle(ctx, right.org(), tx, false, &Kept::default()).await
}

/// What is missing, at the requirement it is missing for.
fn lack(flaw: &Flaw) -> Refusal {
    let (key, code, field) = match flaw {
        Flaw::NotRated(key) => (key, Code::Required, "rating"),
        Flaw::NoText(key) => (key, Code::Required, "text"),
    };
    let requirement = PathPart::Field(key.clone().into());
    Refusal::new(code).at(field).under(&["ratings".into(), requirement])
}

fn must_be_writing(desk: &CheckInDesk<'_>, party: Party) -> Result<()> {
    let given = desk.check_in.given.of(party).is_some();
    if given || !desk.check_in.state.is_open() { Err(desk.wrong_state()) } else { Ok(()) }
}

/// What one of the two has written, opened, with the version of each.
async fn own_view(desk: &CheckInDesk<'_>, party: Party) -> Result<BTreeMap<String, (Rated, u32)>> {
    let (org, id) = (desk.org(), desk.check_in.id);
    let rows = written::ratings(desk.tx, org, &[id]).await?;
    open_view(desk.ctx, org, rows.into_iter().filter(|row| row.party == party))
}

/// Opens the rows of one view.
pub(super) fn open_view(
    ctx: &Ctx,
    org: varde_model::ids::OrganisationId,
    rows: impl Iterator<Item = StoredRating>,
) -> Result<BTreeMap<String, (Rated, u32)>> {
    rows.map(|row| {
        let field = Field::Rating(row.party, &row.requirement);
        let text = sealing::open(ctx, org, row.check_in, field, row.sealed.clone())?;
        Ok((row.requirement.clone(), (Rated { rating: row.rating, text }, row.version)))
    })
    .collect()
}
