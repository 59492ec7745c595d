//! Bytes to text: size, binary files, byte-order marks, encodings, NUL bytes, line ends, mojibake.
//!
//! Whatever is changed on the way is reported, and nothing is lost in silence.

mod encoding;
mod mojibake;

use crate::diag::{Diagnostic, Level};
use crate::parse::lines::to_u32;

/// How much of a file is looked at to tell text from binary data.
const SNIFFED: usize = 64 * 1024;

/// Text that the rest of the parser can rely on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decoded {
    /// The text; empty where the file was rejected.
    pub(crate) text: String,
    /// Whether the file is not to be read at all.
    pub(crate) rejected: bool,
    /// What was found and repaired.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Turns the bytes of a file into text.
pub(crate) fn decode(bytes: &[u8], max_bytes: usize) -> Decoded {
    if bytes.len() > max_bytes {
        // Nobody reads such a file to its end, so its size is not told.
        let message = format!("the file has more than the {max_bytes} bytes of `max-file-size`");
        return reject("file-too-large", message, "split the document or move logs to an attachment");
    }
    let mut diagnostics = Vec::new();
    let text = match encoding::from_byte_order(bytes, &mut diagnostics) {
        Some(text) => text,
        None if is_binary(bytes) => {
            return reject("binary-file", "the file holds binary data, not text", "give it another extension");
        }
        None => encoding::from_bytes(bytes, &mut diagnostics),
    };
    let text = repair(text, &mut diagnostics);
    if text.trim().is_empty() {
        diagnostics.push(Diagnostic::new("empty-file", Level::Note, 0, "the file is empty"));
    }
    Decoded { text, rejected: false, diagnostics }
}

fn reject(code: &'static str, message: impl Into<String>, hint: &str) -> Decoded {
    let diagnostic = Diagnostic::new(code, Level::Error, 0, message).hint(hint);
    Decoded { text: String::new(), rejected: true, diagnostics: vec![diagnostic] }
}

/// NUL bytes count apart: a crash leaves text padded with them, and that text is worth reading.
fn is_binary(bytes: &[u8]) -> bool {
    const MAGIC: [&[u8]; 8] =
        [b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"%PDF-", b"PK\x03\x04", b"\x1F\x8B", b"\x7FELF", b"SQLite format 3\0"];
    if MAGIC.iter().any(|magic| bytes.starts_with(magic)) {
        return true;
    }
    let head = &bytes[..bytes.len().min(SNIFFED)];
    // What is below 9 is the most, less 9, and what is from 14 to 31 the least, less 14: many bytes are compared at once.
    let (most, least) = head.iter().fold((0, u8::MAX), |(most, least), byte| {
        (u8::max(most, byte.wrapping_sub(9)), u8::min(least, byte.wrapping_sub(14)))
    });
    if most < 0_u8.wrapping_sub(9) && least > 31 - 14 {
        return false;
    }
    // Counted in chunks that fit a byte: the compiler then counts many bytes at once.
    let is_control = |byte: u8| u8::from(byte < 32) & u8::from(byte.wrapping_sub(9) > 4) & u8::from(byte != 27);
    let count =
        |chunk: &[u8]| usize::from(chunk.iter().map(|&byte| is_control(byte) & u8::from(byte != 0)).sum::<u8>());
    let controls: usize = head.chunks(128).map(count).sum();
    let nuls = memchr::memchr_iter(0, head).count();
    (controls > 3 && controls * 20 > head.len()) || (nuls > 3 && nuls * 10 > head.len() * 9)
}

fn repair(mut text: String, diagnostics: &mut Vec<Diagnostic>) -> String {
    if memchr::memchr(b'\n', text.as_bytes()).is_none() && memchr::memchr(b'\r', text.as_bytes()).is_some() {
        text = text.replace('\r', "\n");
    }
    if let Some(first) = memchr::memchr(0, text.as_bytes()) {
        let nuls = memchr::memchr_iter(0, text.as_bytes()).count();
        let line = line_of(&text, first);
        text = text.replace('\0', " ");
        let message = format!("{nuls} NUL bytes read as spaces");
        diagnostics.push(Diagnostic::new("nul-bytes", Level::Warning, line, message));
    }
    if let Some(repaired) = mojibake::repair(&text) {
        diagnostics.push(repaired.diagnostic);
        text = repaired.text;
    }
    let already_told = diagnostics.iter().any(|found| found.code.starts_with("invalid-utf"));
    if !already_told && let Some(at) = replacement(&text) {
        let count = text.matches('\u{FFFD}').count();
        let message = format!("{count} replacement characters (`\u{FFFD}`) in the text: characters were lost earlier");
        diagnostics.push(Diagnostic::new("replacement-character", Level::Note, line_of(&text, at), message));
    }
    text
}

/// Returns where the first replacement character stands.
fn replacement(text: &str) -> Option<usize> {
    let character = "\u{FFFD}".as_bytes();
    memchr::memchr_iter(character[0], text.as_bytes()).find(|at| text.as_bytes()[*at..].starts_with(character))
}

/// Returns the 1-based line of `offset`.
fn line_of(text: &str, offset: usize) -> u32 {
    to_u32(memchr::memchr_iter(b'\n', &text.as_bytes()[..offset]).count() + 1)
}

#[cfg(test)]
mod tests;
