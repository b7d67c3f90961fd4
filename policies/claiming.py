"""Claims that can be measured, found in copy by the way they are put. Pure; every pattern is linear in time.

A claim an advertiser makes must be proved before it runs (UK CAP Code 3.7; comparisons 3.33 and on:
asa.org.uk/advice-online/substantiation). Plain puffery that nobody takes for a fact needs no proof (CAP 3.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from policies.lookalikes import folded

Kind = Literal["percentage", "multiple", "ranking", "best", "comparative", "price_from", "proven"]
SAID: Mapping[str, str] = {
    "percentage": "a percentage",
    "multiple": "a multiple",
    "ranking": "a ranking",
    "best": "being the best",
    "comparative": "a comparison",
    "price_from": "a price “from” or “up to” a benefit",
    "proven": "proof",
}
"""What each kind of claim is, in words."""
SOURCE: Mapping[str, str] = {
    "percentage": "UK CAP 3.7",
    "multiple": "UK CAP 3.7",
    "ranking": "UK CAP 3.7",
    "best": "UK CAP 3.7; Google editorial, superlatives",
    "comparative": "UK CAP 3.33",
    "price_from": "UK CAP 3.17 and 3.22",
    "proven": "UK CAP 3.7",
}
"""The rule each answers to (asa.org.uk, read 2026-11-22)."""
_MONEY = r"(?:[£$€]|(?:gbp|usd|eur) ?)\d"
_PATTERNS: Mapping[str, re.Pattern[str]] = {
    kind: re.compile(pattern)
    for kind, pattern in {
        "percentage": r"\d[\d.,]{0,12} ?(?:%|per ?cent\b|percent\b)",
        "multiple": r"\b\d[\d.,]{0,12} ?(?:x|times)\b|\b(?:double|triple|twice|halve|half) (?:the|your|as)\b",
        "ranking": r"\b(?:no|nr)\.? ?1\b|#1\b|\bnumber one\b"
        r"|\b(?:market|industry|world|uk|category)[- ]lead(?:er|ing)\b"
        r"|\btop[- ](?:rated|ranked|\d{1,3})\b|\baward[- ]winning\b|\bleading (?:provider|brand|supplier)\b",
        "best": r"\b(?:best|greatest|finest|cheapest|fastest|safest|strongest|largest|biggest|easiest"
        r"|lowest|highest|smartest|unbeatable|unrivalled|unmatched)\b"
        r"(?=.{0,40}\b(?:in|of|on|for|ever|price|rates?|uk)\b)"
        r"(?=.{0,40}\b(?:in|of|on|for|ever|price|rates?|uk)\b)"
        r"|\bworld'?s (?:best|fastest|largest|leading|finest)\b",
        "comparative": r"\b(?:better|cheaper|faster|safer|stronger|more \w{3,16}|less \w{3,16}|fewer|quicker|easier)"
        r" than\b|\b(?:beats?|outperforms?|versus|vs)\b|\bthan (?:any|every|all) other\b",
        "price_from": rf"\b(?:from|only|just|starting at|as low as) {_MONEY}|\bup to (?:{_MONEY}|\d)",
        "proven": r"\b(?:clinically|scientifically|independently) (?:proven|tested|shown)\b|\bproven (?:to|results?)\b"
        r"|\b(?:doctors?|dentists?|experts?) recommend|\b\d{1,3} (?:out of|in) \d{1,4}\b|\bguarantee[ds]?\b",
    }.items()
}


class Claim(NamedTuple):
    """A claim of a kind at a place of the text."""

    kind: str
    start: int
    end: int


def claims(line: str, kinds: tuple[str, ...]) -> Iterator[Claim]:
    """Every claim of these kinds in a line, each kind by place."""
    seen, at = [], []
    for n, c in enumerate(line):
        read = folded(c)
        seen.append(read)
        at += [n] * len(read)
    text = "".join(seen).replace("’", "'")
    for kind in kinds:
        for found in _PATTERNS[kind].finditer(text):
            if found.end() > found.start():
                yield Claim(kind, at[found.start()], at[found.end() - 1] + 1)
