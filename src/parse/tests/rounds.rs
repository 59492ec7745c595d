//! What unseen documents taught: where people put the day, the state and the news.

use super::{read, read_at};
use crate::model::OriginKind;

fn day(text: &str) -> Option<String> {
    read(text).date.map(|date| date.value.to_string())
}

#[test]
fn a_day_that_is_only_called_date_is_that_of_writing_where_the_timeline_is_over_before_it() {
    let timeline = "\n\n## Timeline\n\n- 2026-06-09 18:27 Alarm\n- 2026-06-10 09:00 Fixed\n";
    for (field, expected) in [
        ("**Date:** 2026-06-18", "2026-06-09"),
        ("- Date: 18 June 2026", "2026-06-09"),
        ("**Datum:** 18.06.2026", "2026-06-09"),
        ("**Reported on:** 2026-06-18", "2026-06-09"),
        // What says that it is the incident's stays, and so does one that goes with the timeline.
        ("**Incident date:** 2026-06-18", "2026-06-18"),
        ("**Date:** 2026-06-18 14:00", "2026-06-18"),
        ("**Date:** 2026-06-18 to 2026-06-20", "2026-06-18"),
        ("**Date:** 2026-06-10", "2026-06-10"),
        // A timeline of long ago tells what led to it.
        ("**Date:** 2026-09-18", "2026-09-18"),
    ] {
        assert_eq!(day(&format!("# Retries\n\n{field}{timeline}")).as_deref(), Some(expected), "{field}");
    }
    let record = format!("---\ndate: 2026-06-18\nseverity: high\n---\n# Retries{timeline}");
    assert_eq!(day(&record).as_deref(), Some("2026-06-18"));
    let report = read(&format!("# Retries\n\n**Date:** 2026-06-18{timeline}"));
    let told = report.diagnostics.iter().find(|it| it.code == "date-contradiction").map(|it| it.line);
    assert_eq!(told, Some(3));
}

#[test]
fn a_day_in_brackets_above_its_times_dates_them() {
    let text =
        "# Errors\n\n**Incident date:** 2026-07-08\n\n## Timeline\n\n[2026-07-01]\n[08:33] Merged\n[09:26] Alarm\n";
    let days: Vec<_> = read(text).timeline.iter().map(|it| it.at.unwrap().date.unwrap().to_string()).collect();
    assert_eq!(days, ["2026-07-01", "2026-07-01"]);
}

#[test]
fn a_field_that_nobody_filled_in_leaves_the_day_open() {
    let timeline = "\n\n## Timeline\n\n- 2026-05-10 23:46 Paged\n- 2026-05-11 00:11 Up\n";
    for value in ["yyyy-mm-dd", "[DD/MM/YYYY]", "jj/mm/aaaa", "YYYY-MM-DD HH:MM UTC"] {
        assert_eq!(day(&format!("# Report\n\n**Date:** {value}{timeline}")), None, "{value}");
    }
    assert_eq!(day(&format!("# Report\n\n**Date:** mm, last week{timeline}")).as_deref(), Some("2026-05-10"));
}

#[test]
fn a_name_may_hold_the_day_in_six_digits() {
    for (path, text, expected) in [
        ("a/validator_downtime_250619.md", "# Down\n\nText.\n", Some("2025-06-19")),
        ("a/250619-downtime.md", "# Down\n\nText.\n", Some("2025-06-19")),
        ("a/INC-250619.md", "# Down\n\nText.\n", None),
        ("a/downtime_259919.md", "# Down\n\nText.\n", None),
        ("a/downtime250619.md", "# Down\n\nText.\n", None),
        ("a/downtime_250619.md", "# Down\n\nOn 3 May 2024 it was down.\n", Some("2024-05-03")),
    ] {
        let date = read_at(path, text).date.map(|date| date.value.to_string());
        assert_eq!(date.as_deref(), expected, "{path}");
    }
    let clocks = read_at("a/outage_241219.md", "# Outage\n\n## Timeline\n\n- 23:55 Down\n- 01:30 Up\n");
    assert_eq!(clocks.timeline[1].at.unwrap().date.unwrap().to_string(), "2024-12-20");
}

#[test]
fn the_day_of_the_fix_at_the_foot_is_a_day_to_go_by() {
    assert_eq!(day("# 修复报告\n\n文字。\n\n---\n\n**修复时间：** 2026-07-22\n").as_deref(), Some("2026-07-22"));
    assert_eq!(day("# A\n\n## Fix\n\nText.\n\n---\n\n**Fixed on:** 2026-07-22\n").as_deref(), Some("2026-07-22"));
}

#[test]
fn an_issue_of_a_status_page_began_on_its_date() {
    let track = |at: &str| format!("{{{{< track \"{at}\" >}}}}");
    let text = format!(
        "---\ntitle: Bots down\ndraft: false\ndate: 2020-05-29T10:34:06Z\nresolved_on: 2020-06-08\naffected:\n  - Bot\n---\n\
         Both were down.\\\n**Issue identified:** No hosts. {}\\\n**Monitoring:** A fix. {}\n\n**Update:** Moved. {}\n",
        track("2020-05-30 14:23:00"),
        track("2020-05-30 18:52:00"),
        track("2020-06-03 21:00:00")
    );
    let document = read(&text);
    assert_eq!(document.date.unwrap().value.to_string(), "2020-05-29");
    let told: Vec<_> = document.timeline.iter().map(|it| (it.line, it.raw.as_str())).collect();
    assert_eq!(told, [(9, "2020-05-30 14:23:00"), (11, "2020-05-30 18:52:00"), (13, "2020-06-03 21:00:00")]);
    assert!(read("# A\n\n{{< track {{< track \"2020-05-30 14:23:00\" >}} then {{< track\n").timeline.is_empty());
    let post = text.replace("resolved_on", "posted").replace("affected", "people");
    assert_eq!(day(&post).as_deref(), Some("2020-05-30"));
}

#[test]
fn news_of_a_post_are_its_timeline() {
    let apart = "# 服务器宕机\n\n**2018-06-16 UPDATE3**:\n\n已恢复。\n\n**更新 2（2018-06-15 10:00）**\n\n恢复中。\n\n---\n\n昨天宕机。\n";
    let within =
        "# Down\n\n**Update (3 May 2024, 14:00 UTC):** It is back.\n\n**UPDATE 2 2024-05-03 15:00:** It stays.\n";
    for (text, expected) in [(apart, "已恢复。"), (within, "It is back.")] {
        let document = read(text);
        assert_eq!(document.timeline.len(), 2, "{text}");
        assert!(document.timeline.iter().any(|entry| entry.text == expected), "{:?}", document.timeline);
    }
    assert!(
        read("# A\n\n**Version 2 2024-05-03**\n\nText.\n\n**Version 3 2024-06-03**\n\nText.\n").timeline.is_empty()
    );
}

#[test]
fn dated_items_below_what_happened_are_entries() {
    let items =
        "- **2026-01-20 14:00 ICT**: work begins\n- **2026-01-20 - 2026-01-28**: idle\n- **2026-01-28**: cleared\n";
    let beside = "\naffected sessions:\n- 203.0.113.1\n- 203.0.113.2\n";
    assert_eq!(read(&format!("# A\n\n## What happened\n\n{items}{beside}")).timeline.len(), 3);
    assert!(read(&format!("# A\n\n## Releases\n\n{items}{beside}")).timeline.is_empty());
    let mixed = format!("# A\n\n## What happened\n\n{items}- nothing else\n");
    assert!(read(&mixed).timeline.is_empty());
}

#[test]
fn a_heading_that_tells_of_a_measure_makes_no_report_of_a_timeline() {
    let text = "# Incident timeline\n\n## August 12, 2026\n\n### 7:51 PM — seen\n\nText.\n\n### 8:09 PM — stopped\n\nText.\n\n\
                ### After containment — page changed\n\nText.\n\n## August 13, 2026\n\n### 3:43 AM — moved\n\nText.\n";
    assert!(read(text).timeline.iter().any(|entry| entry.text.contains("moved")));
    let report = text.replace("After containment — page changed", "Resolution");
    assert!(!read(&report).timeline.iter().any(|entry| entry.text.contains("moved")));
}

#[test]
fn the_state_may_be_an_image() {
    for text in [
        "# 2021-05-17\n\n### State\n\n![Resolved](green.png)\n\n### Details\n\nText.\n",
        "# Down\n\n**Status:** ![resolved](https://badges.example/green.svg)\n\nText.\n",
    ] {
        let status = read(text).status.expect(text);
        assert_eq!(status.value, crate::model::StatusState::Resolved);
        assert_eq!(status.raw.to_lowercase(), "resolved");
    }
    assert!(read("# Down\n\n## Graphs\n\n![Resolved names per second](a.png)\n").status.is_none());
}

#[test]
fn severity_may_stand_below_another_key() {
    let severity = |text: &str| read(text).severity.map(|severity| severity.value.level());
    assert_eq!(severity("---\nscope:\n  severity: P3\n---\n# A\n"), Some(4));
    assert_eq!(severity("---\nseverity: high\nscope:\n  severity: P3\n---\n# A\n"), Some(2));
    assert_eq!(severity("---\nold:\n  severity: P1\nnew:\n  severity: P3\n---\n# A\n"), None);
    assert_eq!(severity("---\nissues:\n  - severity: P1\n---\n# A\n"), None);
}

#[test]
fn facts_of_each_of_several_sections_are_none_of_the_document() {
    let section = |name: &str, level: &str, state: &str| {
        format!(
            "## {name}\n\n- **Severity:** {level}\n- **Issue:** #34\n- **Status:** {state}\n- **Impact:** Text.\n\n"
        )
    };
    let one = format!("# Advisory\n\n{}", section("001: Entropy", "Critical", "Fixed"));
    let several = format!("{one}{}", section("002: Order", "High", "Open"));
    assert_eq!(read(&one).status.unwrap().origin.kind, OriginKind::List);
    let document = read(&several);
    assert!(document.severity.is_none() && document.status.is_none());
}

#[test]
fn a_question_is_no_title_and_a_comment_may_hold_one() {
    let question = "We lost a server.\n\n## What is the impact?\n\nText.\n";
    assert!(read(question).title.is_none());
    let comment = format!("<!--\n.. title: Server outage\n.. slug: outage\n-->\n\n{question}");
    let title = read(&comment).title.unwrap();
    assert_eq!((title.value.as_str(), title.origin.line), ("Server outage", 2));
    assert_eq!(read("# Why were we down?\n\nText.\n").title.unwrap().value, "Why were we down?");
}

#[test]
fn a_table_may_say_when_service_was_restored_and_how_long_it_took() {
    let text = "# 장애 보고서\n\n## 개요\n\n| 항목 | 내용 |\n|---|---|\n| 발생 일시 | 2026-05-15 14:23 KST |\n\
                | 복구 일시 | 2026-05-15 14:28 KST |\n| 총 영향 시간 | 약 5분 |\n";
    let document = read(text);
    assert_eq!(document.date.unwrap().value.to_string(), "2026-05-15");
    assert!(document.durations.stated.iter().any(|it| it.minutes == Some(5)));
    let without = text.replace("| 총 영향 시간 | 약 5분 |\n", "");
    assert_eq!(day(&without).as_deref(), Some("2026-05-15"));
}

#[test]
fn labels_of_many_languages_are_known() {
    for (text, expected) in [
        ("# Incidente\n\n- **Data da Identificação**: 26 de Agosto de 2026\n", "2026-08-26"),
        ("# Rapport\n\n**Date de découverte :** 26 août 2026\n", "2026-08-26"),
        ("# Störung\n\n**Entdeckungsdatum:** 26.08.2026\n", "2026-08-26"),
        ("# Incident\n\nText.\n\n---\n\n*Investigation completed: 2025-08-18 18:35*\n", "2025-08-18"),
        ("# Sự cố\n\n**Ngày phát hiện:** 26/08/2026\n", "2026-08-26"),
    ] {
        assert_eq!(day(text).as_deref(), Some(expected), "{text}");
    }
    for (text, expected) in [
        ("# Incidente\n\n- **Classificação de Gravidade**: CRÍTICA\n", 1),
        ("# Report\n\n**Incident Classification**: Critical failure of reporting\n", 1),
        ("# Incident\n\n**Niveau de criticité :** élevé\n", 2),
        ("# Olay\n\n**Ciddiyet seviyesi:** kritik\n", 1),
    ] {
        assert_eq!(read(text).severity.map(|it| it.value.level()), Some(expected), "{text}");
    }
    for text in [
        "# Reporte\n\n**Estado final:** ✅ Desplegado exitosamente\n",
        "# 报告\n\n**修复状态：** ✅ 完成\n",
        "# Correctif\n\n**Statut :** Corrections déployées et testées\n",
    ] {
        assert_eq!(read(text).status.map(|it| it.value), Some(crate::model::StatusState::Resolved), "{text}");
    }
    for (text, minutes) in [
        ("# A\n\n## Timeline of events\n\n- **Event Duration**: 2 minutes\n", 2),
        ("# A\n\n**Tempo total de indisponibilidade:** 45 minutos\n", 45),
        ("# A\n\n**総停止時間:** 45分\n", 45),
    ] {
        let stated = read(text).durations.stated;
        assert_eq!(stated.first().and_then(|it| it.minutes), Some(minutes), "{text}");
    }
}
