//! What the blocks of front matter demand of each other, and of the text below them.

use crate::compliance::{Framework, Lookup, look_up};
use crate::diag::Span;
use crate::lint::{Findings, LintContext};
use crate::model::{FrontMatterEntry, Period};

/// Values of `phi-contains` and of yes-or-no keys that mean no.
const NO: [&str; 10] = ["none", "no", "false", "n/a", "na", "nil", "0", "-", "nein", "keine"];

fn is_no(value: &str) -> bool {
    NO.contains(&value.trim().to_lowercase().as_str())
}

/// Returns the entries under a framework's block, with the key inside it.
fn block<'a>(cx: &'a LintContext<'_>, framework: Framework) -> impl Iterator<Item = (&'a str, &'a FrontMatterEntry)> {
    let entries = cx.document.front_matter.iter().flat_map(|it| &it.entries);
    entries.filter_map(move |entry| {
        let path = entry.path.strip_prefix("compliance.").unwrap_or(&entry.path);
        let (of, key) = path.split_once('.')?;
        (Framework::from_key(of) == Some(framework)).then_some((key, entry))
    })
}

/// Returns what is stated under a key of a framework's block, or under the key for all frameworks.
fn entry<'a>(cx: &'a LintContext<'_>, framework: Framework, key: &str) -> Option<&'a FrontMatterEntry> {
    let same = |name: &str| name.replace('_', "-").eq_ignore_ascii_case(key);
    let own = block(cx, framework).find(|(name, _)| same(name)).map(|(_, entry)| entry);
    let of_all = || {
        let mut entries = cx.document.front_matter.iter().flat_map(|it| &it.entries);
        entries.find(|it| it.path.strip_prefix("compliance.").is_some_and(same))
    };
    own.or_else(of_all)
}

/// PHI is said to be there, and there is no HIPAA block with controls.
pub(in crate::lint) fn phi_without_hipaa(cx: &LintContext<'_>, out: &mut Findings) {
    let Some(phi) = cx.document.compliance.phi.as_ref().filter(|it| !is_no(&it.value)) else { return };
    let of_hipaa = |it: &crate::model::Control| matches!(look_up(&it.framework, &it.id), Lookup::Known { control, .. } if control.framework == Framework::Hipaa);
    if !cx.document.compliance.controls.iter().any(of_hipaa) {
        out.push(phi.origin.line, format!("PHI is stated (`{}`), and no control of HIPAA", phi.value))
            .span(phi.origin.span)
            .subject("phi")
            .hint("name them under `compliance.hipaa.controls`, at least `164.308(a)(6)(ii)` for an incident");
    }
}

/// PHI is said to be there without the safeguards that follow from it.
pub(in crate::lint) fn phi_safeguards(cx: &LintContext<'_>, out: &mut Findings) {
    let compliance = &cx.document.compliance;
    let Some(phi) = compliance.phi.as_ref().filter(|it| !is_no(&it.value)) else { return };
    for key in ["encryption-required", "access-audit-required"] {
        let stated = entry(cx, Framework::Hipaa, key);
        if stated.is_none_or(|it| is_no(&it.value)) {
            let (line, span) = stated.map_or((phi.origin.line, phi.origin.span), |it| (it.line, it.span));
            out.push(line, format!("PHI is stated (`{}`), and `{key}` is not true", phi.value))
                .span(span)
                .subject(key)
                .hint(format!("write `{key}: true`, or `phi-contains: none` if there is none"));
        }
    }
    let Some(stated) = &compliance.classification else { return };
    let levels = &cx.settings.classifications;
    let rank = |name: &str| levels.iter().position(|it| it.eq_ignore_ascii_case(name.trim()));
    if let (Some(stands), Some(least)) = (rank(&stated.value), rank("confidential"))
        && stands < least
    {
        out.push(
            stated.origin.line,
            format!("PHI is stated (`{}`), and the document is only `{}`", phi.value, stated.value),
        )
        .span(stated.origin.span)
        .subject("classification")
        .hint("classify it `confidential` or higher");
    }
}

/// Access is to be audited, and the control for that is not among those named.
pub(in crate::lint) fn audit_control(cx: &LintContext<'_>, out: &mut Findings) {
    let Some(required) = entry(cx, Framework::Hipaa, "access-audit-required").filter(|it| !is_no(&it.value)) else {
        return;
    };
    let named = block(cx, Framework::Hipaa).any(|(key, it)| {
        let lookup = if key == "controls" { look_up("hipaa", &it.value) } else { Lookup::Unchecked };
        matches!(lookup, Lookup::Known { control, .. } if control.id == "164.312(b)")
    });
    if !named {
        out.push(required.line, "access is to be audited, and `164.312(b)` (audit controls) is not among the controls")
            .span(required.span)
            .subject("164.312(b)")
            .hint("add `164.312(b)` if this document is evidence of it");
    }
}

/// A HIPAA block that lacks what every one needs.
pub(in crate::lint) fn incomplete(cx: &LintContext<'_>, out: &mut Findings) {
    let Some((_, first)) = block(cx, Framework::Hipaa).next() else { return };
    let missing: Vec<&str> = ["controls", "phi-contains", "retention-period"]
        .into_iter()
        .filter(|key| entry(cx, Framework::Hipaa, key).is_none())
        .collect();
    if !missing.is_empty() {
        let names: Vec<String> = missing.iter().map(|key| format!("`{key}`")).collect();
        out.push(first.line, format!("the HIPAA block lacks {}", names.join(", "))).subject(missing.join(" ")).hint(
            "an auditor asks for all three; `phi-contains: none` is an answer, and the retention is at least `6-years`",
        );
    }
}

/// Blocks or keys that `ris.toml` demands of a classification are not there.
pub(in crate::lint) fn required(cx: &LintContext<'_>, out: &mut Findings) {
    let Some(stated) = &cx.document.compliance.classification else { return };
    let demanded = cx.settings.required.iter().filter(|(of, _)| of.eq_ignore_ascii_case(stated.value.trim()));
    for name in demanded.flat_map(|(_, names)| names) {
        let is_there = cx.document.front_matter.iter().flat_map(|it| &it.entries).any(|entry| {
            let path = entry.path.strip_prefix("compliance.").unwrap_or(&entry.path);
            // `owner` and `owners` are one key to whoever writes them.
            let one = name.strip_suffix('s').unwrap_or(name);
            let fits = |part: &str| {
                let rest = part.strip_prefix(one).map(|rest| rest.strip_prefix('s').unwrap_or(rest));
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            fits(path) || path.split_once('.').is_some_and(|(_, key)| fits(key))
        });
        if !is_there {
            out.push(stated.origin.line, format!("a `{}` document needs `{name}`", stated.value.trim()))
                .span(stated.origin.span)
                .subject(name)
                .hint(format!("add `{name}` to the front matter; `[check.required-blocks]` of `ris.toml` asks for it"));
        }
    }
}

/// A classification that the team does not use.
pub(in crate::lint) fn classification(cx: &LintContext<'_>, out: &mut Findings) {
    let Some(stated) = &cx.document.compliance.classification else { return };
    let levels = &cx.settings.classifications;
    if !levels.iter().any(|it| it.eq_ignore_ascii_case(stated.value.trim())) {
        let names: Vec<String> = levels.iter().map(|it| format!("`{it}`")).collect();
        out.push(stated.origin.line, format!("`{}` is no classification", stated.value))
            .span(stated.origin.span)
            .subject(&stated.value)
            .hint(format!("write one of {}, or list it in `check.classifications` of `ris.toml`", names.join(", ")));
    }
}

/// The text says otherwise than the front matter.
pub(in crate::lint) fn disagrees(cx: &LintContext<'_>, out: &mut Findings) {
    let compliance = &cx.document.compliance;
    if compliance.is_empty() {
        return;
    }
    let body = &cx.text[cx.document.body_start.min(cx.text.len())..];
    let may_speak = ["etention", "lassification", "PHI"]
        .iter()
        .any(|word| memchr::memmem::find(body.as_bytes(), word.as_bytes()).is_some());
    if !may_speak {
        return;
    }
    for (line, start, text) in cx.body_lines() {
        let Some(label) = Label::of(text) else { continue };
        if cx.is_code(start) {
            continue;
        }
        let tell = |out: &mut Findings, stated: &str, at: u32| {
            let message = format!("the text says `{}`, the front matter `{stated}` (line {at})", label.value);
            out.push(line, message)
                .span(cx.find_on_line(line, label.value).unwrap_or(Span::new(start, start + text.len())))
                .subject(label.name)
                .hint("an auditor reads both: make them agree");
        };
        match label.name {
            "classification" => {
                let levels = &cx.settings.classifications;
                let known = levels.iter().any(|it| it.eq_ignore_ascii_case(label.value));
                let stated = compliance.classification.as_ref();
                if let Some(stated) = stated.filter(|it| known && !it.value.trim().eq_ignore_ascii_case(label.value)) {
                    tell(out, &stated.value, stated.origin.line);
                }
            }
            "retention" | "retention period" => {
                let Some(period) = Period::parse(label.value) else { continue };
                let others: Vec<_> =
                    compliance.retention.iter().filter_map(|(_, it)| Some((it, Period::parse(&it.value)?))).collect();
                if let Some((stated, _)) =
                    others.first().filter(|_| others.iter().all(|(_, it)| it.length() != period.length()))
                {
                    tell(out, &stated.value, stated.origin.line);
                }
            }
            _ => {
                let Some(stated) = &compliance.phi else { continue };
                let told = label.value.to_lowercase();
                let told_no = is_no(&told) || told.starts_with("no ") || told.starts_with("none");
                let told_yes = told == "yes" || told.starts_with("yes") || told == "exposed" || told == "involved";
                if (told_no && !is_no(&stated.value)) || (told_yes && is_no(&stated.value)) {
                    tell(out, &stated.value, stated.origin.line);
                }
            }
        }
    }
}

/// A labelled line of the body that is about compliance.
struct Label<'a> {
    name: &'static str,
    value: &'a str,
}

impl<'a> Label<'a> {
    fn of(line: &'a str) -> Option<Self> {
        const NAMES: [&str; 8] = [
            "classification",
            "retention",
            "retention period",
            "phi",
            "phi involved",
            "phi exposed",
            "phi contains",
            "contains phi",
        ];
        let marks = |c: char| matches!(c, '*' | '-' | '|' | '_' | ' ' | '#' | '>');
        let plain = line.trim_start_matches(marks);
        let (name, value) = plain.split_once([':', '|']).filter(|(name, _)| name.len() < 24)?;
        let name = name.trim_matches(marks);
        let name = NAMES.into_iter().find(|it| it.eq_ignore_ascii_case(name))?;
        let value = value.trim_matches(|c: char| marks(c) || c == '.' || c == '`');
        (!value.is_empty()).then_some(Self { name, value })
    }
}
