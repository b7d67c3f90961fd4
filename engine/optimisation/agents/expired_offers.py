"""Stops what sells an offer that is over or has not begun, on the client's own calendar; nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.model.desired import DesiredCampaign
from engine.model.world import World
from policies.actions import Action, Evidence, PauseVariant, SetCampaignStatus
from policies.agents import EXPIRY
from policies.offers import Offer, client_day
from policies.standing import CampaignStanding

NAME = EXPIRY


def propose(world: World) -> list[Action]:
    """A campaign that sells nothing else is paused whole; of another only the ads of that offer.

    Late figures do not hold it up: a stop moves no money towards anything.
    """
    if not world.policy.offers.listed or world.standing.paused:
        return []
    found: list[Action] = []
    for campaign in world.standing.campaigns:
        wanted = world.desired.get(campaign.campaign)
        if wanted is not None and wanted.enabled and campaign.enabled:
            found += _stops(world, campaign, wanted)
    return found


def _stops(
    world: World, campaign: CampaignStanding, wanted: DesiredCampaign
) -> Iterator[SetCampaignStatus | PauseVariant]:
    day = client_day(world.now, world.policy.time_zone)
    offers = world.policy.offers
    sold = world.standing.sold_by(campaign.campaign)
    place: dict[str, Any] = {
        "client": world.client,
        "currency": world.currency,
        "agent": NAME,
        "campaign": campaign.campaign,
        "account": campaign.account,
        "channel": campaign.channel,
    }
    if offers.out_of_date(sold, day):
        why = _why(world, [offers.get(key) for key in sold])
        yield SetCampaignStatus(**place, **why, enabled=False, daily_micros=campaign.daily_micros)
        return
    for group in wanted.ad_groups:
        for ad in group.ads:
            of_ad = world.standing.sold_by(campaign.campaign, ad.variant)
            if ad.enabled and offers.out_of_date(of_ad, day):
                why = _why(world, [offers.get(key) for key in of_ad])
                yield PauseVariant(**place, **why, ad_group=group.ad_group, variant=ad.variant)


def _why(world: World, sold: list[Offer | None]) -> dict[str, Any]:
    day = client_day(world.now, world.policy.time_zone)
    known = [offer for offer in sold if offer is not None]
    told = ". ".join(world.policy.offers.told(offer.key, day) for offer in known)
    last = [
        Evidence(name=f"Last day of {o.name}", value=f"{o.valid_to:%d %b %Y}")
        for o in known
        if o.valid_to is not None and o.valid_to < day
    ]
    first = [
        Evidence(name=f"First day of {o.name}", value=f"{o.valid_from:%d %b %Y}")
        for o in known
        if o.valid_from > day
    ]
    today = Evidence(name=f"Today in {world.policy.time_zone}", value=f"{day:%d %b %Y}")
    return {
        "reason": f"{told}; the policy's own dates order the stop, so it counts towards no limit on pauses.",
        "evidence": (*last, *first, today),
    }
