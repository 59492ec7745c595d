//! `ris adopt`: front matter for documents that have none, and nothing else changed.

use crate::support::Sandbox;

const PLAIN: &str = "\u{feff}# Orders stood still\r\n\r\n**Date:** 2025-03-01\r\n**Severity:** P1\r\n**Status:** RESOLVED\r\n\
                     **Services affected:** shop, db\r\n\r\n## Root cause\r\n\r\nThe disk was full.\r\n";
const PARTLY: &str = "---\n# ours\nseverity: 'HIGH' # as the team says\ntags:\n  - \"disk-full\"\n\ncreated: 2025-03-02\n---\n\
                      # INC-7: Portal down\n\n**Status:** closed\n\nOn 2025-03-01 the portal was down.\n";

fn sandbox() -> Sandbox {
    Sandbox::new()
        .file("ris.toml", "[profiles.default.soc2]\ncontrols = ['CC7.4']\nretention-period = '7-years'\n")
        .file("a-plain.md", PLAIN)
        .file("b-partly.md", PARTLY)
        .file("guidelines.md", "# Incident response guidelines\n\nBe kind.\n")
}

fn read(sandbox: &Sandbox, path: &str) -> String {
    std::fs::read_to_string(sandbox.path(path)).expect("the file")
}

#[test]
fn shows_what_would_be_stated_and_writes_nothing() {
    let sandbox = sandbox();
    insta::assert_snapshot!(sandbox.run(["adopt", "."]), @r#"
    --- a/a-plain.md
    +++ b/a-plain.md
    @@ -1,4 +1,21 @@
    -﻿# Orders stood still
    +﻿---
    +id: RIS-ORDERS-STOOD-STILL-20250301
    +title: Orders stood still
    +date: 2025-03-01
    +severity: high
    +status: resolved
    +services: [shop, db]
    +compliance:
    +  soc2:
    +    controls: [CC7.4]
    +    retention-period: 7-years
    +# Inferred by ris, not stated. Take the `# ` away from what is right, delete the rest.
    +# kind: incident
    +# root-causes:
    +#   - disk-full # line 10: “disk was full”
    +---
    +
    +# Orders stood still
     
     **Date:** 2025-03-01
     **Severity:** P1
    id from the pattern of ids, title from a heading in line 1, date from a label
      in line 3, severity from a label in line 4, status from a label in line 5,
      services from a label in line 6, compliance.soc2.controls from the profile of
      ris.toml, compliance.soc2.retention-period from the profile of ris.toml

    --- a/b-partly.md
    +++ b/b-partly.md
    @@ -5,6 +5,16 @@
       - "disk-full"
     
     created: 2025-03-02
    +id: INC-7
    +title: "INC-7: Portal down"
    +status: closed
    +compliance:
    +  soc2:
    +    controls: [CC7.4]
    +    retention-period: 7-years
    +# Inferred by ris, not stated. Take the `# ` away from what is right, delete the rest.
    +# kind: incident
    +# date: 2025-03-01 # line 13
     ---
     # INC-7: Portal down
     
    id from a heading in line 9, title from a heading in line 9, status from a
      label in line 11, compliance.soc2.controls from the profile of ris.toml,
      compliance.soc2.retention-period from the profile of ris.toml
    --- stderr
    1 page is no incident document and left alone.
    --- exit 0
    "#);
    assert_eq!((read(&sandbox, "a-plain.md").as_str(), read(&sandbox, "b-partly.md").as_str()), (PLAIN, PARTLY));
    let json = sandbox.run(["adopt", ".", "--format", "json"]).json();
    assert_eq!(json["left_alone"], serde_json::json!(["guidelines.md"]));
    let added = json["documents"][0]["added"].as_array().expect("keys");
    let cause = added.iter().find(|it| it["key"] == "root-causes").expect("the cause");
    assert_eq!((&cause["inferred"], &cause["value"]), (&true.into(), &"disk-full".into()));
}

#[test]
fn writes_it_once_and_keeps_every_byte() {
    let sandbox = sandbox();
    assert_eq!(sandbox.run(["adopt", ".", "--write", "--yes"]).code, 0);
    let (plain, partly) = (read(&sandbox, "a-plain.md"), read(&sandbox, "b-partly.md"));
    let body = PLAIN.trim_start_matches('\u{feff}');
    assert!(plain.starts_with("\u{feff}---\r\nid: ") && plain.ends_with(&format!("---\r\n\r\n{body}")), "{plain}");
    assert!(!plain.replace("\r\n", "").contains('\n'), "line ends stay");
    let (before, after) = PARTLY.split_once("---\n# INC-7").expect("two parts");
    assert!(partly.starts_with(before) && partly.ends_with(&format!("---\n# INC-7{after}")), "{partly}");
    let again = sandbox.run(["adopt", ".", "--write", "--yes"]);
    insta::assert_snapshot!(again, @"
    --- stderr
    2 documents lack nothing; 1 page is no incident document and left alone.
    --- exit 0
    ");
    assert_eq!((read(&sandbox, "a-plain.md"), read(&sandbox, "b-partly.md")), (plain, partly));
    let json = sandbox.run(["inspect", "a-plain.md", "--format", "json"]).json();
    assert_eq!((&json["severity"]["level"], &json["origins"]["severity"]["kind"]), (&2.into(), &"front-matter".into()));
    assert_eq!(json["tags"][0]["origin"], "inferred", "an offer states nothing");
}

#[test]
fn an_offer_is_accepted_by_taking_the_sign_away() {
    let sandbox = sandbox();
    sandbox.run(["adopt", "a-plain.md", "--write", "--yes"]);
    let accepted: String = read(&sandbox, "a-plain.md")
        .lines()
        .map(|line| {
            let offered = line.starts_with("# root-causes") || line.starts_with("#   - ");
            format!("{}\n", if offered { &line[2..] } else { line })
        })
        .collect();
    sandbox.write("a-plain.md", accepted);
    let json = sandbox.run(["inspect", "a-plain.md", "--format", "json"]).json();
    assert_eq!((&json["tags"][0]["tag"], &json["tags"][0]["origin"]), (&"disk-full".into(), &"front-matter".into()));
    let other = Sandbox::new().file("ris.toml", "").file("a.md", PLAIN);
    other.run(["adopt", "a.md", "--accept", "--write", "--yes"]);
    assert!(read(&other, "a.md").contains("\nroot-causes: [disk-full]\r\n"), "{}", read(&other, "a.md"));
}

#[test]
fn a_day_that_nobody_stated_is_not_stated_by_an_id() {
    let text = "# Outage\n\n## Root cause\n\nDisk full.\n\n## Timeline\n\n- 10:00 down\n- 11:00 up\n";
    let sandbox = Sandbox::new().file("ris.toml", "").file("a.md", text);
    sandbox.run(["adopt", "a.md", "--write", "--yes"]);
    let text = read(&sandbox, "a.md");
    assert!(text.contains("\nkind: incident\n") && text.contains("\n# id: RIS-OUTAGE-2"), "{text}");
    assert_eq!(sandbox.run(["inspect", "a.md", "--format", "json"]).json()["date"], serde_json::Value::Null);
}

#[test]
fn a_file_of_another_encoding_that_lacks_nothing_keeps_its_bytes() {
    let front = "id: INC-1\nkind: incident\ntitle: Cafe\ndate: 2026-01-05\nseverity: high\nstatus: resolved\n\
                 services: [a]\nowners: [b]\ntags: [config-drift]\n";
    let bytes = [b"---\n", front.as_bytes(), b"---\n\n# Cafe\n\nCaf\xe9.\n"].concat();
    let sandbox = Sandbox::new().file("ris.toml", "").file("a.md", &bytes);
    insta::assert_snapshot!(sandbox.run(["adopt", "a.md", "--write", "--yes"]), @"
    --- stderr
    1 document lacks nothing.
    --- exit 0
    ");
    assert_eq!(std::fs::read(sandbox.path("a.md")).expect("the file"), bytes);
}

#[test]
fn a_document_that_is_named_twice_is_adopted_once() {
    let sandbox = Sandbox::new().file("ris.toml", "").file("a.md", PLAIN);
    let run = sandbox.run(["adopt", ".", "a.md", "--write", "--yes"]);
    assert!(run.code == 0 && run.stderr.contains("1 document was adopted."), "{run}");
    let json = sandbox.run(["tags", "suggest", ".", "a.md", "--format", "json"]).json();
    assert_eq!(json["suggestions"].as_array().map(Vec::len), Some(1), "{json}");
}

#[test]
fn what_cannot_be_edited_is_refused_and_stops_nothing_else() {
    let sandbox = sandbox()
        .file("c-latin.md", b"# Ausfall\n\n**Severity:** high\n\nDie St\xf6rung war gro\xdf.\n")
        .file("d-broken.md", "---\ntitle: a: b\n---\n# Incident\n\n**Severity:** high\n")
        .file("e-toml.md", "+++\ntitle = 'x'\n+++\n# Incident\n\n**Severity:** high\n\n## Impact\n\nx\n");
    let run = sandbox.run(["adopt", ".", "--write", "--yes"]);
    assert_eq!(run.code, 2);
    for message in [
        "cannot edit `c-latin.md`: the file is not UTF-8",
        "iconv -f WINDOWS-1252 -t UTF-8",
        "cannot edit `d-broken.md` at line 2: the front matter is broken",
        "cannot edit `e-toml.md` at line 1: front matter in TOML is not edited",
        "2 documents were adopted.",
    ] {
        assert!(run.stderr.contains(message), "{message}: {run}");
    }
    let unasked = Sandbox::new().file("ris.toml", "").file("a.md", PLAIN);
    let run = unasked.run(["adopt", "a.md", "--write"]);
    assert!(run.code == 2 && run.stderr.contains("add `--yes`"), "{run}");
    assert_eq!(read(&unasked, "a.md"), PLAIN);
}

#[test]
fn what_is_only_offered_is_front_matter_too_and_offered_once() {
    let text =
        "## Impact\n\nUsers saw errors.\n\n## Root cause\n\nThe disk was full.\n\n## Timeline\n\n- 10:00 paged\n";
    let sandbox = Sandbox::new().file("ris.toml", "").file("x.md", text);
    sandbox.run(["adopt", "x.md", "--write", "--yes"]);
    let adopted = read(&sandbox, "x.md");
    assert!(adopted.starts_with("---\n# Inferred by ris") && adopted.ends_with(&format!("---\n\n{text}")), "{adopted}");
    sandbox.run(["adopt", "x.md", "--write", "--yes"]);
    assert_eq!(read(&sandbox, "x.md"), adopted);
}
