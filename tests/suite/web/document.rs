use axum::http::StatusCode;

use super::Site;
use super::site::{PLAN, REDIS};

#[test]
fn the_document_is_rendered_under_its_title() {
    let page = Site::new().get("/d/2025/redis.md").ok();
    let text = page.text();
    assert_eq!(page.element("<h1"), "Uploads stuck: wrong Redis hostname");
    assert_eq!(text.matches("<h1").count(), 1);
    let plan = Site::with(&[("a.md", "# redis-sessions is down\n\nIt is.\n")]).get("/d/a.md").ok().text();
    assert!(plan.contains("<h1 dir=\"auto\"><span class=\"nowrap\">redis-sessions</span> is down</h1>"), "{plan}");
    assert!(text.contains(r#"<h2 id="root-cause">Root Cause<a class="anchor""#), "{text}");
    assert!(text.contains(r##"<a href="#root-cause" dir="auto">Root Cause</a>"##), "{text}");
    assert!(text.contains(r#"<code class="language-bash">vault write"#), "{text}");
    assert!(text.contains(r#"<p data-line="10">The secret held"#), "{text}");
}

#[test]
fn links_and_images_of_the_knowledge_base_work() {
    let site = Site::new();
    std::fs::write(site.path().join("2025/graph.png"), "PNG").unwrap();
    let text = site.get("/d/2025/redis.md").ok().text();
    assert!(text.contains(r#"href="/d/2025/plan.md#steps""#) && !text.contains("dangling"), "{text}");
    assert!(text.contains(r#"src="/files/2025/graph.png""#), "{text}");
}

#[test]
fn links_that_lead_nowhere_are_marked() {
    let text = "# Links\n\n[gone](../2024/gone.md#steps) [there](Plan.MD) [by name](/plan.md) [[INC-9]] [[PLAN-7]] \
                [out](https://example.org/gone.md) [raw](gone.txt) ![graph](gone.png)\n";
    let site = Site::with(&[("2025/links.md", text), ("2025/plan.md", PLAN)]);
    let page = site.get("/d/2025/links.md").ok().text();
    let prose = page.split_once("<article").unwrap().1.split("</article>").next().unwrap();
    for gone in ["/d/2024/gone.md#steps", "/d/INC-9"] {
        let link = format!("<a class=\"dangling\" title=\"no such document\" href=\"{gone}\"");
        assert!(prose.contains(&link), "{gone}: {prose}");
    }
    assert!(prose.contains("<span class=\"dangling\" title=\"no such image\">image: graph</span>"), "{prose}");
    assert_eq!(prose.matches("dangling").count(), 3, "{prose}");
    for link in prose.split("href=\"/d/").skip(1).map(|it| it.split(['"', '#']).next().unwrap()) {
        let lost = site.get(&format!("/d/{link}")).status == StatusCode::NOT_FOUND;
        assert_eq!(lost, link.contains("gone") || link == "INC-9", "{link}");
    }
    std::fs::create_dir(site.path().join("2024")).unwrap();
    std::fs::write(site.path().join("2024/gone.md"), "# Back\n").unwrap();
    super::site::open(site.path()).sync(&|_| {}).unwrap();
    assert_eq!(site.get("/d/2025/links.md").ok().text().matches("no such document").count(), 1);
}

#[test]
fn facts_say_where_they_were_read() {
    let page = Site::new().get("/d/2025/redis.md").ok();
    let facts = page.element("<aside class=\"facts\"");
    for fact in ["Critical", "Resolved", "17 Dec 2025", "INC-2025-0042", "label, line 4"] {
        assert!(facts.contains(fact), "{fact}: {facts}");
    }
    assert!(page.text().contains(r#"href="/source/2025/redis.md#L4""#));
}

#[test]
fn front_matter_is_data_and_not_text() {
    let page = Site::new().get("/d/2025/plan.md").ok();
    let prose = page.element("<article class=\"prose\"");
    assert!(!prose.contains("config-drift") && prose.contains("Follows INC-2025-0042"), "{prose}");
    let text = page.text();
    assert!(text.contains("<code>compliance.soc2.controls</code>"), "{text}");
    assert!(page.element("<aside").contains("CC7.3"), "{text}");
}

#[test]
fn action_items_and_timeline_are_told() {
    let page = Site::new().get("/d/2025/redis.md").ok();
    let actions = page.element("<section class=\"read-out\" aria-labelledby=\"ris-actions\"");
    assert!(actions.contains("1 of 2 done"), "{actions}");
    assert!(actions.contains("due 15 Jan 2026, overdue") && actions.contains("@li"), "{actions}");
    let timeline = page.element("<section class=\"read-out\" aria-labelledby=\"ris-timeline\"");
    assert!(timeline.contains("first upload fails"), "{timeline}");
}

#[test]
fn other_documents_are_told_apart() {
    let site = Site::with(&[
        ("2025/redis.md", REDIS),
        ("2025/plan.md", PLAN),
        ("2026/later.md", "# Repeat\n\n**ID:** INC-2026-0001\n\nAs in [2025](../2025/redis.md), see INC-9999.\n"),
        ("notes.md", "# Notes\n\nWe spoke of INC-2025-0042.\n"),
    ]);
    let page = site.get("/d/2025/redis.md").ok();
    let aside = page.element("<aside class=\"facts\"");
    let (incident, mentioned) = (aside.find("This incident").unwrap(), aside.find("Mentioned in").unwrap());
    let part = &aside[incident..mentioned];
    assert!(part.contains("Fix plan for hostnames") && part.contains("linked to on line 20"), "{part}");
    let mentions = &aside[mentioned..];
    assert!(mentions.contains("Repeat") && mentions.contains("Notes"), "{mentions}");
    assert!(!mentions.contains("Fix plan"), "{mentions}");
    let aside = site.get("/d/2025/plan.md").ok().element("<aside class=\"facts\"");
    assert!(aside.contains("links to this document"), "{aside}");
    let aside = site.get("/d/2026/later.md").ok().element("<aside class=\"facts\"");
    assert!(aside.contains("Refers to Uploads stuck"), "{aside}");
    assert!(aside.contains("INC-9999 dangling not in this knowledge base"), "{aside}");
}

#[test]
fn compliance_is_shown_with_the_days_that_follow() {
    let text = "---\nid: INC-1\ncreated: 2025-01-31\nupdated: 2025-02-10\ncompliance:\n  hipaa:\n    controls: [\"164.308(a)(6)(ii)\"]\n    \
                retention-period: 5-years\n    review-frequency: quarterly\n  soc2:\n    retention-period: 7-years\n---\n# T\n";
    let site = Site::with(&[("a.md", text)]);
    let aside = site.get("/d/a.md").ok().element("<aside class=\"facts\"");
    for fact in [
        "HIPAA 164.308(a)(6)(ii)",
        "Keep until 10 Feb 2032 computed updated 10 Feb 2025 + 7-years (SOC 2)",
        "Next review 30 Apr 2025 overdue computed created 31 Jan 2025 + quarterly (HIPAA)",
        "HIPAA asks for at least 6 years (45 CFR 164.316(b)(2)(i)); 5-years is stated.",
    ] {
        assert!(aside.contains(fact), "{fact}: {aside}");
    }
}

#[test]
fn the_timeline_is_drawn_with_its_bounds() {
    let page = Site::new().get("/d/2025/redis.md").ok();
    let text = page.text();
    assert_eq!(text.matches("<svg class=\"drawing\"").count(), 2, "wide and narrow");
    let drawing = page.element("<svg class=\"drawing\"");
    assert!(drawing.contains("08:00 UTC · first upload fails") && drawing.contains("Resolved 09:50"), "{drawing}");
    assert!(page.element("<figcaption").contains("Times in UTC."));
    assert!(!text.contains("style="), "the content policy forbids it");
}

#[test]
fn open_action_items_stand_beside_the_text() {
    let aside = Site::new().get("/d/2025/redis.md").ok().element("<aside class=\"facts\"");
    assert!(aside.contains("1 of 2 done, 1 overdue"), "{aside}");
    assert!(aside.contains("Alert on stuck uploads"), "{aside}");
    assert!(!aside.contains("Validate hostnames at start"), "{aside}");
}

#[test]
fn the_git_history_is_told() {
    let site = Site::new();
    assert!(!site.get("/d/2025/redis.md").ok().text().contains("ris-history"), "there is no git yet");
    let git = git2::Repository::init(site.path()).unwrap();
    let aside = |site: &Site| site.get("/d/2025/redis.md").ok().element("<aside class=\"facts\"");
    assert!(aside(&site).contains("History Not committed yet."), "{}", aside(&site));
    let mut index = git.index().unwrap();
    index.add_all(["2025/*"], git2::IndexAddOption::DEFAULT, None).unwrap();
    let tree = git.find_tree(index.write_tree().unwrap()).unwrap();
    let who = git2::Signature::new("Li \"o'\" & x", "li@example.com", &git2::Time::new(1_766_000_000, 60)).unwrap();
    git.commit(Some("HEAD"), &who, &who, "first <script>alert(1)</script>\n\nbody", &tree, &[]).unwrap();
    let text = site.get("/d/2025/redis.md").ok().text();
    assert!(text.contains("first &#60;script&#62;alert(1)&#60;/script&#62;"), "{text}");
    assert!(!text.contains("Changed since"), "{text}");
    assert!(aside(&site).contains("17 Dec 2025 · Li"), "{}", aside(&site));
    assert!(aside(&site).contains("+30 −0"), "{}", aside(&site));
    std::fs::write(site.path().join("2025/redis.md"), format!("{REDIS}\nmore\n")).unwrap();
    assert!(aside(&site).contains("Changed since the last commit."), "{}", aside(&site));
}

#[test]
fn a_document_of_a_submodule_has_the_history_of_its_repository() {
    let site = Site::new();
    let commit = |git: &git2::Repository, path: &str, subject: &str| {
        let mut index = git.index().unwrap();
        index.add_path(std::path::Path::new(path)).unwrap();
        index.write().unwrap();
        let tree = git.find_tree(index.write_tree().unwrap()).unwrap();
        let who = git2::Signature::new("Li", "li@example.com", &git2::Time::new(1_766_000_000, 60)).unwrap();
        git.commit(Some("HEAD"), &who, &who, subject, &tree, &[]).unwrap();
    };
    let inner = git2::Repository::init(site.path().join("2025")).unwrap();
    commit(&inner, "redis.md", "told in the submodule");
    let outer = git2::Repository::init(site.path()).unwrap();
    // The outer repository holds the commit of the inner one, not its files.
    commit(&outer, "2025", "take the submodule in");
    let aside = site.get("/d/2025/redis.md").ok().element("<aside class=\"facts\"");
    assert!(aside.contains("told in the submodule") && !aside.contains("Not committed"), "{aside}");
}

#[test]
fn words_that_gave_a_tag_lead_to_their_line() {
    let text = "---\nkind: incident\n---\n# Full\n\n## Root cause\n\nThe disk was full.\n";
    let page = Site::with(&[("a.md", text)]).get("/d/a.md").ok().text();
    assert!(page.contains("<a href=\"/d/a.md?line=8#ris-passage\">“disk was full”</a>"), "{page}");
}

#[test]
fn a_page_that_was_kept_follows_its_file_and_the_index() {
    let site = Site::new();
    let page = || site.get("/d/2025/redis.md").ok().text();
    assert_eq!(page(), page());
    std::fs::write(site.path().join("2025/redis.md"), REDIS.replace("The secret held", "A kingfisher held")).unwrap();
    assert!(page().contains("A kingfisher held"), "{}", page());
    assert!(!page().contains("/d/2026/later.md"), "{}", page());
    std::fs::create_dir(site.path().join("2026")).unwrap();
    std::fs::write(site.path().join("2026/later.md"), "# Repeat\n\nAs in INC-2025-0042.\n").unwrap();
    // Another process brings the index up to date.
    super::site::open(site.path()).sync(&|_| {}).unwrap();
    assert!(page().contains("/d/2026/later.md"), "{}", page());
}

#[test]
fn the_passage_looked_for_is_marked() {
    let text = Site::new().get("/d/2025/redis.md?line=10").ok().text();
    assert!(
        text.contains(r#"<p data-line="10"><span id="ris-passage" class="passage"></span>The secret held"#),
        "{text}"
    );
}

#[test]
fn ids_lead_to_documents() {
    let site = Site::new();
    let answer = site.get("/d/INC-2025-0042");
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/d/2025/redis.md"));
    let twice = Site::with(&[("a.md", "---\nid: X-1\n---\n# A\n"), ("b.md", "---\nid: X-1\n---\n# B\n")]);
    let answer = twice.get("/d/X-1");
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/search?q=id%3A%22X-1%22"));
    let missing = site.get("/d/INC-2025-0043");
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert!(missing.text().contains(r#"href="/d/INC-2025-0042""#), "{}", missing.text());
    assert!(missing.text().contains("There is no document <code>INC-2025-0043</code>"), "{}", missing.text());
}

#[test]
fn broken_documents_are_shown_with_what_is_wrong() {
    let site = Site::with(&[("bad.md", "---\ntitle: a: b: c\n\tx\n---\n# Still here\n\nwords\n")]);
    let page = site.get("/d/bad.md").ok();
    let text = page.text();
    assert!(text.contains("words") && text.contains("id=\"ris-problems\""), "{text}");
}

#[test]
fn any_bytes_make_a_page() {
    let site = Site::with(&[("empty.md", ""), ("huge.md", &"# x\n\nlong line ".repeat(100_000))]);
    std::fs::write(site.path().join("binary.md"), [0xff, 0xfe, 0x00, 0x80, 0x23]).unwrap();
    site.get("/d/empty.md").ok();
    assert!(site.get("/d/huge.md").ok().text().contains("too large to be laid out"));
    let status = site.get("/d/binary.md").status;
    assert!(status == StatusCode::OK || status == StatusCode::NOT_FOUND, "{status}");
}

#[test]
fn an_overdue_breach_notice_is_told_at_the_top() {
    let head = "---\nkind: incident\nbreach-assessment:\n  conclusion: breach\n  individuals: 12\n  discovered:";
    let (late, early) = (format!("{head} 2020-01-05\n---\n# Late\n"), format!("{head} 2026-02-27\n---\n# Early\n"));
    let site = Site::with(&[("late.md", &late), ("early.md", &early)]);
    let page = site.get("/d/late.md").ok();
    let told = page.element("<p class=\"notice notice-error\"");
    assert!(told.starts_with("2 breach notices are overdue."), "{told}");
    assert!(!site.get("/d/early.md").ok().text().contains("notice-error"));
}

#[test]
fn a_text_from_right_to_left_is_laid_out_so() {
    let site =
        Site::with(&[("ar.md", "# انقطاع خدمة الدفع\n\nتوقفت بوابة الدفع.\n"), ("en.md", "# Outage\n\nIt was.\n")]);
    assert!(site.get("/d/ar.md").ok().text().contains("<article class=\"prose\" dir=\"rtl\""));
    assert!(!site.get("/d/en.md").ok().text().contains("dir=\"rtl\""));
}
