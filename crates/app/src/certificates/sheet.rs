//! A certificate in words.

use varde_documents::{Line, Logo, Sheet};
use varde_model::{Locale, certificate::CertificateText, credits::Credits, dates};
use varde_persistence::logos::StoredLogo;

use super::{Issued, check_url};
use crate::{Ctx, texts};

/// The certificate in the language of the call.
pub(super) fn certificate(ctx: &Ctx, issued: &Issued, logo: Option<&StoredLogo>) -> Sheet {
    let locale = ctx.locale;
    let word = |key: &str| texts::text(locale, &format!("certificate-{key}"));
    let certificate = &issued.certificate;
    let says = &certificate.says;
    let mut lines = vec![
        Line::Sender(says.organisation.clone()),
        Line::Heading(word("heading")),
        Line::Text(word("confirms")),
        Line::Name(says.holder.clone()),
        Line::Text(word("has-completed")),
        Line::Subject(says.programme.get(locale).to_owned()),
        Line::Rule,
    ];
    lines.extend(
        told(locale, says, issued.credits).into_iter().map(|(label, value)| Line::Pair(label, value)),
    );
    lines.extend([
        Line::Pair(word("issued"), dates::day(locale, issued.issued_on)),
        Line::Pair(word("code"), certificate.code.to_string()),
        Line::Rule,
        Line::Remark(word("unsigned")),
        Line::Address { lead: word("check-at"), url: check_url(ctx.config(), &certificate.code) },
    ]);
    Sheet {
        locale,
        title: texts::text_with(locale, "certificate-title", &[("name", says.holder.clone())]),
        author: says.organisation.clone(),
        written_on: issued.issued_on,
        logo: logo.and_then(|logo| Logo::look(&logo.bytes).ok()),
        lines,
    }
}

/// What a certificate tells of the course, each with what it is: when, how much of it, and what it counts.
pub fn told(locale: Locale, says: &CertificateText, credits: Option<Credits>) -> Vec<(String, String)> {
    let word = |key: &str| texts::text(locale, &format!("certificate-{key}"));
    let period = match (says.starts_on, says.ends_on) {
        (first, last) if first == last => dates::day(locale, first),
        (first, last) => format!("{} – {}", dates::day(locale, first), dates::day(locale, last)),
    };
    let days = [("attended", says.presence.attended.to_string()), ("held", says.presence.held.to_string())];
    let mut told = vec![
        (word("period"), period),
        (word("gatherings"), texts::text_with(locale, "certificate-of", &days)),
        (word("hours"), hours(locale, says.presence.minutes)),
    ];
    told.extend(credits.map(|credits| (word("credits"), decimal(locale, &credits.to_string()))));
    told
}

/// Hours to the half.
pub(crate) fn hours(locale: Locale, minutes: u32) -> String {
    let halves = (minutes + 15) / 30;
    decimal(
        locale,
        &if halves.is_multiple_of(2) { (halves / 2).to_string() } else { format!("{},5", halves / 2) },
    )
}

/// A number with the decimal sign of the language.
pub(crate) fn decimal(locale: Locale, number: &str) -> String {
    if locale == Locale::En { number.replace(',', ".") } else { number.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_told_to_the_half() {
        assert_eq!(hours(Locale::Nb, 26 * 60), "26");
        assert_eq!(hours(Locale::Nb, 25 * 60 + 20), "25,5");
        assert_eq!(hours(Locale::En, 25 * 60 + 20), "25.5");
        assert_eq!(hours(Locale::Nn, 25 * 60 + 50), "26");
        assert_eq!(hours(Locale::Nn, 0), "0");
    }
}
