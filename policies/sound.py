"""Proof that a value really is what its type says, worked out once per object.

A frozen model can still be built around its validators (``model_construct``, ``model_copy``), with
NaN for money. So the gate re-validates what it is given, to the bottom. The proof is kept on the
very object it was made for: a copy carries the mark of another object along, which counts for
nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from policies.actions import Frozen

T = TypeVar("T")


def once(model: Frozen, name: str, work: Callable[[], T]) -> T:
    """The result of ``work`` for this very object, computed at the first call."""
    kept = model.__dict__.get(name)
    if isinstance(kept, tuple) and kept[0] is model:
        result: T = kept[1]
        return result
    fresh = work()
    model.__dict__[name] = (model, fresh)
    return fresh


def proved(model: Frozen) -> None:
    """Check every field of a model, nested ones included.

    Raises:
        pydantic.ValidationError: a field does not hold what its type says.
    """
    once(model, "_proved", lambda: _validate(model))


def proved_text(model: Frozen) -> None:
    """The same for a model whose fields are written otherwise than kept (amounts as text).

    Raises:
        pydantic.ValidationError: a field does not hold what its type says.
    """
    once(model, "_proved", lambda: _validate_text(model))


def _validate(model: Frozen) -> bool:
    # The serializer is told to keep quiet: a value that does not fit is refused by the validator.
    type(model).model_validate(model.model_dump(warnings=False))
    return True


def _validate_text(model: Frozen) -> bool:
    type(model).model_validate_json(model.model_dump_json(warnings="error"))
    return True
