//! `ris init`: a knowledge base in a folder.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde_json::json;

use super::index::{print_account, print_problems};
use crate::cli::error::{CommandError, Ended};
use crate::cli::text::{Line, Style};
use crate::cli::{Context, paths};
use crate::kb::{
    Ci, InitPlan, InitRequest, KbError, KnowledgeBase, OpenOptions, StarterFile, StarterProfile, Step, plan_init,
    write_init,
};
use crate::model::counted;

const EXAMPLES: &str = "\
Examples:
  ris init ~/incidents
  ris init --dry-run
  ris init ~/incidents --profile hipaa --profile soc2
  ris init docs/postmortems --ci github --ci pre-commit";

/// Make a knowledge base in a folder, empty or not
///
/// Writes ris.toml with every setting explained, templates/, an entry in .gitignore and, in a folder without incident
/// documents, a first page. Documents that are there stay as they are: ris says what it can read, what most of them lack,
/// and which files it would read. Nothing that exists is overwritten: to a knowledge base --ci and --templates add what
/// it lacks.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct InitArgs {
    /// The folder; the current one where nothing is said
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Also write a snippet that runs `ris check` on each change; may be given more than once
    #[arg(long, value_enum, value_name = "SERVICE")]
    ci: Vec<CiName>,
    /// Give every new document the controls, retention and review of a framework; may be given more than once
    #[arg(long, value_enum, value_name = "FRAMEWORK")]
    profile: Vec<ProfileName>,
    /// Also copy the built-in templates into templates/, to be changed
    #[arg(long)]
    templates: bool,
    /// Say what would be written and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// A service as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CiName {
    Github,
    Gitlab,
    PreCommit,
}

impl From<CiName> for Ci {
    fn from(name: CiName) -> Self {
        match name {
            CiName::Github => Self::Github,
            CiName::Gitlab => Self::Gitlab,
            CiName::PreCommit => Self::PreCommit,
        }
    }
}

/// A framework as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ProfileName {
    Hipaa,
    Soc2,
    Iso27001,
}

impl From<ProfileName> for StarterProfile {
    fn from(name: ProfileName) -> Self {
        match name {
            ProfileName::Hipaa => Self::Hipaa,
            ProfileName::Soc2 => Self::Soc2,
            ProfileName::Iso27001 => Self::Iso27001,
        }
    }
}

/// Runs the command.
pub(crate) fn run(context: &mut Context, args: &InitArgs) -> Result<Ended, CommandError> {
    let named = args.folder.clone().or_else(|| context.kb.clone());
    let root = paths::absolute(&context.current_dir, named.as_deref());
    let ci = args.ci.iter().map(|it| (*it).into()).collect();
    let profiles = args.profile.iter().map(|it| (*it).into()).collect();
    let request = InitRequest { root: root.clone(), ci, profiles, copy_templates: args.templates };
    let options = OpenOptions { root: None, current_dir: context.current_dir.clone(), clock: context.clock };
    let plan = plan_init(&request, &options).map_err(explain)?;
    if !args.dry_run {
        write_init(&plan)?;
    }
    if context.ui.is_json() {
        context.ui.json(&as_json(&plan, !args.dry_run))?;
        return Ok(Ended::Done);
    }
    plan.notices.iter().for_each(|notice| context.ui.warning(notice));
    files(context, &plan, args.dry_run)?;
    if !plan.is_new {
        return Ok(Ended::Done);
    }
    if plan.survey.status.found > 0 {
        let kb = KnowledgeBase::open(&OpenOptions { root: Some(root), ..options })?;
        survey(context, &kb, &plan)?;
    }
    next(context, &plan)?;
    if args.profile.is_empty() {
        context.ui.notice(
            "New documents state no controls and no retention period until ris.toml has a profile; `ris init --profile \
             hipaa` writes one into a new ris.toml.",
        );
    }
    Ok(Ended::Done)
}

/// Without a folder it is this one; `--kb` is the name for all other commands.
fn explain(error: KbError) -> CommandError {
    match error {
        KbError::NotAFolder { .. } => CommandError::new(error.to_string())
            .hint("name the folder that is to be a knowledge base, or none for this one"),
        other => other.into(),
    }
}

fn as_json(plan: &InitPlan, written: bool) -> serde_json::Value {
    let file = |it: &StarterFile| {
        let step = match it.step {
            Step::Create => "create",
            Step::Append => "append",
            Step::Show => "left-alone",
            Step::Keep => "keep",
        };
        json!({"path": it.path, "step": step, "text": it.text})
    };
    let survey = &plan.survey;
    let lacks: Vec<_> = survey.lacks.iter().map(|it| json!({"what": it.what, "documents": it.count})).collect();
    json!({
        "schema": 1,
        "root": plan.root,
        "written": written,
        "files": plan.files.iter().map(file).collect::<Vec<_>>(),
        "status": survey.status,
        "documents": survey.documents,
        "pages": survey.pages,
        "lacks": lacks,
        "proposed": survey.proposed,
        "notices": plan.notices,
    })
}

fn files(context: &mut Context, plan: &InitPlan, dry_run: bool) -> Result<(), CommandError> {
    let current = context.current_dir.clone();
    let shown = |path: &Path| path.strip_prefix(&current).unwrap_or(path).display().to_string();
    for file in &plan.files {
        let word = match (file.step, dry_run) {
            (Step::Create, false) => "made",
            (Step::Create, true) => "would make",
            (Step::Append, false) => "added to",
            (Step::Append, true) => "would add to",
            (Step::Show, _) => "left alone",
            (Step::Keep, _) => "kept",
        };
        let line = Line::styled(&format!("{word} "), Style::Dim).with(&shown(&file.path), Style::Link);
        context.ui.line(&line)?;
    }
    for file in plan.files.iter().filter(|it| it.step == Step::Show) {
        context.ui.blank()?;
        context.ui.line(&Line::plain(&format!("Put this into {} yourself:", shown(&file.path))))?;
        for line in file.text.lines() {
            context.ui.line(&Line::styled(line, Style::Code).indented(4))?;
        }
    }
    Ok(())
}

/// Says what the folder held before.
fn survey(context: &mut Context, kb: &KnowledgeBase, plan: &InitPlan) -> Result<(), CommandError> {
    let survey = &plan.survey;
    context.ui.blank()?;
    print_account(context, &survey.status)?;
    let documents = counted(survey.documents, "is an incident document", "are incident documents");
    let pages = counted(survey.pages, "is another page", "are other pages");
    context.ui.line(&Line::plain(&format!("{documents}, {pages}; none was changed.")))?;
    if survey.documents > 0 && !survey.lacks.is_empty() {
        context.ui.blank()?;
        context.ui.line(&Line::styled("What they lack", Style::Strong))?;
        for lack in &survey.lacks {
            let share = format!("{:>5} of {}", lack.count, survey.documents);
            context.ui.line(&Line::plain(&share).with("  ", Style::Plain).with(lack.what, Style::Plain))?;
        }
    }
    if !survey.proposed.is_empty() {
        context.ui.blank()?;
        context.ui.line(&Line::styled("Proposed in ris.toml, as a comment", Style::Strong))?;
        for line in &survey.proposed {
            context.ui.line(&Line::styled(line, Style::Code).indented(2))?;
        }
    }
    print_problems(context, kb, &survey.status.problems)
}

fn next(context: &mut Context, plan: &InitPlan) -> Result<(), CommandError> {
    context.ui.blank()?;
    let steps: &[(&str, &str)] = if plan.survey.documents > 0 {
        &[
            ("ris adopt .", "state in front matter what the documents say, shown first"),
            ("ris serve", "read them in the browser"),
        ]
    } else {
        &[("ris new incident", "write the first one"), ("ris serve", "read it in the browser")]
    };
    for (command, what) in steps {
        let line = Line::styled(&format!("{command:<18}"), Style::Code).with(what, Style::Dim);
        context.ui.line(&line)?;
    }
    Ok(())
}
