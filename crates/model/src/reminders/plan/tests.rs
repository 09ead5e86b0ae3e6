use chrono::{Datelike, Weekday};
use chrono_tz::Europe::Oslo;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::{
    catalogue::{Catalogue, shipped::catalogue},
    ids::{CohortId, EnrolmentId, GatheringId},
    reminders::{Anchor, ClosedDay, Condition, Latest, Offset, Recipients},
};

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn oslo(date: &str, time: &str) -> DateTime<Utc> {
    local_time::instant(date.parse().unwrap(), time.parse().unwrap(), Oslo)
}

fn gathering_at(at: DateTime<Utc>) -> AnchorFact {
    let (gathering, enrolment) = (GatheringId(Uuid::from_u128(1)), EnrolmentId(Uuid::from_u128(2)));
    AnchorFact { subject: Subject::Gathering { gathering, enrolment }, at, zone: Oslo }
}

fn policy_of(catalogue: &Catalogue, key: &str) -> ReminderPolicy {
    catalogue.policies.iter().find(|policy| policy.key == key).unwrap().clone()
}

fn planned(policy: &ReminderPolicy, anchor: &AnchorFact, now: DateTime<Utc>) -> Option<PlannedReminder> {
    plan(policy, anchor, &WorkingCalendar::default(), now).due()
}

const LONG_AGO: &str = "2020-01-01T00:00:00Z";

#[test]
fn eight_oclock_is_eight_oclock_on_both_sides_of_a_clock_change() {
    let mut policy = policy_of(&catalogue(), "gathering_in_a_week");
    policy.offset = Offset::Calendar { days: -1, on_closed_day: ClosedDay::Same };
    for (date, due) in [
        ("2026-03-29", "2026-03-28T07:00:00Z"),
        ("2026-03-30", "2026-03-29T06:00:00Z"),
        ("2026-10-25", "2026-10-24T06:00:00Z"),
        ("2026-10-26", "2026-10-25T07:00:00Z"),
    ] {
        let reminder = planned(&policy, &gathering_at(oslo(date, "09:00:00")), utc(LONG_AGO)).unwrap();
        assert_eq!(reminder.due_at, utc(due));
        assert_eq!(reminder.local.time.to_string(), "08:00:00");
    }
}

#[test]
fn a_reminder_of_tuesday_after_easter_comes_on_the_wednesday_before() {
    let policy = policy_of(&catalogue(), "gathering_practical");
    let reminder = planned(&policy, &gathering_at(oslo("2027-03-30", "09:00:00")), utc(LONG_AGO)).unwrap();
    assert_eq!(reminder.local.to_string(), "2027-03-24 12:00 Europe/Oslo");
    assert_eq!(reminder.occurrence, "2027-03-30");
}

#[test]
fn who_enrols_three_days_before_is_not_reminded_a_week_before() {
    let policy = policy_of(&catalogue(), "gathering_in_a_week");
    let anchor = gathering_at(oslo("2027-03-11", "09:00:00"));
    let due = oslo("2027-03-04", "08:00:00");
    let outcome = |now| plan(&policy, &anchor, &WorkingCalendar::default(), now);
    assert!(matches!(outcome(due - TimeDelta::microseconds(1)), Plan::Due(_)));
    assert_eq!(outcome(due).due(), None);
    assert_eq!(outcome(oslo("2027-03-08", "10:00:00")).due(), None);
}

#[test]
fn a_reminder_may_stand_from_its_hour_to_its_latest_time() {
    let policy = policy_of(&catalogue(), "gathering_in_a_week");
    let anchor = gathering_at(oslo("2027-03-11", "09:00:00"));
    let due = oslo("2027-03-04", "08:00:00");
    let latest = due + TimeDelta::hours(72);
    let outcome = |now| plan(&policy, &anchor, &WorkingCalendar::default(), now);
    assert!(matches!(outcome(due), Plan::Overdue(_)));
    assert!(matches!(outcome(latest), Plan::Overdue(_)));
    assert_eq!(outcome(latest + TimeDelta::microseconds(1)), Plan::TooLate { would_have_been: due });
}

#[test]
fn a_reminder_is_never_sent_once_its_anchor_has_come() {
    let mut policy = policy_of(&catalogue(), "gathering_practical");
    policy.latest = Latest { hours_after_due: 1000, before_anchor: true };
    let start = oslo("2027-03-11", "09:00:00");
    let reminder = planned(&policy, &gathering_at(start), utc(LONG_AGO)).unwrap();
    assert_eq!(reminder.latest_at, start - TimeDelta::microseconds(1));
    // Pushed past the anchor by a closed day, it is not planned at all.
    policy.offset = Offset::Calendar { days: 0, on_closed_day: ClosedDay::After };
    assert_eq!(planned(&policy, &gathering_at(oslo("2027-03-13", "23:00:00")), utc(LONG_AGO)), None);
}

#[test]
fn an_appointment_learnt_of_late_is_welcomed_from_that_day_and_once() {
    let policy = policy_of(&catalogue(), "welcome");
    let id = AppointmentId(Uuid::from_u128(7));
    let learnt = oslo("2027-01-20", "14:00:00");
    let late = AnchorFact::appointment(id, "2027-01-01".parse().unwrap(), learnt, Oslo);
    let early = AnchorFact::appointment(id, "2027-02-01".parse().unwrap(), learnt, Oslo);
    let reminders = [late, early].map(|anchor| planned(&policy, &anchor, learnt).unwrap());
    assert_eq!(reminders[0].local.to_string(), "2027-01-25 08:00 Europe/Oslo");
    assert_eq!(reminders[1].local.to_string(), "2027-02-04 08:00 Europe/Oslo");
    assert!(reminders.iter().all(|reminder| reminder.occurrence == "once"));
}

/// One leader's year with the shipped policies, cohorts in spring and in autumn, so that a reader can see
/// what falls where: Easter, the holidays of May, both clock changes, closed days of the trust.
#[test]
fn the_reminders_of_a_year() {
    let catalogue = catalogue();
    let calendar = WorkingCalendar::new(["2027-05-07", "2027-11-19"].map(|day| day.parse().unwrap()));
    let appointment = AppointmentId(Uuid::from_u128(7));
    let learnt = oslo("2027-01-04", "10:00:00");
    let mut lines = Vec::new();
    let mut add = |anchor: Anchor, fact: &AnchorFact| {
        for policy in catalogue.policies_of("onboarding").filter(|policy| policy.anchor == anchor) {
            let Plan::Due(reminder) = plan(policy, fact, &calendar, learnt) else {
                panic!("{} came too late", policy.key);
            };
            lines.push(format!(
                "{} {} | {} | until {} | {:<26} | {:<12} | for {}",
                reminder.local.date.weekday(),
                reminder.local,
                reminder.due_at.format("%H:%MZ"),
                reminder.latest_at.with_timezone(&Oslo).format("%m-%d %H:%M"),
                reminder.policy,
                policy.recipients.as_str(),
                reminder.occurrence,
            ));
        }
    };
    let subject = |anchor| match anchor {
        Anchor::GatheringStart => gathering_at(learnt).subject,
        Anchor::CohortEnd => Subject::Cohort { cohort: CohortId(Uuid::from_u128(3)) },
        _ => Subject::Enrolment { enrolment: EnrolmentId(Uuid::from_u128(2)) },
    };
    add(
        Anchor::Appointment,
        &AnchorFact::appointment(appointment, "2027-01-01".parse().unwrap(), learnt, Oslo),
    );
    let weeks: Vec<_> = catalogue
        .programme("onboarding")
        .unwrap()
        .gatherings
        .iter()
        .map(|gathering| gathering.week)
        .collect();
    for (answer_by, hold_until, first) in
        [("2027-02-12", "2027-02-24", "2027-03-12"), ("2027-08-20", "2027-09-01", "2027-09-17")]
    {
        let mut at = |anchor, date: &str, time| {
            add(anchor, &AnchorFact { subject: subject(anchor), at: oslo(date, time), zone: Oslo });
        };
        at(Anchor::InvitationDeadline, answer_by, "23:59:00");
        at(Anchor::OfferDeadline, hold_until, "10:00:00");
        at(Anchor::CohortStart, first, "09:00:00");
        let mut day = first.to_owned();
        for week in &weeks {
            day = (first.parse::<NaiveDate>().unwrap() + TimeDelta::weeks(i64::from(*week))).to_string();
            at(Anchor::GatheringStart, &day, "09:00:00");
        }
        at(Anchor::CohortEnd, &day, "15:30:00");
    }
    lines.sort_by_key(|line| line.split_once(' ').map(|(_, rest)| rest.to_owned()));
    insta::assert_snapshot!(lines.join("\n"));
}

fn any_policy() -> impl Strategy<Value = ReminderPolicy> {
    let closed = prop::sample::select(vec![ClosedDay::Before, ClosedDay::After, ClosedDay::Same]);
    let offset = (any::<bool>(), -60..60i32, closed).prop_map(|(working, days, on_closed_day)| {
        if working { Offset::Working { days } } else { Offset::Calendar { days, on_closed_day } }
    });
    // Hours outside the one that happens twice: reminders at night are nobody's wish.
    (offset, 3..24u32, 0..60u32, 1..500u32, any::<bool>()).prop_map(
        |(offset, hour, minute, hours_after_due, before_anchor)| ReminderPolicy {
            offset,
            at: format!("{hour:02}:{minute:02}").parse().unwrap(),
            latest: Latest { hours_after_due, before_anchor },
            recipients: Recipients::Leader,
            condition: Condition::HoldsSeat,
            ..policy_of(&catalogue(), "gathering_in_a_week")
        },
    )
}

fn any_instant() -> impl Strategy<Value = DateTime<Utc>> {
    (0..10_000_000i64).prop_map(|minutes| utc("2025-01-01T00:00:00Z") + TimeDelta::minutes(minutes))
}

fn any_calendar() -> impl Strategy<Value = WorkingCalendar> {
    prop::collection::btree_set(any_instant(), 0..40).prop_map(|instants| {
        WorkingCalendar::new(instants.into_iter().map(|instant| Zoned::at(instant, Oslo).date))
    })
}

proptest! {
    #[test]
    fn a_planned_reminder_keeps_every_promise(
        policy in any_policy(), at in any_instant(), now in any_instant(), calendar in any_calendar(),
    ) {
        let anchor = gathering_at(at);
        let outcome = plan(&policy, &anchor, &calendar, now);
        prop_assert_eq!(&outcome, &plan(&policy, &anchor, &calendar, now), "planning again gives the same");
        let Some(reminder) = outcome.due() else { return Ok(()) };
        let wall_clock = Zoned::at(reminder.due_at, Oslo);
        prop_assert_eq!(wall_clock, reminder.local);
        prop_assert_eq!(wall_clock.time, policy.at.time());
        let asked = match policy.offset {
            Offset::Working { days } => days != 0,
            Offset::Calendar { on_closed_day, .. } => on_closed_day != ClosedDay::Same,
        };
        prop_assert!(!asked || calendar.is_working_day(wall_clock.date));
        prop_assert!(now < reminder.due_at && reminder.due_at <= reminder.latest_at);
        prop_assert!(!policy.latest.before_anchor || reminder.latest_at < at);
        let patience = TimeDelta::hours(i64::from(policy.latest.hours_after_due));
        prop_assert!(reminder.latest_at <= reminder.due_at + patience);
    }

    #[test]
    fn a_reminder_that_was_planned_keeps_its_hour_until_it_is_due(
        policy in any_policy(), at in any_instant(), calendar in any_calendar(),
    ) {
        let anchor = gathering_at(at);
        if let Some(reminder) = plan(&policy, &anchor, &calendar, utc(LONG_AGO)).due() {
            let just_before = reminder.due_at - TimeDelta::microseconds(1);
            prop_assert_eq!(plan(&policy, &anchor, &calendar, just_before).due(), Some(reminder));
        }
    }
}

#[test]
fn no_shipped_reminder_falls_on_a_weekend() {
    let catalogue = catalogue();
    for policy in &catalogue.policies {
        for day in 0..400 {
            let anchor = gathering_at(oslo("2027-01-01", "09:00:00") + TimeDelta::days(day));
            let due = planned(policy, &anchor, utc(LONG_AGO)).unwrap();
            assert!(!matches!(due.local.date.weekday(), Weekday::Sat | Weekday::Sun), "{}", policy.key);
        }
    }
}
