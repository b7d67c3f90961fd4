"""What an order waits for, and whether what a person approved it on is still so."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from engine.execution.edits import AGENT as PUT_BACK
from engine.execution.obstacles import is_stop, touched
from engine.model.ports import Order
from policies import grounds
from policies.actions import SetBudgets, ShiftBudget, budget_changes
from policies.agents import PERSON, SAFE_STATE
from policies.gate import judge
from policies.policy import Policy
from policies.standing import CampaignStanding, Standing
from policies.verdict import Escalated

_ANSWERS = frozenset({SAFE_STATE, PUT_BACK})
"""Agents that carry out what people or the policy ordered for exactly these campaigns."""


@dataclass(frozen=True)
class Voided:
    """An approval whose ground has moved: why, and the same wish judged on what is true now (None: do not ask)."""

    sentence: str
    again: Escalated | None


def account_of(action: Any) -> str:
    """The account an action writes to; a budget action stays within one."""
    account: str = (
        action.changes[0].account
        if isinstance(action, SetBudgets | ShiftBudget)
        else action.account
    )
    return account


def written_today(action: Any, there: Standing) -> bool:
    """True when a budget it moves was written this account-day already."""
    written = {c.campaign for c in there.campaigns if c.written_today}
    moved = [c for c in budget_changes(action) if c.delta_micros]
    return isinstance(action, SetBudgets | ShiftBudget) and any(
        c.campaign in written for c in moved
    )


def never_ran(campaign: CampaignStanding) -> bool:
    """Paused, and nothing was ever billed to it.

    Early in the day the standing adds twice a budget for a yesterday that is not whole yet.
    """
    billed = campaign.spent_before_today_micros - 2 * campaign.daily_micros
    today = campaign.spent_today_micros + campaign.highest_today_micros
    return not campaign.enabled and billed <= 0 and today == 0


def held(order: Order, campaigns: Collection[str]) -> bool:
    """True for what an agent decided alone about a campaign that a safe state holds; a person's own move goes on."""
    agent = order.action.agent
    if order.approval is not None or is_stop(order.action) or agent in _ANSWERS:
        return False
    if agent.startswith(PERSON):
        return False
    return not set(campaigns).isdisjoint(touched(order.action))


def ground_moved(order: Order, policy: Policy | None, there: Standing) -> Voided | None:
    """What a person approved on another state than this one; None while the state is the one they saw."""
    given = order.approval
    if given is None or not given.state_hash:
        return None
    if given.state_hash == grounds.state_hash(there, order.action):
        return None
    changed = grounds.moved(given.grounds, there, order.action)
    if not changed:
        return None
    again = _on_what_is(order.action, there)
    verdict = None if again is None else judge(again, policy, there)
    return Voided(grounds.sentence(changed), verdict if isinstance(verdict, Escalated) else None)


def _on_what_is(action: Any, there: Standing) -> Any | None:
    """The same goal from the budgets there are now; None when that is no valid action."""
    if not isinstance(action, SetBudgets | ShiftBudget):
        return action
    rows = []
    for change in action.changes:
        campaign = there.campaign(change.campaign)
        if campaign is None:
            return None
        rows.append(change.model_copy(update={"before_micros": campaign.daily_micros}))
    try:
        return type(action).model_validate({**dict(action), "changes": tuple(rows)})
    except ValidationError:
        return None
