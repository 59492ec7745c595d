//! The query language on real documents: fields, dates, exclusions, typos, facets.

use ris::kb::{FacetField, SearchRequest, Sort};

use super::support::{Folder, hits, paths, sync};

fn document(date: &str, severity: &str, status: &str, service: &str, body: &str) -> String {
    format!(
        "---\ndate: {date}\nseverity: {severity}\nstatus: {status}\nservices: [{service}]\nowner: Ada Lovelace\n\
         compliance:\n  soc2:\n    evidence-type: documentation\n---\n# Incident of {service}\n\n## Summary\n\n{body}\n"
    )
}

fn folder() -> Folder {
    Folder::new(&[
        ("a.md", &document("2025-12-17", "critical", "resolved", "redis", "Connection timeouts of the broker.")),
        ("b.md", &document("2025-11-02", "high", "open", "kafka", "The broker connection was refused.")),
        ("c.md", &document("2024-03-09", "low", "closed", "redis", "A certificate expired unnoticed.")),
        ("d.md", "# Notes\n\nHow we write: the certificate of the broker and http://example.com/x at 10.0.3.7:6379.\n"),
    ])
}

#[test]
fn filters_by_fields_dates_and_front_matter() {
    let folder = folder();
    let kb = folder.open();
    sync(&kb);
    let cases: [(&str, &[&str]); 16] = [
        ("severity:critical", &["a.md"]),
        ("severity:>=high", &["a.md", "b.md"]),
        ("status:open", &["b.md"]),
        ("service:redis", &["a.md", "c.md"]),
        ("service:redis -status:closed", &["a.md"]),
        ("in:2025-12", &["a.md"]),
        ("before:2025-01-01", &["c.md"]),
        ("after:2025-11", &["a.md"]),
        ("year:2025", &["a.md", "b.md"]),
        ("owner:lovelace in:2024", &["c.md"]),
        ("compliance.soc2.evidence-type:documentation year:2025", &["a.md", "b.md"]),
        ("compliance:documentation year:2024", &["c.md"]),
        ("broker -connection", &["d.md"]),
        ("certificate OR refused", &["b.md", "c.md", "d.md"]),
        ("path:c.md", &["c.md"]),
        ("(timeouts OR expired) service:redis", &["a.md", "c.md"]),
    ];
    for (query, expected) in cases {
        let mut found = hits(&kb, query);
        found.sort();
        assert_eq!(found, expected, "{query}");
    }
}

#[test]
fn pasted_text_just_works() {
    let folder = folder();
    let kb = folder.open();
    sync(&kb);
    for query in ["10.0.3.7:6379", "http://example.com/x", "\"http://example.com/x\""] {
        assert_eq!(hits(&kb, query), ["d.md"], "{query}");
    }
}

#[test]
fn forgives_typos_and_says_so() {
    let folder = folder();
    let kb = folder.open();
    sync(&kb);
    let results = kb.search(&SearchRequest::new("certifcate expierd")).unwrap();
    assert_eq!(paths(&results), ["c.md"]);
    let used: Vec<_> = results.corrections.iter().map(|it| (it.word.as_str(), it.used[0].as_str())).collect();
    assert_eq!(used, [("certifcate", "certificate"), ("expierd", "expired")]);
    let passage = results.hits[0].passage.as_ref().unwrap();
    let shown: Vec<&str> =
        passage.snippet.highlights.iter().map(|range| &passage.snippet.text[range.clone()]).collect();
    assert_eq!(shown, ["certificate", "expired"]);
    assert!(kb.search(&SearchRequest::new("certificate")).unwrap().corrections.is_empty());
}

#[test]
fn a_mistyped_form_of_a_word_finds_its_other_forms_before_words_two_edits_away() {
    let folder = Folder::new(&[("x.md", "# Exhaustion of the pool\n"), ("y.md", "# The pool existed\n")]);
    let kb = folder.open();
    sync(&kb);
    let results = kb.search(&SearchRequest::new("exausted")).unwrap();
    assert_eq!((paths(&results), results.corrections[0].used[0].as_str()), (vec!["x.md"], "exhaustion"));
}

#[test]
fn loosens_a_query_only_where_nothing_has_every_word() {
    let folder = folder();
    let kb = folder.open();
    sync(&kb);
    let strict = kb.search(&SearchRequest::new("broker refused")).unwrap();
    assert_eq!((paths(&strict), strict.relaxed), (vec!["b.md"], false));
    let loose = kb.search(&SearchRequest::new("expired refused")).unwrap();
    assert!(loose.relaxed);
    assert_eq!(loose.total, 2);
}

#[test]
fn a_value_that_is_chosen_among_others_never_widens_the_list() {
    let of = |kind: &str, words: &str| format!("---\nkind: {kind}\n---\n# {words}\n");
    let folder = Folder::new(&[
        ("a.md", &of("incident", "Slots of the connection")),
        ("b.md", &of("rca", "Connection slots")),
        ("c.md", &of("incident", "Slots")),
        ("d.md", &of("rca", "Refused")),
    ]);
    (0..16).for_each(|n| folder.write(&format!("o{n}.md"), "# Other\n"));
    let kb = folder.open();
    sync(&kb);
    let asked = |query: &str, kind: Option<&str>| {
        let facets = kind.map(|kind| (FacetField::Kind, vec![kind.to_owned()])).into_iter().collect();
        let results = kb.search(&SearchRequest { facets, with_facets: true, ..SearchRequest::new(query) }).unwrap();
        let kinds = results.facets.iter().find(|it| it.field == FacetField::Kind).unwrap().values.clone();
        (results.total, results.relaxed, kinds)
    };
    let kinds = vec![("incident".to_owned(), 1), ("rca".to_owned(), 1)];
    assert_eq!(asked("connection slots", None), (2, false, kinds.clone()));
    assert_eq!(asked("connection slots", Some("incident")), (1, false, kinds));
    // Nothing is left of what has every word: some of the words are better than no document at all.
    let (total, relaxed, _) = asked("connection slots", Some("resolution"));
    assert_eq!((total, relaxed), (0, false));
    folder.write("e.md", &of("resolution", "Slots"));
    sync(&kb);
    let (total, relaxed, _) = asked("connection slots", Some("resolution"));
    assert_eq!((total, relaxed), (1, true));
}

#[test]
fn counts_facets_with_their_own_choice_left_out() {
    let folder = folder();
    let kb = folder.open();
    sync(&kb);
    let request = SearchRequest {
        facets: vec![(FacetField::Service, vec!["redis".to_owned()])],
        with_facets: true,
        ..SearchRequest::new("")
    };
    let results = kb.search(&request).unwrap();
    assert_eq!(results.total, 2);
    let values = |field: FacetField| &results.facets.iter().find(|it| it.field == field).unwrap().values;
    assert_eq!(*values(FacetField::Service), [("redis".to_owned(), 2), ("kafka".to_owned(), 1)]);
    assert_eq!(*values(FacetField::Severity), [("critical".to_owned(), 1), ("low".to_owned(), 1)]);
    assert_eq!(*values(FacetField::Year), [("2025".to_owned(), 1), ("2024".to_owned(), 1)]);
}

#[test]
fn sorts_by_date_and_severity_and_pages() {
    let folder = folder();
    let kb = folder.open();
    sync(&kb);
    let sorted = |sort, offset| {
        let request = SearchRequest { sort, offset, limit: 2, ..SearchRequest::new("owner:ada") };
        let results = kb.search(&request).unwrap();
        assert_eq!(results.total, 3);
        paths(&results).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(sorted(Sort::Date, 0), ["a.md", "b.md"]);
    assert_eq!(sorted(Sort::Date, 2), ["c.md"]);
    assert_eq!(sorted(Sort::Severity, 1), ["b.md", "c.md"]);
    assert_eq!(sorted(Sort::Relevance, 0), ["a.md", "b.md"]);
}

#[test]
fn a_malformed_query_points_at_the_place() {
    let folder = folder();
    let kb = folder.open();
    sync(&kb);
    let error = kb.search(&SearchRequest::new("broker severity:(urgent)")).unwrap_err();
    let place = error.query_error().expect("it is an error of the query");
    assert_eq!(place.span, 17..23);
    assert!(error.hint().is_some_and(|hint| hint.contains("critical")));
}

#[test]
fn a_pasted_line_that_looks_like_fields_is_searched_as_words_and_that_is_said() {
    let folder = folder();
    let kb = folder.open();
    sync(&kb);
    let results = kb.search(&SearchRequest::new("status:refused kind:Connection")).unwrap();
    assert_eq!(paths(&results)[0], "b.md");
    assert_eq!(results.notices.len(), 2, "{:?}", results.notices);
    assert!(results.notices[0].contains("`status:refused` was searched for as words"), "{:?}", results.notices);
    let results = kb.search(&SearchRequest::new("level:error service:broker refused")).unwrap();
    assert_eq!(paths(&results)[0], "b.md", "no service has this name, and nothing else is left to go by");
    assert!(
        results.notices.iter().any(|it| it.contains("all of it was searched for as words")),
        "{:?}",
        results.notices
    );
    assert_eq!(kb.search(&SearchRequest::new("service:broker refused")).unwrap().total, 0, "a filter stays one");
}

#[test]
fn what_is_wrong_with_the_fields_of_a_query_is_told_with_what_there_is() {
    let folder = folder();
    let kb = folder.open();
    sync(&kb);
    let said = |query: &str| kb.search_advice(query).unwrap();
    assert_eq!(said("service:kafak"), ["No service is called `kafak`. There are `kafka`, `redis`."]);
    assert!(said("foo:bar")[0].starts_with("There is no field `foo`, so `foo:bar` was searched for as text."));
    for query in
        ["service:redis", "owner:ada", "owner:lovelace", "-service:x", "10.0.3.7:6379", "std::io::Error", "a:1"]
    {
        assert_eq!(said(query), [""; 0], "{query}");
    }
}

#[test]
fn japanese_is_found_in_any_width_and_with_words_between() {
    let folder = Folder::new(&[
        ("a.md", "# 接続プールが枯渇した\n\nＡＰＩが応答しなくなった。\n"),
        ("b.md", "# ﾌﾟｰﾙの件\n\nAPI が停止。\n"),
        ("c.md", "# フ\u{309a}ール枯渇\n"),
        ("d.md", "# 会議の記録\n"),
    ]);
    let kb = folder.open();
    sync(&kb);
    let found = |query: &str| {
        let mut found = hits(&kb, query);
        found.sort();
        found
    };
    for query in ["プール", "ﾌﾟｰﾙ", "フ\u{309a}ール"] {
        assert_eq!(found(query), ["a.md", "b.md", "c.md"], "{query}");
    }
    assert_eq!(found("api"), found("ＡＰＩ"));
    assert_eq!(found("ＡＰＩ"), ["a.md", "b.md"]);
    let results = kb.search(&SearchRequest::new("プール枯渇")).unwrap();
    assert_eq!((paths(&results)[0], results.total, results.all_words), ("c.md", 2, 2), "{:?}", paths(&results));
    assert_eq!(found("\"プール枯渇\""), ["c.md"], "a phrase is one as it is written");
}

#[test]
fn equal_hits_come_in_the_order_of_their_paths() {
    let folder = Folder::new(&[]);
    for name in ["e", "b", "d", "a", "c"] {
        folder.write(&format!("{name}.md"), "# Same\n\nThe same text.\n");
        sync(&folder.open());
    }
    assert_eq!(hits(&folder.open(), "same text"), ["a.md", "b.md", "c.md", "d.md", "e.md"]);
}
