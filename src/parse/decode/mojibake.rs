//! UTF-8 that was read as Windows-1252 and saved again (`âœ…` for `✅`), turned back where that is certain.
//!
//! Only sequences whose Windows-1252 bytes are valid UTF-8 are candidates. Some of those are also honest text
//! (`„Spaß“`, `CAFÉ»`), so each has its weight: *strong* (nobody writes it), *fair* (rare, believed in a text that
//! holds several and hardly an accented letter that stands alone), *weak* (an accented letter before punctuation:
//! counts for nothing, but is turned back where the rest of the text is believed).

use crate::diag::{Diagnostic, Level};
use std::ops::Range;

/// Text mangled twice over is common, three times over is not.
const PASSES: usize = 2;

/// Remnants whose missing byte is one that Windows-1252 does not define, and what they nearly always were.
const REMNANTS: [(&str, &str); 12] = [
    // With the no-break space turned into a plain one.
    ("âš ï¸", "⚠\u{FE0F}"),
    ("ï¸", "\u{FE0F}"),
    ("â€", "\u{201D}"),
    ("â†", "←"),
    ("âŒ", "❌"),
    ("â—", "❗"),
    ("â“", "❓"),
    ("â¤", "❤"),
    ("â°", "⏰"),
    ("â±", "⏱"),
    ("â³", "⏳"),
    ("â¸", "⏸"),
];

/// The outcome where there was something to repair.
#[derive(Debug)]
pub(super) struct Repaired {
    pub(super) text: String,
    pub(super) diagnostic: Diagnostic,
}

/// Returns the repaired text, or `None` where the text shows no mojibake.
pub(super) fn repair(text: &str) -> Option<Repaired> {
    let mut pass = repair_once(text)?;
    let mut repaired = pass.repaired;
    for _ in 1..PASSES {
        let Some(next) = repair_once(&pass.text) else { break };
        repaired = repaired.max(next.repaired);
        pass = Pass { first: pass.first, ..next };
    }
    let mut message = format!("mojibake: {repaired} sequences turned back into characters");
    if pass.left > 0 {
        message.push_str(&format!(", {} left because bytes are missing", pass.left));
    }
    let diagnostic = Diagnostic::new("mojibake", Level::Warning, super::line_of(text, pass.first), message)
        .hint("the file was UTF-8, was read as Windows-1252 and saved again; save it repaired");
    Some(Repaired { text: pass.text, diagnostic })
}

struct Pass {
    text: String,
    first: usize,
    repaired: usize,
    left: usize,
}

/// A place that may be repaired.
struct Site {
    range: Range<usize>,
    with: Replacement,
    weight: Weight,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Weak,
    Fair,
    Strong,
}

enum Replacement {
    Char(char),
    Text(&'static str),
    /// Mojibake for certain, but the byte that is missing could be several.
    Unknown,
}

fn repair_once(text: &str) -> Option<Pass> {
    let found = scan(text);
    let at_least = |weight| found.sites.iter().filter(|site| site.weight >= weight).count();
    let is_certain = at_least(Weight::Strong) > 0;
    let is_consistent = at_least(Weight::Fair) >= 3 && found.alone * 4 <= found.sites.len() + found.remnants.len();
    let believed = |site: &Site| site.weight == Weight::Strong || is_consistent;
    let mut sites: Vec<Site> = found.sites.into_iter().filter(believed).collect();
    if is_certain || is_consistent {
        sites.extend(found.remnants);
        sites.sort_by_key(|site| site.range.start);
    }
    let first = sites.first()?.range.start;
    let left = sites.iter().filter(|site| matches!(site.with, Replacement::Unknown)).count();
    Some(Pass { text: splice(text, &sites), first, repaired: sites.len() - left, left })
}

fn splice(text: &str, sites: &[Site]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for site in sites {
        out.push_str(&text[done..site.range.start]);
        match site.with {
            Replacement::Char(character) => out.push(character),
            Replacement::Text(text) => out.push_str(text),
            Replacement::Unknown => out.push_str(&text[site.range.clone()]),
        }
        done = site.range.end;
    }
    out.push_str(&text[done..]);
    out
}

#[derive(Default)]
struct Found {
    sites: Vec<Site>,
    remnants: Vec<Site>,
    /// Letters that could begin a sequence and do not: what honest text is full of.
    alone: usize,
}

fn scan(text: &str) -> Found {
    let bytes = text.as_bytes();
    let mut found = Found::default();
    let mut done = 0;
    // Every lead byte of UTF-8, read as Windows-1252, is a letter that UTF-8 writes with a first byte of C3.
    for at in memchr::memchr_iter(0xC3, bytes) {
        if at < done || !matches!(bytes.get(at + 1), Some(0x82..=0xB4)) {
            continue;
        }
        let site = sequence(text, at, found.sites.last());
        if let Some(site) = site {
            done = site.range.end;
            found.sites.push(site);
        } else if let Some(remnant) = remnant(text, at) {
            done = remnant.range.end;
            found.remnants.push(remnant);
        } else {
            found.alone += 1;
        }
    }
    found
}

/// Returns the site where a whole sequence stands at `at`.
fn sequence(text: &str, at: usize, previous: Option<&Site>) -> Option<Site> {
    let mut bytes = [0u8; 4];
    let mut length = 0;
    let mut wanted = 1;
    let mut end = at;
    let mut all_punctuation = true;
    for character in text[at..].chars().take(4) {
        let byte = windows_1252(character)?;
        if length == 0 {
            wanted = match byte {
                0xC2..=0xDF => 2,
                0xE0..=0xEF => 3,
                0xF0..=0xF4 => 4,
                _ => return None,
            };
        } else {
            all_punctuation &= is_punctuation(character);
        }
        bytes[length] = byte;
        length += 1;
        end += character.len_utf8();
        if length == wanted {
            break;
        }
    }
    let decoded = std::str::from_utf8(&bytes[..length]).ok().filter(|_| length == wanted)?.chars().next()?;
    // C1 controls are in no document, before or after.
    if matches!(decoded, '\u{80}'..='\u{9F}') {
        return None;
    }
    let touches = !all_punctuation && previous.is_some_and(|site| site.range.end == at);
    let weight = match all_punctuation {
        _ if touches || is_strong(text, at..end, &bytes[..length], all_punctuation, decoded) => Weight::Strong,
        true => Weight::Weak,
        false => Weight::Fair,
    };
    Some(Site { range: at..end, with: Replacement::Char(decoded), weight })
}

/// Whether nobody would write the sequence on purpose.
fn is_strong(text: &str, range: Range<usize>, bytes: &[u8], all_punctuation: bool, decoded: char) -> bool {
    match bytes[0] {
        // `Ã` or `Â` in the middle of a lower-case word, or before what never follows a word.
        0xC2 | 0xC3 => !all_punctuation || is_after_lower(text, range.start) || begins_word(text, range),
        // `â€`, `âœ`, `â†`: punctuation, arrows, symbols, box drawing.
        0xE2 => matches!(decoded, '\u{2000}'..='\u{2BFF}'),
        0xEF => matches!(decoded, '\u{FE0F}' | '\u{FEFF}' | '\u{FFFD}'),
        0xF0 => bytes[1] == 0x9F,
        _ => false,
    }
}

/// Returns the site where a byte of the sequence at `at` has gone missing.
fn remnant(text: &str, at: usize) -> Option<Site> {
    let rest = &text[at..];
    if let Some((mangled, whole)) = REMNANTS.iter().find(|(mangled, _)| rest.starts_with(mangled)) {
        return Some(Site { range: at..at + mangled.len(), with: Replacement::Text(whole), weight: Weight::Fair });
    }
    let site = |length: usize, with| Some(Site { range: at..at + length, with, weight: Weight::Fair });
    if rest.starts_with("ðŸ") {
        let length = rest.chars().take(4).take_while(|&c| windows_1252(c).is_some_and(|b| b >= 0x80));
        return site(length.map(char::len_utf8).sum(), Replacement::Unknown);
    }
    // `í` is C3 AD, and AD is the soft hyphen that many editors drop.
    if rest.starts_with('Ã') && is_after_lower(text, at) {
        return site('Ã'.len_utf8(), Replacement::Char('í'));
    }
    None
}

fn is_after_lower(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(char::is_lowercase)
}

/// Whether a letter follows but none precedes, as in `Ã–ffnung`.
fn begins_word(text: &str, range: Range<usize>) -> bool {
    let is_letter = |character: Option<char>| character.is_some_and(char::is_alphabetic);
    is_letter(text[range.end..].chars().next()) && !is_letter(text[..range.start].chars().next_back())
}

/// Whether `character` may follow a word in honest text.
fn is_punctuation(character: char) -> bool {
    matches!(character, '‘' | '’' | '‚' | '“' | '”' | '„' | '–' | '—' | '…' | '‹' | '›' | '«' | '»' | '™')
}

/// Returns the byte that Windows-1252 writes for `character`; its undefined bytes stand for themselves.
fn windows_1252(character: char) -> Option<u8> {
    let code = u32::from(character);
    if code < 0x100 {
        return u8::try_from(code).ok();
    }
    Some(match character {
        '€' => 0x80,
        '‚' => 0x82,
        'ƒ' => 0x83,
        '„' => 0x84,
        '…' => 0x85,
        '†' => 0x86,
        '‡' => 0x87,
        'ˆ' => 0x88,
        '‰' => 0x89,
        'Š' => 0x8A,
        '‹' => 0x8B,
        'Œ' => 0x8C,
        'Ž' => 0x8E,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '•' => 0x95,
        '–' => 0x96,
        '—' => 0x97,
        '˜' => 0x98,
        '™' => 0x99,
        'š' => 0x9A,
        '›' => 0x9B,
        'œ' => 0x9C,
        'ž' => 0x9E,
        'Ÿ' => 0x9F,
        _ => return None,
    })
}
