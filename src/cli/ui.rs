//! The terminal: the only file that prints. Data goes to stdout, everything else to stderr.
//!
//! Prints spans, which are clean by construction, JSON with its control characters escaped, and a document's own
//! bytes only where no terminal reads them.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anstream::ColorChoice;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use serde_json::Serializer;

use super::error::CommandError;
use super::harmless::Harmless;
use super::outlet::Outlet;
use super::report::Report;
use super::text::{Line, Style};
use super::wrap::wrap_whole;
use super::{ColorWhen, Format};
use crate::kb::Progress;

/// Width of text that does not go to a terminal.
pub(crate) const UNKNOWN_WIDTH: usize = 100;
/// Lines longer than this are hard to read, however wide the terminal is.
const WIDEST: usize = 120;
/// A run shorter than this shows no progress bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// What messages begin with: in the manner of the parser of arguments, which writes some of them itself.
const ERROR: (&str, Style) = ("error: ", Style::Bad);
const WARNING: (&str, Style) = ("warning: ", Style::Warn);
const HINT: (&str, Style) = ("hint: ", Style::Strong);

/// How to print, as the user asked for it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct UiOptions {
    /// Form of the data.
    pub(crate) format: Format,
    /// Whether to use colours.
    pub(crate) color: ColorWhen,
    /// Only warnings and errors on stderr.
    pub(crate) quiet: bool,
    /// More on stderr.
    pub(crate) verbose: bool,
}

/// The terminal.
pub(crate) struct Ui {
    out: BufWriter<Outlet<io::Stdout>>,
    out_is_terminal: bool,
    out_color: bool,
    err_color: bool,
    width: usize,
    /// Somebody said how wide the terminal is, or it could be measured.
    knows_width: bool,
    options: UiOptions,
    /// What was warned of and no JSON has said yet.
    warned: Vec<String>,
}

impl Ui {
    /// Returns the terminal of this process.
    pub(crate) fn new(options: UiOptions) -> Self {
        let stdout = io::stdout();
        let out_is_terminal = stdout.is_terminal();
        let known = columns();
        let width = known.unwrap_or(UNKNOWN_WIDTH);
        Self {
            out_color: use_color(options.color, anstream::AutoStream::choice(&stdout)),
            err_color: use_color(options.color, anstream::AutoStream::choice(&io::stderr())),
            out: BufWriter::new(Outlet::new(stdout)),
            out_is_terminal,
            width: width.clamp(20, WIDEST),
            knows_width: known.is_some(),
            options,
            warned: Vec::new(),
        }
    }

    /// Returns the columns to fill.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Returns the form of the data.
    pub(crate) fn format(&self) -> Format {
        self.options.format
    }

    /// Tells whether somebody sees the data on a terminal.
    pub(crate) fn is_terminal(&self) -> bool {
        self.out_is_terminal
    }

    /// Tells whether data is to be JSON.
    pub(crate) fn is_json(&self) -> bool {
        self.options.format == Format::Json
    }

    /// Tells whether the user asked for more.
    pub(crate) fn is_verbose(&self) -> bool {
        self.options.verbose
    }

    /// Prints a line of data.
    pub(crate) fn line(&mut self, line: &Line) -> io::Result<()> {
        write_line(&mut self.out, line, self.out_color)
    }

    /// Prints lines of data.
    pub(crate) fn lines(&mut self, lines: &[Line]) -> io::Result<()> {
        lines.iter().try_for_each(|line| self.line(line))
    }

    /// Prints an empty line.
    pub(crate) fn blank(&mut self) -> io::Result<()> {
        self.out.write_all(b"\n")
    }

    /// Prints a value as JSON on one line, an object with the warnings so far: whoever reads it sees nothing else.
    pub(crate) fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        if !self.is_json() || self.warned.is_empty() {
            return self.json_alone(value);
        }
        let mut value = serde_json::to_value(value)?;
        if let Some(object) = value.as_object_mut() {
            object.insert("warnings".to_owned(), std::mem::take(&mut self.warned).into());
        }
        self.json_alone(&value)
    }

    fn json_alone(&mut self, value: &impl Serialize) -> io::Result<()> {
        value.serialize(&mut Serializer::with_formatter(&mut self.out, Harmless))?;
        self.out.write_all(b"\n")
    }

    /// Prints text for programs as it is, but for what a terminal could obey.
    pub(crate) fn verbatim(&mut self, text: &str) -> io::Result<()> {
        for part in text.split_inclusive('\n') {
            let line = part.strip_suffix('\n').unwrap_or(part);
            self.out.write_all(super::text::clean(line).as_bytes())?;
            if part.len() > line.len() {
                self.out.write_all(b"\n")?;
            }
        }
        Ok(())
    }

    /// Prints a document's own bytes: as they are into a file or a pipe, cleaned on a terminal.
    pub(crate) fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        if !self.out_is_terminal {
            return self.out.write_all(bytes);
        }
        for text in String::from_utf8_lossy(bytes).lines() {
            self.line(&Line::plain(&text.replace('\t', "    ")))?;
        }
        Ok(())
    }

    /// Prints a rendered diagnostic as data.
    pub(crate) fn report(&mut self, report: &Report<'_>) -> io::Result<()> {
        // Programs that read the first line find all of it there.
        let title = if self.knows_width && self.out_is_terminal { self.width } else { usize::MAX };
        let text = report.render(self.width, title, self.out_color);
        writeln!(self.out, "{text}")
    }

    /// Tells the user something beside the data, in a full sentence.
    pub(crate) fn notice(&mut self, sentence: &str) {
        if !self.options.quiet {
            self.told(&Line::plain(sentence));
        }
    }

    /// Tells the user what could be done next.
    pub(crate) fn hint(&mut self, sentence: &str) {
        if !self.options.quiet {
            self.told(&labelled(HINT, sentence));
        }
    }

    /// Tells the user, in a full sentence, what makes the answer or what was written other than wanted: `--quiet` does not
    /// hide it.
    pub(crate) fn warning(&mut self, sentence: &str) {
        self.warned.push(sentence.to_owned());
        self.told(&labelled(WARNING, sentence));
    }

    /// Tells the user something beside the data that takes several lines.
    pub(crate) fn notice_lines(&mut self, lines: &[Line]) {
        if !self.options.quiet {
            lines.iter().for_each(|line| self.stderr(line));
        }
    }

    /// Tells the user something that only `--verbose` asks for.
    pub(crate) fn detail(&mut self, sentence: &str) {
        if self.options.verbose && !self.options.quiet {
            self.stderr(&Line::styled(sentence, Style::Dim));
        }
    }

    /// Prints an error and what to do about it.
    pub(crate) fn error(&mut self, error: &CommandError) {
        let mut lines = error.message().lines();
        self.stderr(&labelled(ERROR, lines.next().unwrap_or_default()));
        for line in lines {
            self.stderr(&Line::plain(line));
        }
        for hint in error.hints() {
            self.stderr(&labelled(HINT, hint));
        }
    }

    /// Returns a way to tell the user something from another thread.
    pub(crate) fn reporter(&self) -> Arc<dyn Fn(&str) + Send + Sync> {
        if self.options.quiet {
            return Arc::new(|_| {});
        }
        self.teller(Line::plain)
    }

    /// Returns a way to warn the user from another thread.
    pub(crate) fn warner(&self) -> Arc<dyn Fn(&str) + Send + Sync> {
        self.teller(|sentence| labelled(WARNING, sentence))
    }

    fn teller(&self, line: fn(&str) -> Line) -> Arc<dyn Fn(&str) + Send + Sync> {
        let color = self.err_color;
        Arc::new(move |sentence| {
            let _ = write_line(&mut io::stderr().lock(), &line(sentence), color);
        })
    }

    /// Returns a progress bar that appears once the run has lasted half a second, on a terminal only.
    pub(crate) fn progress(&self, label: &'static str) -> ProgressLine {
        let visible = io::stderr().is_terminal() && !self.options.quiet;
        ProgressLine { label, visible, started: Instant::now(), bar: std::cell::OnceCell::new() }
    }

    /// Asks a question that is answered by yes or no; `None` where nobody can be asked.
    pub(crate) fn confirm(&mut self, question: &str) -> io::Result<Option<bool>> {
        if !can_ask() {
            return Ok(None);
        }
        self.out.flush()?;
        let line = Line::plain(question).with(" [y/N] ", Style::Dim);
        for span in line.spans() {
            write!(io::stderr().lock(), "{}", span.text())?;
        }
        let mut answer = String::new();
        io::stdin().read_line(&mut answer)?;
        Ok(Some(matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes")))
    }

    /// Sends what is buffered.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn told(&mut self, line: &Line) {
        // In a file or for a program a sentence is one line.
        let width = if io::stderr().is_terminal() { self.width } else { usize::MAX };
        wrap_whole(line, width).iter().for_each(|line| self.stderr(line));
    }

    /// A message that cannot be delivered is no reason to fail: there is nobody to tell.
    fn stderr(&mut self, line: &Line) {
        let _ = self.out.flush();
        let _ = write_line(&mut io::stderr().lock(), line, self.err_color);
    }
}

/// Tells whether somebody can be asked.
pub(crate) fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// A progress bar on stderr.
pub(crate) struct ProgressLine {
    label: &'static str,
    visible: bool,
    started: Instant,
    bar: std::cell::OnceCell<ProgressBar>,
}

impl ProgressLine {
    /// Shows how far the run has come.
    pub(crate) fn update(&self, progress: Progress) {
        if !self.visible || (self.bar.get().is_none() && self.started.elapsed() < PATIENCE) {
            return;
        }
        let bar = self.bar.get_or_init(|| new_bar(self.label));
        bar.set_length(progress.total as u64);
        bar.set_position(progress.done as u64);
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

fn new_bar(label: &'static str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{prefix} [{bar:30}] {pos}/{len} files, {eta} left")
        .expect("the template is a constant");
    bar.set_style(style.progress_chars("=> "));
    bar.set_prefix(label);
    bar
}

/// Returns how wide the terminal is, where somebody says so or it can be measured.
pub(crate) fn columns() -> Option<usize> {
    let columns = std::env::var("COLUMNS").ok().and_then(|it| it.parse::<usize>().ok()).filter(|it| *it > 0);
    columns.or_else(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)))
}

/// Prints help to stdout and errors of usage to stderr; a closed pipe is no failure.
pub(crate) fn print_usage(message: &clap::Error) -> io::Result<()> {
    let printed = match message.use_stderr() {
        true => write!(anstream::stderr(), "{}", super::usage::in_our_words(&message.render())),
        false => message.print(),
    };
    match printed.and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        printed => printed,
    }
}

/// Replaces the report of a panic by a sentence that a user can act on.
pub(crate) fn install_panic_hook() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(|it| format!("{}:{}", it.file(), it.line())).unwrap_or_default();
        let reason = panic_reason(info.payload());
        let text = format!(
            "error: this is a bug in ris, not in your documents ({place}: {reason}); please report it with the command \
             you ran and, if you can share it, the document it ran on"
        );
        let _ = write_line(&mut io::stderr().lock(), &Line::plain(&text), false);
    }));
}

fn panic_reason(payload: &dyn std::any::Any) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no reason given")
}

fn use_color(when: ColorWhen, auto: ColorChoice) -> bool {
    match when {
        ColorWhen::Always => true,
        ColorWhen::Never => false,
        ColorWhen::Auto => auto != ColorChoice::Never,
    }
}

fn labelled((label, style): (&str, Style), text: &str) -> Line {
    Line::styled(label, style).with(text, Style::Plain)
}

fn write_line(out: &mut impl Write, line: &Line, color: bool) -> io::Result<()> {
    for span in line.spans() {
        if color && span.style() != Style::Plain {
            write!(out, "{}", look(span.style()).style(span.text()))?;
        } else {
            out.write_all(span.text().as_bytes())?;
        }
    }
    out.write_all(b"\n")
}

/// Calm on a dark and on a light background: the terminal's own eight colours, no backgrounds.
fn look(style: Style) -> owo_colors::Style {
    let plain = owo_colors::Style::new();
    match style {
        Style::Plain => plain,
        Style::Title | Style::Strong => plain.bold(),
        Style::Italic => plain.italic(),
        Style::Dim => plain.dimmed(),
        Style::Match => plain.bold().yellow(),
        Style::Code => plain.cyan(),
        Style::Link => plain.blue(),
        Style::Good => plain.green(),
        Style::Warn => plain.yellow(),
        Style::Bad => plain.bold().red(),
    }
}
