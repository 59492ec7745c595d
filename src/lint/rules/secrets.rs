//! Secrets and data of patients in the text. The value is masked wherever a finding is shown.

use crate::lint::{Findings, LintContext};
use crate::sensitive::{Sensitive, SensitiveKind};

const ROTATE: &str =
    "replace it here by where it is kept, and change the secret itself: the history of the files keeps the old one";
const REMOVE: &str = "keep it in the system of record and name the case here; the history of the files keeps it, so tell the privacy officer";

pub(in crate::lint) fn private_key(cx: &LintContext<'_>, out: &mut Findings) {
    tell(cx, out, SensitiveKind::PrivateKey, ROTATE);
}

pub(in crate::lint) fn key(cx: &LintContext<'_>, out: &mut Findings) {
    tell(cx, out, SensitiveKind::Key, ROTATE);
}

pub(in crate::lint) fn connection_string(cx: &LintContext<'_>, out: &mut Findings) {
    tell(cx, out, SensitiveKind::ConnectionString, ROTATE);
}

pub(in crate::lint) fn password(cx: &LintContext<'_>, out: &mut Findings) {
    tell(cx, out, SensitiveKind::Password, ROTATE);
}

pub(in crate::lint) fn random_value(cx: &LintContext<'_>, out: &mut Findings) {
    tell(cx, out, SensitiveKind::RandomValue, ROTATE);
}

pub(in crate::lint) fn social_security(cx: &LintContext<'_>, out: &mut Findings) {
    tell(cx, out, SensitiveKind::SocialSecurity, REMOVE);
}

pub(in crate::lint) fn medical_record(cx: &LintContext<'_>, out: &mut Findings) {
    tell(cx, out, SensitiveKind::MedicalRecord, REMOVE);
}

pub(in crate::lint) fn plan_number(cx: &LintContext<'_>, out: &mut Findings) {
    tell(cx, out, SensitiveKind::PlanNumber, REMOVE);
}

pub(in crate::lint) fn card(cx: &LintContext<'_>, out: &mut Findings) {
    tell(cx, out, SensitiveKind::Card, REMOVE);
}

pub(in crate::lint) fn licence(cx: &LintContext<'_>, out: &mut Findings) {
    tell(cx, out, SensitiveKind::Licence, REMOVE);
}

pub(in crate::lint) fn vehicle(cx: &LintContext<'_>, out: &mut Findings) {
    tell(cx, out, SensitiveKind::Vehicle, REMOVE);
}

pub(in crate::lint) fn birth_date(cx: &LintContext<'_>, out: &mut Findings) {
    tell(cx, out, SensitiveKind::BirthDate, REMOVE);
}

pub(in crate::lint) fn name(cx: &LintContext<'_>, out: &mut Findings) {
    tell(cx, out, SensitiveKind::Name, REMOVE);
}

pub(in crate::lint) fn contact(cx: &LintContext<'_>, out: &mut Findings) {
    tell(cx, out, SensitiveKind::Contact, REMOVE);
}

fn tell(cx: &LintContext<'_>, out: &mut Findings, kind: SensitiveKind, hint: &str) {
    for Sensitive { what, span, .. } in cx.sensitive().iter().filter(|it| it.kind == kind) {
        let characters = cx.text[span.start..span.end].chars().count();
        out.push(cx.line_of(span.start), format!("{what} stands in the text ({characters} characters)"))
            .span(*span)
            .hint(hint);
    }
}
