//! How people come into a programme in which nobody is simply enrolled: told beside the rules, which alone say whom it is
//! meant for.

use super::{Answer, Fact, Rule};
use crate::{
    catalogue::{EndorsementRule, Programme},
    nominations::NominationState,
};

/// How far somebody has come on those ways.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ways {
    /// The round in which she or he is nominated, and where that stands.
    pub nominated: Option<(String, NominationState)>,
    /// What the line manager answered to it.
    pub endorsed: Option<bool>,
    /// The leader group with which she or he takes part.
    pub group: Option<String>,
}

/// How one comes into a programme, and how far somebody has come. Where a view is all that the line manager is asked for,
/// it is one's own interest that counts.
pub fn ways_in(programme: &Programme, known: &Ways) -> Vec<Answer> {
    let answer = |rule, holds, fact| Answer { rule, holds, fact, turns: None };
    let mut answers = Vec::new();
    if let Some(nomination) = &programme.nomination {
        let own_interest = nomination.oneself && nomination.endorsement == EndorsementRule::View;
        let rule = if own_interest { Rule::OwnInterest } else { Rule::ByNomination };
        let nominated = known.nominated.clone();
        answers.push(answer(rule, nominated.is_some(), Fact::Nomination(nominated)));
        if nomination.endorsement.asks() {
            let endorsed = known.endorsed;
            answers.push(answer(Rule::LeadersView, endorsed == Some(true), Fact::View(endorsed)));
        }
    }
    if programme.groups.is_some() {
        answers.push(answer(Rule::WithGroup, known.group.is_some(), Fact::Group(known.group.clone())));
    }
    answers
}
