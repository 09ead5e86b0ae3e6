//! What administrators set for the trust as a whole.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use varde_app::organisations::{self, OrganisationEdit};

use crate::schema::{
    Caller, UserError,
    errors::{is_conflict, split, whole},
    keys,
    sessions::Organisation,
};

/// Changes to the trust (helseforetak). What is left out stays; an empty text clears an address.
#[derive(InputObject, Debug)]
pub struct EditOrganisationInput {
    /// The full name as mails show it, also as their sender.
    name: Option<String>,
    /// The language of those who chose none, `nb`, `nn` or `en` (målform).
    locale: Option<String>,
    /// The address that mail comes from; empty is the installation's own.
    sender_address: Option<String>,
    /// Where answers to mail go; empty is whoever coordinates the cohort.
    reply_to: Option<String>,
    /// The version that you saw; a conflict refuses the edit.
    version: Option<u32>,
}

/// The changed trust.
#[derive(SimpleObject, Debug)]
pub struct EditOrganisationPayload {
    /// The trust as it is now. After a conflict, as it stands.
    organisation: Option<Organisation>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// Mutations of the trust's settings.
#[derive(Default)]
pub struct SettingsMutation;

#[Object]
impl SettingsMutation {
    /// Changes the trust's name, language and addresses; mail that waits goes out with them. For administrators.
    async fn edit_organisation(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The changes.")] input: EditOrganisationInput,
    ) -> async_graphql::Result<EditOrganisationPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.administrator()?;
            let edit = OrganisationEdit {
                name: input.name,
                locale: input.locale.as_deref().map(|tag| keys::language("locale", tag)).transpose()?,
                sender_address: input.sender_address,
                reply_to: input.reply_to,
                version: input.version,
            };
            organisations::edit(&caller.ctx, &right, &edit).await
        };
        let outcome = outcome.await;
        let conflict = is_conflict(&outcome);
        let (mut organisation, errors) = split(context, outcome)?;
        if conflict {
            let right = whole(context, caller.signed_in())?;
            organisation = Some(whole(context, organisations::own(&caller.ctx, &right).await)?);
        }
        Ok(EditOrganisationPayload { organisation: organisation.map(Organisation::from), errors })
    }
}
