"""``resume``: lift the hold of the whole house, or take one client's kill switch back."""

from __future__ import annotations

from typing import Any

from jobs.commandline.call import Call, command


def add(commands: Any) -> None:
    """Register the command."""
    made = command(commands, "resume", "Let the loop go on after a pause.", run, show)
    who = made.add_mutually_exclusive_group(required=True)
    who.add_argument(
        "--all", action="store_true", help="lift the hold of the whole house; no client is started"
    )
    who.add_argument("--client", help="one client's id: start what its policy allows by itself")
    made.add_argument("--reason", required=True, help="goes into the ledger")


def run(call: Call) -> dict[str, Any]:
    """Take the switch back, here or in the process that has the store open."""
    words = call.words
    given = {"all": words.all, "client": words.client, "reason": words.reason}
    return call.store("resume", given)


def show(answer: dict[str, Any]) -> str:
    """What was told to run, what was seen running, what stays as it is."""
    words = {"paused": "started", "verified": "verified", "failed": "not started"}
    lines = [f"{word}: {', '.join(answer[key]) or 'none'}" for key, word in words.items()]
    return "\n".join([*lines, str(answer.get("sentence", ""))])
