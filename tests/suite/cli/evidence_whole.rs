//! `ris evidence`: that nothing is missing, or is named.

use std::fs;

use super::evidence::{LEAK, ONE, Repository, TWO, checks, has};

#[test]
fn an_incident_that_was_taken_out_of_the_period_is_named() {
    let repository = Repository::new();
    let three = TWO.replace("2026-02", "2026-03").replace("2026-03-05", "2026-04-05");
    let [four, five] = ["04", "05"].map(|number| three.replace("2026-03", &format!("2026-{number}")));
    let files = [("one.md", ONE), ("two.md", TWO), ("three.md", &three), ("four.md", &four), ("five.md", &five)];
    repository.commit("2026-04-06", &files);
    repository.commit("2026-05-06", &[("one.md", &format!("{ONE}\nA word.\n"))]);
    let told = || checks(&repository.0.run(["evidence", "2026", "--format", "json"]), "checks");
    assert!(has(&told(), &["moved", "pass", "[]"]), "{:#?}", told());
    let earlier = |text: &str| text.replace("date: 2026", "date: 2023").replace("investigating", "closed");
    repository.commit("2026-05-07", &[("two.md", &earlier(TWO)), ("four.md", &earlier(&four))]);
    repository.commit("2026-05-08", &[("three.md", &three.replace("status:", "kind: other\nstatus:"))]);
    repository.git("2026-05-09", &["mv", "five.md", "five.txt"]);
    repository.git("2026-05-09", &["rm", "-q", "four.md"]);
    repository.git("2026-05-09", &["commit", "-q", "-m", "tidy"]);
    let found = told();
    assert!(has(&found, &["moved", "fail", "two.md was of 2026-03-05, kind `incident` until commit"]), "{found:#?}");
    assert!(has(&found, &["of 2026-05-07 by Ada, and is of 2023-03-05, kind `incident`"]), "{found:#?}");
    assert!(has(&found, &["three.md was of 2026-04-05", "and is of 2026-04-05, kind `other`"]), "{found:#?}");
    assert!(has(&found, &["five.txt was of 2026-04-05", "and is no document"]), "{found:#?}");
    assert!(has(&found, &["kept", "fail", "four.md was deleted on 2026-05-09 by Ada"]), "of another day before");
    assert!(!has(&found, &["one.md"]), "{found:#?}");
    let other = repository.0.run(["evidence", "2027", "--format", "json"]);
    assert!(has(&checks(&other, "checks"), &["moved", "pass", "[]"]), "{other}");
}

#[test]
fn an_incident_whose_place_another_took_is_named() {
    let repository = Repository::new();
    let three = TWO.replace("INC-2026-02", "INC-2026-03").replace("2026-03-05", "2026-04-05");
    repository.commit("2026-04-06", &[("one.md", ONE), ("two.md", TWO), ("three.md", &three)]);
    // A better title and a new number are no other incident.
    repository.commit("2026-05-06", &[("one.md", &ONE.replace("# ", "# Again: "))]);
    let told = || checks(&repository.0.run(["evidence", "2026", "--format", "json"]), "checks");
    assert!(has(&told(), &["moved", "pass", "[]"]), "{:#?}", told());
    repository.commit("2026-05-07", &[("three.md", &three.replace("INC-2026-03", "INC-2026-33"))]);
    assert!(has(&told(), &["moved", "pass", "[]"]), "{:#?}", told());
    let other = "---\nid: INC-2026-09\ntitle: Printer out of paper\nkind: incident\ndate: 2026-06-01\nseverity: low\n---\n# Printer out of paper\n";
    repository.commit("2026-06-02", &[("two.md", other)]);
    let found = told();
    assert!(
        has(
            &found,
            &["moved", "fail", "two.md was INC-2026-02, “", "of 2026-06-02 by Ada, and is INC-2026-09, “Printer"]
        ),
        "{found:#?}"
    );
    repository.commit("2026-06-03", &[("again.md", TWO)]);
    assert!(has(&told(), &["moved", "pass", "an incident of the period has its id"]), "{:#?}", told());
}

#[test]
fn what_may_be_an_incident_is_named() {
    let repository = Repository::new();
    let bare = "---\nid: INC-2026-02\ndate: 2026-03-20\n---\n# Backup job hung\n\nIt hung for two hours.\n";
    repository.commit("2027-01-06", &[("one.md", ONE), ("INC-2026-02.md", bare)]);
    let run = repository.0.run(["evidence", "2026", "--format", "json"]);
    assert!(has(&checks(&run, "checks"), &["candidates", "fail", "INC-2026-02.md is of 2026-03-20"]), "{run}");
    let bundle = repository.bundle(&[]);
    let table = fs::read_to_string(bundle.join("data/population/files.csv")).unwrap();
    assert!(table.contains("INC-2026-02.md,no-incident,,may be an incident of the period"), "{table}");
    assert!(fs::read_to_string(bundle.join("data/README.md")).unwrap().contains("INC-2026-02.md is of 2026-03-20"));
    repository.commit("2027-01-07", &[("INC-2026-02.md", &bare.replace("date:", "type: incident\ndate:"))]);
    let run = repository.0.run(["evidence", "2026", "--format", "json"]);
    assert_eq!(run.json()["incidents"].as_array().unwrap().len(), 2, "{run}");
    assert!(has(&checks(&run, "checks"), &["candidates", "pass"]), "{run}");
}

#[test]
fn a_file_of_several_incidents_is_named() {
    let repository = Repository::new();
    let told =
        |day: &str| format!("## {day}: queue stuck\n\n### Root cause\n\nA full disk.\n\n### Fix\n\nEmptied it.\n\n");
    let log = format!("# Incident log\n\n{}{}{}", told("2025-11-03"), told("2026-02-01"), told("2026-03-05"));
    repository.commit("2027-01-06", &[("one.md", ONE), ("INCIDENT_LOG.md", &log)]);
    let found = |period: &str| checks(&repository.0.run(["evidence", period, "--format", "json"]), "checks");
    let named = "INCIDENT_LOG.md counts as one incident and tells of one of 2026-02-01 (line 13), one of 2026-03-05 (line 23); `ris split`";
    assert!(has(&found("2026"), &["single", "fail", named]), "{:#?}", found("2026"));
    assert!(has(&found("2024"), &["single", "pass", "[]"]), "{:#?}", found("2024"));
}

#[test]
fn a_row_says_where_the_day_is_not_the_one_on_which_it_began() {
    let repository = Repository::new();
    let late = TWO.replace("status:", "detected: 2026-03-07\nstatus:");
    repository.commit("2027-01-06", &[("one.md", ONE), ("two.md", &late)]);
    let run = repository.0.run(["evidence", "2026"]);
    assert!(run.stdout.contains("INC-2026-02 · detected, began 2026-03-05"), "{run}");
    assert_eq!(run.stdout.matches("began 2026").count(), 1, "{run}");
    let json = repository.0.run(["evidence", "2026", "--format", "json"]).json();
    let rows = json["incidents"].as_array().unwrap();
    let row = rows.iter().find(|row| row["day"] == "2026-03-07").unwrap();
    assert_eq!((row["day_by"].as_str(), row["began"].as_str()), (Some("detected"), Some("2026-03-05")));
}

#[test]
fn what_is_not_known_of_an_end_is_not_told() {
    let repository = Repository::new();
    let silent = TWO.replace("status: investigating", "kind: incident");
    repository.commit("2027-01-06", &[("one.md", ONE), ("two.md", &silent)]);
    let run = repository.0.run(["evidence", "2026"]);
    assert!(run.stdout.contains("Not known whether over at the end of the period: 2"), "{run}");
    let bundle = repository.bundle(&[]);
    let table = fs::read_to_string(bundle.join("data/population/incidents.csv")).unwrap();
    assert_eq!(table.matches(",in-period,unknown,").count(), 2, "resolved on no day, and nothing said: {table}");
    let page = fs::read_to_string(bundle.join("data/README.md")).unwrap();
    assert!(page.contains("2 have no known end."), "{page}");
    let list = fs::read_to_string(bundle.join("data/population/population.json")).unwrap();
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    assert_eq!(list["end_unknown"], serde_json::json!(["INC-2026-01", "INC-2026-02"]));
}

#[test]
fn a_gap_can_be_explained_in_the_settings() {
    let repository = Repository::new();
    let settings = "[evidence.unused-ids]\n\"INC-2026-01\" = \"reserved for a drill, never used\"\n";
    repository.commit("2026-03-06", &[("ris.toml", settings), ("two.md", TWO), ("three.md", LEAK)]);
    let run = repository.0.run(["evidence", "2026", "--format", "json"]);
    assert!(has(&checks(&run, "checks"), &["numbered", "pass", "explained: reserved for a drill"]), "{run}");
}

#[test]
fn a_commit_that_corrected_a_day_or_deleted_a_copy_can_be_explained() {
    let repository = Repository::new();
    let copy = TWO.replace("INC-2026-02", "INC-2026-03");
    repository.commit("2026-03-06", &[("one.md", ONE), ("two.md", TWO), ("three.md", &copy)]);
    repository.commit("2026-03-07", &[("two.md", &TWO.replace("date: 2026", "date: 2025"))]);
    let corrected = repository.head();
    repository.git("2026-03-08", &["rm", "-q", "three.md"]);
    repository.git("2026-03-08", &["commit", "-q", "-m", "stood there twice"]);
    let deleted = repository.head();
    let told = || checks(&repository.0.run(["evidence", "2026", "--format", "json"]), "checks");
    assert!(has(&told(), &["moved", "fail"]) && has(&told(), &["kept", "fail"]), "{:#?}", told());
    let settings = format!(
        "[evidence.explained-commits]\n{} = \"the year was wrong\"\n\"{deleted}\" = \"a copy of INC-2026-02\"\n",
        corrected[..8].to_uppercase()
    );
    repository.commit("2026-03-09", &[("ris.toml", &settings)]);
    assert!(has(&told(), &["moved", "pass", "two.md was of", "explained: the year was wrong"]), "{:#?}", told());
    assert!(
        has(&told(), &["kept", "pass", "three.md was deleted", "explained: a copy of INC-2026-02"]),
        "{:#?}",
        told()
    );
    repository.0.write("ris.toml", "[evidence.explained-commits]\n\"last one\" = \"x\"\n");
    let wrong = repository.0.run(["evidence", "2026"]);
    assert!(wrong.code == 2 && wrong.stderr.contains("`last one` is no id of a commit"), "{wrong}");
}

#[test]
fn another_list_is_compared_both_ways() {
    let repository = Repository::new();
    repository.commit("2026-01-06", &[("one.md", ONE), ("two.md", TWO)]);
    repository.0.write("../pager.csv", "Number,Title,Created\nPD-881,Disk,2026-03-05\nPD-990,Unknown,2026-03-09\n");
    let run = repository.0.run(["evidence", "2026", "--compare", "../pager.csv", "--format", "json"]);
    let found = checks(&run, "checks");
    assert!(has(&found, &["reconciled", "fail", "PD-990 of 2026-03-09 (row 3 of the list)"]), "{found:#?}");
    let bundle = repository.bundle(&["--compare", "../pager.csv"]);
    let table = fs::read_to_string(bundle.join("data/population/reconciliation.csv")).unwrap();
    assert!(table.contains("matched,named in two.md") && table.contains("only-here,,,,,,INC-2026-01"), "{table}");
    let wrong = repository.0.run(["evidence", "2026", "--compare", "two.md"]);
    assert_eq!(wrong.code, 2, "{wrong}");
    assert!(wrong.stderr.contains("cannot compare with `two.md`"), "{wrong}");
}

#[test]
fn a_key_that_cannot_sign_is_told_before_anything_is_made() {
    let repository = Repository::new();
    repository.commit("2026-01-06", &[("one.md", ONE)]);
    repository.0.write("../nokey", "x");
    for key in ["../nowhere", "../nokey"] {
        let run = repository.0.run(["evidence", "2026", "--out", "../out", "--sign", key]);
        assert!(run.code == 2 && run.stderr.contains(&format!("cannot sign with `{key}`")), "{run}");
        assert!(run.stdout.is_empty() && !repository.0.path("../out").exists(), "{run}");
    }
}

#[test]
fn a_record_without_a_period_is_told_in_any_period() {
    let repository = Repository::new();
    let kept = TWO.replace("status:", "retention-period: 7-years\nstatus:");
    repository.commit("2026-05-06", &[("one.md", ONE), ("two.md", &kept)]);
    let told = |period: &str| checks(&repository.0.run(["evidence", period, "--format", "json"]), "checks");
    for period in ["2026-01..2026-03", "2026-01-05"] {
        let found = told(period);
        assert!(has(&found, &["retention", "fail", "one.md states no retention period"]), "{period}: {found:#?}");
    }
    let found = told("2026-01-06");
    assert!(has(&found, &["retention", "not-run", "the period has no records"]), "{found:#?}");
    assert!(has(&found, &["reviews", "not-run", "no document of the period promises a review"]), "{found:#?}");
}

#[test]
fn the_auditor_reads_first_what_failed() {
    let repository = Repository::new();
    let kept = TWO.replace("status:", "retention-period: 7-years\nstatus:");
    repository.commit("2027-01-06", &[("one.md", ONE), ("two.md", &kept)]);
    let bundle = repository.bundle(&[]);
    let page = fs::read_to_string(bundle.join("data/README.html")).unwrap();
    let (head, rest) = page.split_once("<h2>").unwrap();
    assert!(head.contains(" checks: ") && head.contains(" failed"), "{head}");
    assert!(head.contains("<strong>2 incidents in the period: ") && !head.contains("0 have"), "{head}");
    let first = rest.split("data-label=\"Result\"").nth(1).unwrap();
    assert!(first.starts_with(" class=\"mark failed\">FAILED<"), "{first}");
}

#[test]
fn an_action_item_that_was_taken_out_while_open_is_told() {
    let repository = Repository::new();
    repository.commit("2026-01-06", &[("one.md", ONE)]);
    let told = || checks(&repository.0.run(["evidence", "2026", "--format", "json"]), "checks");
    assert!(has(&told(), &["dropped", "pass", "[]"]), "{:#?}", told());
    let without = ONE.replace("- [ ] Add an alert (owner: Ada, due: 2026-02-01)\n- [x] Raise the limit\n", "None.\n");
    repository.commit("2026-02-06", &[("one.md", &without)]);
    let found = told();
    let named = ["dropped", "fail", "“Add an alert” was open in one.md until commit", "of 2026-02-06 by Ada"];
    assert!(has(&found, &named) && !has(&found, &["Raise the limit"]), "{found:#?}");
    let list = std::fs::read_to_string(repository.bundle(&[]).join("data/actions/action-items.csv")).unwrap();
    let row = "INC-2026-01,,Add an alert,action,Ada,2026-02-01,stated,dropped,2026-02-06,open,";
    assert!(list.lines().any(|line| line.starts_with(row) && line.ends_with(",Ada,,,one.md,")), "{list}");
    let settings = format!("[evidence.explained-commits]\n\"{}\" = \"kept in the tracker\"\n", repository.head());
    repository.commit("2026-03-06", &[("ris.toml", &settings)]);
    assert!(has(&told(), &["dropped", "pass", "explained: kept in the tracker"]), "{:#?}", told());
    let earlier = checks(&repository.0.run(["evidence", "2025", "--format", "json"]), "checks");
    assert!(has(&earlier, &["dropped", "pass", "[]"]), "it is of no incident of that period: {earlier:#?}");
}

#[test]
fn an_action_item_that_was_moved_is_followed() {
    let repository = Repository::new();
    let told = || checks(&repository.0.run(["evidence", "2026", "--format", "json"]), "checks");
    let row = || {
        let list = std::fs::read_to_string(repository.bundle(&[]).join("data/actions/action-items.csv")).unwrap();
        list.lines().find(|line| line.ends_with(",one.md,")).map(str::to_owned)
    };
    repository.commit("2026-01-06", &[("one.md", ONE)]);
    let item = "- [ ] Add an alert (owner: Ada, due: 2026-02-01)\n";
    let plan = format!("---\nkind: fix-plan\ndate: 2025-01-02\n---\n# Plan\n\n## Action items\n\n{item}");
    repository.commit("2026-02-06", &[("one.md", &ONE.replace(item, "")), ("old/plan.md", &plan)]);
    assert!(has(&told(), &["dropped", "pass", "[]"]), "{:#?}", told());
    let moved =
        "INC-2026-01,,Add an alert,action,Ada,2026-02-01,stated,\"moved to old/plan.md, open\",2026-02-06,open,";
    assert!(row().is_some_and(|it| it.starts_with(moved)), "{:?}", row());

    repository.commit("2026-03-06", &[("old/plan.md", &plan.replace("- [ ]", "- [x]"))]);
    assert!(row().is_some_and(|it| it.contains("\"moved to old/plan.md, done\",2026-02-06,")), "{:?}", row());

    repository.commit("2026-04-06", &[("old/plan.md", &plan)]);
    repository.commit("2026-05-06", &[("old/plan.md", &plan.replace(item, "None.\n"))]);
    let found = told();
    let named =
        ["dropped", "fail", "was open in old/plan.md until commit", "of 2026-05-06 by Ada, moved there from one.md"];
    assert!(has(&found, &named), "taken out of the second document: {found:#?}");
    assert!(row().is_some_and(|it| it.contains(",dropped,2026-05-06,")), "{:?}", row());
}
