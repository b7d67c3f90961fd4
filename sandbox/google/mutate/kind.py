"""What the table of kinds holds, and checks that several kinds share."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.google.failures import Problem
from sandbox.google.mutate.draft import Draft
from sandbox.google.wire import enum_name, set_enum


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of resource is created, changed and removed. Each function may raise Problem."""

    name: str
    fixed: frozenset[str]  # fields that cannot change after creation
    create: Callable[[Draft, Any], None]  # checks, fills in id, resource name and defaults
    check: Callable[[Draft, Any, Any], None]  # before, after
    remove: Callable[[Draft, str], None]


def required(message: Any, field: str, shown: str = "") -> None:
    """Refuse an empty field.

    Raises:
        Problem: the field is not set.
    """
    if not getattr(message, field):
        name = shown or field
        raise Problem("field_error", "REQUIRED", f"The field {name} is required.", ((name, None),))


def mark_removed(draft: Draft, kind: str, name: str) -> Any:
    """Set a resource's status to REMOVED, as Google keeps removed things visible.

    Raises:
        Problem: it is not there, or was removed before.
    """
    stored = draft.found(name, kind)
    not_removed(stored, kind)
    after = type(stored)()
    after.CopyFrom(stored)
    set_enum(after, "status", "REMOVED")
    draft.put(kind, "remove", after)
    return after


def not_removed(message: Any, kind: str) -> None:
    """Refuse to work on something removed.

    Raises:
        Problem: it was removed.
    """
    if enum_name(message, "status") == "REMOVED":
        said = f"The {kind.replace('_', ' ')} {message.resource_name} was removed."
        raise Problem("context_error", "OPERATION_NOT_PERMITTED_FOR_REMOVED_RESOURCE", said)


def settable_status(message: Any) -> None:
    """A status that a caller may set: ENABLED or PAUSED; ENABLED when nothing is said.

    Raises:
        Problem: another status was asked for.
    """
    status = enum_name(message, "status")
    if status == "UNSPECIFIED":
        set_enum(message, "status", "ENABLED")
    elif status not in {"ENABLED", "PAUSED"}:
        said = f"The status {status} cannot be set; use remove."
        raise Problem("field_error", "INVALID_VALUE", said, (("status", None),), status)


def width(text: str) -> int:
    """How long Google counts a text: characters of double width count twice."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def fits(text: str, most: int, field: str) -> None:
    """Refuse a text that is too long.

    Raises:
        Problem: it is wider than `most`.
    """
    if width(text) > most:
        said = f"{field} {text!r} is {width(text)} characters wide; at most {most} are allowed."
        raise Problem("string_length_error", "TOO_LONG", said, ((field, None),), text)
