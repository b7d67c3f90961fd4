"""What the client's page is made from: plain frames and values, so that a cache may keep them.

Money is int micros of ``currency``, days are the account's own, instants aware UTC. Nothing here is judged
or worded: that is done by the pure modules beside this one.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict

import pandas as pd


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


class Material(TypedDict):
    """Everything the client's page is composed from.

    ``spend``: day, channel, cost_micros. ``actions``: day, actions (deals by the day they began).
    ``won``: day, won, revenue_micros (deals by the day they were closed-won).
    """

    about: About
    today: date
    spend: pd.DataFrame
    actions: pd.DataFrame
    won: pd.DataFrame
    campaigns: list[Campaign]
    plan_month_micros: int | None
    targets: Targets
    exposure: ExposureLines
    moves: list[Move]
    asks: list[Ask]
    sources: list[Fresh]


class ExposureLine(TypedDict):
    """One channel's worst case. ``set`` is the sum of today's budgets, ``day`` and ``month`` what may be billed."""

    channel: str
    set_micros: int
    spent_today_micros: int
    day_micros: int
    month_micros: int


class ExposureLines(TypedDict):
    """The worst case by channel; ``doubt`` says in a sentence why it cannot be told, else empty."""

    lines: list[ExposureLine]
    doubt: str
