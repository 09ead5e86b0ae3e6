//! The check-ins and cycles that letters of a batch are about.

use std::collections::{HashMap, HashSet};

use varde_model::{
    check_in::{CheckIn, Cycle, Meeting},
    delivery::OutboxRow,
    ids::{CheckInId, CycleId, OrganisationId, PersonId},
    letter::LetterKind,
    people::{LineManager, Outsider},
    work::Recipient,
};
use varde_persistence::{check_in_cycles, check_ins, check_ins::meetings};

use super::{Facts, wanted::Wanted};
use crate::{Ctx, Result, check_ins::of_meeting, post};

/// What is held: check-ins by id, and of the cycles that are told of as a whole, all that are open.
#[derive(Default)]
pub(in crate::letters) struct Held {
    check_ins: HashMap<CheckInId, CheckIn>,
    cycles: HashMap<CycleId, Cycle>,
    meetings: HashMap<CheckInId, Meeting>,
}

impl Facts {
    /// True where the meeting stands in the recipient's calendar: it was told last to have it, not to take it out.
    pub(in crate::letters) fn has_meeting(&self, row: &OutboxRow) -> bool {
        let last = self.earlier(row).into_iter().find(|(key, _)| self.told.contains(key));
        let invitation = post::beginning(LetterKind::CheckInMeeting, &row.request.about);
        last.is_some_and(|(key, _)| key.starts_with(&invitation))
    }
}

impl Held {
    pub(super) async fn fetch(&mut self, ctx: &Ctx, org: OrganisationId, wanted: &mut Wanted) -> Result<()> {
        let store = ctx.store();
        let ids: Vec<CheckInId> = wanted.check_ins.iter().copied().collect();
        let mut found =
            if ids.is_empty() { Vec::new() } else { check_ins::find_many(store, org, &ids).await? };
        // Only letters about one check-in tell of its meeting.
        for meeting in if ids.is_empty() { Vec::new() } else { meetings::of(store, org, &ids).await? } {
            self.meetings.insert(meeting.check_in, meeting);
        }
        wanted.cycles.extend(found.iter().map(|one| one.cycle));
        for id in &wanted.cycles {
            self.cycles.extend(check_in_cycles::find(store, org, *id).await?.map(|cycle| (*id, cycle)));
        }
        // Line managers hear of all that they hold in one mail.
        let whole: HashSet<PersonId> = wanted.people.iter().copied().collect();
        if !wanted.cycles.is_empty() && !whole.is_empty() {
            let people: Vec<PersonId> = whole.into_iter().collect();
            found.extend(check_ins::open_of(store, org, &people).await?);
        }
        for check_in in found {
            wanted.people.insert(check_in.leader);
            if let Some(LineManager::Person(person)) = check_in.manager {
                wanted.people.insert(person);
            }
            self.check_ins.insert(check_in.id, check_in);
        }
        Ok(())
    }

    pub(in crate::letters) fn check_in(&self, id: CheckInId) -> Option<&CheckIn> {
        self.check_ins.get(&id)
    }

    pub(in crate::letters) fn cycle(&self, id: CycleId) -> Option<&Cycle> {
        self.cycles.get(&id)
    }

    pub(in crate::letters) fn meeting(&self, id: CheckInId) -> Option<&Meeting> {
        self.meetings.get(&id)
    }

    /// What a calendar may have been told before one is freed: the keys of those letters with the sequence that they told, the
    /// latest first.
    pub(super) fn earlier_meetings(&self, row: &OutboxRow, id: CheckInId) -> Vec<(String, u32)> {
        let Some(meeting) = self.meetings.get(&id) else { return Vec::new() };
        let both = |sequence: u32| {
            let occurrence = of_meeting(sequence);
            [LetterKind::CheckInMeeting, LetterKind::CheckInMeetingOff]
                .map(|kind| (post::key(kind, &row.request.about, &occurrence, row.recipient), sequence))
        };
        let all = (0..=meeting.sequence).rev().flat_map(both);
        all.filter(|(key, _)| *key != row.dedupe_key).collect()
    }

    /// Somebody outside the tree who holds a check-in.
    pub(super) fn reviewer(&self, id: CheckInId) -> Option<&Outsider> {
        match self.check_ins.get(&id)?.manager.as_ref()? {
            LineManager::Outside(outsider) => Some(outsider),
            LineManager::Person(_) => None,
        }
    }

    /// The check-ins of a cycle that a recipient holds, as the leader or as the line manager.
    pub(in crate::letters) fn of(&self, cycle: CycleId, recipient: Recipient) -> Vec<&CheckIn> {
        let own = |one: &&CheckIn| match recipient {
            Recipient::Person { person } => one.party_of(person).is_some(),
            Recipient::Reviewer { check_in } => one.id == check_in,
            Recipient::Account { .. } => false,
        };
        let mut found: Vec<&CheckIn> =
            self.check_ins.values().filter(|one| one.cycle == cycle).filter(own).collect();
        found.sort_by_key(|one| one.id);
        found
    }
}
