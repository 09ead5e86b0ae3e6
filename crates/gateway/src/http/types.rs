//! The types of the schema's fields, read once from its own text.

use std::collections::HashMap;

use async_graphql::Positioned;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, OperationType, ServiceDocument, Type, TypeKind, TypeSystemDefinition,
};

/// The types of the schema's fields.
#[derive(Debug, Default)]
pub(crate) struct Types {
    fields: HashMap<String, HashMap<String, Type>>,
    query: String,
    mutation: String,
    subscription: String,
}

impl Types {
    /// Reads them from the schema's own SDL.
    pub(crate) fn of_sdl(sdl: &str) -> Self {
        let mut types = Self {
            query: "Query".to_owned(),
            mutation: "Mutation".to_owned(),
            subscription: "Subscription".to_owned(),
            ..Self::default()
        };
        match parse_schema(sdl) {
            Ok(document) => types.read(document),
            Err(error) => {
                tracing::warn!(%error, "the schema's own text cannot be read: failed fields stay left out");
            }
        }
        types
    }

    fn read(&mut self, document: ServiceDocument) {
        for definition in document.definitions {
            match definition {
                TypeSystemDefinition::Schema(schema) => {
                    let name = |name: Option<Positioned<async_graphql::Name>>| {
                        name.map(|name| name.node.to_string())
                    };
                    self.query = name(schema.node.query).unwrap_or_default();
                    self.mutation = name(schema.node.mutation).unwrap_or_default();
                    self.subscription = name(schema.node.subscription).unwrap_or_default();
                }
                TypeSystemDefinition::Type(definition) => {
                    let fields = match definition.node.kind {
                        TypeKind::Object(object) => object.fields,
                        TypeKind::Interface(interface) => interface.fields,
                        _ => continue,
                    };
                    let typed = |field: Positioned<FieldDefinition>| {
                        (field.node.name.node.to_string(), field.node.ty.node)
                    };
                    let fields = fields.into_iter().map(typed).collect();
                    self.fields.insert(definition.node.name.node.to_string(), fields);
                }
                TypeSystemDefinition::Directive(_) => {}
            }
        }
    }

    /// The type that an operation begins with.
    pub(crate) fn root(&self, ty: OperationType) -> &str {
        match ty {
            OperationType::Query => &self.query,
            OperationType::Mutation => &self.mutation,
            OperationType::Subscription => &self.subscription,
        }
    }

    /// The type of a field; None for what the engine itself answers (`__schema` and below, `__typename`).
    pub(crate) fn of(&self, parent: &str, field: &str) -> Option<&Type> {
        self.fields.get(parent)?.get(field)
    }

    /// Whether a type is a page of a list: its `edges` and `nodes` are as many as were asked for.
    pub(crate) fn is_connection(&self, name: &str) -> bool {
        self.of(name, "pageInfo").is_some_and(|info| base_name(&info.base) == "PageInfo")
    }
}

/// The name of a type without its lists.
pub(crate) fn base_name(base: &BaseType) -> &str {
    match base {
        BaseType::Named(name) => name,
        BaseType::List(item) => base_name(&item.base),
    }
}
