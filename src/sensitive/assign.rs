//! Passwords beside a word that says so: `password=…`, `"password": "…"`, `**Password:** …`, `--password …`.

use super::placeholder::{is_expression, is_placeholder};
use super::value::{self, Make, Value, Values, looks_like_token, looks_random};
use super::{Sensitive, SensitiveKind};

/// How much a word tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strength {
    /// What follows is a secret unless it is a placeholder.
    Strong,
    /// What follows is a secret if it looks random.
    Weak,
}

/// What may stand behind the word inside a name without changing what it names.
const ENDINGS: [&str; 18] = [
    "value",
    "string",
    "text",
    "prod",
    "production",
    "dev",
    "staging",
    "live",
    "old",
    "new",
    "current",
    "main",
    "primary",
    "secondary",
    "base64",
    "b64",
    "plain",
    "plaintext",
];

/// Nobody types longer passwords: what is longer was drawn by a machine, or is no secret.
const LONGEST_TYPED: usize = 128;

/// How a value is tied to its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tie {
    /// `=`, `:=`, `=>`.
    Equals,
    /// `:`, also in bold, and the bar between two cells.
    Colon,
    /// A blank behind a flag.
    Flag,
    /// A verb: `is`, `was`, `lautet`.
    Verb,
}

/// Looks at what stands around a telling word at `start..end`.
pub(super) fn look(values: &Values<'_>, start: usize, end: usize, strength: Strength) -> Option<Sensitive> {
    let text = values.text;
    let bytes = text.as_bytes();
    let end = start + text[start..end].trim_end_matches(['=', ':', '"']).len();
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let behind = bytes[end..].iter().take(40).take_while(|byte| is_name(byte)).count();
    let ending = text[end..end + behind].trim_start_matches(['_', '-']);
    let ending_counts = ending.is_empty()
        || ending.bytes().all(|byte| byte.is_ascii_digit())
        || ENDINGS.iter().any(|it| ending.eq_ignore_ascii_case(it));
    if !ending_counts {
        return None;
    }
    let before = bytes[..start].iter().rev().take(60).take_while(|byte| is_name(byte)).count();
    let name = &text[start - before..end];
    let (tie, at) = tie(text, end + behind, name)?;
    let value = values.read(at)?;
    let is_secret = match strength {
        Strength::Strong => is_password(text, name, start - before, tie, &value),
        Strength::Weak => tie != Tie::Verb && is_random(value.text) && !is_placeholder(value.text),
    };
    let (kind, what) = match strength {
        Strength::Strong => (SensitiveKind::Password, "a password or key"),
        Strength::Weak => (SensitiveKind::RandomValue, "a random-looking secret"),
    };
    is_secret.then(|| Sensitive::new(kind, what, value.start, value.end))
}

/// Finds what ties the value to the name, and where the value begins.
fn tie(text: &str, at: usize, name: &str) -> Option<(Tie, usize)> {
    let rest = value::head(text, at, 64);
    let closed = rest.trim_start_matches(['"', '\'', '`', '*', '\\', ']', ')', '_']);
    let spaced = closed.trim_start_matches([' ', '\t']);
    let place = |left: &str| at + (rest.len() - left.len());
    let behind = |left: &'_ str| place(left.trim_start_matches([' ', '\t', '*']));
    if let Some(left) = spaced.strip_prefix(":=").or_else(|| spaced.strip_prefix("=>")) {
        return Some((Tie::Equals, behind(left)));
    }
    if let Some(left) = spaced.strip_prefix('=') {
        return (!left.starts_with(['=', '~'])).then(|| (Tie::Equals, behind(left)));
    }
    if let Some(left) = spaced.strip_prefix([':', '：', '|']) {
        // `::` is a path of code, `://` an address.
        return (!left.starts_with([':', '/'])).then(|| (Tie::Colon, behind(left)));
    }
    if name.starts_with("--") && spaced.len() < rest.len() {
        return Some((Tie::Flag, place(spaced)));
    }
    const VERBS: [&str; 10] = ["is ", "was ", "lautet ", "ist ", "war ", "es ", "era ", "est ", "è ", "to "];
    let verb = VERBS.iter().find_map(|verb| spaced.strip_prefix(verb)).filter(|_| spaced.len() < rest.len())?;
    let verb = verb.trim_start_matches("set to ").trim_start_matches([':', ' ']);
    Some((Tie::Verb, place(verb)))
}

fn is_random(shown: &str) -> bool {
    looks_random(shown) || shown.len() > LONGEST_TYPED && looks_like_token(shown)
}

/// Tells whether a value behind a word that means a password is one.
fn is_password(text: &str, name: &str, name_start: usize, tie: Tie, value: &Value<'_>) -> bool {
    let shown = value.text;
    // An address is looked at for itself; `[password]: https://…` only defines a link.
    if shown.contains(char::is_whitespace) || shown.contains("://") {
        return false;
    }
    if shown.len() > LONGEST_TYPED {
        return looks_like_token(shown) && !is_placeholder(shown);
    }
    if is_placeholder(shown) {
        return false;
    }
    let make = Make::of(shown);
    let is_mixed = make.digits > 0 && make.lower + make.upper > 0 || make.signs > 0;
    if value.quoted {
        // In running text quotes also hold names of settings and of files.
        return match tie {
            Tie::Verb => is_mixed && !is_expression(shown),
            _ => !is_expression(shown) && (is_mixed || make.joints > 0 || shown.len() >= 6),
        };
    }
    if is_expression(shown) || shown.len() < 6 {
        return false;
    }
    match tie {
        Tie::Verb => make.sorts() >= 3 && make.digits > 0,
        Tie::Flag => is_mixed || make.joints > 0,
        Tie::Equals => is_mixed || is_setting(text, name, name_start),
        Tie::Colon => {
            make.digits > 0 && make.sorts() >= 2
                || make.signs > 0 && make.sorts() >= 3
                || make.joints > 0 && ends_line(text, value)
        }
    }
}

/// `DB_PASSWORD=…`, or a line that begins with the name: no argument of a call, whose value is a variable.
fn is_setting(text: &str, name: &str, start: usize) -> bool {
    let is_upper =
        name.bytes().any(|byte| byte.is_ascii_uppercase()) && !name.bytes().any(|it| it.is_ascii_lowercase());
    let line = value::tail(text, start, 80).rsplit('\n').next().unwrap_or_default();
    is_upper || line.trim_start_matches(['-', ' ', '\t', '$']).trim_start_matches("export ").is_empty()
}

fn ends_line(text: &str, value: &Value<'_>) -> bool {
    let rest = value::head(text, value.end, 80);
    let line = rest.split('\n').next().unwrap_or_default().trim_start();
    line.is_empty() || line.starts_with('#')
}

/// Looks at a command whose flag takes a password: `redis-cli -a …`, `mysql -p…`, `curl -u name:…`.
pub(super) fn look_flag(values: &Values<'_>, start: usize, end: usize, flag: &str) -> Option<Sensitive> {
    let text = values.text;
    if text[..start].ends_with(|c: char| c.is_ascii_alphanumeric()) || !text[end..].starts_with(' ') {
        return None;
    }
    let line = value::head(text, end, 400).split('\n').next().unwrap_or_default();
    let mut from = 0;
    while let Some(found) = line[from..].find(flag).map(|at| from + at) {
        from = found + flag.len();
        if !line[..found].ends_with(' ') {
            continue;
        }
        let rest = &line[from..];
        let attached = flag == "-p" && !rest.starts_with(' ');
        if !attached && !rest.starts_with([' ', '=']) {
            continue;
        }
        let skipped = rest.len() - rest.trim_start_matches([' ', '=']).len();
        let mut value = values.read(end + from + skipped)?;
        if flag == "-u" {
            let (_, password) = value.text.split_once(':')?;
            value = Value { text: password, start: value.start + value.text.len() - password.len(), ..value };
        }
        let make = Make::of(value.text);
        // `mysql -p` alone asks for it, and `-p name` then names the database.
        let fits = make.digits > 0 || make.signs > 0 || value.quoted || flag != "-p";
        if value.text.len() >= 5
            && fits
            && !is_placeholder(value.text)
            && !is_expression(value.text)
            && !value.text.starts_with('-')
        {
            let what = "a password on a command line";
            return Some(Sensitive::new(SensitiveKind::Password, what, value.start, value.end));
        }
    }
    None
}
