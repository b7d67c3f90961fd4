"""Open a store: one DuckDB file (or another database), its schema brought up to date."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from engine.model.errors import GiveUp, TryLater
from engine.store import retry
from engine.store.anchor import Anchor, Break, check
from engine.store.ledger import SEALED
from engine.store.migrations.upgrade import upgrade

T = TypeVar("T")
_POOL = 8
_OVERFLOW = 56
_IN_MEMORY = (None, "", ":memory:")


class StoreBusy(TryLater):
    """Another process has the store open; ``pid`` names it, None when it could not be told."""

    def __init__(self, sentence: str, pid: int | None = None) -> None:
        super().__init__(sentence)
        self.pid = pid


def connect(url: str) -> Engine:
    """The engine of one store, its schema upgraded; threads share it.

    The folder of the file is created when it is missing, open to its owner only.

    Args:
        url: ``duckdb:///path`` or any SQLAlchemy address of a database.

    Raises:
        StoreBusy: another process has the file open.
        GiveUp: the file is no store, or was written by a newer version.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "duckdb":
        engine = create_engine(parsed)
        _upgraded(engine, parsed.render_as_string(hide_password=True))
        return engine
    path = None if parsed.database in _IN_MEMORY else Path(str(parsed.database))
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    config = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    pooled = {} if path is None else {"pool_size": _POOL, "max_overflow": _OVERFLOW}
    engine = create_engine(parsed, connect_args={"config": config}, **pooled)
    event.listen(engine, "connect", _session)
    try:
        _upgraded(engine, str(path))
    except BaseException:
        engine.dispose()
        raise
    if path is not None:
        path.chmod(0o600)
        with engine.connect() as conn:
            Anchor(path).opened(conn)
    return engine


def _session(driver: Any, _record: Any) -> None:
    cursor = driver.cursor()
    cursor.execute("SET TimeZone = 'UTC'")
    cursor.close()


def _upgraded(engine: Engine, place: str) -> None:
    try:
        with engine.begin() as conn:
            upgrade(conn, place)
    except DBAPIError as error:
        raise _refusal(error, place) from error


def _refusal(error: DBAPIError, place: str) -> Exception:
    text = str(error.orig)
    if "Could not set lock" in text:
        pid = re.search(r"PID (\d+)", text)
        who = f"process {pid[1]}" if pid else "another process"
        sentence = f"The store {place} is open in {who}; stop it, or send the command to it."
        return StoreBusy(sentence, int(pid[1]) if pid else None)
    if "not a valid DuckDB" in text:
        return GiveUp(f"{place} is not a store of this product; name another file.")
    return error


class Store:
    """The store as the rest of the engine sees it: one way to read, one way to write.

    Args:
        engine: From ``connect``.
        seed: Of the waits between tries; None: from the machine's own entropy.
    """

    def __init__(self, engine: Engine, seed: int | None = None) -> None:
        self._engine = engine
        self._rng = Random(seed)
        self._anchor = None if self.path is None else Anchor(self.path)

    @property
    def url(self) -> str:
        """The address it was opened by, without a password."""
        return self._engine.url.render_as_string(hide_password=True)

    @property
    def path(self) -> Path | None:
        """The file, or None when the store is none."""
        database = self._engine.url.database
        if self._engine.dialect.name != "duckdb" or database in _IN_MEMORY:
            return None
        return Path(str(database))

    def broken(self, conn: Connection, client: str) -> Break | None:
        """Where a client's ledger does not agree with its seals or with the head kept beside the store."""
        heads = {} if self._anchor is None else self._anchor.heads()
        return check(conn, client, heads.get(client))

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view of the store; whatever is written in it is thrown away."""
        with self._engine.connect() as conn:
            yield conn

    def write(self, fn: Callable[[Connection], T]) -> T:
        """Run ``fn`` in one transaction and commit; the only place that tries a conflict again.

        ``fn`` is run again whole: what it does beside its connection must bear repeating.
        An exception of ``fn`` undoes everything it wrote.

        Raises:
            TryLater: others kept changing the same rows.
        """
        doubled = 0
        for attempt in range(retry.ATTEMPTS):
            try:
                with self._engine.begin() as conn:
                    conn.info.pop(SEALED, None)  # a pooled connection may bring some of a lost try
                    result = fn(conn)
                    sealed = conn.info.pop(SEALED, {})
            except DBAPIError as error:
                doubled += retry.is_doubled(error)
                may_be_race = retry.is_doubled(error) and doubled <= retry.DOUBLED
                if not may_be_race and not retry.is_conflict(error):
                    raise
            else:
                if self._anchor is not None and sealed:
                    self._anchor.keep(sealed)
                return result
            time.sleep(retry.wait_seconds(attempt, self._rng))
        raise TryLater(
            "The store is busy: others kept changing the same rows. Nothing was written; try again."
        )

    def close(self) -> None:
        """Give the file back."""
        self._engine.dispose()
