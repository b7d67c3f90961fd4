"""Sums of a run of days by channel, by campaign or by ad, for the table that opens level by level.

Channels and campaigns come from the sums kept beside the facts; only the ads of one campaign are summed from the
facts themselves. ``runs`` are (name, first day, last day) that never overlap: one question answers for a period and
for the days it is compared with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, case, func, or_, select

from engine.store.counted import counted
from engine.store.tables import campaign_days, channel_days, facts
from policies.conversions import Conversions

By = Literal["channel", "campaign", "ad"]
Runs = Sequence[tuple[str, date, date]]
Media = tuple[str, str, int, int, int, float, int]
"""Key ("" unknown), run, impressions, clicks, cost micros, conversions claimed, value claimed in micros."""
_TABLES = {"channel": channel_days, "campaign": campaign_days, "ad": facts}


@dataclass(frozen=True)
class Place:
    """Where to look: everywhere, in one channel ("" is the unknown one), or in one campaign of it."""

    channel: str | None = None
    campaign: str | None = None


def media(conn: Connection, client: str, runs: Runs, by: By, place: Place) -> list[Media]:
    """The sums of each key and run with media; a figure nobody told adds nothing."""
    table = _TABLES[by]
    t = table.c
    key, part = func.coalesce(t[by], "").label("place"), _part(t.day, runs)
    whole = [func.sum(func.coalesce(t[n], 0)) for n in ("impressions", "clicks", "cost_micros")]
    claimed = [
        func.sum(func.coalesce(t.conversions, 0.0)),
        func.sum(func.coalesce(t.value_micros, 0)),
    ]
    statement = select(key, part, *whole, *claimed).where(
        t.client_id == client, t.level == ("ad" if by == "ad" else "campaign"), _within(t.day, runs)
    )
    statement = _there(statement, t, place).group_by("place", "run")
    return [
        (str(k), str(run), int(shown), int(clicks), int(cost), float(n), int(value))
        for k, run, shown, clicks, cost, n, value in conn.execute(statement)
    ]


def begun(
    conn: Connection,
    client: str,
    runs: Runs,
    by: By,
    place: Place,
    counts: Conversions | None = None,
) -> list[tuple[str, str, int]]:
    """(key, run, primary actions by the day they began), by the channel or campaign of the last click.

    ``counts`` are the client's definitions; None: every deal counts, and the CRM's word stands.
    """
    t = counted(client, counts).c
    key, part = func.coalesce(t[by], "").label("place"), _part(t.created_on, runs)
    statement = select(key, part, func.count()).where(t.primary_action, _within(t.created_on, runs))
    statement = _there(statement, t, place).group_by("place", "run")
    return [(str(k), str(run), int(number)) for k, run, number in conn.execute(statement)]


def won(
    conn: Connection,
    client: str,
    currency: str,
    runs: Runs,
    by: By,
    place: Place,
    counts: Conversions | None = None,
) -> list[tuple[str, str, int, int]]:
    """(key, run, customers by the day they were won, their revenue in micros of ``currency``)."""
    t = counted(client, counts).c
    key, part = func.coalesce(t[by], "").label("place"), _part(t.closed_on, runs)
    revenue = func.sum(func.coalesce(t.amount_micros, 0))
    statement = select(key, part, func.count(), revenue).where(
        t.won.is_(True), _within(t.closed_on, runs)
    )
    statement = statement.where(func.coalesce(t.currency, currency) == currency)
    statement = _there(statement, t, place).group_by("place", "run")
    return [(str(k), str(run), int(n), int(money)) for k, run, n, money in conn.execute(statement)]


def _within(day: ColumnElement[date], runs: Runs) -> ColumnElement[bool]:
    return or_(*(day.between(first, last) for _, first, last in runs))


def _part(day: ColumnElement[date], runs: Runs) -> ColumnElement[str]:
    parts = ((day.between(first, last), name) for name, first, last in runs)
    return case(*parts, else_="").label("run")


def _there(statement: Any, t: Any, place: Place) -> Any:
    if place.channel is not None:
        statement = statement.where(func.coalesce(t.channel, "") == place.channel)
    if place.campaign is not None:
        statement = statement.where(func.coalesce(t.campaign, "") == place.campaign)
    return statement
