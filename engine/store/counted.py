"""Deals as the client's own definitions count them: which are primary actions, which customers, and at what worth."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from pydantic import ValidationError
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Date,
    FromClause,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    true,
)

from engine.model.outcomes import DEALS
from engine.store import policies
from engine.store.policies import StoredPolicy
from engine.store.tables import deals
from policies.conversions import ConversionAction, Conversions
from policies.upgrading import upgraded

_REPLACED = frozenset({"won", "amount_micros"})


def counted(client: str, by: Conversions | None) -> FromClause:
    """The client's deals in the columns of ``DEALS``, with ``primary_action``: whether each counts as one.

    ``won`` and ``amount_micros`` are what the definition makes of them: a deal that is won but no customer by it has
    closed without a sale. None: every deal counts from the day it begins, and the CRM's word stands.
    """
    primary = by.primary if by else None
    customer = by.customer if by else None
    t = deals.c
    kept = [t.client_id, t.source, *(t[n] for n in DEALS.names if n not in _REPLACED)]
    fits = _fits(primary) if primary else true()
    sold = and_(t.won.is_(True), _fits(customer)) if customer else t.won.is_(True)
    columns: list[Any] = [t.won.label("told_won"), t.amount_micros.label("told_amount")]
    columns += [fits.label("fits"), sold.label("sold")]
    if _once(primary):
        columns.append(_turn(fits).label("turn"))
    if _once(customer):
        columns.append(_turn(sold).label("sold_turn"))
    inner = select(*kept, *columns)
    r = inner.where(t.client_id == client).subquery("told")
    counts = _first(r, "fits", "turn") if _once(primary) else r.c.fits
    is_sold = _first(r, "sold", "sold_turn") if _once(customer) else r.c.sold
    won = case((is_sold, True), (r.c.told_won.is_(None), None), else_=False)
    made = {"won": won.label("won"), "amount_micros": _amount(r, customer).label("amount_micros")}
    whole = [
        made[name] if name in made else r.c[name] for name in ("client_id", "source", *DEALS.names)
    ]
    return select(*whole, counts.label("primary_action")).subquery("counted")


def _fits(one: ConversionAction) -> ColumnElement[bool]:
    """Stage and days of the lead, as far as a deal tells them."""
    t = deals.c
    found: list[ColumnElement[bool]] = [true()]
    if one.stages:
        found.append(func.coalesce(t.stage, "").in_(one.stages))
    if one.lead_days is not None:
        until = func.coalesce(t.closed_on, cast(t.modified_at, Date), t.created_on)
        found.append(until <= t.created_on + one.lead_days)
    return and_(*found)


def _once(one: ConversionAction | None) -> bool:
    """True where a click that is known counts once."""
    return one is not None and (one.counting == "one" or one.duplicates == "click_id")


def _turn(fits: ColumnElement[bool]) -> ColumnElement[int]:
    """The place of a deal among those of its click that fit as it does, the earliest first."""
    t = deals.c
    return func.row_number().over(
        partition_by=(t.client_id, t.click_id, fits), order_by=(t.created_on, t.source, t.deal_id)
    )


def _first(r: FromClause, fits: str, turn: str) -> ColumnElement[bool]:
    nameless = func.coalesce(r.c.click_id, "") == ""
    return and_(r.c[fits], or_(nameless, r.c[turn] == 1))


def _amount(r: FromClause, customer: ConversionAction | None) -> ColumnElement[Any]:
    if customer is None or customer.value == "deal":
        return r.c.told_amount
    return literal(customer.fixed_value or 0, BigInteger)


def in_force(conn: Connection, client: str) -> Conversions | None:
    """The definitions of the policy in force; None where there is none or they cannot be read."""
    stored = policies.current(conn, client)
    return of_version(stored) if stored else None


def of_version(stored: StoredPolicy) -> Conversions | None:
    """The definitions of one version; None where they cannot be read."""
    try:
        body = upgraded(json.loads(stored.body_json))
        return Conversions.model_validate_json(json.dumps(body["conversions"]))
    except (KeyError, TypeError, ValueError, ValidationError):
        return None


def share(conn: Connection, client: str, by: Conversions, first: date, last: date) -> float:
    """Of the deals begun from ``first`` to ``last``, the share that are primary actions by now; 1.0 without a deal."""
    t = counted(client, by).c
    number = func.sum(case((t.primary_action, 1), else_=0))
    asked = select(func.count(), number).where(t.created_on.between(first, last))
    every, kept = conn.execute(asked).one()
    return int(kept) / int(every) if every else 1.0


def months(
    conn: Connection, client: str, currency: str, by: Conversions | None, first: date, last: date
) -> dict[date, tuple[int, int, int]]:
    """By the first day of a month: primary actions begun, customers won, their revenue in micros of ``currency``."""
    t = counted(client, by).c
    begun = select(_month(t.created_on), func.count()).where(
        t.primary_action, t.created_on.between(first, last)
    )
    won = select(_month(t.closed_on), func.count(), func.sum(func.coalesce(t.amount_micros, 0)))
    won = won.where(
        t.won.is_(True),
        t.closed_on.between(first, last),
        func.coalesce(t.currency, currency) == currency,
    )
    found: dict[date, tuple[int, int, int]] = {}
    for month, number in conn.execute(begun.group_by("month")):
        found[month] = (int(number), 0, 0)
    for month, number, money in conn.execute(won.group_by("month")):
        found[month] = (found.get(month, (0, 0, 0))[0], int(number), int(money))
    return found


def _month(day: ColumnElement[Any]) -> ColumnElement[Any]:
    return cast(func.date_trunc("month", day), Date).label("month")
