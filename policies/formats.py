"""What each ad format takes, as dated data with its source.

Read 2026-11-22. Where two official pages disagree the smaller limit is kept: text that fits it fits
both.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from policies.actions import AdText


@dataclass(frozen=True)
class Format:
    """Limits of one ad format; lengths in display units (a double-width character counts 2)."""

    name: str
    headlines: tuple[int, int]
    headline_length: int
    descriptions: tuple[int, int]
    description_length: int
    paths: int
    path_length: int
    business_name_length: int  # 0: the format has none
    source: str
    read_on: date


RSA = Format(
    name="Responsive search ad",
    headlines=(3, 15),
    headline_length=30,
    descriptions=(2, 4),
    description_length=90,
    paths=2,
    path_length=15,
    business_name_length=0,
    source="support.google.com/google-ads/answer/7684791",
    read_on=date(2026, 11, 22),
)
DEMAND_GEN = Format(
    name="Demand Gen multi-asset ad",
    headlines=(1, 5),
    headline_length=30,
    descriptions=(1, 5),
    description_length=90,
    paths=0,
    path_length=0,
    business_name_length=25,
    source="developers.google.com DemandGenMultiAssetAdInfo v20-22 (help 12785615 says 40 for headlines)",
    read_on=date(2026, 11, 22),
)
FORMATS: dict[str, Format] = {"google_search": RSA, "youtube": DEMAND_GEN}
"""The format the house builds on each channel; a channel that is absent has none yet."""


def width(text: str) -> int:
    """Display units of a text: wide and full-width characters count 2."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def faults(text: AdText, form: Format) -> tuple[str, ...]:
    """Every way in which an ad breaks its format, as sentences; empty when it fits."""
    found = [
        *_lines("headline", text.headlines, form.headlines, form.headline_length),
        *_lines("description", text.descriptions, form.descriptions, form.description_length),
        *_lines("path", text.path, (0, form.paths), form.path_length),
    ]
    name = width(text.business_name)
    if form.business_name_length and not 1 <= name <= form.business_name_length:
        found.append(
            f"The business name takes 1 to {form.business_name_length} characters; this one has {name}."
        )
    return tuple(found)


def _lines(what: str, lines: tuple[str, ...], count: tuple[int, int], longest: int) -> list[str]:
    least, most = count
    found = []
    if not least <= len(lines) <= most:
        found.append(f"{least} to {most} {what}s are needed; there are {len(lines)}.")
    if len(set(lines)) != len(lines):
        found.append(f"A {what} appears twice.")
    for line in lines:
        if not line.strip():
            found.append(f"A {what} is empty.")
        elif width(line) > longest:
            found.append(
                f"The {what} {line!r} has {width(line)} characters; {longest} are allowed."
            )
    return found
