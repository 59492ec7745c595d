//! The ledger of action items in the browser.

use git2::{IndexAddOption, Oid, Repository, Signature, Time};
use ris::kb::{KnowledgeBase, LedgerRequest};
use tempfile::TempDir;

use super::Site;
use super::site::{open, write};

/// A folder in git.
pub(super) struct Repo {
    folder: TempDir,
    git: Repository,
}

impl Repo {
    /// Returns a folder whose history begins on 1 September 2025.
    pub(super) fn new() -> Self {
        Self::begun(&[])
    }

    /// Returns a folder whose history begins with these files.
    pub(super) fn begun(files: &[(&str, &str)]) -> Self {
        let folder = write(&[("README.txt", "Incidents.\n"), (".gitignore", ".ris/\n")]);
        let git = Repository::init(folder.path()).unwrap();
        let repo = Self { folder, git };
        repo.commit("2025-09-01", "Ana", files);
        repo
    }

    /// Returns the story of a document whose items are written, done, put off and dropped; what was done last is not committed.
    pub(super) fn queue() -> Self {
        let repo = Self::new();
        repo.commit("2025-10-01", "Ana", &[("queue.md", &document(ITEMS))]);
        let done = ITEMS.replace("- [ ] Add", "- [x] Add").replace("2025-11-01", "2025-12-24");
        repo.commit("2025-11-10", "Bo", &[("queue.md", &document(&done))]);
        let dropped = done.replace("- [ ] Write a runbook\n", "");
        repo.commit("2026-01-20", "Ana", &[("queue.md", &document(&dropped))]);
        repo.put("queue.md", &document(&dropped.replace("- [ ] Raise", "- [x] Raise")));
        repo
    }

    /// Writes a file.
    pub(super) fn put(&self, path: &str, text: &str) {
        std::fs::write(self.folder.path().join(path), text).unwrap();
    }

    /// Commits everything, with these files, at noon of a day.
    pub(super) fn commit(&self, day: &str, who: &str, files: &[(&str, &str)]) -> Oid {
        files.iter().for_each(|(path, text)| self.put(path, text));
        let mut index = self.git.index().unwrap();
        index.add_all(["*"], IndexAddOption::DEFAULT, None).unwrap();
        index.write().unwrap();
        let tree = self.git.find_tree(index.write_tree().unwrap()).unwrap();
        let day: chrono::NaiveDate = day.parse().unwrap();
        let at = Time::new(day.and_hms_opt(12, 0, 0).unwrap().and_utc().timestamp(), 0);
        let who = Signature::new(who, "who@example.com", &at).unwrap();
        let parent = self.git.head().ok().map(|head| head.peel_to_commit().unwrap());
        let parents: Vec<_> = parent.iter().collect();
        self.git.commit(Some("HEAD"), &who, &who, "change", &tree, &parents).unwrap()
    }

    /// Deletes what git keeps of this text.
    fn forget(&self, text: &str) {
        let id = self.git.blob(text.as_bytes()).unwrap().to_string();
        std::fs::remove_file(self.folder.path().join(".git/objects").join(&id[..2]).join(&id[2..])).unwrap();
    }

    /// Opens the knowledge base, its index up to date.
    fn kb(&self) -> KnowledgeBase {
        let kb = open(self.folder.path());
        kb.sync(&|_| {}).unwrap();
        kb
    }

    /// Returns the pages.
    pub(super) fn site(self) -> Site {
        Site::over(self.folder)
    }
}

const ITEMS: &str = "- [ ] Add an alert (owner: @ana)\n- [ ] Raise the limit (due: 2025-11-01)\n- [ ] Write a runbook\n\
                     - [ ] Test the restore (owner: @bo)\n";

fn document(items: &str) -> String {
    format!("---\nid: INC-1\ndate: 2025-09-28\n---\n# Queue stuck\n\n## Action items\n\n{items}")
}

#[test]
fn numbers_say_what_became_of_the_items() {
    let page = Repo::queue().site().get("/ledger").ok();
    let numbers = page.element("<dl class=\"numbers\"");
    assert_eq!(
        numbers,
        "Written 4 Done 2 median 95.5 days, n = 2 Put off 1 Dropped 1 Open before → after 0 → 1",
        "{}",
        page.text()
    );
    assert_eq!(page.element("<dd class=\"alarming\""), "1", "what was dropped is bad");
    assert!(page.element("<title").starts_with("What became of action items ·"), "no filter is set");
}

#[test]
fn entries_lead_to_their_lines_and_say_who_and_when() {
    let page = Repo::queue().site().get("/ledger").ok();
    let text = page.text();
    let rows: Vec<&str> = text.split("<tbody>").last().unwrap().split("<tr>").skip(1).collect();
    let plain: Vec<String> = rows.iter().map(|row| super::site::plain(&format!("<tr>{row}"))).collect();
    assert_eq!(rows.len(), 8, "{plain:?}");
    assert_eq!(plain[0], "1 Mar 2026 done after 151 days Raise the limit Queue stuck not committed");
    assert!(plain[1].starts_with("20 Jan 2026 dropped after 111 days Write a runbook Queue stuck Ana "), "{plain:?}");
    assert!(plain[2].starts_with("10 Nov 2025 done after 40 days Add an alert Queue stuck Bo "), "{plain:?}");
    assert!(plain[3].starts_with("10 Nov 2025 due 2025-11-01 → 2025-12-24 Raise the limit"), "{plain:?}");
    assert!(plain[7].starts_with("1 Oct 2025 written"), "{plain:?}");
    assert!(rows[0].contains(r#"href="/d/queue.md?line=10#ris-passage""#), "{}", rows[0]);
    assert!(!rows[1].contains("?line=") && rows[1].contains(r#"href="/d/queue.md""#), "it is gone: {}", rows[1]);
    assert_eq!(text.matches("not committed").count(), 1);
}

#[test]
fn period_event_owner_and_class_narrow_the_list() {
    let site = Repo::queue().site();
    let rows = |url: &str| site.get(url).ok().text().matches("<td class=\"happened\">").count();
    assert_eq!(rows("/ledger?what=dropped"), 1);
    assert_eq!(rows("/ledger?owner=ana"), 2);
    assert_eq!(rows("/ledger?owner=%40nobody"), 5);
    assert_eq!(rows("/ledger?class=checklist"), 0);
    assert_eq!(rows("/ledger?from=2025-11-01&to=2025-12-31"), 2);
    assert_eq!(rows("/ledger?from=&to="), 8);
    let before = site.get("/ledger?to=2025-10-31").ok();
    assert!(before.element("<dl class=\"numbers\"").ends_with("0 → 4"), "{}", before.text());
    let told = site.get("/ledger?what=gone&from=soon&class=zz").ok().text();
    for what in ["gone</code> is no event", "soon</code> is no day", "zz</code> is no class"] {
        assert!(told.contains(what), "{what}: {told}");
    }
    let filters = site.get("/ledger?what=done&owner=bo").ok();
    assert_eq!(filters.element("<summary"), "Filters 2");
    assert!(filters.text().contains("Nothing of this kind happened"), "{}", filters.text());
}

#[test]
fn the_chart_has_a_table_and_csv_behind_it() {
    let site = Repo::queue().site();
    let page = site.get("/ledger?from=2025-09-15&to=2026-02-28").ok();
    let text = page.text();
    assert!(text.contains("<title>Oct 2025, Open at the end of the month: 4 action items</title>"), "{text}");
    assert!(text.contains("<title>Nov 2025, Done: 1 action item</title>"), "{text}");
    assert!(!text.contains("style="), "the policy forbids it");
    let url = "/ledger/by-time.csv?from=2025-09-15&to=2026-02-28";
    assert!(text.contains(&url.replace('&', "&#38;")), "{text}");
    assert_eq!(
        site.get(url).ok().text(),
        "period,written,done,dropped,open at the end\r\nOct 2025,4,0,0,4\r\nNov 2025,0,1,0,3\r\nDec 2025,0,0,0,3\r\n\
         Jan 2026,0,0,1,2\r\nFeb 2026,0,0,0,2\r\n",
        "nothing before the first that was written"
    );
    assert_eq!(site.get("/ledger/nope.csv").status, 404);
}

#[test]
fn the_list_is_csv_too_and_refused_for_what_it_does_not_know() {
    let site = Repo::queue().site();
    let csv = site.get("/ledger.csv?what=dropped").ok();
    assert_eq!(csv.header("content-disposition"), "attachment; filename=\"ledger.csv\"");
    let text = csv.text();
    let mut lines = text.lines();
    assert!(lines.next().unwrap().starts_with("day,what,from,to,days_since_written,by,commit,action,"), "{text}");
    let row = lines.next().unwrap();
    assert!(row.starts_with("2026-01-20,dropped,,,111,Ana,") && row.contains(",Write a runbook,action,gone,"), "{row}");
    assert_eq!(lines.next(), None);
    assert_eq!(site.get("/ledger.csv").ok().text().lines().count(), 9);
    for url in ["/ledger.csv?what=gone", "/ledger.csv?from=soon", "/ledger/by-time.csv?class=zz"] {
        assert_eq!(site.get(url).status, 400, "{url}");
    }
}

#[test]
fn many_entries_have_pages() {
    let repo = Repo::new();
    let items: String = (1..=60).map(|at| format!("- [ ] Replace disk {at}\n")).collect();
    repo.commit("2025-10-01", "Ana", &[("a.md", &document(&items))]);
    let site = repo.site();
    let first = site.get("/ledger").ok();
    assert_eq!(first.element("<nav class=\"pages\""), "Page 1 of 2 Next →");
    assert!(first.text().contains("<strong>60 entries</strong>") && first.text().contains("/ledger?page=2"));
    let second = site.get("/ledger?page=2").ok().text();
    assert_eq!(second.matches("<td class=\"happened\">").count(), 10, "{second}");
}

#[test]
fn outside_of_git_a_sentence_says_so() {
    let site = Site::new();
    let page = site.get("/ledger").ok();
    let said = page.element("<p class=\"notice\"");
    assert_eq!(
        said,
        "What became of action items is told by commits, and this folder is in no git repository: make one with git init , \
         and commit."
    );
    assert!(!page.text().contains("class=\"numbers\""), "nothing is known, which is not none: {}", page.text());
    assert_eq!(site.get("/ledger.csv").status, 404);
}

#[test]
fn a_shallow_clone_is_said_to_tell_less() {
    let repo = Repo::queue();
    let first = repo.git.head().unwrap().peel_to_commit().unwrap().id();
    std::fs::write(repo.folder.path().join(".git/shallow"), format!("{first}\n")).unwrap();
    let notice = repo.site().get("/ledger").ok().element("<p class=\"notice\"");
    assert_eq!(notice, "The commits may not tell all: the clone is shallow: older commits are not in it.");
    assert_eq!(Repo::queue().site().get("/ledger").ok().element("<p class=\"notice\""), "");
}

#[test]
fn the_lists_of_items_lead_to_each_other() {
    let site = Site::new();
    let link = r#"<a href="/ledger">What became of them</a>"#;
    assert!(site.get("/actions").ok().text().contains(link));
    assert!(site.get("/actions?owner=li&state=all").ok().text().contains(r#"href="/ledger?owner=li""#));
    assert!(site.get("/ledger").ok().text().contains(r#"<a href="/actions">"#));
    assert!(site.get("/insights").ok().text().contains(r#"href="/ledger""#));
}

#[test]
fn while_commits_are_read_a_page_says_so_and_looks_again() {
    let repo = Repo::queue();
    let site = Site::prepared(repo.folder, |kb| {
        assert!(kb.read_history_ahead(std::time::Duration::ZERO).unwrap(), "there is more to read");
    });
    let page = site.get("/ledger").ok();
    assert!(page.element("<p class=\"notice\"").starts_with("The commits are still being read."), "{}", page.text());
    assert_eq!(page.header("refresh"), "2");
    assert!(!page.text().contains("class=\"numbers\""), "{}", page.text());
}

#[test]
fn one_reads_and_nobody_else_waits_or_reads_the_same() {
    let repo = Repo::queue();
    let (kb, read) = (&repo.kb(), std::sync::atomic::AtomicUsize::new(0));
    let ask = || {
        let begins = |at: ris::kb::Progress| {
            read.fetch_add(usize::from(at.done == 0), std::sync::atomic::Ordering::Relaxed);
            assert!(kb.ledger_at_hand().unwrap().is_none(), "it is being read");
            assert_eq!(kb.ledger_progress(), Some(at));
        };
        kb.ledger(&LedgerRequest::default(), &begins).unwrap();
    };
    std::thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(ask))));
    assert_eq!(read.into_inner(), 1);
    assert!(kb.ledger_at_hand().unwrap().is_some() && kb.ledger_progress().is_none());
}

#[test]
fn a_document_that_is_as_it_was_is_not_read_again() {
    let repo = Repo::new();
    let open_items = document("- [ ] Replace the disk\n");
    repo.commit("2025-10-01", "Ana", &[("a.md", &open_items), ("b.md", &document("- [ ] Order a disk\n"))]);
    repo.commit("2025-10-08", "Bo", &[("a.md", &document("- [x] Replace the disk\n"))]);
    let kb = repo.kb();
    let told = || {
        kb.sync(&|_| {}).unwrap();
        let found = kb.ledger(&LedgerRequest { limit: 9, ..LedgerRequest::default() }, &|_| {}).unwrap();
        let entries = found.entries.iter().map(|it| format!("{} {}", it.text, it.what.as_str()));
        entries.collect::<Vec<_>>().join(", ")
    };
    let written = "Replace the disk written, Order a disk written";
    assert_eq!(told(), format!("Replace the disk done, {written}"));
    // What is read again now lacks a version.
    repo.forget(&open_items);
    repo.put("b.md", &document("- [x] Order a disk\n"));
    assert_eq!(told(), format!("Order a disk done, Replace the disk done, {written}"));
    repo.commit("2025-11-01", "Ana", &[]);
    assert_eq!(told(), format!("Order a disk done, Replace the disk done, {written}"));
}
