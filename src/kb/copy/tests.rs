use super::*;
use crate::kb::Found;

fn kb(files: &[(&str, &str)]) -> (TempDir, KnowledgeBase) {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let full = folder.path().join(path);
        std::fs::create_dir_all(full.parent().unwrap()).unwrap();
        std::fs::write(full, text).unwrap();
    }
    let clock = Clock::Fixed("2026-01-15T12:00:00Z".parse().unwrap());
    let options = OpenOptions { root: Some(folder.path().into()), current_dir: folder.path().into(), clock };
    let kb = KnowledgeBase::open(&options).unwrap();
    kb.sync(&|_| {}).unwrap();
    (folder, kb)
}

const DISK: &str = "---\nid: INC-1\ndate: 2025-03-01\nseverity: high\n---\n# Disk full\n\nSee INC-2.\n";
const POOL: &str = "---\nid: INC-2\ndate: 2025-04-01\nseverity: low\n---\n# Pool empty\n\npassword = Kx7-winter9!\n";

#[test]
fn a_part_knows_nothing_of_the_rest() {
    let (_folder, kb) = kb(&[("a.md", DISK), ("b.md", POOL)]);
    let only = Some(SearchRequest::new("severity:high"));
    let copy = kb.copied(&CopyRequest { only, with_sensitive: false }, &|_| {}).unwrap();
    assert_eq!((copy.about.documents, copy.about.masked, copy.about.is_part), (1, 0, true));
    assert!(matches!(copy.kb.find("INC-1").unwrap(), Found::One(_)));
    assert!(matches!(copy.kb.find("INC-2").unwrap(), Found::None(near) if !near.contains(&"INC-2".to_owned())));
    assert_eq!(copy.kb.status().unwrap().found, 1);
}

#[test]
fn what_must_not_leave_the_house_is_in_no_file_of_the_copy() {
    for with_sensitive in [false, true] {
        let (_folder, kb) = kb(&[("a.md", DISK), ("b.md", POOL)]);
        let copy = kb.copied(&CopyRequest { only: None, with_sensitive }, &|_| {}).unwrap();
        let text = copy.kb.read("b.md").unwrap().text;
        assert_eq!(text.contains("winter9"), with_sensitive, "{text}");
        assert_eq!((copy.about.masked, copy.about.masked_documents), if with_sensitive { (0, 0) } else { (1, 1) });
        assert_eq!(copy.kb.read("a.md").unwrap().text, DISK);
    }
}

#[test]
fn a_name_that_must_not_leave_the_house_stays_there_and_takes_none_away() {
    let names = ["ssn 536-22-8726.md", "ssn 536-22-8727.md", "a.md"];
    let (_folder, kb) = kb(&names.map(|name| (name, DISK)));
    let copy = kb.copied(&CopyRequest::default(), &|_| {}).unwrap();
    let paths: Vec<String> = copy.kb.paths_of(None).unwrap();
    assert_eq!(paths, ["a.md", "ssn (removed)-2.md", "ssn (removed).md"]);
    assert_eq!((copy.about.documents, copy.about.masked), (3, 2));
}

#[test]
fn a_copy_tells_everything_as_of_the_end_of_its_day() {
    let (_folder, kb) = kb(&[("a.md", DISK)]);
    let copy = kb.copied(&CopyRequest::default(), &|_| {}).unwrap();
    assert_eq!(copy.kb.today(), copy.about.on);
    assert_eq!(end_of_day("2026-01-15T12:00:00+02:00".parse().unwrap()).to_rfc3339(), "2026-01-15T21:59:00+00:00");
}

#[test]
fn nothing_is_copied_where_nothing_is_found() {
    let (_folder, kb) = kb(&[("a.md", DISK)]);
    let only = Some(SearchRequest::new("severity:low"));
    let refused = kb.copied(&CopyRequest { only, with_sensitive: false }, &|_| {}).unwrap_err();
    assert_eq!(refused.to_string(), "there is no document to be copied");
}
