"""ad_group: named once in its campaign."""

from __future__ import annotations

from typing import Any

from sandbox.google.failures import Problem
from sandbox.google.mutate.draft import Draft
from sandbox.google.mutate.kind import Kind, mark_removed, not_removed, required, settable_status
from sandbox.google.wire import enum_name, set_enum


def _name(draft: Draft, message: Any) -> None:
    required(message, "name")
    for other in draft.of("adGroups"):
        same = other.campaign == message.campaign and other.name == message.name
        if not same or other.resource_name == message.resource_name:
            continue
        if enum_name(other, "status") != "REMOVED":
            said = f"An ad group named {message.name!r} is in this campaign already."
            where = (("name", None),)
            raise Problem("ad_group_error", "DUPLICATE_ADGROUP_NAME", said, where, message.name)


def _create(draft: Draft, message: Any) -> None:
    required(message, "campaign")
    campaign = draft.found(message.campaign, "campaign")
    not_removed(campaign, "campaign")
    settable_status(message)
    _name(draft, message)
    search = enum_name(campaign, "advertising_channel_type") == "SEARCH"
    asked = enum_name(message, "type_")
    if asked not in {"UNSPECIFIED", "SEARCH_STANDARD"} or (asked != "UNSPECIFIED" and not search):
        said = f"The ad group type {asked} does not go with this campaign."
        code = "OPERATION_NOT_PERMITTED_FOR_AD_GROUP_TYPE"
        raise Problem("operation_access_denied_error", code, said, (("type", None),))
    if search:
        set_enum(message, "type_", "SEARCH_STANDARD")
    number = draft.new_id(message.resource_name)
    message.resource_name = draft.name("adGroups", number)
    message.id = number


def _check(draft: Draft, before: Any, after: Any) -> None:
    not_removed(before, "ad_group")
    settable_status(after)
    _name(draft, after)


def _remove(draft: Draft, name: str) -> None:
    mark_removed(draft, "ad_group", name)


KIND = Kind(
    name="ad_group",
    fixed=frozenset({"resource_name", "id", "campaign", "type", "type_"}),
    create=_create,
    check=_check,
    remove=_remove,
)
