"""``person``: add somebody from the machine itself, above all a store's first admin."""

from __future__ import annotations

from typing import Any

from engine.model.people import ROLES
from jobs.commandline.call import Call, command


def add(commands: Any) -> None:
    """Register the command."""
    made = command(commands, "person", "Add a person, such as a store's first admin.", run, show)
    made.add_argument("--client", required=True, help="the client's id")
    made.add_argument("--name", required=True, help="as it is shown")
    made.add_argument("--email", required=True, help="the address their identity provider verifies")
    made.add_argument("--role", choices=ROLES, default="admin", help="for that client (admin)")
    made.add_argument("--senior", action="store_true", help="may publish and approve there")


def run(call: Call) -> dict[str, Any]:
    """Add the person, here or in the process that has the store open."""
    words = call.words
    told = {name: getattr(words, name) for name in ("client", "name", "email", "role", "senior")}
    return call.store("person", told)


def show(answer: dict[str, Any]) -> str:
    """One line on who was added."""
    return f"{answer['person']} is added as {answer['role']} of {answer['client']}."
