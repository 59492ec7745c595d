//! The direction in which a text is read, by the letters of its prose.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Located;

/// Tells whether most letters are of a script that is written from right to left; code does not count.
pub(super) fn is_right_to_left(events: &[Located<'_>]) -> bool {
    let (mut in_code, mut right, mut left) = (false, 0_usize, 0_usize);
    for (event, _) in events {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(text) if !in_code => {
                for letter in text.chars().filter(|letter| letter.is_alphabetic()) {
                    *(if is_from_right(letter) { &mut right } else { &mut left }) += 1;
                }
            }
            _ => {}
        }
    }
    right > left
}

/// Hebrew, Arabic, Syriac, Thaana, N'Ko and their presentation forms.
pub(super) fn is_from_right(letter: char) -> bool {
    matches!(u32::from(letter), 0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF)
}
