"""Why an action cannot be carried out on an account at all, told before anything is sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.execution.roads import no_road
from engine.model.accounts import CampaignState, Snapshot
from engine.model.desired import Desired
from policies.actions import (
    LaunchCampaign,
    PauseVariant,
    SetBudgets,
    SetCampaignStatus,
    ShiftBudget,
    ShipVariant,
    budget_changes,
)


def touched(action: Any) -> tuple[str, ...]:
    """The campaigns an action writes to."""
    return tuple(c.campaign for c in budget_changes(action)) or (action.campaign,)


def is_stop(action: Any) -> bool:
    """True for acts that only make spend smaller: they pass the kill switch and stand on no figures."""
    return isinstance(action, PauseVariant) or (
        isinstance(action, SetCampaignStatus) and not action.enabled
    )


def obstacle(action: Any, desired: Desired, snapshot: Snapshot) -> str:
    """Why ``action`` has nothing to write to, as sentences; empty when nothing is in the way.

    A budget shared with campaigns nobody asked about is never written. Without this, a difference that
    cannot be seen would be told as done.
    """
    closed = no_road(action, snapshot.account.platform)
    if closed or isinstance(action, LaunchCampaign):
        return closed
    return " ".join(_told(action, desired, snapshot))


def _told(action: Any, desired: Desired, snapshot: Snapshot) -> Iterator[str]:
    for key in touched(action):
        actual = snapshot.owned(key)
        if key not in desired:
            yield f"Campaign {key} is not one of ours on record; read the account first."
        elif actual is None and not is_stop(action):
            yield f"Campaign {key} is not in the account any more; somebody removed it."
        elif actual is not None:
            yield from _of_campaign(action, desired, actual)


def _of_campaign(action: Any, desired: Desired, actual: CampaignState) -> Iterator[str]:
    if isinstance(action, SetBudgets | ShiftBudget) and actual.budget_shared:
        yield (
            f"The budget of {actual.name} is shared with other campaigns, so it is not written; "
            "give the campaign a budget of its own on the platform first."
        )
    if isinstance(action, ShipVariant):
        there = {g.ad_group for g in actual.ad_groups}
        wanted = {g.ad_group for g in desired[action.campaign].ad_groups}
        if action.ad_group not in there & wanted:
            yield f"Campaign {actual.name} has no ad group {action.ad_group} to put an ad into."
