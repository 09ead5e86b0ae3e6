//! Leader groups on the coordinator's desk: the one way in which a group, and who is in it, changes.

use serde_json::json;
use varde_model::{
    enrolment::{Enrolment, EnrolmentEvent, EnrolmentState},
    groups::{GroupEvent, GroupState, LeaderGroup, Member, fits},
    ids::{LeaderGroupId, PersonId},
    letter::LetterKind,
    work::{About, Job, Recipient},
};
use varde_persistence::{enrolments, groups};

use crate::{
    Code, Error, Refusal, Result,
    access::Actor,
    audit::Deed,
    cohorts::desk::Desk,
    enrolments::propose,
    post::{self, Post},
    reminders, surveys, texts,
};

impl Desk<'_> {
    /// A leader group of this cohort.
    pub(super) async fn group(&self, id: LeaderGroupId) -> Result<LeaderGroup> {
        let found = groups::find(self.tx, self.org(), id).await?;
        Ok(found.filter(|group| group.cohort == self.cohort.id).ok_or(Refusal::new(Code::NotFound))?)
    }

    /// Which part of the programme's plan the next gathering of a group of its own is.
    pub(crate) async fn part_of(&self, id: LeaderGroupId) -> Result<u32> {
        let unknown = || Refusal::new(Code::NotFound).at("leaderGroupId");
        let group = self.group(id).await.map_err(|_| unknown())?;
        if !group.state.is_open() {
            return Err(wrong_group_state(&group));
        }
        let own = self.standing().filter(|gathering| gathering.group == Some(id)).count();
        Ok(u32::try_from(own).unwrap_or(u32::MAX).saturating_add(1))
    }

    /// Every leader group of this cohort.
    pub(crate) async fn groups(&self) -> Result<Vec<LeaderGroup>> {
        match self.programme.groups {
            Some(_) => Ok(groups::of_cohorts(self.tx, self.org(), &[self.cohort.id]).await?),
            None => Ok(Vec::new()),
        }
    }

    /// Asks a group's leader on behalf of all. No seats are held: the answer says whether there is room for all.
    pub(crate) async fn invite_group(&mut self, group: &mut LeaderGroup, reason: Option<&str>) -> Result<()> {
        let own = self.standing().filter(|gathering| gathering.is_for_group(Some(group.id)));
        let begins = own.map(|gathering| gathering.starts_at).min();
        let answer_by = self.answer_before(begins)?;
        self.must_be_employed(group.leader).await?;
        let asks_for_a_case = self.programme.groups.as_ref().is_some_and(|rule| rule.change_case);
        if asks_for_a_case && !group.case.is_told() {
            return Err(Refusal::new(Code::ChangeCaseMissing).into());
        }
        self.leave_out_whom_others_have(group).await?;
        self.must_fit(group).await?;
        group.answer_by = Some(answer_by);
        self.shift_group(group, GroupEvent::Invite, reason).await?;
        let about = About::LeaderGroup { group: group.id };
        let lapse = Job::LapseGroup { group: group.id };
        reminders::plan_job(self, lapse, about, answer_by, &occurrence(group)).await?;
        self.write_to_leader(group).await
    }

    /// Leaves the invitation to the group's leader.
    pub(super) async fn write_to_leader(&mut self, group: &LeaderGroup) -> Result<()> {
        let recipient = Recipient::Person { person: group.leader };
        let (letter, about) = (LetterKind::GroupInvitation, About::LeaderGroup { group: group.id });
        let post =
            Post { link_until: group.answer_by, ..Post::new(recipient, letter, about, &occurrence(group)) };
        let planned = post::leave(self.ctx, self.tx, self.org(), post).await?;
        self.planned.extend(planned);
        Ok(())
    }

    /// Asks every group of a draft that is published.
    pub(crate) async fn invite_groups(&mut self) -> Result<()> {
        for mut group in self.groups().await? {
            if group.state == GroupState::Proposed {
                let reason = group.reason.clone();
                self.invite_group(&mut group, reason.as_deref()).await?;
            }
        }
        Ok(())
    }

    /// The leader says yes on behalf of all: everybody gets a seat, or nobody. Whoever has left meanwhile is left out.
    /// Saying yes once more changes nothing.
    pub(super) async fn accept_group(&mut self, group: &mut LeaderGroup) -> Result<()> {
        if group.state.takes_part() {
            return Ok(());
        }
        self.must_be_live()?;
        let over = group.answer_by.is_some_and(|until| until <= self.ctx.now);
        if over || group.state == GroupState::Lapsed {
            // Whoever writes a yes down for the leader can do something about it.
            let by_hand = matches!(self.actor, Actor::Account(_));
            return Err(Refusal::new(if by_hand { Code::GroupLapsed } else { Code::AnswerTooLate }).into());
        }
        if group.state != GroupState::Invited {
            return Err(wrong_group_state(group));
        }
        for person in self.included(group).await? {
            if !self.employs(person).await? {
                let reason = texts::text(self.organisation.locale, "reason-left");
                self.note_member(group.id, person, (false, true), Some(&reason)).await?;
            }
        }
        self.must_fit(group).await?;
        group.answer_by = None;
        self.shift_group(group, GroupEvent::Accept, None).await?;
        for person in self.included(group).await? {
            self.enter(group, person).await?;
        }
        surveys::ask_group(self, group).await?;
        super::follow_ups::plan(self, group).await
    }

    /// The leader says no on behalf of all.
    pub(super) async fn decline_group(
        &mut self,
        group: &mut LeaderGroup,
        reason: Option<&str>,
    ) -> Result<()> {
        if group.state == GroupState::Declined {
            return Ok(());
        }
        self.must_be_live()?;
        group.answer_by = None;
        self.shift_group(group, GroupEvent::Decline, reason).await
    }

    /// Takes a group out, and everybody of it.
    pub(super) async fn withdraw_group(
        &mut self,
        group: &mut LeaderGroup,
        reason: Option<&str>,
    ) -> Result<()> {
        if group.state == GroupState::Withdrawn {
            return Ok(());
        }
        group.answer_by = None;
        self.shift_group(group, GroupEvent::Withdraw, reason).await?;
        for mut place in self.places_of(group.id).await? {
            if place.state.after(EnrolmentEvent::Withdraw).is_some() {
                self.take_out(&mut place, reason).await?;
            }
        }
        surveys::follow_group(self, group.id).await
    }

    /// The end of the cohort ends its groups.
    pub(crate) async fn close_groups(&mut self) -> Result<()> {
        for mut group in self.groups().await? {
            if let Some(event) = group.state.at_closing() {
                self.shift_group(&mut group, event, None).await?;
            }
        }
        Ok(())
    }

    /// A cohort that is called off takes its groups along. Everybody's place ends by itself.
    pub(crate) async fn call_groups_off(&mut self) -> Result<()> {
        for mut group in self.groups().await? {
            if group.state.after(GroupEvent::Withdraw).is_some() {
                group.answer_by = None;
                self.shift_group(&mut group, GroupEvent::Withdraw, None).await?;
            }
        }
        Ok(())
    }

    /// The one way in which a group changes state: by the table, with its version, audited, its reminders planned anew.
    pub(super) async fn shift_group(
        &mut self,
        group: &mut LeaderGroup,
        event: GroupEvent,
        reason: Option<&str>,
    ) -> Result<()> {
        let from = group.state;
        group.state = from.after(event).ok_or_else(|| wrong_group_state(group))?;
        group.since = self.ctx.now;
        group.reason = reason.map(str::to_owned);
        groups::update(self.tx, self.org(), group).await?;
        group.version += 1;
        let detail = json!({
            "event": event.as_str(),
            "from": from.as_str(),
            "to": group.state.as_str(),
            "reason_given": reason.is_some(),
        });
        self.record(Deed::on("leader_group.change", group.id), detail).await?;
        if !matches!(self.actor, Actor::Account(_)) {
            reminders::plan_news(self).await?;
        }
        reminders::replan_group(self, group).await
    }

    /// Somebody joins a group. Where it takes part, she or he gets a seat.
    pub(super) async fn join(
        &mut self,
        group: &LeaderGroup,
        person: PersonId,
        by_hand: bool,
        why: Option<&str>,
    ) -> Result<()> {
        self.must_be_employed(person).await?;
        self.note_member(group.id, person, (true, by_hand), why).await?;
        if group.state == GroupState::Enrolled {
            self.enter(group, person).await?;
        }
        surveys::follow_group(self, group.id).await
    }

    /// Somebody leaves a group, and so the cohort.
    pub(super) async fn leave_group(
        &mut self,
        group: &LeaderGroup,
        person: PersonId,
        by_hand: bool,
        why: Option<&str>,
    ) -> Result<()> {
        let places = self.places_of(group.id).await?;
        let own = places.into_iter().find(|place| place.person == person);
        let leaves = |place: &Enrolment| place.state.after(EnrolmentEvent::Withdraw).is_some();
        if let Some(mut place) = own.filter(leaves) {
            self.take_out(&mut place, why).await?;
        }
        self.note_member(group.id, person, (false, by_hand), why).await?;
        surveys::follow_group(self, group.id).await
    }

    /// Whoever gives up a seat that came with a group is left out of the group.
    pub(crate) async fn left_group(&mut self, place: &Enrolment, why: Option<&str>) -> Result<()> {
        match place.group {
            Some(group) => {
                self.note_member(group, place.person, (false, true), why).await?;
                surveys::follow_group(self, group).await
            }
            None => Ok(()),
        }
    }

    /// Writes who belongs to a group, or does not any more, with who said so and why.
    pub(super) async fn note_member(
        &self,
        group: LeaderGroupId,
        person: PersonId,
        (included, by_hand): (bool, bool),
        why: Option<&str>,
    ) -> Result<()> {
        let changed_by = match self.actor {
            Actor::Account(account) => Some(account),
            Actor::Person(_) | Actor::System => None,
        };
        let member = Member {
            group,
            person,
            included,
            by_hand,
            reason: why.map(str::to_owned),
            changed_by,
            changed_at: self.ctx.now,
        };
        groups::put_members(self.tx, self.org(), &[(self.ctx.new_id(), member)]).await?;
        let detail = json!({ "person": person, "included": included, "reason_given": why.is_some() });
        self.record(Deed::on("leader_group.member", group), detail).await
    }

    /// People who belong to another group of the cohort: each takes part once.
    pub(super) async fn with_others(&self, but: LeaderGroupId) -> Result<Vec<PersonId>> {
        let others = self.groups().await?.into_iter().filter(|group| group.id != but);
        let others: Vec<LeaderGroupId> =
            others.filter(|group| group.state.is_open()).map(|group| group.id).collect();
        let members = groups::members(self.tx, self.org(), &others).await?;
        Ok(members.into_iter().filter(|member| member.included).map(|member| member.person).collect())
    }

    /// Whoever belongs to another group of the cohort by now takes part there.
    async fn leave_out_whom_others_have(&mut self, group: &LeaderGroup) -> Result<()> {
        let others = self.with_others(group.id).await?;
        for person in self.included(group).await? {
            if others.contains(&person) {
                let why = texts::text(self.organisation.locale, "reason-in-another-group");
                self.note_member(group.id, person, (false, false), Some(&why)).await?;
            }
        }
        Ok(())
    }

    /// Gives somebody of a group that takes part a seat: an ordinary place in the cohort.
    async fn enter(&mut self, group: &LeaderGroup, person: PersonId) -> Result<()> {
        let own = self.everyone().await?.into_iter().find(|place| place.person == person);
        let mut place = match own {
            Some(place) => place,
            None => {
                let place = Enrolment {
                    id: self.ctx.new_id(),
                    cohort: self.cohort.id,
                    person,
                    state: EnrolmentState::Proposed,
                    queue_number: None,
                    answer_by: None,
                    since: self.ctx.now,
                    reason: None,
                    overridden: false,
                    moved_from: None,
                    group: Some(group.id),
                    version: 1,
                };
                propose(self, &place).await?;
                place
            }
        };
        if place.group == Some(group.id) && place.state.takes_part() {
            return Ok(());
        }
        place.group = Some(group.id);
        self.seat(&mut place, EnrolmentEvent::Admit, None).await
    }

    /// The places that came with a group.
    pub(super) async fn places_of(&self, group: LeaderGroupId) -> Result<Vec<Enrolment>> {
        let mut places = self.everyone().await?;
        places.retain(|place| place.group == Some(group));
        Ok(places)
    }

    pub(super) async fn included(&self, group: &LeaderGroup) -> Result<Vec<PersonId>> {
        super::included(self.tx, self.org(), group.id).await
    }

    /// Refuses unless everybody finds a seat.
    async fn must_fit(&self, group: &LeaderGroup) -> Result<()> {
        let members = self.included(group).await?;
        self.must_have_room_for(&members).await
    }

    /// Refuses unless all of some people find a seat; those who have one already need none.
    pub(super) async fn must_have_room_for(&self, members: &[PersonId]) -> Result<()> {
        let everyone = self.everyone().await?;
        let seated = |person: &&PersonId| {
            everyone.iter().any(|place| place.person == **person && place.state.takes_a_seat())
        };
        let wanted = members.len() - members.iter().filter(seated).count();
        let wanted = u32::try_from(wanted).unwrap_or(u32::MAX);
        let taken = enrolments::seats_taken(self.tx, self.org(), self.cohort.id).await?;
        let waiting = enrolments::waiting(self.tx, self.org(), self.cohort.id).await?;
        if fits(self.cohort.capacity, taken, waiting, wanted) {
            return Ok(());
        }
        let free = self.cohort.capacity.saturating_sub(taken);
        Err(Refusal::new(Code::GroupDoesNotFit).with("count", wanted).with("max", free).into())
    }

    /// Refuses to treat a place by itself that came with a group.
    pub(crate) fn must_be_single(&self, place: &Enrolment) -> Result<()> {
        if place.group.is_some() { Err(Refusal::new(Code::EnrolsAsGroup).into()) } else { Ok(()) }
    }
}

/// Which invitation it is: a second one is a second letter.
pub(crate) fn occurrence(group: &LeaderGroup) -> String {
    group.since.to_rfc3339()
}

pub(super) fn wrong_group_state(group: &LeaderGroup) -> Error {
    Refusal::wrong_state("LeaderGroupState", group.state.as_str()).into()
}
