"""The kill switch of last resort: a file beside the store that every tick reads first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from jobs.owner import beside, write_private


@dataclass(frozen=True)
class Flag:
    """Who must stop: everybody, or the clients named."""

    everyone: bool = False
    clients: tuple[str, ...] = ()

    def stops(self, client: str) -> bool:
        """True when ``client`` must not be touched."""
        return self.everyone or client in self.clients


def read(store: Path) -> Flag:
    """The flag beside the store; one that cannot be read stops everybody."""
    try:
        value = json.loads(beside(store, "pause").read_text())
        return Flag(bool(value["all"]), tuple(map(str, value["clients"])))
    except FileNotFoundError:
        return Flag()
    except (OSError, ValueError, KeyError, TypeError):
        return Flag(everyone=True)


def put(store: Path, client: str | None) -> Flag:
    """Stop one client, or everybody (None), at the next tick; earlier flags stay up."""
    old = read(store)
    names = tuple(sorted({*old.clients, *([client] if client else [])}))
    new = Flag(old.everyone or client is None, names)
    write_private(beside(store, "pause"), {"all": new.everyone, "clients": list(new.clients)})
    return new


def taken_down(store: Path) -> None:
    """Remove the flag, once what it asks for stands in the store itself."""
    beside(store, "pause").unlink(missing_ok=True)
