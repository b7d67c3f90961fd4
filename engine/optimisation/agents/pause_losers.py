"""Pauses an ad that loses to its siblings with enough settled evidence; an ad group is never left empty."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model import trials
from engine.model.accounts import AdGroupState, CampaignState
from engine.model.trials import Standings
from engine.model.world import World
from engine.optimisation.evidence import may_move_money, no_interval
from policies.actions import Action, Evidence, PauseVariant

NAME = "pause_losers"


def propose(world: World) -> list[Action]:
    """The surest losers first, at most as many as the policy lets be paused today."""
    if not may_move_money(world):
        return []
    room = world.policy.guardrails.pausing.max_per_day - len(world.standing.paused_today)
    found = sorted(_losers(world), key=lambda pair: -pair[0])
    return [action for _, action in found[: max(room, 0)]]


def _losers(world: World) -> Iterator[tuple[float, PauseVariant]]:
    for snapshot in world.snapshots:
        for campaign in snapshot.campaigns:
            if campaign.campaign in world.desired and campaign.enabled:
                for group in campaign.ad_groups:
                    yield from _of_group(world, snapshot.account.account, campaign, group)


def _of_group(
    world: World, account: str, campaign: CampaignState, group: AdGroupState
) -> Iterator[tuple[float, PauseVariant]]:
    """Losers among the ads that are ours and running; the best of them always stays."""
    key = campaign.campaign or ""
    wanted = {
        ad.variant
        for desired in world.desired[key].ad_groups
        if desired.ad_group == group.ad_group
        for ad in desired.ads
        if ad.enabled
    }
    running = [a.variant for a in group.ads if a.enabled and a.variant in wanted and a.variant]
    if len(running) < 2 or group.ad_group is None or not group.enabled:
        return
    counts = trials.count(world.ad_facts, running, world.today, world.final_after_days)
    standings = trials.compare(counts)
    for place in trials.losers(standings):
        yield (
            standings.worse[place],
            PauseVariant(
                client=world.client,
                currency=world.currency,
                agent=NAME,
                reason=_reason(world.desired[key].title, standings, place),
                evidence=_evidence(standings, place),
                campaign=key,
                account=account,
                channel=campaign.channel,
                ad_group=group.ad_group,
                variant=running[place],
            ),
        )


def _reason(campaign: str, standings: Standings, place: int) -> str:
    own, best = standings.rates[place], standings.rates[standings.best]
    metric = standings.metric
    text = f"It brings {own:.1%} {metric}; its best sibling in {campaign} brings {best:.1%}."
    return text[:200]


def _evidence(standings: Standings, place: int) -> tuple[Evidence, ...]:
    own, best = standings.counts[place], standings.counts[standings.best]
    return (
        Evidence(name="Chance of being worse", value=round(standings.worse[place], 3)),
        Evidence(
            name=f"Own {standings.metric}",
            value=round(100 * standings.rates[place], 2),
            unit="%",
        ),
        Evidence(
            name=f"Best {standings.metric}",
            value=round(100 * standings.rates[standings.best], 2),
            unit="%",
        ),
        Evidence(name="Own clicks", value=own.clicks, unit="clicks"),
        Evidence(name="Best clicks", value=best.clicks, unit="clicks"),
        Evidence(name="Own conversions", value=round(own.conversions, 1), unit="conversions"),
        Evidence(name="Best conversions", value=round(best.conversions, 1), unit="conversions"),
        no_interval("what the siblings make of its impressions is not reckoned in money"),
    )
