"""Small steps every agent shares: which campaigns may move, and what the gate would say."""

from __future__ import annotations

from datetime import timedelta

from engine.model.world import World
from policies.standing import CampaignStanding

COOL_DOWN = timedelta(days=3)
"""Between two moves of one campaign (a convention of the house; no platform states a figure)."""


def may_move_money(world: World) -> bool:
    """False while a person paused the client or any source is not fresh: nothing moves on doubt."""
    return not world.standing.paused and not world.late_sources


def movable(world: World, cool_down: timedelta = COOL_DOWN) -> list[CampaignStanding]:
    """Running campaigns of ours with nothing pending, not written today, out of their cool-down."""
    moved = {
        m.campaign for m in world.last_moves if not m.beyond_bound and world.now - m.at < cool_down
    }
    return [
        c
        for c in world.standing.campaigns
        if c.enabled
        and c.campaign in world.desired
        and not c.written_today
        and not c.pending_micros
        and c.campaign not in moved
    ]
