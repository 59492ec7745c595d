use axum::http::StatusCode;

use super::Site;

#[test]
fn the_form_is_empty_at_first() {
    let text = Site::new().get("/paste").ok().text();
    assert!(text.contains(r#"<form class="paste" action="/paste" method="post">"#), "{text}");
}

#[test]
fn a_paste_is_answered_with_what_fixed_it() {
    let log = "2026-02-01T10:11:12Z ERROR worker-7 hostname cache-main, which no service has\n".repeat(3);
    let encoded: String = log.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let page = Site::new().post("/paste", format!("log={encoded}")).ok();
    let text = page.text();
    assert_eq!(page.element("<h2 class=\"hit-title\""), "Uploads stuck: wrong Redis hostname", "{text}");
    assert!(page.element("<p class=\"shared\"").contains("cache"), "{text}");
    let best = page.element("<details class=\"fix\" open");
    assert!(best.contains("Set the hostname and restart") && best.contains("vault write cache host=redis"), "{text}");
    assert_eq!(text.matches("vault write cache").count(), 1, "a command is shown twice: {text}");
}

#[test]
fn a_paste_that_nobody_quotes_is_not_passed_off_as_seen() {
    let text = Site::new().post("/paste", "log=the%20redis%20secret%20in%20a%20zyzzyva%20panic".to_owned()).ok().text();
    assert!(text.contains("No document quotes this message."), "{text}");
    assert!(
        !text.contains("class=\"fix\"") && !text.contains("class=\"command\""),
        "steps of something else stand there: {text}"
    );
    assert!(text.contains("See how it was resolved"), "{text}");
}

#[test]
fn nothing_known_is_said() {
    let site = Site::new();
    let text = site.post("/paste", "log=quux%20zyzzyva".to_owned()).ok().text();
    let told = "<strong>Not seen before.</strong> No document contains any word of this paste.";
    assert!(text.contains(told) && text.matches("class=\"notice\"").count() == 1, "{text}");
    site.post("/paste", "log=".to_owned()).ok();
    site.post("/paste", String::new()).ok();
}

#[test]
fn of_a_long_paste_the_last_megabyte_is_looked_at() {
    let site = Site::new();
    site.post("/paste", format!("log={}", "%0A".repeat(1 << 20))).ok();
    let noise = "quux%0A".repeat((1 << 20) / 5);
    let ask = |log: String| site.post("/paste", format!("log={log}"));
    let message = "ERROR worker-7 hostname cache-main, which no service has";
    let at_the_end = ask(format!("{noise}{message}")).ok().text();
    assert!(
        at_the_end.contains("its last megabyte was looked at") && at_the_end.contains("class=\"fix\""),
        "{at_the_end}"
    );
    let at_the_start = ask(format!("{message}%0A{noise}")).ok().text();
    assert!(at_the_start.contains("its last megabyte was looked at") && !at_the_start.contains("class=\"fix\""));
    let far_over = ask("a".repeat(13 << 20));
    assert_eq!(far_over.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[test]
fn a_command_in_a_list_of_steps_is_not_shown_again() {
    let steps = "# Slots\n\n## Summary\n\nFATAL: remaining connection slots are reserved for wombats\n\n## Resolution\n\n\
                 1. End the sessions:\n\n   ```sql\n   SELECT pg_terminate_backend(pid)\n     FROM pg_stat_activity;\n   ```\n";
    let site = Site::with(&[("slots.md", steps)]);
    let text = site.post("/paste", "log=FATAL:+remaining+connection+slots+are+reserved+for+wombats".to_owned());
    let text = text.ok().text();
    assert!(text.contains("Seen before.") && text.contains("End the sessions"), "{text}");
    assert_eq!(text.matches("pg_stat_activity").count(), 1, "somebody may run it twice: {text}");
}

#[test]
fn an_incident_that_is_not_over_is_not_called_seen_before() {
    let open = "---\nid: INC-2026-99\nkind: incident\ndate: 2026-02-20\nstatus: mitigated\n---\n# Slots\n\n\
                FATAL: remaining connection slots are reserved for wombats\n";
    let site = Site::with(&[("slots.md", open)]);
    let log = "log=FATAL:+remaining+connection+slots+are+reserved+for+wombats";
    let page = site.post("/paste", log.to_owned()).ok();
    let told = page.element("<p class=\"notice notice-error\"");
    assert!(told.starts_with("This may be an open incident: INC-2026-99 , since 20 Feb 2026"), "{told}");
    assert!(!page.text().contains("Seen before"), "{}", page.text());
}

#[test]
fn what_shares_words_by_chance_is_folded_away_below_what_has_the_message() {
    let ledger = "# Ledger\n\nIt printed `cannot take the seal of the vault`.\n";
    let vault = "# Vault\n\nThe seal of it is old.\n";
    let mut files = vec![("ledger.md".to_owned(), ledger), ("vault.md".to_owned(), vault)];
    files.extend((0..9).map(|n| (format!("rest-{n}.md"), "# Rest\n\nNothing.\n")));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    let page = Site::with(&files).post("/paste", "log=cannot+take+the+seal+of+the+vault".to_owned()).ok();
    let folded = page.element("<details class=\"faint\"");
    assert!(
        folded.starts_with("1 more shares words with it, which may be chance") && folded.contains("Vault"),
        "{folded}"
    );
    assert!(page.text().contains("found no section on the fix"), "{}", page.text());
}
