//! The language of mail, and unsubscribing from what is not mandatory.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use varde_app::{
    Error,
    people::{self, Preferences},
};

use crate::schema::{Caller, UserError, errors::split, keys, people::Person};

/// What one chooses for oneself. What is left out stays.
#[derive(InputObject, Debug)]
pub struct EditMyPreferencesInput {
    /// The language of mail and messages, `nb`, `nn` or `en` (målform). A later HR file does not change it.
    locale: Option<String>,
    /// True for mandatory mail only, false for all of it (meld av).
    muted: Option<bool>,
}

/// What a person chose, as told to a coordinator. What is left out stays.
#[derive(InputObject, Debug)]
pub struct EditPersonPreferencesInput {
    /// Whose (ansattnummer).
    employee_number: String,
    /// The language of mail and messages, `nb`, `nn` or `en` (målform). A later HR file does not change it.
    locale: Option<String>,
    /// True for mandatory mail only, false for all of it (meld av).
    muted: Option<bool>,
}

/// What one chose.
#[derive(SimpleObject, Debug)]
pub struct MyPreferencesPayload {
    /// The employed person behind the account as she or he stands now; null where there is none.
    person: Option<Person>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// A person after a change of what she or he chose.
#[derive(SimpleObject, Debug)]
pub struct PersonPreferencesPayload {
    /// The person as she or he stands now.
    person: Option<Person>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

fn preferences(locale: Option<&str>, muted: Option<bool>) -> Result<Preferences, Error> {
    Ok(Preferences { locale: locale.map(|tag| keys::language("locale", tag)).transpose()?, muted })
}

/// Mutations of preferences.
#[derive(Default)]
pub struct PreferenceMutation;

#[Object]
impl PreferenceMutation {
    /// Chooses one's own language, and whether to have more than mandatory mail, as the link in each mail does.
    async fn edit_my_preferences(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What is chosen.")] input: EditMyPreferencesInput,
    ) -> async_graphql::Result<MyPreferencesPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let viewer = &caller.account.as_ref().ok_or(Error::Unauthenticated)?.viewer;
            let wish = preferences(input.locale.as_deref(), input.muted)?;
            people::prefer(&caller.ctx, viewer, wish).await?;
            match caller.oneself() {
                Ok(right) => people::oneself(&caller.ctx, &right).await,
                Err(_) => Ok(None),
            }
        };
        let (person, errors) = split(context, outcome.await)?;
        Ok(MyPreferencesPayload { person: person.flatten().map(Person::from), errors })
    }

    /// Writes down which language a person wants mail in, and whether only mandatory mail.
    async fn edit_person_preferences(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Whose, and what.")] input: EditPersonPreferencesInput,
    ) -> async_graphql::Result<PersonPreferencesPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            let wish = preferences(input.locale.as_deref(), input.muted)?;
            let person = keys::person(caller, "employeeNumber", &input.employee_number).await?;
            people::prefer_for(&caller.ctx, &right, person, wish).await
        };
        let (person, errors) = split(context, outcome.await)?;
        Ok(PersonPreferencesPayload { person: person.map(Person::from), errors })
    }
}
