//! The means of groups of at least five.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, SimpleObject};
use varde_app::check_ins::{Figures, Means};
use varde_model::catalogue::{Domain, DomainText};

use crate::{relay, schema::Caller};

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
#[graphql(complex)]
pub struct DomainMeans {
    /// How many stand behind each figure.
    people: usize,
    /// The domains in their order.
    domains: Vec<DomainMean>,
    #[graphql(skip)]
    means: Means,
    #[graphql(skip)]
    texts: Arc<[DomainText]>,
}

#[ComplexObject]
impl DomainMeans {
    /// The same figures as an SVG drawing of six axes.
    async fn chart(&self, context: &Context<'_>) -> Option<String> {
        Some(self.means.drawn(Caller::of(context).locale(), &self.texts)?.svg("means"))
    }
}

impl DomainMeans {
    fn told(means: Means, texts: &Arc<[DomainText]>) -> Self {
        let one = |(domain, mean): (&Domain, &f64)| DomainMean { domain: domain.as_str(), mean: *mean };
        let domains = means.domains.iter().map(one).collect();
        Self { people: means.people, domains, texts: Arc::clone(texts), means }
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
        let texts: Arc<[DomainText]> = figures.domains.into();
        let unit = |(unit, unit_name, means): (varde_model::ids::UnitId, String, Means)| UnitMeans {
            unit_id: relay::encode("Unit", unit.0),
            unit_name,
            means: DomainMeans::told(means, &texts),
        };
        Self {
            trust: figures.trust.map(|means| DomainMeans::told(means, &texts)),
            units: figures.units.into_iter().map(unit).collect(),
            levels: figures
                .levels
                .into_iter()
                .map(|(levels, means)| LevelMeans {
                    levels: levels.into_iter().map(varde_model::people::Level::number).collect(),
                    means: DomainMeans::told(means, &texts),
                })
                .collect(),
        }
    }
}
