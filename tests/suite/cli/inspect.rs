//! `ris inspect`.

use crate::support::Sandbox;

#[test]
fn shows_every_value_with_its_place() {
    let run = Sandbox::fixture("responder").run(["inspect", "2025/redis-hostname.md"]);
    insta::assert_snapshot!(run, @r"
    Ingest cannot reach Redis after the secret was rotated
    2025/redis-hostname.md · parsed · language en

      kind        incident                                inferred
      id          INC-2025-0042                           stated (front matter)  :2
      date        2025-12-17                              stated (label)         :12
      severity    critical (1)                            stated (label)         :13
      status      resolved                                stated (label)         :11
      services    ingest-api, queue                       stated (front matter)  :3
      owners      Ana Ruiz                                stated (front matter)  :4
      project     parcel                                  stated (front matter)  :6
      tags        config-drift                            stated (front matter)  :5
                  expired-credential, because of          inferred               :23
                  `rotated secret`
                  stale-reference, because of `named a    inferred               :23
                  host`, `host that does not exist`
                  missing-validation, because of          inferred               :23
                  `Nothing checked`
      root cause  The rotated secret                      stated (heading)       :21
                  `parcel/production/redis` named a host
                  that does not exist. Nothing checked
                  it before it was used.
      resolution  1. Put the right host into the secret:  stated (heading)       :25
                  vault kv put parcel/production/redis
                  host=redis port=6379 2. Restart the
                  service and watch the queue drain:…
      boxes       1 of 3 ticked

    Times
      started   2025-12-17 08:00 UTC  inferred           :44
      detected  2025-12-17 12:30 UTC  stated (timeline)  :45
      resolved  2025-12-17 17:10 UTC  inferred           :46

    Durations
               stated                   computed
      detect                            4 h 30 min
      resolve                           4 h 40 min
      total    9 hours 10 minutes  :14  9 h 10 min

    Timeline  3
      :44  2025-12-17 08:00 UTC            Secret rotated, uploads begin to fail
      :45  2025-12-17 12:30 UTC  detected  Support reports stuck uploads
      :46  2025-12-17 17:10 UTC            Host corrected, queue drains

    Action items  1 of 3 done
      line       what                                              owner  due
                 Action items
       :50  [x]  Check the host of every secret before it is used  @ana   2025-12-19
       :51  [ ]  Alert when the queue is older than five minutes   @ben   2026-01-09
       :52  [ ]  Rehearse the rotation, see the DNS incident

    References  1
      :52  link  ../2024/dns-timeout.md
    --- exit 0
    ");
}

#[test]
fn shows_the_line_that_could_not_be_read() {
    let run = Sandbox::fixture("responder").run(["inspect", "2025/broken-front-matter.md"]);
    insta::assert_snapshot!(run, @r#"
    Reports were sent twice
    2025/broken-front-matter.md · read in part

      kind      other          inferred
      id        INC-2025-0050  stated (front matter)  :2
      severity  medium (3)     stated (front matter)  :4

    Diagnostics  1 error, 0 warnings, 0 notes

    error[front-matter-invalid]: not valid YAML: a quote is opened here or above and not closed
     --> 2025/broken-front-matter.md:4:1
      |
    4 | severity: medium
      | ^^^^^^^^^^^^^^^^
      |
      = hint: close the quote
    --- exit 0
    "#);
}

#[test]
fn works_outside_of_any_knowledge_base_and_goes_on_after_a_missing_file() {
    let sandbox = Sandbox::new().file("a.md", "# First\n").file("b c.md", "# Second\n");
    let run = sandbox.run(["inspect", "a.md", "missing.md", "b c.md", "--format", "json"]);
    assert_eq!(run.code, 2);
    let titles: Vec<_> = run.json_lines().iter().map(|it| it["title"].clone()).collect();
    assert_eq!(titles, ["First", "Second"]);
    let told = "error: cannot read `missing.md`: No such file or directory (os error 2)\n\
                hint: a path counts from the folder that you are in\n";
    assert_eq!(run.stderr, told);
}

#[test]
fn a_folder_is_no_file() {
    let run = Sandbox::fixture("responder").run(["inspect", "2025"]);
    insta::assert_snapshot!(run, @r"
    --- stderr
    error: `2025` is a folder
    hint: name the files in it, or account for all of them with `ris index --status`
    --- exit 2
    ");
}

#[test]
fn json_is_one_object_on_one_line_with_the_path_as_given() {
    let sandbox = Sandbox::fixture("responder");
    let run = sandbox.run(["inspect", "./2025/../2025/redis-hostname.md", "--format", "json"]);
    assert_eq!((run.code, run.stdout.lines().count()), (0, 1));
    let value = run.json();
    assert_eq!(value["schema"], 1);
    assert_eq!(value["path"], "./2025/../2025/redis-hostname.md");
    let keys: Vec<&String> = value.as_object().expect("it is an object").keys().collect();
    insta::assert_snapshot!(format!("{keys:?}"), @r#"["action_items", "checkboxes", "commands", "compliance", "date", "diagnostics", "durations", "front_matter", "has_root_cause", "id", "incident", "kind", "language", "origins", "other_statuses", "outcome", "owners", "path", "project", "references", "resolution", "root_cause", "schema", "sections", "services", "severity", "status", "tags", "timeline", "times", "title"]"#);
}

#[test]
fn makes_no_index() {
    let sandbox = Sandbox::fixture("responder");
    sandbox.run(["inspect", "2025/redis-hostname.md"]);
    assert!(!sandbox.path(".ris").exists());
}

#[test]
fn holds_and_assessments_of_breaches_are_shown() {
    let head = "legal-hold: LH-1\nbreach-assessment:\n  discovered: 2026-01-06\n";
    let sandbox = Sandbox::new().file("a.md", format!("---\nkind: incident\n{head}---\n# A\n"));
    let run = sandbox.run(["inspect", "a.md"]);
    assert!(
        run.stdout.contains("legal hold         LH-1") && run.stdout.contains("breach discovered  2026-01-06"),
        "{run}"
    );
}
