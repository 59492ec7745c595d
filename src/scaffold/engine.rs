//! The templates: built-in ones, a team's own over them, and what they give when they are filled in.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value};

use super::advice::advice;
use super::error::{TemplateError, innermost};
use super::filters;
use super::head::{self, Head, Variable};
use super::variables::{COMMON, Values};
use crate::model::{Kind, StatusState, file_name, nearest};

/// Instructions after which a template is given up: a loop over a loop over a loop is a mistake.
const FUEL: u64 = 2_000_000;
/// Bytes after which a template is given up.
const MAX_OUTPUT: usize = 4 << 20;

/// The built-in templates, in the order shown.
const BUILT_IN: [(&str, &str); 8] = [
    ("incident", include_str!("../../templates/documents/incident.md")),
    ("postmortem", include_str!("../../templates/documents/postmortem.md")),
    ("rca", include_str!("../../templates/documents/rca.md")),
    ("resolution", include_str!("../../templates/documents/resolution.md")),
    ("fix-plan", include_str!("../../templates/documents/fix-plan.md")),
    ("breach", include_str!("../../templates/documents/breach.md")),
    ("drill", include_str!("../../templates/documents/drill.md")),
    ("near-miss", include_str!("../../templates/documents/near-miss.md")),
];

/// Parts of templates, to be included; a team's file of the same name takes their place.
const PARTS: [(&str, &str); 3] = [
    ("_error", include_str!("../../templates/documents/_error.md")),
    ("_like", include_str!("../../templates/documents/_like.md")),
    ("_timeline", include_str!("../../templates/documents/_timeline.md")),
];

/// A template of the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFile {
    /// Path relative to the knowledge base; its file name without `.md` is the template's name.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Whose a template is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateOrigin {
    /// It comes with `ris`.
    BuiltIn,
    /// The team's file at this path, relative to the knowledge base.
    Team(String),
}

/// What a template says of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateInfo {
    /// Its name: what stands behind `ris new`.
    pub name: String,
    /// The kind of document that it makes.
    pub kind: Kind,
    /// The status that its documents begin with.
    pub status: Option<StatusState>,
    /// What it is for.
    pub about: String,
    /// Variables of its own; all templates have the common ones besides.
    pub variables: Vec<Variable>,
    /// Whose it is.
    pub origin: TemplateOrigin,
    /// Its text as written.
    pub source: String,
}

/// All templates.
pub struct Templates {
    env: Environment<'static>,
    found: BTreeMap<String, Result<TemplateInfo, TemplateError>>,
    /// The file of each template of the team, also of those that only others include.
    files: BTreeMap<String, String>,
}

impl std::fmt::Debug for Templates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Templates").field("found", &self.found.keys()).finish_non_exhaustive()
    }
}

impl Templates {
    /// Returns the built-in templates with those of the team over them. A template that cannot be read stops nobody who
    /// does not ask for it.
    #[must_use]
    pub fn new(team: &[TemplateFile]) -> Self {
        let mut templates = Self { env: environment(), found: BTreeMap::new(), files: BTreeMap::new() };
        for (name, text) in PARTS {
            let added = templates.env.add_template(name, text);
            added.expect("a test renders every built-in template");
        }
        for (name, text) in BUILT_IN {
            templates.add(name, text, TemplateOrigin::BuiltIn);
        }
        for file in team {
            let name = file_name(&file.path).trim_end_matches(".md");
            templates.add(name, &file.text, TemplateOrigin::Team(file.path.clone()));
        }
        templates
    }

    fn add(&mut self, name: &str, text: &str, origin: TemplateOrigin) {
        let file = match &origin {
            TemplateOrigin::BuiltIn => name.to_owned(),
            TemplateOrigin::Team(path) => {
                self.files.insert(name.to_owned(), path.clone());
                path.clone()
            }
        };
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
        let read = head::read(&file, name, &text).and_then(|head| {
            // Messages name the file, templates name each other.
            let compiled = self.env.add_template_owned(name.to_owned(), text.clone());
            compiled.map_err(|error| {
                let failed = TemplateError { template: file.clone(), ..TemplateError::of_engine(&file, &error) };
                failed.advised(advice(innermost(&error), &text, std::iter::empty()))
            })?;
            let Head { kind, status, about, variables } = head;
            self.check_names(&file, name, &variables)?;
            Ok(TemplateInfo { name: name.to_owned(), kind, status, about, variables, origin, source: text.clone() })
        });
        self.found.insert(name.to_owned(), read);
    }

    /// A name that nothing sets is a misspelt one.
    fn check_names(&self, file: &str, name: &str, variables: &[Variable]) -> Result<(), TemplateError> {
        let template = self.env.get_template(name).map_err(|error| TemplateError::of_engine(file, &error))?;
        let known: HashSet<&str> =
            COMMON.iter().map(|it| it.0).chain(variables.iter().map(|it| it.name.as_str())).collect();
        let mut unknown: Vec<String> =
            template.undeclared_variables(false).into_iter().filter(|it| !known.contains(it.as_str())).collect();
        unknown.sort();
        let globals: HashSet<&str> = self.env.globals().map(|it| it.0).collect();
        unknown.retain(|it| !globals.contains(it.as_str()));
        let Some(first) = unknown.first() else { return Ok(()) };
        let line_where = |is: &dyn Fn(&str) -> bool| template.source().lines().position(is);
        // A tag may go over several lines; a word that stands alone may be prose.
        let line = line_where(&|line| line.contains('{') && mentions(line, first));
        let line = line.or_else(|| line_where(&|line| mentions(line, first))).map_or(0, |at| at + 1);
        let hint = nearest(first, known.iter().copied()).map_or_else(
            || "name it under `variables:` in the comment at the head of the template".to_owned(),
            |near| format!("did you mean `{near}`? Or name it under `variables:` in the comment at the head"),
        );
        Err(TemplateError::new(file, line, format!("nothing sets `{first}`")).hint(hint))
    }

    /// Returns the names, the built-in ones first.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let built_in = BUILT_IN.iter().map(|it| it.0);
        let is_own = |name: &&str| !name.starts_with('_') && !BUILT_IN.iter().any(|it| it.0 == *name);
        let own = self.found.keys().map(String::as_str).filter(is_own);
        built_in.chain(own).collect()
    }

    /// Returns what the template `name` says of itself; `None` where there is none of that name.
    ///
    /// # Errors
    /// Where the template cannot be read.
    pub fn get(&self, name: &str) -> Option<Result<&TemplateInfo, &TemplateError>> {
        self.found.get(name).map(Result::as_ref)
    }

    /// Returns the text that the template `name` gives for `values`. Variables of the template that are not among
    /// them have their defaults, common ones are empty.
    ///
    /// # Errors
    /// Where there is no such template, or it fails.
    pub fn render(&self, name: &str, values: &Values) -> Result<String, TemplateError> {
        let info = match self.get(name) {
            Some(found) => found.map_err(Clone::clone)?,
            None => return Err(TemplateError::new(name, 0, "there is no such template")),
        };
        let file = match &info.origin {
            TemplateOrigin::BuiltIn => name,
            TemplateOrigin::Team(path) => path,
        };
        let template = self.env.get_template(name).map_err(|error| TemplateError::of_engine(file, &error))?;
        let mut all = values.with_defaults();
        for variable in &info.variables {
            all.entry(variable.name.clone()).or_insert_with(|| variable.default.clone());
        }
        let mut out = Limited { text: Vec::new() };
        let rendered = template.render_captured_to(Value::from(Serde(all)), &mut out).map(drop);
        rendered.map_err(|error| self.failure(file, name, &error))?;
        let text = String::from_utf8(out.text).map_err(|_| TemplateError::new(file, 0, "it gives no UTF-8"))?;
        Ok(tidied(&text))
    }

    fn failure(&self, file: &str, name: &str, error: &minijinja::Error) -> TemplateError {
        let mut failed = TemplateError::of_engine(file, error);
        if failed.template == name {
            failed.template = file.to_owned();
        } else if let Some(path) = self.files.get(&failed.template) {
            failed.template.clone_from(path);
        }
        let names = self.env.templates().map(|it| it.0).filter(|it| *it != name);
        let failed = failed.advised(advice(innermost(error), "", names));
        match error.kind() {
            ErrorKind::OutOfFuel => failed.hint("a loop runs too long; shorten it"),
            ErrorKind::WriteFailure => TemplateError { message: "it gives more than 4 MiB".to_owned(), ..failed },
            ErrorKind::UndefinedError => failed.hint("`ris new NAME --variables` lists what a template may use"),
            _ => failed,
        }
    }
}

fn environment() -> Environment<'static> {
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_fuel(Some(FUEL));
    // Markdown has no escape that is right everywhere; what goes into front matter passes the filter `yaml`.
    env.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    env.set_syntax(syntax.expect("the delimiters are the usual ones"));
    filters::add(&mut env);
    env
}

fn mentions(line: &str, name: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(name)
        .any(|(at, _)| !line[..at].ends_with(is_name) && !line[at + name.len()..].starts_with(is_name))
}

/// At most one blank line between two others, none at the beginning, one line end at the end; code stays as it is.
fn tidied(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let (mut blank, mut fence): (bool, Option<&str>) = (true, None);
    for line in text.lines().map(str::trim_end) {
        let start = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| start.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            _ => {}
        }
        if line.is_empty() && blank && fence.is_none() {
            continue;
        }
        blank = line.is_empty();
        tidy.push_str(line);
        tidy.push('\n');
    }
    tidy.truncate(tidy.trim_end().len());
    tidy.push('\n');
    tidy
}

/// Takes text up to a limit.
struct Limited {
    text: Vec<u8>,
}

impl Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.text.len() + bytes.len() > MAX_OUTPUT {
            return Err(io::Error::other("too long"));
        }
        self.text.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
