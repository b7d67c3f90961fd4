"""The kill switch of last resort: a file beside the store that every tick reads first."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
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
    with _alone(store):
        old = read(store)
        names = tuple(sorted({*old.clients, *([client] if client else [])}))
        new = Flag(old.everyone or client is None, names)
        _write(store, new)
    return new


def taken_down(store: Path, obeyed: Flag) -> None:
    """Remove what was obeyed, once it stands in the store; what was put up since stays up."""
    with _alone(store):
        now_is = read(store)
        names = tuple(name for name in now_is.clients if name not in obeyed.clients)
        left = Flag(now_is.everyone and not obeyed.everyone, names)
        if left == Flag():
            beside(store, "pause").unlink(missing_ok=True)
        else:
            _write(store, left)


def _write(store: Path, flag: Flag) -> None:
    write_private(beside(store, "pause"), {"all": flag.everyone, "clients": list(flag.clients)})


@contextmanager
def _alone(store: Path) -> Iterator[None]:
    """Two processes never change the flag at once: one would write over what the other read."""
    with store.with_name(f"{store.name}.pause.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
