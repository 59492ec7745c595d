//! Generated parts of a document: what `ris` made stands between two marks, the first of which tells a part that nobody
//! has changed from one that somebody has.
//!
//! ```text
//! <!-- ris:begin timeline 3f6c01ab -->
//! …
//! <!-- ris:end timeline -->
//! ```

/// What a mark begins with.
const BEGIN: &str = "<!-- ris:begin ";
const END: &str = "<!-- ris:end ";
/// Name of the part whose boxes are the document's own; every other part shows what other documents keep.
pub const OWN_BOXES: &str = "verification";

/// A line that is a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartMark<'t> {
    /// A part begins.
    Begin {
        /// Its name.
        name: &'t str,
        /// What its content gave when it was made; empty where somebody took it out.
        fingerprint: &'t str,
    },
    /// A part ends.
    End {
        /// Its name.
        name: &'t str,
    },
}

/// Returns the mark that `line` is.
#[must_use]
pub fn part_mark(line: &str) -> Option<PartMark<'_>> {
    let line = line.trim();
    let words = |start: &str| Some(line.strip_prefix(start)?.strip_suffix("-->")?.split_whitespace());
    if let Some(mut words) = words(BEGIN) {
        return Some(PartMark::Begin { name: words.next()?, fingerprint: words.next().unwrap_or_default() });
    }
    Some(PartMark::End { name: words(END)?.next()? })
}

/// Returns `body` as the part `name`, between its marks.
#[must_use]
pub fn part(name: &str, body: &str) -> String {
    let body = body.trim();
    format!("{BEGIN}{name} {} -->\n\n{body}\n\n{END}{name} -->", fingerprint(body))
}

/// Returns what tells a content from others. Blank lines and blanks at line ends do not count: people's editors and
/// templates add and remove them.
#[must_use]
pub fn fingerprint(body: &str) -> String {
    // FNV-1a: a slip of the hand is to be noticed, nobody is kept out.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let lines = body.lines().map(str::trim_end).filter(|line| !line.is_empty());
    for byte in lines.flat_map(|line| line.bytes().chain([b'\n'])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{:08x}", (hash >> 32) ^ (hash & 0xffff_ffff))
}

/// Returns the lines, counted from 1, between the marks of each part, with its name.
#[must_use]
pub fn part_lines(text: &str) -> Vec<(&str, std::ops::Range<u32>)> {
    let mut found = Vec::new();
    let mut begun = None;
    for (line, number) in text.lines().zip(1..) {
        match (part_mark(line), begun) {
            (Some(PartMark::Begin { name, .. }), _) => begun = Some((name, number + 1)),
            (Some(PartMark::End { name }), Some((of, from))) if of == name => {
                found.push((name, from..number));
                begun = None;
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_read_as_it_was_written() {
        let text = format!("# A\n\n{}\n", part("timeline", "\n| a |\n\n\n"));
        let marks: Vec<PartMark<'_>> = text.lines().filter_map(part_mark).collect();
        let print = fingerprint("| a |  \n");
        assert_eq!(
            marks,
            [PartMark::Begin { name: "timeline", fingerprint: &print }, PartMark::End { name: "timeline" }]
        );
        assert_ne!(print, fingerprint("| b |"));
        assert_eq!(part_lines(&text), [("timeline", 4..7)]);
        assert_eq!(part_mark("<!-- ris-allow x: y -->"), None);
    }
}
