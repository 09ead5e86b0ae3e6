//! Letters to be sent, left as rows in the transaction that causes them. There is no other way to send one.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use varde_model::{
    delivery::NewMail,
    ids::{OrganisationId, PolicyId},
    letter::LetterKind,
    links::{LinkPurpose, NewLink, subject_key},
    work::{About, LetterRequest, Recipient},
};
use varde_persistence::{Tx, links, outbox};

use crate::{Ctx, Result};

/// A letter that goes out because of a change: what a dry run answers with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// Who gets it.
    pub recipient: Recipient,
    /// Which letter.
    pub letter: LetterKind,
    /// What it is about.
    pub about: About,
    /// When.
    pub at: DateTime<Utc>,
}

/// A letter to leave.
#[derive(Clone, Debug)]
pub(crate) struct Post {
    pub(crate) recipient: Recipient,
    pub(crate) letter: LetterKind,
    pub(crate) about: About,
    /// Which of the possible repetitions it is; the same one is left once.
    pub(crate) occurrence: String,
    /// What the link in it is for, where it has one.
    pub(crate) link: Option<LinkPurpose>,
    /// Until when that link works.
    pub(crate) link_until: Option<DateTime<Utc>>,
    pub(crate) policy: Option<PolicyId>,
    pub(crate) can_wait: bool,
    /// When it goes out; None is at once.
    pub(crate) due: Option<DateTime<Utc>>,
    /// Later than this it is not sent.
    pub(crate) not_after: Option<DateTime<Utc>>,
}

impl Post {
    /// A letter that goes out as soon as possible, whenever that is.
    pub(crate) fn new(recipient: Recipient, letter: LetterKind, about: About, occurrence: &str) -> Self {
        Self {
            recipient,
            letter,
            about,
            occurrence: occurrence.to_owned(),
            link: link_purpose(letter),
            link_until: None,
            policy: None,
            can_wait: false,
            due: None,
            not_after: None,
        }
    }

    fn key(&self) -> String {
        key(self.letter, &self.about, &self.occurrence, self.recipient)
    }
}

/// The key of a letter: the same one is left once.
pub(crate) fn key(letter: LetterKind, about: &About, occurrence: &str, recipient: Recipient) -> String {
    format!("{}{occurrence}|{}", beginning(letter, about), recipient_key(recipient))
}

/// How the keys of all letters of a kind begin that are about something.
pub(crate) fn beginning(letter: LetterKind, about: &About) -> String {
    format!("{letter}|{}|", subject_key(Some(about)))
}

/// The occurrence of a letter about a place in a cohort. The version makes a second invitation a second letter, and
/// a repeated call none.
pub(crate) fn of_place(version: u32) -> String {
    format!("v{version}")
}

/// The occurrence of a letter about a gathering to somebody with a place.
pub(crate) fn of_gathering(version: u32, sequence: u32) -> String {
    format!("v{version}-s{sequence}")
}

/// Leaves a letter, and the links that it will carry. None when it was left before.
pub(crate) async fn leave(ctx: &Ctx, tx: &Tx, org: OrganisationId, post: Post) -> Result<Option<Planned>> {
    Ok(leave_many(ctx, tx, org, vec![post]).await?.pop())
}

/// Leaves letters, and the links that they will carry, in as many statements for many as for one. Gives those that were
/// not left before.
pub(crate) async fn leave_many(
    ctx: &Ctx,
    tx: &Tx,
    org: OrganisationId,
    mut posts: Vec<Post>,
) -> Result<Vec<Planned>> {
    let keys: Vec<String> = posts.iter().map(Post::key).collect();
    let mut there = outbox::left(tx, org, &keys).await?;
    posts.retain(|post| there.insert(post.key()));
    if posts.is_empty() {
        return Ok(Vec::new());
    }
    let mail = |post: &Post| NewMail {
        id: ctx.new_id(),
        recipient: post.recipient,
        request: LetterRequest { letter: post.letter, about: post.about, policy: post.policy },
        can_wait: post.can_wait,
        dedupe_key: post.key(),
        due_at: post.due.unwrap_or(ctx.now),
        not_after: post.not_after,
    };
    let mails: Vec<NewMail> = posts.iter().map(mail).collect();
    if outbox::enqueue_many(tx, org, &mails, ctx.now).await? == 0 {
        // Somebody else left them a moment ago.
        return Ok(Vec::new());
    }
    let links: Vec<NewLink> = posts.iter().flat_map(|post| links_of(ctx, post)).collect();
    links::ensure_many(tx, org, &links, ctx.now).await?;
    let planned = |post: &Post| Planned {
        recipient: post.recipient,
        letter: post.letter,
        about: post.about,
        at: post.due.unwrap_or(ctx.now),
    };
    Ok(posts.iter().map(planned).collect())
}

/// The links that a letter carries.
fn links_of(ctx: &Ctx, post: &Post) -> Vec<NewLink> {
    let Recipient::Person { person } = post.recipient else { return Vec::new() };
    let mut links = Vec::new();
    if let (Some(purpose), Some(until)) = (post.link, post.link_until) {
        let subject = Some(post.about);
        links.push(NewLink { id: ctx.new_id(), purpose, person, subject, expires_at: until });
    }
    if !post.letter.is_mandatory() {
        let expires_at = ctx.now + Duration::days(UNSUBSCRIBE_DAYS);
        let (id, purpose) = (ctx.new_id(), LinkPurpose::Unsubscribe);
        links.push(NewLink { id, purpose, person, subject: None, expires_at });
    }
    links
}

/// A certificate can be fetched by the link in its mail for as long; afterwards one asks the coordinator.
pub(crate) const CERTIFICATE_DAYS: i64 = 730;

/// A mail may be found long after it was sent: its one-click unsubscribe works for two years.
const UNSUBSCRIBE_DAYS: i64 = 730;

/// What the link in a letter is for; None for a letter without one.
pub(crate) const fn link_purpose(letter: LetterKind) -> Option<LinkPurpose> {
    match letter {
        LetterKind::Invitation
        | LetterKind::InvitationReminder
        | LetterKind::NominationPlaced
        | LetterKind::SeatOffered
        | LetterKind::SeatOfferReminder => Some(LinkPurpose::Invitation),
        LetterKind::GroupInvitation | LetterKind::GroupInvitationReminder => {
            Some(LinkPurpose::GroupInvitation)
        }
        LetterKind::FollowUpRequest | LetterKind::FollowUpReminder => Some(LinkPurpose::FollowUp),
        LetterKind::WaitingListConfirmed
        | LetterKind::NominationReserve
        | LetterKind::EnrolmentConfirmed
        | LetterKind::EnrolmentMoved => Some(LinkPurpose::Manage),
        LetterKind::EndorsementRequest | LetterKind::EndorsementReminder => Some(LinkPurpose::Endorsement),
        LetterKind::GatheringInvitation
        | LetterKind::GatheringMoved
        | LetterKind::GatheringReminder
        | LetterKind::GatheringPractical => Some(LinkPurpose::GatheringAnswer),
        LetterKind::SurveyRequest | LetterKind::SurveyReminder => Some(LinkPurpose::Survey),
        LetterKind::CohortCompleted => Some(LinkPurpose::Certificate),
        LetterKind::PracticeTasks | LetterKind::PracticeReminder => Some(LinkPurpose::Practice),
        LetterKind::CompetencePlanOpened
        | LetterKind::CompetencePlanToAgree
        | LetterKind::CompetencePlanAgreed
        | LetterKind::CompetencePlanReminder
        | LetterKind::CompetencePlanDue
        | LetterKind::CompetencePlanRenewed => Some(LinkPurpose::CompetencePlan),
        _ => None,
    }
}

/// A recipient as a text.
pub(crate) fn recipient_key(recipient: Recipient) -> String {
    match recipient {
        Recipient::Person { person } => format!("person {person}"),
        Recipient::Account { account } => format!("account {account}"),
        Recipient::Reviewer { check_in } => format!("reviewer {check_in}"),
    }
}
