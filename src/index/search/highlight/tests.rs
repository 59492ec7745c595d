use super::*;

fn matcher(words: &[&str]) -> Matcher {
    let mut matcher = Matcher::default();
    words.iter().for_each(|word| matcher.add_word(word, 1.0));
    matcher
}

fn shown(snippet: &Snippet) -> String {
    let mut out = snippet.text.clone();
    for range in snippet.highlights.iter().rev() {
        out.insert(range.end, ']');
        out.insert(range.start, '[');
    }
    out
}

#[test]
fn highlights_words_whatever_their_case_and_accents() {
    let snippet = matcher(&["uberlauf", "queue"]).ready().snippet("Der Überlauf der `Queue`-Warteschlange");
    assert_eq!(shown(&snippet), "Der [Überlauf] der [Queue]-Warteschlange");
}

#[test]
fn shows_the_passage_with_most_of_the_words() {
    let text = "---\nservice: redis\n---\n# Redis down\n\nThe redis was slow.\n\n## Cause\n\nWrong *hostname* of redis\nin the secret.\n";
    let passage = matcher(&["redis", "hostname"]).ready().passage(text).unwrap();
    assert_eq!((passage.line, passage.section.as_deref()), (10, Some("Cause")));
    assert_eq!(shown(&passage.snippet), "Wrong [hostname] of [redis] in the secret.");
}

#[test]
fn highlights_phrases_as_a_whole_and_not_their_words_elsewhere() {
    let mut matcher = Matcher::default();
    matcher.add_phrase(vec!["name".into(), "or".into(), "service".into()], false, 1.0);
    let passage = matcher.ready().passage("The name of a service.\n\nError: Name or service not known\n").unwrap();
    assert_eq!(passage.line, 3);
    assert_eq!(shown(&passage.snippet), "Error: [Name or service] not known");
}

#[test]
fn highlights_identifiers_that_are_only_begun() {
    let mut matcher = Matcher::default();
    matcher.add_phrase(vec!["credmate".into(), "re".into()], true, 1.0);
    let snippet = matcher.ready().snippet("credmate-web and credmate-redis:6379");
    assert_eq!(shown(&snippet), "credmate-web and [credmate-redis]:6379");
}

#[test]
fn highlights_completions() {
    let mut matcher = Matcher::default();
    matcher.add_prefix("conn", 1.0);
    assert_eq!(shown(&matcher.ready().snippet("a Connection, disconnected")), "a [Connection], disconnected");
}

#[test]
fn knows_headings_from_comments_in_code() {
    let text = "## Real\n\n```sh\n# not a heading\nrestart redis\n```\n";
    let passage = matcher(&["redis"]).ready().passage(text).unwrap();
    assert_eq!((passage.line, passage.section.as_deref()), (5, Some("Real")));
}

#[test]
fn finds_nothing_where_nothing_matches() {
    assert_eq!(matcher(&["absent"]).ready().passage("some text"), None);
    assert_eq!(matcher(&[]).ready().passage("some text"), None);
    assert_eq!(Matcher::lead(""), None);
}

#[test]
fn leads_with_prose_where_the_query_names_no_words() {
    let text = "# T\n\n**Status**: open\n\nAll uploads failed after the deploy of the new parser version.\n";
    let lead = Matcher::lead(text).unwrap();
    assert_eq!(lead.line, 5);
    assert!(lead.snippet.text.starts_with("All uploads"));
}

#[test]
fn cuts_at_characters_not_bytes() {
    let text = format!("{} redis {}", "ü".repeat(300), "字".repeat(300));
    let passage = matcher(&["redis"]).ready().passage(&text).unwrap();
    assert!(shown(&passage.snippet).contains("[redis]"));
}

#[test]
fn shows_commands_as_they_are_and_no_mark_up() {
    let text = "See the [fix plan](fix-plan.md) for redis.\n\n```bash\nredis-cli client list | wc -l\n```\n";
    let words = matcher(&["plan", "client"]);
    assert_eq!(shown(&words.ready().snippet(text)), "See the fix [plan] for redis. redis-cli [client] list | wc -l");
}

#[test]
fn a_passage_shows_the_word_and_not_a_link_that_hides_it() {
    let text = "# Logins failed\n\nSee the [plan](redis-plan.md) and\u{a0}[rest](../é/redis.md).\n\n## Cause\n\n\
                Then redis refused clients.\n";
    let words = matcher(&["redis"]);
    let found = words.ready().passage(text).unwrap();
    assert_eq!((shown(&found.snippet).as_str(), found.line), ("Then [redis] refused clients.", 7));
    let only = words.ready().passage("See the [plan](redis-plan.md) soon.\n").unwrap();
    assert_eq!(only.snippet.text, "See the plan soon.");
    assert!(!markup::is_target("call(redis)", 5) && markup::is_target("[x](\u{2003}redis) [y](a/redis)", 23));
}

#[test]
fn of_front_matter_the_line_is_shown_and_of_the_title_the_text() {
    let text = "---\nid: INC-1\ntitle: \"Slots gone\"\nservices: [redis, ledger]\nstatus: open\n---\n# Slots gone\n\nAll uploads \
                failed after the deploy of the new parser version.\n";
    let passage = |word| matcher(&[word]).ready().passage(text).unwrap();
    let service = passage("redis");
    assert_eq!((shown(&service.snippet).as_str(), service.line), ("services: [[redis], ledger]", 4));
    assert!(passage("inc").snippet.text.starts_with("All uploads"));
}

#[test]
fn front_matter_in_toml_is_no_text_either() {
    let text = "+++\nid = \"INC-1\"\ntitle = \"Slots gone\"\nowners = [\"Wen\", \"Li\"]\n+++\n# Slots gone\n\nAll uploads \
                failed after the deploy of the new parser version.\n";
    let passage = |word| matcher(&[word]).ready().passage(text).unwrap();
    let owner = passage("wen");
    assert_eq!((shown(&owner.snippet).as_str(), owner.line), ("owners = [\"[Wen]\", \"Li\"]", 4));
    assert!(passage("inc").snippet.text.starts_with("All uploads"));
    assert!(Matcher::lead(text).unwrap().snippet.text.starts_with("All uploads"));
}
