"""A proposal with other amounts in it: a new action of the same kind, to be judged again. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from engine.model.errors import BadInput
from policies.actions import LaunchCampaign, SetBudgets, ShiftBudget, budget_changes

MARK = "Amounts changed by a person."


def editable(action: Any) -> bool:
    """True for proposals whose amounts a person may change."""
    return isinstance(action, SetBudgets | ShiftBudget | LaunchCampaign)


def edited(action: Any, amounts: Mapping[str, int]) -> Any:
    """The proposal with these daily budgets, in micros by campaign; one that is left out keeps its amount.

    Raises:
        BadInput: its amounts cannot be changed, a campaign is not in it, nothing differs, or a move would not
        conserve money.
    """
    if not editable(action):
        raise BadInput("This has no amounts to change; approve it as it is or reject it.")
    rows = {c.campaign: c for c in budget_changes(action)}
    strange = sorted(set(amounts) - set(rows))
    if strange or any(a < 0 for a in amounts.values()):
        raise BadInput("Write an amount of zero or more for a campaign of this proposal.")
    wanted = {key: amounts.get(key, row.after_micros) for key, row in rows.items()}
    if all(wanted[key] == row.after_micros for key, row in rows.items()):
        raise BadInput("No amount differs from what was proposed; approve it as it is.")
    change: dict[str, Any] = {"reason": f"{action.reason.removesuffix(MARK).rstrip()} {MARK}"}
    if isinstance(action, LaunchCampaign):
        change["daily_micros"] = wanted[action.campaign]
    else:
        change["changes"] = tuple(
            row.model_copy(update={"after_micros": wanted[key]}) for key, row in rows.items()
        )
    try:
        return type(action).model_validate({**dict(action), **change})
    except ValidationError:
        total = sum(wanted[key] - row.before_micros for key, row in rows.items())
        raise BadInput(
            "A move takes from one campaign what it gives to another; these amounts change the total"
            f" by {total / 1_000_000:,.2f} a day."
        ) from None
