//! Signatures by the tools that hold the keys: OpenSSH for who, OpenSSL for when. No cryptography of our own.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The namespace of our signatures, so that one made for another purpose is not taken for one of a bundle, nor the other
/// way round.
pub(crate) const NAMESPACE: &str = "ris-evidence";

/// What a tool said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Good; what the tool says of the signer.
    Good(String),
    /// Not good; why.
    Bad(String),
    /// It is one of this content, by a key that is not believed; why.
    Stranger(String),
    /// It could not be asked; why.
    NotRun(String),
}

/// Signs the file at `path` with the key at `key` (a private key, or a public one whose private half an agent holds);
/// returns the path of the signature.
///
/// # Errors
/// What the tool said, in one line.
pub(crate) fn sign(path: &Path, key: &Path) -> Result<PathBuf, String> {
    let mut command = Command::new("ssh-keygen");
    command.args(["-Y", "sign", "-q", "-n", NAMESPACE, "-f"]).arg(key).arg(path);
    // A passphrase is asked for on the terminal by the tool itself.
    let done = command.stdin(Stdio::inherit()).stdout(Stdio::null()).stderr(Stdio::piped()).output();
    let done = done.map_err(|error| missing("ssh-keygen", &error))?;
    if !done.status.success() {
        return Err(said(&done.stderr));
    }
    Ok(PathBuf::from(format!("{}.sig", path.display())))
}

/// Checks that the file at `key` can be signed with, as far as that shows before: so that nothing is made in vain.
///
/// # Errors
/// Why not, in one line.
pub(crate) fn can_sign(key: &Path) -> Result<(), String> {
    let text = std::fs::read(key).map_err(|error| error.to_string())?;
    let done = Command::new("ssh-keygen").args(["-l", "-f"]).arg(key).stdin(Stdio::null()).output();
    let done = done.map_err(|error| missing("ssh-keygen", &error))?;
    // A private key of an old form shows its public half to those only who know the passphrase.
    let is_private = memchr::memmem::find(&text, b"PRIVATE KEY-----").is_some();
    match is_private {
        true => is_heeded(key),
        false if done.status.success() => Ok(()),
        false => Err("it is no SSH key".to_owned()),
    }
}

/// A private key that others may read is ignored when it comes to signing. One with a passphrase, which is not asked for
/// here, may well sign.
fn is_heeded(key: &Path) -> Result<(), String> {
    let done = Command::new("ssh-keygen").args(["-y", "-P", "", "-f"]).arg(key).stdin(Stdio::null()).output();
    let done = done.map_err(|error| missing("ssh-keygen", &error))?;
    let is_open = memchr::memmem::find(&done.stderr, b"are too open").is_some();
    if is_open { Err(said(&done.stderr)) } else { Ok(()) }
}

/// Verifies `signature` of the file at `path` by the keys in `allowed`, made by `identity` or, without one, by any of them.
#[must_use]
pub(crate) fn verify(path: &Path, signature: &Path, allowed: &Path, identity: Option<&str>) -> Verdict {
    let Ok(content) = std::fs::read(path) else { return Verdict::Bad(format!("{} cannot be read", path.display())) };
    let verified = || -> Result<Verdict, String> {
        // Whoever signed: content or signature are not what they were.
        let mut command = Command::new("ssh-keygen");
        command.args(["-Y", "check-novalidate", "-n", NAMESPACE, "-s"]).arg(signature);
        if let (false, text) = run(command, &content)? {
            return Ok(Verdict::Bad(text));
        }
        let Some(signer) = signer(signature, allowed)? else {
            return Ok(Verdict::Stranger(format!("no key in {} made this signature", allowed.display())));
        };
        let wanted = identity.unwrap_or(&signer);
        let mut command = Command::new("ssh-keygen");
        command.args(["-Y", "verify", "-n", NAMESPACE, "-I", wanted, "-f"]).arg(allowed).arg("-s").arg(signature);
        Ok(match run(command, &content)? {
            (true, text) => Verdict::Good(text),
            (false, text) if wanted == signer => Verdict::Stranger(text),
            (false, _) => Verdict::Stranger(format!("no key of {wanted} in {} made this signature", allowed.display())),
        })
    };
    verified().unwrap_or_else(Verdict::NotRun)
}

/// Returns whose key made the signature, by the keys in `allowed`; `None` where it is none of theirs.
fn signer(signature: &Path, allowed: &Path) -> Result<Option<String>, String> {
    let mut command = Command::new("ssh-keygen");
    command.args(["-Y", "find-principals", "-f"]).arg(allowed).arg("-s").arg(signature);
    let (is_known, text) = run(command, &[])?;
    Ok(is_known.then(|| text.lines().next().unwrap_or_default().trim().to_owned()))
}

/// Verifies the time stamp (RFC 3161) `response` of the file at `path` by the certificates in `chain`.
#[must_use]
pub(crate) fn verify_time(path: &Path, response: &Path, chain: &Path) -> Verdict {
    let mut command = Command::new("openssl");
    command.args(["ts", "-verify", "-data"]).arg(path).arg("-in").arg(response).arg("-CAfile").arg(chain);
    match run(command, &[]) {
        Ok((true, text)) => Verdict::Good(text),
        Ok((false, text)) => Verdict::Bad(text),
        Err(why) => Verdict::NotRun(why),
    }
}

fn run(mut command: Command, input: &[u8]) -> Result<(bool, String), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let started = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = started.map_err(|error| missing(&name, &error))?;
    if let Some(mut stdin) = child.stdin.take() {
        // A tool that ends early has said why.
        let _ = stdin.write_all(input);
    }
    let done = child.wait_with_output().map_err(|error| missing(&name, &error))?;
    let text = if done.stdout.is_empty() { said(&done.stderr) } else { said(&done.stdout) };
    Ok((done.status.success(), text))
}

fn missing(name: &str, error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => format!("`{name}` is not installed"),
        _ => format!("`{name}` could not be run: {error}"),
    }
}

/// Returns the first line that says something; a banner of `@` stands around no more than a heading.
fn said(output: &[u8]) -> String {
    let text = String::from_utf8_lossy(output);
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('@'));
    lines.next().unwrap_or("without a word").trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_stands_behind_the_banner() {
        let banner = "@@@@@@@@@@\n@ WARNING: UNPROTECTED PRIVATE KEY FILE! @\n@@@@@@@@@@\n";
        let output = format!("{banner}Permissions 0644 for 'k' are too open.\nThis private key will be ignored.\n");
        assert_eq!(said(output.as_bytes()), "Permissions 0644 for 'k' are too open");
        assert_eq!(said(b"\n"), "without a word");
    }
}
