#!/usr/bin/env python3
"""Measures how well `ris search --log` finds an error again that a document quotes, however it was copied.

usage: pastes.py FOLDER [--ris BINARY] [--each]

FOLDER is copied to a temporary folder first and stays as it is. From every document messages are taken that a person
would paste: lines of code blocks, code within lines. Each is asked for as it is and in the ways it comes in: with other
figures, behind what loggers put before it, in JSON, coloured, below a prompt, cut by a window, among lines of a log in
which nothing is wrong. Right is the document itself, another that has the message word for word, or one in its folder.

Counted are right first hits, and of them those called seen before; a wrong first hit that is called seen before is the
worst there is. The same log lines without a message must not be called seen before at all. Choosing is done by regular
expressions, so that some messages are none; compare figures of two builds, not of two folders. Only the standard
library is used, and the same folder gives the same pastes.
"""
import argparse
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
ERROR = re.compile(
    r"error|exception|fail|denied|refused|time[d -]*out|cannot|could not|unable|fatal|panic|not found|no such"
    r"|invalid|exceeded|unreachable|killed|undefined|rejected|expired|BackOff", re.IGNORECASE)
COMMAND = re.compile(r"\s*([$#>%|]|kubectl|docker|curl|git|grep|psql|if|for|return|const|def|import|SELECT)\b", re.IGNORECASE)
PATHS = ["/", "/cart", "/login", "/healthz", "/static/app.js"]
SAID = ["request completed", "cache hit", "job finished", "metrics flushed", "session refreshed", "config reloaded"]


def messages(text):
    """Returns at most three messages of a document."""
    found = []
    fence = False
    for line in text.splitlines():
        if line.lstrip().startswith(("```", "~~~")):
            fence = not fence
            continue
        parts = [line.strip()] if fence else re.findall(r"`([^`\n]{18,250})`", line)
        for part in parts:
            words = re.findall(r"[A-Za-z]{2,}", part)
            is_message = 18 <= len(part) <= 400 and len(words) >= 4 and ERROR.search(part) and not COMMAND.match(part)
            if is_message and part not in found and not re.search(r"[{;]$|=>|&&", part):
                found.append(part)
    random.Random(len(text)).shuffle(found)
    return found[:3]


def other_figures(message, dice):
    return re.sub(r"(?<![A-Za-z0-9])\d{2,}(?![A-Za-z])", lambda it: str(dice.randint(10, 10 ** len(it.group()) - 1)), message)


def access(dice):
    address, second, path, size = dice.randint(1, 250), dice.randint(10, 59), dice.choice(PATHS), dice.randint(99, 9999)
    return f'10.0.0.{address} - - [20/Nov/2026:03:00:{second} +0000] "GET {path} HTTP/1.1" 200 {size} "-" "curl/8.5.0"'


def node(dice):
    entry = {"level": 30, "pid": 7, "reqId": f"{dice.getrandbits(64):016x}", "msg": dice.choice(SAID)}
    return json.dumps(entry)


def spring(dice):
    return f"2026-11-20 03:00:{dice.randint(10, 59)}.123  INFO 1 --- [main] c.acme.shop.Orders : {dice.choice(SAID)}"


def among(message, dice):
    """Returns a message in a log of a service."""
    calm, loud = dice.choice([
        (access, "2026/11/20 03:00:11 [error] 31#31: *812 " + message),
        (node, json.dumps({"level": 50, "pid": 7, "msg": message})),
        (spring, "2026-11-20 03:00:11.123 ERROR 1 --- [main] c.acme.shop.Orders : " + message),
    ])
    lines = [calm(dice) for _ in range(dice.randint(60, 200))]
    lines.insert(len(lines) // 2, loud)
    return "\n".join(lines)


def cut(text, width=80):
    return "\n".join(text[at:at + width] for at in range(0, len(text), width))


WAYS = {
    "as it is": lambda it, dice: it,
    "other figures": other_figures,
    "lower case": lambda it, dice: re.sub(r"[^\w\s./-]", " ", it.lower()),
    "syslog": lambda it, dice: "Nov 20 03:00:00 web-17 app[4242]: " + it,
    "time, level, thread": lambda it, dice: "2026-11-20T03:00:00.123Z ERROR [pay-worker-3] " + it,
    "python logging": lambda it, dice: "2026-11-20 03:00:00,123 - pay.worker - ERROR - " + it,
    "klog": lambda it, dice: "E1120 03:00:00.123456       1 controller.go:114] " + it,
    "compose": lambda it, dice: "api-1  | " + it,
    "JSON": lambda it, dice: json.dumps({"level": "error", "host": "web-17", "msg": it}),
    "logfmt": lambda it, dice: f"level=error caller=out.go:71 msg={json.dumps(it)}",
    "coloured": lambda it, dice: "\x1b[31m" + it.replace(" ", "\x1b[0m \x1b[1m", 1) + "\x1b[0m",
    "below a prompt": lambda it, dice: f"ana@web-17:/srv# journalctl -u app -n 3\n{it}\nana@web-17:/srv# ",
    "cut by a window": lambda it, dice: cut("Nov 20 03:00:00 web-17.acme.internal app[4242]: " + it),
    "in a log": among,
}


def ask(ris, folder, text):
    command = [ris, "--kb", folder, "search", "--no-sync", "--limit", "5", "--format", "json", "--log", "-"]
    child = subprocess.run(command, input=text, capture_output=True, text=True)
    if child.returncode not in (0, 1):
        sys.exit(child.stderr)
    hits = json.loads(child.stdout)["hits"] if child.stdout else []
    return hits[0] if hits else None


def bare(text):
    return re.sub(r"[^a-z0-9]+", " ", text.lower())


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--ris", default=HERE / "target/release/ris")
    arguments.add_argument("--each", action="store_true", help="print every message that is not found and called seen")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="ris-pastes-") as scratch:
        folder = Path(scratch) / "kb"
        shutil.copytree(given.folder, folder)
        subprocess.run([given.ris, "--kb", folder, "index"], check=True, capture_output=True)
        texts = {str(it.relative_to(folder)): it.read_text(errors="replace") for it in sorted(folder.rglob("*.md"))}
        bares = {path: bare(text) for path, text in texts.items()}
        asked = [(path, message) for path, text in texts.items() for message in messages(text)]
        print(f"{len(asked)} messages of {len(set(path for path, _ in asked))} documents")
        print(f"{'':20} first is right   seen before   seen before, wrongly")
        for name, way in WAYS.items():
            right = seen = wrong = 0
            for number, (path, message) in enumerate(asked):
                best = ask(given.ris, folder, way(message, random.Random(number)))
                is_seen = best is not None and best["same_message"]
                is_right = best is not None and (
                    best["path"] == path
                    or Path(best["path"]).parent == Path(path).parent != Path(".")
                    or bare(message) in bares.get(best["path"], ""))
                right += is_right
                seen += is_right and is_seen
                wrong += is_seen and not is_right
                if given.each and not (is_right and is_seen):
                    print(f"  {name}: {path}: {message[:100]}")
            print(f"{name:20} {right / len(asked):14.3f} {seen:13} {wrong:22}")
        healthy = 0
        for number in range(30):
            dice = random.Random(number)
            line = [access, node, spring][number % 3]
            best = ask(given.ris, folder, "\n".join(line(dice) for _ in range(100)))
            healthy += best is not None and best["same_message"]
        print(f"logs in which nothing is wrong that are called seen before: {healthy} of 30")


if __name__ == "__main__":
    main()
