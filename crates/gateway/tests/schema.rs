//! The schema as clients know it: a snapshot, and a description for everything in it.

use std::path::Path;

use async_graphql::parser::{
    parse_schema,
    types::{InputValueDefinition, TypeKind, TypeSystemDefinition},
};
use varde_gateway::schema::sdl;

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
