//! Reading a log that somebody hands in: from a file or stdin, of any length, in any encoding.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::Context;
use super::error::CommandError;
use crate::kb::text_of_log;

/// Bytes of a log that are looked at.
const LONGEST_LOG: usize = 1 << 20;

/// Reads the log in the file `source`, or on stdin for `-`; of a long one its end, which is where the trouble is.
pub(crate) fn read(context: &mut Context, source: &Path) -> Result<String, CommandError> {
    let (name, bytes) = if source.as_os_str() == "-" {
        ("stdin".to_owned(), last_bytes(&mut std::io::stdin().lock()))
    } else {
        (format!("`{}`", source.display()), File::open(source).and_then(|mut file| last_bytes(&mut file)))
    };
    let (bytes, is_cut) = bytes.map_err(|error| {
        CommandError::caused(&format!("cannot read {name}"), &error)
            .hint("name the file that holds the log, or `-` for what another program hands over")
    })?;
    let Some(text) = text_of_log(&bytes) else {
        let error = CommandError::new(format!("{name} holds binary data, no text"));
        return Err(error.hint("unpack it first: `zcat FILE | ris search --log -`"));
    };
    if text.trim().is_empty() {
        let error = CommandError::new(format!("there is nothing to search for in {name}"));
        return Err(error.hint("it needs the lines around the error, as they were printed"));
    }
    if is_cut {
        context.ui.warning("The log is long: its last megabyte was looked at.");
    }
    Ok(text)
}

/// Returns the last [`LONGEST_LOG`] bytes, and whether there were more. A byte-order mark, which says how to read them,
/// stays in front; else the first line, which may begin within a character, is left out.
fn last_bytes(source: &mut impl Read) -> std::io::Result<(Vec<u8>, bool)> {
    let (mut bytes, mut is_cut) = (Vec::new(), false);
    while source.by_ref().take(LONGEST_LOG as u64).read_to_end(&mut bytes)? > 0 {
        let keep = mark(&bytes);
        // An even number: a character of UTF-16 has two bytes.
        let cut = bytes.len().saturating_sub(LONGEST_LOG) / 2 * 2;
        bytes.drain(keep..keep + cut);
        is_cut |= cut > 0;
    }
    if is_cut && mark(&bytes) == 0 {
        let line = bytes.iter().position(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        bytes.drain(..line);
    }
    Ok((bytes, is_cut))
}

/// Returns the length of the byte-order mark of UTF-16.
fn mark(bytes: &[u8]) -> usize {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") { 2 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_log_the_end_is_read() {
        let long = format!("{}the end", "x\n".repeat(LONGEST_LOG));
        let (bytes, is_cut) = last_bytes(&mut long.as_bytes()).unwrap();
        assert!(is_cut && bytes.len() <= LONGEST_LOG + 1 && bytes.ends_with(b"the end"));
        let wide: Vec<u8> = std::iter::once(0xFEFF).chain(long.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let (bytes, _) = last_bytes(&mut wide.as_slice()).unwrap();
        assert!(text_of_log(&bytes).is_some_and(|text| text.ends_with("x\nthe end")));
        assert_eq!(last_bytes(&mut "short".as_bytes()).unwrap(), (b"short".to_vec(), false));
        assert_eq!(text_of_log(b"\x1F\x8B\x08 packed"), None);
    }
}
