use chrono::{Days, NaiveDate, NaiveDateTime, Offset, TimeZone};
use chrono_tz::TZ_VARIANTS;

use super::*;

fn written(zone: Tz, year: i32) -> String {
    let at = NaiveDate::from_ymd_opt(year, 6, 1).unwrap().and_hms_opt(9, 0, 0).unwrap().and_utc();
    block(zone, at).to_string()
}

/// A block with these lines between its own.
fn of(zone: &str, lines: &str) -> String {
    let lines: String = lines.split_whitespace().map(|line| format!("{line}\r\n")).collect();
    format!("BEGIN:VTIMEZONE\r\nTZID:{zone}\r\n{lines}END:VTIMEZONE\r\n")
}

#[test]
fn norway_has_summer_time_by_the_rule_of_1996() {
    let oslo = of(
        "Europe/Oslo",
        "BEGIN:DAYLIGHT TZNAME:CEST TZOFFSETFROM:+0100 TZOFFSETTO:+0200 DTSTART:19960331T020000
         RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU END:DAYLIGHT
         BEGIN:STANDARD TZNAME:CET TZOFFSETFROM:+0200 TZOFFSETTO:+0100 DTSTART:19961027T030000
         RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU END:STANDARD",
    );
    for year in [1997, 2026, 2027, 2041] {
        assert_eq!(written(Tz::Europe__Oslo, year), oslo);
    }
}

#[test]
fn other_zones_have_their_own_rules() {
    let london = of(
        "Europe/London",
        "BEGIN:DAYLIGHT TZNAME:BST TZOFFSETFROM:+0000 TZOFFSETTO:+0100 DTSTART:19960331T010000
         RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU END:DAYLIGHT
         BEGIN:STANDARD TZNAME:GMT TZOFFSETFROM:+0100 TZOFFSETTO:+0000 DTSTART:19961027T020000
         RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU END:STANDARD",
    );
    assert_eq!(written(Tz::Europe__London, 2027), london);
    let new_york = of(
        "America/New_York",
        "BEGIN:DAYLIGHT TZNAME:EDT TZOFFSETFROM:-0500 TZOFFSETTO:-0400 DTSTART:20070311T020000
         RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU END:DAYLIGHT
         BEGIN:STANDARD TZNAME:EST TZOFFSETFROM:-0400 TZOFFSETTO:-0500 DTSTART:20071104T020000
         RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU END:STANDARD",
    );
    assert_eq!(written(Tz::America__New_York, 2027), new_york);
}

#[test]
fn a_zone_without_summer_time_has_one_observance_and_utc_needs_no_block() {
    let reykjavik =
        "BEGIN:STANDARD TZNAME:GMT TZOFFSETFROM:+0000 TZOFFSETTO:+0000 DTSTART:20260101T000000 END:STANDARD";
    assert_eq!(written(Tz::Atlantic__Reykjavik, 2027), of("Atlantic/Reykjavik", reykjavik));
    assert_eq!(written(Tz::UTC, 2027), "");
}

/// Clocks in Morocco are put back for Ramadan, which no rule of the calendar's year can say.
#[test]
fn a_zone_that_follows_no_rule_has_its_changes_by_their_dates() {
    let block = written(Tz::Africa__Casablanca, 2027);
    assert!(!block.contains("RRULE"), "{block}");
    for change in ["DTSTART:20270207T030000", "DTSTART:20270314T020000"] {
        assert!(block.contains(change), "{block}");
    }
}

/// The offset, in seconds, that a calendar program reads out of a block for a local time: that of the observance that
/// began last.
fn read(block: &str, local: NaiveDateTime) -> i32 {
    let observances = block.split("BEGIN:").skip(2);
    let begun = observances.flat_map(|observance| {
        let value = |name: &str| {
            let line = observance.lines().find_map(|line| line.strip_prefix(name));
            line.map(str::to_owned)
        };
        let first = NaiveDateTime::parse_from_str(&value("DTSTART:").unwrap(), "%Y%m%dT%H%M%S").unwrap();
        let to = value("TZOFFSETTO:").unwrap();
        let seconds = to[1..3].parse::<i32>().unwrap() * 3600 + to[3..5].parse::<i32>().unwrap() * 60;
        let seconds = if to.starts_with('-') { -seconds } else { seconds };
        let onsets = match value("RRULE:FREQ=YEARLY;BYMONTH=") {
            None => vec![first],
            Some(rule) => (first.year()..=local.year()).map(|year| in_year(&rule, first, year)).collect(),
        };
        onsets.into_iter().filter(move |onset| *onset <= local).map(move |onset| (onset, seconds))
    });
    begun.max().unwrap().1
}

/// When a rule such as `3;BYDAY=-1SU` strikes in a year.
fn in_year(rule: &str, first: NaiveDateTime, year: i32) -> NaiveDateTime {
    let (month, day) = rule.split_once(";BYDAY=").unwrap();
    let nth: i32 = day[..day.len() - 2].parse().unwrap();
    let begin = NaiveDate::from_ymd_opt(year, month.parse().unwrap(), 1).unwrap();
    let days = (0..31).map(|day| begin + Days::new(day)).filter(|day| day.month() == begin.month());
    let days: Vec<NaiveDate> = days.filter(|day| day.weekday() == first.weekday()).collect();
    let index = if nth < 0 { days.len() - 1 } else { usize::try_from(nth).unwrap() - 1 };
    days[index].and_time(first.time())
}

#[test]
fn in_every_zone_a_calendar_reads_the_offset_that_holds() {
    for zone in TZ_VARIANTS.iter().filter(|zone| **zone != Tz::UTC) {
        for year in [2026, 2031] {
            let block = written(*zone, year);
            // Noon is never within a change of the clocks.
            for day in (0..365).step_by(5) {
                let local = NaiveDate::from_yo_opt(year, day + 1).unwrap().and_hms_opt(12, 0, 0).unwrap();
                let holds = zone.from_local_datetime(&local).unwrap().offset().fix().local_minus_utc();
                assert_eq!(read(&block, local), holds, "{zone} {local}\n{block}");
            }
        }
    }
}
