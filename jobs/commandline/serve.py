"""``serve``: the screens and the loop of a store that is there, demo or real."""

from __future__ import annotations

from typing import Any, NoReturn

from engine.model.errors import GiveUp
from jobs.commandline.call import Call, command
from jobs.commandline.demo import check_port
from jobs.commandline.demo import serve as become


def add(commands: Any) -> None:
    """Register the command."""
    made = command(
        commands, "serve", "Serve the screens of a store, with the loop going on.", run, str
    )
    made.add_argument("--port", type=int, help="of the screens (8501)")


def run(call: Call) -> NoReturn:
    """Become the server.

    Raises:
        GiveUp: the store is not there, or the port is taken.
        BadInput: sign-in is set up by half.
    """
    chosen = call.settings
    if not chosen.store.exists():
        raise GiveUp(f"There is no store at {chosen.store}; name it by CC_STORE.")
    if chosen.sign_in is None:
        call.progress("No sign-in is set up: only demo people, and only on this machine.")
    port = call.words.port or chosen.port
    check_port(chosen.host, port)
    become(call, port, watch=False, here=True)
