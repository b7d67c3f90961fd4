"""``tick``: one pass of the loop for one client."""

from __future__ import annotations

from typing import Any

from jobs.commandline.call import Call, command


def add(commands: Any) -> None:
    """Register the command."""
    made = command(commands, "tick", "Run the loop once for one client.", run, show)
    made.add_argument("--client", required=True, help="the client's id")
    made.add_argument(
        "--advance", metavar="1h", help="demo store: move its time first (90m, 1h, 2d)"
    )


def run(call: Call) -> dict[str, Any]:
    """Tick, here or in the process that has the store open."""
    return call.store("tick", {"client": call.words.client, "advance": call.words.advance})


def show(answer: dict[str, Any]) -> str:
    """The tick's own sentence and its counts."""
    return (
        f"{answer['client']} at {answer['now']}: {answer['sentence']}\n"
        f"{answer['changes']} changes, "
        f"{answer['decisions']} decisions, {answer['escalations']} escalations"
    )
