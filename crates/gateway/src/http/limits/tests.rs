//! Hostile documents are refused in linear time, good ones pass.

use async_graphql::parser::parse_query;
use async_graphql::{Schema, Variables};

use super::{Cost, Limits, shape, tokens};
use crate::http::types::Types;

const SCHEMA: &str = "
    type Query { viewer: Person unit: Unit cohorts(first: Int, last: Int): CohortConnection! nodes(ids: [ID!]!): [Node]! }
    interface Node { id: ID! }
    type Person implements Node { id: ID! email: String }
    type Unit implements Node { id: ID! parent: Unit children: [Unit!]! }
    type PageInfo { hasNextPage: Boolean! }
    type CohortConnection { edges: [CohortEdge!]! nodes: [Cohort!]! pageInfo: PageInfo! }
    type CohortEdge { node: Cohort! }
    type Cohort implements Node { id: ID! gatherings: [Gathering!]! enrolments(first: Int): EnrolmentConnection! }
    type Gathering { cohort: Cohort! rooms: [String!]! }
    type EnrolmentConnection { nodes: [Enrolment!]! pageInfo: PageInfo! }
    type Enrolment { id: ID! person: Person! }
";

fn refusal(text: &str) -> Option<String> {
    let limits = Limits::default();
    if let Err(message) = tokens::check(text, &limits) {
        return Some(message);
    }
    let document = parse_query(text).unwrap();
    shape::check(&document, &limits).err().map(|refused| refused.message)
}

/// Fragments that each spread the next one twice.
fn doubling(levels: usize) -> String {
    let mut text = "query { x { ...F0 } } ".to_owned();
    for level in 0..levels {
        text += &format!("fragment F{level} on Query {{ ...F{} ...F{} }} ", level + 1, level + 1);
    }
    text + &format!("fragment F{levels} on Query {{ __typename }}")
}

#[test]
fn thirty_levels_of_doubling_fragments_are_refused_at_once() {
    let text = doubling(30);
    assert!(text.len() < 2_000);
    let refused = refusal(&text).unwrap();
    assert!(refused.contains("expanded"), "{refused}");
}

#[test]
fn twenty_thousand_levels_of_nesting_do_not_reach_the_parser() {
    for (open, close) in [("{a", "}"), ("{a(b:[", "])}"), ("{a(b:{c:", "})}"), ("[", "]"), ("(", ")")] {
        let text = format!("{}{}", open.repeat(20_000), close.repeat(20_000));
        assert!(refusal(&text).unwrap().contains("nested too deep"), "{open}");
    }
}

#[test]
fn a_long_chain_of_fragments_does_not_overflow_the_stack() {
    let mut text = "{ ...F0 } ".to_owned();
    for level in 0..1_500 {
        text += &format!("fragment F{level} on Query {{ ...F{} }} ", level + 1);
    }
    text += "fragment F1500 on Query { __typename }";
    let refused = refusal(&text).unwrap();
    assert!(refused.contains("nested too deep"), "{refused}");
}

#[test]
fn aliases_directives_duplicates_and_root_fields_are_bounded() {
    let aliases: String = (0..4_000).map(|n| format!("a{n}: __typename ")).collect();
    assert!(refusal(&format!("{{ {aliases} }}")).unwrap().contains("aliases"));
    let directives = "@include(if: true) ".repeat(2_000);
    assert!(refusal(&format!("{{ __typename {directives} }}")).unwrap().contains("directives"));
    let many = "@a ".repeat(10_000);
    assert!(refusal(&format!("query {many} {{ __typename }}")).is_some());
    assert!(refusal(&format!("{{ {} }}", "a ".repeat(5_000))).unwrap().contains("repeats"));
    let roots: String = (0..200).map(|n| format!("f{n} ")).collect();
    assert!(
        refusal(&format!("{{ ...R }} fragment R on Query {{ {roots} }}")).unwrap().contains("at its top")
    );
    assert!(refusal(&format!("{{ {} }}", "name ".repeat(30_000))).unwrap().contains("tokens"));
}

#[test]
fn cycles_are_named() {
    let text = "{ ...A } fragment A on Query { ...B } fragment B on Query { x { ...A } }";
    assert!(refusal(text).unwrap().contains("spreads itself"));
}

#[test]
fn a_forged_file_reference_is_refused() {
    assert!(refusal(r##"mutation { import(file: "#__graphql_file__:7") }"##).unwrap().contains("file"));
    assert!(
        refusal(r##"mutation { import(in: {a: ["\u0023__graphql_file__:7"]}) }"##).unwrap().contains("file")
    );
    assert!(refusal(r##"mutation($f: Upload = "#__graphql_file__:7") { import(file: $f) }"##).is_some());
}

#[test]
fn strings_and_comments_hide_nothing_and_cost_one_token() {
    let limits = Limits { tokens: 6, nesting: 2, ..Limits::default() };
    assert_eq!(tokens::check("{ a } # {{{{{{ [[[[", &limits), Ok(()));
    assert_eq!(tokens::check(r#"{ a(b: "{{{\"[[[[")"#, &limits).map_err(|_| ()), Err(()));
    assert_eq!(tokens::check(r#"{ "{{{\"[[[[" }"#, &limits), Ok(()));
    assert_eq!(tokens::check(r#"{ """ {{{ " \""" [[[ """ }"#, &limits), Ok(()));
    assert_eq!(tokens::check("\"unterminated {{{", &limits), Ok(()));
    assert_eq!(tokens::check("\"\\", &limits), Ok(()));
    assert!(tokens::check("\"closed by the line\n{{{", &limits).is_err());
}

#[test]
fn the_usual_introspection_query_passes() {
    let text = include_str!("../../../tests/data/introspection.graphql");
    assert_eq!(refusal(text), None);
    let cost = cost(text, &[]);
    assert_eq!(cost.depth, 15);
    assert!(cost.check(&Limits::default()).is_ok());
}

fn cost(text: &str, variables: &[(&str, i32)]) -> Cost {
    let document = parse_query(text).unwrap();
    let operation = shape::operation(&document, None).unwrap();
    let variables: serde_json::Map<_, _> =
        variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect();
    Cost::of(&document, &operation.node, &Variables::from_json(variables.into()), &Types::of_sdl(SCHEMA))
}

#[test]
fn the_cost_counts_pages() {
    let page =
        |first: &str| format!("query($n: Int = 7) {{ cohorts{first} {{ edges {{ node {{ id }} }} }} }}");
    assert_eq!(cost(&page(""), &[]), Cost { complexity: 1 + 25 * 3, depth: 4 });
    assert_eq!(cost(&page("(first: 10)"), &[]).complexity, 1 + 10 * 3);
    assert_eq!(cost(&page("(last: 2)"), &[]).complexity, 1 + 2 * 3);
    assert_eq!(cost(&page("(first: $n)"), &[]).complexity, 1 + 7 * 3);
    assert_eq!(cost(&page("(first: $n)"), &[("n", 50)]).complexity, 1 + 50 * 3);
    assert_eq!(cost("{ nodes(ids: [\"a\", \"b\"]) { id } }", &[]).complexity, 3);
    assert_eq!(cost("{ viewer { id ...V } } fragment V on Person { email }", &[]).complexity, 3);
}

#[test]
fn lists_count_wherever_they_stand() {
    assert_eq!(cost("{ unit { children { id } } }", &[]).complexity, 2 + 10);
    assert_eq!(
        cost("{ cohorts(first: 2) { nodes { gatherings { rooms } } } }", &[]).complexity,
        1 + 2 * (2 + 10)
    );
    let plain = cost("{ cohorts { nodes { id } pageInfo { hasNextPage } } }", &[]);
    for hidden in [
        "{ cohorts { ...F } } fragment F on CohortConnection { nodes { id } pageInfo { hasNextPage } }",
        "{ ...Q } fragment Q on Query { cohorts { ... { ... on CohortConnection { nodes { ...C } } } pageInfo { hasNextPage } } } fragment C on Node { id }",
    ] {
        assert_eq!(cost(hidden, &[]), plain, "{hidden}");
    }
    let circle = "{ unit { children { parent { children { parent { children { parent { children { parent { children { parent { children { parent { id } } } } } } } } } } } } } }";
    for circle in [
        circle.to_owned(),
        "{ unit { ...A } } fragment A on Unit { children { parent { ...B } } } fragment B on Unit { children { parent { ...C } } }
         fragment C on Unit { children { parent { children { parent { ... on Node { ... on Unit { children { parent { children { id } } } } } } } } } }".to_owned(),
        "{ cohorts { nodes { gatherings { cohort { gatherings { cohort { gatherings { cohort { gatherings { rooms } } } } } } } } } }".to_owned(),
    ] {
        let refused = cost(&circle, &[]).check(&Limits::default()).unwrap_err();
        assert!(refused.contains("at most 20000"), "{refused}");
    }
}

#[test]
fn introspection_that_goes_round_in_circles_is_refused() {
    let circle = |levels: usize| {
        let open = "possibleTypes { interfaces { ".repeat(levels);
        format!("{{ __type(name: \"Node\") {{ {open} name {} }} }}", "} } ".repeat(levels))
    };
    assert_eq!(refusal(&circle(1)), None);
    for text in [
        circle(2),
        circle(6),
        "{ __schema { types { ...A } } } fragment A on __Type { fields { type { ...B } } }
         fragment B on __Type { inputFields { type { ... { a: interfaces { name } } } } }".to_owned(),
        "{ ...Q } fragment Q on Query { __schema { queryType { fields { args { type { fields { args { type { inputFields { name } } } } } } } } } }".to_owned(),
    ] {
        let refused = refusal(&text).unwrap();
        assert!(refused.contains("in circles"), "{refused}");
    }
    assert_eq!(
        refusal("{ a { fields { interfaces { fields { possibleTypes { id } } } } } }"),
        None,
        "no introspection"
    );
}

#[test]
fn every_operation_of_the_library_is_well_within_the_limits() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../graphql/operations");
    let types = Types::of_sdl(&crate::schema::sdl());
    let mut seen = 0;
    for file in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if file.extension().is_some_and(|extension| extension == "graphql") {
            let text = std::fs::read_to_string(&file).unwrap();
            assert_eq!(refusal(&text), None, "{}", file.display());
            let document = parse_query(&text).unwrap();
            let operation = shape::operation(&document, None).unwrap();
            let cost = Cost::of(&document, &operation.node, &Variables::default(), &types);
            assert!(cost.complexity < 10_000, "{}: {cost:?}", file.display());
            seen += 1;
        }
    }
    assert!(seen > 50);
}

/// Its size is that of the schema; the budget must leave room for the schema to grow.
#[tokio::test]
async fn the_usual_introspection_query_takes_half_the_budget_at_most() {
    let limits = Limits { answered_fields: Limits::default().answered_fields / 2, ..Limits::default() };
    let schema = Schema::build(
        crate::schema::Query::default(),
        crate::schema::Mutation::default(),
        crate::schema::Subscription::default(),
    );
    let answer = limits
        .apply(schema)
        .finish()
        .execute(include_str!("../../../tests/data/introspection.graphql"))
        .await;
    assert!(answer.errors.is_empty(), "{:?}", answer.errors);
}

#[test]
fn a_page_of_pages_is_refused_with_the_figures() {
    let text =
        "{ cohorts(first: 100) { nodes { enrolments(first: 100) { nodes { id person { email } } } } } }";
    let refused = cost(text, &[]).check(&Limits::default()).unwrap_err();
    assert!(refused.contains("40201") || refused.contains("at most 20000"), "{refused}");
}
