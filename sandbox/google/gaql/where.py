"""Conditions on rows, and the date range a query asks for."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NoReturn

from sandbox.google.failures import refuse
from sandbox.google.gaql.check import Path
from sandbox.google.gaql.parse import Condition

_INTEGERS = frozenset({1, 2, 3, 4, 5, 6, 7, 13, 15, 16, 17, 18})  # descriptor types of numbers
_BOOL, _STRING = 8, 9
# Fields that take DURING, and what the last day's text ends with.
_DATED = {"segments.date": "", "change_event.change_date_time": " 23:59:59.999999"}


def value_of(row: Any, path: Path) -> Any:
    """The plain value of a field in a row; None when it is not set, enums by name."""
    here = row
    for step in path.steps[:-1]:
        if not here.HasField(step):
            return None
        here = getattr(here, step)
    name, field = path.steps[-1], path.field
    if field.is_repeated:
        return [_shown(field, each) for each in getattr(here, name)]
    if field.has_presence and not here.HasField(name):
        return None
    return _shown(field, getattr(here, name))


def _shown(field: Any, value: Any) -> Any:
    if field.enum_type is not None:
        known = field.enum_type.values_by_number.get(value)
        return known.name if known is not None else "UNKNOWN"
    return value


def test_of(condition: Condition, path: Path, today: date) -> Callable[[Any], bool]:
    """A function of a row that says whether the condition holds.

    Raises:
        Refused: the operator or a value does not go with the field.
    """
    if condition.operator == "DURING" and path.text in _DATED:
        first, last = (each.isoformat() for each in during(condition.values[0], today))
        end = last + _DATED[path.text]
        condition = Condition(condition.field, "BETWEEN", (first, end))
    wanted = [_typed(path, text) for text in condition.values]
    holds = _operator(condition, path, wanted)
    return lambda row: holds(value_of(row, path))


def _operator(condition: Condition, path: Path, wanted: list[Any]) -> Callable[[Any], bool]:
    word, first = condition.operator, wanted[0] if wanted else None
    if word in {">", ">=", "<", "<="} and (path.field.enum_type or path.field.type == _BOOL):
        _fail("OPERATOR_FIELD_MISMATCH", f"{word} does not go with {path.text}.")
    simple: dict[str, Callable[[Any], bool]] = {
        "=": lambda value: value == first,
        "!=": lambda value: value != first,
        ">": lambda value: value is not None and value > first,
        ">=": lambda value: value is not None and value >= first,
        "<": lambda value: value is not None and value < first,
        "<=": lambda value: value is not None and value <= first,
        "IN": lambda value: value in wanted,
        "NOT IN": lambda value: value not in wanted,
        "IS NULL": lambda value: value is None or value == [],
        "IS NOT NULL": lambda value: value is not None and value != [],
        "BETWEEN": lambda value: value is not None and wanted[0] <= value <= wanted[-1],
        "CONTAINS ANY": lambda value: any(each in (value or []) for each in wanted),
        "CONTAINS ALL": lambda value: all(each in (value or []) for each in wanted),
        "CONTAINS NONE": lambda value: not any(each in (value or []) for each in wanted),
    }
    if word in {"LIKE", "NOT LIKE"}:
        if path.field.type != _STRING:
            _fail("OPERATOR_FIELD_MISMATCH", f"LIKE does not go with {path.text}.")
        pattern = like(str(first))
        positive = word == "LIKE"
        return lambda value: (pattern.fullmatch(value or "") is not None) == positive
    if word not in simple:
        _fail("OPERATOR_FIELD_MISMATCH", f"{word} does not go with {path.text}.")
    return simple[word]


def like(text: str) -> re.Pattern[str]:
    """GAQL's LIKE as a pattern: % any text, _ one character, [abc] a class, [[] a bracket."""
    found = re.sub(r"\[[^\]]*\]|%|_|.", _piece, text, flags=re.DOTALL)
    return re.compile(found, re.DOTALL | re.IGNORECASE)


def _piece(match: re.Match[str]) -> str:
    token = match.group()
    wild = {"%": ".*", "_": "."}.get(token)
    if wild is not None:
        return wild
    if len(token) > 1:
        inner = token[1:-1].replace("\\", "\\\\").replace("[", "\\[")
        return f"[{inner}]" if inner else "(?!)"
    return re.escape(token)


def _typed(path: Path, text: str) -> Any:
    field = path.field
    if field.enum_type is not None:
        if text not in field.enum_type.values_by_name:
            _fail("BAD_ENUM_CONSTANT", f"{text!r} is no value of {path.text}.")
        return text
    if field.type == _BOOL:
        if text.upper() not in {"TRUE", "FALSE"}:
            _fail("BAD_VALUE", f"{path.text} is TRUE or FALSE, not {text!r}.")
        return text.upper() == "TRUE"
    if field.type in _INTEGERS:
        try:
            return float(text) if field.type in {1, 2} else int(text)
        except ValueError:
            _fail("BAD_NUMBER", f"{text!r} is no number, as {path.text} needs.")
    if path.text in {"segments.date", "segments.week", "segments.month"}:
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            _fail("INVALID_DATE_FORMAT", f"{text!r} is no date like 2026-01-31.")
    return text


def date_range(where: tuple[Condition, ...], today: date) -> tuple[date, date]:
    """The first and last day that conditions on segments.date leave; open ends are wide."""
    first, last = date(1970, 1, 1), date(9999, 12, 31)
    for each in where:
        if each.field != "segments.date":
            continue
        low, high = _bounds(each, today)
        first, last = max(first, low), min(last, high)
    return first, last


def _bounds(each: Condition, today: date) -> tuple[date, date]:
    low, high = date(1970, 1, 1), date(9999, 12, 31)
    if each.operator == "DURING":
        return during(each.values[0], today)
    try:
        days = [date.fromisoformat(text) for text in each.values]
    except ValueError:
        _fail("INVALID_DATE_FORMAT", f"{each.values} holds no date like 2026-01-31.")
    if each.operator in {"=", "IN", "BETWEEN"}:
        return min(days), max(days)
    if each.operator in {">", ">="}:
        return days[0], high
    return (low, days[0]) if each.operator in {"<", "<="} else (low, high)


def during(word: str, today: date) -> tuple[date, date]:
    """A preset's days in the account's calendar; LAST_n_DAYS leaves today out.

    Raises:
        Refused: there is no such preset.
    """
    yesterday = today - timedelta(days=1)
    month = today.replace(day=1)
    before = month - timedelta(days=1)
    monday = today - timedelta(days=today.weekday())
    presets = {
        "TODAY": (today, today),
        "YESTERDAY": (yesterday, yesterday),
        "LAST_7_DAYS": (today - timedelta(days=7), yesterday),
        "LAST_14_DAYS": (today - timedelta(days=14), yesterday),
        "LAST_30_DAYS": (today - timedelta(days=30), yesterday),
        "THIS_MONTH": (month, today),
        "LAST_MONTH": (before.replace(day=1), before),
        "THIS_WEEK_MON_TODAY": (monday, today),
        "LAST_WEEK_MON_SUN": (monday - timedelta(days=7), monday - timedelta(days=1)),
    }
    if word.upper() not in presets:
        _fail("INVALID_VALUE_WITH_DURING_OPERATOR", f"{word!r} is no date preset.")
    return presets[word.upper()]


def _fail(code: str, message: str) -> NoReturn:
    raise refuse("query_error", code, f"Error in query: {message}")
