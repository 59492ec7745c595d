//! What must not stand in a document: secrets, and data by which a patient can be told. Finds it; never shows it.
//!
//! One pass of an automaton over the text finds telling words and beginnings; what stands around each decides. A second
//! pass looks at digits. What is found is a place and a name of what it is, so that whoever reports it can leave the
//! value out. Knows no document and does no I/O.

mod assign;
mod checks;
mod contact;
mod digits;
mod formats;
mod keys;
mod label;
mod mask;
mod needles;
mod placeholder;
mod url;
mod value;

use crate::diag::Span;
pub(crate) use mask::Mask;

/// What sort of thing was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum SensitiveKind {
    /// A private key.
    PrivateKey,
    /// A key or token in the format of a vendor, or a signed token.
    Key,
    /// A password inside a connection string or address.
    ConnectionString,
    /// A password beside a word that says so.
    Password,
    /// A random-looking value beside a telling word.
    RandomValue,
    /// A social security number.
    SocialSecurity,
    /// A medical record number or another number of a patient.
    MedicalRecord,
    /// A number of a health plan or of its beneficiary.
    PlanNumber,
    /// A payment card.
    Card,
    /// A number of a provider's licence (NPI, DEA).
    Licence,
    /// A vehicle.
    Vehicle,
    /// A day of birth.
    BirthDate,
    /// The name of a patient.
    Name,
    /// A telephone or fax number, or an e-mail address, of somebody concerned.
    Contact,
}

/// Something that must not stand in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sensitive {
    /// The sort of it.
    pub kind: SensitiveKind,
    /// What it is, for people (`AWS access key`).
    pub what: &'static str,
    /// The bytes of the value alone.
    pub span: Span,
}

impl Sensitive {
    fn new(kind: SensitiveKind, what: &'static str, start: usize, end: usize) -> Self {
        Self { kind, what, span: Span::new(start, end) }
    }
}

/// Returns everything in `text` that must not stand there, in the order of the text; nothing twice.
#[must_use]
pub(crate) fn scan(text: &str) -> Vec<Sensitive> {
    let mut found = needles::scan(text);
    digits::scan(text, &mut found);
    contact::scan(text, &mut found);
    found.sort_by_key(|it| it.span.start);
    let mut told: Vec<Sensitive> = Vec::with_capacity(found.len());
    for it in found {
        match told.last_mut().filter(|last| it.span.start < last.span.end) {
            // Two readings of one place: the sort that comes first in `SensitiveKind` stands, for all of what either covers.
            Some(last) => {
                let first = if it.kind < last.kind { it } else { *last };
                *last = Sensitive { span: Span::new(last.span.start, last.span.end.max(it.span.end)), ..first };
            }
            None => told.push(it),
        }
    }
    told
}

/// Returns `text` with what must not stand there replaced by what it was, as far as it is `meant`, and the sorts that were
/// taken out, each once.
#[must_use]
pub(crate) fn without(text: &str, meant: impl Fn(SensitiveKind) -> bool) -> (String, Vec<&'static str>) {
    let (mut clean, mut at, mut removed) = (String::with_capacity(text.len()), 0, Vec::new());
    for found in scan(text).into_iter().filter(|found| meant(found.kind)) {
        let (Some(before), true) = (text.get(at..found.span.start), found.span.end >= at) else { continue };
        clean.push_str(before);
        clean.push_str(&format!("[removed: {}]", found.what));
        at = found.span.end;
        if !removed.contains(&found.what) {
            removed.push(found.what);
        }
    }
    clean.push_str(text.get(at..).unwrap_or_default());
    (clean, removed)
}

#[cfg(test)]
mod tests;
