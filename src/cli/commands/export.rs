//! `ris export`: the pages as a folder that needs no server.

use std::path::PathBuf;

use serde_json::json;

use super::{QueryArgs, open_synced};
use crate::cli::Context;
use crate::cli::error::{CommandError, Ended, chain};
use crate::cli::filters::Filters;
use crate::kb::{CopyRequest, FolderError, KnowledgeBase, SearchRequest};
use crate::model::{counted, shell_word};
use crate::web::{ExportError, Exported};

const EXAMPLES: &str = "\
Examples:
  ris export ../pages                       all of it, to be put on any web host or opened from a disk
  ris export ../pages --in 2026 --kind incident,resolution   a part, with nothing of the rest in it
  ris export ../pages --format json         what was written, for a job";

/// Write the pages as a folder that needs no server
///
/// Every document, the overview pages, the tables as CSV, and a search that runs in the page: put the folder on any web host,
/// or open index.html from a disk. The folder takes the place of an earlier export in one step; one that holds anything else is
/// left alone. With filters only the documents that they find are in it, and every list and number is of these alone. What a
/// pattern can tell to be a secret or data of a patient is taken out, unless `--with-sensitive` is given; pictures are copied
/// as they are.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ExportArgs {
    /// The folder to write
    #[arg(value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    out: PathBuf,
    /// Leave secrets and data of patients in
    #[arg(long)]
    with_sensitive: bool,
    #[command(flatten)]
    query: QueryArgs,
    #[command(flatten)]
    filters: Filters,
}

/// Runs the command.
pub(crate) fn run(context: &mut Context, args: &ExportArgs) -> Result<Ended, CommandError> {
    let kb = open_synced(context, &args.query)?;
    kb.check_export(&args.out)?;
    let request = CopyRequest { only: only(&kb, &args.filters)?, with_sensitive: args.with_sensitive };
    let hints = args.filters.unknown_names(&kb);
    let reading = context.ui.progress("Reading");
    let copy = kb.copied(&request, &|at| reading.update(at));
    drop(reading);
    let copy = copy.inspect_err(|_| hints.iter().for_each(|hint| context.ui.hint(hint)))?;
    let writing = context.ui.progress("Writing");
    let written = crate::web::export(copy, &args.out, &|at| writing.update(at)).map_err(|error| explain(&error));
    drop(writing);
    tell(context, &written?)?;
    Ok(Ended::Done)
}

/// Returns the search that finds what is exported; nothing where that is everything.
fn only(kb: &KnowledgeBase, filters: &Filters) -> Result<Option<SearchRequest>, CommandError> {
    if filters.is_empty() {
        return Ok(None);
    }
    Ok(Some(SearchRequest { facets: filters.facets(kb)?, ..SearchRequest::new(filters.narrow("")) }))
}

fn tell(context: &mut Context, written: &Exported) -> Result<(), CommandError> {
    if !written.failed.is_empty() {
        let pages = counted(written.failed.len(), "page", "pages");
        context.ui.warning(&format!("{pages} could not be made and say so: {}.", written.failed.join(", ")));
    }
    if context.ui.is_json() {
        let mut fields = json!(written);
        fields["schema"] = json!(1);
        context.ui.json(&fields)?;
        return Ok(());
    }
    let about = &written.about;
    context.ui.notice(&format!(
        "{} was written: {}, {}, {} files, {} kB, of which {} kB are for searching.",
        written.folder.display(),
        counted(about.documents, "document", "documents"),
        counted(written.pages, "page", "pages"),
        written.files,
        written.bytes.div_ceil(1000),
        written.search_bytes.div_ceil(1000),
    ));
    if about.masked > 0 {
        context.ui.notice(&format!(
            "What looks like a secret or data of a patient was taken out: {} in {}; `ris check` shows where.",
            counted(about.masked, "value", "values"),
            counted(about.masked_documents, "document", "documents"),
        ));
    }
    let page = written.folder.join("index.html");
    context.ui.notice(&format!("Open it with {}.", shell_word(&page.display().to_string())));
    Ok(())
}

fn explain(error: &ExportError) -> CommandError {
    let told = CommandError::new(chain(error));
    match error {
        ExportError::Folder(FolderError::Foreign { .. }) => {
            told.hint("name a new folder, or one that an earlier `ris export` wrote")
        }
        ExportError::Folder(FolderError::NoFolder { .. }) => told.hint("name a folder that can be made anew"),
        ExportError::Folder(FolderError::Busy { .. }) => told.hint("wait until it is done, then run the command again"),
        ExportError::Kb(error) => match error.hint() {
            Some(hint) => told.hint(hint),
            None => told,
        },
        _ => told,
    }
}
