//! Local times with their zone's rules. Norway follows the European Union's rule; any other zone is written as
//! UTC, which every calendar shows in its own time.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use icalendar::Property;

/// Since 1996: summer from the last Sunday of March to the last Sunday of October, both at 01:00 UTC.
const OSLO: &str = "BEGIN:VTIMEZONE\r
TZID:Europe/Oslo\r
BEGIN:DAYLIGHT\r
TZNAME:CEST\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0200\r
DTSTART:19960331T020000\r
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r
END:DAYLIGHT\r
BEGIN:STANDARD\r
TZNAME:CET\r
TZOFFSETFROM:+0200\r
TZOFFSETTO:+0100\r
DTSTART:19961027T030000\r
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r
END:STANDARD\r
END:VTIMEZONE\r
";

/// The VTIMEZONE block that [`time`] refers to; empty for zones written as UTC.
pub(super) fn block(zone: Tz) -> &'static str {
    if zone == Tz::Europe__Oslo { OSLO } else { "" }
}

/// A DTSTART or DTEND.
pub(super) fn time(name: &str, at: DateTime<Utc>, zone: Tz) -> Property {
    if zone == Tz::Europe__Oslo {
        let local = at.with_timezone(&zone).format("%Y%m%dT%H%M%S").to_string();
        Property::new(name, local).add_parameter("TZID", zone.name()).done()
    } else {
        Property::new(name, at.format("%Y%m%dT%H%M%SZ").to_string())
    }
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, Days, NaiveDate, Offset, TimeZone};

    use super::*;

    fn last_sunday(year: i32, month: u32) -> NaiveDate {
        let last = NaiveDate::from_ymd_opt(year, month, 31).unwrap();
        last - Days::new(u64::from(last.weekday().num_days_from_sunday()))
    }

    #[test]
    fn the_written_rule_is_the_zone_s_own() {
        for year in 1997..2037 {
            for (month, before, after) in [(3, 3600, 7200), (10, 7200, 3600)] {
                let change = last_sunday(year, month).and_hms_opt(1, 0, 0).unwrap().and_utc();
                let offset = |at: DateTime<Utc>| {
                    Tz::Europe__Oslo.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc()
                };
                assert_eq!(offset(change - chrono::TimeDelta::seconds(1)), before, "{year}-{month}");
                assert_eq!(offset(change), after, "{year}-{month}");
            }
        }
    }
}
