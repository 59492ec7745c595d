//! Starts `ris` and maps its outcome to an exit code; nothing else.

/// Reading makes many small values: with the system's allocator of Linux a full index takes a twentieth more time.
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> std::process::ExitCode {
    ris::cli::run(std::env::args_os())
}
