"""An action as one sentence a person reads: what is done to what, from how much to how much. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.model import levers
from engine.model.desired import Desired, DesiredCampaign, titles
from policies.actions import (
    BudgetChange,
    LaunchCampaign,
    PauseVariant,
    SetBudgets,
    SetCampaignStatus,
    ShiftBudget,
    ShipVariant,
)
from policies.money import spoken

_NAMED = 2  # budgets told one by one; more are told as a sum


def told(action: Any, desired: Desired) -> str:
    """``Move £61 a day from Gifts to Textiles.``; amounts in the action's currency.

    ``desired`` gives campaigns and ads their names; what is not in it goes by its key.
    """
    if isinstance(action, SetBudgets | ShiftBudget | LaunchCampaign):
        return _of_money(action, desired)
    name = _name(desired, action)
    match action:
        case SetCampaignStatus():
            return f"{'Start' if action.enabled else 'Pause'} {name}."
        case ShipVariant():
            return f'Put the new ad "{action.ad.text.headlines[0]}" live in {name}.'
        case PauseVariant():
            return f"Pause {_ad(desired, action)} of {name}."
    known = levers.sentence(action, name)
    return known or f"{str(action.kind).replace('_', ' ').capitalize()} {name}."


def _of_money(action: SetBudgets | ShiftBudget | LaunchCampaign, desired: Desired) -> str:
    currency = action.currency
    match action:
        case LaunchCampaign():
            title = action.name.split(" | ", 1)[0]
            return f"Open {title} at {spoken(action.daily_micros, currency)} a day."
        case ShiftBudget(changes=(_, _)):
            giver, taker = sorted(action.changes, key=lambda c: c.delta_micros)
            amount = spoken(taker.delta_micros, currency)
            return f"Move {amount} a day from {_name(desired, giver)} to {_name(desired, taker)}."
    return _budgets(action.changes, currency, desired)


def lowered(sentence: str) -> str:
    """A sentence that follows a colon: ``Decided: move £61 …``."""
    return sentence[:1].lower() + sentence[1:]


def _budgets(changes: tuple[BudgetChange, ...], currency: str, desired: Desired) -> str:
    changes = tuple(c for c in changes if c.delta_micros) or changes
    if len(changes) > _NAMED:
        before = spoken(sum(c.before_micros for c in changes), currency)
        after = spoken(sum(c.after_micros for c in changes), currency)
        return f"Set {len(changes)} daily budgets, {before} to {after} a day in all."
    parts = [
        f"{_name(desired, c)} from {spoken(c.before_micros, currency)} to {spoken(c.after_micros, currency)}"
        for c in changes
    ]
    verbs = {c.delta_micros > 0 for c in changes}
    verb = ("Raise" if verbs.pop() else "Cut") if len(verbs) == 1 else "Set"
    return f"{verb} {' and '.join(parts)} a day."


def _name(desired: Desired, of: Any) -> str:
    (name,) = titles(desired, of.campaign)
    return name


def _ad(desired: Mapping[str, DesiredCampaign], action: PauseVariant) -> str:
    campaign = desired.get(action.campaign)
    groups = campaign.ad_groups if campaign else ()
    found = [a for g in groups for a in g.ads if a.variant == action.variant]
    return f'the ad "{found[0].text.headlines[0]}"' if found else f"the ad {action.variant}"
