//! Who led what on which day, and who is whose line manager, as the files told it.

use std::collections::BTreeSet;

use varde_app::{
    Code, Error,
    people::{
        self, LeaderKey, LeadersInput, ManagerInput, NameKey, NameLineManager, PersonFilter,
        end_line_manager, line_managers, name_line_manager,
    },
};
use varde_model::{
    ids::PersonId,
    people::{Level, LineManager, Outsider, UnitKind, sort_key},
};

use super::house::{DECEMBER, House, NOVEMBER, on_both};

fn named(search: Option<&str>) -> PersonFilter {
    PersonFilter { search: search.map(str::to_owned), missing: None }
}

impl House {
    async fn number(&self, number: &str) -> PersonId {
        people::by_number(&self.on("2026-12-01"), &self.right, number).await.unwrap().unwrap().id
    }

    /// The employee number of a person's line manager.
    async fn manager(&self, of: &str, date: &str) -> Option<String> {
        let ctx = self.on("2026-12-01");
        let person = self.number(of).await;
        let found = line_managers(&ctx, &self.right, &[person], date.parse().unwrap()).await.unwrap();
        match found.get(&person)? {
            LineManager::Person(manager) => {
                let managers = people::by_ids(&ctx, &self.right, &[*manager]).await.unwrap();
                Some(managers[0].employee_number.clone())
            }
            LineManager::Outside(outsider) => Some(outsider.name.clone()),
        }
    }

    async fn leads(&self, number: &str, date: &str) -> Vec<String> {
        let ctx = self.on("2026-12-01");
        let (person, date) = (self.number(number).await, date.parse().unwrap());
        let units = people::units(&ctx, &self.right, date).await.unwrap();
        let on = people::appointments_on(&ctx, &self.right, date).await.unwrap();
        let led = on.iter().filter(|appointment| appointment.person == person);
        led.map(|led| units.iter().find(|unit| unit.unit.id == led.unit).unwrap().unit.code.clone()).collect()
    }
}

on_both! {
    async fn who_led_what_can_be_asked_for_any_day(house) {
        house.import(NOVEMBER, "2026-11-22").await;
        house.import(DECEMBER, "2026-12-01").await;
        assert_eq!(house.leads("11080", "2026-11-30").await, ["30040"]);
        assert_eq!(house.leads("11080", "2026-12-01").await, [""; 0]);
        assert_eq!(house.leads("11093", "2026-11-30").await, [""; 0]);
        assert_eq!(house.leads("11093", "2026-12-01").await, ["30040"]);
        assert_eq!(house.leads("11458", "2026-11-30").await, ["30130"], "before the move");
        assert_eq!(house.leads("11458", "2026-12-01").await, ["30350"]);
        assert_eq!(house.leads("10005", "2024-01-01").await, ["100"], "before the first file");
        assert_eq!(house.leads("10005", "2023-10-17").await, [""; 0]);
    }

    async fn the_line_manager_follows_from_the_tree_on_that_day(house) {
        house.import(NOVEMBER, "2026-11-22").await;
        house.import(DECEMBER, "2026-12-01").await;
        // Unit 30040 is led by 11080 to 30 November and by 11093 from then on.
        assert_eq!(house.manager("11093", "2026-11-30").await.as_deref(), Some("11080"));
        assert_eq!(house.manager("11093", "2026-12-01").await.as_deref(), Some("10390"), "now a leader herself");
        assert_eq!(house.manager("10390", "2026-12-01").await.as_deref(), Some("10015"));
        assert_eq!(house.manager("10015", "2026-12-01").await.as_deref(), Some("10005"));
        assert_eq!(house.manager("10005", "2026-12-01").await, None);

        let then = house.on("2026-12-01");
        let group = people::leader_group(
            &then,
            &house.right,
            house.number("10005").await,
            "2026-12-01".parse().unwrap(),
        );
        let group = group.await.unwrap();
        assert!(group.iter().all(|appointment| appointment.level == Level::Two) && group.len() == 12);
    }

    async fn a_coordinator_names_a_line_manager_and_ends_that_again(house) {
        house.import(NOVEMBER, "2026-11-22").await;
        let ctx = house.on("2026-12-01");
        let named = |person, manager| NameLineManager {
            person,
            manager,
            from: "2026-12-01".parse().unwrap(),
            to: None,
        };
        let director = house.number("10005").await;
        let chair = ManagerInput::Outside { name: "Styreleder".into(), email: "styret@fjordheim.example".into() };
        let first = name_line_manager(&ctx, &house.right, named(director, chair)).await.unwrap();
        assert!(matches!(&first.manager, LineManager::Outside(Outsider { name, .. }) if name == "Styreleder"));
        assert_eq!(house.manager("10005", "2026-11-30").await, None);
        assert_eq!(house.manager("10005", "2026-12-01").await.as_deref(), Some("Styreleder"));

        let other = ManagerInput::Person(house.number("10015").await);
        let later = NameLineManager { from: "2027-01-01".parse().unwrap(), ..named(director, other) };
        let second = name_line_manager(&ctx, &house.right, later).await.unwrap();
        assert_eq!(house.manager("10005", "2026-12-31").await.as_deref(), Some("Styreleder"));
        assert_eq!(house.manager("10005", "2027-01-01").await.as_deref(), Some("10015"));
        let last_day = "2027-06-30".parse().unwrap();
        end_line_manager(&ctx, &house.right, director, second.id, last_day).await.unwrap();
        assert_eq!(house.manager("10005", "2027-07-01").await, None);

        // A naming for a time lets the one that was there before hold afterwards.
        let manager = async |number: &str| ManagerInput::Person(house.number(number).await);
        let head = house.number("13885").await;
        let open = named(head, manager("10015").await);
        let open = NameLineManager { from: "2027-06-01".parse().unwrap(), ..open };
        name_line_manager(&ctx, &house.right, open).await.unwrap();
        let spring = NameLineManager {
            from: "2027-01-01".parse().unwrap(),
            to: Some("2027-06-30".parse().unwrap()),
            ..named(head, manager("10005").await)
        };
        name_line_manager(&ctx, &house.right, spring).await.unwrap();
        for (day, number) in [("2027-01-01", "10005"), ("2027-06-30", "10005"), ("2027-07-01", "10015")] {
            assert_eq!(house.manager("13885", day).await.as_deref(), Some(number), "{day}");
        }
        let between = NameLineManager {
            from: "2027-08-01".parse().unwrap(),
            to: Some("2027-08-31".parse().unwrap()),
            ..named(head, manager("10005").await)
        };
        name_line_manager(&ctx, &house.right, between).await.unwrap();
        for (day, number) in [("2027-07-31", "10015"), ("2027-08-31", "10005"), ("2027-09-01", "10015")] {
            assert_eq!(house.manager("13885", day).await.as_deref(), Some(number), "{day}");
        }

        let code = |outcome: Result<_, Error>| outcome.unwrap_err().refusals()[0].code;
        let back = NameLineManager {
            from: "2027-10-01".parse().unwrap(),
            ..named(house.number("10015").await, ManagerInput::Person(head))
        };
        assert_eq!(code(name_line_manager(&ctx, &house.right, back).await), Code::NamingsInACircle);
        let herself = name_line_manager(&ctx, &house.right, named(director, ManagerInput::Person(director)));
        assert_eq!(code(herself.await), Code::Invalid);
        let nobody = ManagerInput::Person(PersonId(uuid::Uuid::from_u128(0)));
        assert_eq!(code(name_line_manager(&ctx, &house.right, named(director, nobody)).await), Code::NotFound);
        let from_elsewhere = end_line_manager(&ctx, &house.elsewhere, director, second.id, last_day);
        assert_eq!(code(from_elsewhere.await), Code::NotFound);
    }

    async fn the_list_of_leaders_is_filtered_and_paged_in_norwegian_order(house) {
        house.import(NOVEMBER, "2026-11-22").await;
        let ctx = house.on("2026-11-22");
        let all = LeadersInput { first: 50, ..LeadersInput::default() };
        let mut input = all.clone();
        let (mut seen, mut names) = (BTreeSet::new(), Vec::new());
        loop {
            let page = people::leaders(&ctx, &house.right, &input).await.unwrap();
            assert_eq!(page.total, 120);
            for leader in &page.items {
                assert!(seen.insert(leader.appointment.id), "nobody comes twice");
                names.push(sort_key(&leader.person.family_name, &leader.person.given_name));
            }
            if !page.more {
                break;
            }
            input.after = page.items.last().map(|leader| LeaderKey {
                sort_key: sort_key(&leader.person.family_name, &leader.person.given_name),
                id: leader.appointment.id,
            });
        }
        assert!(names.is_sorted() && names.len() == 120);

        let count = async |input: LeadersInput| people::leaders(&ctx, &house.right, &input).await.unwrap().total;
        assert_eq!(count(LeadersInput { levels: vec![Level::One, Level::Two], ..all.clone() }).await, 13);
        let clinic = people::unit_by_code(&ctx, &house.right, "10100").await.unwrap().unwrap();
        let surgery = LeadersInput { unit: Some(clinic.id), levels: vec![Level::Two], ..all.clone() };
        assert_eq!(count(surgery.clone()).await, 1);
        assert!(count(LeadersInput { levels: vec![], ..surgery }).await > 5);
        let newly = LeadersInput { appointed_since: Some("2026-10-01".parse().unwrap()), ..all.clone() };
        let newly = count(newly).await;
        assert!((1..120).contains(&newly), "{newly}");
        assert_eq!(count(LeadersInput { search: Some("jenny HOLM".into()), ..all.clone() }).await, 1);
        assert_eq!(count(LeadersInput { search: Some("10005".into()), ..all.clone() }).await, 1);
        assert_eq!(count(LeadersInput { search: Some("%".into()), ..all.clone() }).await, 0, "no pattern");
        let there = people::leaders(&ctx, &house.elsewhere, &all).await.unwrap();
        assert_eq!((there.items.len(), there.total), (0, 0));
    }

    async fn people_are_found_by_name_with_and_without_norwegian_letters(house) {
        house.import(NOVEMBER, "2026-11-22").await;
        let ctx = house.on("2026-11-22");
        for search in ["åse moen", "ASE  Moen", "Moen Åse", "10036"] {
            let page = people::page(&ctx, &house.right, &named(Some(search)), None, 20).await.unwrap();
            assert!(page.items.iter().any(|person| person.employee_number == "10036"), "{search}");
        }
        let first = people::page(&ctx, &house.right, &named(None), None, 1000).await.unwrap();
        assert_eq!((first.items.len(), first.more, first.total), (100, true, 1097));
        let last = first.items.last().unwrap();
        let key = NameKey { sort_key: sort_key(&last.family_name, &last.given_name), id: last.id };
        let second = people::page(&ctx, &house.right, &named(None), Some(&key), 100).await.unwrap();
        assert!(second.items.iter().all(|person| !first.items.contains(person)));
        let numbers = ["10036".to_owned(), "0".to_owned()];
        let refused = people::by_numbers(&ctx, &house.right, &numbers).await.unwrap_err();
        assert_eq!(refused.refusals().len(), 1);
    }

    async fn the_tree_of_a_day_holds_every_unit_with_its_place(house) {
        house.import(NOVEMBER, "2026-11-22").await;
        let ctx = house.on("2026-11-22");
        let units = people::units(&ctx, &house.right, "2026-11-22".parse().unwrap()).await.unwrap();
        assert_eq!(units.len(), 125);
        let roots: Vec<_> = units.iter().filter(|unit| unit.described.parent.is_none()).collect();
        assert_eq!(roots.len(), 1);
        assert_eq!((roots[0].unit.code.as_str(), roots[0].described.kind), ("100", UnitKind::Trust));
    }
}
