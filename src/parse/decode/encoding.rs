//! Which encoding the bytes are in, and their text.

use crate::diag::{Diagnostic, Level};
use crate::parse::lines::to_u32;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// How many bytes decide whether a file without a byte-order mark is UTF-16.
const SNIFFED: usize = 4096;
/// How many bytes decide which older encoding a file is in.
const GUESSED: usize = 64 * 1024;

/// Returns the text of bytes that show themselves to be UTF-16.
pub(super) fn from_byte_order(bytes: &[u8], diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    let (encoding, skip) = match bytes {
        [0xFF, 0xFE, ..] => (UTF_16LE, 2),
        [0xFE, 0xFF, ..] => (UTF_16BE, 2),
        _ => (sniff_utf16(bytes)?, 0),
    };
    let (text, had_errors) = encoding.decode_without_bom_handling(&bytes[skip..]);
    let message = format!("the file is {}, read as such", encoding.name());
    diagnostics.push(Diagnostic::new("utf-16", Level::Warning, 0, message).hint("save the file as UTF-8"));
    if had_errors {
        let line = text.find('\u{FFFD}').map_or(0, |at| super::line_of(&text, at));
        let message = "UTF-16 that is not valid was replaced by `\u{FFFD}`";
        diagnostics.push(Diagnostic::new("invalid-utf16", Level::Error, line, message));
    }
    Some(text.into_owned())
}

/// Western text in UTF-16 has a zero in every second byte and none in the others.
fn sniff_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(SNIFFED)];
    memchr::memchr(0, head)?;
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    if pairs < 2 {
        None
    } else if odd * 10 >= pairs * 7 && even * 20 <= pairs {
        Some(UTF_16LE)
    } else if even * 10 >= pairs * 7 && odd * 20 <= pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Returns the text of bytes that are UTF-8, were meant to be, or are in an older encoding.
pub(super) fn from_bytes(bytes: &[u8], diagnostics: &mut Vec<Diagnostic>) -> String {
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if body.len() < bytes.len() {
        diagnostics.push(Diagnostic::new("byte-order-mark", Level::Note, 0, "a UTF-8 byte-order mark was skipped"));
    }
    match std::str::from_utf8(body) {
        Ok(text) => text.to_owned(),
        Err(error) if mostly_utf8(body) => replace_bad(body, error.valid_up_to(), diagnostics),
        Err(_) => from_legacy(body, diagnostics),
    }
}

fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|&byte| byte >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

fn replace_bad(bytes: &[u8], first: usize, diagnostics: &mut Vec<Diagnostic>) -> String {
    let text = String::from_utf8_lossy(bytes).into_owned();
    // The lossy copy is the same as `bytes` up to the first bad byte.
    let message = format!("byte {:#04X} is not valid UTF-8 and was replaced by `\u{FFFD}`", bytes[first]);
    let diagnostic = Diagnostic::new("invalid-utf8", Level::Error, super::line_of(&text, first), message);
    diagnostics.push(diagnostic.hint("save the file as UTF-8"));
    text
}

fn from_legacy(bytes: &[u8], diagnostics: &mut Vec<Diagnostic>) -> String {
    let first = bytes.iter().position(|&byte| byte >= 0x80).unwrap_or(0);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // With what stands before the first byte that counts: the detector looks at neighbours.
    let telling = &bytes[first.saturating_sub(16)..];
    detector.feed(&telling[..telling.len().min(GUESSED)], true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let line = to_u32(memchr::memchr_iter(b'\n', &bytes[..first]).count() + 1);
    let message = format!("the file is not UTF-8; read as {} (a guess)", encoding.name());
    diagnostics.push(Diagnostic::new("legacy-encoding", Level::Warning, line, message).hint("save the file as UTF-8"));
    text.into_owned()
}
