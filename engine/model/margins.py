"""What a campaign's revenue is worth: the gross margin of the offers it sells, or else the client's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from engine.model.curves import Curve
from policies.money import MICROS
from policies.policy import Policy
from policies.standing import Standing


@dataclass(frozen=True)
class Worth:
    """``margins`` by campaign, 0 to 1; empty: one is not known, and revenue stands in for all of them.

    Contribution and revenue are never compared: a campaign without a margin would look dear or cheap by that alone.
    """

    margins: Mapping[str, float]

    @property
    def noun(self) -> str:
        """What the figures are of, as evidence and notes say it."""
        return "contribution" if self.margins else "revenue"

    def of(self, curve: Curve) -> Curve:
        """The curve in what its revenue is worth, before media."""
        if not self.margins:
            return curve
        return replace(curve, top_micros=curve.top_micros * self.margins[curve.campaign])


def worth(
    policy: Policy,
    standing: Standing,
    campaigns: Iterable[str],
    new: Mapping[str, str | None] | None = None,
) -> Worth:
    """The margins of these campaigns; ``new`` are those that do not run yet, with the offer they would sell."""
    found: dict[str, float] = {}
    for campaign in campaigns:
        sold = standing.sold_by(campaign) or tuple(filter(None, [(new or {}).get(campaign)]))
        margin = policy.offers.margin(sold)
        margin = policy.targets.margin if margin is None else margin
        if margin is None:
            return Worth({})
        found[campaign] = margin / MICROS
    return Worth(found)
