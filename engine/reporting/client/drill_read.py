"""Reads one level of the drill-down from the store: sums made by the database, names and states beside them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.model.desired import DesiredAd, DesiredAdGroup, DesiredCampaign
from engine.model.people import Scope
from engine.model.time import account_day
from engine.reporting.client.drill_sums import Found, Thing
from engine.reporting.client.periods import Choice, period
from engine.reporting.offers import Sold, sold
from engine.reporting.words import day
from engine.store import Store, clients, counted, creative, desired
from engine.store.reads import drill as sums
from engine.store.reads import moves
from engine.store.reads.drill import By, Place


def found(
    store: Store,
    scope: Scope,
    client: str,
    now: datetime,
    choice: Choice,
    channel: str | None = None,
    campaign: str | None = None,
) -> Found:
    """The channels of a client, the campaigns of one channel, or the ads of one campaign, over a period.

    Raises:
        AskPerson: the client is out of the scope's reach.
    """
    scope.check(client)
    by: By = "channel" if channel is None else "campaign" if campaign is None else "ad"
    place = Place(channel, campaign if channel is not None else None)
    with store.read() as conn:
        who = clients.client(conn, client)
        span = period(choice, account_day(now, who.time_zone))
        deals_by: By = "campaign" if by == "ad" else by
        known = desired.load(conn, client)
        counts = counted.in_force(conn, client)
        mine = known.get(campaign) if campaign else None
        offers = sold(conn, client, now)
        return Found(
            by=by,
            media=sums.media(conn, client, span.runs, by, place),
            begun=sums.begun(conn, client, span.runs, deals_by, place, counts),
            won=sums.won(conn, client, who.currency, span.runs, deals_by, place, counts),
            whole=sums.media(conn, client, span.runs, "campaign", place) if by == "ad" else [],
            things=_things(by, known, mine, offers),
            approvals=_approvals(conn, client, campaign) if by == "ad" else {},
            campaign=(mine.title if mine else campaign or ""),
        )


def _things(
    by: By, known: Mapping[str, DesiredCampaign], mine: DesiredCampaign | None, offers: Sold
) -> dict[str, Thing]:
    if by == "ad":
        groups = mine.ad_groups if mine else ()
        return {ad.variant: _ad(ad, group, offers) for group in groups for ad in group.ads}
    if by == "campaign":
        return {
            key: _thing(
                c.title, "running" if c.enabled else "paused", offers.campaigns.get(key, "")
            )
            for key, c in known.items()
        }
    channels: dict[str, list[bool]] = {}
    for c in known.values():
        channels.setdefault(c.channel, []).append(c.enabled)
    return {
        channel: _thing("", f"{sum(on)} of {len(on)} running") for channel, on in channels.items()
    }


def _thing(title: str, state: str, offer: str = "") -> Thing:
    return Thing(
        title=title,
        state=state,
        group="",
        group_title="",
        concept="",
        headlines=[],
        descriptions=[],
        offer=offer,
    )


def _ad(ad: DesiredAd, group: DesiredAdGroup, offers: Sold) -> Thing:
    return Thing(
        title=ad.text.headlines[0] if ad.text.headlines else ad.variant,
        state="running" if ad.enabled else "paused",
        group=group.ad_group,
        group_title=group.name.split(" | ", 1)[0],
        concept=ad.concept,
        headlines=list(ad.text.headlines),
        descriptions=list(ad.text.descriptions),
        offer=offers.concepts.get(ad.concept, ""),
    )


def _approvals(conn: Any, client: str, campaign: str | None) -> dict[str, str]:
    """Who approved each concept of the campaign, and on which day (UTC)."""
    people = moves.names(conn)
    return {
        c.concept: f"{people.get(c.approved_by, c.approved_by)}, {day(c.approved_at.date())}"
        for c in creative.concepts(conn, client)
        if c.campaign == campaign and c.approved_by and c.approved_at
    }
