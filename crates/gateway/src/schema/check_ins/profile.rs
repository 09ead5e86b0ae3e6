//! The domain profile of a leader over the years.

use async_graphql::{ComplexObject, Context, ID, SimpleObject};
use varde_app::check_ins::{DomainProfile, ProfileYear};
use varde_model::{catalogue::DomainText, check_in::profile::Profile};

use crate::{relay, schema::Caller};

/// The domain profile (kompetanseprofil): the weighted means of the ratings in each domain, over the years.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct MyDomainProfile {
    /// The years, the latest first.
    years: Vec<MyProfileYear>,
    #[graphql(skip)]
    whole: DomainProfile,
}

#[ComplexObject]
impl MyDomainProfile {
    /// The latest years laid over one another, as an SVG drawing; null while there is no figure.
    async fn chart(&self, context: &Context<'_>) -> Option<String> {
        Some(self.whole.drawn(Caller::of(context).locale())?.svg("profile"))
    }
}

/// How the ratings of one check-in stand.
#[derive(Clone, Debug, SimpleObject)]
pub struct MyProfileYear {
    /// The id that `myCheckIn` takes.
    check_in_id: ID,
    /// The cycle's code, such as `2027`.
    cycle_code: String,
    /// The domains in their order, without those of which nothing was said.
    domains: Vec<MyProfileFigure>,
}

/// How the ratings stand in a domain.
#[derive(Clone, Debug, SimpleObject)]
pub struct MyProfileFigure {
    /// The key of the domain (kompetanseområde), such as `execution`.
    domain: &'static str,
    /// What it is called.
    title: String,
    /// The mean of the leader's ratings, between 1 and 4; null where it is not shown or nothing applies.
    own: Option<f64>,
    /// The mean of the line manager's; null where it is not shown or nothing applies.
    manager: Option<f64>,
}

impl MyDomainProfile {
    pub(super) fn told(whole: DomainProfile, locale: varde_model::Locale) -> Self {
        let figure = |profile: &Profile, text: &DomainText| profile.get(&text.key).copied().map(rounded);
        let year = |year: &ProfileYear| MyProfileYear {
            check_in_id: relay::encode("CheckIn", year.check_in.0),
            cycle_code: year.cycle.clone(),
            domains: whole
                .domains
                .iter()
                .map(|text| MyProfileFigure {
                    domain: text.key.as_str(),
                    title: text.title.get(locale).to_owned(),
                    own: figure(&year.own, text),
                    manager: figure(&year.manager, text),
                })
                .filter(|figure| figure.own.is_some() || figure.manager.is_some())
                .collect(),
        };
        Self { years: whole.years.iter().map(year).collect(), whole }
    }
}

fn rounded(figure: f64) -> f64 {
    (figure * 10.0).round() / 10.0
}
