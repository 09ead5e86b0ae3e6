//! Objects by their permanent id.

use async_graphql::{Context, ID, Interface, Object};
use varde_model::ids::{
    AccountId, CohortId, EnrolmentId, GatheringId, OperationId, OutboxId, PolicyId, UnitId,
};

use super::{
    Caller,
    accounts::Account,
    cohorts::{Cohort, Gathering},
    directory::{Tree, Unit},
    enrolments::Enrolment,
    errors::whole,
    imports::Operation,
    mail_queue::Mail,
    people::Person,
    reminders::ReminderPolicy,
};
use crate::relay;

/// Anything with a permanent id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Opaque permanent id."))]
pub enum Node {
    /// A cohort.
    Cohort(Cohort),
    /// A gathering.
    Gathering(Gathering),
    /// A place in a cohort.
    Enrolment(Enrolment),
    /// A person.
    Person(Person),
    /// A unit as it is today.
    Unit(Unit),
    /// A piece of longer work.
    Operation(Operation),
    /// A mail.
    Mail(Mail),
    /// A rule of reminding.
    ReminderPolicy(ReminderPolicy),
    /// An account; for administrators.
    Account(Account),
}

/// Look-up by id.
#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// The object with an id, or null where there is none that the caller may see.
    async fn node(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The id.")] id: ID,
    ) -> async_graphql::Result<Option<Node>> {
        find(context, &id).await
    }

    /// The objects with these ids, at most 100, in the order asked; null for each that the caller may not see.
    async fn nodes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The ids.", validator(max_items = 100))] ids: Vec<ID>,
    ) -> async_graphql::Result<Vec<Option<Node>>> {
        let mut found = Vec::with_capacity(ids.len());
        for id in &ids {
            found.push(find(context, id).await?);
        }
        Ok(found)
    }
}

async fn find(context: &Context<'_>, id: &ID) -> async_graphql::Result<Option<Node>> {
    let caller = Caller::of(context);
    // Without the right to see any of them nothing is there; whether an id exists is not told.
    whole(context, caller.signed_in())?;
    let Ok(right) = caller.coordinator() else { return Ok(None) };
    let Some((kind, key)) = relay::decode(id) else { return Ok(None) };
    let ctx = &caller.ctx;
    Ok(match kind.as_str() {
        "Cohort" => {
            let found = varde_app::cohorts::find(ctx, &right, CohortId(key)).await;
            whole(context, found)?.map(|cohort| Node::Cohort(cohort.into()))
        }
        "Gathering" => {
            let found = varde_app::cohorts::find_gathering(ctx, &right, GatheringId(key)).await;
            whole(context, found)?.map(|gathering| Node::Gathering(gathering.into()))
        }
        "Enrolment" => {
            let found = varde_app::enrolments::find(ctx, &right, EnrolmentId(key)).await;
            whole(context, found)?.map(|enrolment| Node::Enrolment(enrolment.into()))
        }
        "Person" => {
            let found = varde_app::contacts::people(ctx, &right, &[key.into()]).await;
            whole(context, found)?.pop().map(|person| Node::Person(person.into()))
        }
        "Unit" => {
            let tree = async {
                let today = varde_app::people::today(ctx, right.org()).await?;
                Ok(Tree::new(today, varde_app::people::units(ctx, &right, today).await?))
            };
            whole(context, tree.await)?.unit(UnitId(key)).map(Node::Unit)
        }
        "Operation" => {
            let found = varde_app::operations::find(ctx, &right, OperationId(key)).await;
            whole(context, found)?.map(|operation| Node::Operation(operation.into()))
        }
        "Mail" => {
            let found = varde_app::mails::find(ctx, &right, OutboxId(key)).await;
            whole(context, found)?.map(|mail| Node::Mail(mail.into()))
        }
        "ReminderPolicy" => {
            let found = whole(context, varde_app::policies::list(ctx, &right).await)?;
            let policy = found.into_iter().find(|policy| policy.id == PolicyId(key));
            policy.map(|policy| Node::ReminderPolicy(policy.into()))
        }
        "Account" => {
            let Ok(right) = caller.administrator() else { return Ok(None) };
            let found = varde_app::accounts::find_account(ctx, &right, AccountId(key)).await;
            whole(context, found)?.map(|account| Node::Account(account.into()))
        }
        _ => None,
    })
}

/// The key inside an id of a known type, or a refusal that says which argument is wrong.
pub(crate) fn key<T: From<uuid::Uuid>>(
    kind: &str,
    field: &'static str,
    id: &ID,
) -> Result<T, varde_app::Error> {
    let key = relay::decode_as(kind, id);
    Ok(key.map(T::from).ok_or(varde_app::Refusal::new(varde_app::Code::NotFound).at(field))?)
}
