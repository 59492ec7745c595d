use super::*;
use encoding_rs::Encoding;
use proptest::prelude::*;

const LIMIT: usize = 4 << 20;

fn codes(decoded: &Decoded) -> Vec<&'static str> {
    decoded.diagnostics.iter().map(|found| found.code).collect()
}

fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
    let text = if mark { format!("\u{FEFF}{text}") } else { text.to_owned() };
    let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn clean_text_passes_unchanged() {
    for text in
        ["# Outage\n", "a\r\nb\r\n", "naïve Ñandú Âge São façade Müller â\n", "Störung „Spaß“ – Ende\n", "再起動 🔥\n"]
    {
        let decoded = decode(text.as_bytes(), LIMIT);
        assert_eq!((decoded.text.as_str(), codes(&decoded)), (text, vec![]), "{text}");
    }
}

#[test]
fn encodings_are_recognised() {
    let legacy = |label: &str, text: &str| Encoding::for_label(label.as_bytes()).unwrap().encode(text).0.into_owned();
    let french = "# Panne générale à Orléans\n\nLe système était arrêté, puis redémarré après vérification.\n";
    let russian = "# Отказ базы данных\n\nПричина сбоя: переполнение диска на основном сервере.\n";
    for (bytes, text, code) in [
        (b"\xEF\xBB\xBF# a\n".to_vec(), "# a\n", "byte-order-mark"),
        (utf16("# Ausfall Köln\n", true, true), "# Ausfall Köln\n", "utf-16"),
        (utf16("# Ausfall Köln\n", false, true), "# Ausfall Köln\n", "utf-16"),
        (utf16("# Ausfall Köln\n", true, false), "# Ausfall Köln\n", "utf-16"),
        (utf16("# Ausfall Köln\n", false, false), "# Ausfall Köln\n", "utf-16"),
        (utf16("# 障害\n", true, true), "# 障害\n", "utf-16"),
        (legacy("windows-1252", french), french, "legacy-encoding"),
        (legacy("windows-1251", russian), russian, "legacy-encoding"),
    ] {
        let decoded = decode(&bytes, LIMIT);
        assert_eq!((decoded.text.as_str(), codes(&decoded)), (text, vec![code]));
    }
}

#[test]
fn a_few_bad_bytes_leave_utf8_utf8() {
    let decoded = decode(b"# Caf\xC3\xA9 \xC3\xA0\nbad \xFF here\n", LIMIT);
    assert_eq!(decoded.text, "# Café à\nbad \u{FFFD} here\n");
    assert_eq!(codes(&decoded), ["invalid-utf8"]);
    assert_eq!((decoded.diagnostics[0].line, decoded.diagnostics[0].level), (2, Level::Error));
}

#[test]
fn lone_surrogates_are_reported() {
    let mut bytes = utf16("one\ntwo ", true, true);
    bytes.extend([0x00, 0xD8, b'x', 0]);
    let decoded = decode(&bytes, LIMIT);
    assert_eq!(decoded.text, "one\ntwo \u{FFFD}x");
    assert_eq!(codes(&decoded), ["utf-16", "invalid-utf16"]);
    assert_eq!(decoded.diagnostics[1].line, 2);
}

#[test]
fn what_is_no_text_is_rejected() {
    let png = [b"\x89PNG\r\n\x1a\n".as_slice(), &[0; 64]].concat();
    let noise: Vec<u8> = (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    for (bytes, limit, code) in [
        (png, LIMIT, "binary-file"),
        (noise, LIMIT, "binary-file"),
        (vec![0; 500], LIMIT, "binary-file"),
        (vec![b'a'; 11], 10, "file-too-large"),
    ] {
        let decoded = decode(&bytes, limit);
        assert!(decoded.rejected && decoded.text.is_empty());
        assert_eq!(codes(&decoded), [code]);
    }
}

#[test]
fn oddities_are_repaired_and_told() {
    for (bytes, text, expected) in [
        (b"".as_slice(), "", vec![("empty-file", 0)]),
        (b" \n\n", " \n\n", vec![("empty-file", 0)]),
        (b"a\nb\0\0c", "a\nb  c", vec![("nul-bytes", 2)]),
        (b"a\rb\r", "a\nb\n", vec![]),
        (b"a\n\xEF\xBF\xBD", "a\n\u{FFFD}", vec![("replacement-character", 2)]),
        (b"\x1b[31mred\x1b[0m log\n", "\x1b[31mred\x1b[0m log\n", vec![]),
    ] {
        let decoded = decode(bytes, LIMIT);
        let found: Vec<_> = decoded.diagnostics.iter().map(|found| (found.code, found.line)).collect();
        assert_eq!((decoded.text.as_str(), found, decoded.rejected), (text, expected, false));
    }
}

#[test]
fn mojibake_is_turned_back() {
    for (mangled, whole) in [
        ("âœ… ok", "✅ ok"),
        ("a â†’ b", "a → b"),
        ("itâ€™s â€œfineâ€\u{9d} â€” really", "it’s “fine” — really"),
        ("âœ… and â€œfineâ€ now", "✅ and “fine” now"),
        ("InformaciÃ³n tÃ©cnica, Ã¡rea", "Información técnica, área"),
        ("MetrologÃa âœ…", "Metrología ✅"),
        ("âœ… âŒ no âš ï¸ careful ðŸš€", "✅ ❌ no ⚠\u{FE0F} careful 🚀"),
        ("Ã–ffnung, StÃ¶rung, StraÃŸe", "Öffnung, Störung, Straße"),
        ("ÐžÑ‚ÐºÐ°Ð· ÑÐµÑ€Ð²ÐµÑ€Ð°", "Отказ ÑÐµÑ€Ð²ÐµÑ€Ð°"),
        ("âœ… âš\u{A0}ï¸ x", "✅ ⚠\u{FE0F} x"),
        ("20Â°C, 5Â\u{A0}ms", "20°C, 5\u{A0}ms"),
        ("â”€â”€â”¬â”€â”€", "──┬──"),
        ("Å¡koda, Å¾ivot, dÄ›ti, Äesko, kÅ¯Åˆ", "škoda, život, děti, Äesko, kůň"),
    ] {
        let decoded = decode(mangled.as_bytes(), LIMIT);
        let (repaired, code) = (decoded.text.clone(), codes(&decoded));
        if mangled.starts_with('Ð') {
            // Russian loses its `с` (D1 81): what is whole is repaired, what is not stays.
            assert!(repaired.starts_with("Отказ"), "{repaired}");
        } else {
            assert_eq!(repaired, whole);
        }
        assert_eq!(code, ["mojibake"], "{mangled}");
    }
}

#[test]
fn text_mangled_twice_is_turned_back_twice() {
    assert_eq!(decode("donÃ¢â‚¬â„¢t".as_bytes(), LIMIT).text, "don’t");
}

#[test]
fn mojibake_that_lost_bytes_is_counted_and_left() {
    let decoded = decode("x\nâœ… ðŸ” rest\n".as_bytes(), LIMIT);
    assert_eq!(decoded.text, "x\n✅ ðŸ” rest\n");
    let found = &decoded.diagnostics[0];
    assert_eq!((found.code, found.line), ("mojibake", 2));
    assert!(found.message.contains("1 sequences") && found.message.contains("1 left"), "{}", found.message);
}

#[test]
fn honest_text_is_not_taken_for_mojibake() {
    for text in [
        "„Spaß“ und «CAFÉ» – “the café’” «Bogotá»… „BÖ“ MENÜ–",
        "SÃO PAULO, NÃO, IRMÃ” e “MANHÔ",
        "Ça fait 3 °C à l’île d’Orléans : « naïve »",
        "Âge, Âme, â, Ã, ð, Þ, è̀",
        "«Ñ» «É» «È» «Ù» «Ü»",
        "Điện thoại «Việt Nam» á» é’ è“",
    ] {
        let decoded = decode(text.as_bytes(), LIMIT);
        assert_eq!((decoded.text.as_str(), codes(&decoded)), (text, vec![]));
    }
}

#[test]
fn hostile_bytes_cost_no_more_than_their_size() {
    let line = vec![b'x'; 5 << 20];
    assert!(decode(&line, LIMIT).rejected);
    assert_eq!(decode(&line, usize::MAX).text.len(), line.len());
    let lead = "Ã".repeat(200_000);
    assert_eq!(decode(lead.as_bytes(), LIMIT).text, lead);
    let mangled = "â€™".repeat(100_000);
    assert_eq!(decode(mangled.as_bytes(), LIMIT).text, "’".repeat(100_000));
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        decode(&bytes, 300);
    }

    #[test]
    fn no_text_panics(text in "[âÃðŸÂÅï€œ…†™ a\u{80}-\u{A0}\n\r\0]{0,60}") {
        decode(text.as_bytes(), LIMIT);
    }

    #[test]
    fn mangled_text_comes_back(text in "[a-z ]{0,8}[→✅—’“]{1,5}[a-z ]{0,8}[éàüñç]{0,3}") {
        let (mangled, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(text.as_bytes());
        prop_assert_eq!(decode(mangled.as_bytes(), LIMIT).text, text);
    }
}
