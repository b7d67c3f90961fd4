"""``pause``: the kill switch. ``resume`` takes it back, as far as the machine's operator may."""

from __future__ import annotations

from typing import Any

from jobs.commandline.call import Call, command


def add(commands: Any) -> None:
    """Register the command."""
    made = command(
        commands, "pause", "Stop everything, or one client, on the platforms.", run, show
    )
    who = made.add_mutually_exclusive_group(required=True)
    who.add_argument("--all", action="store_true", help="every client")
    who.add_argument("--client", help="one client's id")


def run(call: Call) -> dict[str, Any]:
    """Throw the switch, here, in the process that has the store open, or by a flag file."""
    return call.store("pause", {"all": call.words.all, "client": call.words.client})


def show(answer: dict[str, Any]) -> str:
    """What was told to stop, what was seen stopped, what was not."""
    lines = [
        f"{key}: {', '.join(answer[key]) or 'none'}" for key in ("paused", "verified", "failed")
    ]
    return "\n".join([*lines, str(answer.get("sentence", ""))])
