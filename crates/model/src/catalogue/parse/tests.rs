use crate::catalogue::{
    Catalogue, Domain, Theme,
    shipped::{FILES, catalogue, faults_after},
};

#[test]
fn the_catalogue_is_read_whole() {
    insta::assert_json_snapshot!(catalogue());
}

#[test]
fn files_may_come_in_any_order_and_below_any_folder() {
    let moved = FILES.iter().rev().map(|&(path, text)| (format!("config/catalogue/{path}"), text));
    assert_eq!(Catalogue::parse(moved), Ok(catalogue()));
}

#[test]
fn onboarding_covers_every_theme_of_the_competence_plan_and_every_domain() {
    let catalogue = catalogue();
    let programme = catalogue.programme("onboarding").unwrap();
    let blocks = || programme.gatherings.iter().flat_map(|gathering| &gathering.blocks);
    for theme in Theme::ALL {
        assert!(blocks().any(|block| block.theme == theme), "{theme:?} is left out");
    }
    for domain in Domain::ALL {
        assert!(blocks().any(|block| block.domains.contains(&domain)), "{domain:?} is left out");
        assert!(catalogue.domains.iter().any(|text| text.key == domain));
    }
    assert!(programme.gatherings.iter().all(|gathering| gathering.length_minutes() == 390));
    assert_eq!(catalogue.policies_of("onboarding").count(), 9);
}

/// Each row: a file, a text in it, what it becomes; the faults are told with file, line and key.
#[test]
fn every_fault_tells_file_line_and_key() {
    let domains = "domains.toml";
    let programme = "programmes/onboarding.toml";
    let modules = "programmes/new_leader_development.toml";
    let reminders = "reminders/onboarding.toml";
    let survey = "surveys/gathering_evaluation.toml";
    let groups = "programmes/leader_group_development.toml";
    let (levels, requirements) = ("levels.toml", "requirements.toml");
    let (context, values) = ("responsibilities/context.toml", "responsibilities/values.toml");
    let (conflicts, plan) = ("conflicts.toml", "plan.toml");
    let breakages = [
        (conflicts, "from = \"2020-01-01\"", "from = \"2020-13-01\""),
        (conflicts, "course_team = [\"line_manager\"]", ""),
        (conflicts, "course_team = [\"line_manager\"]", "course_team = [\"line_manager\", \"line_manager\"]"),
        (conflicts, "course_team = [\"line_manager\"]", "course_team = [\"manager\"]"),
        (conflicts, "endorser = [\"oneself\", \"nominator\", \"below\"]", "endorser = [\"same_unit\"]"),
        (conflicts, "reviewer =", "reviewers ="),
        (domains, "[[domain]]", "[[domain"),
        (domains, "key = \"context\"", "key = \"setting\""),
        (domains, "key = \"context\"", "key = \"values\""),
        (domains, "nn = \"Relasjonar\", ", ""),
        (domains, "nn = \"Relasjonar\"", "nn = \" \""),
        (programme, "key = \"onboarding\"", "key = \"welcome\""),
        (programme, "family = \"training\"", "famly = \"training\""),
        (programme, "version = 1\n", ""),
        (programme, "levels = [1, 2, 3, 4]", "levels = [1, 2, 3, 5]"),
        (programme, "levels = [1, 2, 3, 4]", "levels = [4, 4]"),
        (
            programme,
            "leads_on_to = [\"new_leader_development\"]",
            "leads_on_to = [\"onboarding\", \"nothing\"]",
        ),
        (programme, "leads_on_to", "ects = 0\nleads_on_to"),
        (programme, "leads_on_to", "provider = { nb = \"BI\", nn = \"\", en = \"BI\" }\nleads_on_to"),
        (programme, "capacity = 25", "capacity = 0"),
        (programme, "capacity = 25", "capacity = -3"),
        (programme, "attend_at_least = 3", "attend_at_least = 5"),
        (programme, "week = 7", "week = 2"),
        (programme, "starts = \"12:15\"", "starts = \"11:15\""),
        (programme, "ends = \"15:30\"", "ends = \"15.30\""),
        (programme, "ends = \"15:30\"", "ends = \"15:00\""),
        (programme, "theme = \"communication\"", "theme = \"comunication\""),
        (programme, "[\"execution\"]", "[]"),
        (programme, "[\"values.culture\"", "[\"values.cultures\""),
        (programme, "requirements = [\"strategy_and_change\"]", "requirements = [\"strategy\"]"),
        (programme, "appointed_within_months = 12", "appointed_within_months = 0"),
        (programme, "excused_at_most = 1\n", "excused_at_most = 1\nevery_module = true\n"),
        (programme, "cohort = \"cohort_evaluation\"", "cohort = \"cohort_survey\""),
        (programme, "gathering = \"gathering_evaluation\"", "gatherings = \"gathering_evaluation\""),
        (groups, "standing = \"leader_group_standing\"", "standing = \"standing\""),
        (survey, "key = \"gathering_evaluation\"", "key = \"evaluation\""),
        (survey, "open_days = 10", "open_days = 1"),
        (survey, "remind_after_days = 3", "remind_after_days = 9"),
        (survey, "key = \"content\"", "key = \"useful\""),
        (survey, "key = \"content\"", "key = \"Content\""),
        (survey, "nn = \"Lite nyttig\"", "nn = \"\""),
        (survey, "nn = \"Lite nyttig\", ", ""),
        (modules, "appointed_within_months = 18", "appointed_within_months = 6"),
        (modules, "key = \"conflict\"", "key = \"cooperation\""),
        (modules, "key = \"conflict\"", "key = \"conflicts\""),
        (modules, "week = 0\nmodule = \"leadership\"", "week = 0\nmodule = \"conflict\""),
        (modules, "week = 0\nmodule = \"leadership\"", "week = 0"),
        (levels, "key = \"level_two\"", "key = \"level_one\""),
        (levels, "nn = \"Leiar for leiarar (nivå 3)\"\n", ""),
        (context, "key = \"context.setting\"", "key = \"execution.setting\""),
        (context, "key = \"context.setting\"", "key = \"context.voice\""),
        (context, "key = \"context.setting\"", "key = \"context.Setting\""),
        (context, "levels = [\"no_leading_role\"", "levels = [\"none\""),
        (context, "nn = \"Vere stemma til sjukehuset utetter.\"\n", ""),
        (context, "nn = \"Vere stemma til sjukehuset utetter.\"", "nn = \"\""),
        (context, "[[responsibility]]\nkey = \"context.voice\"", "[[duty]]\nkey = \"context.voice\""),
        (values, "levels = [\"no_leading_role\"]", "levels = []"),
        (values, "\"leads_leaders\", \"level_two\"]", "\"leads_leaders\", \"leads_leaders\"]"),
        (requirements, "primary = [\"execution\"]", "primary = [\"finance\"]"),
        (requirements, "primary = [\"execution\"]", "primary = []"),
        (requirements, "secondary = [\"transformation\"]", "secondary = [\"execution\"]"),
        (requirements, "key = \"role_model\"", "key = \"employer_role\""),
        (requirements, "\"execution.quality\"", "\"execution.qualty\""),
        (requirements, "\"execution.quality\"", "\"finance.budget\""),
        (requirements, "    \"context.link_to_owner\",\n    \"relations.involve\",\n", ""),
        (requirements, "nn = \"Førebilete\", ", ""),
        (plan, "key = \"budget\"", "key = \"invoices\""),
        (plan, "key = \"budget\"", "key = \"Budget\""),
        (plan, "theme = \"cooperation\"", "theme = \"teamwork\""),
        (plan, "domains = [\"execution\"]", "domains = []"),
        (plan, "domains = [\"execution\"]", "domains = [\"execution\", \"execution\"]"),
        (plan, "within_months = 3", "within_months = 0"),
        (plan, "kind = \"tool\"", "kind = \"hammer\""),
        (plan, "nn = \"Verksemdsplanen\"", "nn = \"\""),
        (
            plan,
            "title = { nb = \"Samarbeid på tvers\"",
            "gatherings = false\ntitle = { nb = \"Samarbeid på tvers\"",
        ),
        (reminders, "programme = \"onboarding\"", "programme = \"mentoring\""),
        (reminders, "programme = \"onboarding\"", "programm = \"onboarding\""),
        (reminders, "[[policy]]\nkey = \"answer_the_offer\"", "[[policy]]\nkey = \"welcome\""),
        (reminders, "key = \"welcome\"", "key = \"Welcome!\""),
        (reminders, "letter = \"welcome_new_leader\"", "letter = \"welcome\""),
        (reminders, "letter = \"welcome_new_leader\"", "letter = \"invitation\""),
        (reminders, "letter = \"welcome_new_leader\"", "letter = \"line_manager_notice\""),
        (reminders, "days = 3 }", "days = 0 }"),
        (reminders, "days = 3 }", "days = 3, on_closed_day = \"after\" }"),
        (reminders, "days = -14, on_closed_day = \"after\"", "days = -14"),
        (reminders, "days = -14,", "days = -1400,"),
        (reminders, "at = \"12:00\"", "at = \"12\""),
        (reminders, "condition = \"no_rsvp\"", "condition = \"unanswered\""),
        (reminders, "hours_after_due = 48", "hours_after_due = 0"),
        (
            reminders,
            "hours_after_due = 240, before_anchor = false",
            "hours_after_due = 240, before_anchor = true",
        ),
        (reminders, "mandatory = true\ncan_wait = false", "mandatory = false\ncan_wait = false"),
        (reminders, "mandatory = true\ncan_wait = false", "mandatory = true\ncan_wait = true"),
    ];
    let mut told = String::new();
    for (file, from, to) in breakages {
        let faults = faults_after(file, from, to);
        assert!(!faults.is_empty(), "{from} -> {to} went unnoticed");
        told.push_str(&format!("{from:?} -> {to:?}\n"));
        for fault in faults {
            told.push_str(&format!("    {fault}\n"));
        }
    }
    insta::assert_snapshot!(told);
}

#[test]
fn the_faults_of_all_files_come_in_one_go() {
    let files = [
        ("programmes/onboarding.toml", FILES[1].1.replace("capacity = 25", "capacity = 0")),
        ("reminders/onboarding.toml", FILES[2].1.replace("at = \"08:00\"", "at = \"8\"")),
        ("notes.txt", String::new()),
    ];
    let faults = Catalogue::parse(files.into_iter()).unwrap_err();
    let told: Vec<_> =
        faults.iter().map(|fault| format!("{}:{} {}", fault.file, fault.line, fault.key)).collect();
    assert_eq!(told.len(), 24, "{told:#?}");
    assert_eq!(told.iter().filter(|fault| fault.ends_with(".at")).count(), 8);
    for expected in ["domains.toml:1 (file)", "notes.txt:1 (file)"] {
        assert!(told.iter().any(|fault| fault == expected), "{told:#?}");
    }
}

#[test]
fn a_file_that_comes_twice_is_a_fault() {
    let twice = FILES.iter().copied().chain([("old/programmes/onboarding.toml", FILES[1].1)]);
    let faults = Catalogue::parse(twice).unwrap_err();
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].file, "programmes/onboarding.toml");
}

#[test]
fn programmes_and_policies_survive_being_stored_as_json() {
    let catalogue = catalogue();
    let programmes = serde_json::to_value(&catalogue.programmes).unwrap();
    let policies = serde_json::to_value(&catalogue.policies).unwrap();
    assert_eq!(serde_json::from_value::<Vec<_>>(programmes).ok(), Some(catalogue.programmes));
    assert_eq!(serde_json::from_value::<Vec<_>>(policies).ok(), Some(catalogue.policies));
}

/// Whoever adds a file of responsibilities for a domain that does not exist is told so.
#[test]
fn a_file_of_an_unknown_domain_is_a_fault() {
    let more = FILES.iter().copied().chain([("responsibilities/finance.toml", "")]);
    let told: Vec<_> = Catalogue::parse(more).unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(told, ["responsibilities/finance.toml:1: (file): there is no domain 'finance'"]);
}

/// The remedy is in the faulty file; those that point into it would only drown it.
#[test]
fn a_faulty_file_does_not_make_those_that_point_into_it_faulty() {
    let faults = faults_after("responsibilities/values.toml", "levels = [\"no_leading_role\"]", "");
    assert_eq!(faults.len(), 1, "{faults:#?}");
}

#[test]
fn what_does_not_go_together_in_a_programme_for_leader_groups_is_told_with_its_key() {
    let (change, top) = ("programmes/practical_change_management.toml", "programmes/top_leader_groups.toml");
    let mut told = String::new();
    for (file, from, to) in [
        (change, "follow_up_months = [3, 6, 12]", "follow_up_months = [3, 12, 6]"),
        (change, "follow_up_months = [3, 6, 12]", "follow_up_months = [0]"),
        (change, "follow_up_months = [3, 6, 12]", "follow_up_months = []"),
        (change, "follow_up_months = [3, 6, 12]", "follow_up_months = [1, 2, 3, 4, 5, 6, 7]"),
        (change, "change_case = true", "case = true"),
        (change, "[seats]", "[automatic]\nappointed_within_months = 6\n\n[seats]"),
        (change, "levels = [2, 3]", "without_appointment = true"),
        (
            top,
            "own_gatherings = true",
            "own_gatherings = true\n\n[[module]]\nkey = \"one\"\ntitle = { nb = \"a\", nn = \"a\", en = \"a\" }\nsummary = { nb = \"a\", nn = \"a\", en = \"a\" }",
        ),
    ] {
        let faults = faults_after(file, from, to);
        assert!(!faults.is_empty(), "{from} -> {to} went unnoticed");
        told.push_str(&format!("{from:?} -> {to:?}\n"));
        for fault in faults.iter().filter(|fault| !fault.key.starts_with("gathering[")) {
            told.push_str(&format!("    {fault}\n"));
        }
    }
    insta::assert_snapshot!(told);
}
