use chrono::NaiveDate;

use super::catalogue::Catalogue;
use super::clocks::{clock, clocks};
use super::*;
use crate::effort::effort;
use crate::model::Period;

/// Says in one line what is known of a control.
fn told(framework: &str, text: &str) -> String {
    match look_up(framework, text) {
        Lookup::Known { control, is_canonical } => format!("{}{}", control.id, if is_canonical { "" } else { " ~" }),
        Lookup::Superseded { id, by } => format!("{id} -> {}", by.iter().map(|it| it.id).collect::<Vec<_>>().join(" ")),
        Lookup::TooBroad { group, members, .. } => format!("{group:?} of {}", members.len()),
        Lookup::Unknown { nearest, .. } => format!("unknown, {}", nearest.map_or("-", |it| it.id)),
        Lookup::Unchecked => "unchecked".to_owned(),
    }
}

#[test]
fn controls_are_read_as_people_write_them() {
    for (framework, text, expected) in [
        ("soc2", "CC7.2", "CC7.2"),
        ("soc2", "cc7.2", "CC7.2 ~"),
        ("soc2", "CC 7.2", "CC7.2 ~"),
        ("soc2", "CC7.3 - Security event evaluation", "CC7.3 ~"),
        ("", "SOC 2 CC7.4", "CC7.4 ~"),
        ("", "SOC2:CC7.4", "CC7.4 ~"),
        ("soc2", "A1.2", "A1.2"),
        ("hipaa", "164.308(a)(6)(ii)", "164.308(a)(6)(ii)"),
        ("hipaa", "§164.312(b)", "164.312(b) ~"),
        ("", "45 CFR 164.402", "164.402 ~"),
        ("hipaa", "45 CFR § 164.308(a)(6)(ii)", "164.308(a)(6)(ii) ~"),
        ("hipaa", "164.308.a.6.ii", "164.308(a)(6)(ii) ~"),
        ("hipaa", "164_308_a_6_ii", "164.308(a)(6)(ii) ~"),
        ("hipaa", "164.308(a)(1)(II)(d)", "164.308(a)(1)(ii)(D) ~"),
        ("hipaa", "164.308(a)(1)", "164.308(a)(1)(i)"),
        ("hipaa", "164.312(c)", "164.312(c)(1)"),
        ("iso27001", "A.5.37", "A.5.37"),
        ("iso27001", "5.37", "A.5.37 ~"),
        ("iso27001", "A5.37", "A.5.37 ~"),
        ("", "ISO/IEC 27001:2022 A.8.15", "A.8.15 ~"),
        ("iso27001", "A.8.2 Privileged access", "A.8.2 ~"),
    ] {
        assert_eq!(told(framework, text), expected, "{framework} {text}");
    }
}

#[test]
fn several_controls_in_one_value_are_each_one() {
    for (framework, text, expected) in [
        ("soc2", "CC7.3, CC7.4", &["CC7.3", "CC7.4"][..]),
        ("soc2", "CC7.3 CC7.4/CC7.5; CC 8.1, and A1.2", &["CC7.3", "CC7.4", "CC7.5", "CC 8.1", "A1.2"]),
        ("soc2", "CC7.3 Triage (all), CC7.4 - response", &["CC7.3 Triage (all)", "CC7.4 - response"]),
        ("soc2", "CC7, CC8", &["CC7", "CC8"]),
        ("hipaa", "164.308(a)(1)(ii)(D) and 164.312(b)", &["164.308(a)(1)(ii)(D)", "164.312(b)"]),
        ("hipaa", "45 CFR § 164.308 (a)(1), § 164.312(b)", &["45 CFR § 164.308 (a)(1)", "§ 164.312(b)"]),
        ("iso27001", "A.12.1.3 und A.12.4.1", &["A.12.1.3", "A.12.4.1"]),
        ("iso27001", "8.15、8.16", &["8.15", "8.16"]),
        ("", "SOC 2 CC7.4, ISO/IEC 27001:2022 A.8.15", &["SOC 2 CC7.4", "ISO/IEC 27001:2022 A.8.15"]),
        // One control and what is said of it.
        ("soc2", "CC7.3, P1 incidents and a runbook", &["CC7.3, P1 incidents and a runbook"]),
        ("soc2", "CC7.3 as (see CC7.4, CC7.5)", &["CC7.3 as (see CC7.4, CC7.5)"]),
        ("soc2", "see CC7.3", &["see CC7.3"]),
        ("iso27001", "A.5.24/25", &["A.5.24/25"]),
        ("iso27001", "A.8.2 Privileged access, 2022", &["A.8.2 Privileged access, 2022"]),
        ("", "2025-01-10, 8.15, 8.16", &["2025-01-10, 8.15, 8.16"]),
        ("gdpr", "Art. 33, Art. 34", &["Art. 33, Art. 34"]),
        ("soc2", "", &[""]),
    ] {
        assert_eq!(each_control(framework, text), expected, "{framework} {text}");
    }
    for (text, expected) in
        [("CC7.3", true), ("SOC 2: cc7.3", true), ("`CC7.3`", true), ("CC7.3 - x", false), ("CC7.1–CC7.5", false)]
    {
        assert_eq!(is_only_a_control(text), expected, "{text}");
    }
}

#[test]
fn long_values_take_no_longer_than_their_size() {
    let time_of = |piece: &str| {
        let text = piece.repeat((1 << 18) / piece.len());
        effort(|| assert!(!each_control("soc2", &text).is_empty()))
    };
    let ordinary = time_of("CC7.3, CC7.4 and CC7.5 Recovery; ");
    for piece in ["CC7.3/x", "CC7.3 ", " ", ", and ", "CC7.3 x, ", "A.1", "(,", "a/"] {
        let took = time_of(piece);
        assert!(took < ordinary * 30, "{piece:?} took {took:?}, ordinary text {ordinary:?}");
    }
}

#[test]
fn controls_of_2013_name_what_took_their_place() {
    for (framework, text, expected) in [
        ("iso27001", "A.12.1.1", "A.12.1.1 -> A.5.37"),
        ("iso27001", "A.18.1.3", "A.18.1.3 -> A.5.33"),
        ("", "ISO 27001:2013 A.18.1.3", "A.18.1.3 -> A.5.33"),
        ("iso27001", "12.1.1", "A.12.1.1 -> A.5.37"),
        ("iso27001", "A.18.2.3", "A.18.2.3 -> A.5.36 A.8.8"),
        ("iso27001", "A.12.1", "Family of 4"),
        ("iso27001-2013", "A.8.2", "Family of 3"),
    ] {
        assert_eq!(told(framework, text), expected, "{framework} {text}");
    }
}

#[test]
fn what_is_no_single_control_is_too_broad_or_unknown() {
    for (framework, text, expected) in [
        ("soc2", "CC7", "Family of 5"),
        ("soc2", "CC", "Family of 33"),
        ("soc2", "A", "Family of 3"),
        ("soc2", "SOC 2", "Whole of 0"),
        ("hipaa", "164.308", "Family of 31"),
        ("hipaa", "45 CFR Part 164", "Whole of 0"),
        ("hipaa", "164.316(b)(2)", "Paragraphs of 3"),
        ("hipaa", "HIPAA", "Whole of 0"),
        ("iso27001", "A.5", "Family of 37"),
        ("iso27001", "ISO 27001", "Whole of 0"),
        ("soc2", "CC8.2", "unknown, CC8.1"),
        ("soc2", "CC7.4.5", "unknown, CC7.4"),
        ("soc2", "Security", "unknown, -"),
        ("hipaa", "164.312(f)", "unknown, 164.312(b)"),
        ("hipaa", "164.999", "unknown, -"),
        ("iso27001", "A.5.38", "unknown, A.5.3"),
        ("iso27001", "A.12.1.9", "unknown, -"),
        ("iso27001", "7.5.3", "unchecked"),
        ("hipaa", "164.502(e)", "unchecked"),
        ("hipaa", "160.103", "unchecked"),
        ("gdpr", "Art. 33", "unchecked"),
        ("pci", "10.5.1", "unchecked"),
        ("", "", "unchecked"),
        ("", "see the policy", "unchecked"),
    ] {
        assert_eq!(told(framework, text), expected, "{framework} {text}");
    }
}

#[test]
fn odd_texts_are_no_trouble() {
    for text in ["(", "A.", "CC.", "164.", "164.308(", "164.308(((((", "§", "A.٣.1", "ISO", "é", "CC７.2", ":2013", "-"]
    {
        for framework in ["", "soc2", "hipaa", "iso27001", "x"] {
            assert!(!told(framework, text).is_empty() && !told(framework, &text.repeat(3000)).is_empty());
        }
    }
}

#[test]
fn the_tables_agree_with_each_other() {
    let count = |framework| controls(framework).count();
    assert_eq!((count(Framework::Soc2), count(Framework::Hipaa), count(Framework::Iso27001)), (61, 122, 93));
    let catalogue = Catalogue::get();
    assert_eq!(catalogue.superseded.len(), 114);
    for framework in Framework::ALL {
        for control in controls(framework) {
            assert!(!control.title.is_empty(), "{}", control.id);
            let known = look_up(framework.key(), control.id);
            assert_eq!(known, Lookup::Known { control, is_canonical: true }, "{}", control.id);
        }
    }
    for (old, by) in &catalogue.superseded {
        assert!(by.iter().all(|id| catalogue.find(id).is_some()), "{old}");
    }
}

#[test]
fn days_are_worked_out_as_the_vectors_say() {
    let vectors: Vec<[&str; 6]> = tsv::rows(include_str!("data/date-vectors.tsv")).collect();
    assert_eq!(vectors.len(), 30);
    for [kind, anchor, period, n, expected, _] in vectors {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let from = day(anchor);
        let times = |period: Period, n: u32| match period {
            Period::Days(days) => Period::Days(days * n),
            Period::Months(months) => Period::Months(months * n),
            Period::Indefinite => period,
        };
        let worked_out = match kind {
            "review-rolling" | "review-series" => {
                times(Period::parse_frequency(period).unwrap(), n.parse().unwrap()).after(from)
            }
            "retention" => Period::parse(period).unwrap().after(from),
            "disposal-eligible" => Period::parse(period).unwrap().after(from).and_then(|day| day.succ_opt()),
            "hipaa-60-days" => clock("hipaa-individuals").unwrap().deadline(from),
            "hipaa-under-500-annual" => clock("hipaa-hhs-under-500").unwrap().deadline(from),
            other => panic!("{other}"),
        };
        assert_eq!(worked_out, Some(day(expected)), "{kind} {anchor} {period}");
    }
}

#[test]
fn clocks_count_working_days_and_leave_hours_alone() {
    let friday = "2026-11-20".parse::<NaiveDate>().unwrap();
    assert_eq!(clock("sec-8k").unwrap().deadline(friday), "2026-11-26".parse().ok());
    assert_eq!(clock("gdpr-authority").unwrap().deadline(friday), None);
    assert_eq!(clock("pci-brands").unwrap().deadline(friday), None);
    assert_eq!(clocks().len(), 29);
    assert!(clocks().iter().all(|it| !it.citation.is_empty() && it.amount < 100), "{:?}", clocks());
}

#[test]
fn hipaa_asks_for_six_years() {
    assert_eq!(minimum_retention(Framework::Hipaa), Some((Period::Months(72), "45 CFR 164.316(b)(2)(i)")));
    assert_eq!(minimum_retention(Framework::Soc2), None);
}
