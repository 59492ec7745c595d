//! Ids: given once, and the same in the text and in the file's name.

use crate::lint::{Findings, LintContext};
use crate::model::{OriginKind, name_of};

/// Another document of the same kind has the same id.
pub(in crate::lint) fn duplicate_id(cx: &LintContext<'_>, out: &mut Findings) {
    let Some(id) = cx.document.id.as_ref().filter(|_| cx.is_about_incident()) else { return };
    let (path, kind, value) = (cx.document.path.clone(), cx.document.kind.value, id.value.clone());
    let span = cx.find_on_line(id.origin.line, &id.value);
    out.push(id.origin.line, format!("another document has the id `{value}` too"))
        .span(span)
        .subject(&id.value)
        .only_if(move |around, draft| {
            let Some((first, more)) = around.also_with_id(&value, kind, &path) else { return false };
            let also = if more == 0 { String::new() } else { format!(" and {more} more") };
            draft.hint(format!(
                "`{first}`{also} has it; give one of them an id of its own, or `incident: {value}` if they belong together"
            ));
            true
        });
}

/// The id in the document is not the one in the file's name.
pub(in crate::lint) fn id_and_file_name(cx: &LintContext<'_>, out: &mut Findings) {
    let Some(id) = cx.document.id.as_ref().filter(|_| cx.is_about_incident()) else { return };
    if matches!(id.origin.kind, OriginKind::FileName | OriginKind::Inferred) {
        return;
    }
    let stem = name_of(&cx.document.path).to_uppercase();
    let own = id.value.to_uppercase();
    let (Some(named), Some(stated)) = (number_of(&stem), number_of(&own)) else { return };
    if named.0 == stated.0 && named.1 != stated.1 {
        let message = format!("the id is `{}`, but the file is called `{}`", id.value, name_of(&cx.document.path));
        out.push(id.origin.line, message)
            .span(cx.find_on_line(id.origin.line, &id.value))
            .subject(&id.value)
            .hint("rename the file or correct the id: people find documents by either");
    }
}

/// Returns the series of an id and its numbers: `INC-2026-05-EXPORT` gives `INC` and `[2026, 5]`.
fn number_of(name: &str) -> Option<(&str, Vec<u64>)> {
    let mut parts = name.split(['-', '_']);
    let series = parts.next().filter(|it| it.len() >= 2 && it.bytes().all(|byte| byte.is_ascii_uppercase()))?;
    let numbers: Vec<u64> = parts.map_while(|part| part.parse().ok()).collect();
    (!numbers.is_empty()).then_some((series, numbers))
}

#[cfg(test)]
mod tests {
    use super::number_of;

    #[test]
    fn an_id_is_a_series_and_numbers() {
        assert_eq!(number_of("INC-2026-05-EXPORT"), Some(("INC", vec![2026, 5])));
        assert_eq!(number_of("RIS-046"), Some(("RIS", vec![46])));
        assert_eq!(number_of("RIS-REDIS-MISMATCH-20251217"), None);
        assert_eq!(number_of("2025-12-17-REDIS"), None);
    }
}
