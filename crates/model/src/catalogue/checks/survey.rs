//! The forms of surveys, and the programmes that use them.

use super::{super::SurveyForm, CatalogueFault, Check, Programme, Source};

/// A form whose days go together and whose questions have keys of their own and texts. Its key is the file's name.
pub(in super::super) fn survey(source: &Source<'_>, form: &SurveyForm, stem: &str) -> Vec<CatalogueFault> {
    let mut check = Check::of(source);
    check.that(crate::reminders::is_key(&form.key), "key", || {
        "use small letters a to z, digits and _".to_owned()
    });
    check.that(form.key == stem, "key", || format!("the file's name asks for '{stem}'"));
    check.that(form.version >= 1, "version", || "the first version is 1".to_owned());
    check.texts("title", &form.title);
    check.texts("lead", &form.lead);
    check.between("open_days", form.open_days, 3, 60);
    // So that it is reminded of while it is open, also over a weekend.
    check.between("remind_after_days", form.remind_after_days, 1, form.open_days / 2);
    let questions = u32::try_from(form.questions.len()).unwrap_or(u32::MAX);
    check.between("question", questions, 1, 12);
    check.that(form.questions.iter().any(|question| question.scale.is_some()), "question", || {
        "ask at least one question on a scale".to_owned()
    });
    for (index, question) in form.questions.iter().enumerate() {
        let at = format!("question[{index}]");
        check.own_key(&at, index, form.questions.iter().map(|question| &question.key));
        check.texts(&format!("{at}.text"), &question.text);
        if let Some(scale) = &question.scale {
            check.texts(&format!("{at}.scale.low"), &scale.low);
            check.texts(&format!("{at}.scale.high"), &scale.high);
        }
    }
    check.faults
}

/// The forms that a programme names exist.
pub(in super::super) fn evaluation(
    source: &Source<'_>,
    programme: &Programme,
    forms: &[String],
) -> Vec<CatalogueFault> {
    let mut check = Check::of(source);
    let named = programme.evaluation.iter().flat_map(|evaluation| {
        [("evaluation.gathering", &evaluation.gathering), ("evaluation.cohort", &evaluation.cohort)]
    });
    let standing = programme.groups.iter().map(|rule| ("groups.standing", &rule.standing));
    for (at, key) in named.chain(standing) {
        if let Some(key) = key {
            check.that(forms.contains(key), at, || format!("there is no survey '{key}'"));
        }
    }
    check.faults
}
