"""The picture beside a question: what the days before it looked like, from the store's own figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engine.model.people import Scope
from engine.model.time import account_day, days_between
from engine.reporting.inbox.card import Card
from engine.reporting.words import channel, days, money
from engine.store import Store
from engine.store.reads import client_days
from policies.money import MICROS

_DAYS = 28


@dataclass(frozen=True)
class Picture:
    """Daily spend in micros of the client's currency.

    ``marked`` is the day of an anomaly; ``finding`` says in words what the picture shows; ``rows`` are the figures
    behind it as they are stored: day, channel, micros.
    """

    title: str
    days: tuple[date, ...]
    amounts: tuple[int, ...]
    colour: str
    marked: date | None
    finding: str
    rows: tuple[tuple[date, str, int], ...] = ()


def of(store: Store, scope: Scope, card: Card, now: datetime) -> Picture | None:
    """Spend of the channels a question is about (all channels where it names none); None without figures."""
    scope.check(card.client)
    today = account_day(now, card.zone)
    first = today - timedelta(days=_DAYS - 1)
    with store.read() as conn:
        rows = client_days.spend(conn, card.client, first, today)
    wanted = [row for row in rows if not card.channels or row[1] in card.channels]
    if not wanted:
        return None
    by_day: dict[date, int] = {}
    for day, _, cost in wanted:
        by_day[day] = by_day.get(day, 0) + cost
    shown = days_between(first, today)
    names = " and ".join(channel(c) for c in card.channels) or "All channels"
    whole = [by_day.get(d, 0) for d in shown[:-1]]
    usual, last = sum(whole) / len(whole), whole[-1]
    finding = (
        f"{names}, {days(first, today)}: {money(usual, card.currency)} on a usual day, "
        f"{money(last, card.currency)} yesterday."
    )
    return Picture(
        f"Daily spend, {names}",
        tuple(shown),
        tuple(by_day.get(d, 0) for d in shown),
        card.channels[0] if len(card.channels) == 1 else "accent",
        account_day(card.opened_at, card.zone) if card.kind == "spend_anomaly" else None,
        finding,
        tuple(sorted(((day, name, cost) for day, name, cost in wanted), reverse=True)),
    )


def units(picture: Picture) -> list[float]:
    """The amounts in whole units, for a chart."""
    return [amount / MICROS for amount in picture.amounts]
