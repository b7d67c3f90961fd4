"""``doctor``: what a person should look at."""

from __future__ import annotations

from typing import Any

from jobs.commandline.call import Call, command


def add(commands: Any) -> None:
    """Register the command."""
    command(commands, "doctor", "Check the store, the ledger, the clock and the market.", run, show)


def run(call: Call) -> dict[str, Any]:
    """Ask for the problems, here or in the process that has the store open."""
    return call.store("doctor", {})


def show(answer: dict[str, Any]) -> str:
    """One line a problem."""
    return "\n".join(answer["problems"]) or "No problem found."
