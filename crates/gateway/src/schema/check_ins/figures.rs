//! The means of groups of at least five.

use async_graphql::{ID, SimpleObject};
use varde_app::check_ins::{Figures, Means};
use varde_model::catalogue::Domain;

use crate::relay;

/// A mean in a domain.
#[derive(Clone, Debug, SimpleObject)]
pub struct DomainMean {
    /// The key of the domain (kompetanseområde), such as `execution`; `responsibilities` tells its name.
    domain: &'static str,
    /// Between 1 and 4, rounded to one decimal; never told beyond 1.2 and 3.8.
    mean: f64,
}

/// How a group of at least five stands.
#[derive(Clone, Debug, SimpleObject)]
pub struct DomainMeans {
    /// How many stand behind each figure.
    people: usize,
    /// The domains in their order.
    domains: Vec<DomainMean>,
}

impl From<Means> for DomainMeans {
    fn from(means: Means) -> Self {
        let one = |(domain, mean): (Domain, f64)| DomainMean { domain: domain.as_str(), mean };
        Self { people: means.people, domains: means.domains.into_iter().map(one).collect() }
    }
}

/// How the leaders of a unit and the units below it stand.
#[derive(Clone, Debug, SimpleObject)]
pub struct UnitMeans {
    /// The unit.
    unit_id: ID,
    /// What it is called.
    unit_name: String,
    /// How they stand.
    means: DomainMeans,
}

/// How the leaders at some levels stand.
#[derive(Clone, Debug, SimpleObject)]
pub struct LevelMeans {
    /// The levels, 1 to 4: several where they may not be shown apart.
    levels: Vec<u8>,
    /// How they stand.
    means: DomainMeans,
}

/// The figures of a cycle that may be shown.
#[derive(Clone, Debug, SimpleObject)]
pub struct CheckInFigures {
    /// The whole trust; null below five.
    trust: Option<DomainMeans>,
    /// Units that may be shown, by name.
    units: Vec<UnitMeans>,
    /// Levels; empty where they may not be shown apart.
    levels: Vec<LevelMeans>,
}

impl From<Figures> for CheckInFigures {
    fn from(figures: Figures) -> Self {
        let unit = |(unit, unit_name, means): (varde_model::ids::UnitId, String, Means)| UnitMeans {
            unit_id: relay::encode("Unit", unit.0),
            unit_name,
            means: means.into(),
        };
        Self {
            trust: figures.trust.map(Into::into),
            units: figures.units.into_iter().map(unit).collect(),
            levels: figures
                .levels
                .into_iter()
                .map(|(levels, means)| LevelMeans {
                    levels: levels.into_iter().map(varde_model::people::Level::number).collect(),
                    means: means.into(),
                })
                .collect(),
        }
    }
}
