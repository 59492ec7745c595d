//! Starts `ris` and maps its outcome to an exit code; nothing else.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    ris::cli::run(std::env::args_os())
}
