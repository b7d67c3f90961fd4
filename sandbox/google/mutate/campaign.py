"""campaign: its budget, channel, bidding and the declarations Google asks for."""

from __future__ import annotations

from typing import Any

from sandbox.google.failures import Problem
from sandbox.google.mutate.draft import Draft
from sandbox.google.mutate.kind import Kind, mark_removed, not_removed, required, settable_status
from sandbox.google.wire import enum_name, set_enum

_SERVED = {"SEARCH", "DEMAND_GEN"}
_BIDDING = {
    "manual_cpc": "MANUAL_CPC",
    "maximize_conversions": "MAXIMIZE_CONVERSIONS",
    "maximize_conversion_value": "MAXIMIZE_CONVERSION_VALUE",
    "target_cpa": "TARGET_CPA",
    "target_roas": "TARGET_ROAS",
    "target_spend": "TARGET_SPEND",
    "target_impression_share": "TARGET_IMPRESSION_SHARE",
    "target_cpc": "TARGET_CPC",
    "bidding_strategy": "UNKNOWN",
}


def _name(draft: Draft, message: Any) -> None:
    required(message, "name")
    for other in draft.of("campaigns"):
        if other.resource_name == message.resource_name or other.name != message.name:
            continue
        if enum_name(other, "status") != "REMOVED":
            said = f"A campaign named {message.name!r} is there already."
            where = (("name", None),)
            raise Problem("campaign_error", "DUPLICATE_CAMPAIGN_NAME", said, where, message.name)


def _budget(draft: Draft, message: Any) -> None:
    required(message, "campaign_budget")
    budget = draft.found(message.campaign_budget, "campaign_budget")
    if enum_name(budget, "status") == "REMOVED":
        said = f"The budget {budget.resource_name} was removed."
        raise Problem("campaign_budget_error", "CAMPAIGN_BUDGET_REMOVED", said)
    users = [
        each
        for each in draft.of("campaigns")
        if each.campaign_budget == budget.resource_name
        and each.resource_name != message.resource_name
        and enum_name(each, "status") != "REMOVED"
    ]
    if users and not budget.explicitly_shared:
        code = "CANNOT_USE_IMPLICITLY_SHARED_CAMPAIGN_BUDGET_WITH_MULTIPLE_CAMPAIGNS"
        said = f"The budget {budget.resource_name} is not shared and is used by another campaign."
        raise Problem("campaign_budget_error", code, said, (("campaign_budget", None),))


def count_users(draft: Draft, name: str) -> None:
    """Keep a budget's reference_count: campaigns that are not removed."""
    budget = draft.entities.get(name)
    if budget is None:
        return
    users = sum(
        each.campaign_budget == name and enum_name(each, "status") != "REMOVED"
        for each in draft.of("campaigns")
    )
    after = type(budget)()
    after.CopyFrom(budget)
    after.reference_count = users
    draft.entities[name] = after


def _bidding(message: Any) -> None:
    chosen = message.WhichOneof("campaign_bidding_strategy")
    if chosen is None:
        said = "A campaign needs a bidding strategy."
        where = (("campaign_bidding_strategy", None),)
        raise Problem("field_error", "REQUIRED", said, where)
    set_enum(message, "bidding_strategy_type", _BIDDING.get(chosen, "UNKNOWN"))


def _create(draft: Draft, message: Any) -> None:
    channel = enum_name(message, "advertising_channel_type")
    if channel == "UNSPECIFIED":
        required(message, "advertising_channel_type")
    if channel not in _SERVED:
        said = f"This market serves {sorted(_SERVED)}, not {channel}."
        code = "OPERATION_NOT_PERMITTED_FOR_CAMPAIGN_TYPE"
        raise Problem("operation_access_denied_error", code, said)
    settable_status(message)
    _name(draft, message)
    _budget(draft, message)
    _bidding(message)
    required(message, "contains_eu_political_advertising")
    number = draft.new_id(message.resource_name)
    message.resource_name = draft.name("campaigns", number)
    message.id = number
    set_enum(message, "serving_status", "SERVING")
    if not message.start_date_time:
        message.start_date_time = f"{draft.today.isoformat()} 00:00:00"


def _check(draft: Draft, before: Any, after: Any) -> None:
    not_removed(before, "campaign")
    settable_status(after)
    _name(draft, after)
    _budget(draft, after)
    _bidding(after)


def _remove(draft: Draft, name: str) -> None:
    after = mark_removed(draft, "campaign", name)
    count_users(draft, after.campaign_budget)
    budget = draft.entities.get(after.campaign_budget)
    if budget is not None and not budget.explicitly_shared and not budget.reference_count:
        gone = type(budget)()
        gone.CopyFrom(budget)
        set_enum(gone, "status", "REMOVED")
        draft.entities[gone.resource_name] = gone


KIND = Kind(
    name="campaign",
    fixed=frozenset(
        {
            "resource_name",
            "id",
            "advertising_channel_type",
            "advertising_channel_sub_type",
            "bidding_strategy_type",
            "serving_status",
            "primary_status",
            "payment_mode",
        }
    ),
    create=_create,
    check=_check,
    remove=_remove,
)
