use tantivy::tokenizer::TokenStream;

use super::{Piece, TokenKind, WordTokenizer, pieces};

fn terms(text: &str) -> Vec<String> {
    pieces(text).into_iter().map(|piece| piece.text).collect()
}

fn at(text: &str, term: &str) -> usize {
    let found = pieces(text).into_iter().find(|piece| piece.text == term);
    found.unwrap_or_else(|| panic!("`{term}` is not among {:?}", terms(text))).position
}

#[test]
fn splits_plain_words_and_lowers_them() {
    assert_eq!(terms("The queue, was FULL."), ["the", "queue", "was", "full"]);
    assert_eq!(at("The queue, was FULL.", "full"), 3);
}

#[test]
fn keeps_identifiers_whole_and_in_parts() {
    let cases: [(&str, &[&str]); 9] = [
        ("credmate-redis:6379.", &["credmate", "redis", "6379", "credmate-redis:6379"]),
        ("src/api/utils/config.py", &["src", "api", "utils", "config", "py", "src/api/utils/config.py"]),
        ("CVE-2025-1234", &["cve", "2025", "1234", "cve-2025-1234"]),
        ("10.0.3.7", &["10", "0", "3", "7", "10.0.3.7"]),
        ("snake_case", &["snake", "case", "snake_case"]),
        ("camelCase", &["camelcase", "camel", "case"]),
        ("P0", &["p0"]),
        ("HTTPServerError", &["httpservererror", "http", "server", "error"]),
        ("std::io::Error", &["std", "io", "error", "std::io::error"]),
    ];
    for (text, expected) in cases {
        assert_eq!(terms(text), expected, "{text}");
    }
    let exception = terms("redis.exceptions.ConnectionError: Error -2");
    for term in ["redis", "exceptions", "connectionerror", "connection", "error", "redis.exceptions.connectionerror"] {
        assert!(exception.iter().any(|it| it == term), "{term} is not among {exception:?}");
    }
}

#[test]
fn splits_humps_only_where_words_meet() {
    let cases: [(&str, &[&str]); 5] = [
        ("TLSConfig", &["tlsconfig", "tls", "config"]),
        ("APIs", &["apis"]),
        ("KBytes", &["kbytes"]),
        ("iPhone", &["iphone", "phone"]),
        ("getHTTPResponse", &["gethttpresponse", "get", "http", "response"]),
    ];
    for (text, expected) in cases {
        assert_eq!(terms(text), expected, "{text}");
    }
}

#[test]
fn keeps_names_whole_but_not_moments_and_numbers() {
    for text in ["2025-12-17T08:00:00Z", "10/12", "1.5", "08:00", "2025-12-17"] {
        assert!(pieces(text).iter().all(|piece| piece.kind == TokenKind::Word), "{text}: {:?}", terms(text));
    }
    for text in ["10.0.3.7", "10.0.3.7:6379", "v1.2", "INC-42"] {
        assert!(pieces(text).iter().any(|piece| piece.kind == TokenKind::Whole), "{text}");
    }
}

#[test]
fn reads_endless_identifiers_in_bounded_pieces() {
    let text = "a-".repeat(100_000);
    let found = pieces(&text);
    assert!(found.len() >= 100_000 && found.iter().all(|piece| piece.text.len() <= 96));
}

#[test]
fn gives_whole_identifiers_the_position_of_their_first_part() {
    let text = "to credmate-redis:6379 now";
    assert_eq!(at(text, "credmate"), 1);
    assert_eq!(at(text, "credmate-redis:6379"), 1);
    assert_eq!(at(text, "redis"), 2);
    assert_eq!(at(text, "now"), 4);
    assert_eq!(at("a ConnectionError b", "error"), 1);
    assert_eq!(at("a ConnectionError b", "b"), 2);
}

#[test]
fn folds_words_of_other_alphabets() {
    assert_eq!(terms("Café Straße ΣΊΣΥΦΟΣ Ёж"), ["cafe", "strasse", "σισυφοσ", "еж"]);
    assert_eq!(terms("naïve-Bayes"), ["naive", "bayes", "naive-bayes"]);
    assert_eq!(terms("cafe\u{301} x"), ["cafe", "x"]);
    assert_eq!(terms("हिन्दी में"), ["हिन्दी", "में"]);
}

#[test]
fn pairs_the_characters_of_scripts_without_spaces() {
    assert_eq!(terms("数据库"), ["数据", "据库", "库"]);
    assert_eq!(terms("PostgreSQL数据库"), ["postgresql", "postgre", "sql", "数据", "据库", "库"]);
    let kinds: Vec<TokenKind> = pieces("障害").into_iter().map(|piece| piece.kind).collect();
    assert_eq!(kinds, [TokenKind::Pair, TokenKind::Tail]);
}

#[test]
fn spans_point_at_the_words_in_the_text() {
    let text = "«Überlauf» in payment_gateway";
    for piece in pieces(text) {
        let written = &text[piece.span.clone()];
        assert_eq!(super::super::fold(written), piece.text);
    }
}

#[test]
fn drops_blobs_but_goes_on_counting() {
    let text = format!("a {} b", "x".repeat(200));
    assert_eq!(terms(&text), ["a", "b"]);
    assert_eq!(at(&text, "b"), 2);
}

#[test]
fn never_fails_on_odd_input() {
    for text in ["", "-", "...", "a-", "-a", "a--", "🙂", "a🙂b", "\u{301}", "a\u{301}", "__init__", "a://", "\u{200d}"]
    {
        let _ = terms(text);
    }
    assert_eq!(terms("__init__"), ["init"]);
    assert_eq!(terms("a🙂b"), ["a", "b"]);
}

/// Tokens as the index sees them: text, kind, position and span.
fn indexed(text: &str) -> Vec<Piece> {
    let mut tokenizer = WordTokenizer::default();
    let mut stream = tokenizer.words(text);
    let mut found = Vec::new();
    while stream.advance() {
        let (token, kind) = (stream.token().clone(), stream.kind());
        let span = token.offset_from..token.offset_to;
        found.push(Piece { text: token.text, kind, span, position: token.position });
    }
    found
}

proptest::proptest! {
    #[test]
    fn the_index_has_every_word_of_a_query_at_the_same_place(text in "([a-zA-Z0-9_.:/ -]|é|数|\u{301}|🙂|ß|İ|’){0,40}") {
        let mut asked = pieces(&text);
        asked.retain(|piece| piece.kind != TokenKind::Whole);
        assert_eq!(indexed(&text), asked);
    }
}
