//! Private keys, signed tokens, and what stands in headers of requests.

use super::placeholder::is_placeholder;
use super::value::{self, Make, entropy};
use super::{Sensitive, SensitiveKind};

/// The signature of the token that every introduction to signed tokens shows.
const SHOWN_EVERYWHERE: &str = "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c";

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'-' | b'_')
}

/// Looks at `-----BEGIN `: a private key, if what a key consists of follows.
pub(super) fn private_key(text: &str, start: usize) -> Option<Sensitive> {
    const LONGEST: usize = 16 * 1024;
    let rest = value::head(text, start, LONGEST);
    let title = rest.split('\n').next()?.get("-----BEGIN ".len()..)?;
    let name = title.split("-----").next()?;
    if !name.contains("PRIVATE KEY") || name.len() > 40 {
        return None;
    }
    let begin = "-----BEGIN ".len() + name.len() + "-----".len();
    let body = rest.get(begin..)?;
    let end = body.find("-----END").unwrap_or(body.len().min(4096));
    let body = &body[..body.floor_char_boundary(end)];
    let is_data = |line: &str| {
        let line = line.trim().trim_end_matches("\\n").trim_start_matches("\\n");
        line.len() >= 24 && line.bytes().all(|byte| is_base64(byte) || byte == b'\\') && entropy(line) > 3.5
    };
    let has_data = body.lines().take(12).any(is_data);
    has_data
        .then(|| Sensitive::new(SensitiveKind::PrivateKey, "a private key", start + begin, start + begin + body.len()))
}

/// Looks at `eyJ`, which begins every JSON object in base64: a signed token has three parts.
pub(super) fn signed_token(text: &str, start: usize) -> Option<Sensitive> {
    let bytes = text.as_bytes();
    if !bytes[start..].starts_with(b"eyJ") || (start > 0 && is_base64(bytes[start - 1]) && bytes[start - 1] != b'=') {
        return None;
    }
    let length = bytes[start..].iter().take(4096).take_while(|byte| is_base64(**byte) || **byte == b'.').count();
    let token = text[start..start + length].trim_end_matches('.');
    let mut parts = token.split('.');
    let (header, claims, signature) = (parts.next()?, parts.next()?, parts.next()?);
    let is_token = header.len() >= 15 && claims.len() >= 10 && signature.len() >= 20 && parts.next().is_none();
    let shown = signature == SHOWN_EVERYWHERE || entropy(signature) < 3.0;
    (is_token && !shown).then(|| Sensitive::new(SensitiveKind::Key, "a signed token (JWT)", start, start + token.len()))
}

/// Looks at what follows `Bearer `.
pub(super) fn bearer(text: &str, at: usize) -> Option<Sensitive> {
    let value = value::read(text, at)?;
    let token = value.text;
    let make = Make::of(token);
    let is_token = token.len() >= 20 && token.bytes().all(|byte| is_base64(byte) || byte == b'.');
    let is_random = make.digits >= 2 && make.lower + make.upper >= 6 && entropy(token) >= 3.2;
    (is_token && is_random && !is_placeholder(token))
        .then(|| Sensitive::new(SensitiveKind::Key, "a bearer token", value.start, value.start + token.len()))
}

/// Looks at what follows `Authorization: Basic `: a name and a password in base64.
pub(super) fn basic(text: &str, at: usize) -> Option<Sensitive> {
    let value = value::read(text, at)?;
    let decoded = decode(value.text.as_bytes())?;
    let (_, password) = decoded.split_once(':')?;
    (!is_placeholder(password)).then(|| {
        Sensitive::new(SensitiveKind::Key, "a password in a header", value.start, value.start + value.text.len())
    })
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
