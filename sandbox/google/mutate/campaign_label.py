"""campaign_label: a label on a campaign; it is created or removed, never changed."""

from __future__ import annotations

from typing import Any

from sandbox.google.failures import Problem
from sandbox.google.mutate.draft import Draft
from sandbox.google.mutate.kind import Kind, not_removed, required


def _create(draft: Draft, message: Any) -> None:
    required(message, "campaign")
    required(message, "label")
    campaign = draft.found(message.campaign, "campaign")
    label = draft.found(message.label, "label")
    not_removed(campaign, "campaign")
    not_removed(label, "label")
    message.resource_name = draft.name("campaignLabels", campaign.id, label.id)
    if message.resource_name in draft.entities:
        said = f"The campaign {campaign.resource_name} has this label already."
        raise Problem("campaign_error", "CAMPAIGN_LABEL_ALREADY_EXISTS", said)


def _check(draft: Draft, before: Any, after: Any) -> None:
    said = f"{after.resource_name or before.resource_name} of {draft.customer_id} cannot change."
    raise Problem("operator_error", "OPERATOR_NOT_SUPPORTED", said)


def _remove(draft: Draft, name: str) -> None:
    draft.found(name, "campaign_label")
    draft.drop("campaign_label", name)


KIND = Kind(
    name="campaign_label",
    fixed=frozenset(),
    create=_create,
    check=_check,
    remove=_remove,
)
