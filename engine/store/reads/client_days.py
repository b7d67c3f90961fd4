"""Sums by day for a client's page: media by channel, deals begun, deals won. Added up in the database."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, func, select

from engine.store.tables import channel_days, deals


def spend(conn: Connection, client: str, first: date, last: date) -> list[tuple[date, str, int]]:
    """(account day, channel, micros of the account's currency), campaign level, days without media absent."""
    sums = channel_days.c
    statement = (
        select(sums.day, sums.channel, func.sum(sums.cost_micros))
        .where(sums.client_id == client, sums.level == "campaign")
        .where(sums.day.between(first, last))
        .group_by(sums.day, sums.channel)
        .order_by(sums.day)
    )
    return [(day, channel, int(cost)) for day, channel, cost in conn.execute(statement).all()]


def begun(conn: Connection, client: str, first: date, last: date) -> list[tuple[date, int]]:
    """(day a deal began, number of deals)."""
    statement = (
        select(deals.c.created_on, func.count())
        .where(deals.c.client_id == client, deals.c.created_on.between(first, last))
        .group_by(deals.c.created_on)
        .order_by(deals.c.created_on)
    )
    return [(day, int(number)) for day, number in conn.execute(statement).all()]


def won(
    conn: Connection, client: str, currency: str, first: date, last: date
) -> list[tuple[date, int, int]]:
    """(day of winning, deals, revenue in micros of ``currency``); deals in another currency are left out."""
    statement = (
        select(deals.c.closed_on, func.count(), func.sum(func.coalesce(deals.c.amount_micros, 0)))
        .where(deals.c.client_id == client, deals.c.won.is_(True))
        .where(deals.c.closed_on.between(first, last))
        .where(func.coalesce(deals.c.currency, currency) == currency)
        .group_by(deals.c.closed_on)
        .order_by(deals.c.closed_on)
    )
    return [
        (day, int(number), int(revenue)) for day, number, revenue in conn.execute(statement).all()
    ]
