//! A person's record in words.

use varde_documents::{Line, Logo, Sheet};
use varde_model::{Locale, dates, local_time::Zoned};
use varde_persistence::logos::StoredLogo;

use super::{CourseRecord, RecordedPlace};
use crate::{
    Ctx,
    certificates::{decimal, hours},
    labels::label,
    texts,
};

/// What it is called.
pub(super) fn title(locale: Locale, record: &CourseRecord) -> String {
    texts::text_with(locale, "record-title", &[("name", record.person.name())])
}

/// The record in the language of the call.
pub(super) fn record(ctx: &Ctx, record: &CourseRecord, logo: Option<&StoredLogo>) -> Sheet {
    let locale = ctx.locale;
    let word = |key: &str| texts::text(locale, key);
    let today = Zoned::at(ctx.now, record.organisation.zone).date;
    let mut lines = vec![
        Line::Sender(record.organisation.name.clone()),
        Line::Heading(word("record-heading")),
        Line::Name(record.person.name()),
        Line::Text(texts::text_with(locale, "record-as-of", &[("day", dates::day(locale, today))])),
        Line::Rule,
    ];
    if record.places.is_empty() {
        lines.push(Line::Text(word("record-empty")));
    }
    for place in &record.places {
        lines.push(Line::Part(place.title.get(locale).to_owned()));
        lines.extend(told(ctx, place).into_iter().map(|(what, value)| Line::Pair(what, value)));
    }
    let credits = record.credits();
    if credits.tenths > 0 {
        lines.push(Line::Rule);
        lines.push(Line::Pair(word("record-credits-in-all"), decimal(locale, &credits.to_string())));
    }
    Sheet {
        locale,
        title: title(locale, record),
        author: record.organisation.name.clone(),
        written_on: today,
        logo: logo.and_then(|logo| Logo::look(&logo.bytes).ok()),
        lines,
    }
}

/// What is told of one place.
fn told(ctx: &Ctx, place: &RecordedPlace) -> Vec<(String, String)> {
    let locale = ctx.locale;
    let word = |key: &str| texts::text(locale, key);
    let mut told = vec![
        (word("record-cohort"), place.cohort.title.clone()),
        (word("record-state"), state(locale, place)),
    ];
    let days = || place.gatherings.iter().map(|(day, _)| day.date);
    if let (Some(first), Some(last)) = (days().min(), days().max()) {
        let (first, last) = (dates::day(locale, first), dates::day(locale, last));
        let period = if first == last { first } else { format!("{first} – {last}") };
        told.push((word("certificate-period"), period));
    }
    if place.enrolment.state.takes_part() && place.attended.held > 0 {
        let of =
            [("attended", place.attended.attended.to_string()), ("held", place.attended.held.to_string())];
        told.push((word("certificate-gatherings"), texts::text_with(locale, "certificate-of", &of)));
        told.push((word("certificate-hours"), hours(locale, place.attended.minutes)));
    }
    told.extend(
        place.credits.map(|credits| (word("certificate-credits"), decimal(locale, &credits.to_string()))),
    );
    told.extend(code(place).map(|code| (word("certificate-heading"), code)));
    told
}

/// Where the person stands with a place, in words.
pub(super) fn state(locale: Locale, place: &RecordedPlace) -> String {
    let state = place.enrolment.state.as_str();
    label(locale, "EnrolmentState", state).unwrap_or_else(|| state.to_owned())
}

/// The code of a certificate that counts.
pub(super) fn code(place: &RecordedPlace) -> Option<String> {
    let valid = place.issued.as_ref().filter(|issued| issued.revoked_on.is_none());
    valid.map(|issued| issued.certificate.code.to_string())
}
