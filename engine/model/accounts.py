"""An ad account as read: structure, budgets, status. Money in micros of the account's currency."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from policies.actions import AdText


@dataclass(frozen=True)
class Account:
    """One ad account. Currency and time zone never change on any platform we read."""

    platform: str
    account: str  # the platform's own id, as text
    name: str
    currency: str
    time_zone: str


def marker(client: str, natural_key: str) -> str:
    """The ownership mark carried in platform names: ``cc-`` and eight hex digits, no brackets (GAQL reads ``[``)."""
    return "cc-" + hashlib.sha256(f"{client}:{natural_key}".encode()).hexdigest()[:8]


@dataclass(frozen=True)
class AdState:
    """One ad as the platform has it. ``review`` is the platform's policy verdict in its own words."""

    resource: str
    variant: str | None  # our natural key, None when the ad is not ours
    enabled: bool
    text: AdText
    review: str = ""


@dataclass(frozen=True)
class AdGroupState:
    """One ad group as the platform has it."""

    resource: str
    ad_group: str | None
    name: str
    enabled: bool
    keywords: tuple[str, ...] = ()
    ads: tuple[AdState, ...] = ()


@dataclass(frozen=True)
class CampaignState:
    """One campaign as the platform has it; ``campaign`` is our natural key, None when it is not ours."""

    resource: str
    id: str
    campaign: str | None
    name: str
    channel: str
    enabled: bool
    daily_micros: int
    budget_resource: str
    budget_shared: bool = False
    ad_groups: tuple[AdGroupState, ...] = ()

    def ads(self) -> Iterator[tuple[AdGroupState, AdState]]:
        """Every ad with its ad group."""
        for group in self.ad_groups:
            for ad in group.ads:
                yield group, ad


@dataclass(frozen=True)
class Snapshot:
    """One account as read at ``taken_at`` (UTC).

    ``coverage`` names what it could not see; empty: everything asked for was there.
    """

    account: Account
    taken_at: datetime
    campaigns: tuple[CampaignState, ...]
    coverage: tuple[str, ...] = ()

    def owned(self, campaign: str) -> CampaignState | None:
        """The campaign of that natural key, or None."""
        return next((c for c in self.campaigns if c.campaign == campaign), None)
