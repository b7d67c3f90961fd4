"""Dates, periods and instants as exports write them; what can be read two ways is refused."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from engine.model.errors import BadInput, Unanswered
from engine.platforms.files.figures import Unreadable

Order = Literal["dmy", "mdy"]
Span = tuple[date, date]

_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTHS = {name: at for at, name in enumerate(_NAMES, 1)}
_MONTHS |= {name[:3]: at for name, at in _MONTHS.items()} | {"sept": 9}
_YEARS = range(1990, 2101)

_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_STAMP = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T]\d\d:\d\d(?::\d\d)?Z?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})\s+([A-Za-z]+)\.?,?\s+(\d{4})", re.ASCII)
_MONTH_FIRST = re.compile(r"([A-Za-z]+)\.?\s+(\d{1,2}),?\s+(\d{4})", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4})", re.ASCII)
_MONTH = re.compile(r"([A-Za-z]+)\.?,?\s+(\d{4})", re.ASCII)
_QUARTER = re.compile(r"(?:q([1-4])|([1-4])(?:st|nd|rd|th) quarter),?\s+(\d{4})", re.IGNORECASE)
_IN_NAME = re.compile(r"(\d{4})\.(\d{2})\.(\d{2})-(\d{4})\.(\d{2})\.(\d{2})\)", re.ASCII)
_RANGE = re.compile(r"\s+[-\u2013\u2014]\s+")


def order_of(texts: Iterable[str]) -> Order | None:
    """Whether slashed dates put the day or the month first; None when no date, or both, say so."""
    found: set[Order] = set()
    for text in set(texts):
        if text[4:5] == "-":
            continue
        match = _SLASHED.match(_bare(text))
        if match and int(match[1]) > 12:
            found.add("dmy")
        if match and int(match[3]) > 12:
            found.add("mdy")
    return found.pop() if len(found) == 1 else None


def settled_order(texts: Iterable[str], said: Order | None = None) -> Order | None:
    """The order of day and month: what the dates prove, else what a person ``said``.

    None when no date needs it, or when dates contradict each other (those that can be two are then
    refused one by one).

    Raises:
        Unanswered: A date can be two, nothing in the file decides and nobody said.
        BadInput: A date proves the other order than was said.
    """
    known = set(texts)
    found = order_of(known)
    if said and found and said != found:
        words = {"dmy": "the day comes first", "mdy": "the month comes first"}
        raise BadInput(
            f"You said that {words[said]}, but other dates of the file show that {words[found]}."
        )
    proven = {order_of([text]) for text in known} - {None}
    if found or said or proven:
        return found or (None if proven else said)
    if two := next((text for text in sorted(known) if _two_ways(text)), None):
        raise Unanswered(
            f"{two!r} can be two dates and nothing in the file says if the day or the month comes "
            "first; say which (day first or month first) and it is read again.",
            ("day_order",),
        )
    return None


def _two_ways(text: str) -> bool:
    if text[4:5] == "-":
        return False
    match = _SLASHED.fullmatch(re.split(r"[ T](?=\d{1,2}:\d{2})", _bare(text), maxsplit=1)[0])
    return bool(match and match[1].lstrip("0") != match[3].lstrip("0"))


def day(text: str, order: Order | None = None) -> date:
    """One calendar day, with or without its weekday; a time of day after it is left out.

    Raises:
        Unreadable: No date, no such day, a year outside 1990 to 2100, or ``03/04/2026`` with
            nothing in the file to say which is the month.
    """
    if match := _STAMP.fullmatch(text):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    bare = _bare(text)
    bare = re.split(r"[ T](?=\d{1,2}:\d{2})", bare, maxsplit=1)[0]
    if match := _ISO.fullmatch(bare):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.fullmatch(bare):
        return _date(int(match[3]), _month(match[2]), int(match[1]))
    if match := _MONTH_FIRST.fullmatch(bare):
        return _date(int(match[3]), _month(match[1]), int(match[2]))
    if match := _SLASHED.fullmatch(bare):
        return _slashed(int(match[1]), int(match[3]), int(match[4]), order)
    raise Unreadable("is not a date")


def _slashed(first: int, second: int, year: int, order: Order | None) -> date:
    if order == "dmy" or first > 12 or first == second:
        return _date(year, second, first)
    if order == "mdy" or second > 12:
        return _date(year, first, second)
    raise Unreadable("can be two dates: nothing in the file says if the day or the month is first")


def span(text: str, unit: str, order: Order | None = None) -> Span:
    """First and last day of a ``week`` (seven days from its first), ``month`` or ``quarter``.

    Raises:
        Unreadable: The text is not such a span.
    """
    bare = _bare(text)
    if unit == "quarter" and (match := _QUARTER.fullmatch(bare)):
        last_month = int(match[1] or match[2]) * 3
        return _months(int(match[3]), last_month - 2, last_month)
    if unit == "month" and (match := _MONTH.fullmatch(bare)):
        month = _month(match[1])
        return _months(int(match[2]), month, month)
    first = day(text, order)
    if unit == "week":
        return first, first + timedelta(days=6)
    if first.day != 1 or (unit == "quarter" and first.month % 3 != 1):
        raise Unreadable(f"is not the start of a {unit}")
    return _months(first.year, first.month, first.month + (2 if unit == "quarter" else 0))


def period(text: str) -> Span | None:
    """The period of a report's date line; None for the words "All time".

    Raises:
        BadInput: The line is no period, or its end is before its start.
    """
    bare = text.strip()
    if bare.casefold() == "all time":
        return None
    start, *end = _RANGE.split(bare, maxsplit=1)
    ends = [start, *(end or [start])]
    try:
        first, last = (day(text, order_of(ends)) for text in ends)
    except Unreadable as fault:
        raise BadInput(
            f"The date line {bare[:80]!r} {fault}; the days of the figures are unknown. "
            "Download the report again with its date range."
        ) from fault
    if last < first:
        raise BadInput(f"The date line {bare[:80]!r} ends before it starts; download it again.")
    return first, last


def period_in_name(file: str) -> Span | None:
    """The period Google writes into the names of overview cards, ``(2026.02.05-2026.02.07)``."""
    match = _IN_NAME.search(file)
    if not match:
        return None
    try:
        year, month, number, *rest = (int(part) for part in match.groups())
        first, last = _date(year, month, number), _date(rest[0], rest[1], rest[2])
    except Unreadable:
        return None
    return (first, last) if first <= last else None


def instant(text: str) -> datetime:
    """An aware UTC instant; a text without an offset is taken as UTC (callers say so in a note).

    Raises:
        Unreadable: Not an ISO date and time.
    """
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError as fault:
        raise Unreadable("is not a date and time") from fault
    if found.year not in _YEARS:
        raise Unreadable("is not a date of our time")
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _bare(text: str) -> str:
    return _WEEKDAY.sub("", " ".join(text.split()), count=1)


def _month(name: str) -> int:
    if name.casefold() not in _MONTHS:
        raise Unreadable("is not a date")
    return _MONTHS[name.casefold()]


def _months(year: int, first: int, last: int) -> Span:
    return _date(year, first, 1), _date(year, last, monthrange(max(year, 1), last)[1])


def _date(year: int, month: int, number: int) -> date:
    if year not in _YEARS:
        raise Unreadable("is not a date of our time")
    try:
        return date(year, month, number)
    except ValueError as fault:
        raise Unreadable("is not a date there is") from fault
