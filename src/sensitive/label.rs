//! Data of patients beside a label that says so: `MRN: …`, `DOB: …`, `NPI …`.

use super::placeholder::is_placeholder;
use super::value;
use super::{Sensitive, SensitiveKind, checks};

/// A group of labels with the same meaning.
#[derive(Debug)]
pub(super) struct Label {
    pub(super) words: &'static [&'static str],
    what: &'static str,
    kind: SensitiveKind,
    /// Reads the value at the beginning of a text: how many bytes it has.
    read: fn(&str) -> Option<usize>,
}

/// The labels.
pub(super) const LABELS: [Label; 11] = [
    Label {
        words: &[
            "ssn",
            "social security number",
            "social security no",
            "social-security-number",
            "social_security_number",
        ],
        what: "a social security number",
        kind: SensitiveKind::SocialSecurity,
        read: social_security,
    },
    Label {
        words: &[
            "mrn",
            "medical record number",
            "medical record no",
            "medical_record_number",
            "patient id",
            "patient_id",
            "patient-id",
            "patientid",
            "patient number",
            "patient no",
            "chart number",
            "health record number",
            "patientennummer",
            "patienten-id",
            "número de paciente",
            "numéro de patient",
            "prontuário",
        ],
        what: "a number of a patient",
        kind: SensitiveKind::MedicalRecord,
        read: number,
    },
    Label {
        words: &[
            "member id",
            "member_id",
            "member number",
            "subscriber id",
            "subscriber_id",
            "policy number",
            "beneficiary number",
            "beneficiary id",
            "health plan number",
            "versichertennummer",
            "insurance id",
        ],
        what: "a number of a health plan's member",
        kind: SensitiveKind::PlanNumber,
        read: number,
    },
    Label {
        words: &["mbi", "medicare beneficiary identifier", "medicare number", "medicare id"],
        what: "a Medicare beneficiary identifier",
        kind: SensitiveKind::PlanNumber,
        read: medicare,
    },
    Label {
        words: &["npi", "national provider identifier"],
        what: "a provider's number (NPI)",
        kind: SensitiveKind::Licence,
        read: provider,
    },
    Label {
        words: &["dea", "dea number", "dea no", "dea registration"],
        what: "a DEA registration number",
        kind: SensitiveKind::Licence,
        read: dea,
    },
    Label {
        words: &["vin", "vehicle identification number"],
        what: "a vehicle identification number",
        kind: SensitiveKind::Vehicle,
        read: vehicle,
    },
    Label {
        words: &[
            "dob",
            "date of birth",
            "birth date",
            "birthdate",
            "birthday",
            "date_of_birth",
            "birth_date",
            "geburtsdatum",
            "geboren am",
            "fecha de nacimiento",
            "date de naissance",
            "data de nascimento",
            "data di nascita",
            "geboortedatum",
            "дата рождения",
            "生年月日",
            "出生日期",
        ],
        what: "a date of birth",
        kind: SensitiveKind::BirthDate,
        read: birth_date,
    },
    Label {
        words: &[
            "patient name",
            "name of patient",
            "name of the patient",
            "patient_name",
            "patient",
            "nombre del paciente",
            "nom du patient",
            "name des patienten",
        ],
        what: "the name of a patient",
        kind: SensitiveKind::Name,
        read: name,
    },
    Label {
        words: &[
            "account number",
            "account no",
            "bank account",
            "iban",
            "kontonummer",
            "card number",
            "card_number",
            "account_number",
            "credit card",
        ],
        what: "an account or card number",
        kind: SensitiveKind::Card,
        read: account,
    },
    Label {
        words: &["device serial", "implant serial", "pacemaker serial", "udi"],
        what: "the number of a patient's device",
        kind: SensitiveKind::MedicalRecord,
        read: number,
    },
];

/// Looks at what follows a label at `start..end`.
pub(super) fn look(text: &str, start: usize, end: usize, label: &Label) -> Option<Sensitive> {
    let letter = |c: char| c.is_alphanumeric() || c == '_';
    if text[..start].ends_with(letter) || text[end..].starts_with(letter) {
        return None;
    }
    let rest = value::head(text, end, 120);
    let rest = rest.split('\n').next().unwrap_or_default();
    let after = separator(rest, label.kind)?;
    let at = end + (rest.len() - after.len());
    let length = (label.read)(after).filter(|length| !is_placeholder_number(&after[..*length]))?;
    Some(Sensitive::new(label.kind, label.what, at, at + length))
}

/// Steps over what stands between a label and its value. Without any sign between the two a name is no value.
fn separator(rest: &str, kind: SensitiveKind) -> Option<&str> {
    const WORDS: [&str; 9] = ["number", "no.", "no", "nr.", "is", "was", "ist", "es", "lautet"];
    let mut left = rest;
    let mut signs = false;
    loop {
        let trimmed = left.trim_start_matches([' ', '\t', '*', '`', '"', '\'', '(', '\\']);
        let stripped = trimmed.strip_prefix([':', '=', '#', '|', '：', '-', '–']);
        if let Some(stripped) = stripped {
            signs = true;
            left = stripped;
            continue;
        }
        let word = WORDS.iter().find_map(|word| {
            let behind = trimmed.get(word.len()..)?;
            let is_word = trimmed[..word.len()].eq_ignore_ascii_case(word) && behind.starts_with([' ', ':', '#']);
            is_word.then_some(behind)
        });
        match word {
            Some(behind) => left = behind,
            None => {
                let needs_sign = matches!(kind, SensitiveKind::Name | SensitiveKind::Card);
                return (!needs_sign || signs).then_some(trimmed);
            }
        }
    }
}

fn is_placeholder_number(value: &str) -> bool {
    let digits: Vec<u8> = value.bytes().filter(u8::is_ascii_digit).collect();
    let letters = value.bytes().any(|byte| byte.is_ascii_alphabetic());
    let all_same = digits.windows(2).all(|pair| pair[0] == pair[1]);
    let is_run = b"12345678901234567890".starts_with(&digits);
    (!digits.is_empty() && (all_same || is_run) && digits.len() > 3)
        || (letters && is_placeholder(value) && value.len() > 4)
}

/// Returns how many bytes of `text` belong to a number in groups, and its letters and digits.
fn token(text: &str, joints: &[u8]) -> (usize, Vec<u8>) {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || joints.contains(&byte);
    let length = text.bytes().take(40).take_while(|byte| is_part(*byte)).count();
    let length = text[..length].trim_end_matches(|c: char| !c.is_ascii_alphanumeric()).len();
    (length, text[..length].bytes().filter(u8::is_ascii_alphanumeric).collect())
}

fn social_security(text: &str) -> Option<usize> {
    let (length, digits) = digits(text, b"- ", 9)?;
    checks::ssn(&digits).then_some(length)
}

/// Reads exactly `count` digits in groups.
fn digits(text: &str, joints: &[u8], count: usize) -> Option<(usize, Vec<u8>)> {
    let mut digits = Vec::with_capacity(count);
    for (at, byte) in text.bytes().enumerate().take(40) {
        match byte {
            b'0'..=b'9' => digits.push(byte),
            _ if joints.contains(&byte) && !digits.is_empty() => {}
            _ => return None,
        }
        if digits.len() == count {
            let goes_on = text[at + 1..].starts_with(|c: char| c.is_alphanumeric() || c == '-');
            return (!goes_on).then_some((at + 1, digits));
        }
    }
    None
}

/// A number that somebody was given: four digits or more, few letters before them.
fn number(text: &str) -> Option<usize> {
    let (length, plain) = token(text, b"-");
    let digits = plain.iter().filter(|byte| byte.is_ascii_digit()).count();
    let letters = plain.len() - digits;
    let is_date = text[..length].split('-').map(str::len).eq([4, 2, 2]);
    let is_uuid = length == 36 && text[..length].matches('-').count() == 4;
    (((digits >= 5 && letters <= 4) || is_uuid) && plain.len() <= 32 && !is_date).then_some(length)
}

fn medicare(text: &str) -> Option<usize> {
    let (length, plain) = token(text, b"-");
    // The number on the sample card.
    let shown = plain == b"1EG4TE5MK72" || plain == b"1EG4TE5MK73";
    (checks::mbi(&plain) && !shown).then_some(length)
}

fn provider(text: &str) -> Option<usize> {
    let (length, digits) = digits(text, b"", 10)?;
    (checks::npi(&digits) && digits != b"1234567893").then_some(length)
}

fn dea(text: &str) -> Option<usize> {
    let (length, plain) = token(text, b"");
    checks::dea(&plain).then_some(length)
}

fn vehicle(text: &str) -> Option<usize> {
    let (length, plain) = token(text, b"");
    checks::vin(&plain).then_some(length)
}

fn account(text: &str) -> Option<usize> {
    let (length, plain) = token(text, b"- ");
    let is_iban = plain.len() >= 15
        && plain[..2].iter().all(u8::is_ascii_uppercase)
        && plain[2..4].iter().all(u8::is_ascii_digit);
    if is_iban {
        return is_valid_iban(&plain).then_some(length);
    }
    let count = text.bytes().take(24).take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b' ')).count();
    let digits: Vec<u8> = text[..count].bytes().filter(u8::is_ascii_digit).collect();
    (checks::card(&digits)).then_some(text[..count].trim_end().len())
}

fn is_valid_iban(plain: &[u8]) -> bool {
    let turned = plain[4..].iter().chain(&plain[..4]);
    let rest = turned.fold(0_u64, |rest, byte| match byte.to_ascii_uppercase() {
        digit @ b'0'..=b'9' => (rest * 10 + u64::from(digit - b'0')) % 97,
        letter => (rest * 100 + u64::from(letter.saturating_sub(b'A')) + 10) % 97,
    });
    rest == 1 && plain.len() <= 34
}

/// A day: `1961-04-09`, `04/09/1961`, `9.4.1961`, `April 9, 1961`, `9 April 1961`.
fn birth_date(text: &str) -> Option<usize> {
    let head = value::head(text, 0, 24);
    let end =
        head.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '/' | '.' | ' ' | ',' | '年' | '月' | '日')));
    let head = &head[..end.unwrap_or(head.len())];
    let year = head.as_bytes().windows(4).position(|it| {
        matches!(it, [b'1', b'8' | b'9', b'0'..=b'9', b'0'..=b'9'] | [b'2', b'0', b'0'..=b'2', b'0'..=b'9'])
    })?;
    let numbers = head.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).count();
    let behind = &head[year + 4..];
    let end = if year < 3 { behind.find([' ', ',']).unwrap_or(behind.len()) + year + 4 } else { year + 4 };
    (2..=5).contains(&numbers).then_some(end)
}

/// Two to four words with capitals.
fn name(text: &str) -> Option<usize> {
    let (mut at, mut end, mut words) = (0, 0, 0);
    for word in value::head(text, 0, 60).split(' ').take(4) {
        let plain = word.trim_end_matches(['.', ',', ';', '*', '`', '"', ')']);
        let mut chars = plain.chars();
        let capital = chars.next().is_some_and(char::is_uppercase);
        let rest = chars.as_str();
        let small = !rest.is_empty() && rest.chars().all(|c| c.is_lowercase() || matches!(c, '-' | '\'' | '’'));
        if !capital || !(small || rest.is_empty()) || is_role(plain) {
            break;
        }
        words += 1;
        end = at + plain.len();
        at += word.len() + 1;
        if plain.len() != word.len() && !rest.is_empty() {
            break;
        }
    }
    (words >= 2).then_some(end)
}

/// Words with a capital that name no person.
fn is_role(word: &str) -> bool {
    const ROLES: [&str; 46] = [
        "Portal",
        "Data",
        "Service",
        "Services",
        "System",
        "Systems",
        "Record",
        "Records",
        "Safety",
        "Care",
        "Access",
        "Api",
        "Team",
        "Management",
        "Information",
        "None",
        "No",
        "Not",
        "All",
        "Some",
        "Unable",
        "Cannot",
        "Could",
        "The",
        "Database",
        "Registration",
        "Scheduling",
        "Impact",
        "Date",
        "Admission",
        "Discharge",
        "Name",
        "Number",
        "Status",
        "Type",
        "Count",
        "Visit",
        "Ward",
        "Notes",
        "Comment",
        "Diagnosis",
        "Gender",
        "Age",
        "Location",
        "Details",
        "Outcome",
    ];
    ROLES.contains(&word)
}
