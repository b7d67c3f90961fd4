"""``plan``: the diff the loop would write now, with nothing applied."""

from __future__ import annotations

from typing import Any

from jobs.commandline.call import Call, command


def add(commands: Any) -> None:
    """Register the command."""
    made = command(commands, "plan", "Show what would be written, without writing it.", run, show)
    made.add_argument("--client", required=True, help="the client's id")


def run(call: Call) -> dict[str, Any]:
    """Compare what should be true with the account as it is."""
    return call.store("plan", {"client": call.words.client})


def show(answer: dict[str, Any]) -> str:
    """One line a change, and how many."""
    lines = [change["sentence"] for change in answer["changes"]]
    count = len(lines)
    return "\n".join([*lines, f"{count} change{'' if count == 1 else 's'}"])
