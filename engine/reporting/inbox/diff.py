"""What a proposal would change, line by line: before and after, in words. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from engine.model import levers
from engine.model.plans import Plan
from engine.reporting.words import money
from policies.actions import Action, PauseVariant, ShipVariant, budget_changes

_ACTION: TypeAdapter[Any] = TypeAdapter(Action)


@dataclass(frozen=True)
class Line:
    """One thing that would change. ``what`` may hold text of others."""

    what: str
    before: str
    after: str
    channel: str = ""


def of_action(
    text: str | None, currency: str, titles: Mapping[str, str] | None = None
) -> tuple[Line, ...]:
    """The lines of one action as stored; empty when there is none or it cannot be read.

    ``titles`` are campaigns' names by key; one without goes by its key.
    """
    named = titles or {}
    if not text:
        return ()
    try:
        action = _ACTION.validate_json(text)
    except ValidationError:
        return ()
    if isinstance(action, ShipVariant):
        shown = " · ".join(action.ad.text.headlines)
        return (
            Line(
                f"New ad {action.ad.variant} in {named.get(action.campaign, action.campaign)}",
                "–",
                shown,
                action.channel,
            ),
        )
    if isinstance(action, PauseVariant):
        return (
            Line(
                f"Ad {action.variant} in {named.get(action.campaign, action.campaign)}",
                "live",
                "paused",
                action.channel,
            ),
        )
    budgets = (
        Line(
            f"{named.get(change.campaign, change.campaign)}, budget a day",
            money(change.before_micros, currency),
            money(change.after_micros, currency),
            change.channel,
        )
        for change in budget_changes(action)
    )
    others = levers.rows(action)
    where = named.get(action.campaign, action.campaign) if others else ""
    return (*budgets, *(Line(f"{where}, {w}", b, a, action.channel) for w, b, a in others))


def of_plan(plan: Plan, titles: Mapping[str, str] | None = None) -> tuple[Line, ...]:
    """The lines of a plan: each campaign's daily budget."""
    named = titles or {}
    return tuple(
        Line(
            f"{named.get(line.campaign, line.campaign)}, budget a day"
            + (" (new)" if line.launch else ""),
            money(line.before_micros, plan.currency) if not line.launch else "–",
            money(line.daily_micros, plan.currency),
            line.channel,
        )
        for line in plan.lines
    )
