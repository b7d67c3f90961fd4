"""``python -m bench NAME [--short] [--json]``: one measurement, or ``all`` of them in turn."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.registry import MODULES, bench
from engine.model.errors import Fault

FAILED, REFUSED = 1, 2
PROJECT = Path(__file__).resolve().parent.parent


def main(words: Sequence[str] | None = None) -> int:
    """Measure; 0: done, 1: a measurement broke off, 2: there is no such measurement."""
    asked = _parser().parse_args(words)
    if asked.name == "all":
        answers, broken = _all(short=asked.short)
    else:
        try:
            found = bench(asked.name)
        except KeyError as unknown:
            _say(str(unknown.args[0]))
            return REFUSED
        try:
            answers, broken = {asked.name: found.run(asked.short, _say)}, []
        except Fault as fault:
            _say(f"{asked.name}: {fault}")
            return FAILED
    if asked.json:
        document = answers if asked.name == "all" else answers[asked.name]
        sys.stdout.write(json.dumps(document, indent=2) + "\n")
    else:
        for name, answer in answers.items():
            sys.stdout.write(bench(name).line(answer) + "\n")
    for name in broken:
        _say(f"{name} broke off; its own words are above. Run `python -m bench {name}` alone.")
    return FAILED if broken else 0


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m bench", description="Measure the house beside what one would pick instead."
    )
    made.add_argument("name", metavar="NAME", help=f"{', '.join(MODULES)}, or all")
    made.add_argument("--short", action="store_true", help="a smaller run, at most a minute")
    made.add_argument("--json", action="store_true", help="print one JSON document")
    return made


def _all(*, short: bool) -> tuple[dict[str, Any], list[str]]:
    """Each in a process of its own, so that none is warmed or burdened by the one before."""
    answers: dict[str, Any] = {}
    broken: list[str] = []
    for name in MODULES:
        _say(f"Measuring {name}.")
        line = [sys.executable, "-m", "bench", name, "--json", *(["--short"] if short else [])]
        done = subprocess.run(line, stdout=subprocess.PIPE, text=True, cwd=PROJECT, check=False)
        if done.returncode:
            broken.append(name)
        else:
            answers[name] = json.loads(done.stdout)
    return answers, broken


def _say(line: str) -> None:
    sys.stderr.write(line.rstrip() + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    raise SystemExit(main())
