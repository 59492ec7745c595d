use super::*;
use crate::cli::text::Span;
use crate::effort::effort;

fn rendered(markdown: &str, width: usize) -> String {
    texts(&render(markdown, width, CodeLayout::Indented))
}

fn texts(lines: &[Line]) -> String {
    let lines: Vec<String> = lines.iter().map(|line| line.spans().iter().map(Span::text).collect()).collect();
    lines.join("\n")
}

#[test]
fn label_lines_stay_apart_and_other_line_ends_become_blanks() {
    insta::assert_snapshot!(rendered("# T\n\n**Status**: RESOLVED\n**Date**: 2025-12-17\nmore of it\n", 40), @r"
    # T

    Status: RESOLVED
    Date: 2025-12-17 more of it
    ");
}

#[test]
fn what_looks_like_a_tag_is_shown_as_on_a_page() {
    assert_eq!(
        rendered("Ask <x y=\"z\"> and </vendor>, <svg onload=1>s</svg>, <kbd>K</kbd> <time>now</time>.", 80),
        "Ask <x y=\"z\"> and </vendor>, <svg onload=1>s</svg>, K now."
    );
    assert_eq!(rendered("<div>\n\n<vendor>\n\n</div>\n\n</div>", 80), "<vendor>\n\n</div>");
}

#[test]
fn words_in_angle_brackets_are_shown_as_on_the_page() {
    assert_eq!(
        rendered("Ask <vendor> for <b>a date</b> (owner: <team>), a<b and c>d", 80),
        "Ask <vendor> for a date (owner: <team>), a<b and c>d"
    );
}

#[test]
fn lists_nest_and_boxes_stay() {
    let markdown = "1. first that is long enough to wrap\n   - [x] done\n   - [ ] open\n2. second\n\nAfter.\n";
    insta::assert_snapshot!(rendered(markdown, 24), @r"
    1. first that is long
       enough to wrap
       [x] done
       [ ] open
    2. second

    After.
    ");
}

#[test]
fn loose_lists_and_quotes_keep_their_gaps() {
    insta::assert_snapshot!(rendered("- a\n\n  more\n\n- b\n\n> quoted\n>\n> - x\n", 24), @r"
    • a

      more

    • b

    │ quoted
    │
    │ • x
    ");
}

#[test]
fn a_rule_before_a_heading_is_left_out() {
    insta::assert_snapshot!(rendered("a\n\n---\n\n## H\n\n---\n\nb\n", 24), @r"
    a

    ## H

    ────────────────────────

    b
    ");
}

#[test]
fn tables_align_and_wrap() {
    let markdown =
        "| Time | Event |\n|---:|---|\n| 8:00 | the `queue` stopped taking work |\n| 17:10 | **障害** fixed |\n";
    insta::assert_snapshot!(rendered(markdown, 30), @r"
     Time  Event
    ─────  ───────────────────────
     8:00  the `queue` stopped
           taking work
    17:10  障害 fixed
    ");
    insta::assert_snapshot!(rendered(markdown, 16), @r"
    Time: 8:00
    Event: the
      `queue`
      stopped taking
      work

    Time: 17:10
    Event: 障害
      fixed
    ");
}

#[test]
fn code_is_not_wrapped_and_can_stand_at_the_left_edge() {
    let markdown = "- step\n\n  ```bash\n  docker compose restart a-very-long-service-name\n  ```\n\n- next\n";
    insta::assert_snapshot!(rendered(markdown, 20), @r"
    • step

          docker compose restart a-very-long-service-name

    • next
    ");
    insta::assert_snapshot!(texts(&render(markdown, 20, CodeLayout::Copyable)), @r"
    • step

    docker compose restart a-very-long-service-name

    • next
    ");
}

#[test]
fn links_show_their_target_once() {
    let markdown = "See [the plan](plan.md), <https://a.example/x> and ![graph](g.png). [^1]\n\n[^1]: A note.\n";
    insta::assert_snapshot!(rendered(markdown, 80), @r"
    See the plan (plan.md), https://a.example/x and image: graph (g.png). [^1]

    [^1] A note.
    ");
}

#[test]
fn deep_nesting_costs_no_time() {
    let list: String = (0..2_000).map(|depth| format!("{}- x\n", "  ".repeat(depth))).collect();
    for deep in [">".repeat(50_000), list] {
        let of = |text: &str| effort(|| render(text, 80, CodeLayout::Indented));
        let (prose, nested) = (of(&"The heron sat.\n\n".repeat(deep.len() / 16)), of(&deep));
        assert!(nested < prose * 100, "{nested:?} for {:?}…, {prose:?} for prose", &deep[..20]);
    }
}

#[test]
fn inline_text_is_one_line() {
    let line = inline("**a** `b`\n\nc");
    assert_eq!(texts(&[line]), "a `b` c");
}
