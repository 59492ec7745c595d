//! Every rule, in the order in which they run.

use super::Rule;
use super::RuleLevel::{self, Deny, Note, Warn};
use super::rule::Check::{self, Document, Reader, ReaderWith, Run};
use super::rule::Subject::{
    self, Actions, Compliance, Dates, Encoding, File, FrontMatter, Identity, Markdown, Phi, References, Secrets,
    Sections, Status, Suppressions, Wording,
};
use super::rules::{
    actions, breaches, controls, dates, deadlines, durations, encoding, follow_up, frameworks, front_matter, identity,
    incident, lessons, links, markdown, references, retention, reviews, secrets, sections, status, tables, wording,
    years,
};

/// The rules.
#[rustfmt::skip]
pub const RULES: &[Rule] = &[
    // The file.
    rule_of("unreadable", Deny, File, Reader, "a file cannot be read"),
    rule_of("internal-error", Deny, File, Reader, "ris failed on a file; please report it"),
    rule_of("file-too-large", Warn, File, Reader, "a file is larger than the settings allow"),
    rule_of("binary-file", Warn, File, Reader, "a file with the name of a document holds binary data"),
    rule_of("empty-file", Warn, File, Reader, "a file is empty"),
    rule_of("too-many-blocks", Warn, File, Reader, "a document is too long to be read for fields"),
    // Encodings.
    rule_of("mojibake", Warn, Encoding, ReaderWith(encoding::mojibake), "characters were turned into sequences of others"),
    rule_of("byte-order-mark", Note, Encoding, ReaderWith(encoding::reencode), "a file begins with a byte-order mark"),
    rule_of("utf-16", Warn, Encoding, ReaderWith(encoding::reencode), "a file is UTF-16"),
    rule_of("legacy-encoding", Warn, Encoding, ReaderWith(encoding::reencode), "a file is in an encoding of one language"),
    rule_of("nul-bytes", Warn, Encoding, ReaderWith(encoding::reencode), "a file holds NUL bytes"),
    rule_of("invalid-utf8", Deny, Encoding, Reader, "some bytes of a file are no characters"),
    rule_of("invalid-utf16", Deny, Encoding, Reader, "some units of a UTF-16 file are no characters"),
    rule_of("replacement-character", Note, Encoding, Reader, "characters were lost before the file was saved"),
    // Front matter.
    rule_of("front-matter-invalid", Deny, FrontMatter, Reader, "the front matter is not valid YAML or TOML"),
    rule_of("front-matter-unclosed", Deny, FrontMatter, Reader, "the front matter is never closed"),
    rule_of("front-matter-too-large", Deny, FrontMatter, Reader, "the front matter is too large to be read"),
    rule_of("front-matter-too-complex", Deny, FrontMatter, Reader, "the front matter is nested too deep to be read"),
    rule_of("record-invalid", Deny, FrontMatter, Reader, "a YAML record is not valid YAML"),
    rule_of("duplicate-key", Deny, FrontMatter, Reader, "a key of the front matter stands there twice"),
    rule_of("misspelt-key", Warn, FrontMatter, Document(front_matter::misspelt_key), "a key is nearly one that is understood"),
    rule_of("wrong-type", Warn, FrontMatter, Document(front_matter::wrong_type), "a value is not what its key takes"),
    // Identity.
    rule_of("duplicate-id", Deny, Identity, Document(identity::duplicate_id), "two documents of one kind have the same id"),
    rule_of("id-and-file-name", Warn, Identity, Document(identity::id_and_file_name), "the id is not the one in the file's name"),
    rule_of("several-incidents", Warn, Identity, Reader, "a file tells of several incidents and counts as one"),
    // Sections and facts.
    rule_of("missing-section", Warn, Sections, Document(sections::missing), "a section that documents of its kind must have is missing"),
    rule_of("missing-fact", Warn, Sections, Document(sections::missing_fact), "a document states no date, no title or another fact asked for"),
    rule_of("placeholder", Warn, Sections, Document(sections::placeholder), "a part of the form was never filled in"),
    rule_of("report-overdue", Warn, Sections, Document(deadlines::report_overdue), "a report should have been written by now"),
    rule_of("report-due", Note, Sections, Document(deadlines::report_due), "a report is still to be written, in time"),
    // Dates.
    rule_of("updated-before-created", Deny, Dates, Document(dates::updated_before_created), "a document was updated before it was created"),
    rule_of("created-before-incident", Warn, Dates, Document(dates::created_before_incident), "a document was created before its incident began"),
    rule_of("end-before-start", Deny, Dates, Document(dates::end_before_start), "start, detection, mitigation and end of an incident are in an order that cannot be"),
    rule_of("timeline-order", Warn, Dates, Document(dates::timeline_order), "an entry of the timeline stands below a later one"),
    rule_of("five-digit-year", Deny, Dates, Document(years::five_digits), "a date has a year of five digits"),
    rule_of("odd-date", Warn, Dates, Reader, "a date cannot be one, and was read as its neighbours suggest"),
    rule_of("ambiguous-date", Warn, Dates, Reader, "a date can be read two ways, and nothing tells which is meant"),
    rule_of("odd-year", Warn, Dates, Document(years::odd_year), "a year does not fit those beside it"),
    rule_of("future-date", Warn, Dates, Document(years::in_the_future), "an incident is dated in the future"),
    rule_of("date-contradiction", Note, Dates, Reader, "the timeline begins far from the day of the incident"),
    rule_of("incident-day", Warn, Dates, Document(incident::other_day), "a report has another day than the one it belongs to"),
    rule_of("duration-contradiction", Warn, Dates, Document(durations::contradiction), "a duration is not the one that the timeline gives"),
    // Status.
    rule_of("status-contradiction", Warn, Status, Document(status::contradiction), "two places of a document give two states"),
    rule_of("status-behind", Warn, Status, Document(incident::status_behind), "a report is behind another one of the same incident"),
    rule_of("status-awaits", Warn, Status, Document(status::awaits), "an incident is called done while something is awaited"),
    rule_of("resolved-without-resolution", Warn, Status, Document(status::without_resolution), "no section tells how a resolved incident was resolved"),
    rule_of("resolved-without-cause", Warn, Status, Document(status::without_cause), "no section tells why a resolved incident happened"),
    rule_of("nothing-done", Warn, Status, Document(follow_up::nothing_done), "an incident is resolved and all its boxes are open"),
    rule_of("open-high-priority", Warn, Status, Document(follow_up::open_high_priority), "an incident is resolved with urgent action items open"),
    rule_of("closed-with-open-actions", Warn, Status, Document(follow_up::closed_with_open), "an incident is closed with action items open"),
    // Action items.
    rule_of("action-without-owner", Warn, Actions, Document(actions::without_owner), "an open action item names no owner"),
    rule_of("action-without-due", Note, Actions, Document(actions::without_due), "an open action item has no due date"),
    rule_of("action-overdue", Warn, Actions, Document(actions::overdue), "an open action item should have been done by now"),
    rule_of("action-past-deadline", Warn, Actions, Document(deadlines::actions_late), "an action item is open longer than the team allows"),
    rule_of("action-due-before-incident", Warn, Actions, Document(actions::due_before_incident), "an action item is due before the incident began"),
    rule_of("unanswered-lesson", Note, Actions, Document(lessons::unanswered), "what went badly is taken up by no action item"),
    // References and links.
    rule_of("dangling-reference", Warn, References, Document(references::dangling), "an id or a link to a document leads to nothing"),
    rule_of("dangling-link", Warn, References, Document(links::dangling), "a link or an image leads to a file that is not there"),
    rule_of("dangling-anchor", Warn, References, Document(links::dangling_anchor), "a link leads to a heading that is not there"),
    rule_of("empty-link", Warn, References, Document(links::empty), "a link has no target"),
    // Markdown.
    rule_of("merge-conflict", Deny, Markdown, Document(markdown::merge_conflict), "a merge was not finished"),
    rule_of("malformed-checkbox", Warn, Markdown, Document(markdown::malformed_checkbox), "a box renders as text and is not counted"),
    rule_of("heading-without-space", Warn, Markdown, Document(markdown::heading_without_space), "a heading renders as text"),
    rule_of("unclosed-fence", Warn, Markdown, Reader, "a code block is never closed"),
    rule_of("unclosed-comment", Warn, Markdown, Document(markdown::unclosed_comment), "a comment is never closed and hides what follows"),
    rule_of("undefined-footnote", Warn, Markdown, Document(markdown::undefined_footnote), "a footnote is nowhere to be found"),
    rule_of("table-cells", Warn, Markdown, Document(tables::too_many_cells), "a row has more cells than its table has columns"),
    // Compliance.
    rule_of("control-unknown", Warn, Compliance, Document(controls::unknown), "a control stands in no catalogue"),
    rule_of("control-too-broad", Warn, Compliance, Document(controls::too_broad), "a family or a whole framework stands for a control"),
    rule_of("control-superseded", Warn, Compliance, Document(controls::superseded), "a control is of ISO 27001:2013"),
    rule_of("control-spelling", Note, Compliance, Document(controls::spelling), "a control is written otherwise than its framework writes it"),
    rule_of("control-misplaced", Warn, Compliance, Document(controls::misplaced), "a control stands under another framework"),
    rule_of("retention-too-short", Deny, Compliance, Document(retention::too_short), "the retention is shorter than HIPAA asks for"),
    rule_of("retention-unreadable", Warn, Compliance, Document(retention::unreadable), "a retention is no period"),
    rule_of("retention-differs", Note, Compliance, Document(retention::differs), "frameworks state different retentions"),
    rule_of("review-overdue", Warn, Compliance, Document(reviews::overdue), "the day of the next review is past"),
    rule_of("review-pending", Warn, Compliance, Document(reviews::pending), "the reviewer is nobody yet"),
    rule_of("review-frequency-unclear", Warn, Compliance, Document(reviews::unclear), "a frequency does not say how often"),
    rule_of("hipaa-incomplete", Warn, Compliance, Document(frameworks::incomplete), "a HIPAA block lacks what an auditor asks for"),
    rule_of("phi-without-hipaa", Warn, Compliance, Document(frameworks::phi_without_hipaa), "PHI is stated and no control of HIPAA"),
    rule_of("phi-safeguards", Warn, Compliance, Document(frameworks::phi_safeguards), "PHI is stated without what follows from it"),
    rule_of("audit-control-missing", Note, Compliance, Document(frameworks::audit_control), "access is to be audited and no control says so"),
    rule_of("compliance-disagrees", Warn, Compliance, Document(frameworks::disagrees), "the text says otherwise than the front matter"),
    rule_of("classification-unknown", Warn, Compliance, Document(frameworks::classification), "a classification is none of the team's"),
    rule_of("block-missing", Warn, Compliance, Document(frameworks::required), "a block that the classification demands is missing"),
    rule_of("breach-incomplete", Warn, Compliance, Document(breaches::incomplete), "a breach assessment lacks a fact or a factor"),
    rule_of("breach-days", Deny, Compliance, Document(breaches::days), "a day of a breach assessment cannot be"),
    rule_of("notification-late", Warn, Compliance, Document(breaches::late), "somebody was told of a breach later than the law allows"),
    rule_of("notification-overdue", Deny, Compliance, Document(breaches::overdue), "somebody had to be told of a breach by now"),
    rule_of("notification-near", Warn, Compliance, Document(breaches::near), "somebody must be told of a breach soon"),
    // Secrets.
    rule_of("secret-private-key", Deny, Secrets, Document(secrets::private_key), "a private key stands in the text"),
    rule_of("secret-key", Deny, Secrets, Document(secrets::key), "a key or token of a known format stands in the text"),
    rule_of("secret-in-address", Deny, Secrets, Document(secrets::connection_string), "an address or connection string holds a password"),
    rule_of("secret-password", Deny, Secrets, Document(secrets::password), "a password stands in the text"),
    rule_of("secret-random-value", Warn, Secrets, Document(secrets::random_value), "a random-looking value stands beside a telling word"),
    // Data of patients.
    rule_of("phi-social-security", Deny, Phi, Document(secrets::social_security), "a social security number stands in the text"),
    rule_of("phi-medical-record", Deny, Phi, Document(secrets::medical_record), "a number of a patient stands in the text"),
    rule_of("phi-plan-number", Deny, Phi, Document(secrets::plan_number), "a number of a health plan's member stands in the text"),
    rule_of("phi-card", Deny, Phi, Document(secrets::card), "a payment card or account number stands in the text"),
    rule_of("phi-birth-date", Deny, Phi, Document(secrets::birth_date), "a date of birth stands in the text"),
    rule_of("phi-name", Warn, Phi, Document(secrets::name), "the name of a patient stands in the text"),
    rule_of("phi-licence", Warn, Phi, Document(secrets::licence), "a provider's NPI or DEA number stands in the text"),
    rule_of("phi-vehicle", Warn, Phi, Document(secrets::vehicle), "a vehicle's number stands in the text"),
    rule_of("phi-contact", Note, Phi, Document(secrets::contact), "an e-mail address of somebody concerned stands in the text"),
    // Wording.
    rule_of("vague-action", Note, Wording, Document(wording::vague), "an action item has no end that can be checked"),
    rule_of("blame", Note, Wording, Document(wording::blame), "a sentence finds fault with a person"),
    // Suppressions.
    rule_of("suppression-without-reason", Deny, Suppressions, Run, "a suppression does not say why"),
    rule_of("suppression-unknown-code", Warn, Suppressions, Run, "a suppression names no rule"),
    rule_of("suppression-unused", Warn, Suppressions, Run, "a suppression has nothing to suppress"),
];

const fn rule_of(code: &'static str, level: RuleLevel, subject: Subject, check: Check, summary: &'static str) -> Rule {
    Rule { code, level, subject, check, summary }
}

/// Returns the rule with this code.
#[must_use]
pub(crate) fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}
