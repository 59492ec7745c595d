#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a measuring program says what it measured")]
//! How long reading documents takes, without index: `RIS_BENCH_DIR=folder cargo bench --bench parse`.

use std::path::{Path, PathBuf};
use std::time::Instant;

use ris::parse::{ParseOptions, parse};

fn main() {
    let Some(folder) = std::env::var_os("RIS_BENCH_DIR") else {
        eprintln!("set RIS_BENCH_DIR to a folder of documents");
        return;
    };
    let mut files = Vec::new();
    collect(Path::new(&folder), &mut files);
    let options = ParseOptions::default();
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    let mut best = f64::INFINITY;
    for _ in 0..5 {
        let start = Instant::now();
        let mut items = 0;
        for (path, bytes) in &files {
            items += parse(path, bytes, &options).document.action_items.len();
        }
        let seconds = start.elapsed().as_secs_f64();
        best = best.min(seconds);
        std::hint::black_box(items);
    }
    let count = f64::from(u32::try_from(files.len()).unwrap_or(u32::MAX));
    println!("{} documents, {bytes} bytes: {:.1} µs a document", files.len(), best / count * 1e6);
}

fn collect(folder: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, files);
        } else if let Ok(bytes) = std::fs::read(&path) {
            files.push((path.to_string_lossy().into_owned(), bytes));
        }
    }
}
