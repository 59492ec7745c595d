//! Durations.

use super::{check, context};
use crate::parse::when::duration::DurationReading;
use crate::parse::when::{clock_duration, find_duration};

fn read(text: &str) -> String {
    find_duration(text, &context()).map_or("none".to_owned(), |d: DurationReading| {
        let minutes = d.minutes.map_or("?".to_owned(), |m| m.to_string());
        format!("{minutes}{} [{}]", if d.approximate { "~" } else { "" }, &text[d.range])
    })
}

#[test]
fn english() {
    check(
        [
            ("54 minutes", "54 [54 minutes]"),
            ("~2 hours", "120~ [~2 hours]"),
            ("0h 16m", "16 [0h 16m]"),
            ("1h28m", "88 [1h28m]"),
            ("9 hours 10 minutes", "550 [9 hours 10 minutes]"),
            ("9 hours, 10 minutes", "550 [9 hours, 10 minutes]"),
            ("6 hours, 28 minutes.", "388 [6 hours, 28 minutes]"),
            ("1 hour and 48 minutes", "108 [1 hour and 48 minutes]"),
            ("2d 1h 29m", "2969 [2d 1h 29m]"),
            ("11 Days", "15840 [11 Days]"),
            ("2+ days", "2880~ [2+ days]"),
            ("<1 minute (by hand)", "1~ [<1 minute]"),
            ("2.5 hours", "150 [2.5 hours]"),
            ("35h 36m", "2136 [35h 36m]"),
            ("about 1h50m", "110~ [about 1h50m]"),
            ("approximately five hours", "300~ [approximately five hours]"),
            ("approx. 5 hours", "300~ [approx. 5 hours]"),
            ("more than 2 hours", "120~ [more than 2 hours]"),
            ("half an hour", "30 [half an hour]"),
            ("an hour and a half", "90 [an hour and a half]"),
            ("two and a half hours", "150 [two and a half hours]"),
            ("forty five minutes", "45 [forty five minutes]"),
            ("forty-five minutes", "45 [forty-five minutes]"),
            ("few hours", "?~ [few hours]"),
            ("a few hours", "?~ [a few hours]"),
            ("a couple of hours", "?~ [a couple of hours]"),
            ("40min", "40 [40min]"),
            ("90 mins", "90 [90 mins]"),
            ("PT4H", "240 [PT4H]"),
            ("P1DT2H30M", "1590 [P1DT2H30M]"),
            ("0 minutes", "0 [0 minutes]"),
            ("~16h30m unnoticed + ~47m", "990~ [~16h30m]"),
            ("5h 09m (in office hours 10:00-17:00)", "309 [5h 09m]"),
            ("4–5 hours", "270~ [4–5 hours]"),
            ("2 to 3 hours", "150~ [2 to 3 hours]"),
            ("a 2-hour outage", "120 [2-hour]"),
            ("the outage lasted 45 minutes, then", "45 [45 minutes]"),
            ("1h30", "90 [1h30]"),
            ("1,200 hours", "72000 [1,200 hours]"),
            ("30 seconds", "1 [30 seconds]"),
            ("took 5 minutes. 10 pods", "5 [5 minutes]"),
            ("3 weeks", "30240 [3 weeks]"),
            ("9h50m", "590 [9h50m]"),
            ("1½ hours", "90 [1½ hours]"),
            (".5 h", "30 [.5 h]"),
            ("about .5 hours", "30~ [about .5 hours]"),
            ("1 day, 2:15:00", "1575 [1 day, 2:15:00]"),
            ("2 days 03:15:31.204", "3076 [2 days 03:15:31.204]"),
            ("1 day, 2:15 PM", "1440 [1 day]"),
            ("1 day, 10:30:00 UTC", "1440 [1 day]"),
            ("1 hour 30", "90 [1 hour 30]"),
            ("1 hour 30.", "90 [1 hour 30]"),
            ("1 hour 30 users", "60 [1 hour]"),
            ("1 hour 30%", "60 [1 hour]"),
            ("1 hour, 30", "60 [1 hour]"),
            ("1.234 minutes", "1 [1.234 minutes]"),
            ("1.5 minutes", "2 [1.5 minutes]"),
        ],
        read,
    );
}

#[test]
fn other_languages() {
    check(
        [
            ("2 Stunden 10 Minuten", "130 [2 Stunden 10 Minuten]"),
            ("2 Std. 10 Min.", "130 [2 Std. 10 Min]"),
            ("ca. 2,5 Stunden", "150~ [ca. 2,5 Stunden]"),
            ("eine halbe Stunde", "30 [halbe Stunde]"),
            ("anderthalb Stunden", "90 [anderthalb Stunden]"),
            ("4 horas", "240 [4 horas]"),
            ("una hora y media", "90 [una hora y media]"),
            ("media hora", "30 [media hora]"),
            ("2 heures et 10 minutes", "130 [2 heures et 10 minutes]"),
            ("une demi-heure", "30 [une demi-heure]"),
            ("une heure et demie", "90 [une heure et demie]"),
            ("2 h 10 min", "130 [2 h 10 min]"),
            ("3 horas e 20 minutos", "200 [3 horas e 20 minutos]"),
            ("2 ore e 5 minuti", "125 [2 ore e 5 minuti]"),
            ("mezz'ora", "30 [mezz'ora]"),
            ("2 uur en 10 minuten", "130 [2 uur en 10 minuten]"),
            ("2 godziny 10 minut", "130 [2 godziny 10 minut]"),
            ("pół godziny", "30 [pół godziny]"),
            ("2 timmar och 5 minuter", "125 [2 timmar och 5 minuter]"),
            ("2 timer og 5 minutter", "125 [2 timer og 5 minutter]"),
            ("2 tuntia 5 minuuttia", "125 [2 tuntia 5 minuuttia]"),
            ("2 hodiny a 5 minut", "125 [2 hodiny a 5 minut]"),
            ("2 saat 5 dakika", "125 [2 saat 5 dakika]"),
            ("2 часа 5 минут", "125 [2 часа 5 минут]"),
            ("2 години 5 хвилин", "125 [2 години 5 хвилин]"),
            ("2時間10分", "130 [2時間10分]"),
            ("約2時間", "120~ [約2時間]"),
            ("1時間半", "90 [1時間半]"),
            ("復旧まで30分間", "30 [30分間]"),
            ("2小时10分钟", "130 [2小时10分钟]"),
            ("半小时", "30 [半小时]"),
            ("2시간 10분", "130 [2시간 10분]"),
            ("1시간 반", "90 [1시간 반]"),
            ("1시간 반 동안", "90 [1시간 반]"),
            ("1시간 반복", "60 [1시간]"),
            ("1个半小时", "90 [1个半小时]"),
            ("一个半小时", "90 [一个半小时]"),
            ("2個半小時", "150 [2個半小時]"),
            ("1.200 Minuten", "1200 [1.200 Minuten]"),
            ("1.200 minuti", "1200 [1.200 minuti]"),
            ("0.200 Minuten", "0 [0.200 Minuten]"),
        ],
        read,
    );
}

#[test]
fn none_of_these_is_a_duration() {
    for text in [
        "N/A",
        "?",
        "",
        "5",
        "08:00 UTC",
        "5M rows",
        "10 m",
        "a second peak",
        "8時30分",
        "12月17日",
        "2025-12-17",
        "v5h",
        "99.9%",
        "12 pods",
        "PTO",
        "P0",
        "10:30 minutes",
        "5 md",
        "MT",
        "an outage",
        "half of the nodes",
        "3 Mon",
        "7 s-waves",
        "20 MB/s",
        "to an end",
        "to let it",
        "one-time fix",
        "from time to time",
        "some time later",
        "on an hourly basis",
        "the 4’s",
        "1t",
    ] {
        assert_eq!(read(text), "none", "{text}");
    }
}

#[test]
fn clocks_as_durations() {
    let read = |text: &str| clock_duration(text, &context()).map_or("none".to_owned(), |m| m.to_string());
    check(
        [
            ("01:30:00", "90"),
            ("1:30", "90"),
            ("0:45:31", "46"),
            ("~2:00", "120"),
            ("1:75", "none"),
            ("x", "none"),
            ("48:00", "2880"),
            ("12:30 min", "13"),
            ("12:29 minutes", "12"),
            ("12:30 (mm:ss)", "13"),
            ("1:30 h", "90"),
            ("1:30 hours", "90"),
            ("0:12:30 min", "13"),
        ],
        read,
    );
}
