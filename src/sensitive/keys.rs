//! Private keys, signed tokens, and what stands in headers of requests.

use super::placeholder::is_placeholder;
use super::value::{self, Make, Values, entropy};
use super::{Sensitive, SensitiveKind};

/// The signature of the token that every introduction to signed tokens shows.
const SHOWN_EVERYWHERE: &str = "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c";

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'-' | b'_')
}

/// Looks at `-----BEGIN `: a private key, if what a key consists of follows.
pub(super) fn private_key(text: &str, start: usize) -> Option<Sensitive> {
    const LONGEST: usize = 64 * 1024;
    let rest = value::head(text, start, LONGEST);
    let title = rest.split('\n').next()?.get("-----BEGIN ".len()..)?;
    let name = title.split("-----").next()?;
    if !name.contains("PRIVATE KEY") || name.len() > 40 {
        return None;
    }
    let begin = "-----BEGIN ".len() + name.len() + "-----".len();
    let body = rest.get(begin..)?;
    // Up to the next mark and no further: keys that are only begun cost no more than their size.
    let mark = body.find("-----").unwrap_or(body.len());
    let end = if body[mark..].starts_with("-----END") { mark } else { end_of_data(&body[..mark]) };
    let has_data = body[..end].lines().take(FIRST_LINES).any(is_data);
    has_data.then(|| Sensitive::new(SensitiveKind::PrivateKey, "a private key", start + begin, start + begin + end))
}

/// The data of a key begins on one of so many lines: some have headers before it.
const FIRST_LINES: usize = 12;

fn is_data(line: &str) -> bool {
    let line = line.trim().trim_end_matches("\\n").trim_start_matches("\\n");
    line.len() >= 24 && line.bytes().all(|byte| is_base64(byte) || byte == b'\\') && entropy(line) > 3.5
}

/// Returns where the data of a key ends that nothing closes; its last line may be short.
fn end_of_data(body: &str) -> usize {
    let (mut end, mut at, mut skipped) = (0, 0, 0);
    for line in body.split_inclusive('\n') {
        at += line.len();
        let plain = line.trim();
        if is_data(line) || end > 0 && !plain.is_empty() && plain.bytes().all(is_base64) {
            end = at;
        } else if end > 0 || skipped == FIRST_LINES {
            break;
        } else {
            skipped += 1;
        }
    }
    body[..end].trim_end().len()
}

/// Looks at `eyJ`, which begins every JSON object in base64: a signed token has three parts, each as long as it likes.
///
/// Nothing behind a fourth part is looked at, so that no part is read more than three times.
pub(super) fn signed_token(text: &str, start: usize) -> Option<Sensitive> {
    let bytes = text.as_bytes();
    if !bytes[start..].starts_with(b"eyJ") || (start > 0 && is_base64(bytes[start - 1]) && bytes[start - 1] != b'=') {
        return None;
    }
    let (header, behind) = part(&text[start..]);
    let (claims, behind) = part(behind.strip_prefix('.')?);
    let (signature, behind) = part(behind.strip_prefix('.')?);
    let goes_on = behind.trim_start_matches('.').bytes().next().is_some_and(is_base64);
    let is_token = header.len() >= 15 && claims.len() >= 10 && signature.len() >= 20 && !goes_on;
    let shown = signature == SHOWN_EVERYWHERE || entropy(signature) < 3.0;
    let end = text.len() - behind.len();
    (is_token && !shown).then(|| Sensitive::new(SensitiveKind::Key, "a signed token (JWT)", start, end))
}

/// Returns the base64 that `text` begins with, and what stands behind it.
fn part(text: &str) -> (&str, &str) {
    let plain = text.bytes().take_while(|byte| is_base64(*byte) && *byte != b'=').count();
    let padding = text.bytes().skip(plain).take(2).take_while(|byte| *byte == b'=').count();
    text.split_at(plain + padding)
}

/// Looks at what follows `Bearer `.
pub(super) fn bearer(values: &Values<'_>, at: usize) -> Option<Sensitive> {
    let value = values.read(at)?;
    let token = value.text;
    let make = Make::of(token);
    let is_token = token.len() >= 20 && token.bytes().all(|byte| is_base64(byte) || byte == b'.');
    let is_random = make.digits >= 2 && make.lower + make.upper >= 6 && entropy(token) >= 3.2;
    (is_token && is_random && !is_placeholder(token))
        .then(|| Sensitive::new(SensitiveKind::Key, "a bearer token", value.start, value.end))
}

/// Looks at what follows `Authorization: Basic `: a name and a password in base64.
pub(super) fn basic(values: &Values<'_>, at: usize) -> Option<Sensitive> {
    let value = values.read(at)?;
    let decoded = decode(value.text.as_bytes())?;
    let (_, password) = decoded.split_once(':')?;
    (!is_placeholder(password))
        .then(|| Sensitive::new(SensitiveKind::Key, "a password in a header", value.start, value.end))
}

/// Decodes base64 to printable text.
fn decode(data: &[u8]) -> Option<String> {
    let mut out = Vec::new();
    let (mut bits, mut held) = (0_u32, 0_u32);
    for byte in data.iter().take_while(|byte| **byte != b'=') {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(six);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    let is_text = out.iter().all(|byte| (32..127).contains(byte));
    String::from_utf8(out).ok().filter(|_| is_text)
}
