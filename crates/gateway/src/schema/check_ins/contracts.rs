//! Leaders' contracts for coordinators.

use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use varde_app::contracts::{self, Signing};
use varde_model::contract as model;

use super::inputs::{MakeContractsInput, RecordContractsSignedInput, RenewContractsInput};
use crate::{
    relay,
    schema::{
        Caller, UserError,
        errors::{split, whole},
        loaders::Loaders,
        paging::{page, page_of, part},
        people::Person,
        scalars::LocalDate,
    },
};

/// A leader's contract (lederkontrakt): binds an appointment to one version of the framework of requirements.
#[derive(Clone, Debug)]
pub struct Contract(model::Contract);

impl From<model::Contract> for Contract {
    fn from(one: model::Contract) -> Self {
        Self(one)
    }
}

/// A leader's contract (lederkontrakt): binds an appointment to one version of the framework of requirements.
#[Object]
impl Contract {
    /// Opaque permanent id.
    pub(crate) async fn id(&self) -> ID {
        relay::encode("Contract", self.0.id.0)
    }

    /// The leader.
    async fn leader(&self, context: &Context<'_>) -> async_graphql::Result<Option<Person>> {
        let loaders = context.data_unchecked::<Loaders>();
        Ok(whole(context, loaders.one(self.0.person).await)?.map(Person::from))
    }

    /// The version of the framework.
    async fn framework_version(&self) -> u32 {
        self.0.framework
    }

    /// When it was signed; null while nobody has told.
    async fn signed_on(&self) -> Option<LocalDate> {
        self.0.signed_on.map(LocalDate)
    }

    /// The trust's own reference to the document.
    async fn document(&self) -> Option<&str> {
        self.0.document.as_deref()
    }

    /// When it was made.
    async fn made_at(&self) -> DateTime<Utc> {
        self.0.made_at
    }

    /// When a renewed one took its place; null for the one that holds.
    async fn replaced_at(&self) -> Option<DateTime<Utc>> {
        self.0.replaced_at
    }
}

page!(
    /// Contracts that hold, in the order in which they were made.
    ContractConnection, ContractEdge, Contract
);

/// Queries about contracts.
#[derive(Default)]
pub struct ContractQuery;

#[Object]
impl ContractQuery {
    /// The contracts that hold (lederkontrakter), in the order in which they were made. For coordinators.
    async fn contracts(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only those on this version of the framework; all if left out.")]
        framework_version: Option<u32>,
        #[graphql(desc = "How many, 25 if not said, 100 at most.")] first: Option<i32>,
        #[graphql(desc = "Go on behind this cursor.")] after: Option<String>,
    ) -> async_graphql::Result<ContractConnection> {
        let caller = Caller::of(context);
        let right = whole(context, caller.coordinator())?;
        let page = page_of(caller.locale(), first, after)?;
        let mut found = whole(context, contracts::holding(&caller.ctx, &right).await)?;
        found.retain(|one| framework_version.is_none_or(|wanted| wanted == one.framework));
        let place = |one: &model::Contract| (Vec::new(), one.id.0);
        let (rows, more, total) = part(caller.locale(), found, &page, "contracts", place)?;
        let rows = rows.into_iter().map(|(cursor, one)| (cursor, one.into())).collect();
        Ok(ContractConnection::new(rows, &page, more, total))
    }
}

/// Contracts that were made, renewed or signed.
#[derive(Debug, SimpleObject)]
pub struct ContractsPayload {
    /// How many.
    count: usize,
    /// The first hundred of them.
    contracts: Vec<Contract>,
    /// What stands in the way; nothing was changed then.
    errors: Vec<UserError>,
}

/// Contracts named one by one in an answer; a page of `contracts` has them all.
const NAMED: usize = 100;

impl ContractsPayload {
    fn of(made: Option<Vec<model::Contract>>, errors: Vec<UserError>) -> Self {
        let made = made.unwrap_or_default();
        let count = made.len();
        Self { count, contracts: made.into_iter().take(NAMED).map(Into::into).collect(), errors }
    }
}

/// Mutations of contracts.
#[derive(Default)]
pub struct ContractMutation;

#[Object]
impl ContractMutation {
    /// Makes contracts for everybody who leads today and has none for that appointment (opprette lederkontrakter), on the
    /// newest version of the framework. An import and the opening of a cycle do the same by themselves.
    async fn make_contracts(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How.")] input: MakeContractsInput,
    ) -> async_graphql::Result<ContractsPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            contracts::make_missing(&caller.ctx, &right, input.dry_run).await
        };
        let (made, errors) = split(context, outcome.await)?;
        Ok(ContractsPayload::of(made, errors))
    }

    /// Renews contracts on the newest version of the framework (fornye). What was signed before stays readable. Run it dry
    /// first.
    async fn renew_contracts(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Whose.")] input: RenewContractsInput,
    ) -> async_graphql::Result<ContractsPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            let numbers = input.employee_numbers.as_deref();
            Ok(contracts::renew(&caller.ctx, &right, numbers, input.dry_run).await?.made)
        };
        let (made, errors) = split(context, outcome.await)?;
        Ok(ContractsPayload::of(made, errors))
    }

    /// Writes down that contracts are signed, and where the document lies (registrere signering).
    async fn record_contracts_signed(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which.")] input: RecordContractsSignedInput,
    ) -> async_graphql::Result<ContractsPayload> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            let rows: Vec<Signing> = input
                .contracts
                .into_iter()
                .map(|row| Signing {
                    employee_number: row.employee_number,
                    signed_on: row.signed_on.0,
                    document: row.document,
                })
                .collect();
            contracts::record_signed(&caller.ctx, &right, &rows).await
        };
        let (signed, errors) = split(context, outcome.await)?;
        Ok(ContractsPayload::of(signed, errors))
    }
}
