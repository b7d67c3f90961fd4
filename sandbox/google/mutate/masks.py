"""Field masks as Google applies them: only named fields change; a named, unset field is cleared."""

from __future__ import annotations

from typing import Any

from sandbox.google.failures import Problem
from sandbox.google.wire import blank


def check_paths(message: Any, paths: list[str], fixed: frozenset[str]) -> None:
    """Check a mask.

    Raises:
        Problem: a path is unknown, names a fixed field, or the mask is empty.
    """
    if not paths:
        raise Problem("field_mask_error", "FIELD_MASK_MISSING", "An update needs an update_mask.")
    for path in paths:
        _known(message.DESCRIPTOR, path)
        if path.split(".", 1)[0] in fixed or path in fixed:
            said = f"The field {path} cannot be changed after creation."
            raise Problem("field_error", "IMMUTABLE_FIELD", said, ((path, None),))


def apply(kind: str, stored: Any, given: Any, paths: list[str]) -> Any:
    """A copy of `stored` with the masked fields taken from `given`."""
    result = blank(kind)
    result.CopyFrom(stored)
    for path in paths:
        _copy(result, given, path.split("."))
    return result


def _known(descriptor: Any, path: str) -> None:
    here, field = descriptor, None
    for part in path.split("."):
        field = None if here is None else _field(here, part)
        if field is None:
            said = f"The field mask names {path}, which does not exist."
            raise Problem("field_mask_error", "FIELD_NOT_FOUND", said, trigger=path)
        here = field.message_type
    if field is not None and here is not None and here.fields and not field.is_repeated:
        said = f"The field {path} has fields of its own, such as {path}.{here.fields[0].name}."
        raise Problem("field_mask_error", "FIELD_HAS_SUBFIELDS", said, trigger=path)


def _field(descriptor: Any, part: str) -> Any:
    known = descriptor.fields_by_name
    return known.get(part) or known.get(f"{part}_")


def _copy(target: Any, given: Any, parts: list[str]) -> None:
    field = _field(target.DESCRIPTOR, parts[0])
    name = field.name
    if len(parts) > 1:
        _copy(getattr(target, name), getattr(given, name), parts[1:])
        return
    if field.is_repeated:
        target.ClearField(name)
        getattr(target, name).MergeFrom(getattr(given, name))
    elif field.message_type is not None:
        target.ClearField(name)
        if given.HasField(name):
            getattr(target, name).CopyFrom(getattr(given, name))
    elif field.has_presence and not given.HasField(name):
        target.ClearField(name)
    else:
        setattr(target, name, getattr(given, name))
