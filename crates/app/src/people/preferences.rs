//! What a person chose about mail: its language, and whether to have more than what is mandatory.

use serde_json::json;
use varde_model::{
    Locale,
    ids::{OrganisationId, PersonId},
    people::Person,
};
use varde_persistence::{
    Tx,
    accounts::{self, Holder},
    people,
};

use crate::{
    Code, Ctx, Error, Refusal, Result,
    access::{Actor, Coordinator, Viewer},
    audit::{self, Deed},
};

/// What is chosen; None leaves it as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// The language. An import does not change it any more.
    pub locale: Option<Locale>,
    /// True for mandatory mail only.
    pub muted: Option<bool>,
}

/// Chooses for oneself: the language of the account, and of the mail to the employed person behind it.
///
/// # Errors
/// Refused: `muted` for an account without a person, whose mail is all part of the work. A program chooses nothing:
/// [`Error::Denied`].
pub async fn prefer(ctx: &Ctx, viewer: &Viewer, wish: Preferences) -> Result<()> {
    if viewer.session.is_none() {
        return Err(Error::Denied);
    }
    let org = viewer.organisation;
    let tx = ctx.store().write().await?;
    if let Some(locale) = wish.locale {
        accounts::set_locale(&tx, org, Holder::Account(viewer.account), locale).await?;
    }
    let (actor, deed) = match viewer.person {
        Some(person) => {
            write(&tx, org, person, wish).await?;
            (Actor::Person(person), Deed::on("person.prefer", person))
        }
        None if wish.muted.is_some() => return Err(Refusal::new(Code::NotFound).at("muted").into()),
        None => (Actor::Account(viewer.account), Deed::on("account.prefer", viewer.account)),
    };
    audit::record(ctx, &tx, org, actor, deed, told(wish)).await?;
    tx.commit().await?;
    ctx.app().sessions().cache.forget();
    Ok(())
}

/// Writes down what a person told a coordinator, on the telephone for instance.
///
/// # Errors
/// Refused: nobody with that id.
pub async fn prefer_for(
    ctx: &Ctx,
    right: &Coordinator,
    person: PersonId,
    wish: Preferences,
) -> Result<Person> {
    let org = right.org();
    let tx = ctx.store().write().await?;
    if people::find(&tx, org, person).await?.is_none() {
        return Err(Refusal::new(Code::NotFound).at("employeeNumber").into());
    }
    write(&tx, org, person, wish).await?;
    if let Some(locale) = wish.locale {
        accounts::set_locale(&tx, org, Holder::Person(person), locale).await?;
    }
    audit::record(ctx, &tx, org, right.actor(), Deed::on("person.prefer", person), told(wish)).await?;
    let after = people::find(&tx, org, person).await?.ok_or(Refusal::new(Code::NotFound))?;
    tx.commit().await?;
    ctx.app().sessions().cache.forget();
    Ok(after)
}

async fn write(tx: &Tx, org: OrganisationId, person: PersonId, wish: Preferences) -> Result<()> {
    if let Some(locale) = wish.locale {
        people::choose_locale(tx, org, person, locale).await?;
    }
    if let Some(muted) = wish.muted {
        people::set_muted(tx, org, person, muted).await?;
    }
    Ok(())
}

fn told(wish: Preferences) -> serde_json::Value {
    json!({ "locale": wish.locale.map(Locale::tag), "muted": wish.muted })
}
