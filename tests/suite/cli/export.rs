//! `ris export`: the pages as a folder that needs no server.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::evidence::Repository;
use crate::support::{Run, Sandbox};

/// Every file below `folder`, by its path there.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).unwrap_or_else(|error| panic!("{}: {error}", next.display())) {
            let path = entry.expect("a folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("it is below").to_string_lossy().into_owned();
                files.insert(name, std::fs::read(&path).expect("a file can be read"));
            }
        }
    }
    files
}

fn exported(sandbox: &Sandbox, args: &[&str]) -> (Run, BTreeMap<String, Vec<u8>>) {
    let run = sandbox.run(["export", "../out"].iter().chain(args));
    assert_eq!(run.code, 0, "{run}");
    let files = files(&sandbox.path("../out"));
    (run, files)
}

fn text<'f>(files: &'f BTreeMap<String, Vec<u8>>, name: &str) -> std::borrow::Cow<'f, str> {
    String::from_utf8_lossy(files.get(name).unwrap_or_else(|| panic!("no {name} in {:?}", files.keys())))
}

/// The files that hold any of these words, in their names or in what stands in them, and the word.
fn that_tell(files: &BTreeMap<String, Vec<u8>>, words: &[&str]) -> Vec<String> {
    let tells = |name: &str, bytes: &[u8], word: &str| {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        text.contains(word) || name.to_lowercase().contains(word)
    };
    let each = files.iter().flat_map(|(name, bytes)| words.iter().map(move |word| (name, bytes, *word)));
    each.filter(|(name, bytes, word)| tells(name, bytes, word))
        .map(|(name, _, word)| format!("{name}: {word}"))
        .collect()
}

/// The values of an attribute of a page.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    let begin = format!(" {attribute}=\"");
    page.split(&*begin).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn decoded(url: &str) -> String {
    let url = url.replace("&#38;", "&").replace("&amp;", "&");
    percent_encoding::percent_decode_str(&url).decode_utf8().expect("addresses are UTF-8").into_owned()
}

/// Says what is wrong with a link on the page `name`.
fn fault(
    files: &BTreeMap<String, Vec<u8>>,
    ids: &BTreeMap<&str, BTreeSet<String>>,
    name: &str,
    link: &str,
) -> Option<String> {
    if ["http://", "https://", "mailto:"].iter().any(|it| link.starts_with(it)) {
        return None;
    }
    let (path, fragment) = link.split_once('#').unwrap_or((link, ""));
    let mut target: Vec<&str> = name.split('/').collect();
    target.pop();
    let path = decoded(path);
    for part in path.split('/').filter(|it| !it.is_empty()) {
        if part == ".." && target.pop().is_none() {
            return Some(format!("{name}: {link} leads out"));
        } else if part != ".." {
            target.push(part);
        }
    }
    let target = if path.is_empty() { name.to_owned() } else { target.join("/") };
    if path.starts_with('/') || path.contains('?') || !files.contains_key(&target) {
        return Some(format!("{name}: {link} leads to no file"));
    }
    let fragment = decoded(fragment);
    let is_there = fragment.is_empty() || ids.get(&*target).is_some_and(|ids| ids.contains(&fragment));
    (!is_there).then(|| format!("{name}: {link} has no such place"))
}

fn faults(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let pages: BTreeMap<&str, String> = files
        .iter()
        .filter(|(name, _)| name.ends_with(".html"))
        .map(|(name, bytes)| (name.as_str(), String::from_utf8(bytes.clone()).expect("pages are UTF-8")))
        .collect();
    let ids = pages.iter().map(|(name, page)| (*name, values(page, "id").into_iter().map(str::to_owned).collect()));
    let ids: BTreeMap<&str, BTreeSet<String>> = ids.collect();
    let mut faults = Vec::new();
    for (name, page) in &pages {
        for link in ["href", "src", "action"].iter().flat_map(|attribute| values(page, attribute)) {
            faults.extend(fault(files, &ids, name, link));
        }
        for word in ["data-served", "data-live", "http://localhost", "type=\"module\""] {
            faults.extend(page.contains(word).then(|| format!("{name}: {word}")));
        }
    }
    faults
}

/// The sample knowledge base in git, with what documents can hold besides.
fn sample() -> Repository {
    let repository = Repository::new();
    repository.0.copy_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("incidents"), ".");
    let odd = "# Odd: names #1\n\n**Date:** 2025-02-03\n\nSee [it](no%20one.md), [cause](A%20b%23c.md#root-cause), \
               [gone](A%20b%23c.md#gone), [nowhere](#nowhere) and [up](../2025/A%20b%23c.md).\n\n![graph](graph.png) ![acts](acts.svg)\n\n\
               [acts](acts.svg)\n\n## Root cause\n\nA cable.\n\n## Action items\n\n- [ ] Label the cable (owner: Ana)\n";
    repository.0.write("2025/A b#c.md", odd);
    repository.0.write("2025/a B#C.md", "# The same in other letters\n");
    repository.0.write("2025/graph.png", b"\x89PNG\r\n");
    repository.0.write("2025/acts.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>");
    repository.git("2026-01-02", &["add", "-A"]);
    repository.commit("2026-01-02", &[("one.md", "# Pool empty\n\n## Action items\n\n- [ ] Raise the limit\n")]);
    repository.commit("2026-01-05", &[("one.md", "# Pool empty\n\n## Action items\n\n- [x] Raise the limit\n")]);
    repository
}

#[test]
fn every_link_of_every_page_leads_to_a_place_that_is_there() {
    let repository = sample();
    let (run, files) = exported(&repository.0, &[]);
    assert!(run.stderr.contains("was written: 36 documents"), "{run}");
    assert_eq!(faults(&files), Vec::<String>::new());
    for name in
        ["index.html", "ledger.html", "ledger.csv", "actions.csv", "incidents.csv", "search.html", "causes.html"]
    {
        assert!(files.contains_key(name), "{name}");
    }
    assert!(text(&files, "ledger.html").contains("Raise the limit"));
    assert!(text(&files, "index.html").contains("from commit <span class=\"id\">"));
    let odd = text(&files, "d/2025/A~20.b~23.c.md.html");
    assert!(odd.contains("<img") && files.contains_key("files/2025/graph.png"), "an image is shown");
    assert!(!files.contains_key("files/2025/acts.svg"), "a drawing that acts is left out");
    assert!(files.contains_key("d/2025/a~20.B~23.C.md~2.html"), "no two names differ by capitals only");
}

const KEPT: &str = "---\nid: INC-1\ndate: 2025-03-01\nseverity: high\nservices: [db]\n---\n# Disk full\n\nAs in INC-2.\n\n\
                    ## Root cause\n\nThe log volume was full.\n";
const OTHER: &str = "---\nid: INC-2\ndate: 2025-04-01\nseverity: low\nservices: [wombat]\ntags: [quokka-tag]\nowner: narwhal\n\
                     references: [INC-1]\n---\n# Zanzibar\n\nThe axolotl, as in INC-1. ![okapi](okapi.png)\n\n## Root cause\n\n\
                     The log volume was full of pangolin.\n\n## Action items\n\n- [ ] Tame the ibex\n";

#[test]
fn of_what_is_left_out_no_file_says_anything() {
    let repository = Repository::new();
    repository.0.write("ris.toml", "");
    repository.0.write("taxonomy.yaml", "version: 1\ntags:\n- name: quokka-tag\n  title: Quokka\n");
    repository.commit("2026-01-02", &[("lynx/okapi.png", "okapi"), ("lynx/other.md", OTHER), ("disk.md", KEPT)]);
    repository.git("2026-01-02", &["commit", "-q", "--amend", "-m", "marmot"]);
    let words = [
        "zanzibar",
        "wombat",
        "quokka",
        "narwhal",
        "axolotl",
        "okapi",
        "pangolin",
        "ibex",
        "lynx",
        "marmot",
        "2025-04-01",
    ];
    let (run, files) = exported(&repository.0, &["--severity", "high"]);
    assert!(run.stderr.contains("was written: 1 document,"), "{run}");
    assert_eq!(that_tell(&files, &words), Vec::<String>::new());
    assert_eq!(faults(&files), Vec::<String>::new());
    let page = text(&files, "d/disk.md.html");
    assert!(page.contains("INC-2") && page.contains("not in this copy"), "its own words stay");
    assert!(page.contains("It holds a part, 1 document;"), "{page}");
    assert!(!files.contains_key("ledger.html"), "what became of items is told by commits of all documents");
    let all = exported(&repository.0, &[]).1;
    let told: BTreeSet<String> =
        that_tell(&all, &words).iter().map(|it| it.split(": ").last().unwrap_or("").to_owned()).collect();
    assert_eq!(told.len(), words.len(), "all are told of the whole: {told:?}");
}

const SECRETS: &str = "---\nid: INC-7\ndate: 2025-03-01\npassword: Kx7-winter9!\n---\n# Leak of Kx7-winter9!\n\nSSN 536-22-8726 \
                       was mailed. ![drawing](leak.svg)\n\n## Root cause\n\nSomebody typed Kx7-winter9! into a log.\n\n\
                       ## Action items\n\n- [ ] Change password = Tulip-4-night! everywhere\n";

#[test]
fn secrets_and_data_of_patients_are_taken_out_everywhere() {
    let repository = Repository::new();
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg'><text>password = Rose-7-river!</text></svg>";
    repository.commit("2026-01-02", &[("leak.md", SECRETS), ("leak.svg", drawing)]);
    repository.commit("2026-01-03", &[("leak.md", &format!("{SECRETS}\nEnd.\n"))]);
    repository.git("2026-01-03", &["commit", "-q", "--amend", "-m", "password = Daisy-3-field!"]);
    let values = ["winter9", "8726", "tulip-4", "rose-7", "daisy-3"];
    let (run, files) = exported(&repository.0, &[]);
    assert_eq!(that_tell(&files, &values), Vec::<String>::new());
    assert!(run.stderr.contains("5 values in 1 document"), "{run}");
    assert!(text(&files, "index.html").contains("(5 values) and reads"));
    assert!(text(&files, "raw/leak.md.txt").contains("password: (removed)\n"));
    assert!(text(&files, "ledger.html").contains("(removed)"));
    let (run, files) = exported(&repository.0, &["--with-sensitive"]);
    assert!(!run.stderr.contains("taken out"), "{run}");
    let told = that_tell(&files, &values);
    for value in values {
        assert!(told.iter().any(|it| it.ends_with(value)), "{value}: {told:?}");
    }
}

#[test]
fn a_document_tells_what_became_of_its_items_without_what_was_secret_in_them() {
    let repository = Repository::new();
    let items = |items: &str| format!("# Pool empty\n\n**Date:** 2026-01-01\n\n## Action items\n\n{items}");
    repository.commit("2026-01-01", &[("other.md", "# Other\n")]);
    let secret = "- [ ] Change password = Lilac-5-field! everywhere\n";
    repository.commit("2026-01-02", &[("one.md", &items(&format!("- [ ] Raise the limit\n{secret}")))]);
    repository.commit("2026-01-05", &[("one.md", &items("- [x] Raise the limit\n"))]);
    let (_, files) = exported(&repository.0, &[]);
    let page = text(&files, "d/one.md.html");
    assert!(page.contains("done after 3 days"), "{page}");
    assert!(page.contains("id=\"ris-dropped\"") && page.contains("Change password = (removed) everywhere"), "{page}");
    assert_eq!(that_tell(&files, &["lilac"]), Vec::<String>::new());
    let (_, files) = exported(&repository.0, &["--in", "2026"]);
    assert!(!text(&files, "d/one.md.html").contains("done after"), "commits of a part tell nothing");
}

fn two() -> Sandbox {
    Sandbox::new().file("ris.toml", "").file("disk.md", KEPT).file("other.md", OTHER)
}

#[test]
fn the_same_files_on_the_same_day_give_the_same_bytes() {
    let clock = "---\nbreach-assessment:\n  discovered: 2026-01-12 12:00 UTC\n  regimes: [GDPR]\n---\n# Export in a public bucket\n";
    let sandbox = two().file("breach.md", clock);
    for (out, at) in [("../a", "2026-01-15T01:00:00Z"), ("../b", "2026-01-15T22:30:00Z")] {
        let run = sandbox.run_with(["export", out], "", &[("RIS_NOW", at)]);
        assert_eq!(run.code, 0, "{run}");
        // Another index, in which documents may lie in another order.
        std::fs::remove_dir_all(sandbox.path(".ris")).expect("the index can be deleted");
    }
    let (a, b) = (files(&sandbox.path("../a")), files(&sandbox.path("../b")));
    let differing: Vec<&String> = a.keys().filter(|name| a.get(*name) != b.get(*name)).collect();
    assert!(a.len() > 20 && a.len() == b.len() && differing.is_empty(), "{differing:?}");
}

#[test]
fn an_export_takes_the_place_of_an_earlier_one_and_of_nothing_else() {
    let sandbox = two();
    assert!(exported(&sandbox, &[]).1.contains_key("d/other.md.html"));
    std::fs::remove_file(sandbox.path("other.md")).expect("a file can be deleted");
    let left: Vec<String> = exported(&sandbox, &[]).1.into_keys().filter(|it| it.contains("other")).collect();
    assert_eq!(left, Vec::<String>::new());
    sandbox.write("../out/mine.txt", "mine");
    let run = sandbox.run(["export", "../out"]);
    assert_eq!(run.code, 2, "{run}");
    assert!(run.stderr.contains("holds `mine.txt`, which is no part of an earlier export"), "{run}");
    assert!(run.stderr.contains("hint: name a new folder"), "{run}");
    assert!(files(&sandbox.path("../out")).contains_key("mine.txt"));
    let beside: Vec<String> = files(&sandbox.path("..")).into_keys().filter(|it| it.contains(".out")).collect();
    assert_eq!(beside, Vec::<String>::new(), "nothing is left beside it");
}

#[test]
fn pages_are_never_read_as_documents() {
    let sandbox = two();
    let run = sandbox.run(["export", "public"]);
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(sandbox.run(["list", "--format", "json"]).json()["total"], 2);
    sandbox.write("ris.toml", "include = [\"**\"]\n");
    let run = sandbox.run(["export", "site"]);
    assert_eq!(run.code, 2, "{run}");
    assert!(run.stderr.contains("the pages would be read as documents"), "{run}");
    assert!(!sandbox.path("site").exists());
}

#[test]
fn programs_are_told_what_was_written() {
    let sandbox = two();
    let (run, files) = exported(&sandbox, &["--format", "json", "--severity", "high"]);
    let told = run.json();
    assert_eq!((told["schema"].as_i64(), told["documents"].as_i64()), (Some(1), Some(1)), "{told}");
    assert_eq!((told["is_part"].as_bool(), told["masked"].as_i64()), (Some(true), Some(0)), "{told}");
    assert_eq!(told["on"], "2026-01-15");
    // The list of files is not one of them.
    assert_eq!(told["files"].as_u64(), Some(files.len() as u64 - 1), "{told}");
    let run = sandbox.run(["export", "../none", "--service", "dbb"]);
    assert_eq!(run.code, 2, "{run}");
    assert!(
        run.stderr.contains("there is no document to be copied") && run.stderr.contains("did you mean `db`?"),
        "{run}"
    );
    assert!(!sandbox.path("../none").exists());
}
