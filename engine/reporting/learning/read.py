"""The month's review of one client: people, agents and rules, for people inside the house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from engine.model.people import Scope
from engine.model.time import account_day, day_start, month_start
from engine.reporting.learning import people as figures
from engine.reporting.learning import rules
from engine.reporting.learning.people import AgentFigures, PersonFigures
from engine.reporting.learning.rules import RuleFigures
from engine.store import Store, clients, policies
from engine.store.clients import Client
from engine.store.reads import learning, moves
from policies.drafting.versions import values_of
from policies.reading import read_policy
from policies.rule import SORTED_KINDS

MONTHS = 6
_RECORD = 3
"""Months without being met after which a rule is looked at."""


@dataclass(frozen=True)
class Review:
    """One month; ``months`` are those that can be asked for, the newest first. ``until`` is the last day counted."""

    month: date
    months: tuple[date, ...]
    until: date
    currency: str
    people: tuple[tuple[str, PersonFigures], ...]
    agents: tuple[AgentFigures, ...]
    rules: tuple[RuleFigures, ...]


def review(
    store: Store, scope: Scope, client: str, now: datetime, month: date | None = None
) -> Review:
    """The review of the account-month that begins on ``month``; None, or one that cannot be: the running one.

    Raises:
        AskPerson: the client is out of reach, or the caller is none of the house's people.
    """
    scope.check(client, "strategist", "admin")
    with store.read() as conn:
        who = clients.client(conn, client)
        today = account_day(now, who.time_zone)
        begun = learning.first_day(conn, client) or today
        months = _months(begun, today)
        first = month if month in months else months[0]
        last = min(_next(first) - timedelta(days=1), today)
        rows = learning.decided(conn, client, first, last)
        since, until = (day_start(d, who.time_zone) for d in (first, last + timedelta(days=1)))
        answered = learning.answers(conn, client, since, until)
        names = moves.names(conn)
        found = figures.people(answered, learning.questions_of_bounds(conn, client))
        return Review(
            month=first,
            months=months,
            until=last,
            currency=who.currency,
            people=tuple((names.get(p.person, p.person), p) for p in found),
            agents=figures.agents(rows, learning.judged(conn, client, first, last)),
            rules=_rules(conn, who, rows, (begun, first, last)),
        )


def _rules(
    conn: Any, who: Client, rows: list[dict[str, Any]], days: tuple[date, date, date]
) -> tuple[RuleFigures, ...]:
    client = who.client
    there = policies.current(conn, client)
    if there is None:
        return ()
    begun, first, last = days
    rails = read_policy(there.body_json, suffix=".json").guardrails
    values = values_of(there.body_json)
    since = _back(first, _RECORD - 1)
    record = rules.stops(learning.decided(conn, client, since, last))
    month = rules.stops(rows)
    shares = _shares(conn, client, since, last)
    found = []
    for rule in (getattr(rails, name) for name in type(rails).model_fields):
        stopped = month.get(rule.name, [])
        hit = {row["decision_id"] for row, _ in stopped}
        judged = [r for r in rows if rule.judges(r["kind"]) and r["kind"] in SORTED_KINDS]
        suggested = rules.loosened(rule.name, record.get(rule.name, []), values, who.currency)
        if suggested is None and begun <= since and not record.get(rule.name):
            suggested = rules.tightened(rule.name, values, shares, who.currency)
        found.append(
            RuleFigures(
                rule=rule.name,
                title=rule.title,
                allowed=sum(r["decision_id"] not in hit for r in judged),
                escalated=sum(row["verdict"] == "escalated" for row, _ in stopped),
                blocked=sum(row["verdict"] == "blocked" for row, _ in stopped),
                overridden=sum(figures.overridden(row) for row, _ in stopped),
                cost_micros=rules.cost(stopped, last),
                suggested=suggested,
            )
        )
    return tuple(sorted(found, key=lambda r: -(r.escalated + r.blocked)))


def _shares(conn: Any, client: str, since: date, last: date) -> dict[str, int]:
    """The largest share of a whole month's media each channel took, in millionths."""
    most: dict[str, int] = {}
    at = since
    while at <= last:
        spent = learning.media(conn, client, at, min(_next(at) - timedelta(days=1), last))
        total = sum(spent.values())
        for channel, micros in spent.items() if total else ():
            most[channel] = max(most.get(channel, 0), micros * 1_000_000 // total)
        at = _next(at)
    return most


def _months(begun: date, today: date) -> tuple[date, ...]:
    found = [_back(month_start(today), n) for n in range(MONTHS)]
    return tuple(m for m in found if m >= month_start(begun)) or (month_start(today),)


def _next(first: date) -> date:
    return month_start(first + timedelta(days=32))


def _back(first: date, months: int) -> date:
    for _ in range(months):
        first = month_start(first - timedelta(days=1))
    return first
