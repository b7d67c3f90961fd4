"""What an act on a lever beside budgets and ads changes, line by line and as a sentence, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from policies.actions import (
    LaunchCampaign,
    SetAudiences,
    SetBidTarget,
    SetSchedule,
    SetVariantShares,
    type_of,
)
from policies.levers import HourChange, Targeting
from policies.money import exactly
from policies.rule import percent

NOT_SET = "not set"
_STRATEGIES = {
    "target_cpa": "target cost per action",
    "target_roas": "target return on ad spend",
    "max_cpc": "highest cost per click",
}
_ROLES = {"included": "reached", "excluded": "excluded", "lookalike": "lookalikes reached"}
_SHORT = 2
"""So many lines are told in a sentence; more are counted."""
Rows = tuple[tuple[str, str, str], ...]
"""What, before, after."""


def rows(action: Any) -> Rows:
    """Each thing that changes; empty for an act on another lever."""
    match action:
        case SetBidTarget():
            before = NOT_SET if action.before is None else _bid(action, action.before)
            return ((_STRATEGIES[action.strategy], before, _bid(action, action.after)),)
        case SetAudiences():
            return tuple(_audiences(action))
        case SetSchedule():
            return tuple((hours(c), _on(c.before), _on(c.after)) for c in action.changes)
        case SetVariantShares():
            return tuple((s.key, percent(s.before), percent(s.after)) for s in action.shares)
        case LaunchCampaign():
            return tuple(_of_launch(action))
    return ()


def sentence(action: Any, name: str) -> str:
    """What it does to the campaign called ``name``; empty for an act on another lever."""
    found = rows(action)
    match action:
        case SetBidTarget():
            ((what, before, after),) = found
            return f"Set the {what} of {name} from {before} to {after}."
        case SetAudiences():
            return f"Change whom {name} reaches: {_few(found)}."
        case SetSchedule():
            return f"Change the hours of {name}: {_few(found)}."
        case SetVariantShares():
            return f"Share {name} between its ads: {_few(found)}."
    return ""


def hours(change: HourChange) -> str:
    """``Mon, Tue 00:00–06:00``, on the account's clock."""
    days = ", ".join(d.capitalize() for d in change.weekdays)
    return f"{days} {change.first_hour:02d}:00–{change.until_hour:02d}:00"


def _few(found: Rows) -> str:
    told = [f"{what} {before} to {after}" for what, before, after in found[:_SHORT]]
    more = len(found) - _SHORT
    return ", ".join(told) + (f" and {more} more" if more > 0 else "")


def _bid(action: SetBidTarget, value: int) -> str:
    return percent(value) if action.strategy == "target_roas" else exactly(value, action.currency)


def _on(bid: int) -> str:
    if bid == 0:
        return "off"
    return "as usual" if percent(bid) == "100%" else f"{percent(bid)} of the usual bid"


def _audiences(action: SetAudiences) -> Iterator[tuple[str, str, str]]:
    for c in action.changes:
        size = f", {c.percent}%" if c.percent else ""
        role = f"{_ROLES[c.role]}{size}"
        yield (c.audience, *((f"not {role}", role) if c.added else (role, f"not {role}")))
    for s in action.shares:
        yield f"{s.key}, share of delivery", percent(s.before), percent(s.after)
    for w in action.switches:
        was, now = ("off", "on") if w.on else ("on", "off")
        yield w.switch.replace("_", " "), was, now


def _of_launch(action: LaunchCampaign) -> Iterator[tuple[str, str, str]]:
    none = "–"
    if action.campaign_type is not None:
        yield "type of campaign", none, type_of(action).replace("_", " ")
    yield "places", none, ", ".join(action.locations)
    yield from ((what, none, named) for what, named in _reach(action.targeting))


def _reach(targeting: Targeting) -> Iterator[tuple[str, str]]:
    if targeting.included:
        yield "audiences reached", ", ".join(targeting.included)
    if targeting.excluded:
        yield "audiences excluded", ", ".join(targeting.excluded)
    if targeting.lookalikes:
        alike = (f"{x.audience} {x.percent}%" for x in targeting.lookalikes)
        yield "lookalikes reached", ", ".join(alike)
    if targeting.expansions:
        yield "widened by the platform", ", ".join(targeting.expansions).replace("_", " ")
