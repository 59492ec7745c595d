//! Controls as people write them: which framework, which id, told from the words around it.

use super::Framework;

/// An id with the noise around it taken away, in the framework's own form as far as the form can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) framework: Framework,
    /// `CC7.2`, `164.308(a)(6)(ii)`, `A.12.1.1`; for ISO clauses the bare number.
    pub(super) id: String,
    /// The edition of 2013 is named.
    pub(super) names_2013: bool,
}

/// Reads `text`, which stands under the framework `stated` or none. `None` where it has the form of no control.
pub(super) fn read(stated: Option<Framework>, key_names_2013: bool, text: &str) -> Option<Reading> {
    let names_2013 = key_names_2013 || text.contains(":2013") || text.contains("-2013");
    let (named, rest) = without_names(text);
    let token = id_token(rest);
    let framework = named.or_else(|| by_form(token)).or(stated)?;
    let id = match framework {
        Framework::Hipaa => hipaa(token)?,
        Framework::Soc2 => soc2(token)?,
        Framework::Iso27001 => iso(token)?,
    };
    Some(Reading { framework, id, names_2013 })
}

/// Names that stand before an id and say only whose it is.
const NAMES: [(&str, Option<Framework>); 26] = [
    ("iso/iec", Some(Framework::Iso27001)),
    ("iso", Some(Framework::Iso27001)),
    ("27001", Some(Framework::Iso27001)),
    ("27002", Some(Framework::Iso27001)),
    (":2013", None),
    (":2022", None),
    ("-2013", None),
    ("-2022", None),
    ("annex", Some(Framework::Iso27001)),
    ("soc2", Some(Framework::Soc2)),
    ("soc 2", Some(Framework::Soc2)),
    ("soc-2", Some(Framework::Soc2)),
    ("tsc", Some(Framework::Soc2)),
    ("type ii", None),
    ("type 2", None),
    ("hipaa", Some(Framework::Hipaa)),
    ("45 cfr", Some(Framework::Hipaa)),
    ("45 c.f.r.", Some(Framework::Hipaa)),
    ("45cfr", Some(Framework::Hipaa)),
    ("part", None),
    ("section", None),
    ("sec.", None),
    ("control", None),
    ("criterion", None),
    ("criteria", None),
    ("clause", None),
];

/// Returns what names of frameworks stand before an id, and the rest.
pub(super) fn without_names(text: &str) -> (Option<Framework>, &str) {
    let mut rest = text.trim();
    let mut framework = None;
    'names: loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '§' | ':' | ',' | '`' | '*' | '('));
        for (name, of) in NAMES {
            let follows = |behind: &str| !behind.starts_with(|c: char| c.is_ascii_alphabetic());
            let behind = strip_prefix_folded(rest, name)
                .or_else(|| framework.and_then(|_| strip_prefix_folded(rest, name.trim_start_matches(':'))));
            if let Some(behind) = behind.filter(|behind| follows(behind) && !behind.is_empty()) {
                rest = behind.trim_start_matches('-');
                framework = framework.or(of);
                continue 'names;
            }
        }
        return (framework, rest);
    }
}

/// Returns what follows `prefix`, whatever its case.
pub(super) fn strip_prefix_folded<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let begins_like = |byte: u8| text.as_bytes().first().is_some_and(|first| first.eq_ignore_ascii_case(&byte));
    let head = text.get(..prefix.len()).filter(|_| prefix.bytes().next().is_none_or(begins_like))?;
    head.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

/// Returns the text up to what ends an id: a title behind it is dropped.
pub(super) fn id_token(text: &str) -> &str {
    let mut depth = 0_i32;
    let mut digits = false;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            // `CC 7.2`, `A. 12.1.1`, `164.308 (a)(1)`.
            ' ' if depth == 0 => {
                let next = text[at..].trim_start().chars().next();
                let goes_on = if digits { next == Some('(') } else { next.is_some_and(|c| c.is_ascii_digit()) };
                if !goes_on {
                    return &text[..at];
                }
            }
            ',' | ';' | '`' | '*' | '—' | '–' | '|' => return &text[..at],
            _ if c.is_ascii_digit() => digits = true,
            _ => {}
        }
    }
    text
}

fn by_form(token: &str) -> Option<Framework> {
    let token = token.trim();
    let letters: String = token.chars().take_while(char::is_ascii_alphabetic).collect();
    let rest = token[letters.len()..].trim_start();
    match letters.to_ascii_uppercase().as_str() {
        _ if rest.is_empty() => None,
        "" if starts_with_part(rest) => Some(Framework::Hipaa),
        "A" if rest.starts_with('.') => Some(Framework::Iso27001),
        "A" => {
            // `A12.1.1` is ISO's; `A1.2` is SOC 2's.
            let parts: Vec<&str> = rest.trim_start_matches('-').split('.').collect();
            let is_soc2 = parts.len() == 2 && parts[0] == "1";
            Some(if is_soc2 { Framework::Soc2 } else { Framework::Iso27001 })
        }
        "CC" | "C" | "PI" | "P" => {
            rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-')).then_some(Framework::Soc2)
        }
        _ => None,
    }
}

fn starts_with_part(text: &str) -> bool {
    ["160", "162", "164"].iter().any(|part| {
        text.strip_prefix(part).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '_', ' ', '-']))
    })
}

/// Returns the citation as the CFR writes it: a section, then paragraphs in brackets.
fn hipaa(token: &str) -> Option<String> {
    let token = token.trim().trim_end_matches(['.', ':']);
    let mut parts =
        token.split(['.', '_', '(', ')', ' ', '-', '[', ']']).map(str::trim).filter(|part| !part.is_empty());
    let part = parts.next().filter(|part| part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()))?;
    let Some(section) = parts.next() else { return Some(part.to_owned()) };
    let digits = section.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return None;
    }
    let mut id = format!("{part}.{}", &section[..digits]);
    // `164.308a6ii` is no form that can be taken apart with certainty.
    if digits < section.len() {
        return None;
    }
    for paragraph in parts {
        if paragraph.len() > 4 || !paragraph.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        id.push_str(&format!("({paragraph})"));
    }
    Some(id)
}

fn soc2(token: &str) -> Option<String> {
    let plain: String = token.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).collect();
    let plain = plain.trim_end_matches(['.', ':', ')']).to_ascii_uppercase();
    let letters = plain.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (prefix, numbers) = plain.split_at(letters);
    // `PP1.1` and `CC.7.2` are seen in exports of other tools.
    let numbers = numbers.trim_start_matches('.');
    let is_numbers = numbers.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    (matches!(prefix, "CC" | "A" | "C" | "PI" | "P" | "PP") && is_numbers).then(|| format!("{prefix}{numbers}"))
}

fn iso(token: &str) -> Option<String> {
    let token = token.trim().trim_end_matches(['.', ':', ')']);
    let plain: String = token.chars().filter(|c| *c != ' ').collect();
    let (annex, rest) = match plain.strip_prefix(['A', 'a']) {
        Some(rest) => (true, rest.trim_start_matches(['.', '-'])),
        None => (false, plain.as_str()),
    };
    let is_numbers = rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if rest.is_empty() || !is_numbers || rest.len() > 9 {
        return None;
    }
    Some(if annex { format!("A.{rest}") } else { rest.to_owned() })
}
