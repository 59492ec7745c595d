//! Zones and what they mean on a day.

use chrono::NaiveDate;

use super::{check, context, show};
use crate::parse::when::{find_zone, scan_start};

#[test]
fn declared_zones() {
    let read = |text: &str| {
        find_zone(text).map_or("none".to_owned(), |zone| format!("{} {}", zone.name, zone.offset_on(None, None)))
    };
    check(
        [
            ("All times in PST", "PST -08:00"),
            ("All times in UTC.", "UTC +00:00"),
            ("Timeline (UTC-3 Chile Time)", "UTC -03:00"),
            ("Time (UTC)", "UTC +00:00"),
            ("CEST (UTC+2)", "CEST +02:00"),
            ("All times in PST (UTC-7)", "PST -07:00"),
            ("All times in GMT+2", "GMT +02:00"),
            ("All times in CET (GMT+1)", "CET +01:00"),
            ("All times in Central European Time (CET)", "CET +01:00"),
            ("Timeline (all times UTC )", "UTC +00:00"),
            ("All times in UTC+1 (Zurich time)", "UTC +01:00"),
            ("Time (PT)", "PT -08:00"),
            ("Date and Time in CET", "CET +01:00"),
            ("Zeitleiste (MEZ)", "MEZ +01:00"),
            ("UTC-05:00", "UTC -05:00"),
            ("Timeline (+02:00)", "+ +02:00"),
            ("時刻（-03:00）", "+ -03:00"),
            ("発生（ET）", "ET -05:00"),
            ("Timeline", "none"),
            ("ET phones home", "none"),
            ("ART-5 and MT models", "none"),
            ("UTC_offset", "none"),
            ("PST-based", "none"),
        ],
        read,
    );
}

#[test]
fn us_zones_follow_daylight_saving() {
    let zone = find_zone("Time (PT)").expect("a zone");
    let on = |y, m, d| zone.offset_on(NaiveDate::from_ymd_opt(y, m, d), None).to_string();
    assert_eq!(
        [on(2021, 3, 13), on(2021, 3, 14), on(2021, 11, 6), on(2021, 11, 7)],
        ["-08:00", "-07:00", "-07:00", "-08:00"]
    );
}

#[test]
fn zones_beside_times() {
    let read = |text: &str| {
        scan_start(text, &context()).map_or("none".to_owned(), |s| format!("{} |{}", show(&s.when), &text[s.end..]))
    };
    check(
        [
            ("08:00 UTC-3", "08:00:00 UTC=-03:00 |"),
            ("08:00 UTC-03:00 x", "08:00:00 UTC=-03:00 | x"),
            ("12:50 GMT+2 x", "12:50:00 GMT=+02:00 | x"),
            ("10:00 CEST (UTC+2) x", "10:00:00 CEST=+02:00 | x"),
            ("10:00 (UTC-3 Chile Time) x", "10:00:00 UTC=-03:00 | x"),
            ("10:00 (UTC) - x", "10:00:00 UTC=+00:00 | - x"),
            ("10:00 UTC-3 Chile Time", "10:00:00 UTC=-03:00 | Chile Time"),
            ("10:00 PT x", "10:00:00 PT=? | x"),
            ("July 1, 2025 10:00 PT x", "2025-07-01 10:00:00 PT=-07:00 | x"),
            // The clocks change at two.
            ("2026-03-08 01:59 PT", "2026-03-08 01:59:00 PT=-08:00 |"),
            ("2026-03-08 03:00 PT", "2026-03-08 03:00:00 PT=-07:00 |"),
            ("2026-11-01 00:30 PT", "2026-11-01 00:30:00 PT=-07:00 |"),
            ("2026-11-01 02:00 PT", "2026-11-01 02:00:00 PT=-08:00 |"),
            ("2025-01-10 10:00 ET", "2025-01-10 10:00:00 ET=-05:00 |"),
            ("10:00 IST", "10:00:00 IST=+05:30 |"),
            ("10:00 MT-bench ran", "10:00:00 | MT-bench ran"),
            ("10:00 Pt x", "10:00:00 | Pt x"),
            ("10:00UTC x", "10:00:00 UTC=+00:00 | x"),
            ("2026-01-10 12:30:45 -0800 x", "2026-01-10 12:30:45 +=-08:00 | x"),
            ("Sat Jan 10 14:30:45 2026 -0800", "2026-01-10 14:30:45 +=-08:00 |"),
            ("10/Jan/2026:16:30:45 -0330] x", "2026-01-10 16:30:45 +=-03:30 |] x"),
            ("12:30 -0800", "12:30:00 +=-08:00 |"),
            ("12:30-0800 x", "12:30:00 +=-08:00 | x"),
            ("12:30 −08:00 x", "12:30:00 +=-08:00 | x"),
            ("07:30:10 -08:00 x", "07:30:10 +=-08:00 | x"),
            ("07:30 -08:00 x", "07:30:00 .. 08:00:00 | x"),
            ("22:00-06:00 x", "22:00:00 .. 06:00:00 | x"),
            ("22:00 -06:00 UTC x", "22:00:00 .. 06:00:00 UTC=+00:00 | x"),
            ("10:00 - 11:00 -0800 x", "10:00:00 .. 11:00:00 +=-08:00 | x"),
            ("10:00 -1740 rows", "10:00:00 | -1740 rows"),
            ("10:00 - 0800 rows", "10:00:00 | - 0800 rows"),
            ("14:00（JST） x", "14:00:00 JST=+09:00 | x"),
            ("14:00 (JST） x", "14:00:00 JST=+09:00 | x"),
            ("10:00 UTC - 11:00 UTC x", "10:00:00 .. 11:00:00 UTC=+00:00 | x"),
        ],
        read,
    );
}

#[test]
fn a_zone_that_needs_a_date_is_kept_for_the_caller() {
    let when = scan_start("10:00 PT", &context()).expect("a time").when;
    let zone = when.zone().expect("the zone");
    assert_eq!(zone.offset_on(NaiveDate::from_ymd_opt(2025, 7, 1), None).to_string(), "-07:00");
    let fixed = scan_start("10:00 UTC-3", &context()).and_then(|s| s.when.zone()).expect("the zone");
    assert_eq!(fixed.offset_on(None, None).to_string(), "-03:00");
}
