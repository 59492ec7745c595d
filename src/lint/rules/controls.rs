//! Controls that are no controls: unknown, too broad, of an edition that is gone, under another framework's name.

use chrono::NaiveDate;

use crate::compliance::{Control, Framework, Group, Lookup, is_only_a_control, look_up, look_up_in};
use crate::diag::Span;
use crate::lint::{Findings, Fix, LintContext};
use crate::model;

/// The day on which ISO/IEC 27001:2022 was published: older documents could not name its controls.
const EDITION_2022: NaiveDate = NaiveDate::from_ymd_opt(2022, 10, 25).expect("it is a day");

/// A control stands in no catalogue.
pub(in crate::lint) fn unknown(cx: &LintContext<'_>, out: &mut Findings) {
    for control in &cx.document.compliance.controls {
        if let Lookup::Unknown { framework, nearest } = look_up(&control.framework, &control.id) {
            tell_unknown(out, control.line, place(cx, control), &control.id, framework, nearest);
        }
    }
    for mention in mentions(cx) {
        if let Lookup::Unknown { framework, nearest: Some(nearest) } = look_up_in(mention.framework, mention.text) {
            let line = cx.line_of(mention.span.start);
            tell_unknown(out, line, Some(mention.span), mention.text, framework, Some(nearest));
        }
    }
}

fn tell_unknown(
    out: &mut Findings,
    line: u32,
    span: Option<Span>,
    id: &str,
    framework: Framework,
    nearest: Option<&Control>,
) {
    let draft = out.push(line, format!("{} has no control `{id}`", framework.name()));
    draft.span(span).subject(id);
    if let Some(nearest) = nearest {
        draft.hint(format!("the nearest is `{}` ({})", nearest.id, nearest.title));
    }
}

/// A family, a section or a whole framework stands where a control should.
pub(in crate::lint) fn too_broad(cx: &LintContext<'_>, out: &mut Findings) {
    for control in &cx.document.compliance.controls {
        let Lookup::TooBroad { framework, group, members } = look_up(&control.framework, &control.id) else { continue };
        let what = match group {
            Group::Whole => format!("is all of {}", framework.name()),
            Group::Family => format!("stands for {} controls", members.len()),
            // A few paragraphs of one section are narrow enough to be evidence.
            Group::Paragraphs => continue,
        };
        let draft = out.push(control.line, format!("`{}` {what}, and no evidence can be all of that", control.id));
        draft.span(place(cx, control)).subject(&control.id);
        let some: Vec<String> = members.iter().take(4).map(|it| format!("`{}`", it.id)).collect();
        match some.is_empty() {
            true => draft.hint("name the controls that this document is evidence for"),
            false => draft.hint(format!("name the controls that are meant: {}, …", some.join(", "))),
        };
    }
}

/// A control of ISO/IEC 27001:2013.
pub(in crate::lint) fn superseded(cx: &LintContext<'_>, out: &mut Findings) {
    if latest_day(cx).is_some_and(|day| day < EDITION_2022) {
        return;
    }
    let stated = &cx.document.compliance.controls;
    for control in stated {
        let Lookup::Superseded { id, by } = look_up(&control.framework, &control.id) else { continue };
        let span = place(cx, control);
        let draft = out.push(control.line, tell_superseded(id, &by));
        draft.span(span).subject(&control.id);
        let ([one], Some(span)) = (by.as_slice(), span) else { continue };
        if stated.iter().any(|it| it.id == one.id) {
            draft.hint(format!("`{}` is listed as well: take `{id}` out", one.id));
        } else {
            draft.hint(format!("write `{}` ({})", one.id, one.title));
            // A title or another control behind the id would go with it.
            if !is_only_a_control(&control.id) {
                continue;
            }
            draft.fix(Fix::replace(format!("write `{}`", one.id), span, one.id));
        }
    }
    for mention in mentions(cx).filter(|it| it.framework == Framework::Iso27001) {
        if let Lookup::Superseded { id, by } = look_up_in(mention.framework, mention.text) {
            let draft = out.push(cx.line_of(mention.span.start), tell_superseded(id, &by));
            draft
                .span(mention.span)
                .subject(mention.text)
                .hint("name the control of 2022, or the edition that is meant");
        }
    }
}

fn tell_superseded(id: &str, by: &[&Control]) -> String {
    let new: Vec<String> = by.iter().map(|it| format!("`{}`", it.id)).collect();
    format!("`{id}` is of ISO 27001:2013, replaced by {}", new.join(" and "))
}

/// A control is written otherwise than its framework writes it, so that searches and matrices miss it.
pub(in crate::lint) fn spelling(cx: &LintContext<'_>, out: &mut Findings) {
    for stated in &cx.document.compliance.controls {
        let Lookup::Known { control, is_canonical: false } = look_up(&stated.framework, &stated.id) else { continue };
        let span = place(cx, stated);
        let draft = out.push(stated.line, format!("`{}` is written `{}`", stated.id, control.id));
        draft.span(span).subject(&stated.id).hint("one way of writing lets searches and reports find every document");
        if let Some(span) = span.filter(|_| is_only_a_control(&stated.id)) {
            draft.fix(Fix::replace(format!("write `{}`", control.id), span, control.id));
        }
    }
}

/// A control stands under the name of another framework.
pub(in crate::lint) fn misplaced(cx: &LintContext<'_>, out: &mut Findings) {
    for stated in &cx.document.compliance.controls {
        let Some(under) = Framework::from_key(&stated.framework) else { continue };
        let of = match look_up(&stated.framework, &stated.id) {
            Lookup::Known { control, .. } => control.framework,
            Lookup::Superseded { .. } => Framework::Iso27001,
            Lookup::TooBroad { framework, .. } | Lookup::Unknown { framework, .. } => framework,
            Lookup::Unchecked => continue,
        };
        if of != under {
            let message = format!("`{}` is a control of {} and stands under {}", stated.id, of.name(), under.name());
            out.push(stated.line, message)
                .span(place(cx, stated))
                .subject(&stated.id)
                .hint(format!("move it to `compliance.{}.controls`", of.key()));
        }
    }
}

/// Returns the place of a control's id: the whole id, not the beginning of a longer one.
fn place(cx: &LintContext<'_>, control: &model::Control) -> Option<Span> {
    let line = cx.line(control.line);
    let start = cx.line_start(control.line);
    let is_inner = |c: char| c.is_alphanumeric() || matches!(c, '.' | '(' | '_');
    let whole = |at: &usize| {
        !line[at + control.id.len()..].starts_with(is_inner)
            && !line[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '.')
    };
    let at = line.match_indices(control.id.as_str()).map(|(at, _)| at).find(whole)?;
    Some(Span::new(start + at, start + at + control.id.len()))
}

/// Returns the latest day that the document states of itself.
fn latest_day(cx: &LintContext<'_>) -> Option<NaiveDate> {
    let block = cx.document.front_matter.as_ref();
    let stated = |key: &str| block.and_then(|it| it.get(key)).and_then(|it| it.value.get(..10)?.parse().ok());
    let of_incident = cx.document.date.as_ref().map(|it| it.value.first_day());
    ["created", "updated", "date"].into_iter().map(stated).chain([of_incident]).flatten().max()
}

/// A control named in the text.
struct Mention<'a> {
    framework: Framework,
    text: &'a str,
    span: Span,
}

/// Returns the controls named in the body, outside code, where the document speaks of their framework at all: `A.1.2.3`
/// alone may be a section of anything.
fn mentions<'a>(cx: &'a LintContext<'_>) -> impl Iterator<Item = Mention<'a>> {
    const FORMS: [(&str, Framework, &[&str]); 3] = [
        ("164.", Framework::Hipaa, &["HIPAA", "CFR"]),
        ("A.", Framework::Iso27001, &["27001", "27002", "Annex A"]),
        ("CC", Framework::Soc2, &["SOC 2", "SOC2", "Trust Services", "trust services"]),
    ];
    let body = &cx.text[cx.document.body_start.min(cx.text.len())..];
    let offset = cx.text.len() - body.len();
    let has = move |word: &str| memchr::memmem::find(body.as_bytes(), word.as_bytes()).is_some();
    let spoken_of = FORMS.into_iter().filter(move |(_, _, words)| words.iter().any(|word| has(word)));
    spoken_of
        .flat_map(move |(form, framework, _)| {
            memchr::memmem::find_iter(body.as_bytes(), form)
                .filter_map(move |at| mention(body, offset, at, form, framework))
                .collect::<Vec<_>>()
        })
        .filter(|mention| !cx.is_code(mention.span.start))
}

fn mention<'a>(body: &'a str, offset: usize, at: usize, form: &str, framework: Framework) -> Option<Mention<'a>> {
    let alone = !body[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '/'));
    let rest = &body[at + form.len()..];
    if !alone || !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let is_part = |c: char| {
        c.is_ascii_digit()
            || c == '.'
            || framework == Framework::Hipaa && (c.is_ascii_alphabetic() || matches!(c, '(' | ')'))
    };
    let length = form.len() + rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
    let mut text = body[at..at + length].trim_end_matches('.');
    if text.matches('(').count() < text.matches(')').count() {
        text = text.strip_suffix(')')?;
    }
    // Ranges and lists with a shared head (`164.308(a)-(b)`) are read up to where they branch.
    let follows = body[at + text.len()..].chars().next();
    let whole = !matches!(follows, Some('(' | '-' | '–' | '/')) && !follows.is_some_and(char::is_alphanumeric);
    let is_control = whole && text.contains('.') && text.len() < 40;
    is_control.then(|| Mention { framework, text, span: Span::new(offset + at, offset + at + text.len()) })
}
