"""Every agent in turn; what an earlier one moves, a later one leaves alone this tick."""

from __future__ import annotations

from collections.abc import Callable

from engine.model.world import World
from engine.optimisation.agents import channel_mix, pacing, pause_losers
from policies.actions import Action, budget_changes

AGENTS: dict[str, Callable[[World], list[Action]]] = {
    pacing.NAME: pacing.propose,
    channel_mix.NAME: channel_mix.propose,
    pause_losers.NAME: pause_losers.propose,
}
"""The order is the right of way."""


def propose(world: World) -> list[Action]:
    """What the agents wish for, in the order of the table; no campaign's budget is named twice."""
    wishes: list[Action] = []
    touched: set[str] = set()
    for agent in AGENTS.values():
        for action in agent(world):
            campaigns = {c.campaign for c in budget_changes(action)}
            if not campaigns & touched:
                touched |= campaigns
                wishes.append(action)
    return wishes
