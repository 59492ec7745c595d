//! One incident, told in each language the way people there write it: the same facts must come out.

use super::*;
use crate::model::StatusState;

/// A document and what makes it differ from the others; date, level, status and figures are the same in all.
struct Case {
    language: &'static str,
    text: &'static str,
    owner: &'static str,
    item_owner: &'static str,
    /// The words that the resolution must hold.
    resolution: &'static str,
}

const CASES: [Case; 17] = [
    Case {
        language: "de",
        owner: "Katrin Vogel",
        item_owner: "Jonas Brandt",
        resolution: "Verbindungen",
        text: include_str!("languages/de.md"),
    },
    Case {
        language: "es",
        owner: "Lucía Ferrer",
        item_owner: "Tomás Rey",
        resolution: "conexiones",
        text: include_str!("languages/es.md"),
    },
    Case {
        language: "fr",
        owner: "Camille Roche",
        item_owner: "Hugo Petit",
        resolution: "connexions",
        text: include_str!("languages/fr.md"),
    },
    Case {
        language: "pt",
        owner: "Beatriz Lemos",
        item_owner: "Rui Nunes",
        resolution: "conexões",
        text: include_str!("languages/pt.md"),
    },
    // The fields of an item stand in a table here: the parser takes none from full-width brackets and colons.
    Case {
        language: "ja",
        owner: "佐藤 美咲",
        item_owner: "田中 健",
        resolution: "接続",
        text: include_str!("languages/ja.md"),
    },
    Case {
        language: "zh",
        owner: "李娜",
        item_owner: "王强",
        resolution: "连接",
        text: include_str!("languages/zh.md"),
    },
    Case {
        language: "ru",
        owner: "Ольга Белова",
        item_owner: "Илья Громов",
        resolution: "соединения",
        text: include_str!("languages/ru.md"),
    },
    Case {
        language: "it",
        owner: "Chiara Fontana",
        item_owner: "Luca Greco",
        resolution: "connessioni",
        text: include_str!("languages/it.md"),
    },
    Case {
        language: "nl",
        owner: "Sanne Kuipers",
        item_owner: "Bram Mulder",
        resolution: "verbindingen",
        text: include_str!("languages/nl.md"),
    },
    Case {
        language: "pl",
        owner: "Ewa Kowalczyk",
        item_owner: "Piotr Zając",
        resolution: "połączenia",
        text: include_str!("languages/pl.md"),
    },
    Case {
        language: "ko",
        owner: "김서연",
        item_owner: "박준호",
        resolution: "연결",
        text: include_str!("languages/ko.md"),
    },
    Case {
        language: "sv",
        owner: "Elin Sandberg",
        item_owner: "Oskar Lind",
        resolution: "anslutningarna",
        text: include_str!("languages/sv.md"),
    },
    Case {
        language: "id",
        owner: "Dewi Lestari",
        item_owner: "Budi Santoso",
        resolution: "koneksi",
        text: include_str!("languages/id.md"),
    },
    Case {
        language: "vi",
        owner: "Nguyễn Thị Lan",
        item_owner: "Trần Văn Minh",
        resolution: "kết nối",
        text: include_str!("languages/vi.md"),
    },
    Case {
        language: "th",
        owner: "สมชาย ใจดี",
        item_owner: "มานี มีนา",
        resolution: "การเชื่อมต่อ",
        text: include_str!("languages/th.md"),
    },
    Case {
        language: "ar",
        owner: "ليلى منصور",
        item_owner: "سامي حداد",
        resolution: "الاتصالات",
        text: include_str!("languages/ar.md"),
    },
    Case {
        language: "hi",
        owner: "मीरा जोशी",
        item_owner: "अर्जुन राव",
        resolution: "कनेक्शन",
        text: include_str!("languages/hi.md"),
    },
];

fn read(case: &Case) -> Document {
    parse("notes/a.md", case.text.as_bytes(), &ParseOptions::default()).document
}

#[test]
fn the_header_is_read_in_every_language() {
    for case in &CASES {
        let (document, language) = (read(case), case.language);
        assert_eq!(document.language, Some(language));
        assert_eq!(document.kind.value, Kind::Incident, "{language}");
        assert_eq!(document.date.unwrap().value.to_string(), "2025-03-14", "{language}");
        assert_eq!(document.severity.unwrap().value.level(), 2, "{language}");
        assert_eq!(document.status.unwrap().value, StatusState::Resolved, "{language}");
        assert!(document.owners.iter().any(|owner| owner.value == case.owner), "{language}: {:?}", document.owners);
        let services = &document.services;
        assert!(services.iter().any(|service| service.value == "orders-api"), "{language}: {services:?}");
        assert_eq!(document.durations.stated[0].minutes, Some(80), "{language}");
    }
}

#[test]
fn the_sections_are_read_in_every_language() {
    for case in &CASES {
        let (document, language) = (read(case), case.language);
        assert!(document.has_root_cause, "{language}");
        assert_eq!(document.timeline.len(), 3, "{language}: {:?}", document.timeline);
        let resolution = document.resolution.unwrap_or_else(|| panic!("{language}: no resolution")).value;
        assert!(resolution.contains(case.resolution), "{language}: {resolution}");
        let command = document.commands.first().map(|command| command.text.as_str());
        assert_eq!(command, Some("kubectl rollout restart deploy/orders-api"), "{language}");
        let marks: Vec<_> = document.timeline.iter().map(|entry| entry.mark.is_some()).collect();
        assert_eq!(marks, [true, true, true], "{language}: {:?}", document.timeline);
    }
}

#[test]
fn the_action_items_are_read_in_every_language() {
    for case in &CASES {
        let (document, language) = (read(case), case.language);
        let items = &document.action_items;
        assert_eq!(items.len(), 2, "{language}: {items:?}");
        assert_eq!(items[0].owner.as_deref(), Some(case.item_owner), "{language}");
        let due = items[0].due.as_ref().map(|due| due.date.to_string());
        assert_eq!(due.as_deref(), Some("2025-03-28"), "{language}");
        let done = matches!(language, "ja" | "zh" | "ko");
        assert_eq!((items[0].is_done(), items[1].is_done()), (false, done), "{language}");
    }
}

#[test]
fn kana_makes_a_text_japanese_however_many_words_begin_in_han() {
    let language = |text: &str| super::read(text).language;
    assert_eq!(language("# 決済障害\n\n決済が停止した。接続数が上限に達した。設定を変更した。\n"), Some("ja"));
    assert_eq!(language("# 支付故障\n\n支付服务停止。连接数达到上限。修改配置。\n"), Some("zh"));
}
