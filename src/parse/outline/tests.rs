use super::*;
use crate::parse::vocabulary::HeadingRole;

fn outline(text: &str) -> Outline {
    Outline::new(text, std::slice::from_ref(&(0..text.len())), &LineIndex::new(text))
}

fn texts(outline: &Outline) -> Vec<&str> {
    outline.blocks.iter().map(|block| outline.text(block)).collect()
}

#[test]
fn blocks_carry_plain_text_and_lines() {
    let outline = outline("# A **b** `c`\n\none\ntwo\n\n- x\n  - [x] y\n\n| h | i |\n|---|---|\n| 1 | 2 |\n");
    assert_eq!(texts(&outline), ["A b c", "one\ntwo", "x", "y", "h i ", "1 2 "]);
    assert_eq!(outline.blocks.iter().map(|block| block.line).collect::<Vec<_>>(), [1, 3, 6, 7, 9, 11]);
    assert_eq!(outline.blocks[3].kind, BlockKind::Item { ordered: false, checked: Some(true) });
    assert_eq!(outline.blocks[3].parent, Some(2));
    assert_eq!(outline.cells(&outline.blocks[5]).collect::<Vec<_>>(), ["1", "2"]);
}

#[test]
fn code_across_lines_is_the_same_whatever_ends_them() {
    for text in ["a `b\nc` d\n", "a `b\r\nc` d\r\n"] {
        assert_eq!(texts(&outline(text)), ["a b c d"], "{text:?}");
    }
    assert_eq!(texts(&outline("a `b  c`\r\n")), ["a b  c"]);
}

#[test]
fn boxes_and_headings_in_code_are_neither() {
    let outline = outline("```sh\n# comment\n- [ ] no\n```\n\n- [ ] yes\n");
    assert_eq!(texts(&outline), ["sh", "yes"]);
}

#[test]
fn a_loose_item_keeps_its_first_paragraph_and_gives_the_rest_away() {
    let outline = outline("1. first\n\n   second\n\n2. third\n");
    assert_eq!(texts(&outline), ["first", "second", "third"]);
    assert_eq!(outline.blocks[1].parent, Some(0));
}

#[test]
fn actions_go_on_through_sub_headings_and_end_at_lessons() {
    let outline = outline("# T\n\n## Action Items\n\n### Detection\n\n- a\n\n## Lessons Learned\n\n- b\n");
    let role = |text: &str| {
        let block = outline.blocks.iter().find(|block| outline.text(block) == text).unwrap();
        outline.section_of(block).roles
    };
    assert!(role("a").has(HeadingRole::Actions));
    assert!(!role("b").has(HeadingRole::Actions) && role("b").has(HeadingRole::Lessons));
}

#[test]
fn bold_paragraphs_and_bold_items_are_sections() {
    let outline = outline("**Timeline:**\n\n- 10:00 a\n\n- **Review actions**:\n  - do\n- other\n");
    let of = |text: &str| outline.section_of(outline.blocks.iter().find(|it| outline.text(it) == text).unwrap());
    assert_eq!(of("10:00 a").source, SectionSource::Label);
    assert_eq!(of("do").source, SectionSource::Item);
    assert!(of("do").roles.has(HeadingRole::Actions));
    assert!(!of("other").roles.has(HeadingRole::Actions));
}

#[test]
fn tags_are_read_like_their_markdown_sisters() {
    let outline = outline(
        "<h1 align=\"center\">A &amp; B</h1>\n<!-- <p>no</p> -->\n<p\n class=\"x\">one <b>two</b>\nthree</p>\n<ul>\n  \
         <li>four\n    <ol><li>five</li></ol></li>\n  <li>six\n</ul>\n<table>\n<tr><th>h</th><th>i</th></tr>\n\
         <tr><td>1<br>2<td>a < b</td></tr>\n</table>\n\nseven\n- eight\n",
    );
    assert_eq!(
        texts(&outline),
        ["A & B", "one two\nthree", "four", "five", "six", "h i ", "1 2 a < b ", "seven", "eight"]
    );
    let kinds: Vec<_> = outline.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds[0], BlockKind::Heading(1));
    assert_eq!(kinds[2..5], [false, true, false].map(|ordered| BlockKind::Item { ordered, checked: None }));
    assert_eq!(kinds[5..7], [true, false].map(|header| BlockKind::Row { header, table: 1 }));
    let parents: Vec<_> = outline.blocks.iter().map(|block| block.parent).collect();
    assert_eq!(parents, [None, None, None, Some(2), None, None, None, None, None]);
    assert_eq!(outline.blocks.iter().map(|block| block.line).collect::<Vec<_>>(), [1, 3, 7, 8, 9, 12, 13, 16, 17]);
    assert_eq!(outline.strong_in(&outline.blocks[1].text).len(), 1);
    assert_eq!(outline.children(2).count(), 1);
}

#[test]
fn what_stands_outside_of_such_tags_stays_unread() {
    for text in [
        "<div>\nloose text\n</div>\n",
        "<details>\n<summary>more</summary>\n</details>\n",
        "<script>\nif (a) { '<p>b</p>' }\n</script>\n",
        "<style>\np { color: red }\n</style>\n",
        "</li></ul></td></b></p>\n",
        "<!-- a\n<li>b</li>\n-->\n",
    ] {
        assert!(texts(&outline(text)).is_empty(), "{text}");
    }
    // A list of tags that nobody closed does not take the Markdown behind it in.
    let outline = outline("<ul>\n<li><b>a\n\n- b\n- c\n");
    assert_eq!(texts(&outline), ["a", "b", "c"]);
    assert!(outline.blocks.iter().all(|block| block.parent.is_none()));
}

#[test]
fn no_nesting_is_too_deep() {
    let deep = "<ul><li>".repeat(50_000);
    assert_eq!(outline(&deep).blocks.len(), 50_000);
}
