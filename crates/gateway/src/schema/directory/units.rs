//! The tree of units (enheter) as it was on a date.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Context, ID, Object};
use chrono::NaiveDate;
use varde_app::people::UnitOn;
use varde_model::ids::UnitId;

use super::people::Appointment;
use crate::{
    relay,
    schema::{
        errors::whole,
        labels::UnitKindLabel,
        loaders::{LeadersOf, Loaders},
        paging::page,
        scalars::LocalDate,
    },
};

/// Every unit as it was on one date, shared by the units that are answered out of it.
#[derive(Debug)]
pub struct Tree {
    /// The date.
    pub on: NaiveDate,
    units: Vec<UnitOn>,
    places: HashMap<UnitId, usize>,
}

impl Tree {
    /// Puts the tree together; units keep their order, by code.
    pub fn new(on: NaiveDate, units: Vec<UnitOn>) -> Arc<Self> {
        let places = units.iter().enumerate().map(|(place, unit)| (unit.unit.id, place)).collect();
        Arc::new(Self { on, units, places })
    }

    /// The unit with an id, if there was one on the date.
    pub(crate) fn unit(self: &Arc<Self>, id: UnitId) -> Option<Unit> {
        self.places.get(&id).map(|place| Unit { tree: Arc::clone(self), place: *place })
    }

    /// The unit with a code, if there was one on the date.
    pub(super) fn by_code(self: &Arc<Self>, code: &str) -> Option<Unit> {
        let place = self.units.iter().position(|unit| unit.unit.code == code)?;
        Some(Unit { tree: Arc::clone(self), place })
    }

    /// All of them, or a unit with all below it.
    pub(super) fn list(self: &Arc<Self>, top: Option<UnitId>) -> Vec<Unit> {
        let unit = |place| Unit { tree: Arc::clone(self), place };
        (0..self.units.len()).map(unit).filter(|unit| top.is_none_or(|top| unit.is_below(top))).collect()
    }
}

/// A unit (enhet) of the trust: a clinic, a department, a ward, a staff.
#[derive(Debug, Clone)]
pub struct Unit {
    tree: Arc<Tree>,
    place: usize,
}

impl Unit {
    fn get(&self) -> Option<&UnitOn> {
        self.tree.units.get(self.place)
    }

    pub(crate) fn key(&self) -> UnitId {
        self.get().map_or(UnitId(uuid::Uuid::nil()), |unit| unit.unit.id)
    }

    fn above(&self) -> Option<Unit> {
        self.tree.unit(self.get()?.described.parent?)
    }

    /// Whether it is the unit or lies below it. A tree that turns in a circle ends the search.
    fn is_below(&self, top: UnitId) -> bool {
        let mut steps = 0;
        let mut unit = Some(self.clone());
        while let Some(here) = unit.filter(|_| steps <= self.tree.units.len()) {
            if here.key() == top {
                return true;
            }
            steps += 1;
            unit = here.above();
        }
        false
    }
}

/// A unit (enhet) of the trust: a clinic, a department, a ward, a staff.
#[Object]
impl Unit {
    /// Opaque permanent id.
    pub(crate) async fn id(&self) -> ID {
        relay::encode("Unit", self.key().0)
    }

    /// The trust's own code (enhetskode).
    async fn code(&self) -> &str {
        self.get().map_or("", |unit| unit.unit.code.as_str())
    }

    /// Its name on the date.
    async fn name(&self) -> &str {
        self.get().map_or("", |unit| unit.described.name.as_str())
    }

    /// What it is.
    async fn kind(&self) -> Option<UnitKindLabel> {
        self.get().map(|unit| unit.described.kind.into())
    }

    /// The date that name, place and leaders are told of.
    async fn on(&self) -> LocalDate {
        self.tree.on.into()
    }

    /// The unit above; null for the trust itself.
    async fn parent(&self) -> Option<Unit> {
        self.above()
    }

    /// The units right below, by code.
    async fn children(&self) -> Vec<Unit> {
        let own = self.key();
        let all = self.tree.list(None);
        all.into_iter()
            .filter(|unit| unit.get().is_some_and(|unit| unit.described.parent == Some(own)))
            .collect()
    }

    /// Who leads it on the date; empty where nobody does.
    async fn leaders(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Appointment>> {
        let loaders = context.data_unchecked::<Loaders>();
        let found = whole(context, loaders.one(LeadersOf(self.key(), self.tree.on)).await)?;
        let on = self.tree.on;
        Ok(found.unwrap_or_default().into_iter().map(|appointment| Appointment { appointment, on }).collect())
    }
}

page!(
    /// Units, by code.
    UnitConnection, UnitEdge, Unit
);
