//! Writing a nomination: one's own, or as line manager that of a leader who reports to one; changed and taken back until
//! the close.

use serde_json::json;
use varde_model::{
    eligibility::obstacles,
    enrolment::EnrolmentState,
    ids::{NominationId, PersonId},
    nominations::{Nomination, NominationEvent, NominationState},
    people::{LineManager, Person},
};
use varde_persistence::{Tx, enrolments, nominations, people};

use super::{
    Nominated,
    desk::{RoundDesk, wrong_state},
};
use crate::{
    Code, Ctx, Refusal, Result,
    access::Oneself,
    audit::Deed,
    cohorts::{
        gate::{Known, must_pass},
        settle,
    },
    input,
    line::line_manager_on,
    post::Planned,
    refusal::taken,
};

/// Characters of a motivation or a development project.
const MOST_TEXT: usize = 4000;

/// A nomination to be written.
#[derive(Clone, Debug)]
pub struct NominationDraft {
    /// The code of the round.
    pub round: String,
    /// The employee number of a leader who reports to one; None for oneself.
    pub nominee: Option<String>,
    /// Why this leader.
    pub motivation: Option<String>,
    /// The nominee's development project.
    pub project: Option<String>,
    /// Hand it in at once, or leave it as a draft.
    pub submit: bool,
    /// Keep nothing; answer with what would happen.
    pub dry_run: bool,
}

/// What is changed in a nomination; None leaves it as it is.
#[derive(Clone, Debug, Default)]
pub struct EditNomination {
    /// Why this leader.
    pub motivation: Option<String>,
    /// The nominee's development project.
    pub project: Option<String>,
    /// Hand a draft in.
    pub submit: bool,
    /// The version that the caller saw.
    pub version: Option<u32>,
    /// Keep nothing; answer with what would happen.
    pub dry_run: bool,
}

/// Nominates oneself or a leader who reports to one. Handed in, the endorser is asked by mail.
///
/// # Errors
/// Refused: the round takes no nominations, or none of this kind; the nominee does not report to the caller, is outside
/// the audience, has a place in the cohort or is nominated already; a text is missing that is to be handed in.
pub async fn nominate(ctx: &Ctx, right: &Oneself, draft: &NominationDraft) -> Result<Nominated> {
    let tx = ctx.store().write().await?;
    let mut desk = RoundDesk::open_by_code(ctx, &tx, right.org(), right.actor(), &draft.round).await?;
    desk.must_take_nominations()?;
    let nominee = desk.nominee(right, draft.nominee.as_deref()).await?;
    desk.must_be_meant(&nominee).await.map_err(|error| error.under(&["employeeNumber".into()]))?;
    let standing = desk.everyone().await?.into_iter().find(|known| known.nominee == nominee.id);
    let mut nomination = match standing {
        None => desk.begin(right, nominee.id).await?,
        Some(known) if known.state == NominationState::Withdrawn => {
            // What was said of the one that was taken back is not said of this one, which nobody was asked about yet.
            let (endorse_by, endorsement) = (None, None);
            let mut known = Nomination { nominator: right.person(), endorse_by, endorsement, ..known };
            desk.shift(&mut known, NominationEvent::Renew).await?;
            known
        }
        // A draft of somebody else is nobody's business, and it is reminded of.
        Some(_) => return Err(Refusal::new(Code::Taken).at("employeeNumber").into()),
    };
    nomination.motivation = text("motivation", draft.motivation.as_deref())?.unwrap_or_default();
    nomination.project = text("project", draft.project.as_deref())?;
    desk.write(&mut nomination, draft.submit).await?;
    let planned = desk.planned;
    finish(ctx, right, tx, planned, nomination, draft.dry_run).await
}

/// Changes a nomination before the close: the nominator all of it, the nominee the development project. What was endorsed
/// is asked about anew.
///
/// # Errors
/// Refused: not the caller's, the window is over, changed since the caller saw it, or a text is missing that is to be
/// handed in.
pub async fn edit(ctx: &Ctx, right: &Oneself, id: NominationId, edit: &EditNomination) -> Result<Nominated> {
    let tx = ctx.store().write().await?;
    let (mut desk, mut nomination) = RoundDesk::open_for(ctx, &tx, right.org(), right.actor(), id).await?;
    let writes = nomination.nominator == right.person();
    if !writes && !is_shown_to_nominee(&nomination, right.person()) {
        return Err(Refusal::new(Code::NotFound).at("nominationId").into());
    }
    if edit.version.is_some_and(|seen| seen != nomination.version) {
        return Err(Refusal::new(Code::Conflict).into());
    }
    desk.must_take_nominations()?;
    if let Some(motivation) = &edit.motivation {
        if !writes {
            return Err(Refusal::new(Code::NotFound).at("motivation").into());
        }
        nomination.motivation = text("motivation", Some(motivation))?.unwrap_or_default();
    }
    if let Some(project) = &edit.project {
        nomination.project = text("project", Some(project))?;
    }
    desk.write(&mut nomination, edit.submit).await?;
    let planned = desk.planned;
    finish(ctx, right, tx, planned, nomination, edit.dry_run).await
}

/// Takes a nomination back: who wrote it until the close, the nominee until everybody is told.
///
/// # Errors
/// Refused: not the caller's, or too late.
pub async fn withdraw(
    ctx: &Ctx,
    right: &Oneself,
    id: NominationId,
    version: Option<u32>,
) -> Result<Nominated> {
    let tx = ctx.store().write().await?;
    let (mut desk, mut nomination) = RoundDesk::open_for(ctx, &tx, right.org(), right.actor(), id).await?;
    let writes = nomination.nominator == right.person();
    let is_about = is_shown_to_nominee(&nomination, right.person());
    if !writes && !is_about {
        return Err(Refusal::new(Code::NotFound).at("nominationId").into());
    }
    if version.is_some_and(|seen| seen != nomination.version) {
        return Err(Refusal::new(Code::Conflict).into());
    }
    if !is_about {
        desk.must_take_nominations()?;
    }
    desk.reconsider().await?;
    desk.take_links_back(&nomination).await?;
    nomination.decision = None;
    desk.shift(&mut nomination, NominationEvent::Withdraw).await?;
    let planned = desk.planned;
    finish(ctx, right, tx, planned, nomination, false).await
}

/// What a line manager only drafts, the nominee does not see.
pub(super) fn is_shown_to_nominee(nomination: &Nomination, person: PersonId) -> bool {
    nomination.nominee == person
        && (nomination.nominator == person || nomination.state != NominationState::Draft)
}

async fn finish(
    ctx: &Ctx,
    right: &Oneself,
    tx: Tx,
    planned: Vec<Planned>,
    nomination: Nomination,
    dry_run: bool,
) -> Result<Nominated> {
    let nominated = Nominated { nomination, mails: planned, warnings: Vec::new() };
    settle(ctx, right.org(), tx, dry_run, &nominated.kept()).await?;
    Ok(nominated)
}

impl RoundDesk<'_> {
    fn must_take_nominations(&self) -> Result<()> {
        if self.round.takes_nominations(self.ctx.now) {
            Ok(())
        } else {
            Err(Refusal::new(Code::NominationsClosed).into())
        }
    }

    /// Oneself, or somebody whose line manager one is today. Nobody else is there to be found.
    async fn nominee(&self, right: &Oneself, number: Option<&str>) -> Result<Person> {
        let missing = || Refusal::new(Code::NotFound).at("employeeNumber");
        let (org, kind) = (self.org(), || Refusal::new(Code::NominationKind).at("employeeNumber"));
        let oneself = people::find(self.tx, org, right.person()).await?.ok_or_else(missing)?;
        let Some(number) = number.map(str::trim).filter(|number| *number != oneself.employee_number) else {
            return if self.rule.oneself { Ok(oneself) } else { Err(kind().into()) };
        };
        let nominee = people::find_by_number(self.tx, org, number).await?.ok_or_else(missing)?;
        let manager = line_manager_on(self.tx, org, nominee.id, self.today()).await?;
        if manager != Some(LineManager::Person(right.person())) {
            return Err(missing().into());
        }
        if self.rule.by_line_manager { Ok(nominee) } else { Err(kind().into()) }
    }

    /// Refuses whom the programme is not meant for on the cohort's first day, or who has a place in the cohort.
    async fn must_be_meant(&self, nominee: &Person) -> Result<()> {
        let (org, cohort) = (self.org(), &self.cohort);
        let known =
            Known::of(self.tx, org, cohort.programme, Some(cohort.id), std::slice::from_ref(nominee)).await?;
        let candidate = known.candidate(nominee);
        let first_day = self.first_day().await?;
        must_pass(&obstacles(&self.programme.audience, &candidate, self.today(), first_day), false)?;
        let places = enrolments::of_person(self.tx, org, nominee.id).await?;
        let here = places.iter().find(|place| place.cohort == cohort.id);
        if here.is_some_and(|place| place.state != EnrolmentState::Withdrawn) {
            return Err(Refusal::new(Code::AlreadyInCohort).into());
        }
        Ok(())
    }

    async fn begin(&self, right: &Oneself, nominee: PersonId) -> Result<Nomination> {
        let nomination = Nomination {
            id: self.ctx.new_id(),
            round: self.round.id,
            nominee,
            nominator: right.person(),
            motivation: String::new(),
            project: None,
            state: NominationState::Draft,
            since: self.ctx.now,
            endorser: None,
            endorser_named: false,
            endorse_by: None,
            endorsement: None,
            decision: None,
            moved_up_on: None,
            version: 1,
        };
        nominations::insert(self.tx, self.org(), &nomination, self.ctx.now)
            .await
            .map_err(|fault| taken("employeeNumber")(fault.into()))?;
        let own = nominee == right.person();
        self.record(Deed::on("nomination.begin", nomination.id), json!({ "own": own })).await?;
        Ok(nomination)
    }

    /// Writes the texts; hands a draft in where that is wanted, and asks anew about what was handed in and answered.
    async fn write(&mut self, nomination: &mut Nomination, submit: bool) -> Result<()> {
        use NominationState as S;
        let hands_in = nomination.state == S::Draft && submit;
        if hands_in || nomination.state != S::Draft {
            self.must_be_whole(nomination)?;
        }
        let event = if hands_in { NominationEvent::Submit } else { NominationEvent::Edit };
        let asks = self.rule.endorsement.asks();
        match nomination.state {
            S::Draft if hands_in && asks => self.ask_endorser(nomination, event, self.round.endorse_by).await,
            S::Endorsed | S::NotEndorsed => {
                let until = nomination.endorse_by.unwrap_or(self.round.endorse_by);
                self.ask_endorser(nomination, event, until).await
            }
            S::Draft | S::Submitted => self.shift(nomination, event).await,
            _ => Err(wrong_state(nomination)),
        }
    }

    /// A line manager need not know the nominee's own project; the nominee brings it.
    fn must_be_whole(&self, nomination: &Nomination) -> Result<()> {
        if nomination.motivation.is_empty() {
            return Err(Refusal::new(Code::Required).at("motivation").into());
        }
        let own = nomination.is_own();
        if self.rule.development_project && own && nomination.project.is_none() {
            return Err(Refusal::new(Code::Required).at("project").into());
        }
        Ok(())
    }
}

fn text(field: &'static str, value: Option<&str>) -> Result<Option<String>> {
    Ok(input::optional(field, value, MOST_TEXT)?)
}
