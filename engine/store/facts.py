"""Performance by day. Money in micros of the row's currency, days of the account's own calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Table,
    delete,
    func,
    insert,
    literal,
    select,
)

from engine.model.errors import BadInput
from engine.model.outcomes import FACTS, Pull
from engine.store import bulk
from engine.store.tables import campaign_days, channel_days, facts

DAILY = FACTS.append(pa.field("currency", pa.string()))
_UNIQUE = ("day", "level", "campaign", "ad")
_MOST = 2**63  # a sum kept is an int64
_OWNER = ("client_id", "source", "account", "currency")
_BY_CAMPAIGN = ("day", "level", "channel", "campaign")
_BY_CHANNEL = ("day", "level", "channel")
_SUMMED = ("impressions", "clicks", "cost_micros", "conversions", "value_micros")


def replace_window(
    conn: Connection, client: str, source: str, account: str, pull: Pull, *, currency: str
) -> None:
    """Put a pull in the place of everything its source and account said of the same days.

    A day of the window without a row ends up empty: the pull is whole for its window. The sums
    ``campaign_days`` and ``channel_days`` follow in the same transaction; nothing else writes any of
    the three tables, so they never disagree.

    Raises:
        BadInput: a row is doubled or lies outside the window; nothing was stored.
    """
    table = bulk.encoded(bulk.conform(pull.table, FACTS))
    _check(table, pull, source)
    whose = {"client_id": client, "source": source, "account": account}
    for kept in (channel_days, campaign_days, facts):
        conn.execute(delete(kept).where(*_in_window(kept, whose, pull)))
    if not table.num_rows:
        return
    with bulk.staged(conn, table, facts) as rows:
        _keep(conn, rows, whose | {"currency": currency})
    _sum_up(conn, channel_days, _BY_CHANNEL, campaign_days, *_in_window(campaign_days, whose, pull))


def _in_window(kept: Table, whose: Mapping[str, str], pull: Pull) -> list[ColumnElement[bool]]:
    mine = [kept.c[name] == value for name, value in whose.items()]
    return [*mine, kept.c.day.between(pull.first, pull.last)]


def _keep(conn: Connection, rows: FromClause, whose: Mapping[str, str]) -> None:
    """Rows as they are, and by campaign. In order of days: a query of few days reads few blocks."""
    owner = [literal(whose[name]).label(name) for name in _OWNER]
    whole = select(*owner, *(rows.c[name] for name in FACTS.names)).order_by(rows.c.day)
    conn.execute(insert(facts).from_select([*_OWNER, *FACTS.names], whole))
    owned = select(*owner, *rows.c).subquery()
    _sum_up(conn, campaign_days, _BY_CAMPAIGN, owned)


def _sum_up(
    conn: Connection,
    into: Table,
    by: tuple[str, ...],
    rows: FromClause,
    *wanted: ColumnElement[bool],
) -> None:
    names = (*_OWNER, *by)
    sums = [func.sum(rows.c[name]).label(name) for name in _SUMMED]
    summed = select(*(rows.c[name] for name in names), *sums).where(*wanted)
    summed = summed.group_by(*(rows.c[name] for name in names)).order_by(rows.c.day)
    conn.execute(insert(into).from_select([*names, *_SUMMED], summed))


def _check(table: pa.Table, pull: Pull, source: str) -> None:
    if not table.num_rows:
        return
    for name in _UNIQUE:
        if table[name].null_count:
            raise BadInput(f"The pull from {source} has rows without {name}; nothing was stored.")
    days = pc.min_max(table["day"]).as_py()
    if days["min"] < pull.first or days["max"] > pull.last:
        raise BadInput(
            f"The pull from {source} is for {pull.first} to {pull.last}, but has rows from "
            f"{days['min']} to {days['max']}; nothing was stored."
        )
    for name in _SUMMED:
        if (pc.sum(pc.abs(table[name].cast(pa.float64(), safe=False))).as_py() or 0) >= _MOST:
            raise BadInput(
                f"The pull from {source} adds up to {name} too large to be kept; nothing was stored."
            )
    doubled = bulk.doubled(table, _UNIQUE)
    if doubled is not None:
        raise BadInput(
            f"The pull from {source} has {doubled['day']}, {doubled['level']} "
            f"{doubled['campaign']} {doubled['ad']} more than once; nothing was stored."
        )


def daily(
    conn: Connection, client: str, first: date, last: date, *, level: str = "campaign"
) -> pa.Table:
    """The rows of one level from ``first`` to ``last``, both included, in the columns ``DAILY``.

    Days a source never spoke of are absent, not zero. Ordered by day, campaign and ad.
    """
    mine = _of(client, level, *(facts.c[name] for name in DAILY.names))
    mine = mine.where(facts.c.day.between(first, last))
    mine = mine.order_by(facts.c.day, facts.c.campaign, facts.c.ad)
    return bulk.arrow(conn, mine, DAILY)


def span(conn: Connection, client: str) -> tuple[date, date] | None:
    """The first and last day any source spoke of; None when none did yet."""
    sums = channel_days.c
    mine = select(func.min(sums.day), func.max(sums.day)).where(sums.client_id == client)
    first, last = conn.execute(mine).one()
    return None if first is None else (first, last)


def _of(client: str, level: str, *columns: Any) -> Select[Any]:
    return select(*columns).where(facts.c.client_id == client, facts.c.level == level)
