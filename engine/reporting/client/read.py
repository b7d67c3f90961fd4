"""Reads a client's material from the store: one view of it, sums made by the database."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from engine.model.credit import settled
from engine.model.people import Scope
from engine.model.time import account_day, month_start
from engine.reporting.client.aims import aims
from engine.reporting.client.credit import split
from engine.reporting.client.exposure import campaigns, worst_cases
from engine.reporting.client.material import About, Ask, Fresh, Material, Move
from engine.reporting.client.periods import LOOK_BACK
from engine.reporting.client.standing import stored_standing
from engine.reporting.client.targets import plan_month_micros, targets
from engine.reporting.policies.defined import defined
from engine.store import Store, clients, counted, plans, policies, sources
from engine.store.reads import client_days, moves, pulse


def about(store: Store, scope: Scope, client: str) -> About:
    """Who the client is.

    Raises:
        AskPerson: the client is out of the scope's reach.
    """
    scope.check(client)
    with store.read() as conn:
        return _about(conn, client)


def names(store: Store, scope: Scope) -> dict[str, str]:
    """The name of every client in reach, by id."""
    with store.read() as conn:
        return {c.client: c.name for c in clients.clients(conn, scope)}


def version(store: Store, scope: Scope, client: str) -> str:
    """A text that changes whenever the client's screens would."""
    scope.check(client)
    with store.read() as conn:
        return pulse.pulse(conn, client)


def material(store: Store, scope: Scope, client: str, now: datetime) -> Material:
    """Everything the client's page is composed from, as the store knows it.

    Raises:
        AskPerson: the client is out of the scope's reach.
    """
    scope.check(client)
    with store.read() as conn:
        who = _about(conn, client)
        today = account_day(now, who["time_zone"])
        first = today - timedelta(days=LOOK_BACK)
        stands = stored_standing(conn, client, now)
        people = moves.names(conn)
        figures = _figures(conn, who, first, today)
        by = counted.in_force(conn, client)
        deals = client_days.credited(conn, client, who["currency"], *settled(today), by)
        asked = targets(policies.current(conn, client))
        return Material(
            about=who,
            today=today,
            spend=figures["spend"],
            claims=figures["claims"],
            actions=figures["actions"],
            won=figures["won"],
            credit=split(figures["spend"], figures["claims"], deals, today),
            campaigns=campaigns(stands.shown),
            plan_month_micros=plan_month_micros(plans.current(conn, client, month_start(today))),
            targets=asked,
            aims=aims(figures["spend"], deals, asked, today),
            exposure=worst_cases(stands.judged),
            moves=_moves(conn, client, today),
            asks=[_ask(row, people) for row in moves.asked(conn, client, now - timedelta(days=35))],
            sources=_fresh(conn, client),
            defined=defined(conn, client, who["time_zone"], who["primary_action"]),
        )


def _figures(conn: Any, who: About, first: date, today: date) -> dict[str, pd.DataFrame]:
    """The daily sums from ``first`` to today, as frames."""
    client, by = who["client"], counted.in_force(conn, who["client"])
    found: dict[str, tuple[Sequence[tuple[Any, ...]], tuple[str, ...]]] = {
        "spend": (client_days.spend(conn, client, first, today), ("cost_micros",)),
        "claims": (client_days.claims(conn, client, first, today), ("claimed", "value_micros")),
        "actions": (client_days.begun(conn, client, first, today, by), ("actions",)),
        "won": (
            client_days.won(conn, client, who["currency"], first, today, by),
            ("won", "revenue_micros"),
        ),
    }
    return {
        name: pd.DataFrame(rows, columns=["day", "channel", *columns])
        for name, (rows, columns) in found.items()
    }


def _about(conn: Any, client: str) -> About:
    row = clients.client(conn, client)
    return About(
        client=row.client,
        name=row.name,
        currency=row.currency,
        time_zone=row.time_zone,
        phase=row.phase,
        primary_action=row.primary_action,
        paused=row.paused,
    )


def _moves(conn: Any, client: str, today: date) -> list[Move]:
    """This week's decisions in full, and the month's carried-out ones for the chart."""
    week = moves.decided(conn, client, today - timedelta(days=today.weekday()))
    seen = {row["decision_id"] for row in week}
    older = moves.applied(conn, client, today - timedelta(days=30))
    rows = [_move(row, _why(row), row["state"]) for row in week]
    rows += [_move(row, "", "applied") for row in older if row["decision_id"] not in seen]
    return rows


def _move(row: Mapping[str, Any], why: str, state: str) -> Move:
    return Move(
        at=row["at"],
        day=row["account_day"],
        ref=row["decision_id"],
        kind=row["kind"],
        agent=row["agent"],
        verdict=row["verdict"],
        state=state,
        sentence=row["sentence"],
        why=why,
    )


def _why(row: Mapping[str, Any]) -> str:
    """What stopped it; for what nothing stopped, the agent's own reason."""
    reasons = json.loads(row["reasons_json"] or "[]")
    stopped = [r["sentence"] for r in reasons if r.get("outcome") in {"block", "escalate"}]
    if stopped:
        return " ".join(stopped)
    action = json.loads(row["action_json"] or "{}")
    return str(action.get("reason", ""))


def _ask(row: Mapping[str, Any], people: Mapping[str, str]) -> Ask:
    return Ask(
        ref=row["escalation_id"],
        kind=row["kind"],
        title=row["title"],
        owner=people.get(row["owner"], row["owner"]),
        status=row["status"],
        opened_at=row["opened_at"],
        due_at=row["due_at"],
        deferred_until=row["deferred_until"],
        safe_state=row["safe_state"],
        decision=row["decision_id"],
    )


def _fresh(conn: Any, client: str) -> list[Fresh]:
    return [
        Fresh(source=s.source, state=s.state, as_of=s.as_of, sentence=s.sentence)
        for s in sources.states(conn, client)
    ]
