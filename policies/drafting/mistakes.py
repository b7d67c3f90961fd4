"""Where a mistake belongs on the form: the sentences of ``policies.reading`` begin with a path. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from policies.drafting.forms import FormField, policy_blocks, policy_fields
from policies.drafting.layers import Values
from policies.money import MICROS
from policies.rule import CHANNEL_NAMES, percent

_MISSING = "Nothing may be left out of a policy, so write it."
_PATH = re.compile(r"^([a-z_]+(?:\.\w+)*): (.*)$", re.DOTALL)


@dataclass(frozen=True)
class Mistake:
    """One sentence. ``block`` is the card it belongs to, ``path`` its field; empty where it belongs to none."""

    sentence: str
    block: str = ""
    path: str = ""


def placed(errors: Iterable[str]) -> tuple[Mistake, ...]:
    """The sentences of a ``BadPolicy``, each at its place."""
    return tuple(_place(error) for error in errors)


def _place(error: str) -> Mistake:
    found = _PATH.match(error)
    if not found:
        return Mistake(error)
    path, said = found[1], found[2]
    block = next((b for b in policy_blocks() if _within(path, b.path)), None)
    if block is None:
        return Mistake(error)
    one = next((f for f in block.fields if _within(path, f.path)), None)
    rows = (f for f in block.fields if f.row and path == f"{f.table}.{f.row}")
    row = next(rows, None)
    if one is not None:
        return Mistake(
            _told(one, path.removeprefix(one.path).strip("."), said), block.path, one.path
        )
    if said.startswith("is missing"):
        return Mistake(_MISSING, block.path)
    return Mistake(_in_words(said), block.path, row.path if row else "")


def _within(path: str, outer: str) -> bool:
    return path == outer or path.startswith(f"{outer}.")


def _told(one: FormField, rest: str, said: str) -> str:
    """The sentence in the words of the form; ``rest`` is the place within the field's own value."""
    if said.startswith("is missing") and not rest:
        return _MISSING
    number, _, name = rest.partition(".")
    if one.columns and number.isdigit():
        column = next(
            (c for c in one.columns if c.path.endswith(f".{name.partition('.')[0]}")), None
        )
        place = f"{'Entry' if one.kind == 'entries' else 'Line'} {int(number) + 1}"
        where = f"{place}, {column.label}: " if column else f"{place}: "
        if said.startswith("is missing"):
            return f"{where}write it."
        return where + _plain_english(said)
    if said.startswith("Input should be"):
        return expected(one)
    text = _plain_english(said)
    return text[:1].upper() + text[1:]


def expected(one: FormField) -> str:
    """What a field takes, as a sentence."""
    least, most = one.low or 0, one.high
    if one.kind == "money":
        return "Write an amount above 0." if one.over else "Write an amount, 0 or more."
    if one.kind == "share":
        top = percent(one.high if one.high is not None else MICROS)
        return f"Write a share {'above' if one.over else 'from'} 0% {'and up ' if one.over else ''}to {top}."
    if one.kind == "whole":
        top = f" to {most}" if most is not None else ""
        return f"Write a whole number from {least + one.over}{top or ' up'}."
    if one.choices:
        return f"Write one of: {', '.join(one.choices.values())}."
    return "Write something that fits here."


def _plain_english(said: str) -> str:
    for theirs, ours in (
        ("String should have", "write"),
        ("Tuple should have", "write"),
        ("Input should be", "write"),
    ):
        said = said.replace(theirs, ours)
    return said


def _in_words(said: str) -> str:
    """A sentence about several fields, with their labels and shares in percent as the form has them."""
    for one in policy_fields().values():
        name = one.path.rpartition(".")[2]
        if "_" in name:
            said = re.sub(rf"(?:targets\.)?\b{name}\b", f"“{one.label}”", said)
    for key, name in CHANNEL_NAMES.items():
        said = re.sub(rf"\b{key}\b", name, said)
    said = re.sub(r'"0\.(\d\d)"', r"\1%", said)
    return said[:1].upper() + said[1:]


def partial_mistakes(values: Values) -> tuple[Mistake, ...]:
    """What is wrong with values that are no whole policy: each is checked by itself.

    Amounts of money are refused: the layer above the clients has no currency.
    """
    known = policy_fields()
    found = []
    for path, value in values.items():
        one = known.get(path)
        if one is None:
            found.append(Mistake(f'"{path}" is no value of a policy.'))
        elif one.has_money:
            found.append(Mistake(_no_money(one), _block_of(path), path))
        else:
            found += _wrong(one, value)
    return tuple(found)


def _no_money(one: FormField) -> str:
    is_money = "is an amount of money" if one.kind == "money" else "holds amounts of money"
    return (
        f"{one.name} {is_money}, and clients have different currencies; write it for each client."
    )


def _wrong(one: FormField, value: object) -> list[Mistake]:
    try:
        one.check.validate_json(json.dumps(value))
    except ValidationError as bad:
        told: dict[str, None] = {}
        for error in bad.errors(include_url=False):
            rest = ".".join(str(part) for part in error["loc"])
            told[_told(one, rest, f"{error['msg'].removeprefix('Value error, ')}.")] = None
        return [Mistake(t, _block_of(one.path), one.path) for t in told]
    return []


def _block_of(path: str) -> str:
    return next((b.path for b in policy_blocks() if _within(path, b.path)), "")


def by_field(mistakes: Iterable[Mistake]) -> Mapping[str, tuple[str, ...]]:
    """The sentences by the field, or else the card, or else "" they belong to."""
    found: dict[str, tuple[str, ...]] = {}
    for one in mistakes:
        key = one.path or one.block
        found[key] = (*found.get(key, ()), one.sentence)
    return found
