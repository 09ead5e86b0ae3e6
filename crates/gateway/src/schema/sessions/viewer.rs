//! Who is signed in.

use async_graphql::{Context, ID, Object, SimpleObject};
use varde_app::accounts;
use varde_model::{account::Account, ids::PersonId, organisation, roles::Role};

use crate::{
    relay,
    schema::{Caller, errors::whole, labels::RoleLabel, own::Own, people::Person},
};

/// Who is signed in.
#[derive(Debug, SimpleObject)]
#[graphql(complex)]
pub struct Viewer {
    /// The account's id.
    id: ID,
    /// The name that colleagues see.
    display_name: String,
    /// The address to sign in with.
    email: String,
    /// The roles held now (roller): granted ones, and those that follow from the data.
    roles: Vec<RoleLabel>,
    /// The language of messages, unless a request asks for another: `nb`, `nn` or `en`.
    locale: &'static str,
    /// True for a program with a service token.
    is_service: bool,
    #[graphql(skip)]
    person: Option<PersonId>,
}

/// The trust (helseforetak). Nothing is shared between two of them.
#[derive(Debug, Clone, SimpleObject)]
pub struct Organisation {
    /// Opaque permanent id.
    #[graphql(owned)]
    pub(crate) id: ID,
    /// The short name of files and commands.
    key: String,
    /// The full name as mails show it.
    name: String,
    /// Where its clocks stand, such as `Europe/Oslo`.
    time_zone: &'static str,
    /// The language of those who chose none: `nb`, `nn` or `en`.
    locale: &'static str,
    /// The address its mail comes from; null is the installation's own.
    sender_address: Option<String>,
    /// Where answers to its mail go; null is whoever coordinates the cohort.
    reply_to: Option<String>,
    /// False holds every mail back.
    sending: bool,
    /// Counts the changes; pass the one you saw when you edit.
    version: u32,
}

impl From<organisation::Organisation> for Organisation {
    fn from(organisation: organisation::Organisation) -> Self {
        Self {
            id: relay::encode("Organisation", organisation.id.0),
            key: organisation.key,
            name: organisation.name,
            time_zone: organisation.zone.name(),
            locale: organisation.locale.tag(),
            sender_address: organisation.sender_address,
            reply_to: organisation.reply_to,
            sending: organisation.sending,
            version: organisation.version,
        }
    }
}

#[async_graphql::ComplexObject]
impl Viewer {
    /// The trust that everything one sees belongs to.
    async fn organisation(&self, context: &Context<'_>) -> async_graphql::Result<Organisation> {
        let caller = Caller::of(context);
        let right = whole(context, caller.signed_in())?;
        let own = context.data_unchecked::<Own>().organisation(caller, &right).await;
        Ok(whole(context, own)?.clone().into())
    }

    /// The employed person behind the account (ansatt).
    async fn person(&self, context: &Context<'_>) -> async_graphql::Result<Option<Person>> {
        let caller = Caller::of(context);
        if self.person.is_none() {
            return Ok(None);
        }
        let right = whole(context, caller.oneself())?;
        let own = context.data_unchecked::<Own>().person(caller, &right).await;
        Ok(whole(context, own)?.cloned().map(Person::from))
    }
}

/// Queries about oneself.
#[derive(Default)]
pub struct SessionQuery;

#[Object]
impl SessionQuery {
    /// Who is signed in; null when nobody is.
    async fn viewer(&self, context: &Context<'_>) -> async_graphql::Result<Option<Viewer>> {
        let caller = Caller::of(context);
        let Some(signed_in) = &caller.account else { return Ok(None) };
        let account: Account = whole(context, accounts::own_account(&caller.ctx, &signed_in.viewer).await)?;
        let mut roles: Vec<Role> = signed_in.viewer.roles.clone();
        roles.sort_unstable();
        roles.dedup();
        Ok(Some(Viewer {
            id: relay::encode("Account", account.id.0),
            display_name: account.display_name,
            email: account.email,
            roles: roles.into_iter().map(Into::into).collect(),
            locale: account.locale.tag(),
            is_service: signed_in.service_token.is_some(),
            person: signed_in.viewer.person,
        }))
    }
}
