//! The rules of the house that can be read off the manifests and the files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use cargo_metadata::{CargoOpt, DependencyKind, Metadata, MetadataCommand, Package};

/// Which crates of the workspace each may use, `varde-model` aside, which all may.
const MAY_USE: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("matching", &[]),
    ("auth", &[]),
    ("mail", &[]),
    ("documents", &[]),
    ("settings", &[]),
    ("migrations", &[]),
    ("persistence", &["migrations"]),
    ("app", &["matching", "auth", "documents", "persistence"]),
    ("scheduler", &["app", "mail"]),
    ("gateway", &["app"]),
    ("pages", &["app"]),
    ("throwaway-postgres", &[]),
];

/// The server wires everything; tests and tools look at everything.
const FREE: &[&str] = &["server", "testkit", "tests", "bench", "xtask"];

/// Whoever else wants data asks `persistence`.
const MAY_SPEAK_SQL: &[&str] = &["persistence", "migrations", "testkit", "tests", "bench"];
const SQL: &[&str] = &["sea-orm", "sea-orm-migration", "sqlx"];

/// Crates without input or output, clock or randomness, and what would bring them in.
const PURE: &[&str] = &["model", "matching", "documents"];
const IMPURE: &[&str] =
    &["tokio", "rand", "getrandom", "reqwest", "axum", "tracing", "tempfile", "sea-orm", "sqlx"];
/// Parts of the standard library that would do so too.
const IMPURE_STD: &[&str] =
    &["std::fs", "std::net", "std::env", "std::process", "std::thread", "std::io::std", "std::os"];

/// Only in what a test needs, a crate may use these beside its own table.
const FOR_TESTS: &[&str] = &["testkit"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

fn metadata() -> Metadata {
    let mut command = MetadataCommand::new();
    command.manifest_path(root().join("Cargo.toml")).features(CargoOpt::AllFeatures);
    // What the product is built for; other systems' parts stand in the lock file too.
    command.other_options(
        ["--filter-platform", "x86_64-unknown-linux-gnu", "--offline", "--locked"].map(String::from),
    );
    command.exec().unwrap()
}

fn short(package: &Package) -> &str {
    package.name.strip_prefix("varde-").unwrap_or(&package.name)
}

fn uses(package: &Package, kind: DependencyKind) -> impl Iterator<Item = &str> {
    package.dependencies.iter().filter(move |it| it.kind == kind).map(|it| it.name.as_str())
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn each_crate_uses_only_those_below_it() {
    let mut faults = Vec::new();
    for package in metadata().workspace_packages() {
        let name = short(package);
        if FREE.contains(&name) {
            continue;
        }
        let Some((_, allowed)) = MAY_USE.iter().find(|(crate_name, _)| *crate_name == name) else {
            faults.push(format!("{name} stands in no table of this test: say what it may use"));
            continue;
        };
        for (kind, extra) in [(DependencyKind::Normal, &[][..]), (DependencyKind::Development, FOR_TESTS)] {
            for used in uses(package, kind).filter_map(|used| used.strip_prefix("varde-")) {
                if used != "model" && !allowed.contains(&used) && !extra.contains(&used) {
                    faults.push(format!("{name} may not use {used} ({kind})"));
                }
            }
        }
    }
    none(&faults);
}

#[test]
fn sql_is_spoken_only_where_data_is_kept() {
    let mut faults = Vec::new();
    for package in metadata().workspace_packages() {
        for kind in [DependencyKind::Normal, DependencyKind::Development, DependencyKind::Build] {
            for used in uses(package, kind).filter(|used| SQL.contains(used)) {
                if !MAY_SPEAK_SQL.contains(&short(package)) {
                    faults.push(format!("{} may not use {used}", package.name));
                }
            }
        }
    }
    none(&faults);
}

#[test]
fn the_rules_are_pure() {
    let mut faults = Vec::new();
    for package in
        metadata().workspace_packages().into_iter().filter(|package| PURE.contains(&short(package)))
    {
        for used in uses(package, DependencyKind::Normal).filter(|used| IMPURE.contains(used)) {
            faults.push(format!("{} is pure and may not use {used}", package.name));
        }
        let mut files = Vec::new();
        rust_files(&package.manifest_path.parent().unwrap().join("src").into_std_path_buf(), &mut files);
        assert!(!files.is_empty(), "{} has no files", package.name);
        for file in files {
            let code = std::fs::read_to_string(&file).unwrap();
            for used in IMPURE_STD.iter().filter(|used| code.contains(**used)) {
                faults.push(format!("{}: pure, and may not use {used}", file.display()));
            }
        }
    }
    none(&faults);
}

#[test]
fn one_tls_stack_is_built() {
    let metadata = metadata();
    let nodes = metadata.resolve.unwrap().nodes;
    let built: BTreeSet<_> = nodes.into_iter().map(|node| node.id).collect();
    let unwanted = ["aws-lc-rs", "aws-lc-sys", "openssl", "openssl-sys", "native-tls"];
    let found: Vec<_> = metadata.packages.iter().filter(|package| built.contains(&package.id)).collect();
    let found: Vec<_> = found.iter().map(|package| package.name.to_string()).collect();
    let faults: Vec<_> = found.into_iter().filter(|name| unwanted.contains(&name.as_str())).collect();
    none(&faults);
}

#[test]
fn every_dependency_stands_once_with_its_reason_and_is_used() {
    let text = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let (_, dependencies) = text.split_once("[workspace.dependencies]").unwrap();
    let dependencies = dependencies.split("\n[").next().unwrap();
    let lines = dependencies.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));

    let metadata = metadata();
    let members = metadata.workspace_packages();
    let used: BTreeSet<_> =
        members.iter().flat_map(|package| &package.dependencies).map(|it| &it.name).collect();
    let mut faults = Vec::new();
    for line in lines {
        let (name, rest) = line.split_once(" = ").unwrap();
        let own = name.starts_with("varde-");
        let reason = rest.split_once(" # ").map_or("", |(_, reason)| reason.trim());
        if !own && reason.len() < 5 {
            faults.push(format!("{name} has no reason after it"));
        }
        // The server is a program: nobody uses it as a library.
        if name != "varde-server" && !used.contains(&name.to_owned()) {
            faults.push(format!("{name} is used by no member"));
        }
    }
    for package in members {
        let manifest = std::fs::read_to_string(&package.manifest_path).unwrap();
        let sections = manifest.split("\n[").filter(|section| section.contains("dependencies]"));
        for line in sections.flat_map(str::lines).skip(1).filter(|line| line.contains('=')) {
            if !line.contains("workspace = true") {
                faults.push(format!("{}: `{line}` does not come from the workspace", package.name));
            }
        }
    }
    none(&faults);
}

#[test]
fn every_dependency_of_a_member_is_named_in_its_code() {
    let mut faults = Vec::new();
    for package in metadata().workspace_packages() {
        let folder = package.manifest_path.parent().unwrap();
        let mut files = Vec::new();
        rust_files(folder.as_std_path(), &mut files);
        let code: String = files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
        for dependency in &package.dependencies {
            let name = dependency.rename.as_ref().unwrap_or(&dependency.name).replace('-', "_");
            if !code.contains(&name) {
                faults.push(format!("{} does not use {}", package.name, dependency.name));
            }
        }
    }
    none(&faults);
}

#[test]
fn no_file_is_longer_than_four_hundred_lines() {
    let mut files = Vec::new();
    for folder in ["crates", "migrations", "tests"] {
        rust_files(&root().join(folder), &mut files);
    }
    assert!(files.len() > 100, "the walk found only {} files", files.len());
    let mut faults = Vec::new();
    for file in files {
        let lines = std::fs::read_to_string(&file).unwrap().lines().count();
        if lines > 400 {
            faults.push(format!("{}: {lines} lines", file.strip_prefix(root()).unwrap().display()));
        }
    }
    none(&faults);
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// What says how many rows an update touched: a count, or the rows themselves.
const COUNTED: &[&str] = &["one_row(", "rows_affected", "exec_with_returning("];

/// Updates that need not touch a row, by file and function, each with its reason.
const UNCOUNTED: &[(&str, &str, &str)] = &[
    ("accounts.rs", "set_locale", "a person may have no account"),
    ("links.rs", "ensure_many", "a link that lives long enough stays as it is"),
    ("links.rs", "prolong", "of these subjects, those with a live link that would end before"),
    ("operations.rs", "sign_of_life", "work that has ended stays as it is"),
    ("timers.rs", "postpone", "who has ended or cancelled it meanwhile was right"),
];

/// A row of another organisation, or one that is gone, is a fault and not an update of nothing.
#[test]
fn an_update_says_how_many_rows_it_touched() {
    let folder = root().join("crates/persistence/src");
    let mut files = Vec::new();
    rust_files(&folder, &mut files);
    let code: Vec<_> = files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    let functions = files.iter().zip(&code).flat_map(|(file, code)| {
        let file = file.strip_prefix(&folder).unwrap().to_str().unwrap();
        functions(code).into_iter().map(move |(name, text)| (file, name, text))
    });
    let functions: Vec<_> = functions.collect();
    // One that gives an update to its callers leaves the count to them.
    let begins = |text: &str| text.split(" {\n").next().is_some_and(|head| head.contains("UpdateMany<"));
    let begun = functions.iter().filter(|(_, _, text)| begins(text)).map(|(_, name, _)| format!("{name}("));
    let updates: Vec<String> = begun.chain(["update_many(".to_owned()]).collect();

    let (mut seen, mut uncounted, mut faults) = (0, BTreeSet::new(), Vec::new());
    for (file, name, text) in functions.iter().filter(|(_, _, text)| !begins(text)) {
        let mut places: Vec<usize> = updates.iter().flat_map(|update| calls(text, update)).collect();
        places.sort_unstable();
        seen += places.len();
        let ends = places.iter().skip(1).copied().chain([text.len()]);
        if places.iter().zip(ends).all(|(from, to)| COUNTED.iter().any(|it| text[*from..to].contains(it))) {
            continue;
        }
        uncounted.insert((*file, *name));
        if !UNCOUNTED.iter().any(|(in_file, function, _)| (in_file, function) == (file, name)) {
            faults.push(format!("{file}: {name} does not look at how many rows its update touched"));
        }
    }
    assert!(seen > 40, "only {seen} updates were found");
    let spent = UNCOUNTED.iter().filter(|(file, name, _)| !uncounted.contains(&(*file, *name)));
    faults.extend(spent.map(|(file, name, _)| format!("{file}: {name} need not be an exception any more")));
    none(&faults);
}

/// The functions of a file by name, each with its text up to the next one.
fn functions(code: &str) -> Vec<(&str, &str)> {
    let starts = calls(code, "fn ").into_iter().filter(|start| {
        let line = code[..*start].rsplit('\n').next().unwrap_or_default();
        line.split_whitespace().all(|word| word.starts_with("pub") || ["async", "const"].contains(&word))
    });
    let starts: Vec<usize> = starts.collect();
    let ends = starts.iter().skip(1).copied().chain([code.len()]);
    let name = |text: &'_ str| text[3..].find(|sign: char| !is_of_a_name(sign)).map_or(3, |end| end + 3);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| &code[*start..end])
        .map(|text| (&text[3..name(text)], text))
        .collect()
}

/// Where a text stands as a word of its own: not as the end of a longer one, nor as a method of that name.
fn calls(code: &str, text: &str) -> Vec<usize> {
    let places = code.match_indices(text).map(|(place, _)| place);
    places.filter(|place| !code[..*place].ends_with(|sign| sign == '.' || is_of_a_name(sign))).collect()
}

fn is_of_a_name(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}
