"""Build the standing the gate judges on from what was read, what we wrote, and what is still unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal

from engine.model.accounts import CampaignState, Snapshot
from engine.model.desired import Desired, DesiredCampaign
from engine.model.ports import Intent
from engine.model.time import account_day, day_start, days_in_month
from policies.delivery import DELIVERY, budget_zone, dearest_day
from policies.records import AssetOnRecord, EvidenceOnRecord
from policies.standing import (
    AccountStanding,
    CampaignStanding,
    Lock,
    Movement,
    Pause,
    Phase,
    Selling,
    Standing,
)

WHOLE_AFTER = timedelta(hours=3)
"""Yesterday's cost is whole about 03:00 account time (Google Ads Help, answer 2544985, read 2026-11-22)."""


@dataclass(frozen=True)
class BudgetWrite:
    """One budget write of ours, in micros of the account's currency; ``account_day`` is the account's own.

    ``week_limit_micros`` is the platform's week's limit after it; None: it has none, or it is not known.
    """

    campaign: str
    channel: str
    account_day: date
    before_micros: int
    after_micros: int
    month_limit_micros: int
    at: datetime
    week_limit_micros: int | None = None


@dataclass(frozen=True)
class Books:
    """What the store knows beside the snapshots: spend, our own writes, open intents, freshness.

    ``spent_before_today`` is this month's cost per campaign key up to the end of yesterday, ``spent_this_week``
    the same of the platform's week where it has one, ``spent_today`` today's, in micros; ``ran_lately`` are the
    campaigns with any cost since yesterday; ``known_daily`` are the daily budgets we believe in: another one
    was set past us, this month for all we know. Keys are our natural keys, or the platform's id of a campaign
    that is not ours; ``channels`` says theirs. ``as_of`` is the instant the cost figures were read, None when
    they never were. ``safe_stops`` are campaigns whose pause a declared safe state orders. ``pauses`` are
    what the platform paused this account-day, and ``desired`` says of our own campaigns what they are and whom
    they reach. ``evidence`` and ``assets`` are the client's brand files that count: approved and not
    retired.
    """

    spent_before_today: Mapping[str, int]
    spent_today: Mapping[str, int]
    as_of: datetime | None
    writes: Sequence[BudgetWrite] = ()
    ran_lately: frozenset[str] = frozenset()
    known_daily: Mapping[str, int] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    open_intents: Sequence[Intent] = ()
    stale: frozenset[str] = frozenset()
    pauses: tuple[Pause, ...] = ()
    desired: Desired = field(default_factory=dict)
    safe_stops: tuple[str, ...] = ()
    phase: Phase = "configure"
    paused: bool = False
    locks: tuple[Lock, ...] = ()
    spent_this_week: Mapping[str, int] = field(default_factory=dict)
    evidence: tuple[EvidenceOnRecord, ...] = ()
    assets: tuple[AssetOnRecord, ...] = ()
    selling: tuple[Selling, ...] = ()


Side = tuple[Snapshot, Books]
"""One account as read, and what is on record for it."""


def standing(
    client: str, currency: str, sides: Sequence[Side], now: datetime, *, incomplete: bool = False
) -> Standing:
    """The standing of one client over the accounts that could be read, at ``now`` (aware UTC).

    ``incomplete`` says that an account of the client could not be read: no money moves then, anywhere.
    With no account at all it stands in the configure phase, where nothing may be done alone.
    Doubt always counts against us: an unknown write counts at its dearest, a yesterday that is not whole yet
    at what it may have billed, a campaign that is not ours like one that is.
    """
    movements = {(w.at, w.campaign): w for _, books in sides for w in books.writes}
    pauses = {pause.key: pause for _, books in sides for pause in books.pauses}
    return Standing(
        client=client,
        currency=currency,
        now=now,
        phase=sides[0][1].phase if sides else "configure",
        paused=any(books.paused for _, books in sides),
        accounts=tuple(_account(s, books, now, incomplete=incomplete) for s, books in sides),
        campaigns=(
            *(_campaign(c, s, books, now) for s, books in sides for c in s.campaigns),
            *(gone for s, books in sides for gone in _gone(s, books)),
        ),
        movements=tuple(
            Movement(at=w.at, channel=w.channel, delta_micros=w.after_micros - w.before_micros)
            for w in movements.values()
        ),
        paused_today=tuple(pauses),
        pauses=tuple(pauses.values()),
        locks=tuple({lock: None for _, books in sides for lock in books.locks}),
        safe_stops=tuple(dict.fromkeys(key for _, books in sides for key in books.safe_stops)),
        evidence=sides[0][1].evidence if sides else (),
        assets=sides[0][1].assets if sides else (),
        selling=tuple(dict.fromkeys(s for _, books in sides for s in books.selling)),
    )


def key_of(campaign: CampaignState) -> str:
    """Our natural key, or ``other/<id>`` for a campaign that is not ours."""
    return campaign.campaign or f"other/{campaign.id}"


def facts_key(campaign: CampaignState) -> str:
    """The key its figures are kept under: our natural key, or the platform's id."""
    return campaign.campaign or campaign.id


def _gone(snapshot: Snapshot, books: Books) -> Iterator[CampaignStanding]:
    """Campaigns that cost something this month and are no longer there: what they were billed stays billed."""
    here = {facts_key(c) for c in snapshot.campaigns}
    spent = {*books.spent_before_today, *books.spent_today, *books.ran_lately}
    for key in sorted(spent - here):
        wrote = [max(w.before_micros, w.after_micros) for w in books.writes if w.campaign == key]
        budget = max([books.known_daily.get(key, 0), *wrote])
        yield CampaignStanding(
            campaign=f"gone/{key}",
            account=snapshot.account.account,
            platform=snapshot.account.platform,
            channel=books.channels.get(key, "other"),
            enabled=False,
            daily_micros=0,
            highest_today_micros=budget if key in books.ran_lately else 0,
            spent_before_today_micros=books.spent_before_today.get(key, 0),
            spent_today_micros=books.spent_today.get(key, 0),
            changed_this_month=True,
            spent_week_micros=books.spent_this_week.get(key, 0),
            changed_this_week=True,
        )


def _account(
    snapshot: Snapshot, books: Books, now: datetime, *, incomplete: bool
) -> AccountStanding:
    account = snapshot.account
    today = account_day(now, budget_zone(account.platform, account.time_zone))
    return AccountStanding(
        account=account.account,
        platform=account.platform,
        currency=account.currency,
        today=today,
        days_in_month=days_in_month(today),
        stale=incomplete or account.platform in books.stale or books.as_of is None,
    )


def _campaign(
    campaign: CampaignState, snapshot: Snapshot, books: Books, now: datetime
) -> CampaignStanding:
    key, kept = key_of(campaign), facts_key(campaign)
    platform = snapshot.account.platform
    zone = budget_zone(platform, snapshot.account.time_zone)
    today = account_day(now, zone)
    mine = [w for w in books.writes if w.campaign == key]
    on_today = [w for w in mine if w.account_day == today]
    pending = _pending(campaign, books)
    believed = books.known_daily.get(key, 0)
    # Paused, but it cost something since yesterday: it may have run today on this budget, and cost comes late.
    may_have_run = campaign.enabled or kept in books.ran_lately
    highest = max(
        # A budget lowered past us today ran on ours before.
        max(campaign.daily_micros, believed) if may_have_run else 0,
        *pending,
        *(max(w.before_micros, w.after_micros) for w in on_today),
        0,
    )
    open_day = _open_day(campaign, snapshot, books, now)
    # A budget set past us since then left a limit that is on nobody's record.
    doubted = books.known_daily.get(key) != campaign.daily_micros
    in_month, in_week = (
        [w for w in mine if w.account_day >= first]
        for first in (today.replace(day=1), week_start(platform, today))
    )
    ours = books.desired.get(key)
    return CampaignStanding(
        campaign=key,
        account=snapshot.account.account,
        platform=platform,
        channel=campaign.channel,
        enabled=campaign.enabled,
        daily_micros=campaign.daily_micros,
        highest_today_micros=highest,
        spent_before_today_micros=books.spent_before_today.get(kept, 0) + open_day,
        spent_today_micros=books.spent_today.get(kept, 0),
        pending_micros=pending,
        month_limit_micros=_on_record(in_month, campaign, "month_limit_micros"),
        changed_this_month=bool(in_month) or doubted,
        written_today=bool(on_today),
        spent_week_micros=books.spent_this_week.get(kept, 0) + open_day,
        week_limit_micros=_on_record(in_week, campaign, "week_limit_micros"),
        changed_this_week=bool(in_week) or doubted,
        shared_budget=campaign.budget_resource or None if campaign.budget_shared else None,
        **({} if ours is None else _of_ours(ours)),
    )


def _open_day(campaign: CampaignState, snapshot: Snapshot, books: Books, now: datetime) -> int:
    """What yesterday may still come to cost: 0 once it is whole, else the limit of its day."""
    account, key = snapshot.account, key_of(campaign)
    zone = budget_zone(account.platform, account.time_zone)
    today = account_day(now, zone)
    if books.as_of is not None and books.as_of >= day_start(today, zone) + WHOLE_AFTER:
        return 0
    since = today - timedelta(days=1)
    recent = [w for w in books.writes if w.campaign == key and w.account_day >= since]
    wrote = [b for w in recent for b in (w.before_micros, w.after_micros)]
    # The day's limit followed the highest budget it had.
    highest = max(campaign.daily_micros, books.known_daily.get(key, 0), *wrote, 0)
    return dearest_day(account.platform, highest)


def week_start(platform: str, today: date) -> date:
    """The first day of the platform's week; today where it has none."""
    rule = DELIVERY.get(platform)
    left = rule.days_left_in_week(today) if rule else 0
    return today - timedelta(days=7 - left) if left else today


def _on_record(
    writes: Sequence[BudgetWrite],
    campaign: CampaignState,
    limit: Literal["month_limit_micros", "week_limit_micros"],
) -> int | None:
    """The limit the last of these writes left; None when there is none, or another budget is set by now.

    What a write of one campaign left says nothing of a budget that others spend from as well.
    """
    last = max(writes, key=lambda w: w.at, default=None)
    if last is None or campaign.budget_shared or last.after_micros != campaign.daily_micros:
        return None
    found: int | None = getattr(last, limit)
    return found


def _of_ours(ours: DesiredCampaign) -> dict[str, Any]:
    return {
        "targeting": ours.targeting,
        "campaign_type": ours.campaign_type,
        "locations": ours.locations,
    }


def _pending(campaign: CampaignState, books: Books) -> tuple[int, ...]:
    """Daily budgets that writes of unknown outcome may have set running."""
    mine = [i.change for i in books.open_intents if i.change.campaign_key == key_of(campaign)]
    budgets = [c.daily_micros for c in mine if c.daily_micros is not None]
    enabled = [campaign.daily_micros for c in mine if c.kind == "enable_campaign"]
    return (*budgets, *enabled)
