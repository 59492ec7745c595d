//! Starts `ris` and maps its outcome to an exit code; nothing else.

/// Reading makes many small values; with the system's allocator a full index takes about a tenth more time. Without huge
/// pages (`no_thp`), which would take half as much memory again and gain nothing. Version 2 (`v2`): the later one takes a
/// detour for every aligned block whose size is no power of two, which is most of them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    ris::cli::run(std::env::args_os())
}
