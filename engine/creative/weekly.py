"""The week's variants, and the first ads of campaigns a brief asks for."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from engine.creative.variants import make, shipments
from engine.model.briefs import Brief
from engine.model.concepts import Concept
from engine.model.world import World
from policies.actions import LaunchCampaign, ShipVariant
from policies.offers import client_day

VARIANTS_A_WEEK = 2
ADS_AT_LAUNCH = 2
MOST_LIVE = 6
"""Live ads beyond which an ad group gets no more until one is paused: each needs enough clicks to be judged."""


def weekly(
    concepts: Iterable[Concept],
    hashes: Collection[str],
    stopped_lines: Collection[str],
    world: World,
    week: str,
) -> list[ShipVariant]:
    """New variants of every approved concept whose campaign runs, by the seed of the ISO week.

    Blocks that a brand rule stopped before are left out, and concepts whose offer is out of date rest.
    """
    found: list[ShipVariant] = []
    for concept in concepts:
        campaign = world.desired.get(concept.campaign)
        if campaign is None or not campaign.enabled or _rests(concept, world):
            continue
        live = sum(
            a.enabled for g in campaign.ad_groups if g.ad_group == concept.ad_group for a in g.ads
        )
        room = min(VARIANTS_A_WEEK, MOST_LIVE - live)
        ads = make(without(concept, stopped_lines), hashes, room, seed=_seed(week))
        found += shipments(
            ads, concept, client=world.client, currency=world.currency, account=campaign.account
        )
    return found


def launches(
    briefs: Iterable[Brief], concepts: Iterable[Concept], hashes: Collection[str], world: World
) -> tuple[LaunchCampaign, ...]:
    """The launches briefs ask for: not running yet, and their concept approved."""
    known = {c.concept: c for c in concepts}
    found = []
    for brief in briefs:
        concept = known.get(brief.concept)
        if concept is None or brief.campaign in world.desired or _rests(concept, world):
            continue
        ads = make(concept, hashes, ADS_AT_LAUNCH, seed=0)
        if ads:
            found.append(brief.launch(world.client, world.currency, ads))
    return tuple(found)


def without(concept: Concept, lines: Collection[str]) -> Concept:
    """The concept less the optional blocks that are one of ``lines``."""
    return concept.model_copy(
        update={
            "headlines": tuple(h for h in concept.headlines if h not in lines),
            "descriptions": tuple(d for d in concept.descriptions if d not in lines),
        }
    )


def _rests(concept: Concept, world: World) -> bool:
    """True while its offer is over or has not begun; one nobody wrote is the gate's to refuse, with the sentence."""
    day = client_day(world.now, world.policy.time_zone)
    return concept.offer is not None and world.policy.offers.out_of_date([concept.offer], day)


def _seed(week: str) -> int:
    return int("".join(ch for ch in week if ch.isdigit()))
