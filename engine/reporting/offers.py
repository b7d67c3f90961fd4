"""What campaigns and concepts sell, in words, as screens name it beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from engine.store import creative, offers, passes
from policies.offers import Offers, client_day


@dataclass(frozen=True)
class Sold:
    """Names by campaign and by concept; what names no offer is not in them."""

    campaigns: dict[str, str] = field(default_factory=dict)
    concepts: dict[str, str] = field(default_factory=dict)


def sold(conn: Any, client: str, now: datetime) -> Sold:
    """What each campaign and concept of a client sells at ``now`` (aware), with its dates where they end."""
    policy = passes.policy_in_force(conn, client)
    written = policy.offers if policy else Offers(listed=())
    day = client_day(now, policy.time_zone if policy else "UTC")
    return Sold(
        {
            campaign: _names(written, keys, day)
            for campaign, keys in offers.of_campaigns(conn, client).items()
        },
        {
            row.concept: _names(written, [key], day)
            for row in creative.concepts(conn, client)
            for key in [creative.offer_of(row)]
            if key
        },
    )


def _names(written: Offers, keys: Iterable[str], day: date) -> str:
    return ", ".join(label(written, key, day) for key in keys)


def label(written: Offers, key: str, day: date) -> str:
    """``Early gifts, ended 12 Nov 2026``; an offer without an end by its name alone."""
    found = written.get(key)
    if found is None:
        return f"{key}, not written"
    match found.state(day):
        case "early":
            return f"{found.name}, from {_day(found.valid_from)}"
        case "expired" if found.valid_to:
            return f"{found.name}, ended {_day(found.valid_to)}"
    return f"{found.name}, until {_day(found.valid_to)}" if found.valid_to else found.name


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
