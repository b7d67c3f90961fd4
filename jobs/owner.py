"""Who has the store open: DuckDB lets one process write, so that process answers for it.

Beside ``<store>`` lies ``<store>.owner.json`` (readable by its owner only): ``pid``, ``started``
(so that a reused process number is seen through), ``address`` and ``token``. ``web.control`` reads
the token from it.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import httpx2

from engine.model.errors import BadInput, Fault, GiveUp, TryLater
from jobs.processes import started


@dataclass(frozen=True)
class Owner:
    """The process that has a store open; ``address`` is empty when it serves nothing."""

    pid: int
    started: str
    address: str
    token: str


class NobodyAnswers(TryLater):
    """The store is open somewhere, but its owner gave no answer in time."""


def beside(store: Path, suffix: str) -> Path:
    """A file of ours next to the store: ``<store>.<suffix>.json``."""
    return store.with_name(f"{store.name}.{suffix}.json")


@contextmanager
def claimed(store: Path, address: str) -> Iterator[Owner]:
    """Hold the owner file while this process has the store open; it is removed at the end."""
    me = Owner(os.getpid(), started(os.getpid()) or "", address, secrets.token_urlsafe(32))
    write_private(beside(store, "owner"), asdict(me))
    try:
        yield me
    finally:
        if _read(beside(store, "owner")) == me:
            beside(store, "owner").unlink(missing_ok=True)


def live(store: Path) -> Owner | None:
    """The owner named beside the store when that very process still runs, else None."""
    owner = _read(beside(store, "owner"))
    return owner if owner and started(owner.pid) == owner.started else None


def ask(owner: Owner, command: str, arguments: dict[str, Any], seconds: float) -> dict[str, Any]:
    """Have the owner run ``command`` and return its answer, waiting at most ``seconds`` in all.

    Raises:
        NobodyAnswers: no answer in time, or nobody listens.
        Fault: the command's own refusal, of the type it had over there.
    """
    try:
        answer = httpx2.post(
            f"{owner.address}/_control/{command}",
            json=arguments,
            headers={"Authorization": f"Bearer {owner.token}"},
            timeout=httpx2.Timeout(seconds, connect=min(seconds, 5.0)),
            trust_env=False,
        )
        body = answer.json()
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        raise NobodyAnswers(
            f"Process {owner.pid} has the store open but does not answer at "
            f"{owner.address or 'any address'} ({type(error).__name__}). Stop it, or try again."
        ) from None
    if answer.status_code == httpx2.codes.OK:
        return dict(body)
    raise _fault(str(body.get("kind", "")), str(body.get("error", "The owner refused.")))


def write_private(path: Path, value: dict[str, Any]) -> None:
    """Write JSON that only this user may read, whole or not at all."""
    waiting = path.with_name(f"{path.name}.{os.getpid()}.new")
    handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as out:
        json.dump(value, out)
    waiting.replace(path)


def _fault(kind: str, sentence: str) -> Fault:
    kinds: dict[str, type[Fault]] = {"BadInput": BadInput, "TryLater": TryLater, "GiveUp": GiveUp}
    return kinds.get(kind, Fault)(sentence)


def _read(path: Path) -> Owner | None:
    try:
        value = json.loads(path.read_text())
        return Owner(
            int(value["pid"]), str(value["started"]), str(value["address"]), str(value["token"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
