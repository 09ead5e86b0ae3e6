//! The answer by mail link: what the page behind a link asks, and the one act that its button does.
//!
//! A GET only looks ([`look`]); mail scanners follow links. A POST acts ([`act`]). The link for an invitation or an
//! offered seat is used up by its answer; the one for a gathering takes the last word until the gathering begins.

mod endorsements;
mod groups;
mod places;
mod surveys;

use std::collections::BTreeMap;

use serde_json::json;
pub use varde_auth::LinkKind;
use varde_model::{
    Locale,
    cohort::Cohort,
    gathering::Gathering,
    ids::{EnrolmentId, GatheringId},
    links::{Link, LinkPurpose, LinkStanding},
    organisation::Organisation,
    people::Person,
    work::About,
};
use varde_persistence::{Tx, cohorts, enrolments, gatherings, links, organisations, people};

pub use crate::mobilisation::PracticeQuestion;
pub use endorsements::EndorsementQuestion;
pub use groups::{AskedMeasure, FollowUpQuestion, GroupQuestion};
pub use places::{Course, MovedTo, PlaceQuestion};
pub use surveys::{SurveyQuestion, survey_field};

use crate::{
    AppConfig, Code, Ctx, Error, Refusal, Result,
    access::Oneself,
    audit::{self, Deed},
    enrolments::{Answer, GatheringReply, answer_gathering_in, answer_in},
    mobilisation,
};
pub(crate) use places::course;
use places::{moved_to, place};

/// The address of a page behind a link.
pub fn url(config: &AppConfig, kind: LinkKind, token: &str) -> String {
    let page = match kind {
        LinkKind::Answer => "answer",
        LinkKind::Unsubscribe => "unsubscribe",
        LinkKind::SetPassword => "password",
        LinkKind::Certificate => "certificate",
        LinkKind::CheckIn => "check-in",
        LinkKind::Plan => "plan",
    };
    format!("{}/{page}/{token}", config.public_url)
}

/// The kind of page that a link of a purpose leads to.
pub(crate) const fn kind_of(purpose: LinkPurpose) -> LinkKind {
    match purpose {
        LinkPurpose::Unsubscribe => LinkKind::Unsubscribe,
        LinkPurpose::Certificate => LinkKind::Certificate,
        LinkPurpose::CheckIn | LinkPurpose::CheckInReview => LinkKind::CheckIn,
        LinkPurpose::CompetencePlan => LinkKind::Plan,
        _ => LinkKind::Answer,
    }
}

/// The address behind a stored link.
pub(crate) fn address(ctx: &Ctx, kind: LinkKind, link: &Link) -> String {
    url(ctx.config(), kind, &ctx.keys().links().token(kind, link.id))
}

/// A link that was made here, with whom it is for and what it asks.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Whether it works, and if not, why.
    pub standing: LinkStanding,
    /// The trust.
    pub organisation: Organisation,
    /// The name to greet with.
    pub name: String,
    /// The language that the person chose.
    pub locale: Locale,
    /// What is asked.
    pub question: Question,
}

/// What a page asks.
#[derive(Clone, Debug)]
pub enum Question {
    /// Accept or decline an invitation, or a seat that is held.
    Place(PlaceQuestion),
    /// Leave the line, or give the seat back.
    Manage(PlaceQuestion),
    /// Does one come?
    Gathering {
        /// The cohort.
        cohort: Box<Cohort>,
        /// What it is a run of, and whom to ask.
        course: Box<Course>,
        /// The gathering.
        gathering: Box<Gathering>,
        /// The answer given before.
        coming: Option<bool>,
        /// False when the place or the gathering does not stand any more.
        stands: bool,
        /// Where a place goes on that a coordinator moved.
        moved_to: Option<Box<MovedTo>>,
    },
    /// What was it worth? Later: what did the others say?
    Survey(Box<SurveyQuestion>),
    /// Does the leader group take part?
    Group(Box<GroupQuestion>),
    /// How does it stand with what the leader group agreed on?
    FollowUp(Box<FollowUpQuestion>),
    /// Stand behind a nomination, or not?
    Endorsement(Box<EndorsementQuestion>),
    /// What was tried out after a gathering?
    Practice(Box<PracticeQuestion>),
    /// Have no more of the mails that are not mandatory?
    Unsubscribe {
        /// True when that is so already.
        muted: bool,
    },
}

/// What somebody does on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Yes, to an invitation or a seat.
    Accept,
    /// No, with a reason if one is given.
    Decline(Option<String>),
    /// Leave the line, or give the seat back.
    Withdraw(Option<String>),
    /// Comes to the gathering.
    Coming,
    /// Does not come to the gathering.
    NotComing,
    /// No more mail that is not mandatory.
    Unsubscribe,
    /// All mail again.
    Resubscribe,
    /// A form's fields by name, as they were typed; those left empty are missing.
    Filled(BTreeMap<String, String>),
}

/// Looks at a link and changes nothing. None for a token that was not made here.
pub async fn look(ctx: &Ctx, kind: LinkKind, token: &str) -> Result<Option<Asked>> {
    let Some((link, organisation, person)) = known(ctx, kind, token).await? else { return Ok(None) };
    let question = question(ctx, &link, &person).await?;
    let Some(question) = question else { return Ok(None) };
    Ok(Some(Asked {
        standing: link.standing(ctx.now),
        organisation,
        name: person.name(),
        locale: person.locale,
        question,
    }))
}

/// Does what the page asks, in one transaction with the using up of the link, and gives the page anew.
///
/// # Errors
/// Refused: the link does not work any more, or the act is not what it asks. Not found: a token not made here.
pub async fn act(ctx: &Ctx, kind: LinkKind, token: &str, act: &Act) -> Result<Asked> {
    let unknown = || Error::from(Refusal::new(Code::NotFound));
    let (link, _, person) = known(ctx, kind, token).await?.ok_or_else(unknown)?;
    let right = Oneself::by_link(link.organisation, person.id);
    match (link.purpose, link.subject, act) {
        (LinkPurpose::Invitation, Some(About::Enrolment { enrolment }), Act::Accept | Act::Decline(_)) => {
            answer_once(ctx, &link, &right, enrolment, act).await?;
        }
        (LinkPurpose::Manage, Some(About::Enrolment { enrolment }), Act::Withdraw(_)) => {
            answer_once(ctx, &link, &right, enrolment, act).await?;
        }
        (
            LinkPurpose::GatheringAnswer,
            Some(About::Gathering { gathering, enrolment }),
            Act::Coming | Act::NotComing,
        ) => reply(ctx, &link, &right, gathering, enrolment, *act == Act::Coming).await?,
        (LinkPurpose::GroupInvitation, Some(About::LeaderGroup { group }), Act::Accept | Act::Decline(_)) => {
            groups::answer_once(ctx, &link, &right, group, act).await?;
        }
        (LinkPurpose::FollowUp, Some(About::FollowUp { group, month }), Act::Filled(typed)) => {
            groups::fill(ctx, &link, &right, (group, month), typed).await?;
        }
        (LinkPurpose::Survey, Some(About::Survey { survey }), Act::Filled(typed)) => {
            surveys::answer(ctx, &link, &right, survey, typed).await?;
        }
        (LinkPurpose::Endorsement, Some(About::Nomination { nomination }), Act::Filled(fields)) => {
            endorsements::answer_once(ctx, &link, &right, nomination, fields).await?;
        }
        (LinkPurpose::Practice, Some(About::Gathering { gathering, enrolment }), Act::Filled(typed)) => {
            must_be_open(&link, ctx)?;
            mobilisation::fill(ctx, &right, gathering, enrolment, typed).await?;
        }
        (LinkPurpose::Unsubscribe, None, Act::Unsubscribe | Act::Resubscribe) => {
            must_be_open(&link, ctx)?;
            mute(ctx, &right, *act == Act::Unsubscribe).await?;
        }
        _ => return Err(unknown()),
    }
    look(ctx, kind, token).await?.ok_or_else(unknown)
}

async fn answer_once(
    ctx: &Ctx,
    link: &Link,
    right: &Oneself,
    enrolment: EnrolmentId,
    act: &Act,
) -> Result<()> {
    let (answer, outcome) = match act {
        Act::Accept => (Answer::Accept, "accept"),
        Act::Decline(reason) => (Answer::Decline(reason.clone()), "decline"),
        Act::Withdraw(reason) => (Answer::Withdraw(reason.clone()), "withdraw"),
        _ => return Err(Refusal::new(Code::NotFound).into()),
    };
    let tx = ctx.store().write().await?;
    if use_up(ctx, &tx, link, json!({ "act": outcome })).await? {
        answer_in(ctx, &tx, right, enrolment, &answer).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Uses a link up with what came of it. False where it was before with the same: a second click, or a second device.
///
/// # Errors
/// Refused: another answer was given, or the link does not work any more.
async fn use_up(ctx: &Ctx, tx: &Tx, link: &Link, outcome: serde_json::Value) -> Result<bool> {
    if links::use_once(tx, link.organisation, link.id, outcome.clone(), ctx.now).await? {
        return Ok(true);
    }
    let standing = links::find(tx, link.id).await?;
    let same = standing.as_ref().is_some_and(|link| link.outcome.as_ref() == Some(&outcome));
    if same { Ok(false) } else { Err(closed(standing.as_ref().unwrap_or(link), ctx)) }
}

async fn reply(
    ctx: &Ctx,
    link: &Link,
    right: &Oneself,
    gathering: GatheringId,
    enrolment: EnrolmentId,
    coming: bool,
) -> Result<()> {
    must_be_open(link, ctx)?;
    let tx = ctx.store().write().await?;
    answer_gathering_in(ctx, &tx, right, GatheringReply { enrolment, gathering, coming }).await?;
    tx.commit().await?;
    Ok(())
}

/// Mutes or unmutes the mails that are not mandatory.
///
/// # Errors
/// A fault.
pub async fn mute(ctx: &Ctx, right: &Oneself, muted: bool) -> Result<()> {
    let tx = ctx.store().write().await?;
    people::set_muted(&tx, right.org(), right.person(), muted).await?;
    let deed = Deed::on("person.mute", right.person());
    audit::record(ctx, &tx, right.org(), right.actor(), deed, json!({ "muted": muted })).await?;
    tx.commit().await?;
    Ok(())
}

fn must_be_open(link: &Link, ctx: &Ctx) -> Result<()> {
    if link.standing(ctx.now) == LinkStanding::Open { Ok(()) } else { Err(closed(link, ctx)) }
}

fn closed(link: &Link, ctx: &Ctx) -> Error {
    let code = match link.standing(ctx.now) {
        LinkStanding::Used => Code::LinkUsed,
        LinkStanding::Revoked => Code::LinkRevoked,
        LinkStanding::Expired | LinkStanding::Open => Code::LinkExpired,
    };
    Refusal::new(code).into()
}

/// The link behind a token, with whose it is.
pub(crate) async fn known(
    ctx: &Ctx,
    kind: LinkKind,
    token: &str,
) -> Result<Option<(Link, Organisation, Person)>> {
    let Some(id) = ctx.keys().links().verify(kind, token) else { return Ok(None) };
    let Some(link) = links::find(ctx.store(), id).await? else { return Ok(None) };
    if kind_of(link.purpose) != kind {
        return Ok(None);
    }
    let organisation = organisations::find(ctx.store(), link.organisation).await?;
    let person = people::find(ctx.store(), link.organisation, link.person).await?;
    Ok(organisation.zip(person).map(|(organisation, person)| (link, organisation, person)))
}

async fn question(ctx: &Ctx, link: &Link, person: &Person) -> Result<Option<Question>> {
    let (store, org) = (ctx.store(), link.organisation);
    Ok(match (link.purpose, link.subject) {
        (LinkPurpose::Unsubscribe, _) => Some(Question::Unsubscribe { muted: person.muted }),
        (LinkPurpose::Survey, Some(About::Survey { survey })) => {
            let right = Oneself::by_link(org, person.id);
            surveys::question(ctx, &right, survey).await?.map(|asked| Question::Survey(Box::new(asked)))
        }
        (LinkPurpose::Invitation, Some(About::Enrolment { enrolment })) => {
            place(ctx, org, enrolment).await?.map(Question::Place)
        }
        (LinkPurpose::Manage, Some(About::Enrolment { enrolment })) => {
            place(ctx, org, enrolment).await?.map(Question::Manage)
        }
        (LinkPurpose::GroupInvitation, Some(About::LeaderGroup { group })) => {
            groups::group(ctx, org, group).await?.map(|found| Question::Group(Box::new(found)))
        }
        (LinkPurpose::FollowUp, Some(About::FollowUp { group, month })) => {
            let found = groups::follow_up(ctx, org, (group, month), person.id).await?;
            found.map(|found| Question::FollowUp(Box::new(found)))
        }
        (LinkPurpose::Endorsement, Some(About::Nomination { nomination })) => {
            let asked = endorsements::question(ctx, org, nomination, person.id).await?;
            asked.map(|question| Question::Endorsement(Box::new(question)))
        }
        (LinkPurpose::Practice, Some(About::Gathering { gathering, enrolment })) => {
            let found = mobilisation::question(ctx, org, gathering, enrolment).await?;
            found.map(|found| Question::Practice(Box::new(found)))
        }
        (LinkPurpose::GatheringAnswer, Some(About::Gathering { gathering, enrolment })) => {
            let place = enrolments::find(store, org, enrolment).await?;
            let meeting = gatherings::find(store, org, gathering).await?;
            let (Some(place), Some(meeting)) = (place, meeting) else { return Ok(None) };
            let Some(cohort) = cohorts::find(store, org, place.cohort).await? else { return Ok(None) };
            let answers = gatherings::answers(store, org, &[gathering]).await?;
            let coming =
                answers.iter().find(|answer| answer.enrolment == enrolment).map(|answer| answer.coming);
            let stands = place.state.takes_part() && !meeting.cancelled && cohort.state.is_live();
            let course = Box::new(course(ctx, org, &cohort).await?);
            Some(Question::Gathering {
                cohort: Box::new(cohort),
                course,
                gathering: Box::new(meeting),
                coming,
                stands,
                moved_to: moved_to(ctx, org, &place).await?,
            })
        }
        _ => None,
    })
}
