use super::*;
use proptest::prelude::*;

fn cut(text: &str) -> (Vec<&str>, Vec<u32>) {
    let lines = LineIndex::new(text);
    let (pieces, diagnostics) = pieces(text, 0, &lines);
    assert!(diagnostics.iter().all(|found| found.code == "unclosed-fence"));
    (pieces.into_iter().map(|piece| &text[piece]).collect(), diagnostics.iter().map(|found| found.line).collect())
}

#[test]
fn balanced_fences_give_one_piece() {
    for text in [
        "",
        "no fence\n",
        "```\na\n```\n",
        "```sh\n# comment\n\n## Step\n\n```\n\n# T\n",
        "~~~\n```\n~~~\n",
        "````md\n```sh\n\n## x\n\n```\n````\n## T\n",
        "a\n```markdown\n\n## Template\n\n```\n",
        "1. do\n   ```sh\n   x\n   ```\n2. do\n\n    ```\n    y\n    ```\n",
        "- ```sh\n  x\n  ```\n\n## T\n",
        "> ```\n> x\n\n## T\n",
        "> ```\n> x\n\n## T\n\n```sh\ny\n```\n",
        "> ```\n> x\n> ```\n\n## T\n",
        "text ``` not a fence\n\n## T\n",
        "``` inline ``` code\n\n## T\n",
        "```\n    ```\n```\n",
    ] {
        assert_eq!(cut(text), (vec![text], vec![]), "{text}");
    }
}

#[test]
fn a_document_inside_a_fence_of_markdown_is_read() {
    let inner = "# T\n\n```sh\nx\n```\n\n## U\n";
    assert_eq!(cut(&format!("\n```markdown\n{inner}```\n")), (vec![inner], vec![]));
    assert_eq!(cut("```md\n# T\n\n## U\n"), (vec!["", "# T\n\n## U\n"], vec![1]));
}

#[test]
fn a_fence_without_end_stops_at_the_next_heading() {
    for (text, expected, lines) in [
        ("a\n```sh\nx\n\n## T\n\ntext\n", vec!["a\n```sh\nx\n\n", "## T\n\ntext\n"], vec![2]),
        ("```\n# comment\nx\n\n# T\n\ntext\n", vec!["```\n# comment\nx\n\n", "# T\n\ntext\n"], vec![1]),
        ("```\nx\n## not after a blank\n", vec!["```\nx\n## not after a blank\n"], vec![1]),
        ("```\nx\n\n#!/bin/sh\n\n##no\n", vec!["```\nx\n\n#!/bin/sh\n\n##no\n"], vec![1]),
        ("```\r\nx\r\n\r\n## T\r\n", vec!["```\r\nx\r\n\r\n", "## T\r\n"], vec![1]),
        (
            "~~~\nx\n\n## A\n\n````\ny\n```\n\n### B\n",
            vec!["~~~\nx\n\n", "## A\n\n````\ny\n```\n\n", "### B\n"],
            vec![1, 6],
        ),
    ] {
        assert_eq!(cut(text), (expected, lines), "{text}");
    }
}

#[test]
fn a_forgotten_end_does_not_turn_prose_and_code_around() {
    let text = "```sh\nx\n\n## A\n\n```sh\ny\n```\n\n## B\n\n```sh\nz\n```\n";
    assert_eq!(cut(text), (vec!["```sh\nx\n\n", &text[9..]], vec![1]));
    let last = "```\na\n```\n\n```\nb\n\n## A\n\n```sh\ny\n```\n";
    assert_eq!(cut(last).1, [5]);
}

#[test]
fn pieces_begin_at_start() {
    let text = "---\na: 1\n---\n```\nx\n\n## T\n";
    let (pieces, _) = pieces(text, 13, &LineIndex::new(text));
    assert_eq!(pieces, [13..20, 20..text.len()]);
}

#[test]
fn many_missing_fences_stay_cheap() {
    for text in [
        "```sh\n\n## T\n\n".repeat(20_000),
        "```sh\n~~~sh\n".repeat(20_000),
        (3..1500).rev().map(|n| format!("{}\n\n## T\n\n", "`".repeat(n))).collect(),
        ">".repeat(50_000),
        "> ```\n".repeat(20_000),
        "> ```sh\n> > ~~~\n> x\n".repeat(20_000),
        "```x\n\n# a\n".repeat(20_000),
        "`".repeat(2_000_000),
        "``` ".repeat(200_000),
    ] {
        let (pieces, diagnostics) = cut(&text);
        assert!(pieces.len() <= MAX_PIECES + 1 && diagnostics.len() <= MAX_PIECES + 1);
        assert_eq!(pieces.concat(), text);
    }
}

proptest! {
    #[test]
    fn pieces_cover_the_text(text in "(```|~~~|````|sh|> |- |  |\n|\n\n|## T\n|# T\n|é|`){0,60}") {
        let (pieces, _) = cut(&text);
        prop_assert_eq!(pieces.concat(), text.clone());
        for piece in &pieces[1..] {
            let at = piece.as_ptr() as usize - text.as_ptr() as usize;
            prop_assert_eq!(text.as_bytes()[at - 1], b'\n');
        }
    }
}
