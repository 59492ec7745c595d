//! What is worth searching for in a pasted log: identifiers and words, without what differs from run to run.

mod envelope;
mod levels;
mod screen;

use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};

use super::boilerplate;
use super::noise::{is_step, kept};
use crate::index::text::{Piece, TokenKind};
use crate::parse::is_filler;
use levels::{Level, is_frame, is_row, level};
use screen::{Row, rows};

/// Longest paste that is looked at.
const MAX_BYTES: usize = 1 << 20;
/// So many rows of a listing make one.
const LISTING: usize = 3;

/// A word of a paste.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PasteWord {
    /// Folded, as the index has it.
    pub(crate) term: String,
    /// As first written.
    pub(crate) written: String,
    pub(crate) kind: TokenKind,
    /// It stands nowhere but in longer identifiers.
    pub(crate) is_part: bool,
    /// It stands nowhere but in what is printed whatever the fault is.
    pub(crate) is_boilerplate: bool,
    /// It stands nowhere but beside the message.
    pub(crate) is_beside: bool,
}

/// A line of a paste, or a message in one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct PasteLine {
    /// Its words that follow one another, noise left out.
    pub(crate) words: Vec<LineWord>,
    /// It tells of work that goes well, or where in the code the fault came up, not which one.
    pub(crate) is_beside: bool,
    /// Its level says that something is wrong.
    pub(crate) is_loud: bool,
    /// Where its message may begin, if not with its first word.
    pub(crate) rests: Vec<LineRest>,
}

/// The rest of a line behind what may be the prefix of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct LineRest {
    /// Its first word.
    pub(crate) first: usize,
    /// Nothing but what a logger writes stands before it.
    pub(crate) is_message: bool,
}

/// A word in its line; lines that differ in places only, since figures have other lengths, are the same.
#[derive(Debug, Clone)]
pub(crate) struct LineWord {
    /// Folded.
    pub(crate) term: String,
    /// It belongs to what is printed whatever the fault is.
    pub(crate) is_boilerplate: bool,
    /// The word before it belongs to the same identifier.
    pub(crate) is_further: bool,
    /// Its place among all words of the line, noise too.
    pub(crate) position: usize,
}

impl LineWord {
    fn same(&self) -> (&str, bool, bool) {
        (&self.term, self.is_boilerplate, self.is_further)
    }

    /// Tells whether the word says something of a fault, in whatever knowledge base. An identifier says one thing.
    pub(crate) fn says(&self) -> bool {
        !self.is_boilerplate && !self.is_further && !is_filler(&self.term)
    }
}

impl PartialEq for LineWord {
    fn eq(&self, other: &Self) -> bool {
        self.same() == other.same()
    }
}

impl Eq for LineWord {}

impl Hash for LineWord {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.same().hash(state);
    }
}

/// A paste, cleaned.
#[derive(Debug, Default)]
pub(crate) struct Paste {
    /// Distinct words worth looking up, in the order written.
    pub(crate) words: Vec<PasteWord>,
    /// Every distinct line, for the comparison of consecutive words.
    pub(crate) lines: Vec<PasteLine>,
    /// What was printed, each in all the ways to read it; a way is the lines that it takes. A line that a window cut is
    /// one line or several, a line of JSON is itself or a message that it holds.
    pub(crate) statements: Vec<Vec<Vec<usize>>>,
}

impl Paste {
    /// Reads a paste; beyond a megabyte nothing is looked at.
    pub(crate) fn read(text: &str) -> Self {
        let mut end = text.len().min(MAX_BYTES);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = screen::plain(&text[..end]);
        let is_listing = text.lines().filter(|line| is_row(line)).nth(LISTING - 1).is_some();
        let mut reader = Reader { is_listing, ..Reader::default() };
        for row in rows(&text) {
            let ways = match row {
                Row::Line(line) => reader.ways(line),
                Row::Cut(joined, parts) => {
                    let mut ways = reader.ways(&joined);
                    ways.push(parts.into_iter().filter_map(|part| reader.line(part, level(part))).collect());
                    ways
                }
            };
            if !ways.is_empty() && reader.known_statements.insert(ways.clone()) {
                reader.paste.statements.push(ways);
            }
        }
        reader.paste
    }
}

/// Reads a paste line by line.
#[derive(Default)]
struct Reader {
    paste: Paste,
    /// Rows of keys and values stand beside the message.
    is_listing: bool,
    /// Places of the words and lines that are known.
    words: HashMap<String, usize>,
    lines: HashMap<PasteLine, usize>,
    known_statements: HashSet<Vec<Vec<usize>>>,
}

impl Reader {
    /// Reads a line and the messages that it holds.
    fn ways(&mut self, line: &str) -> Vec<Vec<usize>> {
        let level = level(line);
        let values = envelope::values(line);
        // What stands around the messages of an object is host, request and the like.
        let is_object = !values.is_empty() && (line.trim_start().starts_with('{') || !line.contains('{'));
        let outer = if is_object { Level::Calm } else { level };
        let mut ways = vec![self.line(line, outer).into_iter().collect::<Vec<usize>>()];
        for value in values {
            let within = |line| if level == Level::Other { levels::level(line) } else { level };
            ways.extend(value.lines().filter_map(|line| self.line(line, within(line))).map(|line| vec![line]));
        }
        ways.retain(|way| !way.is_empty());
        ways
    }

    /// Reads a line and returns its place, where it has words.
    fn line(&mut self, line: &str, level: Level) -> Option<usize> {
        let is_beside = level == Level::Calm || is_frame(line) || self.is_listing && is_row(line);
        let pieces = kept(line);
        let steps: Vec<&Piece> = pieces.iter().filter(|it| is_step(it.kind)).collect();
        if steps.is_empty() {
            return None;
        }
        let marks = boilerplate::marks(&steps);
        let wholes: Vec<&Piece> = pieces.iter().filter(|it| it.kind == TokenKind::Whole).collect();
        for piece in &pieces {
            let is_part = piece.kind != TokenKind::Whole && whole_of(piece, &wholes).is_some();
            let is_boilerplate = is_marked(piece, &steps, &marks);
            // Of a word that stood in earlier lines only what is true of it everywhere stays.
            if let Some(&at) = self.words.get(&piece.text) {
                let known = &mut self.paste.words[at];
                known.is_part &= is_part;
                known.is_boilerplate &= is_boilerplate;
                known.is_beside &= is_beside;
                continue;
            }
            self.words.insert(piece.text.clone(), self.paste.words.len());
            let (term, written, kind) = (piece.text.clone(), line[piece.span.clone()].to_owned(), piece.kind);
            self.paste.words.push(PasteWord { term, written, kind, is_part, is_boilerplate, is_beside });
        }
        let words = steps.iter().zip(&marks).map(|(piece, &is_boilerplate)| LineWord {
            term: piece.text.clone(),
            is_boilerplate,
            is_further: whole_of(piece, &wholes).is_some_and(|it| it.span.start < piece.span.start),
            position: piece.position,
        });
        let line =
            PasteLine { words: words.collect(), is_beside, is_loud: level == Level::Loud, rests: rests(line, &steps) };
        if let Some(&known) = self.lines.get(&line) {
            return Some(known);
        }
        let place = self.paste.lines.len();
        self.lines.insert(line.clone(), place);
        self.paste.lines.push(line);
        Some(place)
    }
}

/// Returns the rests of a line by their first words; one that holds no other words than the one before it is that one.
fn rests(line: &str, steps: &[&Piece]) -> Vec<LineRest> {
    let mut rests: Vec<LineRest> = Vec::new();
    for rest in envelope::rests(line) {
        let first = steps.partition_point(|step| step.span.start < rest.at);
        let is_message = rest.is_message;
        match rests.last_mut() {
            Some(last) if last.first == first => last.is_message |= is_message,
            _ if first == 0 || first == steps.len() => {}
            _ => rests.push(LineRest { first, is_message }),
        }
    }
    rests
}

/// Tells whether all of `steps` that a token covers, or lies in, are marked.
fn is_marked(piece: &Piece, steps: &[&Piece], marks: &[bool]) -> bool {
    let first = steps.partition_point(|step| step.span.end <= piece.span.start);
    let end = steps.partition_point(|step| step.span.start < piece.span.end);
    first < end && marks[first..end].iter().all(|&mark| mark)
}

/// Returns which of `wholes`, which are in the order written and do not overlap, a token stands in.
fn whole_of<'p>(piece: &Piece, wholes: &[&'p Piece]) -> Option<&'p Piece> {
    let at = wholes.partition_point(|whole| whole.span.end < piece.span.end);
    wholes.get(at).copied().filter(|whole| whole.span.start <= piece.span.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::effort::effort;

    fn words(text: &str) -> Vec<String> {
        Paste::read(text).words.into_iter().map(|word| word.written).collect()
    }

    #[test]
    fn drops_what_differs_from_run_to_run() {
        let text = "2025-12-17T08:00:12.345Z [pid 4711] ERROR worker-3 7040e948-6926-4c07-9655-9acc737ee468 0xdeadbeef took 153ms";
        assert_eq!(words(text), ["worker", "worker-3", "took"]);
        assert_eq!(words("Dec 17 08:00:12 host sshd[812]: deadbeef12"), ["host", "sshd"]);
        assert_eq!(words("17/Dec/2025:10:00:00 +0000 GET"), ["GET"]);
        assert_eq!(words("a1b2c3d4e5f6 1700000000 12.5 3,000"), [""; 0]);
    }

    #[test]
    fn keeps_identifiers_addresses_and_short_names() {
        let found = words("redis.exceptions.ConnectionError: Error -2 connecting to credmate-redis:6379.");
        for word in ["redis.exceptions.ConnectionError", "ConnectionError", "credmate-redis:6379", "connecting"] {
            assert!(found.iter().any(|it| it == word), "{word} is not among {found:?}");
        }
        assert!(!found.iter().any(|it| it == "6379" || it == "Error" && found.len() < 3));
        assert_eq!(words("10.0.3.7 s3 http2"), ["10.0.3.7", "s3", "http2"]);
    }

    #[test]
    fn folders_of_stack_frames_tell_nothing_and_parts_are_told_from_words() {
        let found = words("File \"/usr/lib/ledger/posting.py\", line 12, in post\n    self.queue(args)");
        assert!(!["usr", "lib", "self", "args"].iter().any(|it| found.iter().any(|word| word == it)), "{found:?}");
        let paste = Paste::read("redis.ConnectionError: gone\nredis says goodbye to ledger-main");
        let is_part = |term: &str| paste.words.iter().find(|word| word.term == term).map(|word| word.is_part);
        assert_eq!((is_part("redis"), is_part("ledger"), is_part("goodbye")), (Some(false), Some(true), Some(false)));
    }

    #[test]
    fn frames_calm_lines_and_rows_of_listings_stand_beside_the_message() {
        let is_beside = |line: &str| Paste::read(line).lines[0].is_beside;
        assert!(is_beside("    at DataHandler.returnError (/srv/app/DataHandler.js:49:34)"));
        assert!(is_beside("  File \"/srv/app/queue.py\", line 88, in enqueue"));
        assert!(is_beside("2026-11-20 03:00:00 [worker-2] INFO upload started"));
        assert!(!is_beside("at the third upload the disk was full") && !is_beside("Node:   ledger"));
        let listing = Paste::read("Node:   ledger\nPort:   upload\nImage:   north\nReason:   lost the ledger");
        assert_eq!(listing.lines.iter().map(|it| it.is_beside).collect::<Vec<_>>(), [true, true, true, false]);
        let is_beside = |term: &str| listing.words.iter().find(|it| it.term == term).map(|it| it.is_beside);
        assert_eq!((is_beside("north"), is_beside("ledger")), (Some(true), Some(false)));
    }

    #[test]
    fn a_statement_is_read_in_every_way_it_was_written() {
        let terms = |paste: &Paste, line: usize| {
            paste.lines[line].words.iter().map(|it| it.term.clone()).collect::<Vec<_>>().join(" ")
        };
        let json = Paste::read("{\"level\":50,\"host\":\"north\",\"msg\":\"lost the ledger\"}");
        assert_eq!((json.statements.len(), json.statements[0].len()), (1, 2));
        assert_eq!(terms(&json, json.statements[0][1][0]), "lost the ledger");
        let head = format!("{} lost the led", "upload ".repeat(9).trim_end());
        let cut = Paste::read(&format!("{head:x<80}\nger of the north\n"));
        assert_eq!(cut.statements[0].iter().map(Vec::len).collect::<Vec<_>>(), [1, 2]);
        assert!(terms(&cut, cut.statements[0][0][0]).ends_with("of the north"));
    }

    #[test]
    fn the_rest_behind_a_prefix_is_told_by_its_first_word() {
        let line = &Paste::read("Nov 20 03:00:00 web-17 app[4242]: lost the ledger").lines[0];
        let rest = line.rests[0];
        assert_eq!((line.words[rest.first].term.as_str(), rest.is_message), ("lost", true));
    }

    #[test]
    fn what_is_printed_whatever_the_fault_is_is_told_from_the_rest() {
        let paste = Paste::read("thread 'main' panicked at feature/src/main.rs:5:10:\nledger gone from main");
        let is_boilerplate = |term: &str| paste.words.iter().find(|it| it.term == term).map(|it| it.is_boilerplate);
        assert_eq!((is_boilerplate("panicked"), is_boilerplate("main")), (Some(true), Some(false)));
        assert_eq!((is_boilerplate("ledger"), is_boilerplate("feature")), (Some(false), Some(false)));
    }

    #[test]
    fn hostile_pastes_cost_no_more_than_their_size() {
        let many = |piece: &str| piece.repeat((1 << 18) / piece.len());
        let each = |piece: &dyn Fn(usize) -> String| (0..10_000).map(piece).collect::<String>();
        let time_of = |text: &str| effort(|| Paste::read(text));
        let ordinary = time_of(&each(&|at| format!("2026-11-20 ERROR ledger {at} lost\n")));
        let messages = each(&|at| format!("\"disk {at} is full\","));
        let objects = each(&|at| format!("{{\"msg\":\"disk {at}\"}},"));
        for text in [
            many("\u{1b}]"),
            many("\u{1b}[3"),
            many("^[["),
            many("a=\"b\" "),
            format!("{{\"errors\":[{messages}\"\"]}}"),
            format!("{{\"errors\":[{objects}{{}}]}}"),
        ] {
            let took = time_of(&text);
            assert!(took < ordinary * 40, "{text:.20}… took {took:?}, ordinary lines {ordinary:?}");
        }
    }

    #[test]
    fn reads_repeated_lines_once() {
        let paste = Paste::read(&"2025-01-01 00:00:00 disk full on db1\n".repeat(1000));
        assert_eq!(paste.lines.len(), 1);
    }

    #[test]
    fn looks_at_no_more_than_a_megabyte() {
        let text = format!("{}é marker", "x ".repeat(MAX_BYTES / 2));
        assert!(!words(&text).contains(&"marker".to_owned()));
    }
}
