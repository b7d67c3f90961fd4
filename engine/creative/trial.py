"""Which ad of an ad group wins, with the figures; "inconclusive" is a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pyarrow as pa

from engine.model import trials
from engine.model.trials import AdCount


@dataclass(frozen=True)
class Trial:
    """The outcome of one comparison. ``winner`` is set only when every other ad loses surely."""

    verdict: Literal["winner", "losers", "inconclusive"]
    winner: str | None
    losers: tuple[str, ...]
    arms: tuple[AdCount, ...]
    sentence: str


def trial(
    ads: Sequence[str], ad_facts: pa.Table, today: date, *, final_after_days: int = 7
) -> Trial:
    """Compare the ads (variant keys) of one ad group on their final days.

    Raises:
        ValueError: fewer than two ads.
    """
    found = trials.compare(trials.count(ad_facts, ads, today, final_after_days))
    lost = tuple(ads[n] for n in trials.losers(found))
    best = ads[found.best]
    rate = f"{100 * found.rates[found.best]:.2f} %"
    if lost and len(lost) == len(ads) - 1:
        said = (
            f"{best} wins with {rate} {found.metric}; every other ad is worse with 95 % certainty."
        )
        return Trial("winner", best, lost, found.counts, said)
    if lost:
        said = f"{', '.join(lost)} lose to {best} ({rate} {found.metric}) with 95 % certainty."
        return Trial("losers", None, lost, found.counts, said)
    clicks = sum(c.clicks for c in found.counts)
    said = f"Inconclusive: {clicks} clicks on final days do not tell these {len(ads)} ads apart."
    return Trial("inconclusive", None, (), found.counts, said)
