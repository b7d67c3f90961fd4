"""Which past figures a draft's conversion definitions would restate, computed from the deals and media on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from engine.model.people import Scope
from engine.model.time import account_day, month_start
from engine.reporting.words import count, money, multiple, plural
from engine.store import Store, clients, counted, policies
from engine.store.policies import AGENCY, StoredPolicy
from engine.store.reads import client_days
from policies.conversions import Conversions

MONTHS = 6
"""The running month and so many before it."""


@dataclass(frozen=True)
class Sums:
    """One month under one version: media in micros, primary actions begun, customers won, their revenue in micros."""

    spend_micros: int
    actions: int
    won: int
    revenue_micros: int


@dataclass(frozen=True)
class Month:
    """One month under the version in force and under the draft."""

    first: date
    before: Sums
    after: Sums


@dataclass(frozen=True)
class Line:
    """One month in words: each figure as it is, or before and after; ``name`` says when it still runs."""

    name: str
    actions: str
    cost: str
    cac: str
    roas: str


@dataclass(frozen=True)
class Restated:
    """What would be restated: the noun of the primary action, the months that move, and what no data can tell."""

    noun: str
    lines: tuple[Line, ...]
    told: str
    untold: tuple[str, ...]


def restated(
    store: Store, scope: Scope, client: str, now: datetime, version: int
) -> Restated | None:
    """What a version would restate of this client's last months; None where no figure moves.

    Raises:
        AskPerson: the client is out of reach, or the caller is none of the house's people.
    """
    if client == AGENCY:
        return None
    scope.check(client, "strategist", "team", "admin")
    with store.read() as conn:
        draft = policies.version(conn, client, version)
        return of_draft(conn, client, now, draft, policies.current(conn, client)) if draft else None


def of_draft(
    conn: Any, client: str, now: datetime, draft: StoredPolicy, in_force: StoredPolicy | None
) -> Restated | None:
    """The same in a view of the store that is open already."""
    new = counted.of_version(draft)
    old = counted.of_version(in_force) if in_force else None
    if new is None or in_force is None or new == old:
        return None
    who = clients.client(conn, client)
    today = account_day(now, who.time_zone)
    found = _months(conn, client, who.currency, today, (old, new))
    moved = [month for month in found if month.before != month.after]
    if not moved:
        return None
    lines = tuple(_line(month, who.currency, today) for month in moved)
    told = "; ".join(_told(month, who.primary_action, who.currency) for month in moved)
    return Restated(who.primary_action, lines, f"{told}.", new.unbounded)


def _months(
    conn: Any,
    client: str,
    currency: str,
    today: date,
    both: tuple[Conversions | None, Conversions | None],
) -> list[Month]:
    first = month_start(today)
    for _ in range(MONTHS):
        first = month_start(first - timedelta(days=1))
    spend: dict[date, int] = {}
    for day, _, cost in client_days.spend(conn, client, first, today):
        spend[month_start(day)] = spend.get(month_start(day), 0) + cost
    old, new = (counted.months(conn, client, currency, by, first, today) for by in both)
    every = sorted({*spend, *old, *new}, reverse=True)
    return [Month(m, _sums(m, spend, old), _sums(m, spend, new)) for m in every]


def _sums(
    month: date, spend: Mapping[date, int], found: Mapping[date, tuple[int, int, int]]
) -> Sums:
    return Sums(spend.get(month, 0), *found.get(month, (0, 0, 0)))


def _line(month: Month, currency: str, today: date) -> Line:
    runs = month.first == month_start(today)
    both = (month.before, month.after)
    return Line(
        name=f"{month.first:%B %Y}" + (" so far" if runs else ""),
        actions=_change([count(s.actions) for s in both]),
        cost=_change([_each(s, s.actions, currency) for s in both]),
        cac=_change([_each(s, s.won, currency) for s in both]),
        roas=_change(
            [multiple(s.revenue_micros / s.spend_micros if s.spend_micros else None) for s in both]
        ),
    )


def _told(month: Month, noun: str, currency: str) -> str:
    """``October: 41 → 37 consultations, £411 → £455 each, CAC £1,204, ROAS 3.1× → 2.9×``."""
    line = _line(month, currency, month.first - timedelta(days=1))
    many = noun if month.after.actions == 1 else plural(noun)
    parts = [f"{line.actions} {many}", f"{line.cost} each", f"CAC {line.cac}", f"ROAS {line.roas}"]
    return f"{month.first:%B}: " + ", ".join(p for p in parts if "→" in p)


def _each(sums: Sums, number: int, currency: str) -> str:
    return money(sums.spend_micros / number if number and sums.spend_micros else None, currency)


def _change(both: Sequence[str]) -> str:
    before, after = both
    return before if before == after else f"{before} → {after}"
