//! Related objects fetched together: one statement for all that a level of the answer asks for. Made for each
//! operation, with the caller's right, so that nothing crosses from one caller to another.

use std::{
    collections::{BTreeSet, HashMap},
    hash::Hash,
    sync::Arc,
    time::Duration,
};

use async_graphql::dataloader::{DataLoader, Loader};
use chrono::NaiveDate;
use serde_json::Value;
use varde_app::{
    Ctx, Error,
    access::{Administrator, Coordinator},
    certificates::Issued,
    hr_import::Slice,
    mobilisation::{PracticeDone, Supporting},
    nominations::Review,
    policies::OwnPolicy,
    sessions::AuthenticatedAccount,
    surveys::SurveyFigures,
};
use varde_model::{
    account::Account,
    catalogue::NominationRule,
    check_in::{CheckIn, Cycle},
    cohort::Cohort,
    contract::Contract,
    credits::PlaceCredits,
    delivery::OutboxRow,
    enrolment::{DevelopmentProject, Enrolment},
    gathering::{Attendance, Gathering, GatheringAnswer},
    groups::{FollowUp, LeaderGroup, Measure, Member},
    ids::{
        AccountId, AppointmentId, AuditEventId, CheckInId, ClosedDayId, CohortId, ContractId, CycleId,
        EnrolmentId, GatheringId, InboxItemId, LeaderGroupId, LineManagerOverrideId, MeasureId, NominationId,
        NominationRoundId, OperationId, OutboxId, PersonId, PlanId, PolicyId, ProgrammeVersionId,
        ServiceTokenId, SurveyId, TimerId, UnitId,
    },
    nominations::{Nomination, NominationRound},
    organisation::ClosedDay,
    people::{Appointment, Employment, LineManager, LineManagerOverride, Person},
    plan::Plan,
    survey::SurveySubject,
    timers::Timer,
};

use super::{
    directory::{Tree, Unit},
    inbox::InboxItem,
};

/// The loaders of one operation; None for callers without the right to run cohorts, who reach nothing through them.
pub struct Loaders(Option<DataLoader<Batch>>);

impl Loaders {
    /// For a caller.
    pub fn new(ctx: &Ctx, account: Option<&AuthenticatedAccount>) -> Self {
        let right = account.and_then(|account| account.viewer.coordinator().ok());
        let administrator = account.and_then(|account| account.viewer.administrator().ok());
        Self(right.map(|right| {
            DataLoader::new(Batch { ctx: ctx.clone(), right, administrator }, tokio::spawn)
                .delay(Duration::ZERO)
                .max_batch_size(1000)
        }))
    }

    /// One value.
    pub(crate) async fn one<K>(&self, key: K) -> Result<Option<<Batch as Loader<K>>::Value>, Error>
    where
        K: Send + Sync + Hash + Eq + Clone + 'static,
        Batch: Loader<K, Error = Shared>,
    {
        let loader = self.0.as_ref().ok_or(Error::Denied)?;
        loader.load_one(key).await.map_err(Shared::into_error)
    }
}

/// Fetches for one caller.
pub struct Batch {
    ctx: Ctx,
    right: Coordinator,
    administrator: Option<Administrator>,
}

/// An error that several waiting resolvers get.
#[derive(Clone, Debug)]
pub struct Shared(String);

impl Shared {
    fn new(error: &Error) -> Self {
        Self(error.to_string())
    }

    fn into_error(self) -> Error {
        Error::internal(self.0)
    }
}

fn by<K: Hash + Eq, V>(values: Vec<V>, key: impl Fn(&V) -> K) -> HashMap<K, V> {
    values.into_iter().map(|value| (key(&value), value)).collect()
}

fn dated<K: Hash + Eq, V>(grouped: HashMap<K, V>, today: NaiveDate) -> HashMap<K, (V, NaiveDate)> {
    grouped.into_iter().map(|(key, value)| (key, (value, today))).collect()
}

/// Several values for one key; a key without any has an empty list.
fn group<K: Hash + Eq + Clone, V>(keys: &[K], values: Vec<V>, key: impl Fn(&V) -> K) -> HashMap<K, Vec<V>> {
    let mut grouped: HashMap<K, Vec<V>> = keys.iter().map(|key| (key.clone(), Vec::new())).collect();
    for value in values {
        grouped.entry(key(&value)).or_default().push(value);
    }
    grouped
}

/// The gatherings of a cohort.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct GatheringsOf(pub(crate) CohortId);
/// Everyone in a cohort.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct EnrolmentsOf(pub(crate) CohortId);
/// What leaders answered about a gathering.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct AnswersOf(pub(crate) GatheringId);
/// Who leads a unit on a date.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct LeadersOf(pub(crate) UnitId, pub(crate) NaiveDate);
/// What a person led, leads and will lead, with today's date.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct AppointmentsOf(pub(crate) PersonId);
/// Where a person worked and works, with today's date.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct EmploymentsOf(pub(crate) PersonId);
/// A person's line manager on a date; None is today.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct LineManagerOf(pub(crate) PersonId, pub(crate) Option<NaiveDate>);
/// The tree of units on a date.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct TreeOn(pub(crate) NaiveDate);
/// The survey about something.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct SurveyAbout(pub(crate) SurveySubject);
/// The leader groups of a cohort.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct GroupsOf(pub(crate) CohortId);
/// Who belongs to a leader group, and who was left out.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct MembersOf(pub(crate) LeaderGroupId);
/// What a leader group agreed on.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct MeasuresOf(pub(crate) LeaderGroupId);
/// How that stood when it was followed up.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct FollowUpsOf(pub(crate) LeaderGroupId);
/// Everyone nominated in a round.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct NominationsOf(pub(crate) NominationRoundId);
/// A round as it stands today.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ReviewOf(pub(crate) NominationRoundId);
/// How people are nominated in a round.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct RuleOf(pub(crate) NominationRoundId);
/// The development project of a place.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ProjectOf(pub(crate) EnrolmentId);
/// Who was at a gathering.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct AttendanceOf(pub(crate) GatheringId);
/// The certificate of a place.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct CertificateOf(pub(crate) EnrolmentId);
/// Who supports somebody with a place.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct SupporterOf(pub(crate) EnrolmentId);
/// The practice tasks that were told of as done at a place.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct PracticeOf(pub(crate) EnrolmentId);
/// The credits of a place.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct CreditsOf(pub(crate) EnrolmentId);
/// How far a cycle of check-ins has come.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ProgressOf(pub(crate) CycleId);
/// A unit as it is today.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct UnitToday(pub(crate) UnitId);
/// An account with its roles; for administrators.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct WholeAccount(pub(crate) AccountId);

macro_rules! loads {
    ($($key:ty => $value:ty, |$this:ident, $keys:ident| $fetch:expr;)*) => {$(
        impl Loader<$key> for Batch {
            type Value = $value;
            type Error = Shared;

            async fn load(&self, $keys: &[$key]) -> Result<HashMap<$key, $value>, Shared> {
                let $this = self;
                let fetched: Result<HashMap<$key, $value>, Error> = async { Ok($fetch) }.await;
                fetched.map_err(|error| Shared::new(&error))
            }
        }
    )*};
}

loads! {
    CohortId => Cohort, |b, keys| by(varde_app::cohorts::find_many(&b.ctx, &b.right, keys).await?, |c| c.id);
    EnrolmentId => Enrolment, |b, keys| by(varde_app::enrolments::find_many(&b.ctx, &b.right, keys).await?, |e| e.id);
    PersonId => Person, |b, keys| by(varde_app::contacts::people(&b.ctx, &b.right, keys).await?, |p| p.id);
    AccountId => Account, |b, keys| by(varde_app::contacts::accounts(&b.ctx, &b.right, keys).await?, |a| a.id);
    ProgrammeVersionId => varde_app::catalogue::OwnProgramme, |b, keys| {
        by(varde_app::catalogue::versions(&b.ctx, &b.right, keys).await?, |v| v.version.id)
    };
    CheckInId => CheckIn, |b, keys| by(varde_app::check_ins::find_many(&b.ctx, &b.right, keys).await?, |one| one.id);
    CycleId => Cycle, |b, _keys| by(varde_app::check_ins::cycles(&b.ctx, &b.right).await?, |cycle| cycle.id);
    ProgressOf => Arc<varde_app::check_ins::CycleProgress>, |b, keys| {
        let ids: Vec<CycleId> = keys.iter().map(|key| key.0).collect();
        let all = varde_app::check_ins::progress(&b.ctx, &b.right, &ids).await?;
        all.into_iter().map(|(cycle, progress)| (ProgressOf(cycle), Arc::new(progress))).collect()
    };
    PlanId => Plan, |b, keys| by(varde_app::competence_plans::find_many(&b.ctx, &b.right, keys).await?, |plan| plan.id);
    ContractId => Contract, |b, keys| {
        by(varde_app::contracts::find_many(&b.ctx, &b.right, keys).await?, |contract| contract.id)
    };
    PolicyId => OwnPolicy, |b, keys| {
        let all = varde_app::policies::list(&b.ctx, &b.right).await?;
        by(all.into_iter().filter(|policy| keys.contains(&policy.id)).collect(), |policy| policy.id)
    };
    GatheringId => Gathering, |b, keys| by(varde_app::cohorts::find_gatherings(&b.ctx, &b.right, keys).await?, |g| g.id);
    OperationId => varde_app::operations::Operation, |b, keys| by(varde_app::operations::find_many(&b.ctx, &b.right, keys).await?, |o| o.id);
    Slice => Vec<Value>, |b, keys| {
        keys.iter().copied().zip(varde_app::hr_import::slices(&b.ctx, &b.right, keys).await?).collect()
    };
    InboxItemId => InboxItem, |b, keys| {
        let found = varde_app::inbox::find_many(&b.ctx, &b.right, keys).await?;
        by(InboxItem::all(&b.ctx, &b.right, found).await?, InboxItem::key)
    };
    OutboxId => OutboxRow, |b, keys| by(varde_app::mails::find_many(&b.ctx, &b.right, keys).await?, |mail| mail.id);
    AuditEventId => varde_app::trail::AuditEvent, |b, keys| by(varde_app::trail::find_many(&b.ctx, &b.right, keys).await?, |e| e.id);
    TimerId => Timer, |b, keys| by(varde_app::planned::find_many(&b.ctx, &b.right, keys).await?, |timer| timer.id);
    ClosedDayId => ClosedDay, |b, _keys| by(varde_app::closed_days::list(&b.ctx, &b.right).await?, |day| day.id);
    LineManagerOverrideId => LineManagerOverride, |b, _keys| {
        by(varde_app::people::all_line_manager_overrides(&b.ctx, &b.right).await?, |named| named.id)
    };
    AppointmentId => (Appointment, NaiveDate), |b, keys| {
        let today = varde_app::people::today(&b.ctx, b.right.org()).await?;
        let found = varde_app::people::appointments_by_ids(&b.ctx, &b.right, keys).await?;
        found.into_iter().map(|appointment| (appointment.id, (appointment, today))).collect()
    };
    ServiceTokenId => varde_model::account::ServiceToken, |b, keys| match &b.administrator {
        None => HashMap::new(),
        Some(right) => by(varde_app::accounts::find_service_tokens(&b.ctx, right, keys).await?, |token| token.id),
    };
    UnitToday => Unit, |b, keys| {
        let today = varde_app::people::today(&b.ctx, b.right.org()).await?;
        let tree = Tree::new(today, varde_app::people::units(&b.ctx, &b.right, today).await?);
        keys.iter().filter_map(|key| Some((*key, tree.unit(key.0)?))).collect()
    };
    WholeAccount => varde_app::accounts::AccountWithRoles, |b, keys| match &b.administrator {
        None => HashMap::new(),
        Some(right) => {
            let ids: Vec<AccountId> = keys.iter().map(|key| key.0).collect();
            by(varde_app::accounts::find_accounts(&b.ctx, right, &ids).await?, |a| WholeAccount(a.account.id))
        }
    };
    NominationRoundId => NominationRound, |b, keys| by(varde_app::nominations::find_many(&b.ctx, &b.right, keys).await?, |r| r.id);
    NominationId => Nomination, |b, keys| {
        by(varde_app::nominations::nominations_by_ids(&b.ctx, &b.right, keys).await?, |one| one.id)
    };
    NominationsOf => Vec<Nomination>, |b, keys| {
        let ids: Vec<NominationRoundId> = keys.iter().map(|key| key.0).collect();
        let all = varde_app::nominations::nominations_of(&b.ctx, &b.right, &ids).await?;
        group(keys, all, |one| NominationsOf(one.round))
    };
    ReviewOf => Arc<Review>, |b, keys| {
        let ids: Vec<NominationRoundId> = keys.iter().map(|key| key.0).collect();
        let all = varde_app::nominations::reviews(&b.ctx, &b.right, &ids).await?;
        all.into_iter().map(|review| (ReviewOf(review.round), Arc::new(review))).collect()
    };
    RuleOf => NominationRule, |b, keys| {
        let ids: Vec<NominationRoundId> = keys.iter().map(|key| key.0).collect();
        let all = varde_app::nominations::rules_of(&b.ctx, &b.right, &ids).await?;
        all.into_iter().map(|(round, rule)| (RuleOf(round), rule)).collect()
    };
    ProjectOf => DevelopmentProject, |b, keys| {
        let ids: Vec<EnrolmentId> = keys.iter().map(|key| key.0).collect();
        by(varde_app::nominations::projects_of(&b.ctx, &b.right, &ids).await?, |one| ProjectOf(one.enrolment))
    };
    GatheringsOf => Vec<Gathering>, |b, keys| {
        let ids: Vec<CohortId> = keys.iter().map(|key| key.0).collect();
        group(keys, varde_app::cohorts::gatherings_of(&b.ctx, &b.right, &ids).await?, |g| GatheringsOf(g.cohort))
    };
    EnrolmentsOf => Vec<Enrolment>, |b, keys| {
        let ids: Vec<CohortId> = keys.iter().map(|key| key.0).collect();
        group(keys, varde_app::enrolments::of_cohorts(&b.ctx, &b.right, &ids).await?, |e| EnrolmentsOf(e.cohort))
    };
    LeadersOf => Vec<Appointment>, |b, keys| {
        let dates: BTreeSet<NaiveDate> = keys.iter().map(|key| key.1).collect();
        match (dates.first(), dates.last()) {
            (Some(first), Some(last)) => {
                let all = varde_app::people::appointments_between(&b.ctx, &b.right, *first, *last).await?;
                let mut of: HashMap<UnitId, Vec<Appointment>> = HashMap::new();
                for appointment in all {
                    of.entry(appointment.unit).or_default().push(appointment);
                }
                let on = |key: &LeadersOf| {
                    let all = of.get(&key.0).into_iter().flatten();
                    all.filter(|appointment| appointment.period.holds_on(key.1)).cloned().collect()
                };
                keys.iter().map(|key| (*key, on(key))).collect()
            }
            _ => HashMap::new(),
        }
    };
    AppointmentsOf => (Vec<Appointment>, NaiveDate), |b, keys| {
        let ids: Vec<PersonId> = keys.iter().map(|key| key.0).collect();
        let today = varde_app::people::today(&b.ctx, b.right.org()).await?;
        let all = varde_app::people::appointments_of(&b.ctx, &b.right, &ids).await?;
        dated(group(keys, all, |a| AppointmentsOf(a.person)), today)
    };
    EmploymentsOf => (Vec<Employment>, NaiveDate), |b, keys| {
        let ids: Vec<PersonId> = keys.iter().map(|key| key.0).collect();
        let today = varde_app::people::today(&b.ctx, b.right.org()).await?;
        let all = varde_app::people::employments_of(&b.ctx, &b.right, &ids).await?;
        dated(group(keys, all, |e| EmploymentsOf(e.person)), today)
    };
    LineManagerOf => LineManager, |b, keys| {
        let mut found = HashMap::new();
        for date in keys.iter().map(|key| key.1).collect::<BTreeSet<Option<NaiveDate>>>() {
            let people: Vec<PersonId> = keys.iter().filter(|key| key.1 == date).map(|key| key.0).collect();
            let on = match date {
                Some(on) => on,
                None => varde_app::people::today(&b.ctx, b.right.org()).await?,
            };
            let managers = varde_app::people::line_managers(&b.ctx, &b.right, &people, on).await?;
            found.extend(managers.into_iter().map(|(person, manager)| (LineManagerOf(person, date), manager)));
        }
        found
    };
    TreeOn => Arc<Tree>, |b, keys| {
        let dates = keys.iter().map(|key| key.0).collect();
        let all = varde_app::people::units_on_each(&b.ctx, &b.right, &dates).await?;
        all.into_iter().map(|(date, units)| (TreeOn(date), Tree::new(date, units))).collect()
    };
    CertificateOf => Issued, |b, keys| {
        let ids: Vec<EnrolmentId> = keys.iter().map(|key| key.0).collect();
        let issued = varde_app::certificates::of_enrolments(&b.ctx, &b.right, &ids).await?;
        by(issued, |it| CertificateOf(it.certificate.enrolment))
    };
    SupporterOf => Supporting, |b, keys| {
        let ids: Vec<EnrolmentId> = keys.iter().map(|key| key.0).collect();
        by(varde_app::mobilisation::supporters_of(&b.ctx, &b.right, &ids).await?, |it| SupporterOf(it.enrolment))
    };
    PracticeOf => Vec<PracticeDone>, |b, keys| {
        let ids: Vec<EnrolmentId> = keys.iter().map(|key| key.0).collect();
        group(keys, varde_app::mobilisation::done_of(&b.ctx, &b.right, &ids).await?, |it| PracticeOf(it.enrolment))
    };
    CreditsOf => PlaceCredits, |b, keys| {
        let ids: Vec<EnrolmentId> = keys.iter().map(|key| key.0).collect();
        by(varde_app::credits::of_enrolments(&b.ctx, &b.right, &ids).await?, |it| CreditsOf(it.enrolment))
    };
    MeasureId => Measure, |b, keys| by(varde_app::groups::find_measures(&b.ctx, &b.right, keys).await?, |m| m.id);
    LeaderGroupId => LeaderGroup, |b, keys| by(varde_app::groups::find_many(&b.ctx, &b.right, keys).await?, |g| g.id);
    GroupsOf => Vec<LeaderGroup>, |b, keys| {
        let ids: Vec<CohortId> = keys.iter().map(|key| key.0).collect();
        group(keys, varde_app::groups::of_cohorts(&b.ctx, &b.right, &ids).await?, |g| GroupsOf(g.cohort))
    };
    MembersOf => Vec<Member>, |b, keys| {
        let ids: Vec<LeaderGroupId> = keys.iter().map(|key| key.0).collect();
        group(keys, varde_app::groups::members_of(&b.ctx, &b.right, &ids).await?, |m| MembersOf(m.group))
    };
    MeasuresOf => Vec<Measure>, |b, keys| {
        let ids: Vec<LeaderGroupId> = keys.iter().map(|key| key.0).collect();
        group(keys, varde_app::groups::measures_of(&b.ctx, &b.right, &ids).await?, |m| MeasuresOf(m.group))
    };
    FollowUpsOf => Vec<FollowUp>, |b, keys| {
        let ids: Vec<LeaderGroupId> = keys.iter().map(|key| key.0).collect();
        group(keys, varde_app::groups::follow_ups_of(&b.ctx, &b.right, &ids).await?, |f| FollowUpsOf(f.group))
    };
    AnswersOf => Vec<GatheringAnswer>, |b, keys| {
        let ids: Vec<GatheringId> = keys.iter().map(|key| key.0).collect();
        group(keys, varde_app::enrolments::answers_of(&b.ctx, &b.right, &ids).await?, |a| AnswersOf(a.gathering))
    };
    SurveyId => SurveyFigures, |b, keys| {
        by(varde_app::surveys::find_many(&b.ctx, &b.right, keys).await?, |it| it.survey.id)
    };
    SurveyAbout => SurveyFigures, |b, keys| {
        let subjects: Vec<SurveySubject> = keys.iter().map(|key| key.0).collect();
        let found = varde_app::surveys::about(&b.ctx, &b.right, &subjects).await?;
        by(found, |it| SurveyAbout(it.survey.subject))
    };
    AttendanceOf => Vec<Attendance>, |b, keys| {
        let ids: Vec<GatheringId> = keys.iter().map(|key| key.0).collect();
        group(keys, varde_app::enrolments::attendance_of(&b.ctx, &b.right, &ids).await?, |a| AttendanceOf(a.gathering))
    };
}
