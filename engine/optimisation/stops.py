"""What the policy's own dates order to stop: looked at once per account-day and version, whatever else waits."""

from __future__ import annotations

from typing import Any

from engine.model.world import World
from engine.optimisation.agents import expired_offers

MARK = "stops"


def stops(world: World) -> tuple[list[Any], dict[str, str]]:
    """The stops, and the mark of having looked; no mark while a campaign of ours could not be read."""
    mark = f"{world.today.isoformat()}:v{world.policy.version}"
    seen = {c.campaign for c in world.standing.campaigns}
    if world.looked.get(MARK) == mark:
        return [], {}
    whole = bool(world.snapshots) and all(key in seen for key in world.desired)
    return expired_offers.propose(world), {MARK: mark} if whole else {}
