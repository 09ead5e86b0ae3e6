//! Whether a programme is meant for somebody, rule by rule.

use async_graphql::{Context, Enum, Object, SimpleObject};
use varde_app::{Code, Error, Refusal, eligibility};
use varde_model::{
    Locale,
    eligibility::{Answer, Rule, turns_yes},
};

use crate::schema::{Caller, errors::whole, keys, scalars::LocalDate};

/// A rule of a programme.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "Rule", name = "EligibilityRule")]
pub enum EligibilityRuleLabel {
    /// The trust employs her or him on the cohort's first day (ansatt).
    Employed,
    /// She or he leads something on the cohort's first day (leder).
    Leads,
    /// She or he leads nothing on the cohort's first day (ikke leder).
    LeadsNothing,
    /// The level is one of the programme's (ledernivå).
    Level,
    /// The appointment is younger than so many months (ny som leder).
    NewlyAppointed,
    /// The appointment is at least so many months old (tid i rollen).
    LongInRole,
    /// No place in another cohort of the programme, and it is not completed.
    NoOtherPlace,
    /// Places are given by nomination (nominasjon).
    ByNomination,
    /// Places are given by own interest, and the line manager's view (egen interesse).
    OwnInterest,
    /// The line manager's answer to it (lederens syn, tilslutning).
    LeadersView,
    /// Leader groups enrol as one (med ledergruppen).
    WithGroup,
}

/// What one rule says of somebody.
#[derive(Debug, Clone, SimpleObject)]
pub struct EligibilityAnswer {
    /// The rule.
    rule: EligibilityRuleLabel,
    /// Whether it holds on the cohort's first day.
    holds: bool,
    /// False for what only tells how people come into the programme, and how far she or he has come.
    decides: bool,
    /// The rule with the fact that it used, in the caller's language.
    text: String,
    /// Where it does not hold: the first day on which it would; null when no day is known.
    turns_yes_on: Option<LocalDate>,
}

/// Whether a programme is meant for somebody (målgruppe), and why.
#[derive(Debug, Clone, SimpleObject)]
pub struct Eligibility {
    /// True where every rule that decides holds. Where one does not, a coordinator may still let somebody in who is employed, with a
    /// reason.
    eligible: bool,
    /// The day that the rules were counted to: the cohort's first.
    counted_to: LocalDate,
    /// The first day on which every one of them would hold; null where they do already, or no such day is known.
    eligible_from: Option<LocalDate>,
    /// Every rule of the programme, and how people come into it.
    rules: Vec<EligibilityAnswer>,
}

impl Eligibility {
    fn told(found: &eligibility::Eligibility, locale: Locale) -> Self {
        let told = |answer: &Answer| EligibilityAnswer {
            rule: answer.rule.into(),
            holds: answer.holds,
            decides: answer.rule.obstacle().is_some(),
            text: eligibility::told(answer, locale),
            turns_yes_on: answer.turns.map(Into::into),
        };
        Self {
            eligible: !found.answers.iter().any(Answer::forbids),
            counted_to: found.first_day.into(),
            eligible_from: turns_yes(&found.answers).map(Into::into),
            rules: found.answers.iter().map(told).collect(),
        }
    }
}

/// Queries about whom programmes are meant for.
#[derive(Default)]
pub struct EligibilityQuery;

#[Object]
impl EligibilityQuery {
    /// Whether a programme is meant for somebody, with each rule, the fact that it used, and the day on which it would
    /// hold. Counted to the first day of the programme's next cohort, unless a cohort or a day is named.
    async fn eligibility(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The HR system's key of the person (ansattnummer).")] employee_number: String,
        #[graphql(desc = "The programme's key, such as `onboarding`.")] programme: String,
        #[graphql(desc = "Count to the first day of the cohort with this code (kullkode).")]
        cohort_code: Option<String>,
        #[graphql(desc = "Count to this day.")] on: Option<LocalDate>,
    ) -> async_graphql::Result<Eligibility> {
        let caller = Caller::of(context);
        let outcome = async {
            let right = caller.coordinator()?;
            let first_day = match (cohort_code, on) {
                (Some(_), Some(_)) => return Err(Error::from(Refusal::new(Code::NamedTwice).at("on"))),
                (Some(code), None) => {
                    eligibility::FirstDay::Cohort(keys::cohort_by_code(caller, Some(&code)).await?)
                }
                (None, Some(day)) => eligibility::FirstDay::Day(day.0),
                (None, None) => eligibility::FirstDay::Next,
            };
            let person = keys::person(caller, "employeeNumber", &employee_number).await?;
            eligibility::of_person(&caller.ctx, &right, person, &programme, first_day).await
        };
        Ok(Eligibility::told(&whole(context, outcome.await)?, caller.locale()))
    }

    /// Whether a programme is meant for oneself, counted to its next cohort (er programmet for meg?).
    async fn my_eligibility(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The programme's key, such as `onboarding`.")] programme: String,
    ) -> async_graphql::Result<Eligibility> {
        let caller = Caller::of(context);
        let right = whole(context, caller.oneself())?;
        let found = eligibility::of_oneself(&caller.ctx, &right, &programme).await;
        Ok(Eligibility::told(&whole(context, found)?, caller.locale()))
    }
}
