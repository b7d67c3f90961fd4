"""The fields of an ad as they are read together: a phrase may begin in one and end in the next. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, permutations
from typing import NamedTuple

from policies.actions import AdText
from policies.words import Words

_SHUFFLED = 15
"""Up to this many headlines may be shown in any order (Google Ads Help 7684791); no format takes more."""
_REACH = 120


class Seam(NamedTuple):
    """Two fields in a row; ``first`` and ``second`` are their parts next to each other."""

    first: str
    second: str


def spanning(words: Words, text: AdText) -> dict[int, Seam]:
    """The phrases that stand across two fields, by number, each with the first such place."""
    found: dict[int, Seam] = {}
    for seam in _seams(text):
        joined, edge = f"{seam.first} {seam.second}", len(seam.first)
        for hit in words.find(joined):
            if hit.start < edge < hit.end:
                found.setdefault(hit.phrase, seam)
    return found


def _seams(text: AdText) -> Iterator[Seam]:
    """Any two headlines, any two descriptions, a headline before a description, the path in its order."""
    heads, bodies = text.headlines, text.descriptions
    pairs = [*_pairs(heads), *_pairs(bodies)]
    pairs += [(h, b) for h in heads[:_SHUFFLED] for b in bodies[:_SHUFFLED]]
    pairs += pairwise(text.path)
    if heads and text.business_name:
        pairs += [(text.business_name, heads[0]), (heads[-1], text.business_name)]
    for first, second in dict.fromkeys((a[-_REACH:], b[:_REACH]) for a, b in pairs):
        if first and second:
            yield Seam(first, second)


def _pairs(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    if len(lines) <= _SHUFFLED:
        return permutations(lines, 2)
    return pairwise(lines)
