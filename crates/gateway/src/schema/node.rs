//! Objects by their permanent id.

use async_graphql::{Context, ID, Interface, Object};
use futures_util::future::try_join_all;
use varde_model::ids::{
    AccountId, AppointmentId, AuditEventId, CheckInId, ClosedDayId, CohortId, ContractId, CycleId,
    EnrolmentId, GatheringId, InboxItemId, LeaderGroupId, LineManagerOverrideId, MeasureId, NominationId,
    NominationRoundId, OperationId, OutboxId, PersonId, PlanId, PolicyId, ServiceTokenId, SurveyId, TimerId,
    UnitId,
};

use super::{
    Caller,
    accounts::{Account, ServiceToken},
    check_ins::{CheckIn, CheckInCycle, Contract},
    cohorts::{Cohort, Gathering},
    competence_plans::CompetencePlan,
    directory::{Appointment, LineManagerOverride, Unit},
    enrolments::{Enrolment, MyGathering, MyPlace},
    errors::whole,
    groups::{LeaderGroup, Measure, MyLeaderGroup, measure_told},
    imports::Operation,
    inbox::InboxItem,
    loaders::{Loaders, UnitToday, WholeAccount},
    mail_queue::Mail,
    nominations::{Nomination, NominationRound},
    organisation::{AuditEvent, ClosedDay},
    own::Own,
    people::Person,
    reminders::{PlannedReminder, ReminderPolicy},
    sessions::Organisation,
    surveys::Survey,
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
    /// A year's cycle of check-ins.
    CheckInCycle(CheckInCycle),
    /// A leader's check-in, without a word of what was written.
    CheckIn(CheckIn),
    /// A leader's contract.
    Contract(Contract),
    /// A leader's competence plan, without how anybody rated.
    CompetencePlan(CompetencePlan),
    /// A round of nominations.
    NominationRound(NominationRound),
    /// A nomination.
    Nomination(Nomination),
    /// A person.
    Person(Person),
    /// A unit as it is today.
    Unit(Unit),
    /// One's own place in a cohort, for leaders.
    MyPlace(MyPlace),
    /// A gathering of one's own cohort, for leaders.
    MyGathering(MyGathering),
    /// A leader group in a cohort.
    LeaderGroup(LeaderGroup),
    /// What a leader group wants or does.
    Measure(Measure),
    /// A leader group that one belongs to, for its members.
    MyLeaderGroup(MyLeaderGroup),
    /// A piece of longer work.
    Operation(Operation),
    /// Something in the coordinator's inbox.
    InboxItem(InboxItem),
    /// A mail.
    Mail(Mail),
    /// A rule of reminding.
    ReminderPolicy(ReminderPolicy),
    /// A reminder as it stands in the plan.
    PlannedReminder(PlannedReminder),
    /// A leadership appointment.
    Appointment(Appointment),
    /// A line manager by name.
    LineManagerOverride(LineManagerOverride),
    /// A day on which the trust is closed.
    ClosedDay(ClosedDay),
    /// An entry of the audit trail.
    AuditEvent(AuditEvent),
    /// The caller's own trust.
    Organisation(Organisation),
    /// An account; for administrators.
    Account(Account),
    /// A survey; for leaders, one that they were asked.
    Survey(Survey),
    /// A program's right to call the API; for administrators.
    ServiceToken(ServiceToken),
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
        try_join_all(ids.iter().map(|id| find(context, id))).await
    }
}

/// What stands side by side is fetched together, by the loaders.
async fn find(context: &Context<'_>, id: &ID) -> async_graphql::Result<Option<Node>> {
    let caller = Caller::of(context);
    // Without the right to see any of them nothing is there; whether an id exists is not told.
    let right = whole(context, caller.signed_in())?;
    let Some((kind, key)) = relay::decode(id) else { return Ok(None) };
    let found = match caller.coordinator() {
        _ if kind == "Organisation" => {
            let found = context.data_unchecked::<Own>().organisation(caller, &right).await;
            found.map(|own| (own.id.0 == key).then(|| Node::Organisation(own.clone().into())))
        }
        Ok(_) => of_the_trust(context.data_unchecked::<Loaders>(), &kind, key).await,
        Err(_) => own(caller, context.data_unchecked::<Own>(), &kind, key).await,
    };
    whole(context, found)
}

async fn of_the_trust(
    loaders: &Loaders,
    kind: &str,
    key: uuid::Uuid,
) -> Result<Option<Node>, varde_app::Error> {
    Ok(match kind {
        "Cohort" => loaders.one(CohortId(key)).await?.map(|cohort| Node::Cohort(cohort.into())),
        "Gathering" => loaders.one(GatheringId(key)).await?.map(|it| Node::Gathering(it.into())),
        "Enrolment" => loaders.one(EnrolmentId(key)).await?.map(|it| Node::Enrolment(it.into())),
        "LeaderGroup" => loaders.one(LeaderGroupId(key)).await?.map(|it| Node::LeaderGroup(it.into())),
        "Measure" => loaders.one(MeasureId(key)).await?.map(|it| Node::Measure(measure_told(it))),
        "CheckInCycle" => loaders.one(CycleId(key)).await?.map(|cycle| Node::CheckInCycle(cycle.into())),
        "CheckIn" => loaders.one(CheckInId(key)).await?.map(|one| Node::CheckIn(one.into())),
        "CompetencePlan" => loaders.one(PlanId(key)).await?.map(|plan| Node::CompetencePlan(plan.into())),
        "Contract" => loaders.one(ContractId(key)).await?.map(|one| Node::Contract(one.into())),
        "NominationRound" => {
            loaders.one(NominationRoundId(key)).await?.map(|it| Node::NominationRound(it.into()))
        }
        "Nomination" => loaders.one(NominationId(key)).await?.map(|it| Node::Nomination(it.into())),
        "Person" => loaders.one(PersonId(key)).await?.map(|person| Node::Person(person.into())),
        "Unit" => loaders.one(UnitToday(UnitId(key))).await?.map(Node::Unit),
        "Operation" => loaders.one(OperationId(key)).await?.map(|it| Node::Operation(it.into())),
        "InboxItem" => loaders.one(InboxItemId(key)).await?.map(Node::InboxItem),
        "Mail" => loaders.one(OutboxId(key)).await?.map(|mail| Node::Mail(mail.into())),
        "ReminderPolicy" => loaders.one(PolicyId(key)).await?.map(|it| Node::ReminderPolicy(it.into())),
        "Appointment" => {
            let found = loaders.one(AppointmentId(key)).await?;
            found.map(|(appointment, today)| Node::Appointment(Appointment::today(appointment, today)))
        }
        "LineManagerOverride" => {
            loaders.one(LineManagerOverrideId(key)).await?.map(|it| Node::LineManagerOverride(it.into()))
        }
        "ClosedDay" => loaders.one(ClosedDayId(key)).await?.map(|day| Node::ClosedDay(day.into())),
        "PlannedReminder" => loaders.one(TimerId(key)).await?.map(|it| Node::PlannedReminder(it.into())),
        "AuditEvent" => loaders.one(AuditEventId(key)).await?.map(|it| Node::AuditEvent(it.into())),
        "Survey" => loaders.one(SurveyId(key)).await?.map(|it| Node::Survey(it.into())),
        "ServiceToken" => loaders.one(ServiceTokenId(key)).await?.map(|it| Node::ServiceToken(it.into())),
        "Account" => loaders.one(WholeAccount(AccountId(key))).await?.map(|it| Node::Account(it.into())),
        _ => None,
    })
}

/// What a leader may look up: oneself, the own places and their gatherings, and the surveys that one was asked.
async fn own(
    caller: &Caller,
    own: &Own,
    kind: &str,
    key: uuid::Uuid,
) -> Result<Option<Node>, varde_app::Error> {
    let Ok(right) = caller.oneself() else { return Ok(None) };
    let told = |place: &varde_app::enrolments::MyPlace| MyPlace::told(place.clone(), caller.locale());
    Ok(match kind {
        "Person" if key == right.person().0 => {
            own.person(caller, &right).await?.map(|it| Node::Person(it.clone().into()))
        }
        "Enrolment" => {
            let mut places = own.places(caller, &right).await?.iter();
            places.find(|place| place.enrolment.id.0 == key).map(|place| Node::MyPlace(told(place)))
        }
        "Survey" => {
            let mut own = varde_app::surveys::mine(&caller.ctx, &right).await?.into_iter();
            own.find(|own| own.figures.survey.id.0 == key).map(|own| Node::Survey(own.figures.into()))
        }
        "LeaderGroup" => {
            let mut groups = own.groups(caller, &right).await?.iter();
            let found = groups.find(|own| own.group.id.0 == key).cloned();
            found.map(|own| Node::MyLeaderGroup(MyLeaderGroup::told(own, right.person())))
        }
        "Gathering" => {
            let has = |place: &&varde_app::enrolments::MyPlace| {
                place.gatherings.iter().any(|gathering| gathering.id.0 == key)
            };
            let place = own.places(caller, &right).await?.iter().find(has).map(told);
            place.and_then(|place| place.gathering(key)).map(Node::MyGathering)
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
