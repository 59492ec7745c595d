//! Starts `ris` and maps its outcome to an exit code; nothing else.

/// Reading makes many small values; with the system's allocator a full index takes about a tenth more time. Without huge
/// pages (`no_thp`), which would take half as much memory again and gain nothing. Version 2 of it, as version 3 takes most
/// sizes that are no power of two for badly aligned and spends 160 instructions on each.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    ris::cli::run(std::env::args_os())
}
