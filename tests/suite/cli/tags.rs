//! `ris tags`: the list, suggestions with their words, and edits that state them.

use crate::support::Sandbox;

const STATED: &str = "---\ntitle: Redis refused us\ndate: 2025-03-01\nroot-causes:\n  - misconfiguration # as the team says\n\
                      severity: high\n---\n# Redis refused us\n\n## Root cause\n\nThere was no alert, and the\n\
                      *connection pool* was exhausted.\n\n## Action items\n\n- [ ] Add a pool\n";
const PLAIN: &str = "# Orders stood still\r\n\r\n**Severity:** high\r\n\r\n## Root cause\r\n\r\nThe disk was full. It was \
                     not a memory leak.\r\n";
const BROKEN: &str =
    "---\ntitle: a: b\n---\n# Broken\n\n**Severity:** high\n\n## Root cause\n\nThe certificate had expired.\n";
const PAGE: &str = "# Incident response guidelines\n\n## Root cause\n\nWrite whether the disk was full.\n";

fn sandbox() -> Sandbox {
    Sandbox::new()
        .file("ris.toml", "")
        .file("a-stated.md", STATED)
        .file("b-plain.md", PLAIN)
        .file("guidelines.md", PAGE)
}

#[test]
fn lists_stated_and_inferred_tags_apart() {
    insta::assert_snapshot!(sandbox().run(["tags"]), @r#"
    family         tag                    incidents  inferred  to do
    configuration  config-drift                   1                1
    capacity       connection-exhaustion          1         1      1
                   disk-full                      1         1
    observability  missing-alert                  1         1      1
    --- exit 0
    "#);
}

#[test]
fn counts_incidents_as_the_pages_do_and_says_documents_where_they_differ() {
    let tagged = |kind: &str, id: &str| {
        format!("---\nkind: {kind}\nid: {id}\ntags: [disk-full]\n---\n# Full\n\n## Actions\n\n- [ ] Buy a disk\n")
    };
    let sandbox = Sandbox::new()
        .file("ris.toml", "")
        .file("a/report.md", tagged("incident", "INC-1"))
        .file("a/analysis.md", tagged("rca", "INC-1"))
        .file("b.md", tagged("incident", "INC-2"));
    insta::assert_snapshot!(sandbox.run(["tags"]), @r"
    family    tag        incidents  documents  to do
    capacity  disk-full          2          3      3
    --- exit 0
    ");
}

#[test]
fn lists_a_family_with_what_is_unused() {
    let run = sandbox().run(["tags", "--family", "Netzwerk", "--all"]);
    insta::assert_snapshot!(run, @r#"
    family   tag
    network  dns-failure
             firewall-rule
             load-balancer
             network-outage
    --- exit 0
    "#);
    let unknown = sandbox().run(["tags", "--family", "netwrk"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("there is no family `netwrk`"), "{unknown}");
}

#[test]
fn json_has_counts_and_meanings() {
    let json = sandbox().run(["tags", "--format", "json"]).json();
    let tags = json["tags"].as_array().expect("a list");
    let of = |name: &str| tags.iter().find(|it| it["tag"] == name).expect("the tag");
    let drift = of("config-drift");
    assert_eq!((&drift["stated"], &drift["inferred"], &drift["actions_open"]), (&1.into(), &0.into(), &1.into()));
    assert_eq!((&of("disk-full")["stated"], &of("disk-full")["inferred"]), (&0.into(), &1.into()));
    assert_eq!(of("disk-full")["family"], "capacity");
    assert!(tags.iter().all(|it| it["tag"] != "memory-leak" && it["tag"] != "resource-leak"), "a negated cause");
}

#[test]
fn the_facet_finds_inferred_tags_and_other_names() {
    let sandbox = sandbox();
    for tag in ["disk-full", "disk full", "no space left"] {
        let json = sandbox.run(["list", "--tag", tag, "--format", "json"]).json();
        assert_eq!(json["total"], 1, "{tag}");
        let query = format!("tag:\"{tag}\"");
        assert_eq!(sandbox.run(["search", &query, "--format", "json"]).json()["total"], 1, "{query}");
        let document = &json["documents"][0];
        assert_eq!((&document["tags"][0], &document["inferred_tags"][0]), (&"disk-full".into(), &"disk-full".into()));
    }
}

#[test]
fn suggests_with_words_and_lines() {
    insta::assert_snapshot!(sandbox().run(["tags", "suggest", "."]), @r#"
    Redis refused us
      a-stated.md
      stated: config-drift
      missing-alert
        line 12: “no alert”
      connection-exhaustion
        line 13: “connection pool was exhausted”
    Orders stood still
      b-plain.md
      disk-full
        line 7: “disk was full”
    --- exit 0
    "#);
    let json = sandbox().run(["tags", "suggest", "b-plain.md", "--format", "json"]).json();
    let because = serde_json::json!([{"words": "disk was full", "line": 7}]);
    assert_eq!(json["suggestions"][0]["suggested"], serde_json::json!([{"tag": "disk-full", "because": because}]));
    let none = sandbox().run(["tags", "suggest", "guidelines.md"]);
    assert_eq!((none.code, none.stdout.as_str()), (1, ""));
}

#[test]
fn states_what_was_suggested_by_the_smallest_edit() {
    let sandbox = sandbox();
    let run = sandbox.run(["tags", "suggest", ".", "--tag", "disk-full,missing-alert", "--write", "--yes"]);
    insta::assert_snapshot!(run.stdout, @r#"
    Redis refused us
      a-stated.md
      stated: config-drift
      missing-alert
        line 12: “no alert”
    Orders stood still
      b-plain.md
      disk-full
        line 7: “disk was full”

    --- a/a-stated.md
    +++ b/a-stated.md
    @@ -3,6 +3,7 @@
     date: 2025-03-01
     root-causes:
       - misconfiguration # as the team says
    +  - missing-alert
     severity: high
     ---
     # Redis refused us

    --- a/b-plain.md
    +++ b/b-plain.md
    @@ -1,3 +1,7 @@
    +---
    +tags: [disk-full]
    +---
    +
     # Orders stood still
     
     **Severity:** high
    "#);
    let read = |name: &str| std::fs::read_to_string(sandbox.path(name)).expect("the file");
    assert_eq!(read("a-stated.md"), STATED.replace("says\n", "says\n  - missing-alert\n"));
    assert_eq!(read("b-plain.md"), format!("---\r\ntags: [disk-full]\r\n---\r\n\r\n{PLAIN}"));
    let json = sandbox.run(["list", "--tag", "disk-full", "--format", "json"]).json();
    assert_eq!(json["documents"][0]["inferred_tags"], serde_json::json!([]), "stated now");
}

#[test]
fn nothing_is_written_unasked() {
    let sandbox = sandbox();
    let run = sandbox.run(["tags", "suggest", "b-plain.md", "--write"]);
    assert_eq!(run.code, 2);
    assert!(run.stdout.contains("+tags: [disk-full]") && run.stderr.contains("add `--yes`"), "{run}");
    assert_eq!(std::fs::read_to_string(sandbox.path("b-plain.md")).expect("the file"), PLAIN);
}

#[test]
fn broken_front_matter_is_told_and_left_alone() {
    let sandbox = sandbox().file("broken.md", BROKEN);
    let run = sandbox.run(["tags", "suggest", "broken.md", "--write", "--yes"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("cannot edit `broken.md` at line 2: the front matter is broken"), "{run}");
    assert_eq!(std::fs::read_to_string(sandbox.path("broken.md")).expect("the file"), BROKEN);
}

#[test]
fn merges_two_tags_in_every_place() {
    let labelled = "# Slow\n\n**Category:** misconfiguration / Redis\n\n## Root cause\n\nUnknown.\n";
    let sandbox = sandbox().file("c-label.md", labelled);
    let shown = sandbox.run(["tags", "merge", "misconfiguration", "wrong-setting"]);
    insta::assert_snapshot!(shown, @r#"
    --- a/a-stated.md
    +++ b/a-stated.md
    @@ -2,7 +2,7 @@
     title: Redis refused us
     date: 2025-03-01
     root-causes:
    -  - misconfiguration # as the team says
    +  - wrong-setting # as the team says
     severity: high
     ---
     # Redis refused us
    --- a/c-label.md
    +++ b/c-label.md
    @@ -1,6 +1,6 @@
     # Slow
     
    -**Category:** misconfiguration / Redis
    +**Category:** wrong-setting / Redis
     
     ## Root cause
     
    --- stderr
    So that it stays one tag, write `merge: {misconfiguration: wrong-setting}` into taxonomy.yaml.
    2 documents would change; --write writes them.
    --- exit 0
    "#);
    assert_eq!(std::fs::read_to_string(sandbox.path("c-label.md")).expect("the file"), labelled);
    let written = sandbox.run(["tags", "merge", "misconfiguration", "wrong-setting", "--write", "--yes"]);
    assert_eq!(written.code, 0, "{written}");
    let read = |name: &str| std::fs::read_to_string(sandbox.path(name)).expect("the file");
    assert_eq!(read("c-label.md"), labelled.replace("misconfiguration", "wrong-setting"));
    assert_eq!(read("a-stated.md"), STATED.replace("misconfiguration", "wrong-setting"));
    assert_eq!(sandbox.run(["tags", "merge", "misconfiguration", "wrong-setting"]).code, 1);
}

#[test]
fn a_merge_keeps_the_bytes_of_files_in_another_encoding() {
    let stated = b"# Slow\n\n**Severity:** high\n**Category:** disk-full\n\nCaf\xe9.\n";
    let inferred = b"# Stood still\n\n**Severity:** high\n\n## Root cause\n\nThe disk was full in the caf\xe9.\n";
    let sandbox = Sandbox::new().file("ris.toml", "").file("a.md", stated).file("b.md", inferred);
    let run = sandbox.run(["tags", "merge", "disk-full", "manual-process", "--write", "--yes"]);
    assert_eq!(run.code, 1, "{run}");
    assert!(run.stderr.contains("a.md is not edited: the file is not UTF-8."), "{run}");
    assert!(run.stderr.contains("1 document has `disk-full` inferred only"), "{run}");
    let read = |name: &str| std::fs::read(sandbox.path(name)).expect("the file");
    assert_eq!((read("a.md"), read("b.md")), (stated.to_vec(), inferred.to_vec()));
}

#[test]
fn a_merge_replaces_a_tag_in_front_matter_and_in_the_text() {
    let of = |tag: &str| format!("---\ntags: [{tag}, x]\n---\n# Out\n\n**Root cause category:** {tag}\n");
    let sandbox = Sandbox::new().file("ris.toml", "").file("a.md", of("certificate-expiry"));
    let run = sandbox.run(["tags", "merge", "certificate-expiry", "manual-process", "--write", "--yes"]);
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(std::fs::read_to_string(sandbox.path("a.md")).expect("the file"), of("manual-process"));
}

#[test]
fn a_tag_is_not_merged_with_itself() {
    let text = "---\ntags: Disk Full/slow\n---\n# Out\n";
    let sandbox = Sandbox::new().file("ris.toml", "").file("a.md", text);
    let run = sandbox.run(["tags", "merge", "disk-full", "disk-full"]);
    assert!(run.code == 2 && run.stderr.contains("`disk-full` cannot be merged with itself"), "{run}");
    for to in ["a, b", "a / b", " ", "…"] {
        let run = sandbox.run(["tags", "merge", "disk-full", to, "--write", "--yes"]);
        assert!(run.code == 2 && run.stderr.contains(&format!("`{to}` is no one tag")), "{run}");
        assert_eq!(std::fs::read_to_string(sandbox.path("a.md")).expect("the file"), text);
    }
    // Another spelling is another name.
    assert_eq!(sandbox.run(["tags", "merge", "Disk Full", "disk-full", "--write", "--yes"]).code, 0);
    let written = std::fs::read_to_string(sandbox.path("a.md")).expect("the file");
    assert_eq!(written, text.replace("Disk Full", "disk-full"));
}

#[test]
fn a_merge_finds_the_tag_by_its_other_names() {
    let of = |tags: &str| format!("---\ntags: [{tags}]\n---\n# Outage\n\n**Severity:** high\n");
    let labelled = "# Slow\n\n**Severity:** high\n**Category:** expired certificate\n";
    let sandbox = Sandbox::new()
        .file("ris.toml", "")
        .file("a.md", of("certificate-expiry"))
        .file("b.md", of("Expired certificate, x, certificate-expired"))
        .file("c.md", labelled);
    let run = sandbox.run(["tags", "merge", "certificate-expiry", "manual-process", "--write", "--yes"]);
    assert_eq!(run.code, 0, "{run}");
    let read = |name: &str| std::fs::read_to_string(sandbox.path(name)).expect("the file");
    assert_eq!(read("a.md"), of("manual-process"));
    assert_eq!(read("b.md"), of("manual-process, x"));
    assert_eq!(read("c.md"), labelled.replace("expired certificate", "manual-process"));
    let spelt = Sandbox::new()
        .file("ris.toml", "")
        .file("a.md", of("expired-certificate"))
        .file("b.md", of("certificate-expired"));
    spelt.run(["tags", "merge", "expired-certificate", "certificate-expiry", "--write", "--yes"]);
    let read = |name: &str| std::fs::read_to_string(spelt.path(name)).expect("the file");
    assert_eq!(
        (read("a.md"), read("b.md")),
        (of("certificate-expiry"), of("certificate-expired")),
        "a name of the same tag"
    );
}

#[test]
fn a_change_of_the_teams_tags_is_seen_at_once() {
    let sandbox = sandbox();
    let total = |tag: &str| sandbox.run(["list", "--tag", tag, "--format", "json"]).json()["total"].clone();
    assert_eq!(total("spool-full"), 0);
    sandbox.write("taxonomy.yaml", "rename:\n  disk-full: spool-full\n");
    assert_eq!((total("spool-full"), total("disk-full")), (1.into(), 1.into()));
    let verbose = sandbox.run(["list", "--verbose"]);
    assert!(!verbose.stderr.contains("read again"), "once is enough: {verbose}");
    assert!(sandbox.run(["inspect", "b-plain.md"]).stdout.contains("spool-full"));
    std::fs::remove_file(sandbox.path("taxonomy.yaml")).expect("it can be removed");
    assert_eq!(total("disk-full"), 1);
    assert_eq!(total("spool-full"), 0);
}

#[test]
fn a_broken_file_of_the_team_is_told_and_the_built_in_tags_hold() {
    let sandbox = sandbox().file("taxonomy.yaml", "rename:\n  disk-ful: spool-full\n");
    let run = sandbox.run(["list", "--tag", "disk-full"]);
    insta::assert_snapshot!(run.stderr, @r#"
    warning: `taxonomy.yaml` is not used, the built-in tags hold; line 2: there is no tag `disk-ful` (did you mean `disk-full`?).
    "#);
    assert_eq!(run.code, 0);
}
