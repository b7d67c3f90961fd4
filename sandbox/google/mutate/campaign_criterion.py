"""campaign_criterion: locations, languages, schedules, devices and negative keywords."""

from __future__ import annotations

from typing import Any

from sandbox.google.failures import Problem
from sandbox.google.mutate.ad_group_criterion import check_keyword
from sandbox.google.mutate.draft import Draft
from sandbox.google.mutate.kind import Kind, not_removed, required
from sandbox.google.wire import blank, set_enum

_TYPES = {
    "location": "LOCATION",
    "language": "LANGUAGE",
    "keyword": "KEYWORD",
    "ad_schedule": "AD_SCHEDULE",
    "device": "DEVICE",
}


def _create(draft: Draft, message: Any) -> None:
    required(message, "campaign")
    campaign = draft.found(message.campaign, "campaign")
    not_removed(campaign, "campaign")
    body = message.WhichOneof("criterion")
    if body not in _TYPES:
        said = f"A campaign criterion must be one of {sorted(_TYPES)}."
        raise Problem("campaign_criterion_error", "CONCRETE_TYPE_REQUIRED", said)
    if body == "keyword":
        if not message.negative:
            said = "A campaign takes negative keywords only."
            raise Problem("field_error", "INVALID_VALUE", said, (("negative", None),))
        check_keyword(message.keyword)
    for other in draft.of("campaignCriteria"):
        same = other.campaign == message.campaign and other.WhichOneof("criterion") == body
        if same and getattr(other, body) == getattr(message, body):
            twice = other.negative == message.negative
            code = "CANNOT_ADD_EXISTING_FIELD" if twice else "CANNOT_TARGET_AND_EXCLUDE"
            said = f"The campaign has this {body} already."
            raise Problem("campaign_criterion_error", code, said)
    number = draft.new_id(message.resource_name)
    message.resource_name = draft.name("campaignCriteria", campaign.id, number)
    message.criterion_id = number
    set_enum(message, "type_", _TYPES[body])
    if set_status := blank("campaign_criterion").DESCRIPTOR.fields_by_name.get("status"):
        set_enum(message, set_status.name, "ENABLED")


def _check(draft: Draft, before: Any, after: Any) -> None:
    if before.negative:
        said = f"The negative criterion {after.resource_name} of {draft.customer_id} cannot change."
        raise Problem("campaign_criterion_error", "CANNOT_UPDATE_NEGATIVE_CRITERION", said)


def _remove(draft: Draft, name: str) -> None:
    draft.found(name, "campaign_criterion")
    draft.drop("campaign_criterion", name)


KIND = Kind(
    name="campaign_criterion",
    fixed=frozenset(
        {
            "resource_name",
            "criterion_id",
            "campaign",
            "negative",
            "type",
            "status",
            "keyword",
            "location",
            "language",
            "ad_schedule",
            "device",
        }
    ),
    create=_create,
    check=_check,
    remove=_remove,
)
