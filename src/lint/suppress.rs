//! Suppressions: `<!-- ris-allow code: reason -->` in the text, `# ris-allow code: reason` in front matter.
//!
//! A comment on a line with other text is about that line; alone on its line it is about the next line that is not
//! blank; above or right below the title, or alone on the first line of the front matter, it is about the whole file.

use super::context::LintContext;
use super::explain::nearest_code;
use super::finding::Findings;
use super::table::rule;
use crate::diag::{SourceLine, Span};

const WORD: &str = "ris-allow";
/// More than so many comments in one document take nothing back.
const MOST: usize = 1000;
/// A comment ends within so many bytes.
const LONGEST: usize = 4000;

/// A comment that takes findings of one code back.
#[derive(Debug)]
pub(super) struct Suppression {
    pub(super) code: String,
    pub(super) line: u32,
    pub(super) span: Span,
    pub(super) source: SourceLine,
    /// The line it is about; 0 for the whole file.
    about: u32,
    pub(super) used: bool,
}

impl Suppression {
    /// Tells whether it takes back a finding of `code` at `line`.
    pub(super) fn covers(&self, code: &str, line: u32) -> bool {
        self.code == code && (self.about == 0 || self.about == line)
    }
}

/// Returns the suppressions of the document; what is wrong with one is a finding.
pub(super) fn suppressions(cx: &LintContext<'_>, findings: &mut Findings) -> Vec<Suppression> {
    let mut found = Vec::new();
    let head = head_end(cx);
    for at in memchr::memmem::find_iter(cx.text.as_bytes(), WORD).take(MOST) {
        let Some(comment) = Comment::at(cx, at) else { continue };
        let line = cx.line_of(at);
        let span = Span::new(at, at + WORD.len() + comment.text.len());
        let (codes, reason) = comment.text.split_once(':').unwrap_or((comment.text, ""));
        if reason.trim().is_empty() {
            findings.code = "suppression-without-reason";
            findings
                .push(line, "a suppression must say why")
                .span(span)
                .hint("write `ris-allow code: reason`; without a reason it allows nothing");
            continue;
        }
        for code in codes.split([',', ' ']).map(str::trim).filter(|code| !code.is_empty()) {
            if rule(code).is_none() {
                findings.code = "suppression-unknown-code";
                let draft = findings.push(line, format!("no rule is called `{code}`"));
                draft.span(span).hint(match nearest_code(code) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "`ris check --explain` lists the rules".to_owned(),
                });
                continue;
            }
            let Some(source) = SourceLine::at(cx.text, cx.line_start(line), Some(span)) else { continue };
            let about = comment.about(cx, line, head);
            found.push(Suppression { code: code.to_owned(), line, span, source, about, used: false });
        }
    }
    found
}

/// The inside of a comment from the word on.
struct Comment<'a> {
    text: &'a str,
    /// The whole comment with its marks.
    span: Span,
    in_front_matter: bool,
}

impl<'a> Comment<'a> {
    /// Reads the comment whose word is at byte `at`; code and running text only speak of comments.
    fn at(cx: &LintContext<'a>, at: usize) -> Option<Self> {
        let rest = &cx.text[at + WORD.len()..];
        if !rest.starts_with([' ', ':']) {
            return None;
        }
        let before = &cx.text[..at];
        if at < cx.document.body_start {
            let text = rest.split('\n').next()?.trim_end();
            let start = before.trim_end_matches([' ', '#']).len();
            let marked = before[start..].contains('#');
            let span = Span::new(start, at + WORD.len() + text.len());
            return marked.then_some(Self { text, span, in_front_matter: true });
        }
        let start = before.trim_end().strip_suffix("<!--")?.len();
        let length = memchr::memmem::find(&rest.as_bytes()[..rest.len().min(LONGEST)], b"-->")?;
        let span = Span::new(start, at + WORD.len() + length + 3);
        (!cx.is_code(start)).then_some(Self { text: rest[..length].trim_end(), span, in_front_matter: false })
    }

    /// Returns the line that the comment is about; 0 for the whole file.
    fn about(&self, cx: &LintContext<'_>, line: u32, head: usize) -> u32 {
        let start = cx.line_start(line);
        let before = cx.text[start..self.span.start.max(start)].trim();
        let after = cx.text[self.span.end..].split('\n').next().unwrap_or_default().trim();
        if !before.is_empty() || !after.is_empty() {
            return line;
        }
        if self.is_in_head(cx, head) {
            return 0;
        }
        let last = cx.line_of(self.span.end);
        let following = (last + 1..).take(50).find(|number| !is_blank_or_comment(cx.line(*number)));
        following.unwrap_or(last)
    }

    /// The head: the first line of front matter, or the body before anything but its title.
    fn is_in_head(&self, cx: &LintContext<'_>, head: usize) -> bool {
        if self.in_front_matter {
            let block = cx.document.front_matter.as_ref().map_or(0, |block| block.span.start);
            let above = &cx.text[block.min(self.span.start)..self.span.start];
            return above.lines().skip(1).all(is_blank_or_comment);
        }
        self.span.start < head
    }
}

/// Returns where the head of the body ends: behind the title and the comments around it.
fn head_end(cx: &LintContext<'_>) -> usize {
    let in_head = |line: &str| is_blank_or_comment(line) || line.starts_with("# ");
    let lines = cx.body_lines().take_while(|(_, _, line)| in_head(line));
    lines.last().map_or(cx.document.body_start, |(_, start, line)| start + line.len())
}

fn is_blank_or_comment(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#') && line.contains(WORD) || line.starts_with("<!--") && line.contains(WORD)
}
