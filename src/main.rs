//! Starts `ris` and maps its outcome to an exit code; nothing else.

fn main() -> std::process::ExitCode {
    ris::cli::run(std::env::args_os())
}
