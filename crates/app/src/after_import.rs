//! What follows from an import, in the import's own transaction: leavers' seats go on to those in line, new leaders
//! are welcomed and proposed for the next cohort with room, and the coordinators hear of them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use varde_model::{
    ids::{AppointmentId, OperationId},
    letter::LetterKind,
    unproposed::NotProposed,
    work::{About, Recipient},
};
use varde_persistence::{Tx, operations::Operation, organisations};

use crate::{
    Ctx, Error, Result,
    access::Coordinator,
    accounts::who_coordinate,
    competence_plans, conflicts, contracts,
    hr_import::StoredReport,
    leaving, nominations,
    post::{self, Post},
    proposals::{self, Proposed},
};

pub use varde_model::hr::Effects as ImportEffects;

/// What followed from an import, or would follow after a dry run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Follows {
    /// New leaders proposed, cohort by cohort.
    pub proposed: Vec<Proposed>,
    /// New leaders who were not proposed, by reason.
    #[serde(default)]
    pub not_proposed: Vec<NotProposed>,
    /// Conflicts of interest that the file has brought about.
    #[serde(default)]
    pub conflicts: usize,
    /// Mail that goes out or is planned, by letter.
    pub mails: BTreeMap<String, u64>,
}

impl Follows {
    fn mail(&mut self, letter: LetterKind) {
        *self.mails.entry(letter.as_str().to_owned()).or_default() += 1;
    }
}

/// Acts on who left and who leads since the file was read. `on` is the day of the import where the trust is.
pub(crate) async fn after_import(
    ctx: &Ctx,
    tx: &Tx,
    right: &Coordinator,
    operation: OperationId,
    on: NaiveDate,
    effects: &ImportEffects,
) -> Result<Follows> {
    let org = right.org();
    let organisation =
        organisations::find(tx, org).await?.ok_or_else(|| Error::internal("organisation gone"))?;
    for person in &effects.staying {
        leaving::forget(ctx, tx, org, *person).await?;
    }
    let mut follows = Follows::default();
    for mail in leaving::leave_or_plan(ctx, tx, &organisation, on, &effects.left).await? {
        follows.mail(mail.letter);
    }
    for mail in nominations::look_again(ctx, tx, org, right.actor()).await? {
        follows.mail(mail.letter);
    }
    // Everyone in an organisation's first file is new to us, but not new as a leader: no welcome, no news.
    if !effects.first_import && !effects.new_appointments.is_empty() {
        for letter in proposals::plan_appointments(ctx, tx, &organisation, &effects.new_appointments).await? {
            follows.mail(letter);
        }
        for account in who_coordinate(ctx, tx, org).await? {
            let recipient = Recipient::Account { account: account.id };
            let about = About::Operation { operation };
            let post = Post::new(recipient, LetterKind::CoordinatorNewLeaders, about, "once");
            if let Some(mail) = post::leave(ctx, tx, org, post).await? {
                follows.mail(mail.letter);
            }
        }
    }
    contracts::make_missing_in(ctx, tx, org, right.actor()).await?;
    follows.conflicts = conflicts::look_again_in(ctx, tx, org, right.actor()).await?.found;
    let proposals = proposals::propose(ctx, tx, org, right.actor()).await?;
    for mail in competence_plans::look_again(ctx, tx, &organisation).await? {
        follows.mail(mail.letter);
    }
    (follows.proposed, follows.not_proposed) = (proposals.proposed, proposals.not_proposed);
    Ok(follows)
}

/// The appointments that an import found and what followed from it, as its operation keeps them.
pub(crate) fn found_by(operation: &Operation) -> (Vec<AppointmentId>, Follows) {
    let stored =
        operation.outcome.clone().and_then(|outcome| serde_json::from_value::<StoredReport>(outcome).ok());
    stored.map(|report| (report.new_appointments, report.follows)).unwrap_or_default()
}
