"""The month's plan from the world as it stands."""

from __future__ import annotations

from engine.model.plans import Infeasible, Plan, PlanInputs
from engine.model.world import World
from engine.planning.plan import plan
from policies.actions import LaunchCampaign


def plan_for(world: World, launches: tuple[LaunchCampaign, ...]) -> Plan | Infeasible:
    """The plan of the account's current month, ``launches`` being campaigns that are asked for."""
    return plan(
        PlanInputs(
            client=world.client,
            currency=world.currency,
            today=world.today,
            policy=world.policy,
            standing=world.standing,
            facts=world.facts,
            deals=world.deals,
            launches=launches,
            primary_share=world.primary_share,
            final_after_days=world.final_after_days,
        )
    )
