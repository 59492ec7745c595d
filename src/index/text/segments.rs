//! Where the words of Japanese text probably part: the script changes there.
//!
//! Pairs of characters find a run of them only as it is written; `プール枯渇` is two words, between which others may stand.

use std::ops::Range;

/// The script of a character, as far as it tells where words part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Han,
    Katakana,
    Hiragana,
    Other,
}

/// Endings of words that stand for how words go together, not for what they are.
const PARTICLES: &str = "がをはのにでともへや";

/// Returns the words of `text`, where it holds several; particles and endings are left out.
pub(crate) fn segments(text: &str) -> Vec<&str> {
    if text.is_ascii() {
        return vec![text];
    }
    let mut found = Vec::new();
    let runs = runs(text);
    let mut runs = runs.into_iter().peekable();
    while let Some((script, span)) = runs.next() {
        let run = &text[span.clone()];
        let ending =
            runs.peek().filter(|(next, _)| *next == Script::Hiragana).and_then(|_| text[span.end..].chars().next());
        let is_one = run.chars().nth(1).is_none();
        match (script, ending) {
            (Script::Hiragana, _) => {}
            // A verb: what is written behind its one character tells it from others.
            (Script::Han, Some(ending)) if is_one && !PARTICLES.contains(ending) => {
                found.push(&text[span.start..span.end + ending.len_utf8()]);
            }
            (Script::Other, _) if !run.contains(char::is_alphanumeric) => {}
            _ => found.push(run),
        }
    }
    if found.is_empty() { vec![text] } else { found }
}

/// Cuts `text` where the script changes.
fn runs(text: &str) -> Vec<(Script, Range<usize>)> {
    let mut runs = Vec::new();
    let mut from = 0;
    let mut current = None;
    for (at, c) in text.char_indices() {
        let script = script(c, current);
        if let Some(before) = current.filter(|it| *it != script) {
            runs.push((before, from..at));
            from = at;
        }
        current = Some(script);
    }
    runs.extend(current.map(|script| (script, from..text.len())));
    runs
}

/// Returns the script of `c` behind a character of `before`.
fn script(c: char, before: Option<Script>) -> Script {
    match c {
        // Marks and the sign of a long vowel go with what they stand behind.
        '\u{3099}' | '\u{309a}' | '\u{30fc}' | '\u{ff70}' | '\u{ff9e}' | '\u{ff9f}' => {
            before.unwrap_or(Script::Katakana)
        }
        '\u{3041}'..='\u{309f}' => Script::Hiragana,
        '\u{30a1}'..='\u{30fa}' | '\u{30fd}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}' => {
            Script::Katakana
        }
        '\u{3005}'..='\u{3007}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}' => {
            Script::Han
        }
        _ => Script::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::segments;

    #[test]
    fn words_part_where_the_script_changes() {
        let cases: [(&str, &[&str]); 13] = [
            ("プール枯渇", &["プール", "枯渇"]),
            ("プールが枯渇した", &["プール", "枯渇"]),
            ("ﾌﾟｰﾙ枯渇", &["ﾌﾟｰﾙ", "枯渇"]),
            ("接続が切れた", &["接続", "切れ"]),
            ("枠が足りない", &["枠", "足り"]),
            ("APIが停止", &["API", "停止"]),
            ("redis-queue:6379の障害", &["redis-queue:6379", "障害"]),
            ("データベース・接続", &["データベース", "接続"]),
            ("数据库连接", &["数据库连接"]),
            ("つながらない", &["つながらない"]),
            ("redis", &["redis"]),
            ("한국어", &["한국어"]),
            ("überlauf", &["überlauf"]),
        ];
        for (text, expected) in cases {
            assert_eq!(segments(text), expected, "{text}");
        }
    }
}
