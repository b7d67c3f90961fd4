"""Changes as Google's mutate operations. Field masks are written here by hand, never derived."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from google.ads.googleads.v26.services.types.google_ads_service import MutateOperation as _Wrapped

from engine.model.changes import Change
from engine.model.errors import BadInput
from engine.platforms.google_ads.ads import fill
from engine.platforms.google_ads.mapping import set_enum
from engine.platforms.google_ads.tree import Tree

_Operation: Any = _Wrapped.pb()


def operations(customer: str, changes: Sequence[Change]) -> list[Any]:
    """Every operation of the changes, in their order, for one atomic request.

    Raises:
        BadInput: a change lacks what its kind needs, or says something Google has no word for.
    """
    temporary = iter(range(-1, -1_000_000, -1))
    built: list[Any] = []
    for change in changes:
        try:
            built += _BUILDERS[change.kind](change, customer, temporary)
        except (ValueError, TypeError) as wrong:
            said = f"{change.natural_key}: Google's message cannot hold it ({wrong})."
            raise BadInput(said) from wrong
    return built


def _create_campaign(change: Change, customer: str, temporary: Iterator[int]) -> list[Any]:
    if change.campaign is None:
        raise BadInput(f"{change.natural_key}: no campaign to create was given.")
    return Tree(customer, change.campaign, temporary).operations()


def _set_budget(change: Change, _: str, __: Iterator[int]) -> list[Any]:
    if change.daily_micros is None:
        raise BadInput(f"{change.natural_key}: no amount was given.")
    wrapped = _Operation()
    operation = wrapped.campaign_budget_operation
    operation.update.resource_name = _needed(change, change.budget_resource)
    operation.update.amount_micros = change.daily_micros
    operation.update_mask.paths.append("amount_micros")
    return [wrapped]


def _status(change: Change, _: str, __: Iterator[int]) -> list[Any]:
    wrapped = _Operation()
    campaign = change.kind.endswith("campaign")
    operation = wrapped.campaign_operation if campaign else wrapped.ad_group_ad_operation
    resource = change.campaign_resource if campaign else change.ad_resource
    operation.update.resource_name = _needed(change, resource)
    word = "ENABLED" if change.kind.startswith("enable") else "PAUSED"
    set_enum(operation.update, "status", word)
    operation.update_mask.paths.append("status")
    return [wrapped]


def _create_ad(change: Change, _: str, __: Iterator[int]) -> list[Any]:
    if change.ad is None:
        raise BadInput(f"{change.natural_key}: no ad to create was given.")
    wrapped = _Operation()
    created = wrapped.ad_group_ad_operation.create
    created.ad_group = _needed(change, change.ad_group_resource)
    fill(created, change.ad, change.channel)
    return [wrapped]


def _needed(change: Change, resource: str) -> str:
    if not resource:
        raise BadInput(f"{change.natural_key}: the platform's own name of the thing is missing.")
    return resource


_BUILDERS: Mapping[str, Callable[[Change, str, Iterator[int]], list[Any]]] = {
    "create_campaign": _create_campaign,
    "set_budget": _set_budget,
    "enable_campaign": _status,
    "pause_campaign": _status,
    "create_ad": _create_ad,
    "enable_ad": _status,
    "pause_ad": _status,
}
