//! What an input names: by its permanent id, or by the trust's own key. The two are given in fields of their own, one of
//! them filled, and read here alone, so that every mutation says the same of them.

use async_graphql::ID;
use varde_app::{Code, Error, Refusal, cohorts, enrolments, people};
use varde_model::{
    Locale,
    ids::{CohortId, EnrolmentId, GatheringId, PersonId},
};

use super::{Caller, node::key};

/// The cohort of `cohortId` or `cohortCode`.
pub(crate) async fn cohort(caller: &Caller, id: Option<&ID>, code: Option<&str>) -> Result<CohortId, Error> {
    match one_of(("cohortId", id), ("cohortCode", code))? {
        Key::Id(id) => key("Cohort", "cohortId", id),
        Key::Own(code) => cohort_by_code(caller, Some(code)).await,
    }
}

/// The cohort of `cohortCode`, where nothing else can name it.
pub(crate) async fn cohort_by_code(caller: &Caller, code: Option<&str>) -> Result<CohortId, Error> {
    let refused = |code| Refusal::new(code).at("cohortCode");
    let code = code.ok_or(refused(Code::Required))?;
    let found = cohorts::find_by_code(&caller.ctx, &caller.coordinator()?, code.trim()).await?;
    Ok(found.ok_or(refused(Code::NotFound))?.id)
}

/// The person of `employeeNumber`, or of another field that holds one.
pub(crate) async fn person(caller: &Caller, field: &'static str, number: &str) -> Result<PersonId, Error> {
    let found = people::by_number(&caller.ctx, &caller.coordinator()?, number).await?;
    Ok(found.ok_or(Refusal::new(Code::NotFound).at(field))?.id)
}

/// The place of `enrolmentId`, or of the one in a cohort whose `employeeNumber` it is.
pub(crate) async fn place(
    caller: &Caller,
    id: Option<&ID>,
    number: Option<&str>,
    cohort: impl AsyncFnOnce() -> Result<CohortId, Error>,
) -> Result<EnrolmentId, Error> {
    match one_of(("enrolmentId", id), ("employeeNumber", number))? {
        Key::Id(id) => key("Enrolment", "enrolmentId", id),
        Key::Own(number) => {
            let person = person(caller, "employeeNumber", number).await?;
            let right = caller.coordinator()?;
            let found = enrolments::of_person_in(&caller.ctx, &right, cohort().await?, person).await?;
            Ok(found.ok_or(Refusal::new(Code::NotInCohort).at("employeeNumber"))?.id)
        }
    }
}

/// The cohort that a gathering is of.
pub(crate) async fn cohort_of(caller: &Caller, gathering: GatheringId) -> Result<CohortId, Error> {
    let found = cohorts::find_gathering(&caller.ctx, &caller.coordinator()?, gathering).await?;
    Ok(found.ok_or(Refusal::new(Code::NotFound).at("gatheringId"))?.cohort)
}

/// A language by its tag: `nb`, `nn` or `en`.
pub(crate) fn language(field: &'static str, tag: &str) -> Result<Locale, Error> {
    let unknown = || Refusal::new(Code::Invalid).at(field).with("hint", "nb, nn, en");
    Ok(Locale::from_tag(tag).ok_or_else(unknown)?)
}

/// What a thing, or a list of things, is named by.
pub(crate) enum Key<'a, Id, Own: ?Sized> {
    /// By permanent ids.
    Id(&'a Id),
    /// By the trust's own keys.
    Own(&'a Own),
}

/// The field that is filled. Neither is too little; both could contradict each other.
pub(crate) fn one_of<'a, Id, Own: ?Sized>(
    (id_field, id): (&'static str, Option<&'a Id>),
    (own_field, own): (&'static str, Option<&'a Own>),
) -> Result<Key<'a, Id, Own>, Refusal> {
    match (id, own) {
        (Some(id), None) => Ok(Key::Id(id)),
        (None, Some(own)) => Ok(Key::Own(own)),
        (None, None) => Err(Refusal::new(Code::Required).at(id_field)),
        (Some(_), Some(_)) => Err(Refusal::new(Code::NamedTwice).at(own_field)),
    }
}
