#!/usr/bin/env python3
"""Measures ris against the bare program, ripgrep and git on one folder of Markdown, in one run.

usage: measure.py FOLDER [--ris BINARY] [--bare BINARY] [--rg BINARY] [--word WORD] [--rounds N] [--json FILE]

FOLDER is copied to a temporary folder first and stays as it is. Build both binaries before:

    cargo build --release --bin ris --example bare

Every figure is the median of N rounds (default 5; full builds 3), whole process, warm cache. Times of one machine
mean little; the ratios in the last column are what the README promises. Only the standard library is used.
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent


def run(command, cwd=None, ok=(0,)):
    """Runs a command; returns seconds and its output."""
    start = time.perf_counter()
    child = subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    seconds = time.perf_counter() - start
    if child.returncode not in ok:
        sys.exit(f"{' '.join(map(str, command))} ended with {child.returncode}")
    return seconds, child.stdout


def peak(command, ok=(0,)):
    """Returns the peak resident megabytes of a command. Started from here it would inherit the peak of Python."""
    child = subprocess.run(["/usr/bin/time", "-f", "%M", *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    if child.returncode not in ok:
        sys.exit(f"{' '.join(map(str, command))} ended with {child.returncode}")
    return int(child.stderr.split()[-1]) / 1024


def median(rounds, once):
    return statistics.median(once()[0] for _ in range(rounds))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--ris", default=HERE / "target/release/ris")
    arguments.add_argument("--bare", default=HERE / "target/release/examples/bare")
    arguments.add_argument("--rg", default="rg", help="ripgrep, where it is not on the path")
    arguments.add_argument("--word", default="stampede")
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--build-rounds", type=int, default=3)
    arguments.add_argument("--json", type=Path)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="ris-bench-") as scratch:
        measure(given, Path(scratch))


def measure(given, scratch):
    kb = scratch / "kb"
    shutil.copytree(given.folder, kb, ignore=shutil.ignore_patterns(".git", ".ris"))
    files = sorted(path for path in kb.rglob("*.md"))
    megabytes = sum(path.stat().st_size for path in files) / 1e6
    git = ["git", "-c", "user.name=bench", "-c", "user.email=bench@localhost", "-c", "gc.auto=0"]
    for step in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "corpus"]):
        subprocess.run([*git, *step], cwd=kb, check=True, stdout=subprocess.DEVNULL)
    time.sleep(0.1)
    bare_index, ris, bare = scratch / "bare", [str(given.ris), "--kb", str(kb)], str(given.bare)
    build_bare, build_ris = [bare, "index", str(kb), str(bare_index)], [*ris, "index"]
    rows = []

    def row(name, value, against, promise, unit="ms"):
        ratio = value / against[1] if against else None
        rows.append({"what": name, "value": value, "against": against, "ratio": ratio, "promise": promise, "unit": unit})

    def fresh(command, how=run):
        shutil.rmtree(bare_index, ignore_errors=True)
        shutil.rmtree(kb / ".ris", ignore_errors=True)
        return how(command)

    for path in files:
        path.read_bytes()
    # Turn by turn, so that a change of the machine's load meets both.
    pairs = [(fresh(build_bare)[0], fresh(build_ris)[0]) for _ in range(given.build_rounds)]
    bare_time, ris_time = (statistics.median(times) for times in zip(*pairs))
    row("full index", ris_time, ("bare", bare_time), 1.5)
    bare_memory, ris_memory = fresh(build_bare, peak), fresh(build_ris, peak)
    row("full index, peak memory", ris_memory, ("bare", bare_memory), 1.0, "MB")
    if not bare_index.exists():
        run(build_bare)

    status = median(given.rounds * 2, lambda: run(["git", "status", "--porcelain"], cwd=kb))
    nothing = median(given.rounds * 2, lambda: run([*ris, "index"]))
    row("nothing changed", nothing, ("git status", status), 2.0)

    changes = iter(range(1000))

    def changed():
        number = next(changes)
        word = f"zyxmarker{number}"
        with open(files[len(files) // 2 + number], "a") as file:
            file.write(f"\n{word}\n")
        result = run([*ris, "search", word])
        if not result[1]:
            sys.exit(f"{word} was not found")
        return result

    row("one file changed, searched for", median(given.rounds, changed), None, 0.1)

    finds = (0, 1)
    search_ris, search_bare = [*ris, "search", "--no-sync", given.word], [bare, "search", str(bare_index), given.word]
    bare_search = median(given.rounds * 4, lambda: run(search_bare))
    search = median(given.rounds * 4, lambda: run(search_ris, ok=finds))
    row("search", search, ("bare", bare_search), 4.0)
    if shutil.which(given.rg):
        rg = median(given.rounds, lambda: run([given.rg, "-i", "-l", given.word, str(kb)], ok=finds))
        row("search", search, ("ripgrep", rg), 0.25 if len(files) < 50_000 else 0.05)
    row("search, peak memory", peak(search_ris, ok=finds), None, 60, "MB")

    print(f"{len(files)} documents, {megabytes:.0f} MB\n")
    print(f"| {'Work':32} | {'ris':>10} | {'against':>22} | {'ratio':>6} | {'promised':>8} |")
    print(f"|{'-' * 34}|{'-' * 11}:|{'-' * 23}:|{'-' * 7}:|{'-' * 9}:|")
    for it in rows:
        scale = 1000 if it["unit"] == "ms" else 1
        against = f"{it['against'][0]} {it['against'][1] * scale:.1f} {it['unit']}" if it["against"] else ""
        ratio = f"{it['ratio']:.2f}" if it["ratio"] else ""
        promise = f"{it['promise'] * (scale if not it['against'] else 1):g}"
        value = f"{it['value'] * scale:.1f} {it['unit']}"
        print(f"| {it['what']:32} | {value:>10} | {against:>22} | {ratio:>6} | {promise:>8} |")
    if given.json:
        given.json.write_text(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()
