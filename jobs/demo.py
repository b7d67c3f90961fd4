"""Build a demo store by running the real loop over simulated days, seeded."""

from __future__ import annotations

import shutil
import time as wall
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from engine import wiring
from engine.commands import demo
from engine.commands.clients import clients
from engine.commands.house import House
from engine.commands.jobs import decisions_made
from engine.model.errors import GiveUp, TryLater
from engine.model.people import Scope
from engine.wiring import Settings
from jobs import demo_opening
from jobs.demo_clients.reading import ClientData
from jobs.demo_opening import FIRST_DAY
from jobs.demo_strategist import sit_down
from jobs.market import Market, standing
from jobs.owner import beside, claimed, live
from jobs.ticking import tick_client
from policies.money import micros

Say = Callable[[str], None]
TICK_AT = time(6, 30)
"""Account time of the one tick per client and day: after 06:00, when yesterday is whole."""

OPENS_AT = time(5, 30)
"""Account time, of the first client, at which a built demo stands still until it is served."""

SITS_DOWN = timedelta(minutes=25)


@dataclass(frozen=True)
class Wish:
    """How a demo store should be built: how many simulated days, and the seed of its chance."""

    days: int
    seed: int
    fresh: bool = False


def have(settings: Settings, wish: Wish, given: frozenset[str], say: Say) -> dict[str, Any]:
    """The demo store that is there, or a new one, as ``summary`` tells it, ``seconds`` and ``built``.

    A store whose building was cut off is thrown away and built anew. ``given`` names what the
    person asked for by hand (``days``, ``seed``): a whole store made otherwise is then not taken
    for it.

    Raises:
        TryLater: the store is open in another process.
        GiveUp: the store is a real one, or was built otherwise.
    """
    began = wall.monotonic()
    if settings.store.exists():
        found = _look(settings)
        if found is not None and not wish.fresh:
            _same(found, wish, given)
            return {**found, "built": False, "seconds": round(wall.monotonic() - began, 1)}
        say(
            "Building the demo store anew."
            if wish.fresh
            else "It was half built; building it anew."
        )
    _sweep(settings)
    with standing(settings) as market:
        answer = _build(settings, market, wish, say)
    return {**answer, "built": True, "seconds": round(wall.monotonic() - began, 1)}


def _look(settings: Settings) -> dict[str, Any] | None:
    """What a whole demo store holds; None when its building was cut off."""
    try:
        engine = wiring.connect(settings.url)
    except TryLater as busy:
        owner = live(settings.store)
        where = f" at {owner.address}" if owner and owner.address else ""
        raise TryLater(f"The demo is running already{where}. {busy}") from None
    try:
        house = wiring.house(engine, settings)
        if demo.is_demo(house):
            return summary(house) if demo.fact(house, "state") == "built" else None
        if clients(house.store, Scope.operator()):
            raise GiveUp(
                f"{settings.store} holds real clients; name another file by CC_STORE for a demo."
            )
        return None
    finally:
        engine.dispose()


def _same(found: dict[str, Any], wish: Wish, given: frozenset[str]) -> None:
    differs = [name for name in sorted(given) if found[name] != getattr(wish, name)]
    if differs:
        made = f"{found['days']} days and seed {found['seed']}"
        raise GiveUp(
            f"The demo store {found['store']} was built with {made}; add --fresh to build it anew, "
            "or name another file by CC_STORE."
        )


def _sweep(settings: Settings) -> None:
    """Remove what an earlier demo left. Only a demo's own files are ever swept."""
    store = settings.store
    for path in (store, Path(f"{store}.wal"), *(beside(store, s) for s in ("owner", "pause"))):
        path.unlink(missing_ok=True)
    shutil.rmtree(settings.sandbox, ignore_errors=True)


def _build(settings: Settings, market: Market, wish: Wish, say: Say) -> dict[str, Any]:
    say("Opening the simulated market with 120 days of history.")
    everyone = demo_opening.open_market(market, wish.seed)
    engine = wiring.connect(settings.url)
    try:
        demo_opening.begin(wiring.house(engine, settings), wish.seed, wish.days)
        house = wiring.house(engine, settings)  # again: it is a demo store only now
        with claimed(settings.store, ""):
            demo_opening.open_house(house, everyone)
            _live_through(house, market, everyone, wish, say)
            return summary(house)
    finally:
        engine.dispose()


def _live_through(
    house: House, market: Market, everyone: list[ClientData], wish: Wish, say: Say
) -> None:
    opens = FIRST_DAY + timedelta(days=wish.days)
    began, told = wall.monotonic(), 0.0
    for number in range(wish.days):
        day = FIRST_DAY + timedelta(days=number)
        _one_day(house, market, everyone, day, opens)
        spent = wall.monotonic() - began
        if spent - told >= 2 or number + 1 == wish.days:
            told = spent
            rate = (number + 1) / spent
            left = (wish.days - number - 1) / rate
            say(f"{day}  day {number + 1} of {wish.days}, {rate:.1f} days/s, {left:.0f} s left")
    first = everyone[0]
    at = datetime.combine(opens, OPENS_AT, ZoneInfo(first.time_zone)).astimezone(ZoneInfo("UTC"))
    market.advance(at)
    demo.set_clock(house, at)
    for client in everyone:  # the screens open on figures of this hour; no money moves before 06:00
        tick_client(house, client.client, at)
    demo.note(house, "opened_at", at.isoformat())
    demo.note(house, "state", "built")


def _one_day(
    house: House, market: Market, everyone: list[ClientData], day: date, opens: date
) -> None:
    """One tick per client at 06:30 of its own account's day, in the order the earth turns."""
    for at, client in sorted(((_tick_time(day, c), c) for c in everyone), key=lambda pair: pair[0]):
        market.advance(at)
        demo.set_clock(house, at)
        _by_hand(house, market, client, day)
        tick_client(house, client.client, at)
        sit_down(house, at + SITS_DOWN, client.client, client.time_zone, opens)


def _tick_time(day: date, client: ClientData) -> datetime:
    return datetime.combine(day, TICK_AT, ZoneInfo(client.time_zone)).astimezone(ZoneInfo("UTC"))


def _by_hand(house: House, market: Market, client: ClientData, day: date) -> None:
    """What somebody changes that day in the platform's own screen, past us."""
    for event in client.events:
        if event.kind != "outside_edit" or event.day != day:
            continue
        platform = house.platforms["google_ads"]
        snapshot = platform.snapshot(client.client, client.account, house.clock.now())
        campaign = snapshot.owned(event.campaign)
        if campaign is not None:
            edit = {"customer_id": client.customer, "campaign_id": int(campaign.id)}
            market.call("/outside-edit", {**edit, "daily_micros": micros(event.daily)})


def summary(house: House) -> dict[str, Any]:
    """What a demo store holds, by the keys outside checks read."""
    days = int(demo.fact(house, "days") or 0)
    ticks, decisions = decisions_made(house)
    return {
        "store": str(house.store.path),
        "clients": [c.client for c in clients(house.store, Scope.operator())],
        "days": days,
        "last_day": (FIRST_DAY + timedelta(days=days - 1)).isoformat(),
        "ticks": ticks,
        "decisions": decisions,
        "seed": int(demo.fact(house, "seed") or 0),
    }
