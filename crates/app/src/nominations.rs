//! Rounds of nominations: opened by a coordinator, written by leaders, endorsed from a mail, ranked by a panel, and told
//! to everybody at once.

mod after_import;
mod desk;
mod endorsing;
mod lapsing;
mod leaving;
mod moving_up;
mod outcomes;
mod own;
mod panel;
mod projects;
mod queries;
mod review;
mod rounds;
mod sheet;
mod standing;
mod writing;

pub use endorsing::{
    EndorsementAnswer, RecordEndorsement, ReopenEndorsement, answer_endorsement, record_endorsement,
    reopen_endorsement,
};
pub use outcomes::{Outcomes, PrepareOutcomes, SendOutcomes, SettleTie, prepare, send, settle_tie};
pub use own::{
    AskedOfMe, MyNomination, OpenRound, PanelNomination, asked_of_me, mine, my_panels, open_rounds,
    panel_nominations, told_to,
};
pub use panel::rank;
pub use projects::{edit_project, project_of, projects_of};
pub use queries::{
    NominationPage, RoundPage, explanation, find_by_code, find_many, list, nominations_by_ids,
    nominations_of, rules_of,
};
pub use review::{FoundConflict, MemberReview, Review, reviews};
pub use rounds::{RoundDraft, RoundEdit, create, edit, open};
pub use writing::{EditNomination, NominationDraft, edit as edit_nomination, nominate, withdraw};

pub(crate) use after_import::look_again;
pub(crate) use endorsing::answer_in;
pub(crate) use lapsing::{close, lapse_endorsement};
pub(crate) use leaving::leave;
pub(crate) use moving_up::of_place;
pub(crate) use own::asked_by_link;
pub(crate) use projects::carry_project;
pub(crate) use queries::{explained, rules_in};
pub(crate) use standing::{standing, undecided};

use varde_model::{ids::NominationId, nominations::Nomination};

use crate::{Code, Ctx, Refusal, Result, Warning, idempotency::Kept, post::Planned};

/// A changed nomination, with the mail that goes out because of it.
#[derive(Clone, Debug)]
pub struct Nominated {
    /// The nomination as it is now, or would be.
    pub nomination: Nomination,
    /// Who gets which letter, and when.
    pub mails: Vec<Planned>,
    /// What to look at once more.
    pub warnings: Vec<Warning>,
}

impl Nominated {
    fn kept(&self) -> Kept {
        let warnings = self.warnings.clone();
        Kept { warnings, ..Kept::of([self.nomination.id.0]).with_mails(&self.mails) }
    }

    /// What a call was answered that was done before: with the nomination as it stands.
    ///
    /// # Errors
    /// Refused: it is gone.
    pub async fn again(ctx: &Ctx, org: varde_model::ids::OrganisationId, kept: Kept) -> Result<Self> {
        let gone = || Refusal::new(Code::NotFound).at("nominationId");
        let id = kept.ids.first().copied().map(NominationId).ok_or_else(gone)?;
        let nomination = varde_persistence::nominations::find(ctx.store(), org, id).await?;
        let nomination = nomination.ok_or_else(gone)?;
        Ok(Self { nomination, mails: kept.mails, warnings: kept.warnings })
    }
}
