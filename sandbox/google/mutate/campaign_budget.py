"""campaign_budget: amounts in whole billable units, own or shared."""

from __future__ import annotations

from typing import Any

from sandbox.google.failures import Problem
from sandbox.google.mutate.draft import Draft
from sandbox.google.mutate.kind import Kind, mark_removed
from sandbox.google.wire import enum_name, set_enum

_UNITS = {"JPY": 1_000_000, "KRW": 1_000_000, "CLP": 1_000_000, "HUF": 10_000_000}
_LEAST_UNITS = 100  # our guess of the least daily budget: 100 billable units, 1.00 in GBP
_MOST_MICROS = 10_000_000_000_000


def billable_unit(currency: str) -> int:
    """The smallest chargeable amount of a currency, in micros."""
    return _UNITS.get(currency, 10_000)


def _amount(draft: Draft, message: Any) -> None:
    amount, unit = message.amount_micros, billable_unit(draft.currency)
    code, said = "", ""
    if not message.HasField("amount_micros"):
        raise Problem(
            "field_error", "REQUIRED", "amount_micros is required.", (("amount_micros", None),)
        )
    if amount < 0:
        code, said = "NEGATIVE_MONEY_AMOUNT", f"The amount {amount} is negative."
    elif amount % unit:
        code = "NON_MULTIPLE_OF_MINIMUM_CURRENCY_UNIT"
        said = f"{amount} micros is no multiple of {unit}, the billable unit of {draft.currency}."
    elif amount < unit * _LEAST_UNITS:
        code = "BUDGET_BELOW_PER_DAY_MINIMUM"
        said = f"{amount} micros a day is below the least, {unit * _LEAST_UNITS}."
    elif amount > _MOST_MICROS:
        code, said = "MONEY_AMOUNT_TOO_LARGE", f"{amount} micros a day is too much."
    if code:
        raise Problem("campaign_budget_error", code, said, (("amount_micros", None),), str(amount))


def _unique(draft: Draft, message: Any, shared: bool) -> None:  # noqa: FBT001 - private
    if not shared:
        return
    if not message.name:
        raise Problem("field_error", "REQUIRED", "A shared budget needs a name.", (("name", None),))
    for other in draft.of("campaignBudgets"):
        same = other.resource_name != message.resource_name and other.name == message.name
        if same and other.explicitly_shared and enum_name(other, "status") != "REMOVED":
            said = f"A shared budget named {message.name!r} is there already."
            raise Problem("campaign_budget_error", "DUPLICATE_NAME", said, (("name", None),))


def _create(draft: Draft, message: Any) -> None:
    if enum_name(message, "period") == "CUSTOM_PERIOD" or message.HasField("total_amount_micros"):
        said = "Total budgets are outside this market; use a daily budget."
        raise Problem("campaign_budget_error", "INVALID_PERIOD", said, (("period", None),))
    _amount(draft, message)
    if not message.HasField("explicitly_shared"):
        message.explicitly_shared = True
    _unique(draft, message, message.explicitly_shared)
    number = draft.new_id(message.resource_name)
    message.resource_name = draft.name("campaignBudgets", number)
    message.id = number
    message.reference_count = 0
    set_enum(message, "status", "ENABLED")
    set_enum(message, "period", "DAILY")
    set_enum(message, "type_", "STANDARD")
    if enum_name(message, "delivery_method") in {"UNSPECIFIED", "UNKNOWN"}:
        set_enum(message, "delivery_method", "STANDARD")


def _check(draft: Draft, before: Any, after: Any) -> None:
    if enum_name(before, "status") == "REMOVED":
        said = f"The budget {before.resource_name} was removed."
        raise Problem("campaign_budget_error", "CAMPAIGN_BUDGET_REMOVED", said)
    if before.explicitly_shared and not after.explicitly_shared:
        said = "A shared budget cannot be made unshared."
        code = "CANNOT_UPDATE_CAMPAIGN_BUDGET_TO_IMPLICITLY_SHARED"
        raise Problem("campaign_budget_error", code, said)
    _amount(draft, after)
    _unique(draft, after, after.explicitly_shared)


def _remove(draft: Draft, name: str) -> None:
    if draft.found(name, "campaign_budget").reference_count:
        said = f"The budget {name} is used by a campaign."
        raise Problem("campaign_budget_error", "CAMPAIGN_BUDGET_IN_USE", said)
    mark_removed(draft, "campaign_budget", name)


KIND = Kind(
    name="campaign_budget",
    fixed=frozenset({"resource_name", "id", "period", "type", "status", "reference_count"}),
    create=_create,
    check=_check,
    remove=_remove,
)
