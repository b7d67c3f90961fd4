"""Proof that a value really is what its type says, worked out once per object.

A frozen model can still be built around its validators (``model_construct``, ``model_copy``), with
NaN for money. So the gate re-validates what it is given, to the bottom. The proof, and whatever else
was worked out, is kept on the very object it was made for: a copy carries the mark of another object
along, which counts for nothing. It holds while every field is the very value it was proved with; a
field that was exchanged behind the model's back is proved afresh, and everything kept is forgotten.
What its own validators made is proved by that (``born``); the gate does not ask the same a second time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from operator import is_
from typing import Any, TypeVar, get_args
from weakref import ref

from pydantic import BaseModel

from policies.frozen import Frozen, Sealed

M = TypeVar("M", bound=Frozen)
T = TypeVar("T")
_KEPT = "_kept"


class _Kept:
    """What was worked out of one object, and the values of its fields at that time."""

    __slots__ = ("fields", "of", "proved", "results")

    def __init__(self, model: Frozen) -> None:
        self.of = ref(model)  # a plain reference would be a circle for the collector to find
        self.fields = tuple(model.__dict__.values())
        self.proved = False
        self.results: dict[Callable[..., Any], Any] = {}


def once(model: M, work: Callable[[M], T]) -> T:
    """``work(model)`` for this very object, computed at the first call."""
    kept = model.__dict__.get(_KEPT)
    if type(kept) is not _Kept or kept.of() is not model:
        kept = _keep(model)
    if work in kept.results:
        result: T = kept.results[work]
        return result
    fresh = kept.results[work] = work(model)
    return fresh


def _keep(model: Frozen) -> _Kept:
    held = model.__dict__
    held.pop(_KEPT, None)
    kept = held[_KEPT] = _Kept(model)
    return kept


def born(model: Frozen) -> None:
    """Keep that a model has just come out of its own validators: call it as the last of them.

    Only where they looked into every value by themselves; anything else is proved when it is asked about. A model
    built around its validators never comes here, and a copy of one that did carries a mark that counts for nothing.
    An object handed to ``model_validate`` as it is comes here unread: hand it fields (a dict, a text).
    """
    if sealed_inside(type(model)):
        _keep(model).proved = True


def proved(model: Frozen) -> None:
    """Check every field of a model, nested ones included.

    Raises:
        pydantic.ValidationError: a field does not hold what its type says.
    """
    _prove(model, _validate)


def proved_text(model: Frozen) -> None:
    """The same for a model whose fields are written otherwise than kept (amounts as text).

    Raises:
        pydantic.ValidationError: a field does not hold what its type says.
    """
    _prove(model, _validate_text)


def _prove(model: Frozen, validate: Callable[[Frozen], None]) -> None:
    """Validate unless this very object was, and forget what was worked out of other values than its fields hold now."""
    kept = model.__dict__.get(_KEPT)
    if type(kept) is not _Kept or kept.of() is not model or not _alike(model, kept.fields):
        validate(model)
        _keep(model).proved = True
    elif not kept.proved:
        validate(model)
        kept.proved = True


def _alike(model: Frozen, fields: tuple[Any, ...]) -> bool:
    # By identity: an equal value of another kind (True for 1) is another value. What is kept stands
    # after the fields, so that a field taken out moves it to where a value was.
    return all(map(is_, model.__dict__.values(), fields))


def _validate(model: Frozen) -> None:
    kind, held = type(model), model.__dict__
    if not sealed_inside(kind):
        # The serializer is told to keep quiet: a value that does not fit is refused by the validator.
        kind.model_validate(model.model_dump(warnings=False))
        return
    # One pass does it: the validator looks into every value by itself.
    if _KEPT in held:
        held = {name: value for name, value in held.items() if name != _KEPT}
    kind.__pydantic_validator__.validate_python(held)


@cache
def sealed_inside(kind: type[Frozen]) -> bool:
    """True when every model a model of this kind can hold is checked again where it is held."""
    return all(
        issubclass(inner, Sealed) and sealed_inside(inner)
        for field in kind.model_fields.values()
        for inner in _models(field.annotation)
    )


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif annotation in (Any, object):
        yield BaseModel  # it may hold anything
    for part in get_args(annotation):
        yield from _models(part)


def _validate_text(model: Frozen) -> None:
    type(model).model_validate_json(model.model_dump_json(warnings="error"))
