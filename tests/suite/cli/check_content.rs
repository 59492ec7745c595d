//! `ris check` on content: secrets that no output shows, fixes of encodings and controls.

use std::fs;

use crate::support::Sandbox;

/// What must stand in no output.
const HIDDEN: [&str; 6] =
    ["copper_kettle_7", "Kx7-winter", "536-22-8726", "00482917", "1961-04-09", "edda.lindqvist@mailbox.net"];

fn leaky() -> Sandbox {
    let text = "---\nid: INC-2026-01\ndate: 2026-01-02\nstatus: resolved\nseverity: P0\nnote: copper_kettle_7\n\
        compliance:\n  iso27001:\n    controls: [A.12.1.1] # copper_kettle_7\n---\n\
        # Outage copper_kettle_7\n\n\
        - [ ] Rotate \"password\": \"copper_kettle_7\" (owner: copper_kettle_7)\n- [ ] Be more careful with copper_kettle_7\n\n\
        DSN postgres://app:Kx7-winter@db/claims âœ… and [copper_kettle_7](copper_kettle_7.md), RIS-Kx7-winter-1\n\n\
        SSN 536-22-8726, MRN: 00482917, DOB: 1961-04-09, patient edda.lindqvist@mailbox.net\n\n\
        **Status**: closed copper_kettle_7\n";
    Sandbox::new().file("ris.toml", "").file("2026/INC-2026-01.md", text)
}

#[test]
fn no_output_shows_what_must_not_be_shown() {
    let sandbox = leaky();
    for args in [
        &["check"][..],
        &["check", "--format", "json"],
        &["check", "--format", "sarif"],
        &["check", "--format", "junit"],
        &["check", "--format", "github"],
        &["check", "--diff"],
        &["check", "--diff", "--format", "json"],
        &["check", "--allow", "secret-password", "--allow", "phi-social-security", "--diff"],
        &["check", "--only", "dangling-reference"],
        &["check", "--write-baseline"],
        &["check", "--no-baseline", "--fix", "--diff"],
        &["check", "--no-baseline", "2026/INC-2026-01.md"],
    ] {
        let run = sandbox.run(args.iter().copied());
        assert!(run.code <= 1 && !(run.stdout.is_empty() && run.stderr.is_empty()), "{args:?}: {run}");
        for value in HIDDEN {
            assert!(!run.stdout.contains(value) && !run.stderr.contains(value), "{args:?} shows {value}:\n{run}");
        }
    }
    let baseline = fs::read_to_string(sandbox.path(".ris-baseline.json")).unwrap();
    assert!(HIDDEN.iter().all(|value| !baseline.contains(value)), "{baseline}");
    let fixed = fs::read_to_string(sandbox.path("2026/INC-2026-01.md")).unwrap();
    assert!(fixed.contains("[A.5.37]") && fixed.contains("✅") && fixed.contains("\"copper_kettle_7\""), "{fixed}");
}

#[test]
fn secrets_are_told_with_their_line_and_without_their_value() {
    let run = leaky().run(["check", "--only", "secret-in-address", "--only", "phi-medical-record"]);
    insta::assert_snapshot!(run, @r"
    error[secret-in-address]: a password in an address stands in the text (10 characters)
      --> 2026/INC-2026-01.md:16:20
       |
    16 | DSN postgres://app:****@db/claims ✅ and [****](****.md), RIS-****-1
       |                    ^^^^
       |
       = hint: replace it here by where it is kept, and change the secret itself: the history of the files keeps the old one

    error[phi-medical-record]: a number of a patient stands in the text (8 characters)
      --> 2026/INC-2026-01.md:18:16
       |
    18 | SSN ****, MRN: ****, DOB: ****, patient ****
       |                ^^^^
       |
       = hint: keep it in the system of record and name the case here; the history of the files keeps it, so tell the privacy officer

    1 document checked: 2 errors, 0 warnings, 0 notes
    --- exit 1
    ");
}

#[test]
fn encodings_are_repaired_by_the_fix_and_nothing_else_is() {
    let utf16: Vec<u8> =
        "\u{feff}# Ausfall Köln\r\n\r\nPassword: Kx7-winter\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let sandbox = Sandbox::new()
        .file("ris.toml", "")
        .file("utf16.md", utf16)
        .file("mark.md", "\u{feff}# Ausfall\r\n\r\nText\r\n")
        .file("mojibake.md", "# Ausfall\n\nStÃ¶rung âœ… behoben\n")
        .file(
            "legacy.md",
            b"# Panne g\xe9n\xe9rale \xe0 Orl\xe9ans\n\nLe syst\xe8me \xe9tait arr\xeat\xe9, puis red\xe9marr\xe9.\n",
        )
        .file("record.yaml", "\u{feff}id: INC-1\ntitle: Outage of the portal\nkind: incident\ndate: 2026-01-02\n")
        .file("clean.md", "# Störung\n\nAlles ✅\n");
    let diff = sandbox.run(["check", "--diff"]);
    assert!(!diff.stdout.contains("Kx7-winter") && !diff.stdout.contains("K\0x\0"), "{diff}");
    let run = sandbox.run(["check", "--fix"]);
    let read = |name: &str| fs::read(sandbox.path(name)).unwrap();
    assert_eq!(String::from_utf8(read("utf16.md")).unwrap(), "# Ausfall Köln\r\n\r\nPassword: Kx7-winter\r\n", "{run}");
    assert_eq!(String::from_utf8(read("mark.md")).unwrap(), "# Ausfall\r\n\r\nText\r\n");
    assert_eq!(String::from_utf8(read("mojibake.md")).unwrap(), "# Ausfall\n\nStörung ✅ behoben\n");
    assert!(String::from_utf8(read("legacy.md")).unwrap().contains("générale à Orléans"));
    assert_eq!(String::from_utf8(read("record.yaml")).unwrap().lines().next(), Some("id: INC-1"), "{run}");
    assert_eq!(String::from_utf8(read("clean.md")).unwrap(), "# Störung\n\nAlles ✅\n");
    let again = sandbox.run(["check", "--diff"]);
    assert!(again.stderr.contains("Nothing can be fixed"), "{again}");
}

#[test]
fn settings_of_compliance_are_checked() {
    let text = "---\ndate: 2026-01-02\nclassification: x\ncompliance:\n  classification: secret\n---\n# Outage\n";
    let settings = "[check]\nclassifications = [\"open\", \"secret\"]\n[check.required-blocks]\nsecret = [\"hipaa\"]\n";
    let sandbox = Sandbox::new().file("ris.toml", settings).file("incident.md", text);
    let run = sandbox.run(["check", "--only", "block-missing", "--only", "classification-unknown"]);
    insta::assert_snapshot!(run, @r"
    warning[block-missing]: a `secret` document needs `hipaa`
     --> incident.md:5:19
      |
    5 |   classification: secret
      |                   ^^^^^^
      |
      = hint: add `hipaa` to the front matter; `[check.required-blocks]` of `ris.toml` asks for it

    1 document checked: 0 errors, 1 warning, 0 notes
    --- exit 0
    ");
}
