//! Profiles drawn as a chart, with their figures in words: the same on the page, in the document and through GraphQL.

use varde_documents::{Chart, MOST_SERIES, Series};
use varde_model::{
    Locale,
    catalogue::{Domain, DomainText},
    check_in::profile::Profile,
};

use super::{figures::Means, years::DomainProfile};
use crate::texts::{text, text_with};

/// Figures in rows: a domain a row, a series a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureTable {
    /// What each column is about.
    pub head: Vec<String>,
    /// The domains with their figures.
    pub rows: Vec<Vec<String>>,
}

/// A chart with its table.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    pub(super) chart: Chart,
    /// The same figures.
    pub table: FigureTable,
}

impl Drawn {
    /// The chart as SVG; `id` tells it from others on a page.
    pub fn svg(&self, id: &str) -> String {
        self.chart.svg(id)
    }

    fn of(locale: Locale, domains: &[DomainText], lines: &[(String, &Profile)]) -> Option<Self> {
        if lines.is_empty() {
            return None;
        }
        let lines = &lines[..lines.len().min(MOST_SERIES)];
        let names = || lines.iter().map(|(name, _)| name.clone());
        let figure = |profile: &Profile, domain: Domain| profile.get(&domain).copied();
        let series = |(name, profile): &(String, &Profile)| Series {
            name: name.clone(),
            values: domains.iter().map(|domain| figure(profile, domain.key)).collect(),
        };
        let row = |domain: &DomainText| {
            let figures = lines.iter().map(|(_, profile)| {
                figure(profile, domain.key)
                    .map_or_else(|| "–".to_owned(), |figure| one_decimal(locale, figure))
            });
            std::iter::once(domain.title.get(locale).to_owned()).chain(figures).collect()
        };
        let shown = names().collect::<Vec<_>>().join("; ");
        Some(Self {
            chart: Chart {
                title: text(locale, "check-in-profile"),
                description: text_with(locale, "check-in-profile-described", &[("shown", shown)]),
                axes: domains.iter().map(|domain| domain.title.get(locale).to_owned()).collect(),
                series: lines.iter().map(series).collect(),
            },
            table: FigureTable {
                head: std::iter::once(text(locale, "check-in-profile-domain")).chain(names()).collect(),
                rows: domains.iter().map(row).collect(),
            },
        })
    }
}

impl DomainProfile {
    /// The years laid over one another, the latest first; None where there is no figure yet.
    pub fn drawn(&self, locale: Locale) -> Option<Drawn> {
        let mut lines = Vec::new();
        for (place, year) in self.years.iter().enumerate() {
            // Earlier years as the leader saw them: one line each, so that they can be told apart.
            let both = [("check-in-profile-leader", &year.own), ("check-in-profile-manager", &year.manager)];
            for (key, profile) in both.into_iter().take(if place == 0 { 2 } else { 1 }) {
                if !profile.is_empty() {
                    lines.push((text_with(locale, key, &[("cycle", year.cycle.clone())]), profile));
                }
            }
        }
        Drawn::of(locale, &self.domains, &lines)
    }
}

impl Means {
    /// The means of the group.
    pub fn drawn(&self, locale: Locale, domains: &[DomainText]) -> Option<Drawn> {
        let name = text_with(locale, "check-in-profile-group", &[("people", self.people.to_string())]);
        Drawn::of(locale, domains, &[(name, &self.domains)])
    }
}

/// `2,7` in Norwegian, `2.7` in English.
fn one_decimal(locale: Locale, figure: f64) -> String {
    let text = format!("{figure:.1}");
    if locale == Locale::En { text } else { text.replace('.', ",") }
}
