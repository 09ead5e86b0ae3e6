//! One line a field: struct, GraphQL object and [`Out`](super::Out) at once.

/// Declares an object type that [`Ready`](crate::ready::Ready) can write. Every field needs a description.
///
/// ```
/// varde_gateway::node! {
///     /// A gathering of a cohort (samling).
///     pub struct GatheringNode as "Gathering" {
///         /// Opaque id.
///         id: async_graphql::ID,
///         /// What the gathering is about.
///         #[graphql(deprecation = "Use `subject`.")]
///         title: String,
///     }
/// }
/// ```
///
/// The fields are as visible as the struct. Without `as "Name"` the GraphQL name is the struct's. Attributes of the struct are
/// passed on: with `#[graphql(complex)]` further fields may be added by a `ComplexObject`, which are answered by
/// ordinary resolvers when asked for.
#[macro_export]
macro_rules! node {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($fields:tt)* }) => {
        $crate::node!(@write [$(#[$meta])*] $vis $name (stringify!($name)) { $($fields)* });
    };
    ($(#[$meta:meta])* $vis:vis struct $name:ident as $graphql:tt { $($fields:tt)* }) => {
        $crate::node!(@write [$(#[$meta])* #[graphql(name = $graphql)]] $vis $name ($graphql) { $($fields)* });
    };
    (@write [$($meta:tt)*] $vis:vis $name:ident ($graphql:expr) {
        $(
            $(#[doc $($doc:tt)+])+
            $(#[graphql $($graphql_attribute:tt)+])?
            $field:ident: $ty:ty
        ),+ $(,)?
    }) => {
        #[derive(Debug, Clone, ::async_graphql::SimpleObject)]
        $($meta)*
        $vis struct $name {
            $(
                $(#[doc $($doc)+])+
                $(#[graphql $($graphql_attribute)+])?
                $vis $field: $ty,
            )+
        }

        const _: () = {
            #[allow(non_camel_case_types, clippy::enum_variant_names, reason = "the variants are field names")]
            enum __At { $($field),+ }
            struct __Number;
            #[allow(non_upper_case_globals, reason = "the constants are field names")]
            impl __Number { $(const $field: u16 = __At::$field as u16;)+ }

            impl $crate::ready::Out for $name {
                fn compile<'a>(
                    sets: &[&'a ::async_graphql::parser::types::SelectionSet],
                    scope: &$crate::ready::Scope<'a>,
                ) -> ::core::option::Option<$crate::ready::Plan> {
                    $crate::ready::Plan::object($graphql, sets, scope, |asked, sets, scope| {
                        $(
                            if $crate::ready::same_name(stringify!($field), asked) {
                                let plan = <$ty as $crate::ready::Out>::compile(sets, scope)?;
                                return ::core::option::Option::Some((__Number::$field, plan));
                            }
                        )+
                        ::core::option::Option::None
                    })
                }

                fn write(&self, plan: &$crate::ready::Plan, out: &mut ::std::vec::Vec<u8>) {
                    plan.write($graphql, out, |number, plan, out| match number {
                        $(__Number::$field => $crate::ready::Out::write(&self.$field, plan, out),)+
                        _ => out.extend_from_slice(b"null"),
                    });
                }

                fn value(&self, plan: &$crate::ready::Plan) -> ::async_graphql::Value {
                    plan.value($graphql, |number, plan| match number {
                        $(__Number::$field => $crate::ready::Out::value(&self.$field, plan),)+
                        _ => ::async_graphql::Value::Null,
                    })
                }
            }
        };
    };
}

/// Whether a Rust field (`starts_at`) is the GraphQL field asked for (`startsAt`).
#[doc(hidden)]
#[must_use]
pub fn same_name(rust: &str, graphql: &str) -> bool {
    let mut asked = graphql.bytes();
    let mut raise = false;
    for byte in rust.strip_prefix("r#").unwrap_or(rust).bytes() {
        if byte == b'_' {
            raise = true;
            continue;
        }
        let wanted = if raise { byte.to_ascii_uppercase() } else { byte };
        raise = false;
        if asked.next() != Some(wanted) {
            return false;
        }
    }
    asked.next().is_none()
}
