"""What the world remembers of an account, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

import numpy as np

from sandbox.billing.google import Meter
from sandbox.market.leads import Lead
from sandbox.market.noise import Ints
from sandbox.market.params import Channel, Market
from sandbox.market.season import MOST_HOURS
from sandbox.spec import AccountSpec

IMPRESSIONS, CLICKS, COST, ELIGIBLE = range(4)


class Claim(NamedTuple):
    """A conversion the platform reports on the hour of its click, from `seen` on."""

    hour: int
    seen: float  # seconds since 1970, UTC
    value_micros: int
    ad: str


class Stretch(NamedTuple):
    """Hours of a day, [first, last), in which the same ads served, with their shares."""

    first: int
    last: int
    ads: list[str]
    weights: list[float]


@dataclass
class DayBook:
    """One campaign's account day: whole figures per hour (rows: see the constants)."""

    figures: Ints = field(default_factory=lambda: np.zeros((4, MOST_HOURS), dtype=np.int64))
    claims: list[Claim] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)


@dataclass
class Account:
    """An account as the world holds it; `entities` are protobuf messages by resource name."""

    spec: AccountSpec
    simulated_until: datetime
    exported_until: datetime
    entities: dict[str, Any] = field(default_factory=dict)
    keys: dict[int, str] = field(default_factory=dict)  # campaign id -> what seeds its chance
    meters: dict[str, Meter] = field(default_factory=dict)  # by campaign or shared budget
    days: dict[tuple[int, date], DayBook] = field(default_factory=dict)
    leads: list[Lead] = field(default_factory=list)
    next_id: int = 1
    markets: dict[str, tuple[Market, bool]] = field(default_factory=dict)  # worked out once
    channels: dict[Channel, Market] = field(default_factory=dict)  # worked out once

    @property
    def customer_id(self) -> str:
        """Ten digits, no dashes."""
        return self.spec.customer_id

    def channel(self, channel: Channel) -> Market:
        """The account's market for a channel."""
        if channel not in self.channels:
            self.channels[channel] = self.spec.channel(channel)
        return self.channels[channel]

    def of(self, collection: str) -> list[Any]:
        """All messages of a collection, such as `campaigns`, in order of creation."""
        prefix = f"customers/{self.customer_id}/{collection}/"
        return [each for name, each in self.entities.items() if name.startswith(prefix)]
