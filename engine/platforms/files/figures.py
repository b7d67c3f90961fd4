"""Numbers and money as people's exports write them: one decimal separator per file, no guessing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from engine.model.errors import BadInput


class Unreadable(ValueError):
    """A cell that cannot be read one way only; its text is the end of a refusal's sentence."""


_FIGURE = re.compile(
    r"(?P<share>[<>]\s*)?(?P<lead>[^0-9.,+\-\u2212\s%<>()'\u2019]{0,5})\s*(?P<sign>[-\u2212]?)\s*"
    r"(?P<lead2>[^0-9.,+\-\u2212\s%<>()'\u2019]{0,5})\s*"
    r"(?P<body>[0-9](?:[0-9.,'\u2019\s]*[0-9])?)\s*(?P<tail>[^0-9.,+\-\u2212\s<>()'\u2019]{0,5})"
)
_PLAIN = re.compile(r"[0-9]{1,13}(?:\.[0-9]{1,9})?")
_CENTS = re.compile(r"[0-9]+\.[0-9]{2}")
_SPACES = re.compile(r"[\s'\u2019]")
MARK = re.compile(r"[A-Z]{3}|[A-Z]{0,3}[$£€¥₹₩₽₺₪฿₫₴₦₱]|kr\.?|zł|Kč|Ft|lei")
"""A currency as it is written at a figure."""
SHORTENED = re.compile(r"[0-9](?:[.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE | re.ASCII)
"""A long whole number as a spreadsheet shows it, its last digits lost."""
_LARGEST = Decimal(2**63 - 1)
_MICRO = Decimal(1_000_000)
_AGREEMENT = 3
_LONGEST = 40

CURRENCIES = {
    "£": "GBP",
    "€": "EUR",
    "₹": "INR",
    "₩": "KRW",
    "₪": "ILS",
    "₺": "TRY",
    "US$": "USD",
    "CA$": "CAD",
    "A$": "AUD",
    "AU$": "AUD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "MX$": "MXN",
    "R$": "BRL",
    "zł": "PLN",
    "Kč": "CZK",
    "Ft": "HUF",
}
"""Marks that belong to one currency. A bare ``$``, ``¥`` or ``kr`` is several, so it names none."""


def decide_point(
    measures: Iterable[str], counts: Iterable[str] = (), said: str | None = None
) -> str:
    """The file's decimal separator, ``.`` or ``,``, from every figure in it.

    ``1.234,5`` and ``0,19`` prove a comma, ``1,234.5`` and ``0.19`` a point; in a column of whole
    numbers (``counts``) ``27,540`` proves that the comma groups. One separator must have three
    times the evidence of the other; figures against it are then refused one by one.

    A workbook has ``said`` what its numbers have, which holds where nothing decides. Its numbers prove
    nothing of the texts beside them: ``1,234`` is a text there, and only another text with a comma tells.

    Raises:
        BadInput: The evidence is divided, or there are only figures like ``1,234``.
    """
    votes: Counter[str] = Counter()
    example: dict[str, str] = {}
    numbers, texts = False, Counter[str]()
    for cells, whole in ((measures, False), (counts, True)):
        for text in set(cells):
            if _CENTS.fullmatch(text):
                proof: str | None = "."
            else:
                match = _match(text)
                proof = _evidence(match["body"], whole=whole) if match else None
            if proof:
                votes[proof] += 1
                example.setdefault(proof, text.strip())
                if "," in text:
                    texts[proof] += 1
                    example.setdefault(f"{proof} text", text.strip())
                else:
                    numbers = True
    if said:
        _check_texts(texts, example, numbers=numbers)
    point, comma = votes["."], votes[","]
    if point or comma:
        winner, loser = (".", ",") if point >= comma else (",", ".")
        if votes[winner] >= _AGREEMENT * votes[loser]:
            return winner
        raise BadInput(
            f"Some figures use a decimal point and some a decimal comma ({example[winner]} and "
            f"{example[loser]}); download the file again in one number format."
        )
    if votes["?"] and not said:
        raise BadInput(
            f"Figures such as {example['?']} can be thousands or decimals, and nothing else in the "
            "file decides it; download it again with a column that shows decimals."
        )
    return said or "."


def _check_texts(texts: Counter[str], example: dict[str, str], *, numbers: bool) -> None:
    """Refuse texts with a comma that can be two figures, or that have their decimals otherwise than numbers do."""
    if texts["?"] and not texts["."] and not texts[","]:
        raise BadInput(
            f"Cells such as {example['? text']} are texts that can be thousands or decimals; make numbers of "
            "them in Excel, or download the report as CSV."
        )
    if texts[","] and numbers:
        raise BadInput(
            f"Some cells are texts with a decimal comma ({example[', text']}) and some are numbers; make "
            "numbers of all of them in Excel, or download the report as CSV."
        )


def _match(text: str) -> re.Match[str] | None:
    """Longer cells are no figures, and a pattern must not be made to work on them."""
    bare = text.strip()
    return _FIGURE.fullmatch(bare) if len(bare) <= _LONGEST else None


def _evidence(body: str, *, whole: bool) -> str | None:
    """``.`` or ``,`` for the separator one figure proves, ``?`` for either, None for no say."""
    marks = [letter for letter in body if letter in ".,"]
    if not marks:
        return None
    last = marks[-1]
    other = "," if last == "." else "."
    if len(set(marks)) == 2:
        return last if marks.count(last) == 1 else None
    if len(marks) > 1:
        return other
    head, tail = body.split(last)
    if len(tail) != 3 or (head.startswith("0") and not whole):
        return last
    if whole:
        return other
    return last if _SPACES.search(head) or len(head) > 3 else "?"


@lru_cache(maxsize=4)
def _shape(point: str) -> re.Pattern[str]:
    group = re.escape("," if point == "." else ".")
    western = rf"[1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}})+"
    indian = rf"[1-9][0-9]?(?:{group}[0-9]{{2}})+{group}[0-9]{{3}}"
    spaced = r"[1-9][0-9]{0,2}(?:[\s'\u2019][0-9]{3})+"
    whole = rf"(?:[0-9]+|{western}|{indian}|{spaced})"
    return re.compile(rf"{whole}(?:{re.escape(point)}[0-9]+)?")


def figure(text: str, point: str) -> tuple[Decimal, str]:
    """A figure that is not negative, and the currency mark written at it ("" for none).

    Raises:
        Unreadable: Not a number, negative, a share such as ``< 10%``, or grouped against ``point``.
    """
    if point == "." and _PLAIN.fullmatch(text):
        return Decimal(text), ""
    match = _match(text)
    if not match or match["share"]:
        raise Unreadable("is not a number")
    marks = [match[part] for part in ("lead", "lead2", "tail") if match[part]]
    if len(marks) > 1 or (marks and not MARK.fullmatch(marks[0])):
        raise Unreadable("is not a number")
    body = match["body"]
    if not _shape(point).fullmatch(body):
        named = "point" if point == "." else "comma"
        raise Unreadable(f"does not fit the decimal {named} the rest of the file uses")
    group = "," if point == "." else "."
    value = Decimal(_SPACES.sub("", body).replace(group, "").replace(point, "."))
    if match["sign"] and value:
        raise Unreadable("is negative")
    return value, marks[0] if marks else ""


def number(text: str, point: str) -> Decimal:
    """A plain figure, as ``figure`` reads it; a currency mark is refused."""
    value, mark = figure(text, point)
    if mark:
        raise Unreadable("is not a plain number")
    return value


def count(text: str, point: str) -> int:
    """A whole number within 64 bits; ``12.00`` is 12, ``12.5`` is refused."""
    value = number(text, point)
    if value != value.to_integral_value():
        raise Unreadable("is not a whole number")
    if value > _LARGEST:
        raise Unreadable("is too large")
    return int(value)


def micros(amount: Decimal) -> int:
    """Millionths of the currency, half to even; refuses what 64 bits cannot hold."""
    scaled = (amount * _MICRO).to_integral_value(rounding=ROUND_HALF_EVEN)
    if scaled > _LARGEST:
        raise Unreadable("is too large")
    return int(scaled)
