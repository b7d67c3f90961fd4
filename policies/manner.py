"""How copy is written, measured: capitals, marks, repeats, gimmicks, telephone numbers, person. Pure, linear."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from itertools import groupby

from policies.money import MICROS

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_RUN = re.compile(r"([^\w\s])\1+|(?:[()\[\]{}<>*~^=_|]{3,})|[!?]{2,}")
_APART = re.compile(r"(?<!\w)[^\W\d_](?:([ .\-_*·])[^\W\d_])(?:\1[^\W\d_])+(?!\w)")
_PLACEHOLDER = re.compile(r"\{[A-Za-z_:][^{}]{0,60}\}")
_PHONE = re.compile(r"(?<![\w£$€%.,])\+?\(?\d[\d()]*(?:[ .\-/][\d()]+)*(?![\w%])")
_FIRST = frozenset("we our ours us i my mine me we're we've we'll i'm i've".split())  # noqa: SIM905  words read better so
_SECOND = frozenset("you your yours you're you've you'll yourself".split())  # noqa: SIM905  as above
_LEAST_LETTERS = 8


def capitals_share(line: str, allowed: Collection[str]) -> int | None:
    """Capitals among the letters, in millionths, the allowed words left out; None below eight letters."""
    letters = [c for word in _words(line) if word not in allowed for c in word if c.isalpha()]
    if len(letters) < _LEAST_LETTERS:
        return None
    return sum(c.isupper() for c in letters) * MICROS // len(letters)


def shouted(line: str, allowed: Collection[str]) -> list[str]:
    """Words of two letters or more in capitals alone that are no allowed abbreviation."""
    return [w for w in _words(line) if len(w) > 1 and w.isupper() and w not in allowed]


def exclamations(line: str) -> int:
    """Exclamation marks of any kind."""
    return sum(line.count(mark) for mark in "!！❗❕‼⁉¡")


def repeated(line: str) -> tuple[str, int]:
    """The word that stands most often in a row, and how often."""
    runs = (
        (word, sum(1 for _ in run)) for word, run in groupby(w.casefold() for w in _words(line))
    )
    return max(runs, key=lambda r: r[1], default=("", 0))


def gimmicks(line: str) -> Iterator[str]:
    """Repeated punctuation ("!!", "()()"), letters apart ("C-h-e-a-p"), placeholders that would show ("{keyword}")."""
    for pattern in (_RUN, _APART, _PLACEHOLDER):
        for found in pattern.finditer(line):
            if found[0] not in ("...", "//") and not _is_abbreviation(found[0]):
                yield found[0]


def emoji(line: str) -> list[str]:
    """Pictures among the text."""
    return [c for c in line if unicodedata.category(c) == "So" and c not in "©®™°℠"]


def phones(line: str) -> list[str]:
    """Runs of 7 to 15 digits as telephone numbers are written (ITU-T E.164); a year, a price or a date is none."""
    found = []
    for match in _PHONE.finditer(line):
        digits = sum(c.isdigit() for c in match[0])
        groups = re.split(r"[ .\-/]", match[0])
        date = "/" in match[0] or (
            len(groups) == 3 and len(groups[0]) in (2, 4) and len(groups[1]) <= 2
        )
        if 7 <= digits <= 15 and not date:
            found.append(match[0])
    return found


def first_person(line: str) -> list[str]:
    """Words of the one who speaks: "we", "our"."""
    return _of(line, _FIRST)


def second_person(line: str) -> list[str]:
    """Words of the one spoken to: "you", "your"."""
    return _of(line, _SECOND)


def _of(line: str, wanted: Collection[str]) -> list[str]:
    return [w for w in _words(line) if w.casefold().replace("’", "'") in wanted and w != "US"]


def _words(line: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", line))


def _is_abbreviation(found: str) -> bool:
    """Dots between capitals, at most four of them, as in U.S.A."""
    return "." in found and found.isupper() and len(found) <= 7
