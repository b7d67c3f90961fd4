"""The books of one client at one instant: what the standing is built from beside the platforms' own snapshots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, and_, case, func, select

from engine.model.accounts import Account
from engine.model.desired import Desired
from engine.model.outcomes import FRESH_FOR, SourceState
from engine.model.standing import Books, BudgetWrite
from engine.model.time import account_day, day_start, month_start
from engine.store import budgets, clients, decisions, desired, intents, meta, offers, sources
from engine.store.tables import campaign_days
from policies.standing import Phase

_PAUSES = ("pause_variant", "set_campaign_status")
_LONGEST_WINDOW = 92  # the widest rolling window a policy may name, in days


def books(conn: Connection, client: str, account: Account, now: datetime) -> Books:
    """What is on record for one client's account: spend, our writes, open intents, freshness, phase, the switch.

    Money in micros of the account's currency; ``now`` is aware UTC; days are the account's own.
    """
    return all_books(conn, client, [account], now)[0]


def all_books(
    conn: Connection,
    client: str,
    accounts: Sequence[Account],
    now: datetime,
    wanted: Desired | None = None,
) -> list[Books]:
    """``books`` of several accounts of one client, in their order; what they share is read once.

    ``wanted`` spares reading the client's desired campaigns again; None: they are read.
    """
    known = desired.load(conn, client) if wanted is None else wanted
    daily = {key: c.daily_micros for key, c in known.items()}
    who = clients.client(conn, client)
    phase: Phase = who.phase
    paused = who.paused or meta.get(conn, "paused_all") == "1"
    states = sources.states(conn, client)
    unresolved = intents.unresolved(conn, client)
    names = {account.time_zone for account in accounts}
    sold = offers.selling(conn, client, known)
    zones = {name: _on_days_of(conn, client, name, accounts, now) for name in names}
    found = []
    for account in accounts:
        days = zones[account.time_zone]
        spent = days.spent.get(account.account, _Spent())
        found.append(
            Books(
                spent_before_today=spent.before,
                spent_today=spent.today,
                ran_lately=frozenset(spent.lately),
                channels=spent.channels,
                known_daily=daily,
                as_of=next((s.as_of for s in states if s.source == account.platform), None),
                writes=days.writes,
                open_intents=unresolved,
                stale=sources.late(states) | grown_old(states, now),
                paused_today=days.paused_by_us,
                phase=phase,
                paused=paused,
                selling=sold,
            )
        )
    return found


def grown_old(states: Sequence[SourceState], now: datetime) -> frozenset[str]:
    """Sources whose newest figure is older than a fresh one may be."""
    return frozenset(s.source for s in states if s.as_of is None or now - s.as_of > FRESH_FOR)


def _window_start(today: date) -> date:
    """Writes of this month and of the rolling window before it both matter."""
    return date.fromordinal(
        min(month_start(today).toordinal(), today.toordinal() - _LONGEST_WINDOW)
    )


@dataclass
class _Spent:
    """Of one account, per campaign: cost of this month before today and of today; what cost anything lately."""

    before: dict[str, int] = field(default_factory=dict)
    today: dict[str, int] = field(default_factory=dict)
    lately: set[str] = field(default_factory=set)
    channels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Days:
    """What depends on the day it is in a time zone; ``spent`` by account."""

    spent: Mapping[str, _Spent]
    writes: Sequence[BudgetWrite]
    paused_by_us: tuple[str, ...]


def _on_days_of(
    conn: Connection, client: str, zone: str, accounts: Sequence[Account], now: datetime
) -> _Days:
    today = account_day(now, zone)
    return _Days(
        spent=_spent(conn, client, [a.account for a in accounts if a.time_zone == zone], today),
        writes=budgets.since(conn, client, day_start(_window_start(today), zone)),
        paused_by_us=_paused_by_us(conn, client, today),
    )


def _spent(
    conn: Connection, client: str, accounts: Sequence[str], today: date
) -> dict[str, _Spent]:
    yesterday = today - timedelta(days=1)
    sums = campaign_days.c
    month = sums.day >= month_start(today)
    cost = func.sum(case((and_(month, sums.day < today), sums.cost_micros), else_=0))
    cost_today = func.sum(case((sums.day == today, sums.cost_micros), else_=0))
    lately = func.sum(case((sums.day >= yesterday, sums.cost_micros), else_=0))
    wanted = (
        select(sums.account, sums.campaign, cost, cost_today, lately, func.max(sums.channel))
        .where(
            sums.client_id == client,
            sums.account.in_(accounts),
            sums.level == "campaign",
            sums.day >= min(month_start(today), yesterday),
            sums.day <= today,
        )
        .group_by(sums.account, sums.campaign)
    )
    found: dict[str, _Spent] = defaultdict(_Spent)
    for account, campaign, before, so_far, recent, channel in conn.execute(wanted).all():
        mine = found[account]
        mine.before[campaign] = int(before)
        mine.today[campaign] = int(so_far)
        mine.channels[campaign] = str(channel)
        if recent:
            mine.lately.add(campaign)
    return found


def _paused_by_us(conn: Connection, client: str, today: date) -> tuple[str, ...]:
    """What was sent today; a pause that still waits is counted once it was, before the next is judged."""
    return tuple(
        d.decision_id
        for d in decisions.on_day(conn, client, today)
        if d.kind in _PAUSES and d.state in {"applied", "shipping", "unknown"}
    )
