//! What stands where a secret would and is none: variables, templates, words that say "put yours here".

use super::value::Make;

/// Parts that make a value a placeholder wherever they stand.
const PARTS: [&str; 38] = [
    "${",
    "{{",
    "}}",
    "$(",
    "#{",
    "...",
    "…",
    "xxx",
    "***",
    "•••",
    "###",
    "___",
    "---",
    "process.env",
    "environ",
    "getenv",
    "redacted",
    "masked",
    "hidden",
    "removed",
    "omitted",
    "example",
    "placeholder",
    "change_me",
    "change-me",
    "changeme",
    "your_",
    "your-",
    "yours",
    "youruser",
    "yourpass",
    "insert",
    "replace",
    "dummy",
    "sample",
    "foobar",
    "censored",
    "deadbeef",
];

/// Parts that stand in a long key by chance.
const BY_CHANCE: [&str; 3] = ["xxx", "___", "---"];
const LONG: usize = 128;

/// Values that say something of the secret and are not it.
const WORDS: [&str; 74] = [
    "true",
    "false",
    "null",
    "none",
    "nil",
    "undefined",
    "string",
    "bytes",
    "integer",
    "number",
    "boolean",
    "required",
    "optional",
    "empty",
    "unset",
    "missing",
    "invalid",
    "expired",
    "rotated",
    "changed",
    "reset",
    "incorrect",
    "wrong",
    "blank",
    "unknown",
    "enabled",
    "disabled",
    "bearer",
    "basic",
    "default",
    "random",
    "generated",
    "encrypted",
    "plaintext",
    "updated",
    "revoked",
    "leaked",
    "compromised",
    "exposed",
    "valid",
    "hashed",
    "sha256",
    "bcrypt",
    "vault",
    "manual",
    "automatic",
    "success",
    "failed",
    "failure",
    "error",
    "unchanged",
    "stored",
    "refreshed",
    "deleted",
    "created",
    "login",
    "foo",
    "bar",
    "baz",
    "admin",
    "root",
    "user",
    "guest",
    "value",
    "text",
    "stdin",
    "prompt",
    "here",
    "yes",
    "not",
    "asterisks",
    "credentials",
    "authentication",
    "authorization",
];

/// Words that name a secret: a value made of them is the name of one.
const NAMES: [&str; 16] = [
    "password",
    "passwort",
    "passwd",
    "passphrase",
    "contrasena",
    "secret",
    "token",
    "apikey",
    "credential",
    "access",
    "auth",
    "pass",
    "pwd",
    "key",
    "test",
    "my",
];

/// Tells whether `value` stands for a secret without being one.
pub(super) fn is_placeholder(value: &str) -> bool {
    let length = value.chars().count();
    if length < 5 || begins_reference(value) {
        return true;
    }
    let lower = value.to_lowercase();
    let make = Make::of(value);
    let all_same = |text: &str| text.bytes().all(|byte| byte == text.as_bytes()[0]);
    let is_run = "12345678901234567890".starts_with(&lower) || "abcdefghijklmnopqrstuvwxyz".starts_with(&lower);
    if all_same(value) || is_run || make.lower + make.upper + make.digits < 4 {
        return true;
    }
    let counts = |part: &&&str| length <= LONG || !BY_CHANCE.contains(part);
    if PARTS.iter().filter(counts).any(|part| lower.contains(part)) || WORDS.contains(&lower.as_str()) {
        return true;
    }
    make.sorts() < 4 && is_name(&lower)
}

/// `$PASSWORD`, `<password>`, `%s`, `@param`, `!Ref x`, `/path/to`, `[hidden]`, `(see vault)`.
fn begins_reference(value: &str) -> bool {
    let mut chars = value.chars();
    let (first, second) = (chars.next(), chars.next());
    let is_name = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '{' | '(' | '_'));
    match first {
        Some('<' | '{' | '[' | '(' | '/' | '*' | '•') => true,
        Some('$' | '%' | '@' | '!' | '#' | '&' | '~') => is_name(second),
        _ => false,
    }
}

/// Tells whether little is left of a value once the words that name a secret are taken away.
fn is_name(lower: &str) -> bool {
    if !NAMES.iter().any(|name| lower.contains(name)) {
        return false;
    }
    let mut rest = lower.to_owned();
    for name in NAMES {
        rest = rest.replace(name, "");
    }
    rest.chars().filter(|c| c.is_alphabetic()).count() < 4
}

/// Tells whether `value` is code that gets the secret from somewhere: a call, a member, a variable.
pub(super) fn is_expression(value: &str) -> bool {
    let make = Make::of(value);
    if value.contains(['(', '[', '{', '$', '+']) && make.sorts() < 4 {
        return true;
    }
    let is_identifier = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    let is_constant = make.lower == 0 && make.signs == 0 && value.contains('_');
    let parts: Vec<&str> =
        value.split("::").flat_map(|part| part.split("->")).flat_map(|part| part.split('.')).collect();
    (is_constant && is_identifier(value)) || parts.len() > 1 && parts.iter().all(|part| is_identifier(part))
}
