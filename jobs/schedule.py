"""Periodic work as a table of rows, and the clock that runs it, in memory."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from apscheduler.events import EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED
from apscheduler.schedulers.background import BackgroundScheduler

from engine.commands.clients import clients
from engine.commands.house import House
from engine.commands.jobs import record_run
from engine.model.errors import Fault
from engine.model.people import Scope
from engine.model.time import Clock, SystemClock
from jobs.demo_hour import demo_hour
from jobs.market import Market
from jobs.ticking import tick_client

log = logging.getLogger(__name__)

DEMO_HOUR_SECONDS = 15
PULL_SECONDS = 3600


@dataclass(frozen=True)
class Row:
    """One periodic job.

    ``every`` is wall time; ``run`` returns the sentence of what it did. ``if_missed``: ``once``
    runs it once, late, however many runs were missed (state decides what to do, so one look is
    enough).
    """

    name: str
    every: timedelta
    run: Callable[[], str]
    if_missed: Literal["once"] = "once"


def rows(house: House, market: Market | None) -> list[Row]:
    """A demo store has one row, that moves its time; a real one a pull per client and hour."""
    if market is not None:
        hour = timedelta(seconds=DEMO_HOUR_SECONDS)
        return [Row("demo-hour", hour, lambda: demo_hour(house, market))]
    return [_pull(house, c.client) for c in clients(house.store, Scope.operator())]


def _pull(house: House, client: str) -> Row:
    return Row(
        f"pull {client}",
        timedelta(seconds=PULL_SECONDS),
        lambda: tick_client(house, client, house.clock.now()).sentence,
    )


class Timetable:
    """Runs the rows, one instance of each at a time; what was missed is coalesced and counted."""

    def __init__(self, house: House, table: Sequence[Row], clock: Clock | None = None) -> None:
        self._house = house
        self._clock = clock or SystemClock()
        self._scheduler = BackgroundScheduler(timezone=UTC)
        self.missed: dict[str, int] = {row.name: 0 for row in table}
        self._scheduler.add_listener(self._count, EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)
        for row in table:
            self._scheduler.add_job(
                lambda row=row: self.run(row),
                "interval",
                seconds=row.every.total_seconds(),
                id=row.name,
                max_instances=1,
                coalesce=True,
                misfire_grace_time=max(1, int(row.every.total_seconds())),
                next_run_time=self._clock.now() + min(row.every, timedelta(seconds=2)),
            )

    def start(self) -> None:
        """Begin; the first runs follow in about two seconds."""
        self._scheduler.start()

    def stop(self) -> None:
        """End after the runs under way; nothing is cut off in the middle."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    def run(self, row: Row) -> None:
        """Run one row now and keep what came of it; a failure is a row too."""
        began = self._clock.now()
        try:
            state, sentence = "ok", row.run()
        except Fault as fault:
            state, sentence = "late", str(fault)
        except Exception as error:
            log.exception("the job %s broke down", row.name)
            state, sentence = "failed", f"{row.name} broke down: {type(error).__name__}: {error}"
        self._keep(row.name, began, began + row.every, state, sentence)

    def _keep(self, name: str, began: datetime, after: datetime, state: str, said: str) -> None:
        missed = self.missed.get(name, 0)
        extra = f" Missed so far: {missed}." if missed else ""
        record_run(
            self._house, name, last_at=began, next_at=after, state=state, sentence=f"{said}{extra}"
        )

    def _count(self, event: Any) -> None:
        self.missed[event.job_id] = self.missed.get(event.job_id, 0) + 1
