//! The user's editor: the one of `ris.toml`, else of the environment.

use std::path::Path;
use std::process::{Command, Stdio};

use super::error::CommandError;

/// Opens `path` in the editor and waits for it. `configured` is the editor of `ris.toml`. Returns false where there is
/// no editor to be found.
pub(crate) fn open(configured: Option<&str>, path: &Path) -> Result<bool, CommandError> {
    let from_environment = || ["VISUAL", "EDITOR"].into_iter().find_map(|name| std::env::var(name).ok());
    let Some(editor) = configured.map(str::to_owned).or_else(from_environment).filter(|it| !it.trim().is_empty())
    else {
        return Ok(false);
    };
    let kept = || format!("the document stays at `{}`", path.display());
    let status = command(&editor, path)
        .stdin(Stdio::inherit())
        .status()
        .map_err(|error| CommandError::caused(&format!("cannot start the editor `{editor}`"), &error).hint(kept()))?;
    if status.success() {
        return Ok(true);
    }
    let ended = status.code().map_or_else(|| "was ended by a signal".to_owned(), |code| format!("ended with {code}"));
    Err(CommandError::new(format!("the editor `{editor}` {ended}")).hint(kept()))
}

/// An editor may come with arguments, as in `code --wait`; the shell takes them apart as git does.
#[cfg(unix)]
fn command(editor: &str, path: &Path) -> Command {
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{editor} \"$@\"")).arg(editor).arg(path);
    command
}

#[cfg(not(unix))]
fn command(editor: &str, path: &Path) -> Command {
    let mut words = editor.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words).arg(path);
    command
}
