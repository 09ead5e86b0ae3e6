//! The words for what is wrong with a file and what changed, in the reader's language.

use varde_model::{
    Locale,
    hr::{ChangeKind, Fault, Notice},
};

use crate::texts::{text, text_with};

/// A fault in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultText {
    /// What is wrong.
    pub problem: String,
    /// What to do about it.
    pub remedy: String,
}

/// A fault in words.
pub fn fault_text(locale: Locale, fault: &Fault) -> FaultText {
    let args = [
        ("value", quoted(locale, &fault.value)),
        ("column", quoted(locale, fault.column.as_deref().unwrap_or_default())),
        ("hint", fault.hint.clone()),
    ];
    let code = fault.code.kebab();
    FaultText {
        problem: text_with(locale, &format!("hr-fault-{code}"), &args),
        remedy: text_with(locale, &format!("hr-mend-{code}"), &args),
    }
}

/// A notice in words.
pub fn notice_text(locale: Locale, notice: &Notice) -> String {
    let args = [
        ("subject", notice.subject.clone()),
        ("line", notice.line.map(|line| line.to_string()).unwrap_or_default()),
        ("hint", notice.hint.clone()),
    ];
    text_with(locale, &format!("hr-notice-{}", notice.code.kebab()), &args)
}

/// The name of a kind of change.
pub fn kind_text(locale: Locale, kind: ChangeKind) -> String {
    text(locale, &format!("hr-change-{}", kind.key().replace('_', "-")))
}

/// Quotes also keep a number a text: `0070` stays as the file has it.
fn quoted(locale: Locale, value: &str) -> String {
    match locale {
        Locale::En => format!("“{value}”"),
        Locale::Nb | Locale::Nn => format!("«{value}»"),
    }
}

#[cfg(test)]
mod tests {
    use varde_model::hr::{FaultCode, NoticeCode};

    use super::*;

    #[test]
    fn every_fault_notice_and_change_has_words_in_every_language() {
        let mut words = Vec::new();
        for locale in Locale::ALL {
            for code in FaultCode::ALL {
                let fault = Fault::of_cell(7, "E-post", "x", *code, "8");
                let FaultText { problem, remedy } = fault_text(locale, &fault);
                words.extend([problem, remedy]);
            }
            for code in NoticeCode::ALL {
                let notice = Notice { line: Some(7), subject: "100".into(), code: *code, hint: "8".into() };
                words.push(notice_text(locale, &notice));
            }
            words.extend(ChangeKind::ALL.map(|kind| kind_text(locale, kind)));
        }
        for words in words {
            assert!(!words.is_empty() && !words.contains("hr-") && !words.contains('$'), "{words}");
        }
    }
}
