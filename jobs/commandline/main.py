"""The parser, the one place where faults become sentences and exit codes."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from engine.model.errors import BadInput, Fault
from engine.wiring import settings
from jobs.commandline import (
    demo,
    doctor,
    ingest,
    pause,
    person,
    plan,
    policy,
    resume,
    serve,
    tick,
    worker,
)
from jobs.commandline.call import Call

COMMANDS = (demo, serve, tick, worker, ingest, plan, policy, person, pause, resume, doctor)

FAILED, REFUSED = 1, 2


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; 0: done, 1: it could not be done, 2: what was given is refused."""
    arguments = parser().parse_args(words)
    try:
        answer = arguments.run(Call(arguments, settings()))
    except (Fault, ValidationError) as fault:
        return _said(fault)
    except KeyboardInterrupt:
        return _say("Stopped.", FAILED)
    if answer is None:
        return 0
    if arguments.json:
        sys.stdout.write(json.dumps(answer, indent=2, default=str) + "\n")
    else:
        sys.stdout.write(arguments.show(answer).rstrip() + "\n")
    return _code(answer)


def parser() -> argparse.ArgumentParser:
    """Every command with its own ``--help``."""
    top = argparse.ArgumentParser(
        prog="python -m jobs", description="Run the loop and look after its store."
    )
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    for module in COMMANDS:
        module.add(commands)
    return top


def _said(fault: Exception) -> int:
    if isinstance(fault, ValidationError):
        lines = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in fault.errors()]
        return _say("The settings (CC_…) cannot be read: " + "; ".join(lines), REFUSED)
    return _say(str(fault), REFUSED if isinstance(fault, BadInput) else FAILED)


def _say(sentence: str, code: int) -> int:
    sys.stderr.write(sentence.rstrip() + "\n")
    return code


def _code(answer: Any) -> int:
    """Answers that are bad news end with 1 as well, an ingest that could take in no file with 2."""
    bad = isinstance(answer, dict) and (
        answer.get("valid") is False or answer.get("ok") is False or bool(answer.get("failed"))
    )
    if isinstance(answer, list) and answer and all(ingest.refused(each) for each in answer):
        return REFUSED
    return FAILED if bad else 0
