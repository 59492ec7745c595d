use super::Site;

#[test]
fn front_matter_in_toml_is_not_shown_as_text_and_its_lines_lead_to_the_source() {
    let slots = "+++\nid = \"INC-9\"\ntitle = \"Slots gone\"\nowners = [\"Wen Castellane\"]\n+++\n# Slots gone\n\nAll \
                 uploads failed after the deploy of the new parser version.\n";
    let site = Site::with(&[("slots.md", slots)]);
    let all = site.get("/search").ok().text();
    assert!(all.contains("All uploads failed") && !all.contains("+++"), "{all}");
    let owner = site.get("/search?q=castellane").ok().text();
    assert!(owner.contains("/d/slots.md?line=4#ris-passage"), "{owner}");
    let answer = site.get("/d/slots.md?line=4");
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/source/slots.md#L4"));
    assert!(site.get("/d/slots.md?line=8").ok().text().contains("ris-passage"));
}

#[test]
fn results_show_the_passage_and_where_it_is() {
    let page = Site::new().get("/search?q=hostname").ok();
    let text = page.text();
    assert!(page.element("<p class=\"total\"").contains("2 documents"), "{text}");
    assert!(text.contains("<mark>hostname"), "{text}");
    assert!(text.contains(r#"href="/d/2025/redis.md?line="#), "{text}");
    assert!(page.element("<article class=\"hit\"").contains("Critical"), "{text}");
}

#[test]
fn facets_are_links_and_chips_drop_them() {
    let site = Site::new();
    let text = site.get("/search?q=hostname").ok().text();
    assert!(text.contains(r#"href="/search?q=hostname&#38;severity=critical""#), "{text}");
    let page = site.get("/search?q=hostname&severity=critical").ok();
    let text = page.text();
    assert!(page.element("<p class=\"total\"").contains("1 document"), "{text}");
    assert!(text.contains(r#"<a class="chip" href="/search?q=hostname">"#), "{text}");
    assert!(text.contains(r#"<input type="hidden" form="ris-search" name="severity" value="critical">"#), "{text}");
    let wrong = site.get("/search?q=hostname&from=2025-13-01").ok().text();
    assert!(wrong.contains("<code>2025-13-01</code> is no day and was left out"), "{wrong}");
    let wrong = site.get("/search?q=hostname&severity=SEV9").ok();
    assert!(wrong.text().contains("<code>SEV9</code> is no severity and was left out"), "{}", wrong.text());
    assert_eq!(wrong.element("<p class=\"total\""), "2 documents");
    let none = site.get("/search?q=hostname&severity=critical&year=1999").ok();
    let ways = none.element("<div class=\"nothing\"");
    assert!(ways.contains("Nothing found") && ways.contains("without Year: 1999 : 1 document"), "{ways}");
    assert!(ways.contains("without all filters : 2 documents") && !ways.contains("Critical"), "{ways}");
    assert!(none.text().contains(r#"href="/search?q=hostname&#38;severity=critical""#), "{}", none.text());
}

#[test]
fn several_values_of_a_facet_widen_and_several_facets_narrow() {
    let site = Site::new();
    let total = |url: &str| site.get(url).ok().element("<p class=\"total\"");
    assert_eq!(total("/search?q=hostname&severity=critical&severity=low"), "2 documents");
    assert_eq!(total("/search?q=hostname&severity=critical&severity=low&status=open"), "1 document");
    let text = site.get("/search?q=hostname&severity=critical").ok().text();
    assert!(text.contains(r#"href="/search?q=hostname&#38;severity=critical&#38;severity=low""#), "{text}");
}

#[test]
fn days_narrow_the_search_and_can_be_dropped() {
    let site = Site::new();
    let page = site.get("/search?q=hostname&from=2025-12-18&to=2025-12-31&sort=date").ok();
    let text = page.text();
    assert_eq!(page.element("<p class=\"total\""), "1 document", "{text}");
    assert!(text.contains("/d/2025/plan.md") && !text.contains("/d/2025/redis.md"), "{text}");
    assert!(page.element("<ul class=\"chips\"").contains("From: 18 Dec 2025"), "{text}");
    assert!(text.contains(r#"<a class="chip" href="/search?q=hostname&#38;to=2025-12-31&#38;sort=date">"#), "{text}");
    let form = page.element("<form class=\"days\"");
    assert!(form.contains("From") && text.contains(r#"name="from" data-key="from" value="2025-12-18""#), "{text}");
    assert!(text.contains(r#"<input type="hidden" name="q" value="hostname">"#), "{text}");
    let total = |url: &str| site.get(url).ok().element("<p class=\"total\"");
    assert_eq!(total("/search?from=2025-12-17&to=2025-12-17"), "1 document");
    assert_eq!(total("/search?to=2025-12-16"), "0 documents");
    assert_eq!(total("/search?from=nonsense"), "2 documents");
}

#[test]
fn the_fragment_is_the_results_of_the_page_and_nothing_else() {
    let site = Site::new();
    for query in ["?q=hostname&severity=critical&sort=date", "", "?q=%22open", "?q=zyzzyva"] {
        let (page, alone) =
            (site.get(&format!("/search{query}")).ok(), site.get(&format!("/search/fragment{query}")).ok());
        let text = alone.text();
        assert!(text.trim_start().starts_with("<div id=\"ris-results\""), "{text}");
        assert!(page.text().contains(text.trim()), "{query}: {text}");
    }
}

#[test]
fn what_no_document_has_is_said_with_what_looks_like_it() {
    let page = Site::new().get("/search?q=%22hostnams%22").ok();
    let ways = page.element("<div class=\"nothing\"");
    assert!(ways.contains("No document has hostnams"), "{ways}");
    assert!(page.text().contains(r#"<a href="/search?q=%22hostname%22">hostname</a>"#), "{}", page.text());
    let page = Site::new().get("/search?q=hostname%20severity%3Ahigh").ok();
    let ways = page.element("<div class=\"nothing\"");
    assert!(ways.contains("without severity:high : 2 documents"), "{ways}");
}

#[test]
fn the_beginning_of_a_word_finds_the_word() {
    let page = Site::new().get("/search?q=hostn").ok();
    assert_eq!(page.element("<p class=\"total\""), "2 documents", "{}", page.text());
    assert!(page.text().contains("<mark>hostname</mark>"), "{}", page.text());
}

#[test]
fn an_empty_query_lists_everything_by_date() {
    let text = Site::new().get("/search").ok().text();
    assert!(text.find("/d/2025/plan.md").unwrap() < text.find("/d/2025/redis.md").unwrap(), "{text}");
}

#[test]
fn forgiven_typos_are_said() {
    let text = Site::new().get("/search?q=hostnaem").ok().text();
    assert!(text.contains("Showing results for <b>hostname</b>"), "{text}");
    assert!(text.contains("no document has <b>hostnaem</b>") && text.contains("/d/2025/redis.md"), "{text}");
    let text = Site::new().get("/search?q=hostname%20vault%20open%20pomelo").ok().text();
    assert!(text.contains("No document has all of these words"), "{text}");
}

#[test]
fn a_malformed_query_is_pointed_at() {
    let page = Site::new().get("/search?q=redis%20%28%22never%20closed%22%20OR%20%29").ok();
    let text = page.text();
    assert!(text.contains("is not valid") && text.contains("<mark class=\"wrong\">"), "{text}");
    assert!(text.contains(r#"value="redis (&#34;never closed&#34; OR )""#), "{text}");
}

#[test]
fn pages_follow_each_other() {
    let texts: Vec<_> =
        (0..45).map(|i| (format!("d/{i:02}.md"), format!("# Outage {i}\n\nThe common word is pomelo.\n"))).collect();
    let files: Vec<_> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = Site::with(&files);
    let first = site.get("/search?q=pomelo").ok().text();
    assert!(first.contains("Page 1 of 3") && first.contains(r#"href="/search?q=pomelo&#38;page=2""#), "{first}");
    assert_eq!(first.matches("<article class=\"hit\"").count(), 20);
    let last = site.get("/search?q=pomelo&page=3").ok().text();
    assert_eq!(last.matches("<article class=\"hit\"").count(), 5);
    assert!(!last.contains("rel=\"next\""));
    assert!(site.get("/search?q=pomelo&page=400").ok().text().contains("Page 3 of 3"));
}

#[test]
fn results_say_when_the_index_last_saw_the_folder() {
    let site = Site::new();
    for url in ["/search?q=hostname", "/search?q=zyzzyva", "/search"] {
        let note = site.get(url).ok().element("<p class=\"index-note\"");
        assert_eq!(note, "Up to date with the folder as of just now.", "{url}");
        assert!(!site.get(url).text().contains("being compared"), "{url}");
    }
}

#[test]
fn a_pasted_field_is_searched_as_words_and_a_name_that_nobody_has_is_told() {
    let site = Site::new();
    let text = site.get("/search?q=status:hostname%20kind:Pod").ok().text();
    assert!(text.contains("<code>status:hostname</code> was searched for as words"), "{text}");
    assert!(!text.contains("is not valid") && text.contains("/d/2025/redis.md"), "{text}");
    let ways = site.get("/search?q=service:uplaoder").ok().element("<div class=\"nothing\"");
    assert!(ways.contains("No service is called uplaoder . There are uploader"), "{ways}");
    assert!(!ways.contains("No document has"), "the name of a service is no word of a text: {ways}");
}

#[test]
fn tabs_of_one_word_can_be_told_apart() {
    let tagged = "---\nkind: incident\ntags: [redis]\n---\n# Slots\n";
    let site = Site::with(&[("a.md", tagged)]);
    let title = |url: &str| site.get(url).ok().element("<title");
    let titles = [title("/search?q=redis"), title("/tags/redis"), title("/")];
    assert!(titles[0].starts_with("redis: search · ") && titles[1].starts_with("redis (cause) · "), "{titles:?}");
    assert!(titles[2].ends_with(": incident knowledge base"), "{titles:?}");
}
