"""``worker``: the loop without screens, for a machine that shows none."""

from __future__ import annotations

import signal
import threading
from typing import Any

from engine import wiring
from engine.model.errors import AskPerson, GiveUp, TryLater
from jobs.answering import open_door
from jobs.commandline.call import Call, command
from jobs.handlers import HANDLERS
from jobs.lifespan import at_work
from jobs.owner import live
from jobs.road import refuse_half_built


def add(commands: Any) -> None:
    """Register the command."""
    command(commands, "worker", "Run the loop until stopped, without screens.", run, str)


def run(call: Call) -> None:
    """Work until SIGINT or SIGTERM; runs under way are finished first.

    Raises:
        GiveUp: another process has the store open: one store has one worker.
        AskPerson: there is no store.
    """
    chosen = call.settings
    if not chosen.store.exists():
        raise AskPerson(f"There is no store at {chosen.store}; `python -m jobs demo` builds one.")
    try:
        engine = wiring.connect(chosen.url)
    except TryLater as busy:
        owner = live(chosen.store)
        who = f"process {owner.pid}" if owner else "another process"
        raise GiveUp(f"A worker is at work on this store already ({who}). {busy}") from None
    try:
        house = wiring.house(engine, chosen)
        refuse_half_built(house, "worker")
        with open_door(house, HANDLERS) as door, at_work(house, door.address) as (_, me):
            door.token = me.token
            call.progress(f"At work on {chosen.store}; commands are answered at {door.address}.")
            _until_stopped()
    finally:
        engine.dispose()


def _until_stopped() -> None:
    stop = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: stop.set())
    stop.wait()
