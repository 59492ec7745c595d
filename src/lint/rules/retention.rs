//! Retention: too short for the law, not readable, or different from framework to framework.

use crate::compliance::{Assessment, Framework, minimum_retention};
use crate::lint::{Findings, LintContext};
use crate::model::{Extracted, Period};

/// A framework's minimum is not met.
pub(in crate::lint) fn too_short(cx: &LintContext<'_>, out: &mut Findings) {
    for (of, stated) in &cx.document.compliance.retention {
        let Some((least, citation)) = Framework::from_key(of).and_then(minimum_retention) else { continue };
        if Period::parse(&stated.value).is_some_and(|period| period.length() < least.length()) {
            tell(out, stated, format!("`{}` is shorter than the six years that HIPAA asks for", stated.value))
                .hint(format!("write `6-years` or more ({citation})"));
        }
    }
    let assessment = cx.document.front_matter.as_ref().and_then(Assessment::of);
    let has_hipaa = assessment.is_some_and(|it| it.is_of_hipaa())
        || cx.document.compliance.frameworks().iter().any(|it| Framework::from_key(it) == Some(Framework::Hipaa));
    let own = cx.document.compliance.retention.iter().any(|(of, _)| Framework::from_key(of) == Some(Framework::Hipaa));
    let Some((least, citation)) = minimum_retention(Framework::Hipaa).filter(|_| has_hipaa && !own) else { return };
    // Without a period of HIPAA's own, the longest of the others is what the record is kept for.
    let stated = cx.document.compliance.retention.iter().filter_map(|(_, it)| Some((it, Period::parse(&it.value)?)));
    if let Some((stated, longest)) = stated.max_by_key(|(_, period)| period.length())
        && longest.length() < least.length()
    {
        tell(out, stated, format!("`{}` is the longest period stated, and HIPAA asks for six years", stated.value))
            .hint(format!("add `retention-period: 6-years` or more under `hipaa` ({citation})"));
    }
}

/// A period cannot be read, so that no day follows from it.
pub(in crate::lint) fn unreadable(cx: &LintContext<'_>, out: &mut Findings) {
    for (_, stated) in &cx.document.compliance.retention {
        if Period::parse(&stated.value).is_none() {
            tell(out, stated, format!("`{}` is no period that a day can be worked out from", stated.value))
                .hint("write a number and a unit, such as `7-years` or `18-months`, or `indefinite`");
        }
    }
}

/// Frameworks state different periods.
pub(in crate::lint) fn differs(cx: &LintContext<'_>, out: &mut Findings) {
    let retention = &cx.document.compliance.retention;
    let periods = || retention.iter().filter_map(|(of, it)| Some((of, it, Period::parse(&it.value)?)));
    let (Some(longest), Some(shortest)) =
        (periods().max_by_key(|(.., period)| period.length()), periods().min_by_key(|(.., period)| period.length()))
    else {
        return;
    };
    if longest.2.length() != shortest.2.length() {
        let message = format!(
            "kept `{}` for {} and `{}` for {}",
            shortest.1.value,
            name(shortest.0),
            longest.1.value,
            name(longest.0)
        );
        tell(out, shortest.1, message).hint(format!("the longest decides: `{}`", longest.1.value));
    }
}

fn name(of: &str) -> &str {
    Framework::from_key(of).map_or(if of.is_empty() { "no framework" } else { of }, |it| it.name())
}

fn tell<'f>(out: &'f mut Findings, stated: &Extracted<String>, message: String) -> &'f mut crate::lint::Draft {
    out.push(stated.origin.line, message).span(stated.origin.span).subject(&stated.value)
}
