//! Dates in prose and in names, and the order of numeric dates.

use super::{check, context, show_date};
use crate::parse::when::order::date_order;
use crate::parse::when::{DateOrder, DateReading, KnownOrder, TextOrder, date_in_name, find_date};

#[test]
fn dates_in_prose() {
    let read = |text: &str| {
        find_date(text, &context())
            .map_or("none".to_owned(), |(d, range)| format!("{} [{}]", show_date(d), &text[range]))
    };
    check(
        [
            ("On October 1, 2025 the shop stopped", "2025-10-01 [October 1, 2025]"),
            ("Postmortem: 2025-10-10 worker outage", "2025-10-10 [2025-10-10]"),
            ("RIS-X-20251217", "2025-12-17 [20251217]"),
            ("RIS-X-2025-12-17", "2025-12-17 [2025-12-17]"),
            ("2017-09-27, Hub 403", "2017-09-27 [2017-09-27]"),
            ("the September 2025 outage", "2025-09 [September 2025]"),
            ("January 14-19, 2026", "2026-01-14 [January 14-19, 2026]"),
            ("in März 2025 und", "2025-03 [März 2025]"),
            ("el 1 de octubre de 2025", "2025-10-01 [1 de octubre de 2025]"),
            ("w październiku, 3 października 2025", "2025-10-03 [3 października 2025]"),
            ("障害は2025年12月17日に発生", "2025-12-17 [2025年12月17日]"),
            ("fixed Jan 14, then on 2025-01-15", "2025-01-15 [2025-01-15]"),
            ("fixed Jan 14", "????-01-14 [Jan 14]"),
            ("(2025-12-17)", "2025-12-17 [2025-12-17]"),
            ("outage (2024-12-19/20)", "2024-12-19 [2024-12-19/20]"),
            ("2024-12-19/05 and 2024-12-19/20/3", "none"),
            ("v2.10 may 2024 be", "2024-05 [may 2024]"),
            ("we may 5 replicas", "none"),
            ("in September we", "none"),
            ("RIS-2025-0042 and 10.0.3.7", "none"),
            ("404 errors, 12 of 15, 1.2.3, 10:30", "none"),
            ("", "none"),
        ],
        read,
    );
}

#[test]
fn dates_in_names() {
    let read = |name: &str| date_in_name(name).map_or("none".to_owned(), show_date);
    check(
        [
            ("2025-12-17-redis.md", "2025-12-17"),
            ("RES-20251203-login.md", "2025-12-03"),
            ("DEPLOYMENT_FAILURE_2026_01_25.md", "2026-01-25"),
            ("2024-06/2024-06-25-stall.md", "2024-06-25"),
            ("postmortem-2025-01.md", "2025-01"),
            ("2025-01", "2025-01"),
            ("2021-10", "2021-10"),
            ("04-25-User.md", "none"),
            ("PM2020-002 - KIAM.md", "none"),
            ("INC-2025-01.md", "none"),
            ("INC-2025-0042.md", "none"),
            ("2025-13-40.md", "none"),
            ("seeds/000_547bf208afdefc80.md", "none"),
            ("2025-02-30.md", "none"),
            ("12345678.md", "none"),
            ("2025.12.17.md", "2025-12-17"),
            ("20251217T0800.md", "2025-12-17"),
        ],
        read,
    );
}

#[test]
fn order_by_evidence() {
    for (text, want) in [
        ("on 4/21/23 and 5/6/23", DateOrder::MonthFirst),
        ("on 21/04/2023", DateOrder::DayFirst),
        ("am 17.11.2025", DateOrder::DayFirst),
        ("01-10-2024 7:32 PM PST", DateOrder::MonthFirst),
        ("10:00 ET and 10/01/2025", DateOrder::MonthFirst),
        ("ET phones home on 10/01/2025", DateOrder::Unknown),
        ("10/01/2025", DateOrder::Unknown),
        ("4/21/23 but 21/04/2023", DateOrder::Unknown),
        ("on 3.24.2020 and 3.4.2020", DateOrder::MonthFirst),
        ("am 3.4.2020 um 10:00 PST", DateOrder::DayFirst),
        ("1.2.3 and 10.0.3.7 and 1/2", DateOrder::Unknown),
        ("2025-12-17", DateOrder::Unknown),
        ("", DateOrder::Unknown),
    ] {
        assert_eq!(date_order(text), want, "{text}");
    }
}

#[test]
fn what_a_text_shows_comes_before_what_the_team_states_and_that_before_what_is_likely() {
    use DateOrder::{DayFirst, MonthFirst, Unknown};
    let order = |text: &str, stated| {
        let order = TextOrder::of(text, "a.md").stated(stated);
        order.presume(DayFirst);
        KnownOrder::Of(&order).get()
    };
    for (text, [none, day_first, month_first]) in [
        ("on 4/21/23 and 5/6/23", [MonthFirst; 3]),
        ("on 21/04/2023", [DayFirst; 3]),
        ("4/21/23 but 21/04/2023", [Unknown, DayFirst, MonthFirst]),
        ("10:00 ET and 10/01/2025", [MonthFirst, DayFirst, MonthFirst]),
        ("10/01/2025", [DayFirst, DayFirst, MonthFirst]),
        ("on 3.4.2020 and 10/01/2025", [DayFirst, DayFirst, MonthFirst]),
    ] {
        let read = [order(text, None), order(text, Some(DayFirst)), order(text, Some(MonthFirst))];
        assert_eq!(read, [none, day_first, month_first], "{text}");
    }
    // Who writes dots begins with the day.
    let order = TextOrder::of("3.4.2020", "a.md").stated(Some(MonthFirst));
    assert_eq!(KnownOrder::Of(&order).of_dots(), DayFirst);
}

#[test]
fn years_are_completed() {
    let date = |year, month, day| DateReading { year, month, day, suspicious: false };
    let show = |d: DateReading, year| d.with_year(year).map(|d| d.to_string());
    assert_eq!(show(date(None, 1, Some(14)), Some(2026)).as_deref(), Some("2026-01-14"));
    assert_eq!(show(date(Some(2025), 1, None), Some(2026)).as_deref(), Some("2025-01"));
    assert_eq!(show(date(None, 1, Some(14)), None), None);
    assert_eq!(show(date(None, 2, Some(29)), Some(2025)), None);
}
