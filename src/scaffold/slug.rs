//! Titles as parts of ids and file names.

use unicode_normalization::UnicodeNormalization;

/// A longer slug is cut between two words.
const LONGEST: usize = 48;

/// Returns `title` in lower case letters and digits, words joined by hyphens: `Redis: "no route"` is `redis-no-route`.
/// Letters of scripts that have no simple form in ASCII stay as they are.
#[must_use]
pub(crate) fn slug(title: &str) -> String {
    let mut slug = String::new();
    for c in title.nfkd().flat_map(char::to_lowercase) {
        match c {
            'ß' => slug.push_str("ss"),
            'ø' => slug.push('o'),
            'æ' => slug.push_str("ae"),
            'ł' => slug.push('l'),
            _ if c.is_alphanumeric() => slug.push(c),
            // Accents were parted from their letters, and are dropped where the letter is the same without; those of other
            // scripts make another letter of it (が is not か).
            _ if unicode_normalization::char::is_combining_mark(c) => {
                slug.extend(slug.chars().next_back().filter(|before| !takes_accents(*before)).map(|_| c));
            }
            // An apostrophe does not part a word.
            '\'' | '’' => {}
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    let whole: String = slug.nfc().collect();
    let whole = without_day(whole.trim_matches('-'));
    shortened(whole).to_owned()
}

/// Tells whether a letter is Latin or Greek.
fn takes_accents(letter: char) -> bool {
    matches!(letter, '\0'..='\u{24f}' | '\u{370}'..='\u{3ff}')
}

/// A day at the head of a title is told by the rest of the name.
fn without_day(slug: &str) -> &str {
    let mut parts = slug.splitn(4, '-');
    let lengths = [4, 2, 2];
    let is_day = lengths.iter().all(|length| {
        parts.next().is_some_and(|part| part.len() == *length && part.bytes().all(|byte| byte.is_ascii_digit()))
    });
    parts.next().filter(|_| is_day).unwrap_or(slug)
}

fn shortened(slug: &str) -> &str {
    if slug.len() <= LONGEST {
        return slug;
    }
    let mut end = LONGEST;
    while !slug.is_char_boundary(end) {
        end -= 1;
    }
    let cut = &slug[..end];
    if slug[end..].starts_with('-') { cut } else { cut.rsplit_once('-').map_or(cut, |it| it.0) }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn titles_become_slugs() {
        for (title, expected) in [
            ("Redis: \"no route\" to host!", "redis-no-route-to-host"),
            ("Größe über 90 %", "grosse-uber-90"),
            ("Member's café – née", "members-cafe-nee"),
            ("支付 故障", "支付-故障"),
            ("ログインできない バグ", "ログインできない-バグ"),
            ("Мой сайт й", "мой-сайт-й"),
            ("हिन्दी", "हिन्दी"),
            ("  --  ", ""),
            ("2025-03-01, disk full", "disk-full"),
            ("2025-03-01", "2025-03-01"),
            ("a/../../etc/passwd", "a-etc-passwd"),
        ] {
            assert_eq!(slug(title), expected, "{title}");
        }
        let long = slug(&"word ".repeat(40));
        assert!(long.len() <= 48 && long.ends_with("word"), "{long}");
    }
}
