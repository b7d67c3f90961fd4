"""Everything an agent or a watch may look at, as one value: the state of one client at one instant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa

from engine.model.accounts import Snapshot
from engine.model.desired import Desired
from engine.model.outcomes import DEALS, FACTS, SourceState
from policies.policy import Policy
from policies.standing import Standing


@dataclass(frozen=True)
class ChannelView:
    """One channel's results in three claims side by side, never added to each other.

    ``platform_conversions`` is what the platform claims. ``last_click_leads`` are CRM leads by the
    last click. ``won`` and ``revenue_micros`` are realised only; ``expected_won`` and
    ``expected_revenue_micros`` are what the open deals still promise at their age (None: not enough
    closed deals to say). Money in micros of the client's currency.
    """

    channel: str
    cost_micros: int
    platform_conversions: float
    last_click_leads: int
    last_click_share: float
    won: int
    revenue_micros: int
    expected_won: float | None
    expected_revenue_micros: int | None
    closed_won_share: float
    disagreement: float  # of the whole set of views, 0 to 1; the same figure on every row


@dataclass(frozen=True)
class LastMove:
    """The last budget change of one campaign. ``beyond_bound`` marks a proposal that asked past a bound."""

    campaign: str
    at: datetime
    beyond_bound: bool = False


@dataclass(frozen=True)
class Access:
    """Access to one outside system; ``expires_at`` is aware UTC, None where its end is not known."""

    name: str
    expires_at: datetime | None = None


@dataclass(frozen=True)
class World:
    """One client as seen this tick.

    Attributes:
        today: The account's own calendar day.
        facts: Campaign rows of schema FACTS (with or without a trailing currency column).
        ad_facts: Ad rows of the same schema.
        deals: Rows of schema DEALS.
        primary_share: Of the deals that began, how many count as primary actions, 0 to 1.
        looked: What was looked at before, by kind: the day or period it was for.
        final_after_days: Days after which a day's figures are final (see ``outcomes.maturity``).
    """

    client: str
    currency: str
    time_zone: str
    today: date
    now: datetime
    policy: Policy
    standing: Standing
    desired: Desired = field(default_factory=dict)
    snapshots: tuple[Snapshot, ...] = ()
    facts: pa.Table = field(default_factory=FACTS.empty_table)
    ad_facts: pa.Table = field(default_factory=FACTS.empty_table)
    deals: pa.Table = field(default_factory=DEALS.empty_table)
    views: tuple[ChannelView, ...] = ()
    sources: tuple[SourceState, ...] = ()
    last_moves: tuple[LastMove, ...] = ()
    looked: Mapping[str, str] = field(default_factory=dict)
    primary_share: float = 1.0
    final_after_days: int = 7
    connections: tuple[Access, ...] = ()

    @property
    def told_until(self) -> date:
        """The last whole account day every source has told of: what happened later is not known, not absent."""
        zone = ZoneInfo(self.time_zone)
        told = [s.as_of.astimezone(zone).date() for s in self.sources if s.as_of is not None]
        return min([self.today, *told]) - timedelta(days=1)

    @property
    def hands_off(self) -> frozenset[str]:
        """The campaigns somebody locked, by themselves or with their channel or account: agents leave them alone."""
        held = {(k.level, k.thing) for k in self.standing.locks if k.until > self.now}
        return frozenset(
            key
            for key, c in self.desired.items()
            if held & {("campaign", key), ("channel", c.channel), ("account", c.account)}
        )

    @property
    def late_sources(self) -> tuple[SourceState, ...]:
        """Sources that may be shown but must not move money."""
        return tuple(s for s in self.sources if s.state != "fresh")
