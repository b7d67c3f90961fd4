"""Sums by day for a client's page: media by channel, deals begun, deals won. Added up in the database."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
from sqlalchemy import Connection, func, select

from engine.model.outcomes import DEALS
from engine.store import bulk
from engine.store.tables import channel_days, deals

CREDIT = pa.schema(
    DEALS.field(name) for name in ("created_on", "closed_on", "won", "amount_micros", "channel")
)
"""What a comparison of credit needs of a deal."""


def spend(conn: Connection, client: str, first: date, last: date) -> list[tuple[date, str, int]]:
    """(account day, channel, micros of the account's currency), campaign level, days without media absent."""
    sums = channel_days.c
    statement = (
        select(
            sums.day,
            func.coalesce(sums.channel, "").label("place"),
            func.sum(func.coalesce(sums.cost_micros, 0)),
        )
        .where(sums.client_id == client, sums.level == "campaign")
        .where(sums.day.between(first, last))
        .group_by(sums.day, "place")
        .order_by(sums.day)
    )
    return [(day, channel, int(cost)) for day, channel, cost in conn.execute(statement).all()]


def claims(
    conn: Connection, client: str, first: date, last: date
) -> list[tuple[date, str, float, int]]:
    """(account day, channel, conversions, value in micros) as each platform claims them for itself."""
    sums = channel_days.c
    claimed = func.sum(func.coalesce(sums.conversions, 0.0))
    value = func.sum(func.coalesce(sums.value_micros, 0))
    statement = (
        select(sums.day, func.coalesce(sums.channel, "").label("place"), claimed, value)
        .where(sums.client_id == client, sums.level == "campaign")
        .where(sums.day.between(first, last))
        .group_by(sums.day, "place")
        .order_by(sums.day)
    )
    return [(day, channel, float(n), int(v)) for day, channel, n, v in conn.execute(statement)]


def begun(conn: Connection, client: str, first: date, last: date) -> list[tuple[date, str, int]]:
    """(day a deal began, channel of its last click or "", number of deals)."""
    clicked = func.coalesce(deals.c.channel, "").label("place")
    statement = (
        select(deals.c.created_on, clicked, func.count())
        .where(deals.c.client_id == client, deals.c.created_on.between(first, last))
        .group_by(deals.c.created_on, "place")
        .order_by(deals.c.created_on)
    )
    return [(day, channel, int(number)) for day, channel, number in conn.execute(statement)]


def won(
    conn: Connection, client: str, currency: str, first: date, last: date
) -> list[tuple[date, str, int, int]]:
    """(day of winning, channel of the last click or "", deals, revenue in micros of ``currency``).

    Deals in another currency are left out.
    """
    clicked = func.coalesce(deals.c.channel, "").label("place")
    revenue = func.sum(func.coalesce(deals.c.amount_micros, 0))
    statement = (
        select(deals.c.closed_on, clicked, func.count(), revenue)
        .where(deals.c.client_id == client, deals.c.won.is_(True))
        .where(deals.c.closed_on.between(first, last))
        .where(func.coalesce(deals.c.currency, currency) == currency)
        .group_by(deals.c.closed_on, "place")
        .order_by(deals.c.closed_on)
    )
    return [
        (day, channel, int(n), int(money)) for day, channel, n, money in conn.execute(statement)
    ]


def credited(conn: Connection, client: str, currency: str, first: date, last: date) -> pa.Table:
    """The deals begun from ``first`` to ``last``, in the columns of ``CREDIT``; another currency is left out."""
    statement = select(*(deals.c[name] for name in CREDIT.names)).where(
        deals.c.client_id == client,
        deals.c.created_on.between(first, last),
        func.coalesce(deals.c.currency, currency) == currency,
    )
    return bulk.arrow(conn, statement, CREDIT)
