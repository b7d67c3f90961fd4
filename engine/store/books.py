"""The books of one client at one instant: what the standing is built from beside the platforms' own snapshots."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, and_, case, func, select

from engine.model.accounts import Account
from engine.model.outcomes import FRESH_FOR, SourceState
from engine.model.standing import Books
from engine.model.time import account_day, day_start, month_start
from engine.store import budgets, clients, decisions, desired, intents, meta, sources
from engine.store.tables import facts
from policies.standing import Phase

_PAUSES = ("pause_variant", "set_campaign_status")
_LONGEST_WINDOW = 92  # the widest rolling window a policy may name, in days


def books(conn: Connection, client: str, account: Account, now: datetime) -> Books:
    """What is on record for one client's account: spend, our writes, open intents, freshness, phase, the switch.

    Money in micros of the account's currency; ``now`` is aware UTC; days are the account's own.
    """
    who = clients.client(conn, client)
    today = account_day(now, account.time_zone)
    before, so_far, lately, channels = _spend(conn, client, account.account, today)
    states = sources.states(conn, client)
    phase: Phase = who.phase
    return Books(
        spent_before_today=before,
        spent_today=so_far,
        ran_lately=lately,
        channels=channels,
        known_daily={key: c.daily_micros for key, c in desired.load(conn, client).items()},
        as_of=next((s.as_of for s in states if s.source == account.platform), None),
        writes=budgets.since(conn, client, day_start(_window_start(today), account.time_zone)),
        open_intents=intents.unresolved(conn, client),
        stale=sources.late(states) | grown_old(states, now),
        paused_today=_paused_by_us(conn, client, today),
        phase=phase,
        paused=who.paused or meta.get(conn, "paused_all") == "1",
    )


def grown_old(states: Sequence[SourceState], now: datetime) -> frozenset[str]:
    """Sources whose newest figure is older than a fresh one may be."""
    return frozenset(s.source for s in states if s.as_of is None or now - s.as_of > FRESH_FOR)


def _window_start(today: date) -> date:
    """Writes of this month and of the rolling window before it both matter."""
    return date.fromordinal(
        min(month_start(today).toordinal(), today.toordinal() - _LONGEST_WINDOW)
    )


def _spend(
    conn: Connection, client: str, account: str, today: date
) -> tuple[dict[str, int], dict[str, int], frozenset[str], dict[str, str]]:
    """Cost per campaign of this month before today, of today, and who cost anything since yesterday."""
    yesterday = today - timedelta(days=1)
    month = facts.c.day >= month_start(today)
    cost = func.sum(case((and_(month, facts.c.day < today), facts.c.cost_micros), else_=0))
    cost_today = func.sum(case((facts.c.day == today, facts.c.cost_micros), else_=0))
    lately = func.sum(case((facts.c.day >= yesterday, facts.c.cost_micros), else_=0))
    wanted = (
        select(facts.c.campaign, cost, cost_today, lately, func.max(facts.c.channel))
        .where(
            facts.c.client_id == client,
            facts.c.account == account,
            facts.c.level == "campaign",
            facts.c.day >= min(month_start(today), yesterday),
            facts.c.day <= today,
        )
        .group_by(facts.c.campaign)
    )
    found = conn.execute(wanted).all()
    return (
        {row[0]: int(row[1]) for row in found},
        {row[0]: int(row[2]) for row in found},
        frozenset(row[0] for row in found if row[3]),
        {row[0]: str(row[4]) for row in found},
    )


def _paused_by_us(conn: Connection, client: str, today: date) -> tuple[str, ...]:
    """What was sent today; a pause that still waits is counted once it was, before the next is judged."""
    return tuple(
        d.decision_id
        for d in decisions.on_day(conn, client, today)
        if d.kind in _PAUSES and d.state in {"applied", "shipping", "unknown"}
    )
