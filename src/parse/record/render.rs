//! The lines of a record as lines of Markdown.

use crate::model::capitalised;
use crate::parse::front_matter::shape::{indent_of, key_and_value};
use std::ops::Range;

/// A key at the start of an item that names it: its value is the item.
const NAMES: [&str; 10] = ["title", "name", "description", "action", "task", "item", "step", "summary", "event", "fix"];
/// A key at the start of an item that says when: its value begins the item.
const TIMES: [&str; 5] = ["time", "timestamp", "at", "when", "date"];

/// The record rewritten, and where its top-level keys begin and end in the original.
#[derive(Debug, Default)]
pub(super) struct Rewritten {
    pub(super) markdown: String,
    pub(super) chunks: Vec<Range<usize>>,
}

pub(super) fn render(text: &str) -> Rewritten {
    let mut renderer = Renderer::default();
    let mut at = 0;
    let mut rest = text;
    while let Some(line) = rest.split_inclusive('\n').next() {
        rest = &rest[line.len()..];
        let content = line.trim_end_matches(['\n', '\r']);
        let ending = &line[content.len()..];
        renderer.line(content, rest, at);
        renderer.out.markdown.push_str(ending);
        at += line.len();
        if let Some(chunk) = renderer.out.chunks.last_mut() {
            chunk.end = at;
        }
    }
    renderer.out
}

/// What the lines below the last key are.
#[derive(Default)]
enum State {
    /// Keys at the left margin.
    #[default]
    Top,
    /// Maps, lists and scalars below a key.
    Nested,
    /// A block scalar: text, to be moved left by `dedent` and under a list item by `under`.
    Block(Block),
}

#[derive(Default)]
struct Block {
    /// Indentation of the key that it belongs to.
    key_indent: usize,
    /// Indentation of its first line, once known.
    dedent: Option<usize>,
    under: usize,
    /// Whether its text stands at the left margin, which YAML forbids.
    unindented: bool,
    in_fence: bool,
    after_blank: bool,
}

/// A key or list item that is open, and where its Markdown stands.
struct Level {
    indent: usize,
    is_item: bool,
    markdown: usize,
    /// Whether it is an item that began with a time and says nothing else yet.
    timed: bool,
}

#[derive(Default)]
struct Renderer {
    out: Rewritten,
    state: State,
    levels: Vec<Level>,
    has_title: bool,
    /// Below the heading of a key: a pair would be a part of it.
    in_section: bool,
}

impl Renderer {
    /// Appends `line` rewritten. `rest` is what follows it.
    fn line(&mut self, line: &str, rest: &str, at: usize) {
        if let State::Block(block) = &mut self.state {
            match block_line(block, line) {
                Some(text) => return push_block(&mut self.out.markdown, block.under, text),
                None => self.state = if indent_of(line) > 0 { State::Nested } else { State::Top },
            }
        }
        if line.trim().is_empty() {
            return;
        }
        if indent_of(line) == 0 && !is_item(line) {
            return self.top(line, rest, at);
        }
        self.nested(line, rest);
    }

    fn push(&mut self, text: &str) {
        self.out.markdown.push_str(text);
    }

    fn top(&mut self, line: &str, rest: &str, at: usize) {
        self.levels.clear();
        if matches!(line.trim_end(), "---" | "...") {
            return;
        }
        if let Some(comment) = line.strip_prefix('#') {
            return self.comment(comment.trim_start_matches('#').trim());
        }
        let Some((key, value)) = key_and_value(line) else {
            // Text that belongs to no key, for example a value that goes on at the left margin.
            return self.push(line);
        };
        self.out.chunks.push(at..at);
        self.state = State::Nested;
        if is_block_header(value) {
            self.section(key);
            self.state = State::Block(Block { unindented: starts_at_margin(rest), ..Block::default() });
        } else if !value.is_empty() {
            self.pair(key, &plain(value));
        } else if starts_at_margin(rest) && !next_is_item(rest) {
            self.push(&format!("**{}**:", label(key)));
        } else {
            self.section(key);
        }
    }

    fn section(&mut self, key: &str) {
        self.in_section = true;
        self.push(&format!("## {}", label(key)));
    }

    fn pair(&mut self, key: &str, value: &str) {
        if key.eq_ignore_ascii_case("title") && !self.has_title {
            self.has_title = true;
            self.push(&format!("# {value}"));
            self.in_section = false;
        } else if self.in_section {
            self.push(&format!("## {}: {value}", label(key)));
        } else {
            self.push(&format!("**{}**: {value}", label(key)));
        }
    }

    fn comment(&mut self, comment: &str) {
        if !comment.chars().any(char::is_alphanumeric) {
            return;
        }
        match key_and_value(comment) {
            Some((key, value)) => self.push(&format!("**{}**: {value}", label(key))),
            None => self.push(comment),
        }
    }

    fn nested(&mut self, line: &str, rest: &str) {
        let indent = indent_of(line);
        let content = line.trim();
        if content.starts_with('#') {
            return;
        }
        let item = (content == "-").then_some("").or_else(|| content.strip_prefix("- ").map(str::trim_start));
        let pair = key_and_value(item.unwrap_or(content)).filter(|_| !item.is_some_and(is_quoted));
        match (item, pair) {
            (None, None) => {
                // A scalar that goes on.
                let under = self.levels.last().map_or(0, |level| level.markdown + 2);
                push_block(&mut self.out.markdown, under, content);
            }
            (Some(text), None) => {
                let markdown = self.enter(indent, true);
                let header = is_block_header(text);
                let text = if header { String::new() } else { plain(text) };
                self.push(format!("{:markdown$}- {text}", "").trim_end());
                if header {
                    self.block(indent, markdown, rest);
                }
            }
            (None, Some((key, value))) if self.completes_time(indent, key) => {
                let under = self.levels.last().map_or(0, |level| level.markdown + 2);
                if is_block_header(value) {
                    self.block(indent, under - 2, rest);
                } else {
                    push_block(&mut self.out.markdown, under, &plain(value));
                }
            }
            (_, Some((key, value))) => {
                let markdown = self.enter(indent, item.is_some());
                let mut key_indent = indent;
                if let Some(text) = item {
                    // The key stands where the item's text begins.
                    key_indent += content.len() - text.len();
                    let timed = TIMES.contains(&key);
                    self.levels.last_mut().expect("`enter` has just pushed one").timed = timed;
                    self.levels.push(Level { indent: key_indent, is_item: false, markdown, timed: false });
                }
                let header = is_block_header(value);
                let bare =
                    item.is_some() && !value.is_empty() && !header && (NAMES.contains(&key) || TIMES.contains(&key));
                let text = if header { String::new() } else { plain(value) };
                let text = if bare { text } else { format!("**{}**: {text}", label(key)) };
                self.push(format!("{:markdown$}- {text}", "").trim_end());
                if header {
                    self.block(key_indent, markdown, rest);
                }
            }
        }
    }

    /// Opens the block scalar of a key or item at `key_indent`, whose own Markdown is indented by `markdown`.
    fn block(&mut self, key_indent: usize, markdown: usize, rest: &str) {
        let unindented = starts_at_margin(rest) && !next_is_item(rest);
        self.state = State::Block(Block { key_indent, under: markdown + 2, unindented, ..Block::default() });
    }

    /// Whether the key names what happened at the time that its item began with: `10:00` and the text are then
    /// one sentence.
    fn completes_time(&mut self, indent: usize, key: &str) -> bool {
        while self.levels.last().is_some_and(|level| level.indent >= indent) {
            self.levels.pop();
        }
        match self.levels.last_mut() {
            Some(level) if level.timed && NAMES.contains(&key) => {
                level.timed = false;
                true
            }
            _ => false,
        }
    }

    /// Opens a key or item at `indent` and returns how far its Markdown is indented.
    fn enter(&mut self, indent: usize, is_item: bool) -> usize {
        while let Some(level) = self.levels.last() {
            // A list may stand at the indentation of its key.
            let inside = level.indent < indent || (level.indent == indent && is_item && !level.is_item);
            if inside {
                break;
            }
            self.levels.pop();
        }
        let parent = self.levels.last();
        // Keys of one item that follow its first key go under the item, as that key's brothers.
        let markdown = parent.map_or(0, |level| (level.markdown + 2).min(40));
        self.levels.push(Level { indent, is_item, markdown, timed: false });
        markdown
    }
}

/// Returns the line of a block scalar as text, or `None` where the line no longer belongs to it.
fn block_line<'a>(block: &mut Block, line: &'a str) -> Option<&'a str> {
    let indent = indent_of(line);
    if line.trim().is_empty() {
        block.after_blank = true;
        return Some("");
    }
    if block.unindented {
        if !block.in_fence && ends_unindented(line, block.after_blank) {
            return None;
        }
        let content = line.trim_start();
        block.in_fence ^= content.starts_with("```") || content.starts_with("~~~");
        block.after_blank = false;
        return Some(line);
    }
    let is_top = block.key_indent == 0 && block.under == 0;
    if (is_top && indent == 0) || (!is_top && indent <= block.key_indent) {
        return None;
    }
    let dedent = *block.dedent.get_or_insert(indent);
    Some(&line[dedent.min(indent)..])
}

/// Whether a line at the left margin is the record's next key rather than prose with a colon.
fn ends_unindented(line: &str, after_blank: bool) -> bool {
    let Some((key, value)) = key_and_value(line).filter(|_| indent_of(line) == 0) else { return false };
    let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-');
    key.bytes().all(is_word) && (value.is_empty() || is_block_header(value) || after_blank || key.contains('_'))
}

fn push_block(out: &mut String, under: usize, text: &str) {
    if !text.is_empty() {
        out.extend(std::iter::repeat_n(' ', under));
        out.push_str(text);
    }
}

/// `|`, `>`, `|-`, `>2+` and the like, perhaps with a comment.
fn is_block_header(value: &str) -> bool {
    let Some(rest) = value.strip_prefix(['|', '>']) else { return false };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-'));
    rest.is_empty() || rest.trim_start().starts_with('#')
}

fn is_item(line: &str) -> bool {
    line == "-" || line.starts_with("- ")
}

fn is_quoted(text: &str) -> bool {
    text.starts_with(['"', '\''])
}

fn next_line(rest: &str) -> Option<&str> {
    rest.lines().find(|line| !line.trim().is_empty())
}

/// Whether the next line that is not blank stands at the left margin.
fn starts_at_margin(rest: &str) -> bool {
    next_line(rest).is_some_and(|line| indent_of(line) == 0)
}

fn next_is_item(rest: &str) -> bool {
    next_line(rest).is_some_and(is_item)
}

/// Returns `root_cause` as `Root cause`.
fn label(key: &str) -> String {
    capitalised(&key.replace(['_', '-'], " "))
}

/// Returns the value without quotes, a comment, or the brackets of a list.
fn plain(value: &str) -> String {
    if let Some(inner) = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return inner.split(',').map(|item| plain(item.trim())).collect::<Vec<_>>().join(", ");
    }
    for quote in ['"', '\''] {
        if let Some((inner, _)) = value.strip_prefix(quote).and_then(|rest| rest.rsplit_once(quote)) {
            return inner.replace("\\\"", "\"").replace("''", "'");
        }
    }
    value.split_once(" #").map_or(value, |(value, _)| value.trim_end()).to_owned()
}
