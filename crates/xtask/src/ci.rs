//! What must hold before a change is merged. Every step runs, so that one look shows all that is wrong.

use anyhow::{Context, Result, bail};

use crate::step::{self, Cargo};
use crate::suite::{self, Profile};

pub(crate) fn run() -> Result<()> {
    let format = Cargo::new(["fmt", "--all", "--check"]);
    let clippy = Cargo::new(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]);
    let doc = Cargo::new(["doc", "--workspace", "--no-deps", "--quiet"]).env("RUSTDOCFLAGS", "-D warnings");
    let outcomes = [
        ("format", step::run("format", format)),
        ("clippy", step::run("clippy", clippy)),
        ("documentation", step::run("documentation", doc)),
        ("GraphQL schema", step::timed("GraphQL schema", schema_is_the_snapshot)),
        ("tests", suite::run(&[], Profile::Ci)),
    ];
    let failed: Vec<_> =
        outcomes.iter().filter(|(_, outcome)| outcome.is_err()).map(|(name, _)| *name).collect();
    for (name, outcome) in &outcomes {
        if let Err(error) = outcome {
            println!("{name}: {error:#}");
        }
    }
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    println!("everything holds");
    Ok(())
}

fn schema_is_the_snapshot() -> Result<()> {
    let printed =
        Cargo::new(["run", "--quiet", "--package", "varde-server", "--bin", "varde", "--", "schema"])
            .output()?;
    let path = step::root().join("graphql/schema.graphql");
    let kept = std::fs::read_to_string(&path).context("reading graphql/schema.graphql")?;
    if printed.trim_end() != kept.trim_end() {
        let line = printed.lines().zip(kept.lines()).position(|(one, other)| one != other);
        let line = line.unwrap_or_else(|| printed.lines().count().min(kept.lines().count())) + 1;
        bail!(
            "graphql/schema.graphql differs from what `varde schema` prints, from line {line} on. If the change is \
             meant: cargo run --package varde-server --bin varde -- schema > graphql/schema.graphql"
        );
    }
    Ok(())
}
