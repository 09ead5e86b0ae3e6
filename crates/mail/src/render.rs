//! A letter becomes words: subject, text, HTML and, for a gathering, a calendar entry.

use std::collections::BTreeMap;

use minijinja::{Value, value::Serde};
use varde_model::letter::{Head, Letter};

use crate::{
    calendar::{self, Calendar},
    clean,
    compose::Sender,
    templates,
};

/// A letter in words, in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// One line, at most 200 characters.
    pub subject: String,
    /// The text version; lines end with `\n`.
    pub text: String,
    /// The HTML version.
    pub html: String,
    /// The calendar entry of the letters about one gathering.
    pub calendar: Option<Calendar>,
}

/// A template that does not render: a fault of the product, never of the reader.
#[derive(Debug, thiserror::Error)]
#[error("{letter}/{locale}: {reason}")]
pub struct RenderError {
    /// The letter's name.
    pub letter: &'static str,
    /// The language tag.
    pub locale: &'static str,
    /// What is wrong, with the template's line.
    pub reason: String,
}

/// Puts a letter into words. `sender` is the calendar entry's organiser when the trust has no own address.
///
/// # Errors
/// When a template is missing, asks for a fact that is not given, or does not parse.
pub fn render(letter: &Letter, head: &Head, sender: &Sender) -> Result<Rendered, RenderError> {
    let words = Words::of(letter, head).map_err(|error| RenderError {
        letter: letter.kind().as_str(),
        locale: head.locale.tag(),
        reason: format!("{error:#}"),
    })?;
    let calendar = calendar::of(letter, head, sender, &words.calendar);
    Ok(Rendered { subject: words.subject, text: words.text, html: words.html, calendar })
}

type Context = BTreeMap<String, Value>;

struct Words {
    subject: String,
    text: String,
    html: String,
    calendar: String,
}

impl Words {
    fn of(letter: &Letter, head: &Head) -> Result<Self, minijinja::Error> {
        let mut context = context(letter, head)?;
        if let Letter::DailyDigest(digest) = letter {
            let mut items = Vec::new();
            collect(&digest.items, head, &mut items)?;
            context.insert("items".into(), items.into());
        }
        let env = templates::environment()?;
        let mut captured =
            env.get_template(&path(letter, head, "txt"))?.render_captured(as_value(&context))?;
        let subject = captured.with_state_mut(|state| state.render_block("subject"))?;
        let subject = clean::line(&subject, clean::TITLE);
        let calendar = match letter {
            Letter::GatheringInvitation(_)
            | Letter::GatheringMoved(_)
            | Letter::GatheringCancelled(_)
            | Letter::GatheringLeft(_)
            | Letter::CheckInMeeting(_)
            | Letter::CheckInMeetingOff(_) => {
                tidy(&captured.with_state_mut(|state| state.render_block("calendar"))?)
            }
            _ => String::new(),
        };
        let text = captured.into_output();
        context.insert("subject".into(), subject.as_str().into());
        let html = env.get_template(&path(letter, head, "html"))?.render(as_value(&context))?;
        Ok(Self { subject, text: format!("{}\n", tidy(&text)), html, calendar })
    }
}

/// The short form of each letter of a digest; a digest within it is read as its own letters.
fn collect(letters: &[Letter], head: &Head, items: &mut Vec<Value>) -> Result<(), minijinja::Error> {
    for letter in letters {
        if let Letter::DailyDigest(inner) = letter {
            collect(&inner.items, head, items)?;
            continue;
        }
        let context = context(letter, head)?;
        let subject = block(letter, head, &context, "txt", "subject")?;
        let text = tidy(&block(letter, head, &context, "txt", "digest")?);
        let html = block(letter, head, &context, "html", "digest")?;
        items.push(Value::from_pairs([
            ("subject", Value::from(clean::line(&subject, clean::TITLE))),
            ("text", Value::from(text)),
            ("html", Value::from_safe_string(html)),
        ]));
    }
    Ok(())
}

fn context(letter: &Letter, head: &Head) -> Result<Context, minijinja::Error> {
    let unserialisable = |error: serde_json::Error| {
        minijinja::Error::new(minijinja::ErrorKind::BadSerialization, error.to_string())
    };
    let mut facts = serde_json::to_value(letter).map_err(unserialisable)?;
    clean::facts(&mut facts);
    let mut context = Context::new();
    if let serde_json::Value::Object(fields) = facts {
        context.extend(fields.into_iter().map(|(name, value)| (name, Value::from(Serde(value)))));
    }
    let person = |name: &str, email: &str| {
        Value::from_pairs([
            ("name", Value::from(clean::line(name, clean::NAME))),
            ("email", Value::from(clean::address(email))),
        ])
    };
    let organisation = clean::line(&head.organisation_name, clean::TITLE);
    context.insert("w".into(), templates::words(head.locale)?);
    context.insert("organisation".into(), Value::from_pairs([("name", organisation)]));
    context.insert("recipient".into(), person(&head.recipient_name, &head.recipient_email));
    let reply_to = head.reply_to.as_ref().map(|to| person(&to.name, &to.email));
    context.insert("reply_to".into(), reply_to.into());
    let unsubscribe = head.unsubscribe_url.as_deref().map(clean::address);
    context.insert("unsubscribe_url".into(), unsubscribe.into());
    context.insert("locale".into(), head.locale.tag().into());
    context.insert("zone".into(), head.zone.name().into());
    context.insert("now".into(), head.now.to_rfc3339().into());
    Ok(context)
}

fn as_value(context: &Context) -> Value {
    Value::from_pairs(context.iter().map(|(name, value)| (name.clone(), value.clone())))
}

fn path(letter: &Letter, head: &Head, format: &str) -> String {
    format!("{}/{}.{format}", letter.kind(), head.locale)
}

fn block(
    letter: &Letter,
    head: &Head,
    context: &Context,
    format: &str,
    name: &str,
) -> Result<String, minijinja::Error> {
    let template = templates::environment()?.get_template(&path(letter, head, format))?;
    // The HTML layout shows the subject, which a digest's item does not need.
    let mut context = context.clone();
    context.entry("subject".into()).or_insert_with(|| "".into());
    template.render_captured(as_value(&context))?.with_state_mut(|state| state.render_block(name))
}

/// No blanks at line ends, and never more than one empty line.
fn tidy(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.trim().lines().map(str::trim_end) {
        if line.is_empty() && lines.last().is_some_and(|last| last.is_empty()) {
            continue;
        }
        lines.push(line);
    }
    lines.join("\n")
}
