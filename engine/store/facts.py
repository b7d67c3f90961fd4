"""Performance by day. Money in micros of the row's currency, days of the account's own calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection, Select, delete, func, insert, literal, select

from engine.model.errors import BadInput
from engine.model.outcomes import FACTS, Pull
from engine.store import bulk
from engine.store.tables import facts

DAILY = FACTS.append(pa.field("currency", pa.string()))
_UNIQUE = ["day", "level", "campaign", "ad"]


def replace_window(
    conn: Connection, client: str, source: str, account: str, pull: Pull, *, currency: str
) -> None:
    """Put a pull in the place of everything its source and account said of the same days.

    A day of the window without a row ends up empty: the pull is whole for its window.

    Raises:
        BadInput: a row is doubled or lies outside the window; nothing was stored.
    """
    table = bulk.conform(pull.table, FACTS)
    _check(table, pull, source)
    conn.execute(
        delete(facts).where(
            facts.c.client_id == client,
            facts.c.source == source,
            facts.c.account == account,
            facts.c.day.between(pull.first, pull.last),
        )
    )
    if not table.num_rows:
        return
    with bulk.staged(conn, table, facts) as rows:
        given = select(
            literal(client).label("client_id"),
            literal(source).label("source"),
            literal(account).label("account"),
            literal(currency).label("currency"),
            *rows.c,
        ).order_by(rows.c.day)
        names = ["client_id", "source", "account", "currency", *FACTS.names]
        conn.execute(insert(facts).from_select(names, given))


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
    counted = table.group_by(_UNIQUE).aggregate([([], "count_all")])
    if counted.num_rows == table.num_rows:
        return
    doubled = counted.filter(pc.greater(counted["count_all"], 1)).slice(0, 1).to_pylist()[0]
    raise BadInput(
        f"The pull from {source} has {doubled['day']}, {doubled['level']} {doubled['campaign']} "
        f"{doubled['ad']} more than once; nothing was stored."
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


def month_to_date(
    conn: Connection, client: str, account: str, first: date, last: date
) -> dict[str, int]:
    """Cost in micros per campaign of one account from ``first`` to ``last``, both included."""
    mine = _of(client, "campaign", facts.c.campaign, func.sum(facts.c.cost_micros))
    mine = mine.where(facts.c.account == account, facts.c.day.between(first, last))
    found = conn.execute(mine.group_by(facts.c.campaign))
    return {campaign: int(micros or 0) for campaign, micros in found}


def span(conn: Connection, client: str) -> tuple[date, date] | None:
    """The first and last day any source spoke of; None when none did yet."""
    mine = select(func.min(facts.c.day), func.max(facts.c.day)).where(facts.c.client_id == client)
    first, last = conn.execute(mine).one()
    return None if first is None else (first, last)


def _of(client: str, level: str, *columns: Any) -> Select[Any]:
    return select(*columns).where(facts.c.client_id == client, facts.c.level == level)
