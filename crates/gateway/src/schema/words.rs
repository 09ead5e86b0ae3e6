//! Long lists of codes as GraphQL enums, whose names and descriptions come from where the codes have their home.

use std::borrow::Cow;

use async_graphql::{
    ContextSelectionSet, Name, OutputType, Positioned, ServerResult, Value,
    parser::types::Field,
    registry::{Deprecation, MetaEnumValue, MetaType, MetaTypeId, Registry},
};
use varde_app::{
    Code,
    hr_import::{fault_text, kind_text, notice_text},
    texts::text,
};
use varde_model::{
    Locale,
    hr::{ChangeKind, Fault, FaultCode, Notice, NoticeCode},
    state_reason::StateReason,
};

fn enum_name(code: &str) -> String {
    code.replace('-', "_").to_uppercase()
}

fn value(name: String, description: String) -> (String, MetaEnumValue) {
    let value = MetaEnumValue {
        name: name.clone(),
        description: Some(description),
        deprecation: Deprecation::NoDeprecated,
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        directive_invocations: Vec::new(),
    };
    (name, value)
}

macro_rules! words {
    ($($(#[doc = $doc:literal])+ $type:ident($of:ty) = $name:literal, |$code:ident| $key:expr, $words:expr;)*) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $type(pub(crate) $of);

        impl OutputType for $type {
            fn type_name() -> Cow<'static, str> {
                $name.into()
            }

            fn create_type_info(registry: &mut Registry) -> String {
                registry.create_output_type::<Self, _>(MetaTypeId::Enum, |_| MetaType::Enum {
                    name: $name.to_owned(),
                    description: Some(concat!($($doc),+).trim().to_owned()),
                    enum_values: <$of>::ALL.iter().map(|$code| value(enum_name($key), $words)).collect(),
                    visible: None,
                    inaccessible: false,
                    tags: Vec::new(),
                    rust_typename: Some(std::any::type_name::<Self>()),
                    directive_invocations: Vec::new(),
                    requires_scopes: Vec::new(),
                })
            }

            async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
                let $code = &self.0;
                Ok(Value::Enum(Name::new(enum_name($key))))
            }
        }
    )*};
}

words! {
    /// What can be wrong with an HR file, for programs. `…` stands for what a real fault names.
    ImportFaultCode(FaultCode) = "ImportFaultCode", |code| code.kebab(), {
        fault_text(Locale::En, &Fault::of_cell(2, "…", "…", *code, "…")).problem
    };
    /// What a person should look at in an HR file that can be imported, for programs.
    ImportNoticeCode(NoticeCode) = "ImportNoticeCode", |code| code.kebab(), {
        notice_text(Locale::En, &Notice { line: None, subject: "…".to_owned(), code: *code, hint: "…".to_owned() })
    };
    /// What an HR file changes.
    ImportChangeKind(ChangeKind) = "ImportChangeKind", |kind| kind.key(), kind_text(Locale::En, *kind);
    /// What stands in the way, for programs.
    UserErrorCode(Code) = "UserErrorCode", |code| code.kebab(), code.description().to_owned();
    /// Why a mail or a reminder stands where it stands, for programs.
    StateReasonCode(StateReason) = "StateReasonCode", |reason| reason.as_str(), text(Locale::En, &reason.key());
}
