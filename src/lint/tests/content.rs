//! The rules on content: compliance, secrets, data of patients, wording, encoding.

use crate::config::CheckConfig;
use crate::effort::effort;
use crate::lint::rule::Subject;
use crate::lint::{LintContext, Neighbour, RULES, Surroundings, check, rule};
use crate::model::Kind;
use crate::parse::{Parsed, parse};

/// No other document.
struct Alone;

impl Surroundings for Alone {
    fn also_with_id(&self, _: &str, _: Kind, _: &str) -> Option<(String, usize)> {
        None
    }

    fn is_known_name(&self, _: &str) -> Option<bool> {
        None
    }

    fn is_incident(&self, _: &str, _: &str) -> Option<bool> {
        None
    }

    fn exists(&self, _: &str) -> bool {
        true
    }

    fn has_anchor(&self, _: &str, _: &str) -> Option<bool> {
        None
    }

    fn any_of_incident(&self, _: &str, _: &dyn Fn(&Neighbour) -> bool) -> bool {
        false
    }

    fn nearest(&self, _: &str) -> Option<String> {
        None
    }
}

/// Returns what the rules on content find: code, line, message, and the title of the fix.
pub(super) fn findings(text: &str, settings: &CheckConfig) -> Vec<(String, u32, String, Option<String>)> {
    let Parsed { document, text } = parse("incident-1.md", text.as_bytes(), &Default::default());
    let cx = LintContext::new(&document, &text, text.as_bytes(), today(), settings);
    let is_content = |code: &str| {
        let subject = rule(code).unwrap().subject;
        matches!(subject, Subject::Compliance | Subject::Secrets | Subject::Phi | Subject::Wording)
    };
    let found = check(&cx).finish(settings, &Alone).findings.into_iter().filter(|it| is_content(it.diagnostic.code));
    found
        .map(|it| {
            (it.diagnostic.code.to_owned(), it.diagnostic.line, it.diagnostic.message, it.fix.map(|fix| fix.title))
        })
        .collect()
}

fn codes(text: &str) -> Vec<(String, u32)> {
    findings(text, &CheckConfig::default()).into_iter().map(|(code, line, ..)| (code, line)).collect()
}

#[track_caller]
pub(super) fn finds(text: &str, expected: &[(&str, u32)]) {
    let found = codes(text);
    let found: Vec<(&str, u32)> = found.iter().map(|(code, line)| (code.as_str(), *line)).collect();
    assert_eq!(found, expected, "{text}");
}

/// A document whose compliance block is `block`, whose other words are harmless.
pub(super) fn with_block(block: &str) -> String {
    format!(
        "---\ndate: 2026-11-02\ncreated: 2026-11-03\ncompliance:\n{block}---\n# Queue stuck\n\nThe queue was stuck.\n"
    )
}

fn today() -> chrono::NaiveDate {
    "2026-11-21".parse().unwrap()
}

#[test]
fn controls_are_looked_up() {
    finds(&with_block("  soc2:\n    controls: [CC7.4, CC8.2]\n"), &[("control-unknown", 6)]);
    finds(&with_block("  soc2:\n    controls: [CC7]\n"), &[("control-too-broad", 6)]);
    finds(&with_block("  soc2:\n    controls: [cc7.4]\n"), &[("control-spelling", 6)]);
    finds(&with_block("  soc2:\n    controls: ['164.312(b)']\n"), &[("control-misplaced", 6)]);
    finds(&with_block("  iso27001:\n    controls:\n    - A.5.26\n    - A.8.15\n"), &[]);
    finds(&with_block("  gdpr:\n    controls: [Art. 33]\n  iso27001:\n    controls: ['7.5.3']\n"), &[]);
}

#[test]
fn a_control_of_2013_is_replaced_where_it_stands() {
    let text = with_block("  iso27001:\n    controls: [A.12.1.1, \"A.18.1.3\", A.18.2.3]\n");
    let found = findings(&text, &CheckConfig::default());
    let fixes: Vec<_> = found.iter().map(|(code, _, _, fix)| (code.as_str(), fix.as_deref())).collect();
    assert_eq!(
        fixes,
        [
            ("control-superseded", Some("write `A.5.37`")),
            ("control-superseded", Some("write `A.5.33`")),
            ("control-superseded", None),
        ]
    );
    assert_eq!(found[0].2, "`A.12.1.1` is of ISO 27001:2013, replaced by `A.5.37`");
    let old =
        "---\ndate: 2019-03-02\ncreated: 2019-03-05\ncompliance:\n  iso27001:\n    controls: [A.12.1.1]\n---\n# Old\n";
    finds(old, &[]);
    let both = with_block("  iso27001:\n    controls: [A.12.1.1, A.5.37]\n");
    assert_eq!(findings(&both, &CheckConfig::default())[0].3, None, "the fix would list A.5.37 twice");
}

#[test]
fn no_fix_of_a_control_takes_away_what_stands_beside_it() {
    let fixes = |controls: &str| -> Vec<Option<String>> {
        let text = with_block(&format!("  iso27001:\n    controls: {controls}\n"));
        findings(&text, &CheckConfig::default()).into_iter().map(|it| it.3).collect()
    };
    let write = |id: &str| Some(format!("write `{id}`"));
    assert_eq!(fixes("A.12.1.3 and A.12.4.1"), [write("A.8.6"), write("A.8.15")]);
    assert_eq!(fixes("a.8.15, A5.24"), [write("A.8.15"), write("A.5.24")]);
    assert_eq!(fixes("A.12.1.3 Capacity management"), [None]);
    assert_eq!(fixes("A.8.6 Capacity management"), [None]);
    finds(&with_block("  soc2:\n    controls: CC7.3, CC7.4\n"), &[]);
}

#[test]
fn controls_of_the_text_are_looked_up_where_their_framework_is_spoken_of() {
    finds("# Outage\n\nSOC 2 CC8.2 and CC7.4 apply.\n", &[("control-unknown", 3)]);
    finds("# Outage\n\nHIPAA: 45 CFR 164.308(a)(6)(ii) and 164.312(f).\n", &[("control-unknown", 3)]);
    finds("# Outage\n\nISO 27001 A.12.1.1 asks for it, `A.12.1.2` too.\n", &[("control-superseded", 3)]);
    finds("# Outage\n\nSee section A.12.1.1 of the manual and release CC8.2.\n", &[]);
    finds("# Outage\n\nHIPAA 164.308(a)-(b), 45 CFR Part 164, 10.164.31.2, 164.308.\n", &[]);
}

#[test]
fn retention_is_measured() {
    let hipaa = |retention: &str| {
        with_block(&format!(
            "  hipaa:\n    controls: ['164.308(a)(6)(ii)']\n    phi-contains: none\n    retention-period: {retention}\n"
        ))
    };
    finds(&hipaa("5-years"), &[("retention-too-short", 8)]);
    finds(&hipaa("71-months"), &[("retention-too-short", 8)]);
    finds(&hipaa("6-years"), &[]);
    finds(&hipaa("indefinite"), &[]);
    finds(&hipaa("a while"), &[("retention-unreadable", 8)]);
    finds(&with_block("  soc2:\n    retention-period: 1-year\n"), &[]);
    finds(
        &with_block("  soc2:\n    retention-period: 1-year\n  iso27001:\n    retention-period: 3-years\n"),
        &[("retention-differs", 6)],
    );
}

#[test]
fn reviews_are_due_by_what_the_document_says() {
    let block = |created: &str, more: &str| {
        format!(
            "---\ndate: {created}\ncreated: {created}\n{more}compliance:\n  soc2:\n    review-frequency: quarterly\n---\n# A\n"
        )
    };
    finds(&block("2026-01-10", ""), &[("review-overdue", 6)]);
    finds(&block("2026-01-10", "last-reviewed: 2026-10-01\n"), &[]);
    finds(&block("2026-08-21", ""), &[]);
    finds(&block("2026-08-20", ""), &[("review-overdue", 6)]);
    finds(
        "# A\n\n**Next review date:** August 13, 2025\n**Reviewed by:** Pending\n",
        &[("review-overdue", 3), ("review-pending", 4)],
    );
    finds("# A\n\n**Next review date:** 2025-08-13\n**Last reviewed:** 2025-08-20\n**Reviewed by:** Ana Ruiz\n", &[]);
    finds(
        "# A\n\n## Actions\n- [ ] Add a test\n\n---\n**Reviewed by:** Pending\n**Next Review Date:** 2025-08-13",
        &[("review-pending", 7), ("review-overdue", 8)],
    );
    finds(&with_block("  soc2:\n    review-frequency: biannual\n"), &[("review-frequency-unclear", 6)]);
    finds(&with_block("  soc2:\n    review-frequency: on-change\n"), &[]);
}

#[test]
fn phi_demands_what_follows_from_it() {
    let hipaa = "  hipaa:\n    controls: ['164.308(a)(6)(ii)', '164.312(b)']\n    retention-period: 6-years\n";
    let safe = "    phi-contains: identifiers\n    encryption-required: true\n    access-audit-required: true\n";
    finds(&with_block(&format!("{hipaa}{safe}")), &[]);
    finds(&with_block(&format!("{hipaa}{safe}  iso27001:\n    classification: internal\n")), &[("phi-safeguards", 12)]);
    finds(&with_block(&format!("{hipaa}{safe}  iso27001:\n    classification: restricted\n")), &[]);
    finds(&with_block(&format!("{hipaa}    phi-contains: none\n    encryption-required: false\n")), &[]);
    finds(&with_block(&format!("{hipaa}    phi-contains: yes\n")), &[("phi-safeguards", 8), ("phi-safeguards", 8)]);
    finds(
        &with_block("  phi-contains: identifiers\n  encryption-required: true\n"),
        &[("phi-safeguards", 5), ("phi-without-hipaa", 5)],
    );
    let unaudited = hipaa.replace(", '164.312(b)'", "");
    finds(&with_block(&format!("{unaudited}{safe}")), &[("audit-control-missing", 10)]);
    finds(&with_block("  hipaa:\n    controls: ['164.308(a)(6)(ii)']\n"), &[("hipaa-incomplete", 6)]);
}

#[test]
fn the_text_and_the_front_matter_agree() {
    let text = |line: &str| {
        let block = "  classification: internal\n  soc2:\n    retention-period: 7-years\n  phi-contains: none\n";
        with_block(block).replace("The queue was stuck.", line)
    };
    finds(&text("**Classification:** Confidential"), &[("compliance-disagrees", 12)]);
    finds(&text("- Retention: 3 years"), &[("compliance-disagrees", 12)]);
    finds(&text("| PHI involved | Yes |"), &[("compliance-disagrees", 12)]);
    finds(&text("**Classification:** Internal\n\n**Retention period:** 7 years\n\n**PHI:** none"), &[]);
    finds(&text("**Classification:** P2 of the platform team"), &[]);
}

#[test]
fn an_assessment_of_a_breach_is_complete_and_in_time() {
    let text =
        |keys: &str, body: &str| format!("---\ndate: 2026-01-09\nbreach-assessment:\n{keys}---\n# Breach\n\n{body}\n");
    let factors =
        "Nature and extent: names. Unauthorized person: a clerk. Acquired or viewed: no. Mitigated: returned.";
    let complete = "  discovered: 2026-01-10\n  individuals: 214\n  decided-by: Ana Ruiz\n  decided-on: 2026-01-20\n";
    let low = "  conclusion: low-probability-of-compromise\n";
    finds(&text(&format!("{complete}{low}"), factors), &[]);
    finds(
        &text(&format!("{complete}{low}"), "Nature and extent: names. Recipient: a clerk. Mitigated."),
        &[("breach-incomplete", 4)],
    );
    finds(&text(complete, factors), &[("breach-incomplete", 4), ("notification-overdue", 4)]);
    let breach = format!("{complete}  conclusion: breach\n");
    finds(&text(&breach, factors), &[("notification-overdue", 4)]);
    finds(&text(&format!("{breach}  notified-individuals: 2026-02-20\n"), factors), &[]);
    finds(&text(&format!("{breach}  notified-individuals: 2026-03-15\n"), factors), &[("notification-late", 4)]);
    let before = format!("{breach}  notified-individuals: 2026-01-02\n");
    finds(&text(&before, factors), &[("notification-overdue", 4), ("breach-days", 9)]);
    let near = breach.replace("2026-01-10", "2026-09-30").replace("2026-01-20", "2026-10-02");
    finds(&text(&near, factors), &[("notification-near", 4)]);
    let large = breach.replace("214", "1,214");
    finds(&text(&large, factors), &[("notification-overdue", 4), ("notification-overdue", 4)]);
    finds("---\ndate: 2026-01-09\n---\n# No breach\n", &[]);
}

#[test]
fn clocks_of_every_regime_run_from_what_their_rules_name() {
    let text = |keys: &str| {
        format!(
            "---\ndate: 2026-01-09\nbreach_assessment:\n  discovered: 2026-01-10 14:00 UTC\n  individuals: 214\n  \
             conclusion: breach, no exception applies\n  decided_by: Ana\n  decided_on: 2026-01-20\n{keys}---\n# Breach\n"
        )
    };
    // The four factors are asked for by HIPAA only.
    let gdpr = "  regimes: GDPR\n";
    finds(&text(gdpr), &[("notification-overdue", 4)]);
    finds(&text(&format!("{gdpr}  notified-gdpr-authority: 2026-01-13 13:59 UTC\n")), &[]);
    finds(&text(&format!("{gdpr}  notified-gdpr-authority: 2026-01-13 14:01 UTC\n")), &[("notification-late", 4)]);
    finds(&text(&format!("{gdpr}  notified-gdpr-authority: 2026-01-13\n")), &[]);
    finds(&text(&format!("{gdpr}  notified-gdpr-authority: not required, a risk is unlikely\n")), &[]);
    finds(&text("  regimes: [NIS2, GDRP]\n  notified: 2026-01-11\n"), &[("breach-incomplete", 9)]);
    // A notice may start the next clock; a clock whose start is not stated does not run.
    let dora = "  regimes: [DORA]\n  notified-dora-initial: 2026-01-11\n";
    finds(&text(dora), &[("notification-overdue", 4)]);
    finds(&text("  regimes: [NYDFS]\n"), &[]);
    finds(&text("  regimes: [NYDFS]\n  determination: 2026-01-12\n"), &[("notification-overdue", 4)]);
}

#[test]
fn what_cannot_be_read_of_an_assessment_is_told() {
    let factors = "Nature and extent. Recipient. Actually viewed. Mitigated.";
    let text = |discovered: &str, individuals: &str| {
        format!(
            "---\ndate: 2026-01-09\nbreach-assessment:\n  discovered: {discovered}\n  individuals: {individuals}\n  \
             conclusion: not a breach\n  decided-by: Ana\n  decided-on: 2026-01-20\n---\n# Breach\n\n{factors}\n"
        )
    };
    finds(&text("2026-01-10", "1,200"), &[]);
    finds(&text("January 10, 2026", "about 700"), &[("breach-incomplete", 4), ("breach-incomplete", 5)]);
}

#[test]
fn secrets_and_data_of_patients_are_told_by_kind() {
    finds("# A\n\n```json\n\"password\": \"copper_kettle_7\",\n```\n", &[("secret-password", 4)]);
    finds("# A\n\nDSN postgres://app:Kx7-winter@db/claims\n", &[("secret-in-address", 3)]);
    finds("# A\n\nMRN: 00482917, DOB: 1961-04-09\n", &[("phi-medical-record", 3), ("phi-birth-date", 3)]);
    finds("# A\n\nThe password is kept in the vault; `password=$PASSWORD`.\n", &[]);
    let allowed = "# A\n\n<!-- ris-allow secret-password: key of the fixture -->\nPassword: Kx7-winter\n";
    finds(allowed, &[]);
}

#[test]
fn encodings_are_told_and_repaired_where_nothing_is_lost() {
    let utf16: Vec<u8> = "\u{feff}# Ausfall\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cut = [utf16.as_slice(), &[0x00, 0xd8, b'x', 0]].concat();
    for (bytes, code, is_repaired) in [
        ("# StÃ¶rung âœ…\n".as_bytes(), "mojibake", true),
        (b"\xef\xbb\xbf# A\n", "byte-order-mark", true),
        (&utf16, "utf-16", true),
        (b"# Panne g\xe9n\xe9rale \xe0 Orl\xe9ans\n\nLe syst\xe8me \xe9tait arr\xeat\xe9.\n", "legacy-encoding", true),
        (b"# A\n\nb\0\0c\n", "nul-bytes", true),
        (b"# Caf\xc3\xa9 \xc3\xa0\nbad \xff here\n", "invalid-utf8", false),
        (&cut, "invalid-utf16", false),
        (&cut, "utf-16", false),
        (b"\xef\xbb\xbf# Caf\xc3\xa9 \xc3\xa0\nbad \xff here\n", "byte-order-mark", false),
        ("# Caf\u{fffd}\n".as_bytes(), "replacement-character", false),
    ] {
        let Parsed { document, text } = parse("a.md", bytes, &Default::default());
        let settings = CheckConfig::default();
        let cx = LintContext::new(&document, &text, bytes, today(), &settings);
        let outcome = check(&cx).finish(&settings, &Alone);
        let found = outcome.findings.iter().find(|it| it.diagnostic.code == code);
        assert_eq!(found.map(|it| it.fix.is_some()), Some(is_repaired), "{code}: {:?}", outcome.findings);
    }
}

#[test]
fn every_rule_on_content_is_tried_here() {
    let here = concat!(include_str!("content.rs"), include_str!("classification.rs"));
    // The kinds of secrets are tried where they are found: `crate::sensitive`.
    let of_content = [Subject::Compliance, Subject::Wording, Subject::Encoding];
    for rule in RULES.iter().filter(|rule| of_content.contains(&rule.subject)) {
        assert!(here.contains(&format!("\"{}\"", rule.code)), "`{}` is not tried", rule.code);
    }
}

#[test]
fn no_finding_holds_the_value() {
    let text = "# Outage Kx7-winter\n\n**Severity:** P0\n**Status:** resolved\n\n## Action items\n\n\
        - [ ] Password: Kx7-winter\n- [ ] Be more careful with Kx7-winter, due 2020-01-01\n\n[a](Kx7-winter.md) Kx7-winter\n\
        [b]() Kx7-winter\n";
    let Parsed { document, text } = parse("incident-1.md", text.as_bytes(), &Default::default());
    let settings = CheckConfig::default();
    let cx = LintContext::new(&document, &text, text.as_bytes(), today(), &settings);
    let outcome = check(&cx).finish(&settings, &Alone);
    assert!(outcome.findings.len() >= 5, "{:?}", outcome.findings);
    for finding in &outcome.findings {
        let shown = format!("{:?} {:?}", finding.diagnostic, finding.source);
        assert!(!shown.contains("Kx7-winter"), "{shown}");
    }
}

#[test]
fn wording_is_advised_against_in_several_languages() {
    let item = |text: &str| format!("# Outage\n\n**Status:** open\n\n## Action items\n\n- [ ] {text}\n");
    for vague in [
        "Be more careful with migrations",
        "Improve monitoring",
        "Remind the team to run the check",
        "Besser aufpassen bei Migrationen",
        "Faire plus attention aux migrations",
        "気をつける",
    ] {
        finds(&item(vague), &[("vague-action", 7)]);
    }
    for clear in [
        "Improve the health check: fail when redis-sessions refuses a connection",
        "Alert when more than 80 % of the connections are used",
        "Add a test for the empty list",
        "Document how `careful.rs` works",
    ] {
        finds(&item(clear), &[]);
    }
    finds("# Outage\n\n## Lessons learned\n\n- We should be more careful on Fridays\n", &[("vague-action", 5)]);
    let cause = |text: &str| format!("# Outage\n\n## Root cause\n\n{text}\n");
    for blame in [
        "Human error in not knowing the account.",
        "The engineer forgot to run the check.",
        "Menschliches Versagen.",
        "Erreur humaine.",
        "Человеческий фактор.",
    ] {
        finds(&cause(blame), &[("blame", 5)]);
    }
    for fair in [
        "The deployment could be started without the check.",
        "This was not human error: the runbook ended early.",
        "We write no blame; “human error” is not a root cause.",
        "The check prevents human error.",
        "`forgot to` is a label of the tool.",
        "> The engineer forgot to run it.",
    ] {
        finds(&cause(fair), &[]);
    }
}

#[test]
fn hostile_documents_are_checked_in_their_time() {
    let time_of = |piece: &str| {
        let text = format!(
            "---\ncompliance:\n  classification: internal\n---\n# ISO 27001 SOC 2 HIPAA\n\n{}",
            piece.repeat((1 << 18) / piece.len())
        );
        effort(|| findings(&text, &CheckConfig::default()))
    };
    let ordinary = time_of("The queue of the claims service was full, so it was restarted.\n\n");
    for piece in
        ["a", "# A\n", "164.", "A.1", "CC7.", "HIPAA 164.308(", "- be careful ", "| Retention | ", "Classification: "]
    {
        let took = time_of(piece);
        assert!(took < ordinary * 40, "{piece:?} took {took:?}, ordinary text {ordinary:?}");
    }
}
