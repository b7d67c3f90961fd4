"""What an action rests on: the facts of the standing that a person's yes to it was given on. Pure.

Spend moves by the minute and is left out: the gate judges it again before anything is carried out. What is kept is
what people and the platform set: budgets, what runs, the phase.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from policies.actions import (
    LaunchCampaign,
    PauseVariant,
    SetBudgets,
    SetCampaignStatus,
    ShiftBudget,
    ShipVariant,
    budget_changes,
)
from policies.money import spoken
from policies.standing import CampaignStanding, Standing

Facts = Mapping[str, str]
"""What is said of each thing, by its name; the text is fit for a sentence."""
_ABSENT = "not there"


def facts(standing: Standing, action: Any) -> dict[str, str]:
    """The facts an action touches, by name: the phase, and of each campaign whether it runs and its budget.

    A variant rests on whether its campaign runs, not on the budget; a launch on the campaign not being there.
    """
    found: dict[str, str] = {"phase": standing.phase}
    match action:
        case ShipVariant() | PauseVariant():
            keys, with_budget = [action.campaign], False
        case SetCampaignStatus() | LaunchCampaign():
            keys, with_budget = [action.campaign], True
        case SetBudgets() | ShiftBudget():
            keys, with_budget = [c.campaign for c in budget_changes(action)], True
        case _:
            keys, with_budget = [], False
    for key in sorted(keys):
        found[key] = _told(standing.campaign(key), standing.currency, with_budget=with_budget)
    return found


def state_hash(standing: Standing, action: Any) -> str:
    """SHA-256 of those facts."""
    return facts_hash(facts(standing, action))


def facts_hash(found: Facts) -> str:
    """SHA-256 of facts, whatever their order."""
    text = json.dumps(dict(found), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def moved(then: Facts, standing: Standing, action: Any) -> dict[str, tuple[str, str]]:
    """The facts that are not what they were, as then and now.

    What the action itself sets is no change: an order that was cut off half way is still the one approved.
    """
    now, done = facts(standing, action), _once_done(standing, action)
    return {
        name: (was, now.get(name, _ABSENT))
        for name, was in then.items()
        if now.get(name, _ABSENT) not in (was, done.get(name, was))
    }


def sentence(changed: Mapping[str, tuple[str, str]]) -> str:
    """What a yes was based on and what is there now, for the person who gave it."""
    then = "; ".join(f"{name}: {was}" for name, (was, _) in changed.items())
    now = "; ".join(f"{name}: {now}" for name, (_, now) in changed.items())
    return f"What you approved was based on {then}. Now it is {now}."


def _told(campaign: CampaignStanding | None, currency: str, *, with_budget: bool) -> str:
    if campaign is None:
        return _ABSENT
    runs = "running" if campaign.enabled else "paused"
    return f"{spoken(campaign.daily_micros, currency)} a day, {runs}" if with_budget else runs


def _once_done(standing: Standing, action: Any) -> dict[str, str]:
    """How each campaign is told once its own part of the action is carried out."""
    found: dict[str, str] = {}
    for change in budget_changes(action):
        campaign = standing.campaign(change.campaign)
        if campaign is None:
            continue
        after: dict[str, Any] = {"daily_micros": change.after_micros}
        if isinstance(action, SetCampaignStatus):
            after = {"enabled": action.enabled}
        if isinstance(action, LaunchCampaign):
            after = {"daily_micros": action.daily_micros}
        done = campaign.model_copy(update=after)
        found[change.campaign] = _told(done, standing.currency, with_budget=True)
    return found
