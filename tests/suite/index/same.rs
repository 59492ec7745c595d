//! Answers depend on the files, not on how the index came about.

use std::collections::BTreeMap;
use std::fs::File;
use std::time::{Duration, SystemTime};

use proptest::prelude::*;
use ris::kb::{KnowledgeBase, LogRequest, NameField, SearchRequest, Sort};

use super::support::{Folder, sync};

const CAUSES: [&str; 5] = ["disk-full", "config-drift", "certificate-expiry", "dns-failure", "memory-leak"];
const SERVICES: [&str; 4] = ["portal", "ledger", "claims-db", "gateway"];
const NAMES: [&str; 6] = ["cache_main", "queue-depth", "LedgerPool", "upload_retry", "claims.internal", "max_slots"];
const WORDS: [&str; 12] = [
    "heron",
    "pelican",
    "ostrich",
    "kingfisher",
    "plover",
    "avocet",
    "bittern",
    "curlew",
    "dunlin",
    "egret",
    "fulmar",
    "gannet",
];
const QUERIES: [&str; 14] = [
    "heron",
    "heron pelican ostrich",
    "plover avocet bittern curlew dunlin",
    "herons OR egret",
    "\"heron sat\"",
    "kingfish",
    "pelicon",
    "ganet",
    "claims.int",
    "queue-depth gannet",
    "e*",
    "Die Platte war voll",
    "tag:disk-full",
    "service:portal fulmar",
];

/// One thing that happens to a folder between two syncs.
#[derive(Debug, Clone)]
enum Step {
    /// A file gets this content, whether it is there or not.
    Write(usize, u64),
    Touch(usize),
    Delete(usize),
    Rename(usize, usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let file = 0..40_usize;
    let step = prop_oneof![
        4 => (file.clone(), any::<u64>()).prop_map(|(at, seed)| Step::Write(at, seed)),
        1 => file.clone().prop_map(Step::Touch),
        2 => file.clone().prop_map(Step::Delete),
        1 => (file.clone(), file).prop_map(|(from, to)| Step::Rename(from, to)),
    ];
    prop::collection::vec(step, 1..14)
}

fn path(at: usize) -> String {
    format!("{}/report-{at:02}.md", 2020 + at % 3)
}

/// A report that shares causes, services, names and words with others in every mixture.
fn report(at: usize, mut seed: u64) -> String {
    let mut pick = |count: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % count
    };
    let (cause, service, name) = (CAUSES[pick(5)], SERVICES[pick(4)], NAMES[pick(6)]);
    let words: Vec<&str> = (0..2 + pick(9)).map(|_| WORDS[pick(12)]).collect();
    let title = format!("{} {} {}", WORDS[pick(12)], WORDS[pick(12)], if pick(3) == 0 { name } else { "" });
    let cited = if pick(4) == 0 { format!("As in INC-{}.", pick(40)) } else { String::new() };
    let german =
        if pick(12) == 0 { "Die Platte war voll, und niemand hat es bemerkt, weil der Alarm fehlte.\n\n" } else { "" };
    format!(
        "---\nid: INC-{at}\nkind: incident\ndate: 2025-{:02}-{:02}\ntags: [{cause}]\nservices: [{service}]\nowner: Ada{}\n---\n\
         # {title}\n\n## Root cause\n\nThe heron sat on `{name}`: {}.\n\n{german}## Actions\n\n- [ ] Watch {}\n\n{cited}\n",
        pick(12) + 1,
        pick(28) + 1,
        pick(5),
        words.join(" "),
        WORDS[pick(12)],
    )
}

fn take(folder: &Folder, step: &Step) {
    let at = |at: usize| folder.path().join(path(at));
    match *step {
        Step::Write(file, seed) => folder.write(&path(file), &report(file, seed)),
        Step::Touch(file) => {
            if let Ok(file) = File::options().append(true).open(at(file)) {
                file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000)).unwrap();
            }
        }
        // What is not there need not go.
        Step::Delete(file) => drop(std::fs::remove_file(at(file))),
        Step::Rename(from, to) => {
            std::fs::create_dir_all(at(to).parent().unwrap()).unwrap();
            drop(std::fs::rename(at(from), at(to)));
        }
    }
}

/// Everything that is asked, with all that is answered.
fn answers(kb: &KnowledgeBase) -> BTreeMap<String, String> {
    let mut answers = BTreeMap::new();
    for file in 0..40 {
        if let Ok(parsed) = kb.read(&path(file)) {
            answers.insert(format!("related {}", path(file)), format!("{:#?}", kb.related(&parsed, 50).unwrap()));
            let mentions = kb.mentions(&parsed.document, 2).unwrap();
            answers.insert(format!("mentions {}", path(file)), format!("{mentions:#?}"));
        }
    }
    for query in QUERIES {
        for sort in [Sort::Relevance, Sort::Date] {
            let request = SearchRequest { limit: 100, sort, with_facets: true, ..SearchRequest::new(query) };
            let found = kb.search(&request).unwrap();
            answers.insert(format!("search {query} {sort:?}"), format!("{found:#?}"));
        }
        answers.insert(format!("unknown {query}"), format!("{:#?}", kb.unknown_words(query)));
    }
    let paste = "ERROR heron pelican: cache_main refused\nupload_retry: curlew at claims.internal:6379\nostrich avocet";
    let log = kb.search_log(&LogRequest { text: paste.to_owned(), limit: 10, within: None }).unwrap();
    answers.insert("log".to_owned(), format!("{log:#?}"));
    for field in [NameField::Id, NameField::Service, NameField::Tag, NameField::Owner] {
        answers.insert(format!("names {field:?}"), format!("{:#?}", kb.known_names(field, "", 8).unwrap()));
    }
    answers.insert("near".to_owned(), format!("{:#?}", kb.find("INC-9x").unwrap()));
    answers.insert("advice".to_owned(), format!("{:#?}", kb.search_advice("owner:zoe service:ledge").unwrap()));
    answers
}

/// Returns what is answered after all steps, a sync after each, and by an index of nothing but the files left.
fn both(steps: &[Step]) -> [BTreeMap<String, String>; 2] {
    let folder = Folder::new(&[]);
    (0..30).for_each(|at| folder.write(&path(at), &report(at, at as u64)));
    let kb = folder.open();
    sync(&kb);
    for step in steps {
        take(&folder, step);
        sync(&kb);
    }
    let updated = answers(&kb);
    kb.rebuild(&|_| {}).unwrap();
    [updated, answers(&kb)]
}

fn assert_same(steps: &[Step]) {
    let [updated, rebuilt] = both(steps);
    assert!(rebuilt.values().any(|it| it.contains("reasons")));
    for (question, answer) in &rebuilt {
        assert_eq!(updated.get(question), Some(answer), "{question}");
    }
}

#[test]
fn a_file_that_was_touched_changes_no_answer() {
    assert_same(&(0..12).map(Step::Touch).collect::<Vec<_>>());
}

#[test]
fn what_was_there_and_has_gone_changes_no_answer() {
    let gone = (30..40).flat_map(|at| [Step::Write(at, at as u64), Step::Delete(at)]);
    let undone = (0..10).flat_map(|at| [Step::Write(at, 77), Step::Write(at, at as u64)]);
    assert_same(&gone.chain(undone).collect::<Vec<_>>());
}

#[test]
fn a_file_that_takes_the_place_of_another_changes_no_answer() {
    assert_same(&[Step::Write(36, 1_710_952_682_109_529_706), Step::Touch(20), Step::Rename(25, 26)]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_index_that_was_updated_answers_as_one_that_was_rebuilt(steps in steps()) {
        assert_same(&steps);
    }
}
