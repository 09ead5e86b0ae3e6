//! One row: who it is about, the unit, the employment, the leadership.

use email_address::EmailAddress;
use varde_model::{
    hr::{
        Fault, FaultCode, Field, Leadership, Reading, StaffRow, UnitDescription, harmless,
        profile::ImportProfile,
    },
    people::{Period, email_key},
};

use super::{
    cells::{Bad, Cells, Said},
    encoding::Cell,
    header::Header,
};

pub(super) struct RowReader<'a> {
    header: &'a Header,
    profile: &'a ImportProfile,
}

impl<'a> RowReader<'a> {
    pub(super) fn new(header: &'a Header, profile: &'a ImportProfile) -> Self {
        Self { header, profile }
    }

    /// Reads a row into the reading. Every cell is looked at, so that a row's faults are told at once.
    pub(super) fn read(&mut self, line: u64, texts: &[Cell], reading: &mut Reading) {
        let mut cells = Cells::new(line, self.header, self.profile, texts);
        let number = cells.required(Field::EmployeeNumber);
        if let Ok(number) = number {
            reading.numbers.entry(number.to_owned()).or_default().push(line);
        }
        let surplus = texts.iter().skip(self.header.len());
        if texts.len() < self.header.len() || surplus.flatten().any(|cell| !cell.is_empty()) {
            reading.faults.push(Fault {
                line: Some(line),
                column: None,
                value: harmless(texts.iter().flatten().next().map_or("", String::as_str)),
                code: FaultCode::CellCount,
                hint: format!("{}/{}", texts.len(), self.header.len()),
            });
            return;
        }
        let email = email(&mut cells);
        if let Ok(email) = email {
            reading.emails.entry(email_key(email)).or_default().push(line);
        }
        let unit_code = unit(&mut cells, self.profile, line, reading);
        let row = staff(&mut cells, self.profile, line, number, email, unit_code);
        if cells.faults.is_empty()
            && let Ok(row) = row
        {
            reading.rows.push(row);
        }
        reading.faults.append(&mut cells.faults);
    }
}

/// Each part is read before the first bad one ends the row, so that all faults are found.
fn staff(
    cells: &mut Cells<'_>,
    profile: &ImportProfile,
    line: u64,
    number: Said<&str>,
    email: Said<&str>,
    unit_code: Said<&str>,
) -> Said<StaffRow> {
    let given_name = cells.required(Field::GivenName);
    let family_name = cells.required(Field::FamilyName);
    let job_title = cells.text(Field::JobTitle);
    let profession = cells.optional(Field::Profession);
    let workplace = cells.optional(Field::Workplace);
    let locale = cells.word(Field::Locale, &profile.locales, FaultCode::LocaleUnknown);
    let employed = employed(cells);
    let leadership = leadership(cells, profile);
    Ok(StaffRow {
        line,
        employee_number: number?.to_owned(),
        given_name: given_name?.to_owned(),
        family_name: family_name?.to_owned(),
        email: email?.to_owned(),
        unit_code: unit_code?.to_owned(),
        job_title: job_title?.to_owned(),
        profession: profession?.map(str::to_owned),
        workplace: workplace?.map(str::to_owned),
        locale: locale?,
        employed: employed?,
        leadership: leadership?,
    })
}

fn email<'a>(cells: &mut Cells<'a>) -> Said<&'a str> {
    let text = cells.required(Field::Email)?;
    let has_full_domain = text.rsplit_once('@').is_some_and(|(_, domain)| {
        domain.contains('.') && !domain.contains(['[', ']', ' ', '>']) && !domain.ends_with('.')
    });
    // A mail program's forms with a name or a quoted part are right by the standard, and never meant here.
    if has_full_domain && !text.contains(['<', '"', ' ', ',', ';']) && EmailAddress::is_valid(text) {
        Ok(text)
    } else {
        Err(cells.fault(Field::Email, FaultCode::EmailInvalid, ""))
    }
}

/// Notes what the row says of its unit, and gives the unit's code.
fn unit<'a>(
    cells: &mut Cells<'a>,
    profile: &ImportProfile,
    line: u64,
    reading: &mut Reading,
) -> Said<&'a str> {
    let code = cells.required(Field::UnitCode);
    let name = cells.optional(Field::UnitName);
    let kind = cells.word(Field::UnitKind, &profile.unit_kinds, FaultCode::UnitKindUnknown);
    let mut parent = cells.optional(Field::ParentUnit);
    if let (Ok(code), Ok(Some(above))) = (code, parent)
        && code == above
    {
        parent = Err(cells.fault(Field::ParentUnit, FaultCode::UnitOwnParent, code));
    }
    // A unit that is described has a kind; that it lacks one is told beside whatever else is wrong.
    let kind = match (name, kind) {
        (Ok(Some(_)), Ok(None)) => Err(cells.fault(Field::UnitKind, FaultCode::CellEmpty, "")),
        (_, kind) => kind,
    };
    let code = code?;
    let (Some(name), Some(kind)) = (name?, kind?) else {
        parent?;
        reading.claim(code, None, line);
        return Ok(code);
    };
    let description = UnitDescription { name: name.to_owned(), kind, parent: parent?.map(str::to_owned) };
    reading.claim(code, Some(description), line);
    Ok(code)
}

fn employed(cells: &mut Cells<'_>) -> Said<Period> {
    let from = cells.date(Field::EmployedFrom);
    let to = cells.date(Field::EmployedTo);
    let from = match from? {
        Some(from) => from,
        None => return Err(cells.fault(Field::EmployedFrom, FaultCode::CellEmpty, "")),
    };
    in_order(cells, Field::EmployedTo, Field::EmployedFrom, Period { from, to: to? })
}

fn leadership(cells: &mut Cells<'_>, profile: &ImportProfile) -> Said<Option<Leadership>> {
    let level = cells.level();
    let from = cells.date(Field::LeaderFrom);
    let to = cells.date(Field::LeaderTo);
    let acting = cells.word(Field::Acting, &profile.yes_no, FaultCode::YesNoUnknown);
    // What is missing is told beside a date that cannot be read: a date, right or wrong, is of somebody who leads.
    let Some(level) = level? else {
        if !matches!((from, to), (Ok(None), Ok(None))) {
            return Err(cells.fault(Field::Level, FaultCode::LevelMissing, ""));
        }
        acting?;
        return Ok(None);
    };
    let Some(from) = from? else {
        return Err(cells.fault(Field::LeaderFrom, FaultCode::LeaderFromMissing, level.number().to_string()));
    };
    let period = in_order(cells, Field::LeaderTo, Field::LeaderFrom, Period { from, to: to? })?;
    Ok(Some(Leadership { level, acting: acting?.unwrap_or(false), period }))
}

fn in_order(cells: &mut Cells<'_>, last: Field, first: Field, period: Period) -> Result<Period, Bad> {
    if period.is_over(period.from) {
        let first = cells.text(first).unwrap_or_default();
        return Err(cells.fault(last, FaultCode::DatesReversed, first));
    }
    Ok(period)
}
