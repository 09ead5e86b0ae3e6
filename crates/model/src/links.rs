//! One-time links in mails: what a link is for, and whether it still works.

use chrono::{DateTime, Utc};

use crate::{
    delivery::names,
    ids::{LinkId, OrganisationId, PersonId},
    work::About,
};

names! {
    /// What a link is for.
    LinkPurpose {
        /// Accept or decline an invitation or an offered seat.
        Invitation = "invitation",
        /// Leave the waiting list or give up the seat.
        Manage = "manage",
        /// Say whether one comes to a gathering.
        GatheringAnswer = "gathering_answer",
        /// Answer a survey; later, see its figures.
        Survey = "survey",
        /// Tell what was tried out after a gathering.
        Practice = "practice",
        /// Look at the certificate of a completed cohort, and fetch it.
        Certificate = "certificate",
        /// Say yes or no on behalf of a leader group.
        GroupInvitation = "group_invitation",
        /// Tell how what was agreed on stands.
        FollowUp = "follow_up",
        /// Endorse a nomination, or not.
        Endorsement = "endorsement",
        /// Hold one's check-in: the leader and the line manager.
        CheckIn = "check_in",
        /// Hold a check-in as somebody outside the tree. The link's person is the leader.
        CheckInReview = "check_in_review",
        /// Rate, agree on and follow a competence plan: the leader and the line manager.
        CompetencePlan = "competence_plan",
        /// Have no more of the mails that are not mandatory.
        Unsubscribe = "unsubscribe",
    }
}

/// A link to be written, unless a live one for the same purpose, subject and person stands already.
#[derive(Clone, Debug, PartialEq)]
pub struct NewLink {
    /// Its id, which the signed token carries.
    pub id: LinkId,
    /// What it is for.
    pub purpose: LinkPurpose,
    /// Whose it is.
    pub person: PersonId,
    /// What it is about; None for what is about the person alone.
    pub subject: Option<About>,
    /// It works until then. A live link that runs out earlier is prolonged.
    pub expires_at: DateTime<Utc>,
}

/// A link as its row stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Its id.
    pub id: LinkId,
    /// The organisation it is limited to.
    pub organisation: OrganisationId,
    /// What it is for.
    pub purpose: LinkPurpose,
    /// Whose it is.
    pub person: PersonId,
    /// What it is about.
    pub subject: Option<About>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// It works until then.
    pub expires_at: DateTime<Utc>,
    /// When it was used.
    pub used_at: Option<DateTime<Utc>>,
    /// What came of its use: shown to whoever opens it again.
    pub outcome: Option<serde_json::Value>,
    /// When it was taken back.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// Whether a link works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkStanding {
    /// It works.
    Open,
    /// It did its work already.
    Used,
    /// It was taken back: what it asks does not stand any more.
    Revoked,
    /// Its time ran out.
    Expired,
}

impl Link {
    /// Whether it works at a moment.
    pub fn standing(&self, now: DateTime<Utc>) -> LinkStanding {
        if self.used_at.is_some() {
            LinkStanding::Used
        } else if self.revoked_at.is_some() {
            LinkStanding::Revoked
        } else if now >= self.expires_at {
            LinkStanding::Expired
        } else {
            LinkStanding::Open
        }
    }
}

/// The subject as a text: at most one live link of a purpose and a person stands under it.
pub fn subject_key(subject: Option<&About>) -> String {
    match subject {
        None => "person".to_owned(),
        Some(About::Appointment { appointment }) => format!("appointment {appointment}"),
        Some(About::Enrolment { enrolment }) => format!("enrolment {enrolment}"),
        Some(About::Gathering { gathering, enrolment }) => format!("gathering {gathering} {enrolment}"),
        Some(About::Cohort { cohort }) => format!("cohort {cohort}"),
        Some(About::Nomination { nomination }) => format!("nomination {nomination}"),
        Some(About::Operation { operation }) => format!("operation {operation}"),
        Some(About::Survey { survey }) => format!("survey {survey}"),
        Some(About::LeaderGroup { group }) => format!("leader_group {group}"),
        Some(About::FollowUp { group, month }) => format!("follow_up {group} {month}"),
        Some(About::CheckIn { check_in }) => format!("check_in {check_in}"),
        Some(About::CheckInCycle { cycle }) => format!("check_in_cycle {cycle}"),
        Some(About::CompetencePlan { plan }) => format!("competence_plan {plan}"),
    }
}
