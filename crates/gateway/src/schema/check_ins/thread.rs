//! What serves the low requirements and domains of a check-in, what was done since the last one, and the same seen from a
//! programme.

use async_graphql::{Enum, SimpleObject};
use varde_app::{
    check_ins::{
        Agreed, Evidence, ItemSuggestion, ModuleServes, Movement, NextCohort, Offer, ProgrammeServes, Proof,
        ProofKind, ServedRequirement, Suggestion, Wanted, WayIn,
    },
    eligibility,
};
use varde_model::{
    Locale,
    catalogue::Texts,
    check_in::thread::{Directness, Need},
    enrolment::EnrolmentState,
};

use super::mine::MyCheckInAction;
use crate::schema::{labels::EnrolmentStateLabel, scalars::LocalDate};

/// How directly something serves a requirement or domain.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "Directness", name = "ServesDirectness")]
pub enum DirectnessLabel {
    /// It names the requirement (lederkravet).
    Requirement,
    /// It names something that the requirement asks for (oppgaver og ansvar).
    Responsibility,
    /// It names a domain that the requirement draws on first, or the low domain itself (kompetanseområdet).
    Domain,
}

/// How people come into a programme.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "WayIn", name = "ProgrammeWayIn")]
pub enum WayInLabel {
    /// A leader asks for a place, with `askForPlace` (påmelding).
    Asking,
    /// Places are given by nomination (nominasjon).
    Nomination,
    /// The leader group takes part as one (med ledergruppen).
    Group,
}

/// What kind of thing was done.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "ProofKind", name = "EvidenceKind")]
pub enum ProofKindLabel {
    /// Was at a gathering, or at a part of it (deltok på samling).
    Attended,
    /// Completed a programme (fullførte program).
    Completed,
}

/// A low requirement or domain of a check-in, with what serves it. Low is what one of the two rates 1 or 2, and a domain
/// whose mean lies below 2.5 for one of them.
#[derive(Clone, Debug, SimpleObject)]
pub struct MyCheckInNeed {
    /// The key of the low requirement; null for a domain.
    requirement: Option<String>,
    /// The requirement's number in the contract; null for a domain.
    number: Option<usize>,
    /// The key of the low domain (kompetanseområde); null for a requirement.
    domain: Option<&'static str>,
    /// What it is called, in the caller's language.
    title: String,
    /// Programmes that serve it, the most directly first.
    programmes: Vec<MyCheckInSuggestion>,
    /// Items of the competence plan (kompetanseplan) in its domains; for leaders at levels 3 and 4, whom the plan is for.
    plan_items: Vec<MyCheckInItemSuggestion>,
}

/// An item of the competence plan (kompetanseplan) that serves a low requirement or domain.
#[derive(Clone, Debug, SimpleObject)]
pub struct MyCheckInItemSuggestion {
    /// The item's key, for `agreeOnAction`.
    plan_item: String,
    /// What it is called, in the caller's language.
    title: String,
    /// Courses and tools that cover it.
    covered_by: Vec<String>,
    /// Whether an action of this check-in leads to it already.
    agreed: bool,
}

/// A programme that serves a low requirement or domain, as it stands to the leader.
#[derive(Clone, Debug, SimpleObject)]
pub struct MyCheckInSuggestion {
    /// The programme's key, for `agreeOnAction`.
    programme_key: String,
    /// What it is called, in the caller's language.
    title: String,
    /// How directly it serves.
    directness: DirectnessLabel,
    /// Its parts that do so.
    parts: Vec<MyCheckInServingPart>,
    /// How people come into it.
    way_in: WayInLabel,
    /// Whether the leader may take part.
    eligible: bool,
    /// What stands in the way, in the caller's language.
    obstacles: Vec<String>,
    /// The day from which nothing does; null where it is so already, or no such day is known.
    eligible_from: Option<LocalDate>,
    /// The leader's place in it, where there is one, also one that is completed.
    place: Option<EnrolmentStateLabel>,
    /// Cohorts that are open for enrolment, the next one first.
    next_cohorts: Vec<MyCheckInNextCohort>,
    /// Whether an action of this check-in leads to it already.
    agreed: bool,
}

/// A part of a programme: a themed block of a gathering.
#[derive(Clone, Debug, SimpleObject)]
pub struct MyCheckInServingPart {
    /// The module, in a programme of modules.
    module: Option<String>,
    /// What the block is called.
    title: String,
}

/// A cohort that is open for enrolment (kull).
#[derive(Clone, Debug, SimpleObject)]
pub struct MyCheckInNextCohort {
    /// Its code, for `askForPlace`.
    cohort_code: String,
    /// What it is called.
    title: String,
    /// The days of its gatherings.
    days: Vec<LocalDate>,
    /// Seats that are free for whoever asks; 0 leads to the waiting list.
    free_seats: u32,
    /// How many wait in line.
    waiting: u32,
}

impl MyCheckInNeed {
    pub(super) fn told(wanted: Wanted, locale: Locale) -> Self {
        let (requirement, domain) = match wanted.need {
            Need::Requirement(key) => (Some(key), None),
            Need::Domain(domain) => (None, Some(domain.as_str())),
        };
        let item = |item: ItemSuggestion| MyCheckInItemSuggestion {
            plan_item: item.key,
            title: item.title.get(locale).to_owned(),
            covered_by: item.covered_by.iter().map(|one| one.get(locale).to_owned()).collect(),
            agreed: item.agreed,
        };
        Self {
            requirement,
            number: wanted.number,
            domain,
            title: wanted.title.get(locale).to_owned(),
            plan_items: wanted.items.into_iter().map(item).collect(),
            programmes: wanted
                .programmes
                .into_iter()
                .map(|one| MyCheckInSuggestion::told(one, locale))
                .collect(),
        }
    }
}

impl MyCheckInSuggestion {
    fn told(one: Suggestion, locale: Locale) -> Self {
        let text = |texts: &Texts| texts.get(locale).to_owned();
        let part = |(module, block): &(Option<Texts>, Texts)| MyCheckInServingPart {
            module: module.as_ref().map(text),
            title: text(block),
        };
        let next = |next: NextCohort| MyCheckInNextCohort {
            cohort_code: next.code,
            title: next.title,
            days: next.days.into_iter().map(LocalDate).collect(),
            free_seats: next.free,
            waiting: next.waiting,
        };
        let Offer { key, title, way, eligible, obstacles, eligible_from, place, dates, due_on: _ } =
            one.offer;
        Self {
            title: text(&title),
            programme_key: key,
            directness: one.directness.into(),
            parts: one.parts.iter().map(part).collect(),
            way_in: way.into(),
            eligible,
            obstacles: obstacles.iter().map(|answer| eligibility::told(answer, locale)).collect(),
            eligible_from: eligible_from.map(LocalDate),
            place: place.map(|state: EnrolmentState| state.into()),
            next_cohorts: dates.into_iter().map(next).collect(),
            agreed: one.agreed,
        }
    }
}

/// What the leader has done since the last check-in (dokumentasjon).
#[derive(Clone, Debug, SimpleObject)]
pub struct MyCheckInEvidence {
    /// What was done after this day counts: that of the last check-in, or a year before this one.
    since: LocalDate,
    /// The code of the last check-in's cycle; null where there was none.
    last_cycle_code: Option<String>,
    /// What was done that serves a requirement, by requirement and day.
    done: Vec<MyCheckInProof>,
    /// What was agreed on at the last check-in, and how it stands. Own words are there for those alone who held that check-in
    /// too.
    actions: Vec<MyCheckInAction>,
}

/// Something that the leader did that serves a requirement.
#[derive(Clone, Debug, SimpleObject)]
pub struct MyCheckInProof {
    /// The requirement's key.
    requirement: String,
    /// What kind of thing.
    kind: ProofKindLabel,
    /// When.
    on: LocalDate,
    /// What the gathering was called; null for a whole programme.
    title: Option<String>,
    /// What the programme was called.
    programme_title: Option<String>,
}

impl MyCheckInEvidence {
    pub(super) fn told(evidence: Evidence, locale: Locale) -> Self {
        let text = |texts: Texts| texts.get(locale).to_owned();
        let done = evidence.of.into_iter().flat_map(|(requirement, proofs)| {
            proofs.into_iter().map(move |Proof { kind, on, title, programme }| MyCheckInProof {
                requirement: requirement.clone(),
                kind: kind.into(),
                on: LocalDate(on),
                title: title.map(text),
                programme_title: programme.map(text),
            })
        });
        Self {
            since: LocalDate(evidence.since),
            last_cycle_code: evidence.last,
            done: done.collect(),
            actions: evidence.actions.iter().map(|one: &Agreed| MyCheckInAction::told(one, locale)).collect(),
        }
    }
}

/// A requirement that a programme serves.
#[derive(Clone, Debug, SimpleObject)]
pub struct RequirementServed {
    /// The requirement's key.
    key: String,
    /// Its number in the trust's newest framework.
    number: usize,
    /// What it is called.
    title: String,
    /// How directly it is served.
    directness: DirectnessLabel,
}

/// The requirements that a module serves.
#[derive(Clone, Debug, SimpleObject)]
pub struct ModuleServing {
    /// What the module is called; null for a programme without modules.
    title: Option<String>,
    /// The requirements by number.
    requirements: Vec<RequirementServed>,
}

/// How a requirement was rated before and after.
#[derive(Clone, Debug, SimpleObject)]
pub struct RequirementMovement {
    /// The requirement's key.
    requirement: String,
    /// The mean of the leaders' own ratings at the check-in before: one decimal, never told beyond 1.2 and 3.8.
    mean_before: f64,
    /// The mean at the check-in after, of the same leaders.
    mean_after: f64,
}

/// How those who completed a programme between two check-ins rated themselves at both. It is no claim that the programme is
/// the cause: much else happens in a year, and who takes part is not drawn by lot.
#[derive(Clone, Debug, SimpleObject)]
pub struct ProgrammeMovement {
    /// The cycle of the check-in before.
    from_cycle_code: String,
    /// The cycle of the check-in after.
    to_cycle_code: String,
    /// How many leaders: five at least, and the same ones behind every figure.
    people: usize,
    /// The requirements that the programme serves.
    requirements: Vec<RequirementMovement>,
}

/// A programme from the requirements' side.
#[derive(Clone, Debug, SimpleObject)]
pub struct ProgrammeServing {
    /// The programme's key.
    programme_key: String,
    /// What it is called.
    title: String,
    /// What each module serves; one entry for a programme without modules.
    modules: Vec<ModuleServing>,
    /// How ratings moved from one closed cycle to the next, for those who completed the programme in between. A year is left
    /// out where fewer than five did, or where the figures beside others that are shown would tell of fewer than five.
    movements: Vec<ProgrammeMovement>,
}

impl ProgrammeServing {
    pub(super) fn told(serves: ProgrammeServes, locale: Locale) -> Self {
        let text = |texts: Texts| texts.get(locale).to_owned();
        let requirement = |ServedRequirement { key, number, title, directness }| RequirementServed {
            key,
            number,
            title: text(title),
            directness: directness.into(),
        };
        let module = |module: ModuleServes| ModuleServing {
            title: module.title.map(text),
            requirements: module.requirements.into_iter().map(requirement).collect(),
        };
        let mean = |(requirement, (mean_before, mean_after))| RequirementMovement {
            requirement,
            mean_before,
            mean_after,
        };
        let movement = |movement: Movement| ProgrammeMovement {
            from_cycle_code: movement.from,
            to_cycle_code: movement.to,
            people: movement.people,
            requirements: movement.means.into_iter().map(mean).collect(),
        };
        Self {
            programme_key: serves.key,
            title: text(serves.title),
            modules: serves.modules.into_iter().map(module).collect(),
            movements: serves.movements.into_iter().map(movement).collect(),
        }
    }
}
