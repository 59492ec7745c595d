#!/usr/bin/env python3
"""How fast pages are served, beside nginx serving the same HTML as static files, in one run on one machine.

    python3 benches/serve.py FOLDER [--ris PROGRAM] [--seconds N] [--connections N]

Needs wrk and nginx. FOLDER, any folder of Markdown, is copied first, unless it is a knowledge base with an index that
this program made itself (--in-place). Every request asks for another page: words are drawn from the documents with a
fixed seed, so that nothing is measured that a cache could answer. Prints one table.
"""

import argparse
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

QUERIES = 300
# Documents whose pages are together larger than what a server keeps.
FIRST_READ = 1500
WORD = re.compile(r"[A-Za-z]{4,14}")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def fetch(url):
    with urllib.request.urlopen(url) as answer:
        return answer.read()


class Server:
    """ris over one folder."""

    def __init__(self, program, folder):
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        began = time.monotonic()
        command = [program, "serve", "--kb", folder, "--port", str(self.port)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while True:
            try:
                fetch(self.base + "/")
                break
            except OSError:
                if self.process.poll() is not None:
                    sys.exit("the server ended; run it by hand to see why")
                time.sleep(0.002)
        self.first_page = (time.monotonic() - began) * 1000

    def memory(self):
        """Resident megabytes now, of which mapped files."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        value = lambda name: int(re.search(rf"{name}:\s+(\d+)", status)[1]) / 1024
        return value("VmRSS"), value("RssFile")

    def processor(self):
        """Seconds of processor used so far, user and system."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def queries(folder):
    """Searches of one to three words that stand in between 5 and 600 of about 1,500 documents."""
    chance = random.Random(7)
    files = sorted(folder.rglob("*.md"))
    counts = {}
    for file in chance.sample(files, min(1500, len(files))):
        for word in {word.lower() for word in WORD.findall(file.read_text(errors="replace"))}:
            counts[word] = counts.get(word, 0) + 1
    words = sorted(word for word, count in counts.items() if 5 <= count <= 600)
    return [" ".join(chance.sample(words, chance.choice([1, 2, 2, 3]))) for _ in range(QUERIES)]


def typings(searches):
    """What is asked for while these are typed: each up to a letter somewhere in its last word."""
    chance = random.Random(8)
    return [query[: len(query) - chance.randrange(0, 4)] for query in searches]


def documents(folder, count=QUERIES):
    files = sorted(folder.rglob("*.md"))
    chosen = random.Random(9).sample(files, min(count, len(files)))
    return ["/d/" + urllib.parse.quote(str(file.relative_to(folder))) for file in chosen]


def nginx(scratch, pages):
    """Serves pages as static files; returns the process, its address and the paths."""
    root = scratch / "www"
    root.mkdir()
    paths = []
    for number, page in enumerate(pages):
        (root / f"{number}.html").write_bytes(page)
        paths.append(f"/{number}.html")
    port = free_port()
    config = scratch / "nginx.conf"
    config.write_text(
        f"daemon off; pid {scratch}/nginx.pid; error_log {scratch}/error.log; worker_processes 2;\n"
        "events {}\n"
        f"http {{ access_log off; types {{ text/html html; }} server {{ listen 127.0.0.1:{port}; root {root}; }} }}\n"
    )
    root.chmod(0o755)
    scratch.chmod(0o755)
    process = subprocess.Popen(["nginx", "-p", scratch, "-c", config], stderr=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    for _ in range(200):
        try:
            fetch(base + paths[0])
            return process, base, paths
        except OSError:
            time.sleep(0.01)
    sys.exit("nginx did not start")


def wrk(scratch, base, paths, args):
    """Returns p50 and p99 in milliseconds, requests a second, and their number."""
    script = scratch / "paths.lua"
    listed = ",".join(f'"{path}"' for path in paths)
    script.write_text(
        f"local paths = {{{listed}}}\nlocal at = 0\n"
        'request = function() at = at % #paths + 1; return wrk.format("GET", paths[at]) end\n'
        "done = function(summary, latency) local bad = summary.errors.status + summary.errors.read + summary.errors.timeout\n"
        'print(string.format("RESULT %f %f %f %d %d", latency:percentile(50) / 1000, latency:percentile(99) / 1000, '
        "summary.requests / summary.duration * 1e6, summary.requests, bad)) end\n"
    )
    command = ["wrk", "-t1", f"-c{args.connections}", f"-d{args.seconds}s", "-s", str(script), base]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    p50, p99, rate, requests, bad = map(float, re.search(r"RESULT (.*)", out)[1].split())
    if bad:
        sys.exit(f"{bad:.0f} requests to {base} failed")
    return p50, p99, rate, requests


def measure(server, folder, scratch, args):
    searches = queries(folder)
    quote = urllib.parse.quote
    kinds = {
        "search page": ["/search?q=" + quote(query) for query in searches],
        "search as you type": ["/search/fragment?q=" + quote(query) for query in typings(searches)],
        # More documents than the server keeps pages of: each is made anew.
        "document page": documents(folder, FIRST_READ),
        "a page read again": documents(folder)[:100],
    }
    print(f"\n{args.connections} connections, {args.seconds} s each; milliseconds, requests a second\n")
    print(f"{'':20} {'ris p50':>9} {'p99':>8} {'req/s':>8} {'CPU ms':>7}   {'nginx p50':>9} {'p99':>8} {'req/s':>8}   {'KB':>6}")
    for name, paths in kinds.items():
        pages = [fetch(server.base + path) for path in paths]
        with tempfile.TemporaryDirectory(dir=scratch) as folder:
            folder = pathlib.Path(folder)
            process, base, static = nginx(folder, pages)
            wrk(folder, server.base, paths, args)
            before = server.processor()
            ours = wrk(folder, server.base, paths, args)
            each = (server.processor() - before) / ours[3] * 1000
            theirs = wrk(folder, base, static, args)
            process.terminate()
            process.wait()
        size = sum(map(len, pages)) / len(pages) / 1000
        print(f"{name:20} {ours[0]:9.2f} {ours[1]:8.2f} {ours[2]:8.0f} {each:7.2f}   {theirs[0]:9.2f} {theirs[1]:8.2f} {theirs[2]:8.0f}   {size:6.1f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--ris", default="target/release/ris")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--in-place", action="store_true", help="do not copy; `.ris` is written into the folder")
    args = parser.parse_args()
    for tool in ("wrk", "nginx"):
        shutil.which(tool) or sys.exit(f"{tool} is not installed")
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        # The workers of nginx are another user where this runs as root.
        scratch.chmod(0o755)
        folder = args.folder.resolve()
        if not args.in_place:
            folder = pathlib.Path(shutil.copytree(folder, scratch / "kb", ignore=shutil.ignore_patterns(".ris")))
        subprocess.run([args.ris, "index", "--kb", folder, "--quiet"], check=True, stdout=subprocess.DEVNULL)
        starts = []
        for _ in range(5):
            server = Server(args.ris, folder)
            starts.append(server.first_page)
            server.stop()
        print(f"start to first page, index in place: {sorted(starts)[2]:.0f} ms (median of 5; best {min(starts):.0f})")
        server = Server(args.ris, folder)
        measure(server, folder, scratch, args)
        total, mapped = server.memory()
        print(f"\nmemory after all that: {total:.0f} MB resident, {mapped:.0f} MB of it mapped files")
        server.stop()


if __name__ == "__main__":
    main()
