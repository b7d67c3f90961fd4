"""What the campaigns of a client sell, as the concepts and briefs on record say."""

from __future__ import annotations

from sqlalchemy import Connection

from engine.model.desired import Desired
from engine.store import briefs, creative
from policies.standing import Selling


def selling(conn: Connection, client: str, known: Desired) -> tuple[Selling, ...]:
    """One row per concept of a campaign, with the ads of ``known`` that were made of it."""
    made: dict[tuple[str, str], list[str]] = {}
    for campaign in known.values():
        for group in campaign.ad_groups:
            for ad in group.ads:
                made.setdefault((campaign.campaign, ad.concept), []).append(ad.variant)
    return tuple(
        Selling(
            campaign=row.campaign,
            concept=row.concept,
            offer=creative.offer_of(row),
            variants=tuple(made.get((row.campaign, row.concept), ())),
        )
        for row in creative.concepts(conn, client)
    )


def of_campaigns(conn: Connection, client: str) -> dict[str, tuple[str, ...]]:
    """The offers each campaign sells, those of campaigns only briefed included; none are left out."""
    found: dict[str, dict[str, None]] = {}
    for row in creative.concepts(conn, client):
        offer = creative.offer_of(row)
        if offer:
            found.setdefault(row.campaign, {})[offer] = None
    for brief in briefs.load(conn, client):
        if brief.offer:
            found.setdefault(brief.campaign, {})[brief.offer] = None
    return {campaign: tuple(keys) for campaign, keys in found.items()}
