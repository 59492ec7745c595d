//! No secret and no data of a patient goes out, whichever tool is asked and however.

use serde_json::{Value, json};

use super::Talk;
use crate::support::Sandbox;

/// What must not go out, in small letters: what the documents below hold, and parts of it that tell of it.
const SECRETS: [&str; 14] = [
    "credmate_redis_prod",
    "credmate_redis",
    "kx7-winter",
    "winter-gale",
    "blue-heron-lake",
    "p%40ss-kx7w1",
    "miievqibadanbgkqhkig9w0baqefaascbkcw",
    "ggsjageaaoibaqc7vjtut9us8ckj",
    "quiet_heron_9",
    "4471203",
    "536-22-8726",
    "lopez",
    "maria",
    "maria.lopez@mailbox.org",
];

const FIRST: &str = r#"---
id: INC-2025-0060
title: Redis refused the login
date: 2025-05-02
severity: high
status: resolved
services: [redis-sessions, ingest-api]
db:
  password: blue-heron-lake
compliance:
  hipaa:
    controls: [164.308.a.6.ii]
    retention-period: 6-years
    token: Kx7-winter-gale
  review-frequency: annual
tags: [secret-rotation, blue-heron-lake]
owners: [quiet_heron_9]
---

# Redis refused the login

**Password:** Kx7-winter-gale

The client was set up by `'{"host":"redis","password":"credmate_redis_prod","db":"0"}'`. The log repeated
`redis.exceptions.AuthenticationError: WRONGPASS invalid password credmate_redis_prod for parcel-redis:6379`.

## Timeline

| Time (UTC) | Event |
|---|---|
| 08:00 | Logged in with credmate_redis_prod and it failed |
| 09:00 | Patient name: Maria Lopez, MRN: 4471203, called |

## Root cause

The secret Kx7-winter-gale had been rotated. The patient Maria Lopez (maria.lopez@mailbox.org, SSN 536-22-8726) was told.

## Resolution

1. Log in with the old one:

   ```bash
   redis-cli -h cache -a Kx7-winter-gale PING
   export PGPASSWORD=quiet_heron_9
   psql postgres://app:p%40ss-Kx7w1@db.internal:5432/claims
   ```

2. Then put credmate_redis_prod back.

```text
-----BEGIN PRIVATE KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw
ggSjAgEAAoIBAQC7VJTUt9Us8cKj
-----END PRIVATE KEY-----
```

## Action items

- [ ] Rotate credmate_redis_prod (@ana, due 2025-06-01)
- [ ] Tell Maria Lopez, MRN: 4471203 (@quiet_heron_9, due 2025-06-02)
"#;

const SECOND: &str = r#"---
id: INC-2025-0061
title: Redis refused the login again, with credmate_redis_prod
date: 2025-06-02
services: [redis-sessions]
password: credmate_redis_prod
---

# Redis refused the login again, with credmate_redis_prod

Like INC-2025-0060, `Kx7-winter-gale` in `parcel-redis.internal` stood in a secret: password=Kx7-winter-gale.

## Action items

- [ ] Rotate Kx7-winter-gale
"#;

/// Says of nothing that it is a password; another document of its incident does.
const FIX: &str =
    "---\nkind: resolution\nincident: INC-2025-0060\n---\n\n# Login works again\n\nkx7-winter-gale is gone.\n";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::fixture("responder").file("2025/first.md", FIRST).file("2025/second.md", SECOND);
    sandbox.file("2025/fix.md", FIX)
}

/// Fails where a result holds any of it; returns what the answer says was taken out.
fn assert_masked(result: &Value, of: &str) -> u64 {
    let text = result.to_string().to_lowercase();
    let told: Vec<&str> = SECRETS.into_iter().filter(|secret| text.contains(secret)).collect();
    assert_eq!(told, Vec::<&str>::new(), "{of}: {result:#}");
    let removed = result["structuredContent"]["removed"].as_array().into_iter().flatten();
    removed.filter_map(|it| it["count"].as_u64()).sum()
}

#[test]
fn no_tool_hands_on_what_the_documents_must_not_hold() {
    let sandbox = sandbox();
    let mut talk = Talk::begin(&sandbox);
    let paste = "redis.exceptions.AuthenticationError: WRONGPASS invalid password for parcel-redis:6379";
    for (tool, arguments) in [
        ("seen_before", json!({ "text": paste })),
        ("seen_before", json!({ "text": "Logged in and it failed, WRONGPASS" })),
        ("search", json!({ "q": "redis login" })),
        ("search", json!({ "q": "rotate" })),
        ("search", json!({ "q": "\"log in with the old one\"" })),
        ("search", json!({ "q": "patient" })),
        ("search", json!({ "q": "BEGIN PRIVATE KEY" })),
        ("search", json!({ "q": "hipaa token" })),
        ("search", json!({})),
        ("document", json!({ "document": "INC-2025-0060" })),
        ("document", json!({ "document": "INC-2025-0060", "offset": 300 })),
        ("document", json!({ "document": "INC-2025-0060", "section": "Resolution" })),
        ("document", json!({ "document": "INC-2025-0061" })),
        ("document", json!({ "document": "2025/fix.md" })),
        ("search", json!({ "q": "\"is gone\"" })),
        ("related", json!({ "document": "INC-2025-0061" })),
        ("actions", json!({})),
        ("actions", json!({ "state": "overdue" })),
        ("incidents", json!({ "from": "2025-05-01", "to": "2025-06-30" })),
        ("reviews", json!({})),
        ("retention", json!({})),
    ] {
        let result = talk.call(tool, arguments.clone());
        assert_eq!(result["isError"], false, "{tool} {arguments}: {result}");
        let removed = assert_masked(&result, &format!("{tool} {arguments}"));
        let paths = ["2025/first.md", "2025/second.md", "2025/fix.md"];
        let named = paths.iter().any(|path| result.to_string().contains(path));
        assert!(named, "{tool} {arguments} does not speak of them: {result}");
        let holds_none = matches!(tool, "reviews" | "retention");
        assert!(holds_none || removed > 0, "{tool} {arguments}: nothing was taken out of {result}");
        assert_eq!(removed > 0, result.to_string().contains("[removed: "), "{result}");
    }
}

#[test]
fn every_start_in_a_text_is_masked() {
    let sandbox = sandbox();
    let mut talk = Talk::begin(&sandbox);
    let mut offset = 0;
    while offset < FIRST.len() {
        let result = talk.call("document", json!({ "document": "INC-2025-0060", "offset": offset }));
        assert_eq!(result["isError"], false, "{result}");
        assert_masked(&result, &format!("from {offset}"));
        offset += 37;
    }
}

#[test]
fn whoever_asks_for_it_is_not_given_more_of_it() {
    let sandbox = sandbox();
    let mut talk = Talk::begin(&sandbox);
    for query in ["credmate_redis_prdo", "credmate", "gale", "Kx7*", "blue heron", "lopes", "id:INC-2025-0060 winter"] {
        // Words that were found instead are those of documents that the answer need not show.
        for limit in [10, 0] {
            let result = talk.call("search", json!({ "q": query, "limit": limit }));
            // What was asked is told back.
            let text = result.to_string().to_lowercase().replace(&query.to_lowercase(), "");
            let told: Vec<&str> = SECRETS.into_iter().filter(|secret| text.contains(secret)).collect();
            assert_eq!(told, Vec::<&str>::new(), "{query}: {result:#}");
        }
    }
    let refused = talk.refusal("document", json!({ "document": "INC-2025-0060", "section": "nothing such" }));
    assert!(refused.contains("`Resolution`"), "{refused}");
}

#[test]
fn a_heading_and_a_name_of_a_file_are_masked_in_errors_too() {
    let sandbox = sandbox()
        .file("2025/third.md", "# Third\n\npassword: credmate_redis_prod\n\n## Old login credmate_redis_prod\n\nx\n");
    let mut talk = Talk::begin(&sandbox);
    let refused = talk.refusal("document", json!({ "document": "2025/third.md", "section": "nothing such" }));
    assert!(!refused.contains("credmate_redis") && refused.contains("`Old login [removed: "), "{refused}");
}

#[test]
fn what_is_shared_is_not_told_where_the_one_asked_about_tells_what_it_is() {
    let document = |id: &str, text: &str| {
        format!(
            "---\nid: {id}\ndate: 2025-07-20\nseverity: high\nservices: [export-runner]\n---\n\n# The export of {id} stopped\n\n{text}\n"
        )
    };
    let sandbox = sandbox()
        .file("2025/one.md", document("INC-2025-0062", "It ran with `quartz-otter-51`, which was gone."))
        .file("2025/two.md", document("INC-2025-0063", "Like INC-2025-0062: password=quartz-otter-51 was gone."));
    let mut talk = Talk::begin(&sandbox);
    let answer = talk.answer("related", json!({ "document": "INC-2025-0063" }));
    assert_eq!(answer["related"][0]["id"], "INC-2025-0062", "{answer}");
    assert!(!answer.to_string().contains("quartz"), "{answer}");
}

#[test]
fn what_is_left_says_what_it_was_and_stays_on_its_line() {
    let sandbox = sandbox();
    let mut talk = Talk::begin(&sandbox);
    let answer = talk.answer("document", json!({ "document": "INC-2025-0060" }));
    let text = answer["text"]["content"].as_str().unwrap();
    assert_eq!(text.lines().count(), FIRST.lines().count());
    for (line, masked) in text.lines().zip(FIRST.lines()) {
        assert!(line == masked || line.contains("[removed: ") || masked.len() > line.len(), "{line}\n{masked}");
    }
    assert!(text.contains("**Password:** [removed: a password or key]"), "{text}");
    assert_eq!(answer["facts"]["front_matter"]["db"]["password"], "[removed: a password or key]");
    assert_eq!(answer["facts"]["title"], "Redis refused the login");
}
