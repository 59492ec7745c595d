//! Words of a paste that follow one another in a document too: an error message that somebody quoted shows by them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::noise::{is_step, kept};
use super::paste::{LineRest, LineWord, Paste, PasteLine};

/// Length of the runs of words that are compared.
const RUN: usize = 3;
/// So many runs with a word that decides are the message itself. Fewer come about by chance: "connect to the", "status code".
/// (Of 42 judged pastes all but one have three or more in common with the document that is meant.)
const QUOTED: usize = 3;
/// So many words that say something must stand in them: runs that overlap are one turn of phrase.
const QUOTED_WORDS: usize = 3;
/// So many words that say something, one after the other and with nothing but fillers between, are the message itself,
/// however many documents have it. Fewer are a common turn: "could not connect to the server".
const PHRASE: usize = 4;
/// So many are enough where they are a whole line: "no space left on device".
const LINE: usize = 3;
/// So many words are enough where they are a whole line with a word that says something.
const LONG_LINE: usize = 5;
/// So many words that say something are enough for the rest of a line behind the prefix of a log, or for a short paste
/// that is there whole. One word is a message only where it stands alone and names something.
const SHORT: usize = 2;
/// A paste of more statements is a log.
const FEW_STATEMENTS: usize = 8;
/// What a word that does not tell is worth within a run.
const DULL: f32 = 0.1;
/// Places of a run in the paste that are followed further.
const MAX_PLACES: usize = 16;

/// What is known of the words of a paste.
#[derive(Default)]
pub(super) struct Known<'w> {
    /// Those that were looked up, with their weight.
    pub(super) weights: HashMap<&'w str, f32>,
    /// Those that few enough documents have to decide.
    pub(super) telling: HashSet<&'w str>,
    /// Those that do not decide, to be told of all the same.
    pub(super) noted: HashSet<&'w str>,
    /// Those that are a message on their own: names, and words in hardly any document.
    pub(super) naming: HashSet<&'w str>,
}

/// What a run of the paste tells.
#[derive(Default)]
struct Run {
    worth: f32,
    /// Whether one of its words decides.
    tells: bool,
    /// Its words that say something, by number.
    says: Vec<u32>,
    /// Where it stands in lines that count: line and word.
    places: Vec<(usize, usize)>,
}

/// The runs of consecutive words of a paste.
pub(super) struct Runs<'w> {
    runs: HashMap<u64, Run>,
    known: Known<'w>,
    lines: Vec<Line>,
    /// Statements that are the message: those that count and say something, of several levels the loud ones.
    saying: Vec<Vec<Vec<usize>>>,
    /// Whether there are too many statements to be one message.
    is_log: bool,
    /// Whether all of the paste is one line that is a message on its own: of several words, or a name.
    is_name: bool,
}

/// A line of the paste.
struct Line {
    /// How many words that say something stand before each of its words, and in all of it.
    says: Vec<usize>,
    /// From its first to its last word that is no boilerplate: who has these in a row has the line.
    core: Range<usize>,
    /// Where its message may begin.
    rests: Vec<LineRest>,
}

impl Line {
    fn new(line: &PasteLine) -> Self {
        let mut says = vec![0];
        for word in &line.words {
            says.push(says[says.len() - 1] + usize::from(word.says()));
        }
        let own = |word: &LineWord| !word.is_boilerplate;
        let first = line.words.iter().position(own).unwrap_or_default();
        let end = line.words.iter().rposition(own).map_or(0, |last| last + 1);
        Self { says, core: first..end, rests: line.rests.clone() }
    }
}

/// What a document and a paste have in common.
#[derive(Default)]
pub(super) struct Compared {
    /// The words looked up that stand in the document.
    pub(super) shared: HashSet<String>,
    /// The worth of the runs that stand in it.
    pub(super) worth: f32,
    /// Whether it has the message, not merely some of its words.
    pub(super) same_message: bool,
    /// The lines where it has most of it, counted from 0.
    pub(super) lines: Vec<usize>,
}

/// A stretch of a line that stands in the document up to the word looked at.
#[derive(Clone, Copy)]
struct Stretch {
    line: usize,
    first: usize,
    /// First word of its last run.
    last: usize,
}

/// How much a stretch is.
#[derive(Default)]
struct Extent {
    /// Words that say something.
    saying: usize,
    /// Whether it is the message itself, whatever else there is.
    is_message: bool,
    /// Whether it has all of its line that is no boilerplate, or all of a message in it.
    is_line: bool,
}

/// What a comparison has found so far.
#[derive(Default)]
struct Found {
    shared: HashSet<String>,
    runs: HashSet<u64>,
    /// Lines of the paste that stand in the document.
    whole: HashSet<usize>,
    is_quoted: bool,
    /// Lines of the document, with what speaks for them: the message, and words that say something.
    lines: HashMap<usize, (bool, usize)>,
}

impl<'w> Runs<'w> {
    /// Cuts `paste` into runs.
    pub(super) fn new(paste: &Paste, known: Known<'w>) -> Self {
        let says = |line: &PasteLine| line.words.iter().any(LineWord::says);
        // Where the message itself says nothing, what stands beside it must do.
        let all_count = !paste.lines.iter().any(|line| !line.is_beside && says(line));
        let counts = |line: &PasteLine| all_count || !line.is_beside;
        let is_saying = |way: &Vec<usize>| way.iter().any(|&at| counts(&paste.lines[at]) && says(&paste.lines[at]));
        let saying = paste.statements.iter().filter(|ways| ways.iter().any(is_saying)).cloned();
        let (loud, quiet): (Vec<_>, Vec<_>) =
            saying.partition(|ways| ways.iter().flatten().any(|&at| paste.lines[at].is_loud));
        let is_log = loud.len() + quiet.len() > FEW_STATEMENTS;
        // Of a log with levels the lines that say that something is wrong are the message.
        let saying = if loud.is_empty() { quiet } else { loud };
        let is_name = match (&paste.statements[..], &paste.lines[..]) {
            ([_], [line]) => {
                line.words.len() > 1 || line.words.iter().any(|word| word.says() && known.naming.contains(&*word.term))
            }
            _ => false,
        };
        let mut runs = Self { runs: HashMap::new(), known, lines: Vec::new(), saying, is_log, is_name };
        let mut numbers = HashMap::new();
        for line in &paste.lines {
            runs.add(line, counts(line), &mut numbers);
        }
        runs
    }

    fn add<'p>(&mut self, line: &'p PasteLine, counts: bool, numbers: &mut HashMap<&'p str, u32>) {
        let length = RUN.min(line.words.len());
        for (at, words) in line.words.windows(length).enumerate() {
            let weight = |term: &str| self.known.weights.get(term).copied();
            let tells = |word: &LineWord| !word.is_boilerplate && self.known.telling.contains(&*word.term);
            let run = self.runs.entry(hash(words.iter().map(|word| word.term.as_str()))).or_default();
            // A single word is no run: it is looked up as such.
            if length > 1 {
                run.worth = words.iter().map(|word| weight(&word.term).unwrap_or(DULL)).sum::<f32>() / RUN as f32;
                // Runs within one identifier are the package, host or folder that many messages name.
                let is_identifier = words[1..].iter().all(|word| word.is_further);
                if counts && !is_identifier && !run.tells && words.iter().any(tells) {
                    run.tells = true;
                    for word in words.iter().filter(|word| word.says()) {
                        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                        run.says.push(*numbers.entry(&word.term).or_insert(next));
                    }
                }
            }
            if counts && run.places.len() < MAX_PLACES {
                run.places.push((self.lines.len(), at));
            }
        }
        self.lines.push(Line::new(line));
    }

    /// Compares the paste with `text`.
    pub(super) fn compare(&self, text: &str) -> Compared {
        let mut found = Found::default();
        let (mut last, mut stretches): (Vec<String>, Vec<Stretch>) = (Vec::new(), Vec::new());
        for (line, piece) in
            text.lines().enumerate().flat_map(|(at, line)| kept(line).into_iter().map(move |it| (at, it)))
        {
            if self.known.weights.contains_key(&*piece.text) || self.known.noted.contains(&*piece.text) {
                found.shared.insert(piece.text.clone());
            }
            if !is_step(piece.kind) {
                continue;
            }
            if last.len() == RUN {
                last.remove(0);
            }
            last.push(piece.text);
            stretches = self.follow(&last, &stretches, &mut found);
            for stretch in &stretches {
                found.take(line, stretch.line, &self.extent(stretch));
            }
        }
        self.judge(found)
    }

    /// Returns the stretches that go on or begin with the runs that end with `last`.
    fn follow(&self, last: &[String], stretches: &[Stretch], found: &mut Found) -> Vec<Stretch> {
        let mut longer = Vec::new();
        for length in 1..=last.len() {
            let hash = hash(last[last.len() - length..].iter().map(String::as_str));
            let Some(run) = self.runs.get(&hash) else { continue };
            found.runs.insert(hash);
            longer.extend(run.places.iter().map(|&place| extended(stretches, place)));
        }
        longer
    }

    fn judge(&self, found: Found) -> Compared {
        let runs = || found.runs.iter().filter_map(|run| self.runs.get(run));
        let is_whole = |way: &Vec<usize>| way.iter().all(|line| found.whole.contains(line));
        // A short paste must be there whole.
        let is_all = !self.saying.is_empty() && self.saying.iter().all(|ways| ways.iter().any(is_whole));
        let whole = || found.whole.iter().map(|&line| &self.lines[line].says);
        let said: usize = whole().filter_map(|says| says.last()).sum();
        // Rows of one word and its figures are a listing.
        let is_enough = said >= SHORT && whole().any(|says| says.len() > SHORT);
        let is_all = is_all && (self.is_name || is_enough);
        let same_message = found.is_quoted || is_all || self.are_quoted(&found);
        let most = found.lines.values().max().copied();
        let mut lines: Vec<usize> =
            found.lines.iter().filter(|(_, said)| Some(**said) == most).map(|(line, _)| *line).collect();
        lines.sort_unstable();
        // Always in one order: the sum of numbers with fractions depends on it.
        let mut worths: Vec<f32> = runs().map(|run| run.worth).collect();
        worths.sort_unstable_by(f32::total_cmp);
        Compared { worth: worths.into_iter().sum(), shared: found.shared, same_message, lines }
    }

    /// Tells whether runs that tell are the message: those of all of a short paste, those of one line of a log, since of
    /// many lines each has a turn in common with some document.
    fn are_quoted(&self, found: &Found) -> bool {
        let mut by_line: HashMap<usize, (usize, HashSet<u32>)> = HashMap::new();
        for run in found.runs.iter().filter_map(|run| self.runs.get(run)).filter(|run| run.tells) {
            let line = |&(line, _): &(usize, usize)| if self.is_log { line } else { 0 };
            let mut lines: Vec<usize> = run.places.iter().map(line).collect();
            lines.dedup();
            for line in lines {
                let (runs, says) = by_line.entry(line).or_default();
                *runs += 1;
                says.extend(&run.says);
            }
        }
        by_line.values().any(|(runs, says)| *runs >= QUOTED && says.len() >= QUOTED_WORDS)
    }

    fn extent(&self, stretch: &Stretch) -> Extent {
        let line = &self.lines[stretch.line];
        let end = (stretch.last + RUN).min(line.says.len() - 1);
        let said = |from: usize| line.says[end] - line.says[from.min(end)];
        let saying = said(stretch.first);
        let mut extent = Extent { saying, is_message: saying >= PHRASE, is_line: false };
        if end < line.core.end || saying == 0 {
            return extent;
        }
        let is_much = |from: usize| said(from) >= LINE || end - from >= LONG_LINE;
        if stretch.first <= line.core.start {
            extent.is_line = true;
            extent.is_message |= is_much(stretch.first);
            return extent;
        }
        for rest in line.rests.iter().filter(|rest| stretch.first <= rest.first) {
            let is_message = rest.is_message && (said(rest.first) >= SHORT || end - rest.first >= LONG_LINE);
            extent.is_line |= is_message && said(rest.first) > 0;
            extent.is_message |= is_message && is_much(rest.first);
        }
        extent
    }
}

impl Found {
    /// Takes note of a stretch of a line of the paste that stands in a line of the document.
    fn take(&mut self, at: usize, line: usize, extent: &Extent) {
        self.is_quoted |= extent.is_message;
        if extent.is_line {
            self.whole.insert(line);
        }
        let said = self.lines.entry(at).or_default();
        *said = (*said).max((extent.is_message || extent.is_line, extent.saying));
    }
}

/// Returns the stretch that the run at `place` is the end of.
fn extended(stretches: &[Stretch], (line, at): (usize, usize)) -> Stretch {
    let before = stretches.iter().find(|it| it.line == line && it.last + 1 == at);
    Stretch { line, first: before.map_or(at, |it| it.first), last: at }
}

/// FNV-1a, with a mark between words.
fn hash<'a>(words: impl Iterator<Item = &'a str>) -> u64 {
    let bytes = words.flat_map(|word| word.bytes().chain(std::iter::once(0xff)));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests;
