"""An ad of ours that is switched on and that the platform's policy review does not let run."""

from __future__ import annotations

from datetime import timedelta

import pyarrow.compute as pc

from engine.model.accounts import AdGroupState, AdState, CampaignState
from engine.model.alarms import Alarm, Option
from engine.model.world import World
from policies.actions import Evidence
from policies.money import decimal_text, spoken

REFUSED = frozenset({"DISAPPROVED"})
"""Google Ads API, PolicyApprovalStatus: will not serve."""
LIMITED = frozenset({"APPROVED_LIMITED", "AREA_OF_INTEREST_ONLY"})
"""The same: serves with restrictions, or only to people interested in the targeted country."""
_DAYS = 7


def watch(world: World) -> list[Alarm]:
    """One alarm an ad; paused ads and campaigns, and ads that are not ours, are left alone."""
    wanted = REFUSED | (LIMITED if world.policy.triggers.rejected_ad.limited_too else frozenset())
    return [
        _alarm(world, campaign, group, ad)
        for snapshot in world.snapshots
        for campaign in snapshot.campaigns
        if campaign.enabled and campaign.campaign is not None
        for group, ad in campaign.ads()
        if group.enabled and ad.enabled and ad.variant is not None and ad.review in wanted
    ]


def _alarm(world: World, campaign: CampaignState, group: AdGroupState, ad: AdState) -> Alarm:
    unit = world.currency
    others = sum(
        a.enabled and a.resource != ad.resource and a.review not in REFUSED for a in group.ads
    )
    a_day = _whole(_cost(world, ad.variant or "") / _DAYS)
    headline = ad.text.headlines[0] if ad.text.headlines else ad.resource
    verdict = ad.review.replace("_", " ").lower()
    rest = f"{others} other ads of the group go on" if others else "the group shows nothing"
    return Alarm(
        kind="rejected_ad",
        cause=f"rejected_ad:{campaign.campaign}:{ad.variant}:{ad.review}",
        title="The platform does not let an ad of ours run",
        what=(
            f'The ad "{headline}" ({ad.variant}) in {campaign.name}, {group.name}, is switched on and its review'
            f" says {verdict}; meanwhile {rest}."
        ),
        evidence=(
            Evidence(name="Review", value=verdict),
            Evidence(name="Other ads of the group running", value=others, unit="ads"),
            Evidence(name="Spent by it a day, last 7 days", value=decimal_text(a_day), unit=unit),
        ),
        options=(
            Option(
                label="Replace it",
                consequence="A new variant of the same concept is made at the next weekly round and reviewed again.",
            ),
            Option(
                label="Appeal",
                consequence=f"Until the platform answers, {rest}.",
            ),
            Option(
                label="Leave it",
                consequence=(
                    f"About {spoken(a_day, unit)} a day is spent by the others of the campaign instead."
                    if others
                    else f"About {spoken(a_day, unit)} a day and what it brought are missing."
                ),
            ),
        ),
    )


def _cost(world: World, variant: str) -> int:
    facts = world.ad_facts
    first = world.today - timedelta(days=_DAYS)
    inside = pc.and_(
        pc.greater_equal(facts["day"], first),
        pc.and_(pc.less(facts["day"], world.today), pc.equal(facts["ad"], variant)),
    )
    return int(pc.sum(facts["cost_micros"].filter(inside)).as_py() or 0)


def _whole(amount: float) -> int:
    return round(amount / 10_000) * 10_000
