//! Line managers (nærmeste ledere), and naming one in place of the one that the tree gives.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use varde_app::{
    Code, Refusal,
    people::{self, ManagerInput, NameLineManager},
};
use varde_model::people as model;

use crate::{
    relay,
    schema::{
        Caller, UserError,
        errors::{split, whole},
        keys,
        loaders::Loaders,
        node::key,
        people::Person,
        scalars::LocalDate,
    },
};

/// A line manager (nærmeste leder): somebody employed or, for the director, somebody outside the trust.
#[derive(Debug, Clone)]
pub struct LineManager {
    manager: model::LineManager,
    /// Name and address, where they are known already.
    contact: Option<model::Outsider>,
}

impl From<model::LineManager> for LineManager {
    fn from(manager: model::LineManager) -> Self {
        let contact = match &manager {
            model::LineManager::Outside(outsider) => Some(outsider.clone()),
            model::LineManager::Person(_) => None,
        };
        Self { manager, contact }
    }
}

impl LineManager {
    /// One of whom the caller may know name and address, and no more.
    pub(super) fn known(manager: model::LineManager, contact: model::Outsider) -> Self {
        Self { manager, contact: Some(contact) }
    }

    async fn contact(&self, context: &Context<'_>) -> async_graphql::Result<Option<model::Outsider>> {
        match (&self.contact, &self.manager) {
            (None, model::LineManager::Person(person)) => {
                let loaders = context.data_unchecked::<Loaders>();
                let found = whole(context, loaders.one(*person).await)?;
                Ok(found.map(|person| model::Outsider { name: person.name(), email: person.email }))
            }
            (contact, _) => Ok(contact.clone()),
        }
    }
}

/// A line manager (nærmeste leder): somebody employed or, for the director, somebody outside the trust.
#[Object]
impl LineManager {
    /// True for somebody who is not employed, such as the board's chair.
    async fn is_outside(&self) -> bool {
        matches!(self.manager, model::LineManager::Outside(_))
    }

    /// The employed person; null for somebody outside. For coordinators.
    async fn person(&self, context: &Context<'_>) -> async_graphql::Result<Option<Person>> {
        let model::LineManager::Person(person) = &self.manager else { return Ok(None) };
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(*person).await)?.map(Person::from))
    }

    /// The name.
    async fn name(&self, context: &Context<'_>) -> async_graphql::Result<Option<String>> {
        Ok(self.contact(context).await?.map(|contact| contact.name))
    }

    /// Where mail goes.
    async fn email(&self, context: &Context<'_>) -> async_graphql::Result<Option<String>> {
        Ok(self.contact(context).await?.map(|contact| contact.email))
    }
}

/// A line manager named in place of the one that the tree gives, for a time.
#[derive(Debug, Clone, SimpleObject)]
pub struct LineManagerOverride {
    /// Opaque permanent id, for `endLineManagerOverride`.
    #[graphql(owned)]
    pub(crate) id: ID,
    /// Who is named.
    manager: LineManager,
    /// The first day.
    #[graphql(name = "from")]
    first_day: LocalDate,
    /// The last day; null is open.
    to: Option<LocalDate>,
}

impl From<model::LineManagerOverride> for LineManagerOverride {
    fn from(named: model::LineManagerOverride) -> Self {
        Self {
            id: relay::encode("LineManagerOverride", named.id.0),
            manager: named.manager.into(),
            first_day: named.period.from.into(),
            to: named.period.to.map(LocalDate),
        }
    }
}

/// A line manager to name. Give either an employee number, or name and address of somebody outside.
#[derive(InputObject, Debug)]
pub struct SetLineManagerOverrideInput {
    /// Whose line manager.
    employee_number: String,
    /// The employee number of the one who is named.
    manager_employee_number: Option<String>,
    /// The full name of somebody who is not employed.
    outside_name: Option<String>,
    /// Where mail to somebody who is not employed goes.
    outside_email: Option<String>,
    /// The first day.
    from: LocalDate,
    /// The last day; open if left out.
    to: Option<LocalDate>,
}

/// The end of a named line manager's time.
#[derive(InputObject, Debug)]
pub struct EndLineManagerOverrideInput {
    /// Whose line manager.
    employee_number: String,
    /// Which naming.
    override_id: ID,
    /// The last day on which it holds.
    last_day: LocalDate,
}

/// A named line manager after a change.
#[derive(SimpleObject, Debug)]
pub struct LineManagerOverridePayload {
    /// The naming as it is now.
    line_manager_override: Option<LineManagerOverride>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// Mutations of line managers.
#[derive(Default)]
pub struct LineManagerMutation;

#[Object]
impl LineManagerMutation {
    /// Names a line manager who counts in place of the one that the tree gives. One who was named before and still
    /// holds on the first day ends the day before.
    async fn set_line_manager_override(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Whose, who, and when.")] input: SetLineManagerOverrideInput,
    ) -> async_graphql::Result<LineManagerOverridePayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            let manager = match (&input.manager_employee_number, input.outside_name, input.outside_email) {
                (Some(number), None, None) => {
                    ManagerInput::Person(keys::person(caller, "managerEmployeeNumber", number).await?)
                }
                (None, Some(name), Some(email)) => ManagerInput::Outside { name, email },
                _ => return Err(Refusal::new(Code::Required).at("managerEmployeeNumber").into()),
            };
            let person = keys::person(caller, "employeeNumber", &input.employee_number).await?;
            let named =
                NameLineManager { person, manager, from: input.from.into(), to: input.to.map(Into::into) };
            people::name_line_manager(&caller.ctx, &right, named).await
        };
        let (named, errors) = split(context, outcome.await)?;
        Ok(LineManagerOverridePayload { line_manager_override: named.map(LineManagerOverride::from), errors })
    }

    /// Ends a named line manager's time after a last day; from then on the tree counts again.
    async fn end_line_manager_override(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which naming, and when.")] input: EndLineManagerOverrideInput,
    ) -> async_graphql::Result<LineManagerOverridePayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            let id = key("LineManagerOverride", "overrideId", &input.override_id)?;
            let person = keys::person(caller, "employeeNumber", &input.employee_number).await?;
            people::end_line_manager(&caller.ctx, &right, person, id, input.last_day.into()).await
        };
        let (named, errors) = split(context, outcome.await)?;
        Ok(LineManagerOverridePayload { line_manager_override: named.map(LineManagerOverride::from), errors })
    }
}
