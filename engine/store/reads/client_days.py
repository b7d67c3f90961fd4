"""Sums by day for a client's page: media by channel, deals begun, deals won. Added up in the database."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
from sqlalchemy import Connection, func, select

from engine.model.outcomes import DEALS
from engine.store import bulk
from engine.store.counted import counted
from engine.store.tables import channel_days
from policies.conversions import Conversions

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


def begun(
    conn: Connection, client: str, first: date, last: date, by: Conversions | None = None
) -> list[tuple[date, str, int]]:
    """(day a deal began, channel of its last click or "", deals that are primary actions as ``by`` counts them)."""
    t = counted(client, by).c
    clicked = func.coalesce(t.channel, "").label("place")
    statement = (
        select(t.created_on, clicked, func.count())
        .where(t.primary_action, t.created_on.between(first, last))
        .group_by(t.created_on, "place")
        .order_by(t.created_on)
    )
    return [(day, channel, int(number)) for day, channel, number in conn.execute(statement)]


def won(
    conn: Connection,
    client: str,
    currency: str,
    first: date,
    last: date,
    by: Conversions | None = None,
) -> list[tuple[date, str, int, int]]:
    """(day of winning, channel of the last click or "", customers, revenue in micros of ``currency``).

    Deals in another currency are left out; ``by`` says what a customer is (None: what the CRM calls won).
    """
    t = counted(client, by).c
    clicked = func.coalesce(t.channel, "").label("place")
    revenue = func.sum(func.coalesce(t.amount_micros, 0))
    statement = (
        select(t.closed_on, clicked, func.count(), revenue)
        .where(t.won.is_(True), t.closed_on.between(first, last))
        .where(func.coalesce(t.currency, currency) == currency)
        .group_by(t.closed_on, "place")
        .order_by(t.closed_on)
    )
    return [
        (day, channel, int(n), int(money)) for day, channel, n, money in conn.execute(statement)
    ]


def credited(
    conn: Connection,
    client: str,
    currency: str,
    first: date,
    last: date,
    by: Conversions | None = None,
) -> pa.Table:
    """The deals begun from ``first`` to ``last``, in the columns of ``CREDIT``; another currency is left out."""
    t = counted(client, by).c
    statement = select(*(t[name] for name in CREDIT.names)).where(
        t.created_on.between(first, last), func.coalesce(t.currency, currency) == currency
    )
    return bulk.arrow(conn, statement, CREDIT)
