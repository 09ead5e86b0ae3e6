//! The schema as clients know it: a snapshot, and a description for everything in it.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use async_graphql::parser::{
    parse_schema,
    types::{InputValueDefinition, TypeKind, TypeSystemDefinition},
};
use varde_app::labels::label;
use varde_gateway::schema::sdl;
use varde_model::Locale;

/// A change of the schema is seen in review. Anything that a client may stand on is deprecated before it goes.
#[test]
fn the_schema_is_the_one_of_the_snapshot() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../graphql/schema.graphql");
    let known = std::fs::read_to_string(path).unwrap_or_default();
    let now = format!("{}\n", sdl().trim_end());
    let differs = known.lines().zip(now.lines()).find(|(known, now)| known != now);
    assert!(
        known == now,
        "the schema differs from graphql/schema.graphql (first at {differs:?}). If that is meant: \
         cargo run --bin varde -- schema > graphql/schema.graphql"
    );
}

/// Extracts of an object, which carry its id.
const EXTRACTS: [&str; 4] = ["CohortRoster", "PersonSummary", "RosterGathering", "Viewer"];

#[test]
fn whatever_has_an_id_is_found_by_it() {
    let mut lost = Vec::new();
    for definition in parse_schema(sdl()).unwrap().definitions {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let name = definition.node.name.node.to_string();
        if let TypeKind::Object(object) = definition.node.kind
            && object.fields.iter().any(|field| field.node.name.node == "id")
            && !object.implements.iter().any(|interface| interface.node == "Node")
        {
            lost.push(name);
        }
    }
    assert_eq!(lost, EXTRACTS);
}

#[test]
fn everything_in_the_schema_is_described() {
    let mut missing = Vec::new();
    for definition in parse_schema(sdl()).unwrap().definitions {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let definition = definition.node;
        let name = definition.name.node.to_string();
        let mut see = |described: bool, what: String| {
            if !described {
                missing.push(what);
            }
        };
        see(definition.description.is_some(), name.clone());
        let argument = |of: &str, argument: &InputValueDefinition| {
            (argument.description.is_some(), format!("{of}.{}", argument.name.node))
        };
        let fields = match definition.kind {
            TypeKind::Object(object) => object.fields,
            TypeKind::Interface(interface) => interface.fields,
            TypeKind::InputObject(input) => {
                for field in &input.fields {
                    let (described, what) = argument(&name, &field.node);
                    see(described, what);
                }
                Vec::new()
            }
            TypeKind::Enum(values) => {
                for value in values.values {
                    see(value.node.description.is_some(), format!("{name}.{}", value.node.value.node));
                }
                Vec::new()
            }
            TypeKind::Scalar | TypeKind::Union(_) => Vec::new(),
        };
        for field in fields {
            let of = format!("{name}.{}", field.node.name.node);
            see(field.node.description.is_some(), of.clone());
            for one in &field.node.arguments {
                let (described, what) = argument(&of, &one.node);
                see(described, what);
            }
        }
    }
    assert!(missing.is_empty(), "without a description: {missing:#?}");
}

/// Screens and spreadsheets show words, not the names that programs use.
#[test]
fn every_enum_value_has_a_label_in_three_languages() {
    let mut missing = Vec::new();
    for definition in parse_schema(sdl()).unwrap().definitions {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let name = definition.node.name.node.to_string();
        let TypeKind::Enum(values) = definition.node.kind else { continue };
        for value in values.values {
            let value = value.node.value.node.to_string();
            let labels = Locale::ALL.map(|locale| label(locale, &name, &value));
            if labels.iter().any(|label| label.as_ref().is_none_or(|label| label.contains('{'))) {
                missing.push(format!("{name}.{value}: {labels:?}"));
            }
        }
    }
    assert!(missing.is_empty(), "without a label in config/locales/*/enums.ftl: {missing:#?}");
}

/// A text whose key is unknown, or whose values are missing, is no description.
#[test]
fn descriptions_are_whole() {
    let sdl = sdl();
    for sign in ["Unknown localization", "{ $", "(  )", "( )"] {
        assert!(!sdl.contains(sign), "the schema says {sign:?}");
    }
}

/// Mutations about which nothing can be said.
const WITHOUT_INPUT: [&str; 1] = ["signOut"];
/// Mutations that seat somebody or send mail, and so can be sent again safely.
const KEYED: &[&str] = &[
    "openCompetencePlans",
    "renewCompetencePlans",
    "openCheckInCycle",
    "remindLateCheckIns",
    "assignSupporter",
    "enrolLeaderGroup",
    "changeLeaderGroup",
    "changeLeaderGroupMembers",
    "editLeaderGroup",
    "answerGroupInvitation",
    "nominate",
    "editNomination",
    "reopenEndorsement",
    "sendOutcomes",
    "createCohort",
    "upsertCohort",
    "editCohort",
    "publishCohort",
    "completeCohort",
    "cancelCohort",
    "addGathering",
    "editGathering",
    "cancelGathering",
    "enrolLeaders",
    "inviteLeaders",
    "moveEnrolment",
    "changeEnrolment",
    "answerInvitation",
    "askForPlace",
    "requeueMails",
    "setSending",
    "importPeople",
    "endEmployment",
    "recordAttendance",
    "recordGatheringAnswer",
];
/// Mutations that import, publish, move or mail, and so can be tried first.
const TRIED: &[&str] = &[
    "openCompetencePlans",
    "renewCompetencePlans",
    "openCheckInCycle",
    "remindLateCheckIns",
    "makeContracts",
    "renewContracts",
    "publishFramework",
    "assignSupporter",
    "enrolLeaderGroup",
    "changeLeaderGroup",
    "changeLeaderGroupMembers",
    "editLeaderGroup",
    "answerGroupInvitation",
    "nominate",
    "editNomination",
    "reopenEndorsement",
    "sendOutcomes",
    "editCohort",
    "publishCohort",
    "completeCohort",
    "cancelCohort",
    "addGathering",
    "editGathering",
    "cancelGathering",
    "enrolLeaders",
    "inviteLeaders",
    "moveEnrolment",
    "changeEnrolment",
    "answerInvitation",
    "askForPlace",
    "requeueMails",
    "setSending",
    "importPeople",
    "proposeNewLeaders",
    "loadCatalogue",
    "publishProgramme",
    "publishConflictRules",
    "changeReminderPolicy",
    "addClosedDay",
    "removeClosedDay",
    "endEmployment",
    "recordAttendance",
];

/// What callers may count on of every mutation.
#[test]
fn every_mutation_takes_one_input_and_the_costly_ones_a_key_and_a_dry_run() {
    let (mut inputs, mut mutations) = (BTreeMap::new(), Vec::new());
    for definition in parse_schema(sdl()).unwrap().definitions {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let name = definition.node.name.node.to_string();
        match definition.node.kind {
            TypeKind::InputObject(input) => {
                let fields: Vec<_> =
                    input.fields.iter().map(|field| field.node.name.node.to_string()).collect();
                inputs.insert(name, fields);
            }
            TypeKind::Object(object) if name == "Mutation" => mutations = object.fields,
            _ => {}
        }
    }
    let (mut keyed, mut tried) = (BTreeSet::new(), BTreeSet::new());
    for mutation in mutations {
        let name = mutation.node.name.node.to_string();
        let arguments = &mutation.node.arguments;
        if WITHOUT_INPUT.contains(&name.as_str()) {
            assert!(arguments.is_empty(), "{name}");
            continue;
        }
        assert_eq!(arguments.len(), 1, "{name}");
        assert_eq!(arguments[0].node.name.node, "input", "{name}");
        let input = arguments[0].node.ty.node.to_string();
        let fields = &inputs[input.trim_end_matches('!')];
        let has = |wanted: &str| fields.iter().any(|field| field == wanted);
        if has("idempotencyKey") {
            keyed.insert(name.clone());
        }
        if has("dryRun") {
            tried.insert(name);
        }
    }
    assert_eq!(keyed, KEYED.iter().map(ToString::to_string).collect());
    assert_eq!(tried, TRIED.iter().map(ToString::to_string).collect());
}

/// Why, since when, and what instead: `Since 2027-02-01; use `other` instead.`
fn tells_enough(reason: &str) -> bool {
    let dated = reason.split(|sign: char| !(sign.is_ascii_digit() || sign == '-')).any(|word| {
        let parts: Vec<usize> = word.split('-').map(str::len).collect();
        parts == [4, 2, 2]
    });
    dated && reason.split('`').nth(1).is_some_and(|instead| !instead.is_empty())
}

#[test]
fn what_is_deprecated_says_since_when_and_what_to_use_instead() {
    assert!(tells_enough("Since 2027-02-01; use `appointedFrom` instead."));
    assert!(!tells_enough("Use `appointedFrom`.") && !tells_enough("Since 2027-02-01."));
    let sdl = sdl();
    let marks: Vec<&str> = sdl.lines().filter(|line| line.contains("@deprecated")).collect();
    let mute: Vec<&&str> = marks.iter().filter(|line| !tells_enough(line)).collect();
    assert!(mute.is_empty(), "deprecated without date or replacement: {mute:#?}");
}
