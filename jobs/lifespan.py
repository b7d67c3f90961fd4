"""What begins and ends with the process that has the store open: owner file, market, timetable."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import anyio.to_thread

from engine.commands.house import House
from engine.commands.jobs import record_run
from engine.model.errors import Fault
from engine.model.time import SystemClock
from jobs.market import Market, market_for
from jobs.owner import Owner, claimed
from jobs.schedule import Timetable, rows


@asynccontextmanager
async def running(house: Callable[[], House]) -> AsyncIterator[None]:
    """Keep the loop going while the server runs; ``house`` opens the store at its first call."""
    home = await anyio.to_thread.run_sync(house)
    settings = home.settings
    keeping = at_work(home, f"http://{settings.host}:{settings.port}")
    await anyio.to_thread.run_sync(keeping.__enter__)
    try:
        yield
    finally:
        await anyio.to_thread.run_sync(lambda: keeping.__exit__(None, None, None))


@contextmanager
def at_work(house: House, address: str) -> Iterator[tuple[Timetable, Owner]]:
    """The owner file, the market of a demo store and the timetable, ended in the opposite order.

    A market that will not start is a row that says so, and is tried again with every run: screens
    stay open.
    """
    market = market_for(house, Market(house.settings.sandbox))
    with claimed(Path(str(house.store.path)), address) as me:
        try:
            _stand(house, market)
            timetable = Timetable(house, rows(house, market))
            timetable.start()
            try:
                yield timetable, me
            finally:
                timetable.stop()
        finally:
            if market is not None:
                market.stop()


def _stand(house: House, market: Market | None) -> None:
    if market is None:
        return
    try:
        market.ensure()
    except Fault as fault:
        now = SystemClock().now()
        record_run(house, "market", last_at=now, next_at=None, state="failed", sentence=str(fault))
