//! The moments at which a zone's clocks change, and the rules by which they come every year.

use chrono::{
    DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone,
    Utc, Weekday,
};
use chrono_tz::{OffsetComponents, OffsetName, Tz};

/// From here on another offset holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Onset {
    /// As the clock showed it that was put on or back.
    local: NaiveDateTime,
    from: FixedOffset,
    to: FixedOffset,
    summer: bool,
    name: Option<String>,
}

/// Changes of a zone never follow each other closer than this.
const STEP: TimeDelta = TimeDelta::days(7);

/// The changes of a year, in order.
pub(super) fn of_year(zone: Tz, year: i32) -> Vec<Onset> {
    let (Some(mut from), Some(end)) = (new_year(year), new_year(year + 1)) else { return Vec::new() };
    let mut onsets = Vec::new();
    while from < end {
        let to = (from + STEP).min(end);
        if offset(zone, from) != offset(zone, to) {
            let at = moment(zone, from, to);
            onsets.push(Onset::new(zone, at, offset(zone, from)));
        }
        from = to;
    }
    onsets
}

fn new_year(year: i32) -> Option<DateTime<Utc>> {
    Some(NaiveDate::from_ymd_opt(year, 1, 1)?.and_time(NaiveTime::MIN).and_utc())
}

fn offset(zone: Tz, at: DateTime<Utc>) -> FixedOffset {
    zone.offset_from_utc_datetime(&at.naive_utc()).fix()
}

/// The first second after `from` at which another offset holds, as it does at `to`.
fn moment(zone: Tz, from: DateTime<Utc>, to: DateTime<Utc>) -> DateTime<Utc> {
    let (before, mut low, mut high) = (offset(zone, from), from, to);
    while high - low > TimeDelta::seconds(1) {
        let middle = low + TimeDelta::seconds((high - low).num_seconds() / 2);
        if offset(zone, middle) == before { low = middle } else { high = middle }
    }
    high
}

impl Onset {
    fn new(zone: Tz, at: DateTime<Utc>, from: FixedOffset) -> Self {
        let there = zone.offset_from_utc_datetime(&at.naive_utc());
        Self {
            local: at.with_timezone(&from).naive_local(),
            from,
            to: there.fix(),
            summer: there.dst_offset() > TimeDelta::zero(),
            name: there.abbreviation().map(str::to_owned),
        }
    }

    /// What holds when a year begins, as if it had begun then.
    pub(super) fn at_the_beginning(zone: Tz, year: i32) -> Option<Self> {
        let at = new_year(year)?;
        Some(Self::new(zone, at, offset(zone, at)))
    }

    /// The observance that begins here, once or every year.
    pub(super) fn text(&self, rule: Option<&Yearly>) -> String {
        let kind = if self.summer { "DAYLIGHT" } else { "STANDARD" };
        let name = self.name.as_ref().map(|name| format!("TZNAME:{name}\r\n")).unwrap_or_default();
        let rule = rule.map(Yearly::text).unwrap_or_default();
        format!(
            "BEGIN:{kind}\r\n{name}TZOFFSETFROM:{}\r\nTZOFFSETTO:{}\r\nDTSTART:{}\r\n{rule}END:{kind}\r\n",
            written(self.from),
            written(self.to),
            self.local.format("%Y%m%dT%H%M%S"),
        )
    }
}

/// Hours and minutes with their sign.
fn written(offset: FixedOffset) -> String {
    offset.to_string().replace(':', "")
}

/// The same weekday of the same week of a month, at the same hour, between the same two offsets.
#[derive(Clone, Debug)]
pub(super) struct Yearly {
    of: Onset,
    week: Week,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Week {
    Nth(u32),
    Last,
}

impl Yearly {
    /// The rules that an onset may follow, the likelier first.
    pub(super) fn candidates(onset: &Onset) -> [Self; 2] {
        let nth = Week::Nth(onset.local.day0() / 7 + 1);
        [Week::Last, nth].map(|week| Self { of: onset.clone(), week })
    }

    /// Whether another year's onset follows it too.
    pub(super) fn fits(&self, onset: &Onset) -> bool {
        let (one, other) = (self.of.local, onset.local);
        let week = match self.week {
            Week::Nth(nth) => other.day0() / 7 + 1 == nth,
            Week::Last => {
                other.date().checked_add_days(Days::new(7)).is_some_and(|next| next.month() != other.month())
            }
        };
        week && (one.month(), one.weekday(), one.time()) == (other.month(), other.weekday(), other.time())
            && Onset { local: one, ..onset.clone() } == self.of
    }

    fn text(&self) -> String {
        let week = match self.week {
            Week::Nth(nth) => nth.to_string(),
            Week::Last => "-1".to_owned(),
        };
        let (month, day) = (self.of.local.month(), weekday(self.of.local.weekday()));
        format!("RRULE:FREQ=YEARLY;BYMONTH={month};BYDAY={week}{day}\r\n")
    }
}

/// The first two letters of the weekday's English name.
const fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}
