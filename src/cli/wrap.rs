//! Breaks lines of spans to a width, at blanks where there are any.

use super::text::{Line, Span, Style, split_at_width};

/// Breaks `line` into lines of at most `width` columns. A word that is too long for a line of its own is cut.
pub(crate) fn wrap(line: &Line, width: usize) -> Vec<Line> {
    broken(line, width, false)
}

/// Breaks `line` like [`wrap`], but leaves every word whole: a path in a message is there to be copied.
pub(crate) fn wrap_whole(line: &Line, width: usize) -> Vec<Line> {
    broken(line, width, true)
}

fn broken(line: &Line, width: usize, whole: bool) -> Vec<Line> {
    let width = width.max(1);
    let mut wrapper = Wrapper { width, whole, lines: Vec::new(), line: Line::new(), columns: 0, blank: None };
    for word in words(line) {
        wrapper.word(&word);
    }
    wrapper.finish()
}

/// Breaks `line` like [`wrap`], the lines after the first one behind `hang` blanks.
pub(crate) fn wrap_hanging(line: &Line, width: usize, hang: usize) -> Vec<Line> {
    let first = wrap(line, width);
    if first.len() < 2 || hang == 0 {
        return first;
    }
    let mut lines = wrap(line, width.saturating_sub(hang)).into_iter();
    let head = lines.next().unwrap_or_default();
    std::iter::once(head).chain(lines.map(|line| line.indented(hang))).collect()
}

/// Returns the columns of the longest word.
pub(crate) fn longest_word(line: &Line) -> usize {
    let width = |word: Word| match word {
        Word::Blank(_) => 0,
        Word::Text(pieces) => pieces.iter().map(Span::width).sum(),
    };
    words(line).into_iter().map(width).max().unwrap_or(0)
}

/// A blank, or the pieces of a word that no blank divides (a word may change its style in the middle).
enum Word {
    Blank(Style),
    Text(Vec<Span>),
}

fn words(line: &Line) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open: Vec<Span> = Vec::new();
    for span in line.spans() {
        let mut rest = span.text();
        while !rest.is_empty() {
            let blank = rest.find(' ').unwrap_or(rest.len());
            let (text, tail) = rest.split_at(blank);
            if !text.is_empty() {
                open.push(Span::new(text, span.style()));
            }
            if !tail.is_empty() {
                if !open.is_empty() {
                    words.push(Word::Text(std::mem::take(&mut open)));
                }
                words.push(Word::Blank(span.style()));
            }
            rest = tail.get(1..).unwrap_or("");
        }
    }
    if !open.is_empty() {
        words.push(Word::Text(open));
    }
    words
}

struct Wrapper {
    width: usize,
    /// Words that are too long are not cut.
    whole: bool,
    lines: Vec<Line>,
    line: Line,
    columns: usize,
    blank: Option<Style>,
}

impl Wrapper {
    fn word(&mut self, word: &Word) {
        match word {
            Word::Blank(style) => self.blank = Some(*style),
            Word::Text(pieces) => {
                let width: usize = pieces.iter().map(Span::width).sum();
                let gap = usize::from(self.blank.is_some() && self.columns > 0);
                if self.columns > 0 && self.columns + gap + width > self.width {
                    self.break_line();
                } else if gap == 1 {
                    self.line.push(" ", self.blank.unwrap_or_default());
                    self.columns += 1;
                }
                self.blank = None;
                for piece in pieces {
                    if self.whole {
                        self.columns += piece.width();
                        self.line.push(piece.text(), piece.style());
                    } else {
                        self.piece(piece);
                    }
                }
            }
        }
    }

    fn piece(&mut self, piece: &Span) {
        let mut rest = piece.text();
        while !rest.is_empty() {
            if self.columns >= self.width {
                self.break_line();
            }
            let (head, tail) = split_at_width(rest, self.width - self.columns);
            let span = Span::new(head, piece.style());
            self.columns += span.width();
            self.line.push(head, piece.style());
            rest = tail;
        }
    }

    fn break_line(&mut self) {
        self.lines.push(std::mem::take(&mut self.line));
        self.columns = 0;
        self.blank = None;
    }

    fn finish(mut self) -> Vec<Line> {
        if !self.line.is_empty() || self.lines.is_empty() {
            self.lines.push(self.line);
        }
        self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(lines: &[Line]) -> Vec<String> {
        lines.iter().map(|line| line.spans().iter().map(Span::text).collect()).collect()
    }

    #[test]
    fn breaks_at_blanks_and_keeps_styles() {
        let line = Line::plain("the quick ").with("brown", Style::Match).with(" fox jumps", Style::Plain);
        let lines = wrap(&line, 11);
        assert_eq!(texts(&lines), ["the quick", "brown fox", "jumps"]);
        assert_eq!(lines[1].spans()[0].style(), Style::Match);
    }

    #[test]
    fn a_word_of_two_styles_is_not_torn() {
        let line = Line::plain("see credmate-").with("redis", Style::Match).with(":6379", Style::Plain);
        assert_eq!(texts(&wrap(&line, 20)), ["see", "credmate-redis:6379"]);
    }

    #[test]
    fn cuts_words_that_are_too_long_and_counts_wide_characters() {
        assert_eq!(texts(&wrap(&Line::plain("障害報告書を参照"), 8)), ["障害報告", "書を参照"]);
        assert_eq!(texts(&wrap(&Line::plain(&"x".repeat(20)), 8)), ["xxxxxxxx", "xxxxxxxx", "xxxx"]);
    }

    #[test]
    fn a_path_in_a_message_is_not_cut() {
        let line = Line::plain("made 2026/a-path-that-is-long.md and more");
        assert_eq!(texts(&wrap_whole(&line, 10)), ["made", "2026/a-path-that-is-long.md", "and more"]);
    }

    #[test]
    fn hangs_the_following_lines() {
        let lines = wrap_hanging(&Line::plain("one two three four"), 10, 2);
        assert_eq!(texts(&lines), ["one two", "  three", "  four"]);
    }
}
