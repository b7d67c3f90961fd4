"""What the killed process does: the real loop over the real store and the wire, started by a fork server."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb_sqlalchemy
import google.ads.googleads.v26.services.services.google_ads_service
import httpcore2
import httpx2
import pandas  # DuckDB loads it at the first query
import pyarrow.dataset

from engine import wiring
from engine.platforms import files
from engine.platforms.google_ads import adapter
from tests.engine import acts
from tests.engine.small import Small, settings_of, small_data
from tests.sandbox.running import Control

LOADED_BEFORE_THE_FORK = (
    *(duckdb_sqlalchemy, google.ads.googleads, httpcore2, httpx2, pandas, pyarrow.dataset),
    *(adapter, files.read),
)
"""Loading these takes longer than a tick; the fork server does it once for all processes."""


def reopened(folder: str, ready: dict[str, Any], number: str) -> Small:
    """The small house of ``folder``, opened in this process."""
    chosen = settings_of(Path(folder), Path(ready["state"]))
    house = wiring.house(wiring.connect(chosen.url), chosen)
    return Small(house, small_data(number), Control(ready))


def live(folder: str, ready: dict[str, Any], number: str, turn: int, line: Any) -> None:
    """Recover from the turn before and tell what is true; then a new day, three orders, and one tick.

    ``line`` hears the report (None at the first turn), then the process id as the tick begins, then its end.
    """
    small = reopened(folder, ready, number)
    line.send(settled(small, turn - 1) if turn else None)
    small.days(1)
    give_orders(small, turn)
    line.send(os.getpid())
    small.tick()
    line.send("done")
    small.house.store.close()


def give_orders(small: Small, turn: int) -> None:
    """A launch, a budget and a new ad, each approved by a person; each turn has its own."""
    ours = small.desired()
    small.order(f"{turn:02d}-a", acts.launch(ours, f"search-new-{turn:02d}", daily=1))
    small.order(f"{turn:02d}-b", acts.budget(ours, "search-core", 1 if turn % 2 else -1))
    small.order(f"{turn:02d}-c", acts.variant(ours, "search-sector", f"hand-made-{turn:06d}"))


def settled(small: Small, turn: int) -> dict[str, Any]:
    """Tick on, an hour at a time, until quiet; what is true then."""
    for _ in range(6):
        small.hours(1)
        result = small.tick()
        if result.changes == 0 and not small.open_intents():
            break
    seen = small.seen()
    campaigns = Counter(c.campaign for c in seen.campaigns)
    ads = Counter(ad.variant for c in seen.campaigns for _, ad in c.ads())
    launched = seen.owned(f"search-new-{turn:02d}")
    return {
        "state": result.state,
        "sentence": result.sentence,
        "open": [i.natural_key for i in small.open_intents()],
        "different": [c.sentence for c in small.differences()],
        "doubled": [k for k, n in (campaigns + ads).items() if n > 1],
        "orders": {
            d.decision_id: d.state
            for d in small.decided()
            if d.decision_id.startswith(f"{turn:02d}-")
        },
        "launched": bool(launched and launched.enabled),
        "shipped": ads[f"hand-made-{turn:06d}"],
    }
