//! What queries find.

use super::support::{Folder, hits, sync};

fn folder() -> Folder {
    Folder::new(&[
        ("a.md", "# Redis down\n\nError connecting to credmate-redis:6379. Connections were refused.\n"),
        ("b.md", "# Datenbank langsam\n\nDie Datenbanken waren überlastet.\n"),
        (
            "c/c.md",
            "# Queue stuck\n\nThe worker at 10.0.3.7 raised redis.exceptions.ConnectionError in src/api/utils/config.py\n",
        ),
        ("d.md", "# 障害\n\n数据库连接失败\n"),
    ])
}

#[test]
fn finds_words_forms_identifiers_and_other_scripts() {
    let folder = folder();
    let kb = folder.open();
    let report = sync(&kb);
    assert_eq!((report.added, report.changed, report.removed, report.unchanged), (4, 0, 0, 0));
    let cases: [(&str, &[&str]); 15] = [
        ("refused", &["a.md"]),
        ("connection refused", &["a.md"]),
        ("ConnectionError", &["c/c.md"]),
        ("redis.exceptions.ConnectionError", &["c/c.md"]),
        ("credmate-redis:6379", &["a.md"]),
        ("10.0.3.7", &["c/c.md"]),
        ("config.py", &["c/c.md"]),
        ("uberlastet", &["b.md"]),
        ("数据库", &["d.md"]),
        ("库", &["d.md"]),
        ("work*", &["c/c.md"]),
        ("credmate-re*", &["a.md"]),
        ("redis.exceptions.Conn*", &["c/c.md"]),
        ("title:queue", &["c/c.md"]),
        ("\"connecting to\"", &["a.md"]),
    ];
    for (query, expected) in cases {
        assert_eq!(hits(&kb, query), expected, "{query}");
    }
}
