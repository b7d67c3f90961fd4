"""Between what a person types into a form and what a policy file holds. Pure.

A field left empty writes nothing: the value of the outer layer holds, and where there is none the policy
is refused. A list that is to be empty says so: ``(none)``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from policies.drafting.forms import EVERYTHING, FormField
from policies.drafting.layers import Values
from policies.money import MICROS, decimal_text, micros
from policies.rule import percent

NONE = "(none)"
"""What stands for a list without entries."""
_PERCENT = Decimal(100)
_ESCAPES = str.maketrans({"\\": "\\\\", "|": "\\|", "/": "\\/", "\n": "\\n", "\r": "\\r"})


class Mistyped(ValueError):
    """What was typed cannot be read; ``mistakes`` holds a sentence by the path of its field."""

    def __init__(self, mistakes: Mapping[str, str]) -> None:
        super().__init__(" ".join(f"{p}: {s}" for p, s in mistakes.items()))
        self.mistakes = dict(mistakes)


def shown(one: FormField, value: Any) -> Any:
    """A value as its field of the form starts with it; None: the field is empty.

    Money is a float in whole units and a share one in percent, a day is a date; a list is a text with an entry a
    line, wide entries are each a mapping of such values by the name of their column.
    """
    if value is None:
        return None
    return _SHOWN.get(one.kind, _as_it_is)(one, value)


def read(one: FormField, raw: Any) -> Any:
    """The value of what was typed; None for an empty field.

    Raises:
        ValueError: with a sentence; a line has too few parts, a figure is finer than a millionth, or what came
        is nothing a form sends.
    """
    bare = raw == [] and one.kind != "entries"
    if raw is None or bare or (isinstance(raw, str) and not raw.strip()):
        return None
    try:
        return _READ.get(one.kind, _as_it_is)(one, raw)
    except (ArithmeticError, AttributeError, TypeError):
        raise ValueError("This cannot be read; type it again.") from None


def typed(fields: Sequence[FormField], raws: Mapping[str, Any], before: Values) -> dict[str, Any]:
    """The values a form writes; a field nobody touched keeps exactly the value it had ``before``.

    Raises:
        Mistyped: a sentence for every field that cannot be read.
    """
    found: dict[str, Any] = {}
    mistakes: dict[str, str] = {}
    for one in fields:
        was, raw = before.get(one.path), raws.get(one.path)
        if raw == shown(one, was):
            value = was
        else:
            try:
                value = read(one, raw)
            except ValueError as bad:
                mistakes[one.path] = str(bad)
                continue
        if value is not None:
            found[one.path] = value
    if mistakes:
        raise Mistyped(mistakes)
    return found


def pattern(one: FormField) -> str:
    """How one line of a list is written: ``phrase | reason``."""
    return " | ".join(c.label for c in one.columns)


def _as_it_is(_: FormField, value: Any) -> Any:
    if not isinstance(value, str | int | float):
        raise TypeError
    return value


def _amount(units: Decimal) -> str:
    micros = units * MICROS
    if not micros.is_finite() or micros != micros.to_integral_value():
        raise ValueError("The figure is finer than a millionth; write fewer digits.")
    return decimal_text(int(micros))


def _shown_choices(one: FormField, value: Any) -> list[str]:
    return [EVERYTHING] if value == EVERYTHING and one.everything else list(value) or [NONE]


def _choices(one: FormField, raw: Sequence[str]) -> Any:
    picked = list(raw)
    if len(picked) > 1 and (NONE in picked or EVERYTHING in picked):
        raise ValueError(f'"{NONE if NONE in picked else EVERYTHING}" stands alone.')
    if picked == [NONE]:
        return []
    if picked == [EVERYTHING] and one.everything:
        return EVERYTHING
    return picked


def _words(_: FormField, raw: str) -> list[str]:
    return [] if raw.strip() == NONE else [_unescaped(line) for line in _lines(raw)]


def _rows(one: FormField, raw: str) -> list[dict[str, Any]]:
    lines = [] if raw.strip() == NONE else _lines(raw)
    return [_cells(one, line, n) for n, line in enumerate(lines, start=1)]


def _lines(raw: str) -> list[str]:
    return [line.strip() for line in raw.replace("\r\n", "\n").split("\n") if line.strip()]


def _plain(text: str) -> str:
    return text.translate(_ESCAPES)


def _row(one: FormField, row: Mapping[str, Any]) -> str:
    return " | ".join(_cell(c, row.get(_name(c))) for c in one.columns)


def _cell(column: FormField, value: Any) -> str:
    if isinstance(value, list):
        words = [column.choices.get(v, v) for v in value]
        return " / ".join(_plain(w) for w in words) or NONE
    if value is None:
        return ""
    if column.kind == "share":
        return percent(micros(value))
    return _plain(str(column.choices.get(value, value)))


def _cells(one: FormField, line: str, number: int) -> dict[str, Any]:
    parts = _split(line, "|")
    if len(parts) != len(one.columns):
        raise ValueError(
            f'Line {number} has {len(parts)} of {len(one.columns)} parts; write "{pattern(one)}".'
        )
    return {_name(c): _read_cell(c, part) for c, part in zip(one.columns, parts, strict=True)}


def _read_cell(column: FormField, part: str) -> Any:
    known = {word.casefold(): value for value, word in column.choices.items()}
    if column.kind in {"choices", "words"}:
        if column.everything and part == EVERYTHING:
            return EVERYTHING
        words = [] if part == NONE else [_unescaped(p) for p in _split(part, "/")]
        return [known.get(w.casefold(), w) for w in words if w]
    text = _unescaped(part)
    if column.kind == "share":
        return _amount(Decimal(text.removesuffix("%").strip()) / _PERCENT)
    return known.get(text.casefold(), text) if column.choices else text


def _split(line: str, mark: str) -> list[str]:
    """The parts between marks that no backslash stands before."""
    parts = re.findall(rf"(?:^|{re.escape(mark)})((?:\\.|[^{re.escape(mark)}\\])*)", line)
    return [p.strip() for p in parts]


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "r": "\r"}.get(m[1], m[1]), text)


def _name(column: FormField) -> str:
    return column.path.rpartition(".")[2]


def _shown_entries(one: FormField, value: Any) -> list[dict[str, Any]]:
    return [
        {n: shown(c, row.get(n)) for c in one.columns for n in [_name(c)] if row.get(n) is not None}
        for row in value
    ]


def _entries(one: FormField, raw: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [_entry(one, row, n) for n, row in enumerate(raw, start=1)]


def _entry(one: FormField, row: Mapping[str, Any], number: int) -> dict[str, Any]:
    found = {}
    for column in one.columns:
        try:
            value = read(column, row.get(_name(column)))
        except ValueError as bad:
            raise ValueError(f"Entry {number}, {column.label}: {bad}") from None
        if value is None and column.kind == "words":
            value = []  # a list of an entry has no outer layer to leave it to
        if value is not None:
            found[_name(column)] = value
    return found


_SHOWN: Mapping[str, Callable[[FormField, Any], Any]] = {
    "money": lambda _, value: float(value),
    "share": lambda _, value: float(Decimal(value) * _PERCENT),
    "choices": _shown_choices,
    "words": lambda _, value: "\n".join(_plain(v) for v in value) or NONE,
    "rows": lambda one, value: "\n".join(_row(one, row) for row in value) or NONE,
    "date": lambda _, value: date.fromisoformat(value),
    "entries": _shown_entries,
}
_READ: Mapping[str, Callable[[FormField, Any], Any]] = {
    "money": lambda _, raw: _amount(Decimal(str(raw))),
    "share": lambda _, raw: _amount(Decimal(str(raw)) / _PERCENT),
    "choices": _choices,
    "words": _words,
    "rows": _rows,
    "text": lambda _, raw: raw.strip(),
    "url": lambda _, raw: raw.strip(),
    "date": lambda _, raw: raw.isoformat() if isinstance(raw, date) else raw.strip(),
    "entries": _entries,
}
