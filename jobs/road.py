"""The two roads of a command: open the store and do it, or ask the process that has it open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from engine import wiring
from engine.commands import demo
from engine.commands.house import House
from engine.model.errors import AskPerson, Fault, TryLater
from engine.wiring import Settings
from jobs import flag
from jobs.handlers import HANDLERS
from jobs.market import standing
from jobs.owner import NobodyAnswers, Owner, ask, claimed, live

DEADLINE_SECONDS = {"pause": 20.0, "resume": 120.0, "ingest": 600.0, "tick": 120.0}
NEEDS_MARKET = frozenset({"tick", "plan", "pause", "resume"})


def run(settings: Settings, command: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Run a command of the table by whichever road is open.

    Raises:
        AskPerson: there is no store yet.
        NobodyAnswers: the store is open elsewhere and its owner is silent; a pause is then left as
        a flag file
            and does not raise.
        Fault: the command's own refusal.
    """
    if not settings.store.exists():
        raise AskPerson(f"There is no store at {settings.store}; `python -m jobs demo` builds one.")
    try:
        engine = wiring.connect(settings.url)
    except TryLater as busy:
        return _asked(settings, command, dict(arguments), busy)
    try:
        house = wiring.house(engine, settings)
        refuse_half_built(house, command)
        with _owned(house), _market(house, command):
            return HANDLERS[command](house, arguments)
    finally:
        engine.dispose()


def refuse_half_built(house: House, command: str) -> None:
    """A demo store whose building was cut off is never used as if it were whole.

    Raises:
        AskPerson: saying what finishes it; pausing and the doctor work all the same.
    """
    if demo.is_demo(house) and demo.fact(house, "state") != "built" and command != "doctor":
        raise AskPerson("This demo store is half built; `python -m jobs demo` builds it anew.")


def _asked(
    settings: Settings, command: str, arguments: dict[str, Any], busy: Fault
) -> dict[str, Any]:
    owner = live(settings.store)
    try:
        return ask(_answering(owner, busy), command, arguments, DEADLINE_SECONDS.get(command, 60.0))
    except NobodyAnswers as silence:
        if command != "pause":
            raise
        return _flagged(settings.store, arguments, str(silence))


def _answering(owner: Owner | None, busy: Fault) -> Owner:
    if owner is None:
        raise NobodyAnswers(f"{busy} Nobody answers for it.")
    if not owner.address:
        raise NobodyAnswers(f"Process {owner.pid} is busy with the store; try again shortly.")
    return owner


def _flagged(store: Path, arguments: Mapping[str, Any], why: str) -> dict[str, Any]:
    client = arguments.get("client")
    flag.put(store, str(client) if client else None)
    return {
        "paused": [],
        "verified": [],
        "failed": [f"{client or 'every client'}: nobody answered, so nothing was checked"],
        "sentence": (
            f"{why} A flag was left beside the store: the next tick stops first. "
            "Nothing was checked on the platforms; pause there by hand if it must stop now."
        ),
    }


@contextmanager
def _owned(house: House) -> Iterator[None]:
    with claimed(Path(str(house.store.path)), ""):
        yield


@contextmanager
def _market(house: House, command: str) -> Iterator[None]:
    if command not in NEEDS_MARKET or not demo.is_demo(house):
        yield
        return
    with standing(house.settings) as market:
        market.ensure()
        yield
