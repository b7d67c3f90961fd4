"""What the client's page is made from: plain frames and values, so that a cache may keep them.

Money is int micros of ``currency``, days are the account's own, instants aware UTC. Nothing here is judged
or worded: that is done by the pure modules beside this one.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, NotRequired, TypedDict

import pandas as pd

AimUnit = Literal["money", "multiple", "months"]
AimKey = Literal["cac", "cost_per_action", "roas", "payback", "contribution"]


class About(TypedDict):
    """The client itself."""

    client: str
    name: str
    currency: str
    time_zone: str
    phase: str
    primary_action: str
    paused: bool


class Targets(TypedDict):
    """What the published policy asks for; None where it does not say."""

    cac_micros: int | None
    cost_per_action_micros: int | None
    roas_floor: float | None
    payback_months: int | None
    contribution_floor_micros: int | None
    margin: float | None
    month_cap_micros: int | None
    day_cap_micros: int | None
    channel_day_caps: dict[str, int]
    share_caps: dict[str, float]
    version: int | None


class Move(TypedDict):
    """One decision as the store keeps it, in the words of the client."""

    at: datetime
    day: date
    ref: str
    kind: str
    agent: str
    verdict: str
    state: str
    sentence: str
    why: str


class Ask(TypedDict):
    """One question a person has to answer, or has put off."""

    ref: str
    kind: str
    title: str
    owner: str
    status: str
    opened_at: datetime
    due_at: datetime | None
    deferred_until: datetime | None
    safe_state: str
    decision: str | None


class Fresh(TypedDict):
    """One source and how far it knows."""

    source: str
    state: str
    as_of: datetime | None
    sentence: str


class Campaign(TypedDict):
    """One campaign's average daily budget as we want it now, its spend this month and where that is heading."""

    campaign: str
    channel: str
    enabled: bool
    daily_micros: int
    spent_micros: int
    projected_micros: int


class ChannelCredit(TypedDict):
    """One channel's results over the settled days in three claims side by side, never added to each other.

    ``leads`` are CRM leads by their last click, ``claimed`` what the platform says. ``won`` and ``revenue_micros``
    are realised, ``expected_*`` what the open deals still promise at their age (None: too few have closed to say).
    """

    channel: str
    cost_micros: int
    claimed: float
    leads: int
    last_click_share: float
    won: int
    revenue_micros: int
    expected_won: float | None
    expected_revenue_micros: int | None
    closed_won_share: float


class Credited(TypedDict):
    """How two views split credit over the settled days ``first`` to ``last``.

    ``disagreement`` is 0 to 1; None when one of the views has nothing to say.
    """

    first: date
    last: date
    channels: list[ChannelCredit]
    disagreement: float | None


class Aim(TypedDict):
    """One target. Money in micros; ``inf`` months: not within the ages known.

    ``low`` to ``high`` is the 80 % interval of ``value``; ``met`` is None while nothing can be said, and ``why``
    then says why. ``sure`` is True when the whole interval lies on the same side. ``ceiling``: the target is the
    most, else the least.
    """

    key: AimKey
    unit: AimUnit
    ceiling: bool
    target: float
    value: float | None
    low: float | None
    high: float | None
    met: bool | None
    sure: bool
    why: str


class Aims(TypedDict):
    """The written targets over the settled days ``first`` to ``last``; ``without`` are those nobody wrote."""

    first: date
    last: date
    written: list[Aim]
    without: list[AimKey]
    margin: float | None


class Material(TypedDict):
    """Everything the client's page is composed from.

    ``defined`` says since when the conversion definitions hold, where they ever changed.

    ``spend``: day, channel, cost_micros. ``claims``: day, channel, claimed, value_micros (each platform's own word).
    ``actions``: day, channel, actions (deals by the day they began). ``won``: day, channel, won, revenue_micros
    (deals by the day they were closed-won). The channel of a deal is that of its last click, "" where none is known.
    """

    about: About
    today: date
    spend: pd.DataFrame
    claims: pd.DataFrame
    actions: pd.DataFrame
    won: pd.DataFrame
    credit: Credited
    campaigns: list[Campaign]
    plan_month_micros: int | None
    targets: Targets
    aims: Aims
    exposure: ExposureLines
    moves: list[Move]
    asks: list[Ask]
    sources: list[Fresh]
    defined: NotRequired[str]


class ExposureLine(TypedDict):
    """One channel's worst case; ``channel`` "" is all of them.

    ``set`` is the sum of today's budgets; ``day``, ``week`` and ``month`` what may be billed, the week None where
    the platform has none. ``…_spent`` was billed before today, ``…_set`` is what the budgets add up to over the days
    left, today included.
    """

    channel: str
    set_micros: int
    spent_today_micros: int
    day_micros: int
    week_micros: int | None
    week_spent_micros: int
    week_set_micros: int
    week_days_left: int
    month_micros: int
    month_spent_micros: int
    month_set_micros: int
    month_days_left: int


class BoundBy(TypedDict):
    """The rule that bounds what a platform bills, in its own words; ``doubt`` is what of it is not certain."""

    platform: str
    says: str
    doubt: str
    source: str
    read_on: date
    day_zone: str


class ExposureLines(TypedDict):
    """The worst case by channel and in total; ``doubt`` says in a sentence why it cannot be told, else empty."""

    lines: list[ExposureLine]
    total: ExposureLine | None
    rules: list[BoundBy]
    doubt: str
