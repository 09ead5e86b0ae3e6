//! People and accounts by id, as coordinators see them beside what they are about.

use varde_model::{
    account::Account,
    ids::{AccountId, PersonId},
    people::Person,
};

use crate::{Ctx, Result, access::Coordinator};

/// People by id.
pub async fn people(ctx: &Ctx, right: &Coordinator, ids: &[PersonId]) -> Result<Vec<Person>> {
    Ok(varde_persistence::people::find_many(ctx.store(), right.org(), ids).await?)
}

/// Accounts by id.
pub async fn accounts(ctx: &Ctx, right: &Coordinator, ids: &[AccountId]) -> Result<Vec<Account>> {
    Ok(varde_persistence::accounts::find_many(ctx.store(), right.org(), ids).await?)
}
