"""label: a word to hang on campaigns."""

from __future__ import annotations

from typing import Any

from sandbox.google.failures import Problem
from sandbox.google.mutate.draft import Draft
from sandbox.google.mutate.kind import Kind, fits, mark_removed, not_removed, required
from sandbox.google.wire import enum_name, set_enum


def _name(draft: Draft, message: Any) -> None:
    required(message, "name")
    fits(message.name, 80, "name")
    for other in draft.of("labels"):
        same = other.name == message.name and other.resource_name != message.resource_name
        if same and enum_name(other, "status") != "REMOVED":
            said = f"A label named {message.name!r} is there already."
            raise Problem("label_error", "DUPLICATE_NAME", said, (("name", None),), message.name)


def _create(draft: Draft, message: Any) -> None:
    _name(draft, message)
    number = draft.new_id(message.resource_name)
    message.resource_name = draft.name("labels", number)
    message.id = number
    set_enum(message, "status", "ENABLED")


def _check(draft: Draft, before: Any, after: Any) -> None:
    not_removed(before, "label")
    _name(draft, after)


def _remove(draft: Draft, name: str) -> None:
    mark_removed(draft, "label", name)
    for link in draft.of("campaignLabels"):
        if link.label == name:
            draft.entities.pop(link.resource_name)


KIND = Kind(
    name="label",
    fixed=frozenset({"resource_name", "id", "status"}),
    create=_create,
    check=_check,
    remove=_remove,
)
