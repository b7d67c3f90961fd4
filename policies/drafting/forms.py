"""The form of a policy, read from its own models: a new rule, target or trigger appears by itself."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, TypeAdapter
from pydantic.fields import FieldInfo

from policies.fields import Absent, Hint, Looser, Written
from policies.policy import Policy
from policies.rule import channel_name

Kind = Literal[
    "money",
    "share",
    "whole",
    "yes_no",
    "date",
    "url",
    "text",
    "choice",
    "choices",
    "words",
    "rows",
    "entries",
    "group",
]
"""How a value is typed in. ``rows`` stand a line each, wider ``entries`` are small forms of their own.

``group`` never reaches a form: its fields do.
"""
_PLAIN: Mapping[Any, Kind] = {int: "whole", bool: "yes_no", str: "text", date: "date"}
_SPELT = {"crm": "CRM", "crm_stage": "CRM stage"}
WIDEST_ROW = 4
"""A list of models with more columns than this is typed as entries (a convention of the house)."""
EVERYTHING = "all"


@dataclass(frozen=True)
class FormField:
    """One value a person may write.

    ``path`` names it in the policy's file (``guardrails.step_size.max_share``). ``low`` and ``high`` are bounds
    in the units kept inside (micros, millionths, whole numbers); ``over`` says that ``low`` itself is refused.
    ``choices`` are values with their words, ``columns`` the fields of a row. ``table`` is the path of the table
    keyed by channel the field stands in, and ``row`` the channel. ``every`` is the entry of a list that stands
    for all there could be. ``proves`` and ``falls_back_to`` are as in ``policies.fields.says``.
    """

    path: str
    kind: Kind
    label: str
    help: str = ""
    optional: bool = False
    low: int | None = None
    over: bool = False
    high: int | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    everything: bool = False
    columns: tuple[FormField, ...] = ()
    table: str = ""
    row: str = ""
    group: str = ""
    looser: Looser | None = None
    absent: Absent | None = None
    hint: Hint | None = None
    every: str | None = None
    proves: bool = False
    falls_back_to: str | None = None
    check: TypeAdapter[Any] = field(
        default_factory=lambda: TypeAdapter(Any), repr=False, compare=False
    )

    @property
    def name(self) -> str:
        """The label with the channel or group it belongs to, fit to stand alone."""
        before = channel_name(self.row) if self.row else self.group
        return f"{before}, {self.label}" if before else self.label

    @property
    def has_money(self) -> bool:
        """True where it is an amount of money or lists some: it is written in a currency."""
        return self.kind == "money" or any(c.has_money for c in self.columns)


@dataclass(frozen=True)
class Block:
    """One card of the form: a rule, the targets, or a trigger."""

    path: str
    name: str
    title: str
    help: str
    section: str
    fields: tuple[FormField, ...]


@cache
def policy_blocks() -> tuple[Block, ...]:
    """The cards of a policy, in the order of its fields."""
    return blocks(Policy)


@cache
def policy_fields() -> Mapping[str, FormField]:
    """Every value of a policy by its path."""
    return {f.path: f for block in policy_blocks() for f in block.fields}


def blocks(model: type[BaseModel]) -> tuple[Block, ...]:
    """The cards of a model whose parts are blocks, or sections that hold nothing but blocks.

    Raises:
        TypeError: a field has a type no form knows, or no title.
    """
    found: list[Block] = []
    for name, info in model.model_fields.items():
        part: Any = info.annotation
        if not _is_model(part):
            continue  # the head of the file: whose policy it is, in what currency
        inner = {n: f.annotation for n, f in part.model_fields.items()}
        if all(_is_model(t) for t in inner.values()):
            found += [_block(t, f"{name}.{n}", n, name) for n, t in inner.items()]
        else:
            found.append(_block(part, name, name, name))
    return tuple(found)


def _block(model: Any, path: str, name: str, section: str) -> Block:
    title = getattr(model, "title", None) or name.replace("_", " ").capitalize()
    help_ = " ".join((model.__doc__ or "").split("\n\n")[0].split())
    return Block(path, name, title, help_, section, tuple(fields_of(model, path)))


def fields_of(model: type[BaseModel], path: str, **place: str) -> Iterator[FormField]:
    """The fields of one model, nested ones and those of each channel included."""
    for name, info in model.model_fields.items():
        if info.title is None:
            raise TypeError(f"{path}.{name} has no title; write Field(title=…).")
        yield from _fields(info, f"{path}.{name}", **place)


def _fields(info: FieldInfo, path: str, **place: str) -> Iterator[FormField]:
    optional, hint, marks = _unwrapped(info)
    if _is_model(hint):
        yield from fields_of(hint, path, **{**place, "group": info.title or ""})
    elif get_origin(hint) is dict:
        yield from _keyed(info, hint, path)
    else:
        yield _one(info, hint, marks, path, optional=optional, **place)


def _keyed(info: FieldInfo, hint: Any, path: str) -> Iterator[FormField]:
    """A table keyed by channel: the fields of each channel, all of which may be left out."""
    keys, value = get_args(hint)
    said = _said(info)
    for key in get_args(keys):
        here, place = f"{path}.{key}", {"table": path, "row": key}
        _, inner, marks = _peeled(value)
        if _is_model(inner):
            inside = fields_of(inner, here, **place)
            yield from (_cell(f, said) for f in inside)
        else:
            yield _one(info, inner, marks, here, optional=True, **place)


def _cell(one: FormField, said: dict[str, Any]) -> FormField:
    """A field of a row that may be left out as a whole; what may be missing in two ways that differ says neither."""
    absent = said.get("absent")
    if one.optional and one.absent != absent:
        absent = None
    back = said.get("falls_back_to") or one.falls_back_to
    return _with(one, optional=True, absent=absent, falls_back_to=back)


def _one(
    info: FieldInfo, hint: Any, marks: list[Any], path: str, *, optional: bool, **place: str
) -> FormField:
    kind, more = _kind(hint, marks, path)
    said = _said(info)
    typed = hint if not marks else Annotated[hint, *marks]
    return FormField(
        path=path,
        kind=kind,
        label=info.title or "",
        help=info.description or "",
        optional=optional,
        **{**_bounds(marks), **more, **place},
        looser=said.get("looser"),
        absent=said.get("absent"),
        hint=said.get("hint"),
        every=said.get("every"),
        proves=bool(said.get("proves")),
        falls_back_to=said.get("falls_back_to"),
        check=_adapter(typed),
    )


def _kind(hint: Any, marks: list[Any], path: str) -> tuple[Kind, dict[str, Any]]:
    written = next((m.kind for m in marks if isinstance(m, Written)), None)
    origin = get_origin(hint)
    if hint in _PLAIN:
        return written or _PLAIN[hint], {}
    if origin is Literal:
        return "choice", {"choices": _words(hint)}
    if origin is tuple:
        return _listed(get_args(hint)[0], path)
    if origin in {Union, types.UnionType} and get_args(hint)[1:] == (Literal["all"],):
        kind, more = _kind(get_args(hint)[0], [], path)
        return kind, {**more, "everything": True}
    raise TypeError(f"{path} has a type no form knows: {hint}.")


def _listed(item: Any, path: str) -> tuple[Kind, dict[str, Any]]:
    _, inner, _ = _peeled(item)
    if get_origin(inner) is Literal:
        return "choices", {"choices": _words(inner)}
    if inner is str:
        return "words", {}
    if _is_model(inner):
        columns = tuple(fields_of(inner, path))
        return "rows" if len(columns) <= WIDEST_ROW else "entries", {"columns": columns}
    raise TypeError(f"{path} lists a type no form knows: {item}.")


def _words(literal: Any) -> dict[str, str]:
    return {v: _SPELT.get(v, channel_name(v).replace("_", " ")) for v in get_args(literal)}


def _unwrapped(info: FieldInfo) -> tuple[bool, Any, list[Any]]:
    optional, hint, marks = _peeled(info.annotation)
    return optional, hint, [*marks, *info.metadata]


def _peeled(hint: Any) -> tuple[bool, Any, list[Any]]:
    """Whether None may stand there, the bare type, and the marks on it."""
    marks: list[Any] = []
    optional = False
    while True:
        if get_origin(hint) is Annotated:
            hint, *more = get_args(hint)
            marks = [*more, *marks]
        elif get_origin(hint) in {Union, types.UnionType} and type(None) in get_args(hint):
            (hint,) = (t for t in get_args(hint) if t is not type(None))
            optional = True
        else:
            return optional, hint, marks


def _bounds(marks: list[Any]) -> dict[str, Any]:
    """The tightest of every bound on the way; equal ones, the one that refuses its own value."""
    lows, highs = [], []
    for mark in _flat(marks):
        for name, over in (("ge", False), ("gt", True)):
            if isinstance(value := getattr(mark, name, None), int):
                lows.append((value, over))
        if isinstance(value := getattr(mark, "le", None), int):
            highs.append(value)
    low, over = max(lows, default=(None, False))
    return {"low": low, "over": over, "high": min(highs, default=None)}


def _flat(marks: list[Any]) -> Iterator[Any]:
    for mark in marks:
        yield from mark.metadata if isinstance(mark, FieldInfo) else (mark,)


def _said(info: FieldInfo) -> dict[str, Any]:
    told = info.json_schema_extra
    return dict(told) if isinstance(told, dict) else {}


def _with(one: FormField, **changes: Any) -> FormField:
    return FormField(**{**one.__dict__, **changes})


def _is_model(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, BaseModel)


def _adapter(hint: Any) -> TypeAdapter[Any]:
    args = (get_args(hint)[0], *get_args(get_args(hint)[0])) if get_args(hint) else (hint,)
    nested = any(_is_model(a) for a in args)
    return TypeAdapter(hint, config=None if nested else ConfigDict(strict=True))
