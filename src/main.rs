//! Starts `ris` and maps its outcome to an exit code; nothing else.

fn main() {}
