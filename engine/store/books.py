"""The books of one client at one instant: what the standing is built from beside the platforms' own snapshots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, case, func, select

from engine.model.accounts import Account
from engine.model.desired import Desired
from engine.model.outcomes import FRESH_FOR, SourceState
from engine.model.standing import Books, BudgetWrite, week_start
from engine.model.time import account_day, day_start, month_start
from engine.store import (
    brand,
    budgets,
    clients,
    codec,
    decisions,
    desired,
    intents,
    locks,
    meta,
    offers,
    safe_states,
    sources,
)
from engine.store.tables import campaign_days
from policies.actions import SetCampaignStatus
from policies.delivery import budget_zone
from policies.standing import Pause, Phase

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
    shared = _shared(conn, client, known, now)
    calendars = {_calendar(account, now) for account in accounts}
    kept = {c: _on_days_of(conn, client, c, accounts, now) for c in calendars}
    found = []
    for account in accounts:
        days = kept[_calendar(account, now)]
        spent = days.spent.get(account.account, _Spent())
        found.append(
            Books(
                spent_before_today=spent.before,
                spent_today=spent.today,
                spent_this_week=spent.week,
                ran_lately=frozenset(spent.lately),
                channels=spent.channels,
                known_daily=daily,
                as_of=next((s.as_of for s in states if s.source == account.platform), None),
                writes=days.writes,
                open_intents=unresolved,
                stale=sources.late(states) | grown_old(states, now),
                pauses=days.paused_by_us,
                desired=known,
                phase=phase,
                paused=paused,
                **shared,
            )
        )
    return found


def _shared(conn: Connection, client: str, known: Desired, now: datetime) -> dict[str, Any]:
    """What every account of a client has in common: locks, ordered stops, what is sold, the brand's files."""
    evidence, assets = brand.on_record(conn, client)
    return {
        "safe_stops": safe_states.stops(conn, client, known),
        "locks": locks.standing(conn, client, now),
        "evidence": evidence,
        "assets": assets,
        "selling": offers.selling(conn, client, known),
    }


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
    """Of one account, per campaign: cost of this month and week before today, and of today; what ran lately."""

    before: dict[str, int] = field(default_factory=dict)
    week: dict[str, int] = field(default_factory=dict)
    today: dict[str, int] = field(default_factory=dict)
    lately: set[str] = field(default_factory=set)
    channels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Calendar:
    """The calendar an account's budgets follow at an instant: its zone, the day there, its week's first day."""

    zone: str
    today: date
    week: date


def _calendar(account: Account, now: datetime) -> _Calendar:
    zone = budget_zone(account.platform, account.time_zone)
    today = account_day(now, zone)
    return _Calendar(zone, today, week_start(account.platform, today))


@dataclass(frozen=True)
class _Days:
    """What depends on the calendar; ``spent`` by account."""

    spent: Mapping[str, _Spent]
    writes: Sequence[BudgetWrite]
    paused_by_us: tuple[Pause, ...]


def _on_days_of(
    conn: Connection, client: str, on: _Calendar, accounts: Sequence[Account], now: datetime
) -> _Days:
    mine = [a.account for a in accounts if _calendar(a, now) == on]
    return _Days(
        spent=_spent(conn, client, mine, on),
        writes=budgets.since(conn, client, day_start(_window_start(on.today), on.zone)),
        paused_by_us=_paused_by_us(conn, client, on.today),
    )


def _spent(
    conn: Connection, client: str, accounts: Sequence[str], on: _Calendar
) -> dict[str, _Spent]:
    today, yesterday = on.today, on.today - timedelta(days=1)
    sums = campaign_days.c
    cost, week, so_far, recent = (
        func.sum(case((which, sums.cost_micros), else_=0))
        for which in (
            and_(sums.day >= month_start(today), sums.day < today),
            and_(sums.day >= on.week, sums.day < today),
            sums.day == today,
            sums.day >= yesterday,
        )
    )
    wanted = (
        select(sums.account, sums.campaign, cost, week, so_far, recent, func.max(sums.channel))
        .where(
            sums.client_id == client,
            sums.account.in_(accounts),
            sums.level == "campaign",
            sums.day >= min(month_start(today), on.week, yesterday),
            sums.day <= today,
        )
        .group_by(sums.account, sums.campaign)
    )
    found: dict[str, _Spent] = defaultdict(_Spent)
    for account, campaign, before, in_week, now_spent, lately, channel in conn.execute(wanted):
        mine = found[account]
        mine.before[campaign] = int(before)
        mine.week[campaign] = int(in_week)
        mine.today[campaign] = int(now_spent)
        mine.channels[campaign] = str(channel)
        if lately:
            mine.lately.add(campaign)
    return found


def _paused_by_us(conn: Connection, client: str, today: date) -> tuple[Pause, ...]:
    """What was sent today; a pause that still waits is counted once it was, before the next is judged."""
    return tuple(
        _pause(d)
        for d in decisions.on_day(conn, client, today)
        if d.kind in _PAUSES and d.state in {"applied", "shipping", "unknown"}
    )


def _pause(decided: decisions.Decision) -> Pause:
    """A campaign takes its daily budget along; a variant, and a campaign that was started, take none."""
    action = codec.action(decided.action_json)
    stops = isinstance(action, SetCampaignStatus) and not action.enabled
    daily = action.daily_micros if stops else 0
    return Pause(key=decided.decision_id, channel=action.channel, daily_micros=daily)
