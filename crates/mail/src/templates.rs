//! The templates, embedded: one folder a letter, one layout a format, the small words of each language.

use std::{collections::BTreeMap, fmt::Write, sync::OnceLock};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value, escape_formatter,
    syntax::SyntaxConfig, value::Serde,
};
use rust_embed::RustEmbed;
use varde_model::{Locale, dates};

#[derive(RustEmbed)]
#[folder = "templates/"]
struct Files;

/// The compiled templates, or what is wrong with them.
pub(crate) fn environment() -> Result<&'static Environment<'static>, Error> {
    static ENVIRONMENT: OnceLock<Result<Environment<'static>, String>> = OnceLock::new();
    ENVIRONMENT
        .get_or_init(|| build().map_err(|error| format!("{error:#}")))
        .as_ref()
        .map_err(|text| Error::new(ErrorKind::SyntaxError, text.clone()))
}

/// Words that stand in every letter of a language: labels, greeting, footer.
pub(crate) fn words(locale: Locale) -> Result<Value, Error> {
    static WORDS: OnceLock<BTreeMap<&'static str, Value>> = OnceLock::new();
    let all = WORDS.get_or_init(|| {
        let read = |locale: Locale| {
            let file = Files::get(&format!("words/{locale}.json"))?;
            let words: serde_json::Value = serde_json::from_slice(&file.data).ok()?;
            Some((locale.tag(), Value::from(Serde(words))))
        };
        Locale::ALL.into_iter().filter_map(read).collect()
    });
    let missing = || Error::new(ErrorKind::TemplateNotFound, format!("words/{locale}.json cannot be read"));
    all.get(locale.tag()).cloned().ok_or_else(missing)
}

fn build() -> Result<Environment<'static>, Error> {
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    env.set_auto_escape_callback(
        |name| {
            if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None }
        },
    );
    env.set_formatter(|out, state, value| match (state.auto_escape(), value.as_str()) {
        (AutoEscape::Html, Some(text)) if !value.is_safe() => escape(out, text),
        _ => escape_formatter(out, state, value),
    });
    env.add_filter("date", |state: &State<'_, '_>, at: &str| -> Result<String, Error> {
        let at = instant(at)?.with_timezone(&zone(state)?);
        Ok(dates::date(locale(state)?, at.date_naive()))
    });
    env.add_filter("day", |state: &State<'_, '_>, day: &str| -> Result<String, Error> {
        let day: NaiveDate = day.parse().map_err(|_| unreadable("a date", day))?;
        Ok(dates::date(locale(state)?, day))
    });
    env.add_filter("clock", |state: &State<'_, '_>, at: &str| -> Result<String, Error> {
        let time = match at.parse::<NaiveTime>() {
            Ok(time) => time,
            Err(_) => instant(at)?.with_timezone(&zone(state)?).time(),
        };
        Ok(dates::clock(locale(state)?, time))
    });
    env.add_filter("moment", |state: &State<'_, '_>, at: &str| -> Result<String, Error> {
        Ok(dates::moment(locale(state)?, zone(state)?, instant(at)?))
    });
    env.add_filter("span", |state: &State<'_, '_>, from: &str, to: &str| -> Result<String, Error> {
        Ok(dates::span(locale(state)?, zone(state)?, instant(from)?, instant(to)?))
    });
    env.add_test("past", |state: &State<'_, '_>, at: &str| -> Result<bool, Error> {
        Ok(instant(at)? <= instant(&variable(state, "now")?)?)
    });
    env.add_test("web", |url: &str| url.starts_with("https://") || url.starts_with("http://"));
    for name in Files::iter().filter(|name| !name.starts_with("words/")) {
        let Some(file) = Files::get(&name) else { continue };
        let source = String::from_utf8(file.data.into_owned())
            .map_err(|_| Error::new(ErrorKind::SyntaxError, format!("{name} is not UTF-8")))?;
        env.add_template_owned(name.into_owned(), source)?;
    }
    Ok(env)
}

/// Escapes what HTML reads as markup, and leaves the slash alone: mail programs and people look for whole links.
fn escape(out: &mut Output<'_>, text: &str) -> Result<(), Error> {
    for c in text.chars() {
        match c {
            '&' => out.write_str("&amp;")?,
            '<' => out.write_str("&lt;")?,
            '>' => out.write_str("&gt;")?,
            '"' => out.write_str("&quot;")?,
            '\'' => out.write_str("&#39;")?,
            other => out.write_char(other)?,
        }
    }
    Ok(())
}

fn unreadable(what: &str, text: &str) -> Error {
    Error::new(ErrorKind::InvalidOperation, format!("not {what}: {text}"))
}

fn instant(text: &str) -> Result<DateTime<Utc>, Error> {
    text.parse().map_err(|_| unreadable("an instant", text))
}

fn variable(state: &State<'_, '_>, name: &str) -> Result<String, Error> {
    state
        .lookup(name)
        .and_then(|value| value.as_str().map(str::to_owned))
        .ok_or_else(|| Error::new(ErrorKind::UndefinedError, format!("{name} is not given")))
}

fn locale(state: &State<'_, '_>) -> Result<Locale, Error> {
    let tag = variable(state, "locale")?;
    Locale::from_tag(&tag).ok_or_else(|| unreadable("a language", &tag))
}

fn zone(state: &State<'_, '_>) -> Result<Tz, Error> {
    let name = variable(state, "zone")?;
    name.parse().map_err(|_| unreadable("a time zone", &name))
}
