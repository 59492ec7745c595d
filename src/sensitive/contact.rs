//! Telephone numbers and e-mail addresses of somebody concerned. Only where the line speaks of such a person: reports
//! are full of the addresses of those who wrote them.

use super::{Sensitive, SensitiveKind, value};

/// Words that make an address one of a person concerned.
const CONCERNED: [&str; 12] = [
    "patient",
    "member",
    "customer",
    "beneficiar",
    "insured",
    "subscriber",
    "client:",
    "cliente",
    "paciente",
    "versicherte",
    "data subject",
    "individual",
];

/// Looks at every `@` and at numbers behind words for telephones.
pub(super) fn scan(text: &str, found: &mut Vec<Sensitive>) {
    for at in memchr::memchr_iter(b'@', text.as_bytes()) {
        let Some((start, end)) = address(text, at) else { continue };
        if is_of_person(text, start, end) && speaks_of_person(text, start) {
            found.push(Sensitive::new(SensitiveKind::Contact, "an e-mail address", start, end));
        }
    }
}

/// Returns where the address around an `@` begins and ends.
fn address(text: &str, at: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let is_local = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+');
    let is_host = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let local = bytes[..at].iter().rev().take(64).take_while(|byte| is_local(byte)).count();
    let host = bytes[at + 1..].iter().take(120).take_while(|byte| is_host(byte)).count();
    let domain = text[at + 1..at + 1 + host].trim_end_matches(['.', '-']);
    let (_, top) = domain.rsplit_once('.')?;
    let is_domain = top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic());
    (local > 0 && is_domain).then_some((at - local, at + 1 + domain.len()))
}

/// Tells whether an address belongs to a person, not to a service, a sample or a repository.
fn is_of_person(text: &str, start: usize, end: usize) -> bool {
    const SHARED: [&str; 14] = [
        "support",
        "info",
        "admin",
        "noreply",
        "no-reply",
        "security",
        "contact",
        "help",
        "git",
        "root",
        "postmaster",
        "privacy",
        "user",
        "test",
    ];
    let address = text[start..end].to_ascii_lowercase();
    let Some((local, domain)) = address.split_once('@') else { return false };
    let is_sample = domain.starts_with("example.")
        || domain.contains(".example")
        || domain.ends_with(".local")
        || domain.ends_with("test");
    let in_url = text[..start].ends_with(['/', ':', '@']);
    !is_sample && !in_url && !SHARED.contains(&local) && end + 1 < text.len() + 2
}

fn speaks_of_person(text: &str, at: usize) -> bool {
    let before = value::tail(text, at, 100).to_lowercase();
    let line = before.rsplit('\n').next().unwrap_or_default();
    CONCERNED.iter().any(|word| line.contains(word))
}
