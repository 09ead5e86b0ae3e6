//! A leader who cannot come on the days of one cohort goes on in another of the programme.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use varde_app::{
    Code,
    access::Coordinator,
    cohorts,
    enrolments::{self, Change, MoveEnrolment, Moved},
    trail::{self, AuditFilter},
};
use varde_model::{
    enrolment::{Enrolment, EnrolmentState as S},
    ids::{CohortId, EnrolmentId},
    timers::{TimerState, TimersOf},
};
use varde_persistence::{Engine, people, timers};
use varde_testkit::harness::{Harness, Mail};

use crate::both::on_both;

use super::{
    changes::{accepted, calendar, entries},
    p01_onboarding::spring,
    seats::{places, published},
};

on_both! {
    a_move_that_is_taken_back_gives_the_seat_and_the_days_back
    a_move_that_cannot_be_is_refused_and_says_why
    a_line_manager_who_was_told_of_the_days_hears_where_the_leader_was_moved
}

const CREATE: &str = "mutation ($input: CreateCohortInput!) { createCohort(input: $input) { cohort { id } errors { code message path } } }";

const BOTH: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

struct House {
    varde: Harness,
    spring: CohortId,
    autumn: CohortId,
}

impl House {
    /// Spring with so many invited, and autumn with so many seats.
    async fn with(engine: Engine, spring_seats: u32, invited: usize, autumn_seats: u32) -> Result<Self> {
        let varde = Harness::fjordheim(engine).await?;
        let spring = published(&varde, spring_seats, invited).await?;
        let autumn = Self::cohort(&varde, "NYL-2027-H", autumn_seats).await?;
        cohorts::publish(&varde.ctx(), &Coordinator::system(varde.org), autumn, None, false).await?;
        varde.run_due().await?;
        varde.new_mails();
        Ok(Self { varde, spring, autumn })
    }

    async fn cohort(varde: &Harness, code: &str, seats: u32) -> Result<CohortId> {
        let mut input = spring();
        input["input"]["code"] = json!(code);
        input["input"]["title"] = json!("Nye ledere høsten 2027");
        input["input"]["capacity"] = json!(seats);
        input["input"]["gatherings"] = json!([{ "date": "2027-09-08" }, { "date": "2027-10-06" }]);
        varde.ask(&varde.coordinator().await?, CREATE, input).await?;
        let right = Coordinator::system(varde.org);
        Ok(cohorts::find_by_code(&varde.ctx(), &right, code).await?.context("cohort")?.id)
    }

    fn right(&self) -> Coordinator {
        Coordinator::system(self.varde.org)
    }

    async fn change(&self, place: EnrolmentId, change: Change) -> Result<Enrolment> {
        Ok(enrolments::change(&self.varde.ctx(), &self.right(), place, &change, Some("avtalt"), None, false)
            .await?
            .0)
    }

    async fn move_to(&self, place: EnrolmentId, to: CohortId, dry_run: bool) -> varde_app::Result<Moved> {
        let reason = Some("Ferie".to_owned());
        let input = MoveEnrolment { enrolment: place, to, reason, version: None, dry_run };
        enrolments::move_to(&self.varde.ctx(), &self.right(), &input).await
    }

    async fn email(&self, place: &Enrolment) -> Result<String> {
        let found = people::find(self.varde.app.store(), self.varde.org, place.person).await?;
        Ok(found.context("person")?.email)
    }

    /// What went out since it was asked last.
    async fn sent(&self) -> Result<Vec<Mail>> {
        self.varde.run_due().await?;
        Ok(self.varde.new_mails())
    }

    /// The reminders that wait for somebody with a place.
    async fn waiting_reminders(&self, place: EnrolmentId) -> Result<usize> {
        let all = timers::list(self.varde.app.store(), self.varde.org, TimersOf::Enrolment(place)).await?;
        Ok(all.iter().filter(|timer| timer.state == TimerState::Pending).count())
    }
}

/// The seat goes on in the old cohort, and one is taken in the new one; letters, calendars and reminders follow.
async fn a_seat(engine: Engine) -> Result<()> {
    let house = House::with(engine, 1, 2, 5).await?;
    let all = places(&house.varde, house.spring).await?;
    let seated = house.change(all[0].id, Change::AcceptFor).await?;
    let waiting = house.change(all[1].id, Change::AcceptFor).await?;
    assert_eq!((seated.state, waiting.state), (S::Enrolled, S::Waiting));
    let before = house.sent().await?;
    let (mine, next) = (house.email(&seated).await?, house.email(&waiting).await?);
    let confirmed = before.iter().find(|mail| mail.to == mine && mail.calendar.is_none());
    let answered = confirmed.and_then(Mail::link).context("link")?;

    let dry = house.move_to(seated.id, house.autumn, true).await?;
    assert_eq!(house.sent().await?.len(), 0, "a dry run sends nothing");
    assert_eq!(places(&house.varde, house.autumn).await?.len(), 0);
    let moved = house.move_to(seated.id, house.autumn, false).await?;
    assert_eq!(dry.mails.len(), moved.mails.len());
    assert_eq!((moved.enrolment.state, moved.former.state), (S::Enrolled, S::Withdrawn));
    assert_eq!(
        (moved.enrolment.moved_from, moved.former.reason.as_deref()),
        (Some(house.spring), Some("Ferie"))
    );
    let now = places(&house.varde, house.spring).await?;
    assert_eq!(now.iter().find(|place| place.id == waiting.id).map(|place| place.state), Some(S::Offered));

    let sent = house.sent().await?;
    let own: Vec<&Mail> = sent.iter().filter(|mail| mail.to == mine).collect();
    let letters: Vec<&&Mail> = own.iter().filter(|mail| mail.calendar.is_none()).collect();
    assert_eq!(letters.len(), 1, "one letter says it: {letters:#?}");
    assert!(letters[0].subject.starts_with("Du er flyttet til et annet kull"), "{}", letters[0].subject);
    for word in ["Nye ledere våren 2027", "Nye ledere høsten 2027", "Du har plass i"] {
        assert!(letters[0].text.contains(word), "{}", letters[0].text);
    }
    assert!(own[0].calendar.is_none(), "and before the calendar is touched: {:?}", own[0].subject);
    let of = |method: &str| own.iter().filter(|mail| calendar(mail, "METHOD") == method).count();
    assert_eq!((of("CANCEL"), of("REQUEST")), (4, 2), "four days leave the calendar, two come into it");
    let known = entries(&before);
    for mail in own.iter().filter(|mail| calendar(mail, "METHOD") == "CANCEL") {
        assert!(known.contains_key(&calendar(mail, "UID")));
        assert!(mail.text.contains("Du er flyttet til Nye ledere høsten 2027"), "{}", mail.text);
        assert!(!mail.text.contains("ikke lenger plass"), "{}", mail.text);
    }
    assert!(sent.iter().any(|mail| mail.to == next && mail.subject.contains("Ledig")), "the seat goes on");
    assert_eq!(house.waiting_reminders(seated.id).await?, 0);
    assert!(house.waiting_reminders(moved.enrolment.id).await? > 0);
    // The link in the letter gives the seat back.
    let page = house.varde.http.get(&letters[0].link().context("link")?).await?.text().await?;
    assert!(page.contains("høsten 2027"), "{page}");
    // The one in the confirmation of the old seat says where she is now, and leads there.
    let page = house.varde.http.get(&answered).await?.text().await?;
    for part in [
        "Du er flyttet til «Nye ledere høsten 2027».",
        "8. september 2027",
        &letters[0].link().context("link")?,
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(!page.contains("Du er meldt av"), "{page}");

    // Moved back: the seat was offered to another meanwhile, so it is the line, and the new seat is free again.
    let back = house.move_to(moved.enrolment.id, house.spring, false).await?;
    assert_eq!((back.enrolment.id, back.enrolment.state), (seated.id, S::Waiting));
    assert_eq!(places(&house.varde, house.autumn).await?[0].state, S::Withdrawn);
    let sent = house.sent().await?;
    let own: Vec<&Mail> = sent.iter().filter(|mail| mail.to == mine).collect();
    let letter = own.iter().find(|mail| mail.calendar.is_none()).context("letter")?;
    assert!(letter.text.contains("nummer 1 på ventelisten"), "{}", letter.text);
    assert_eq!(own.iter().filter(|mail| calendar(mail, "METHOD") == "CANCEL").count(), 2);

    let filter = AuditFilter::about(seated.id);
    let found = trail::events(&house.varde.ctx(), &house.right(), &filter, None, 10).await?.events;
    let entry = found.iter().find(|entry| entry.action == "enrolment.move").context("entry")?;
    let changed = json!({ "cohort": { "from": "NYL-2027-H", "to": "NYL-2027-V" }, "state": { "from": "enrolled", "to": "waiting" } });
    assert_eq!(entry.detail["changed"], changed);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seat_moves_to_another_cohort_and_back_on_sqlite() -> Result<()> {
    a_seat(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seat_moves_to_another_cohort_and_back_on_postgresql() -> Result<()> {
    a_seat(Engine::Postgres).await
}

/// Undone at once, everything stands as it stood: the same seat, and the days are back in the calendar.
async fn a_move_that_is_taken_back_gives_the_seat_and_the_days_back(engine: Engine) -> Result<()> {
    let house = House::with(engine, 2, 1, 5).await?;
    let place = places(&house.varde, house.spring).await?.remove(0);
    house.change(place.id, Change::AcceptFor).await?;
    let first = entries(&house.sent().await?);
    let reminders = house.waiting_reminders(place.id).await?;
    let moved = house.move_to(place.id, house.autumn, false).await?;
    let gone = entries(&house.sent().await?);
    let back = house.move_to(moved.enrolment.id, house.spring, false).await?;
    assert_eq!((back.enrolment.id, back.enrolment.state), (place.id, S::Enrolled));
    assert_eq!(house.waiting_reminders(place.id).await?, reminders);
    let again = entries(&house.sent().await?);
    for (uid, (_, sequence)) in &first {
        assert_eq!((gone[uid].0.as_str(), again[uid].0.as_str()), ("CANCEL", "REQUEST"));
        assert!(
            *sequence < gone[uid].1 && gone[uid].1 < again[uid].1,
            "each a later state of the same entry"
        );
    }
    Ok(())
}

/// An invitation is asked anew, a place in line takes a free seat, and a full cohort has a line.
#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_and_a_place_in_line_move_too() -> Result<()> {
    for engine in BOTH {
        let house = House::with(engine, 1, 4, 1).await?;
        let all = places(&house.varde, house.spring).await?;
        for place in &all[..3] {
            house.change(place.id, Change::AcceptFor).await?;
        }
        house.sent().await?;
        let asked = house.move_to(all[3].id, house.autumn, false).await?;
        assert_eq!(asked.enrolment.state, S::Invited, "{engine:?}");
        let sent = house.sent().await?;
        assert_eq!(sent.len(), 1, "{engine:?}");
        assert!(sent[0].text.contains("Invitasjonen din gjelder nå"), "{}", sent[0].text);
        // The first of the line gets the seat, and the next one finds the cohort full.
        let first = house.move_to(all[1].id, house.autumn, false).await?;
        assert_eq!(first.enrolment.state, S::Enrolled, "{engine:?}");
        let second = house.move_to(all[2].id, house.autumn, false).await?;
        assert_eq!((second.enrolment.state, second.enrolment.queue_number), (S::Waiting, Some(1)));
        house.sent().await?;
        // The link in the letter answers the invitation, behind those in line.
        super::p01_onboarding::answer(&house.varde, &sent[0], "accept").await?;
        let now = places(&house.varde, house.autumn).await?;
        let place = now.iter().find(|place| place.id == asked.enrolment.id).context("place")?;
        assert_eq!((place.state, place.queue_number), (S::Waiting, Some(2)), "{engine:?}");
    }
    Ok(())
}

async fn a_move_that_cannot_be_is_refused_and_says_why(engine: Engine) -> Result<()> {
    let house = House::with(engine, 5, 2, 5).await?;
    let draft = House::cohort(&house.varde, "NYL-2028-V", 5).await?;
    let all = places(&house.varde, house.spring).await?;
    let refused = async |place, to| -> (Code, Value) {
        let error = house.move_to(place, to, false).await.unwrap_err();
        (error.refusals()[0].code, json!(error.refusals()[0].path))
    };
    assert_eq!(refused(all[0].id, house.spring).await, (Code::AlreadyInCohort, json!(["cohortId"])));
    assert_eq!(
        refused(all[0].id, draft).await,
        (Code::WrongState, json!(["cohortId"])),
        "nobody hears of a draft"
    );
    let unknown = CohortId(uuid::Uuid::from_u128(9));
    assert_eq!(refused(all[0].id, unknown).await, (Code::NotFound, json!(["cohortId"])));
    house.change(all[1].id, Change::DeclineFor).await?;
    assert_eq!(refused(all[1].id, house.autumn).await.0, Code::WrongState);
    let seen = MoveEnrolment {
        enrolment: all[0].id,
        to: house.autumn,
        reason: None,
        version: Some(99),
        dry_run: false,
    };
    let late = enrolments::move_to(&house.varde.ctx(), &house.right(), &seen).await.unwrap_err();
    assert_eq!(late.refusals()[0].code, Code::Conflict);
    // The new cohort's gate is asked: these two were let in with a reason, and are so again.
    let unsaid = MoveEnrolment { version: None, ..seen };
    let outside = enrolments::move_to(&house.varde.ctx(), &house.right(), &unsaid).await.unwrap_err();
    assert_eq!(outside.refusals()[0].code, Code::OutsideAudience);
    assert_eq!(json!(outside.refusals()[0].path), json!(["enrolmentId"]));
    house.move_to(all[0].id, house.autumn, false).await?;
    Ok(())
}

/// Nobody was told of a proposal: it moves between drafts without a word, and back.
#[tokio::test(flavor = "multi_thread")]
async fn a_proposal_moves_without_a_word() -> Result<()> {
    for engine in BOTH {
        let house = House::with(engine, 5, 1, 5).await?;
        let (one, two) =
            (House::cohort(&house.varde, "A", 5).await?, House::cohort(&house.varde, "B", 5).await?);
        let input = enrolments::EnrolLeaders {
            cohort: one,
            employee_numbers: vec!["10036".to_owned()],
            reason: Some("avtalt".to_owned()),
            error_policy: varde_app::input::ErrorPolicy::RejectAll,
            dry_run: false,
        };
        let place = enrolments::enrol(&house.varde.ctx(), &house.right(), &input).await?.enrolments.remove(0);
        let moved = house.move_to(place.id, two, false).await?;
        assert_eq!((moved.enrolment.state, moved.mails.len()), (S::Proposed, 0), "{engine:?}");
        let back = house.move_to(moved.enrolment.id, one, false).await?;
        assert_eq!((back.enrolment.id, back.enrolment.state), (place.id, S::Proposed), "{engine:?}");
        assert_eq!(house.sent().await?.len(), 0, "{engine:?}");
    }
    Ok(())
}

/// Two coordinators move two people in opposite directions at the same moment.
#[tokio::test(flavor = "multi_thread")]
async fn two_moves_in_opposite_directions_do_not_lock_one_another_out() -> Result<()> {
    for engine in BOTH {
        let house = House::with(engine, 5, 2, 5).await?;
        let all = places(&house.varde, house.spring).await?;
        let there = house.move_to(all[0].id, house.autumn, false).await?.enrolment;
        let (one, two) = tokio::join!(
            house.move_to(there.id, house.spring, false),
            house.move_to(all[1].id, house.autumn, false)
        );
        assert_eq!((one?.enrolment.state, two?.enrolment.state), (S::Invited, S::Invited), "{engine:?}");
    }
    Ok(())
}

async fn a_line_manager_who_was_told_of_the_days_hears_where_the_leader_was_moved(
    engine: Engine,
) -> Result<()> {
    let (varde, cohort) = accepted(engine).await?;
    let autumn = House::cohort(&varde, "NYL-2027-H", 5).await?;
    cohorts::publish(&varde.ctx(), &Coordinator::system(varde.org), autumn, None, false).await?;
    let house = House { varde, spring: cohort.id, autumn };
    house.varde.move_to("2027-01-06T12:00:00Z".parse()?).await?;
    let noticed = house.varde.new_mails();
    let all = places(&house.varde, house.spring).await?;
    let place = all.iter().find(|place| place.state == S::Enrolled).context("a seat")?;
    let own = house.email(place).await?;
    let leader = people::find(house.varde.app.store(), house.varde.org, place.person).await?;
    let leader = leader.context("person")?.name();
    // The coordinator hears of the leader's answer as well.
    let others = [own, "coordinator@fjordheim.example".to_owned()];
    let notice = noticed.iter().find(|mail| !others.contains(&mail.to) && mail.text.contains(&leader));
    let manager = notice.context("the notice")?.to.clone();
    house.move_to(place.id, house.autumn, false).await?;
    assert!(house.sent().await?.iter().all(|mail| mail.to != manager), "what can wait waits for the morning");
    house.varde.move_to("2027-01-07T12:00:00Z".parse()?).await?;
    let told = house.varde.new_mails();
    let told: Vec<&Mail> =
        told.iter().filter(|mail| mail.to == manager && mail.text.contains(&leader)).collect();
    assert_eq!(told.len(), 1, "{engine:?}: {told:#?}");
    for word in ["Nye ledere våren 2027", "Nye ledere høsten 2027", "8. september 2027"] {
        assert!(told[0].text.contains(word), "{word} in {}", told[0].text);
    }
    Ok(())
}
