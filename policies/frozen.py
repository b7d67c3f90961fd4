"""Strict, immutable values: what everything the gate looks at is made of."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A strict, immutable value that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


M = TypeVar("M", bound=Frozen)
_put = object.__setattr__


def built(kind: type[M], fields: dict[str, Any], told: set[str]) -> M:
    """A model of fields that are known to be sound, every one of them there, without asking its validators.

    ``told`` are those that were not left at their default.
    """
    model = kind.__new__(kind)
    _put(model, "__dict__", fields)
    _put(model, "__pydantic_fields_set__", told)
    _put(model, "__pydantic_extra__", None)
    _put(model, "__pydantic_private__", None)
    return model


def altered(model: M, update: dict[str, Any]) -> M:
    """``model.model_copy(update=update)``, as unchecked as that and in a tenth of its time."""
    fields, told = model.__dict__ | update, model.__pydantic_fields_set__ | update.keys()
    return built(type(model), fields, told)


class Sealed(Frozen):
    """A value that is checked again, to the bottom, wherever it is put into another."""

    model_config = ConfigDict(revalidate_instances="always")
