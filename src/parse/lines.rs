//! From a byte offset to its line.

/// So many lines are tried one after the other.
const NEAR: usize = 6;

/// Where each line of a text starts. Lines end at a line feed; a text without one is one line.
#[derive(Debug, Clone)]
pub(crate) struct LineIndex {
    starts: Vec<usize>,
    length: usize,
}

impl LineIndex {
    /// Returns the index of `text`.
    pub(crate) fn new(text: &str) -> Self {
        let mut starts = Vec::with_capacity(text.len() / 40 + 1);
        starts.push(0);
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1));
        if starts.len() > 1 && starts.last() == Some(&text.len()) {
            starts.pop();
        }
        Self { starts, length: text.len() }
    }

    /// Returns the 1-based line that holds the byte at `offset`; past the end it is the last line.
    pub(crate) fn line(&self, offset: usize) -> u32 {
        to_u32(self.starts.partition_point(|&start| start <= offset).max(1))
    }

    /// Returns the same for a byte that most likely stands in the line `near` or one of those behind it.
    pub(crate) fn line_near(&self, near: u32, offset: usize) -> u32 {
        let near = (near as usize).max(1);
        let likely = self.starts.get(near - 1..).unwrap_or_default().iter().take(NEAR);
        match likely.take_while(|start| **start <= offset).count() {
            0 | NEAR => self.line(offset),
            steps => to_u32(near + steps - 1),
        }
    }

    /// Returns the first byte of the 1-based `line`, or the length of the text for a line past the end.
    pub(crate) fn start(&self, line: u32) -> usize {
        let index = (line as usize).saturating_sub(1);
        self.starts.get(index).copied().unwrap_or(self.length)
    }

    /// Returns how many lines there are; a final line feed opens no further line.
    pub(crate) fn count(&self) -> u32 {
        to_u32(self.starts.len())
    }
}

/// Returns `number` as a line number; files are far smaller than its range.
pub(crate) fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_from_one() {
        for (text, offset, line, count) in [
            ("", 0, 1, 1),
            ("a", 0, 1, 1),
            ("a\n", 1, 1, 1),
            ("a\n", 2, 1, 1),
            ("a\nb", 2, 2, 2),
            ("a\r\nb\r\n", 3, 2, 2),
            ("\n\n\n", 1, 2, 3),
            ("a\nb", 99, 2, 2),
        ] {
            let index = LineIndex::new(text);
            assert_eq!((index.line(offset), index.count()), (line, count), "{text:?} at {offset}");
        }
    }

    #[test]
    fn starts_are_the_inverse_of_lines() {
        let text = "one\n\nthree é\nfour";
        let index = LineIndex::new(text);
        for line in 1..=index.count() {
            assert_eq!(index.line(index.start(line)), line);
            assert!((0..9).all(|near| index.line_near(near, index.start(line)) == line));
        }
        assert_eq!(index.start(0), 0);
        assert_eq!(index.start(9), text.len());
    }
}
