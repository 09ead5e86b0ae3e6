use super::*;
use crate::catalogue::shipped::catalogue;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Every state with every event: what is left out may not happen.
#[test]
fn the_table_of_a_competence_plan() {
    let mut table = String::new();
    for state in PlanState::ALL {
        for event in PlanEvent::ALL {
            if let Some(after) = state.after(*event) {
                let (from, by, to) = (state.as_str(), event.as_str(), after.as_str());
                table.push_str(&format!("{from} -- {by} -> {to}\n"));
            }
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn deadlines_count_from_the_appointment() {
    let framework = Framework::from(catalogue());
    let plan = Plan {
        id: PlanId(uuid::Uuid::nil()),
        appointment: AppointmentId(uuid::Uuid::nil()),
        leader: PersonId(uuid::Uuid::nil()),
        appointed_on: day("2026-11-30"),
        manager: None,
        framework: 1,
        state: PlanState::Draft,
        asked_at: "2026-12-01T08:00:00Z".parse().unwrap(),
        assessed_at: None,
        agreed_at: None,
        version: 1,
    };
    let entry = |asked_on| PlanEntry { asked_on, ..PlanEntry::new(plan.id, "sick_leave") };
    let due = |key: &str| entry(None).due_on(framework.item(key).unwrap(), &plan);
    let anew = entry(Some(day("2027-10-01"))).due_on(framework.item("sick_leave").unwrap(), &plan);
    assert_eq!(anew, Some(day("2028-01-01")), "what is asked anew counts from then");
    assert_eq!(due("sick_leave"), Some(day("2027-02-28")), "within three months");
    assert_eq!(due("hse_basic_course"), Some(day("2027-11-30")), "within the first year");
    let rules = PlanRules::default();
    let stage = |today: &str| rules.stage(day("2027-02-28"), day(today));
    assert_eq!([stage("2027-02-13"), stage("2027-02-14"), stage("2027-02-27")], [0, 1, 1]);
    assert_eq!([stage("2027-02-28"), stage("2027-06-01")], [2, 2]);
}

#[test]
fn nobody_is_asked_again_more_than_twice() {
    let rules = PlanRules::default();
    let number = |today: &str| rules.reminder(day("2027-01-01"), day(today));
    assert_eq!([number("2027-01-07"), number("2027-01-08"), number("2027-01-15")], [None, Some(1), Some(2)]);
    assert_eq!(number("2028-01-15"), Some(2));
    let never = PlanRules { remind_after_days: 0, ..rules };
    assert_eq!(never.reminder(day("2027-01-01"), day("2027-03-01")), None);
}

#[test]
fn only_what_says_something_new_is_asked_anew() {
    let old = Framework::from(catalogue());
    let mut new = old.clone();
    new.plan.remove(0);
    new.plan[0].within_months = Some(5);
    new.plan[1].text.nb.push_str(" Også om natten.");
    let mut own = new.plan[2].clone();
    own.key = "climate".to_owned();
    new.plan.push(own);
    let keys: Vec<&str> = asked_anew(&old, &new).iter().map(|item| item.key.as_str()).collect();
    assert_eq!(keys, [new.plan[1].key.as_str(), "climate"]);
    assert!(asked_anew(&old, &old).is_empty());
}
