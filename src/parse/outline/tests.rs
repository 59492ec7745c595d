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
