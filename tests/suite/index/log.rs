//! Pasted errors, stack traces and logs.

use ris::kb::{FacetField, LogRequest, SearchRequest};

use super::support::{Folder, sync};

fn folder() -> Folder {
    Folder::new(&[
        (
            "redis.md",
            "# Redis hostname mismatch\n\n## Root cause\n\nBackend logs show: `redis.exceptions.ConnectionError: Error -2 \
             connecting to credmate-redis:6379. Name or service not known`\n\n## Resolution\n\nRestart it.\n\n```bash\n\
             docker restart backend\n```\n",
        ),
        ("other.md", "# Connecting to the database\n\nError while connecting. The service was not known by name.\n"),
        ("guide.md", "# On-call guide\n\nHow to read an error from redis and restart a service by name.\n"),
    ])
}

#[test]
fn leads_with_the_incident_that_has_the_message_and_its_way_out() {
    let folder = folder();
    let kb = folder.open();
    sync(&kb);
    let text = "2025-12-17T08:00:12.345Z ERROR [pid 4711] worker-7040e948: redis.exceptions.ConnectionError: Error -2 \
                connecting to credmate-redis:6379. Name or service not known\n"
        .repeat(50);
    let results = kb.search_log(&LogRequest::new(text, 5)).unwrap();
    let best = &results.hits[0];
    assert_eq!(best.hit.document.path, "redis.md");
    assert_eq!(best.shared[0], "redis.exceptions.ConnectionError");
    assert!(best.shared.contains(&"credmate-redis:6379".to_owned()), "{:?}", best.shared);
    assert!(best.resolution.as_ref().is_some_and(|text| text.contains("Restart it.")));
    assert_eq!(best.commands[0].text.trim(), "docker restart backend");
    assert!(best.resolution_line > 0);
    for noise in ["2025", "4711", "ERROR", "7040e948"] {
        assert!(!results.words.iter().any(|word| word == noise), "{noise} is among {:?}", results.words);
    }
}

#[test]
fn the_way_out_is_taken_from_the_resolution_of_the_same_incident() {
    let message = "ledger: cannot take lock on segment 17, owner gone";
    let folder = Folder::new(&[
        ("rca.md", &format!("---\nid: INC-1-RCA\nkind: rca\nincident: INC-1\n---\n# Why\n\n`{message}`\n")),
        ("plan.md", "---\nid: INC-1\n---\n# Ledger stuck\n\n## Resolution\n\nSee the resolution.\n"),
        (
            "fix.md",
            "---\nid: RIS-1\nkind: resolution\nincident: INC-1\n---\n# Fix\n\n## Resolution\n\n```sh\nledgerctl unlock\n```\n",
        ),
    ]);
    let kb = folder.open();
    sync(&kb);
    let ask = |text: &str| kb.search_log(&LogRequest::new(text, 5)).unwrap().hits.remove(0);
    let best = ask(message);
    assert_eq!((best.hit.document.path.as_str(), best.same_message), ("rca.md", true));
    assert_eq!(best.resolution_path.as_deref(), Some("fix.md"));
    assert_eq!(best.commands[0].text.trim(), "ledgerctl unlock");
    let chance = ask("the owner took a segment of the ledger to the lock");
    assert_eq!((chance.same_message, chance.resolution_path), (false, None));
}

#[test]
fn what_shares_words_by_chance_gives_no_steps() {
    let text =
        "# Ledger stuck\n\nThe owner of segment 17 kept its lock.\n\n## Resolution\n\n```sh\nledgerctl unlock\n```\n";
    let folder = Folder::new(&[("stuck.md", text)]);
    let kb = folder.open();
    sync(&kb);
    let text = "the owner took a segment of the ledger to the lock".to_owned();
    let hit = kb.search_log(&LogRequest::new(text, 5)).unwrap().hits.remove(0);
    assert_eq!((hit.same_message, hit.resolution_line), (false, 5), "where they stand may be looked at");
    assert!(hit.resolution.is_none() && hit.commands.is_empty(), "{hit:?}");
}

#[test]
fn a_message_that_most_documents_quote_is_seen_before_all_the_same() {
    let message = "server refused: max number of clients reached";
    let quotes = (0..8).map(|n| (format!("{n}.md"), format!("# Gateway {n}\n\n```\nERROR {message}\n```\n")));
    let mut files: Vec<(String, String)> = quotes.collect();
    files.push(("ledger.md".into(), "# Ledger\n\nThe ledgerctl of the north is slow.\n".into()));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let folder = Folder::new(&files);
    let kb = folder.open();
    sync(&kb);
    for paste in [format!("[ledgerctl] ERR {message}"), message.to_owned(), format!("{message}\nledgerctl stopped")] {
        let results = kb.search_log(&LogRequest::new(&paste, 20)).unwrap();
        let same = results.hits.iter().filter(|hit| hit.same_message);
        assert_eq!(same.clone().count(), 8, "{paste}");
        assert!(same.clone().all(|hit| hit.shared.contains(&"clients".to_owned())), "{paste}");
    }
}

#[test]
fn what_every_program_prints_is_not_seen_before() {
    let folder = Folder::new(&[
        (
            "flags.md",
            "# Flags down\n\n```\nthread 'main' panicked at feature-flags/src/main.rs:119:5:\nFailed to create pools\n\
             note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n```\n",
        ),
        (
            "pods.md",
            "# Pods\n\n```\nNormal   Scheduled  5m  default-scheduler  Successfully assigned build-1 to node-1\n\
             Warning  FailedMount  4m  kubelet  MountVolume.SetUp failed\n```\n",
        ),
    ]);
    let kb = folder.open();
    sync(&kb);
    let panic = "thread 'main' panicked at src/main.rs:5:10: index out of bounds: the len is 3 but the index is 7";
    let note = "note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace";
    let pod = "Normal   Scheduled  5m  default-scheduler  Successfully assigned api-1 to node-3\n\
               Warning  Failed     4m  kubelet  Error: ImagePullBackOff";
    for text in [panic, note, &format!("{panic}\n{note}"), pod] {
        let results = kb.search_log(&LogRequest::new(text, 5)).unwrap();
        assert!(results.hits.iter().all(|hit| !hit.same_message), "{text}");
    }
    let text = format!("thread 'main' panicked at flags/src/main.rs:121:5:\nFailed to create pools\n{note}");
    let results = kb.search_log(&LogRequest::new(text, 5)).unwrap();
    assert!(results.hits[0].same_message && results.hits[0].hit.document.path == "flags.md");
}

#[test]
fn says_when_nothing_is_known() {
    let folder = folder();
    let kb = folder.open();
    sync(&kb);
    for text in ["", "2025-01-01 00:00:00 12345", "zxqv wvut"] {
        let results = kb.search_log(&LogRequest::new(text, 5)).unwrap();
        assert!(results.hits.is_empty() && !results.notices.is_empty(), "{text}");
    }
}

#[test]
fn takes_a_megabyte_of_log() {
    let folder = folder();
    let kb = folder.open();
    sync(&kb);
    let mut text: String =
        (0..20_000).map(|n| format!("2025-12-17 08:00:{:02} INFO request {n} took {n}ms\n", n % 60)).collect();
    text.push_str("redis.exceptions.ConnectionError: Error -2 connecting to credmate-redis:6379\n");
    let results = kb.search_log(&LogRequest::new(text, 5)).unwrap();
    assert_eq!(results.hits[0].hit.document.path, "redis.md");
}

#[test]
fn what_filters_leave_out_is_no_candidate_and_is_told_where_it_quotes_the_message() {
    let folder = Folder::new(&[
        (
            "a.md",
            "---\nid: INC-1\nseverity: high\ndate: 2025-03-04\n---\n# Ledger\n\n`cannot take lock on segment 17`\n",
        ),
        ("b.md", "---\nid: INC-2\nseverity: low\ndate: 2024-03-04\n---\n# Segments\n\nA lock was lost.\n"),
    ]);
    let kb = folder.open();
    sync(&kb);
    let ask = |within: SearchRequest| {
        let request = LogRequest { within: Some(within), ..LogRequest::new("cannot take lock on segment 17", 5) };
        let results = kb.search_log(&request).unwrap();
        let paths: Vec<String> = results.hits.iter().map(|it| it.hit.document.path.clone()).collect();
        (paths.join(" "), results.notices.join(" "))
    };
    let facet = |value: &str| SearchRequest {
        facets: vec![(FacetField::Severity, vec![value.to_owned()])],
        ..SearchRequest::new("")
    };
    let told = "The filters leave out the document that quotes this message: `INC-1`.";
    assert_eq!(ask(facet("high")), ("a.md".into(), String::new()));
    assert_eq!(ask(facet("low")), ("b.md".into(), told.into()));
    assert_eq!(ask(SearchRequest::new("in:2024")), ("b.md".into(), told.into()));
    assert_eq!(ask(SearchRequest::new("in:2019")), (String::new(), told.into()));
    let request = LogRequest { within: Some(SearchRequest::new("in:2019")), ..LogRequest::new("segment of lost", 5) };
    let told = kb.search_log(&request).unwrap().notices.join(" ");
    assert_eq!(told, "The filters leave out 2 documents that share words with this log; none of them quotes it.");
    let request = LogRequest { within: Some(SearchRequest::new("in:soon")), ..LogRequest::new("lock", 5) };
    assert!(kb.search_log(&request).is_err(), "a filter that is none is no filter");
}

#[test]
fn a_message_among_many_lines_is_found_and_healthy_lines_are_not_it() {
    let mut files: Vec<(String, String)> = (0..60)
        .map(|n| {
            (
                format!("{n}.md"),
                format!("# Shelf {n}\n\nThe gauge of shelf {n} had its valve at room {n} and bay {n}.\n"),
            )
        })
        .collect();
    files.push(("ledger.md".into(), "# Ledger\n\nIt printed `cannot take the seal of the vault`.\n".into()));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let folder = Folder::new(&files);
    let kb = folder.open();
    sync(&kb);
    let words = ["gauge", "shelf", "valve", "room", "bay"];
    let noise = (0..120).map(|n| {
        let word = |at: usize| words[(n + at) % 5];
        format!("2026-11-20 03:00:{:02} [worker-{n}] {} {}{n} {} {}{n}\n", n % 60, word(0), word(1), word(2), word(3))
    });
    let noise: String = noise.collect();
    let ask = |text: String| kb.search_log(&LogRequest { text, limit: 5, within: None }).unwrap();
    let log = format!("{noise}2026-11-20 03:01:00 [worker-3] ERROR store: cannot take the seal of the vault\n{noise}");
    let results = ask(log);
    let best = &results.hits[0];
    assert!(best.same_message && best.hit.document.path == "ledger.md", "{best:?}");
    assert_eq!(best.hit.passage.as_ref().map(|it| it.line), Some(3));
    assert!(ask(noise).hits.iter().all(|hit| !hit.same_message));
}

#[test]
fn the_fix_of_another_incident_of_the_file_is_never_shown() {
    let text = "# Incidents of May\n\n## Incident 1: ledger\n\n`cannot take the seal of the vault`\n\n### Resolution\n\nBroke it.\n\n\
                ## Incident 2: upload\n\n`no upload left for the parcel desk`\n";
    let folder = Folder::new(&[("may.md", text)]);
    let kb = folder.open();
    sync(&kb);
    let ask = |text: &str| {
        kb.search_log(&LogRequest { text: text.to_owned(), limit: 5, within: None }).unwrap().hits.remove(0)
    };
    let ledger = ask("cannot take the seal of the vault");
    assert_eq!(
        (ledger.resolution.as_deref(), ledger.resolution_line, ledger.fixes_elsewhere),
        (Some("Broke it."), 7, false)
    );
    let upload = ask("no upload left for the parcel desk");
    assert!(upload.same_message && upload.resolution.is_none() && upload.commands.is_empty(), "{upload:?}");
    assert!(upload.fixes_elsewhere && upload.resolution_line == 0, "{upload:?}");
}

#[test]
fn behind_a_document_that_has_the_message_few_stand_that_have_not() {
    let mut files: Vec<(String, String)> =
        (0..5).map(|n| (format!("{n}.md"), format!("# Vault {n}\n\nThe seal of vault {n} is old.\n"))).collect();
    files.push(("ledger.md".into(), "# Ledger\n\n`cannot take the seal of the vault`\n".into()));
    files.extend((0..30).map(|n| (format!("rest-{n}.md"), format!("# Rest {n}\n\nNothing.\n"))));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let folder = Folder::new(&files);
    let kb = folder.open();
    sync(&kb);
    let text = "cannot take the seal of the vault".to_owned();
    let hits = kb.search_log(&LogRequest { text, limit: 10, within: None }).unwrap().hits;
    assert_eq!(hits.iter().map(|hit| hit.same_message).collect::<Vec<_>>(), [true, false, false, false]);
}
