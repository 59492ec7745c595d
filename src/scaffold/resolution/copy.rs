//! Sections of the incident's documents, taken over as they are: headings one level below those of the resolution,
//! links from where the resolution stands.

use percent_encoding::percent_decode_str;

use super::{Resolves, Source};
use crate::model::{Section, SectionRole, folder_of, is_empty_quote, join_path, part_mark, question_of};

/// Level of the sections of a resolution.
pub(super) const LEVEL: u8 = 2;

/// Returns the sections that are `wanted` as text below a heading of `level`, of all documents, each with where it comes from if not from the report.
pub(super) fn sections(of: &Resolves<'_>, level: u8, wanted: &dyn Fn(&Section) -> bool) -> String {
    let mut texts: Vec<String> = Vec::new();
    for (at, source) in of.sources.iter().enumerate() {
        let mut own: Vec<String> = Vec::new();
        let mut until = 0;
        let layout = Layout::of(source);
        for (at, section) in source.document.sections.iter().enumerate().filter(|(_, section)| wanted(section)) {
            if layout.is_title(section) || section.line < until || layout.is_inside_whole(at) {
                continue;
            }
            until = layout.ends[at];
            own.extend(layout.text_of(of, at, level));
        }
        let text = own.join("\n\n");
        if text.is_empty() || texts.iter().any(|known| known.contains(&text)) {
            continue;
        }
        texts.push(if at == 0 { text } else { format!("From {}:\n\n{text}", source.link(of.path)) });
    }
    texts.join("\n\n")
}

/// Returns the root cause where a label states it rather than a section.
pub(super) fn labelled_cause(of: &Resolves<'_>) -> String {
    let causes = of.sources.iter().filter_map(|source| source.document.root_cause.as_ref());
    causes.map(|cause| cause.value.trim().to_owned()).next().unwrap_or_default()
}

/// Returns the sections of a report that nothing is taken from: their headings do not say what they are about.
pub(super) fn unread<'a>(source: &'a Source<'a>) -> impl Iterator<Item = &'a Section> {
    let sections = &source.document.sections;
    let level = sections.iter().map(|section| section.level).filter(|level| *level > 1).min().unwrap_or(2);
    let first = opening(source).map(|section| section.line);
    let silent = move |it: &&Section| it.role.is_none() && !it.prevention && !it.verification && it.level == level;
    sections.iter().filter(silent).filter(move |section| Some(section.line) != first)
}

/// Returns the section that tells what happened where none is called so: the first one, if it is about nothing else.
fn opening<'a>(source: &'a Source<'a>) -> Option<&'a Section> {
    let sections = &source.document.sections;
    let told = sections.iter().any(|section| section.role == Some(SectionRole::Summary) && section.level > 1);
    let first = sections.iter().find(|section| section.level > 1)?;
    (!told && first.role.is_none() && !first.prevention && !first.verification).then_some(first)
}

/// Returns what stands between the title and the first section, and the first section where it tells what happened.
pub(super) fn lead(of: &Resolves<'_>, source: &Source<'_>) -> String {
    let document = source.document;
    let title = document.sections.first().filter(|section| section.level == 1);
    let first = document.sections.iter().find(|section| section.level > 1);
    let from = title.map_or_else(|| line_of(source.text, document.body_start), |section| section.line as usize);
    let to = first.map_or(usize::MAX, |section| section.line as usize - 1);
    let mut told = Vec::new();
    if let Some(at) = opening(source).and_then(|it| document.sections.iter().position(|other| other == it)) {
        told.extend(Layout::of(source).text_of(of, at, LEVEL));
    }
    let lines: Vec<&str> = source.text.lines().take(to).skip(from).collect();
    let paragraphs = lines.split(|line| line.trim().is_empty()).map(|lines| lines.join("\n"));
    // Labels are facts, which stand in the table already.
    let is_prose = |text: &String| {
        let text = text.trim();
        !text.is_empty() && !text.starts_with(['*', '|', '-', '<', '>', '#']) && !is_rule(text)
    };
    let prose: Vec<String> = paragraphs.filter(is_prose).collect();
    let prose = rebased(&prose.join("\n\n"), &document.path, of.path);
    let prose = Some(prose).filter(|it| !it.is_empty());
    prose.into_iter().chain(told).collect::<Vec<_>>().join("\n\n")
}

fn line_of(text: &str, at: usize) -> usize {
    text.get(..at).map_or(0, |before| before.matches('\n').count())
}

/// The lines of a document, and how its sections lie inside one another: found once for all of them.
struct Layout<'a> {
    source: &'a Source<'a>,
    lines: Vec<&'a str>,
    /// The line where each section ends.
    ends: Vec<u32>,
    /// The section that each lies in.
    around: Vec<Option<usize>>,
    /// How many headings of the first level there are.
    titles: usize,
}

impl<'a> Layout<'a> {
    fn of(source: &'a Source<'a>) -> Self {
        let sections = &source.document.sections;
        let mut ends = vec![u32::MAX; sections.len()];
        let mut around = Vec::with_capacity(sections.len());
        let mut open: Vec<usize> = Vec::new();
        for (at, section) in sections.iter().enumerate() {
            while let Some(last) = open.pop_if(|last| sections[*last].level >= section.level) {
                ends[last] = section.line;
            }
            around.push(open.last().copied());
            open.push(at);
        }
        let titles = sections.iter().filter(|it| it.level == 1).count();
        Self { source, lines: source.text.lines().collect(), ends, around, titles }
    }

    /// The only heading of the first level is the document's title.
    fn is_title(&self, section: &Section) -> bool {
        section.level == 1 && self.titles == 1
    }

    /// Tells whether a section stands inside one that is taken over whole.
    fn is_inside_whole(&self, at: usize) -> bool {
        let sections = &self.source.document.sections;
        let around = std::iter::successors(self.around[at], |outer| self.around[*outer]).map(|outer| &sections[outer]);
        around.filter(|outer| outer.level > 1).any(|outer| is_whole(outer) && !goes_elsewhere(outer, &sections[at]))
    }

    /// Returns the text of a section as one below a heading of `level`; `None` where it says nothing.
    fn text_of(&self, of: &Resolves<'_>, at: usize, level: u8) -> Option<String> {
        let sections = &self.source.document.sections;
        let (section, to) = (&sections[at], self.ends[at]);
        // Sections inside this one that are about something else go where that is told.
        let inner = (at + 1..sections.len()).take_while(|it| sections[*it].line < to);
        let mut elsewhere = inner.filter(|it| goes_elsewhere(section, &sections[*it])).peekable();
        let mut until = 0;
        let mut is_own = |number: u32| {
            while let Some(gone) = elsewhere.next_if(|it| sections[*it].line <= number) {
                until = until.max(self.ends[gone]);
            }
            number >= until
        };
        let end = (to as usize - 1).min(self.lines.len());
        let lines = self.lines.get(section.line as usize..end).unwrap_or_default();
        let lines =
            lines.iter().zip(section.line + 1..).filter(|(line, number)| is_own(*number) && part_mark(line).is_none());
        let lines: Vec<&str> = lines.map(|(line, _)| *line).collect();
        let says = |line: &&&str| {
            let line = line.trim();
            !line.is_empty()
                && !line.starts_with('#')
                && question_of(line).is_none()
                && !is_empty_quote(line)
                && !is_rule(line)
                && !is_empty_row(line)
        };
        lines.iter().find(says)?;
        let shift = isize::from(level) - isize::from(section.level);
        let text = rebased(&shifted(&lines, shift, level), &self.source.document.path, of.path);
        let text = text.trim().trim_end_matches("---").trim_end();
        Some(text.to_owned())
    }
}

/// Tells whether a section inside another is taken over by a part of its own. The story of a fix and the measures stay
/// whole, whatever their headings speak of.
fn goes_elsewhere(outer: &Section, inner: &Section) -> bool {
    if inner.role == Some(SectionRole::Timeline) {
        return true;
    }
    if is_whole(outer) {
        return inner.verification && !outer.prevention;
    }
    let taken = inner.role.is_some_and(|role| role != SectionRole::References) && inner.role != outer.role;
    taken || inner.prevention || inner.verification && !outer.verification
}

fn is_whole(section: &Section) -> bool {
    section.prevention || section.role == Some(SectionRole::Resolution)
}

fn is_rule(line: &str) -> bool {
    let line: String = line.split_whitespace().collect();
    line.len() >= 3 && line.chars().all(|c| matches!(c, '-' | '*' | '_')) && line.chars().all(|c| line.starts_with(c))
}

fn is_empty_row(line: &str) -> bool {
    line.starts_with('|') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// Moves headings, outside of code, by so many levels, below the one of `level`.
fn shifted(lines: &[&str], shift: isize, level: u8) -> String {
    let mut code = false;
    let mut out: Vec<String> = Vec::with_capacity(lines.len());
    for line in lines {
        let start = line.trim_start();
        code ^= start.starts_with("```") || start.starts_with("~~~");
        let signs = line.bytes().take_while(|byte| *byte == b'#').count();
        let is_heading = !code && (1..=6).contains(&signs) && line[signs..].starts_with(' ');
        if is_heading {
            let level = (signs as isize + shift).clamp(isize::from(level) + 1, 6);
            out.push(format!("{}{}", "#".repeat(level.unsigned_abs()), &line[signs..]));
        } else {
            out.push((*line).to_owned());
        }
    }
    out.join("\n")
}

/// Makes relative links lead from the document at `to` where they led from the one at `from`.
fn rebased(text: &str, from: &str, to: &str) -> String {
    if folder_of(from) == folder_of(to) {
        return text.to_owned();
    }
    let mut code = false;
    let mut out: Vec<String> = Vec::new();
    for line in text.lines() {
        let start = line.trim_start();
        code ^= start.starts_with("```") || start.starts_with("~~~");
        out.push(if code { line.to_owned() } else { rebased_line(line, from, to) });
    }
    out.join("\n")
}

fn rebased_line(line: &str, from: &str, to: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find("](") {
        let (before, behind) = rest.split_at(at + 2);
        out.push_str(before);
        let end = behind.find([')', ' ']).unwrap_or(behind.len());
        let (target, after) = behind.split_at(end);
        out.push_str(&moved(target, from, to).unwrap_or_else(|| target.to_owned()));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Returns where a relative link leads from elsewhere; `None` where it is none.
fn moved(target: &str, from: &str, to: &str) -> Option<String> {
    let outside = target.is_empty() || target.starts_with(['#', '/', '<']) || target.contains(':');
    if outside {
        return None;
    }
    let (path, rest) = target.split_at(target.find(['#', '?']).unwrap_or(target.len()));
    let path = join_path(from, &percent_decode_str(path).decode_utf8().ok()?)?;
    let rest = if rest == "#" { "" } else { rest };
    Some(format!("{}{rest}", crate::scaffold::link(to, &path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_the_same_file_from_elsewhere() {
        let moved = |target: &str| moved(target, "a/a#1.md", "b/r.md");
        for (target, expected) in [
            ("pic%28a%29.png", "../a/pic%28a%29.png"),
            ("n%23.md", "../a/n%23.md"),
            ("caf%C3%A9.png", "../a/café.png"),
            ("café.md#fix", "../a/café.md#fix"),
            ("x%20y.md?raw=1#fix", "../a/x%20y.md?raw=1#fix"),
            ("50%25.md", "../a/50%25.md"),
        ] {
            assert_eq!(moved(target).as_deref(), Some(expected));
        }
        for outside in ["", "#fix", "/x.md", "<x y.md>", "https://example.org/x", "%FF.md"] {
            assert_eq!(moved(outside), None);
        }
    }
}
