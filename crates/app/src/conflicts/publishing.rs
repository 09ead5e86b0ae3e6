//! Rules of conflicts of interest that a trust writes itself: `conflicts.toml` of the catalogue as a text, checked, compared
//! with what counts on its first day, and published. What counted before stays readable.

use chrono::{DateTime, Utc};
use serde_json::json;
use varde_model::{
    catalogue::{Catalogue, Difference},
    conflicts::{ConflictRules, Constellation, RuleSet},
    ids::OrganisationId,
};
use varde_persistence::{
    Conn,
    conflicts::{self as stored, StoredRules},
    organisations,
};

use super::{Looked, shipped, standing};
use crate::{
    Code, Ctx, Error, Refusal, Result,
    access::{Administrator, Coordinator},
    audit::{self, Deed},
    catalogue::reference_files,
    cohorts::settle,
    idempotency::Kept,
};

/// The longest file that is read, in bytes: ten times the one that comes with the product.
const LONGEST: usize = 20_000;

/// The name of the file.
const FILE: &str = "conflicts.toml";

/// A set of rules to publish.
#[derive(Clone, Debug, Default)]
pub struct PublishRules {
    /// The set as `conflicts.toml` of the catalogue writes it; its `from` says from which day it counts.
    pub source: String,
    /// The version that the caller saw, 0 where the trust has published none; None for whichever stands.
    pub version: Option<u32>,
    /// Keep nothing.
    pub dry_run: bool,
}

/// What publishing comes to.
#[derive(Clone, Debug)]
pub struct PublishedRules {
    /// The set with its version.
    pub published: History,
    /// What looking again at the constellations that stand found, or settled.
    pub looked: Looked,
}

/// A set of rules that counts, or counted, from a day on.
#[derive(Clone, Debug)]
pub struct History {
    /// 0 for what comes with the product, 1 for the trust's first.
    pub version: u32,
    /// What it says.
    pub set: RuleSet,
    /// When the trust published it; None for what comes with the product.
    pub published_at: Option<DateTime<Utc>>,
    /// Whether it is the one that counts today.
    pub counts_today: bool,
    /// What differs from the version before.
    pub changes: Vec<Difference>,
}

/// Publishes a set of rules, and looks again at every constellation that stands. The same text twice is published once.
///
/// # Errors
/// Refused: each fault of the file with line and key; another version was published since the one that the caller saw.
pub async fn publish(ctx: &Ctx, right: &Administrator, input: &PublishRules) -> Result<PublishedRules> {
    let org = right.org();
    let set = checked(&input.source)?;
    let tx = ctx.store().write().await?;
    organisations::lock(&tx, org).await?;
    let all = stored::rules(&tx, org).await?;
    let stands = all.last().map_or(0, |last| last.version);
    if input.version.is_some_and(|seen| seen != stands) {
        return Err(Refusal::new(Code::Conflict).at("version").into());
    }
    let before = match all.last() {
        Some(last) => serde_json::from_value(last.definition.clone()).map_err(Error::internal)?,
        None => shipped()?,
    };
    let mut looked = Looked::default();
    if before != set {
        let new = StoredRules {
            id: ctx.new_id(),
            version: stands + 1,
            definition: serde_json::to_value(&set).map_err(Error::internal)?,
            published_at: ctx.now,
        };
        stored::insert_rules(&tx, org, &new).await?;
        let changed: Vec<String> = differences(&before, &set).into_iter().map(|change| change.key).collect();
        let detail = json!({ "version": new.version, "from": set.from, "changed": changed });
        let deed = Deed::on("conflict_rules.publish", new.id);
        audit::record(ctx, &tx, org, right.actor(), deed, detail).await?;
        looked = standing::look_again_in(ctx, &tx, org, right.actor()).await?;
    }
    let published = all_sets(ctx, &tx, org).await?.pop();
    let published = published.ok_or_else(|| Error::internal("no rules of conflicts of interest"))?;
    settle(ctx, org, tx, input.dry_run, &Kept::default()).await?;
    Ok(PublishedRules { published, looked })
}

/// The set in a file, or every fault of it.
fn checked(source: &str) -> Result<RuleSet> {
    if source.len() > LONGEST {
        return Err(Refusal::new(Code::TooLong).at("source").with("max", LONGEST).into());
    }
    let others = reference_files().filter(|(path, _)| path != FILE);
    let read = Catalogue::parse(others.chain([(FILE.to_owned(), source.to_owned())]));
    let refusal = |fault: &varde_model::catalogue::CatalogueFault| {
        Refusal::new(Code::FaultInFile)
            .at("source")
            .with("line", fault.line)
            .with("value", &fault.key)
            .with("hint", &fault.message)
    };
    let read = read.map_err(|faults| Error::Refused(faults.iter().map(refusal).collect()))?;
    Ok(read.conflicts)
}

fn differences(before: &RuleSet, after: &RuleSet) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut compare = |key: &str, before: String, after: String| {
        if before != after {
            let said = |text: String| Some(text).filter(|text| !text.is_empty());
            found.push(Difference { key: key.to_owned(), before: said(before), after: said(after) });
        }
    };
    compare("from", before.from.to_string(), after.from.to_string());
    for constellation in Constellation::ALL {
        let said = |set: &RuleSet| {
            let names: Vec<_> =
                set.forbidden(*constellation).iter().map(|relation| relation.as_str()).collect();
            names.join(", ")
        };
        compare(constellation.as_str(), said(before), said(after));
    }
    found
}

/// Every set of rules that a trust has had, newest first: the last one is what comes with the product.
///
/// # Errors
/// The database refused.
pub async fn history(ctx: &Ctx, right: &Coordinator) -> Result<Vec<History>> {
    let mut sets = all_sets(ctx, ctx.store(), right.org()).await?;
    sets.reverse();
    Ok(sets)
}

/// Every set, oldest first.
async fn all_sets(ctx: &Ctx, conn: &impl Conn, org: OrganisationId) -> Result<Vec<History>> {
    let first = (0, None, shipped()?);
    let mut sets = vec![first];
    for own in stored::rules(conn, org).await? {
        let set: RuleSet = serde_json::from_value(own.definition).map_err(Error::internal)?;
        sets.push((own.version, Some(own.published_at), set));
    }
    let today = super::today(ctx, conn, org).await?;
    let counts = ConflictRules::new(sets.iter().map(|(_, _, set)| set.clone()).collect());
    let counts = counts.on(today).cloned();
    // Of two that say the same the later one counts.
    let last = sets.iter().rposition(|(_, _, set)| Some(set) == counts.as_ref());
    let mut told: Vec<History> = Vec::with_capacity(sets.len());
    for (index, (version, published_at, set)) in sets.into_iter().enumerate() {
        let changes = told.last().map(|before| differences(&before.set, &set)).unwrap_or_default();
        told.push(History { version, set, published_at, counts_today: last == Some(index), changes });
    }
    Ok(told)
}
