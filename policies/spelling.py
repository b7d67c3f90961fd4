"""Copy as the letters a person reads in it, with the gaps between them and where each stands in the text. Pure.

Three readings of one text: as it is (a digit is a digit), with digits read as letters ("fr33"), and with signs read
as letters too ("$ave", "|<"). Each takes time linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from policies.lookalikes import FOLDING
from policies.sketches import ANYWHERE, ART, ARTS, CAPITALS, DIGITS, FIRST, INSIDE, SIGNS, Reading

SWITCH, CAMEL = "\x00", "\x01"
"""Gaps nobody typed: between letters and digits; between humps of a camel, or where something unseen stands."""
_APOSTROPHES = frozenset("'’ʼ`´‘")
_LETTERS = re.compile(r"[^\W\d_]+")
_LETTERS_END = re.compile(r"[^\W\d_]+$")
_ODD_CASE = re.compile(r"[a-z]I|[A-Z]l[A-Z]|\bI[a-z]")
CONTRACTIONS = frozenset(
    (
        *("i'll", "he'll", "she'll", "we'll", "we're", "we'd", "he'd", "she'd", "i'd", "won't"),
        *("can't", "it's", "let's", "who're"),
    )
)
"""Words that would be others without their apostrophe; it is read as a letter there."""
_ASCII_WORD = re.compile(r"[%#]|\d+|[A-Za-z]+(?:['`][A-Za-z]+)*")


@dataclass
class Letters:
    """What is read: ``chars[n]`` stands at ``at[n]`` in the text, after ``gaps[n]``.

    A gap is "" within a word, ``SWITCH``, ``CAMEL``, or the characters between two words; the first and the one
    behind the last letter are always gaps. ``odd`` are the letters that were written with another sign, ``figures``
    those of them written with a digit, ``strange`` those of another alphabet, ``veiled`` those behind something unseen.
    """

    chars: list[str] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    odd: set[int] = field(default_factory=set)
    figures: set[int] = field(default_factory=set)
    strange: set[int] = field(default_factory=set)
    veiled: set[int] = field(default_factory=set)

    def add(self, c: str, at: int, gap: str) -> None:
        """One more letter."""
        self.chars.append(c)
        self.at.append(at)
        self.gaps.append(gap)

    @cached_property
    def starts(self) -> dict[str, list[int]]:
        """Where words begin, by their first letter."""
        found: dict[str, list[int]] = {}
        for n, gap in enumerate(self.gaps[:-1]):
            if gap:
                found.setdefault(self.chars[n], []).append(n)
        return found


def letters(text: str, reading: Reading) -> Letters:
    """One reading of a text."""
    if reading == "plain" and text.isascii() and text.isprintable():
        return _common(text)
    found = Letters()
    gap, last, unseen, skip = "\n", "", False, 0
    for n, c in enumerate(text):
        if n < skip:
            continue
        drawn = _drawn(text, n, reading)
        skip = n + drawn[1] if drawn else skip
        read = drawn[0] if drawn else FOLDING[ord(c)]
        if c in _APOSTROPHES and _between_letters(text, n):
            if _contracted(text, n):
                found.add("'", n, "")
            continue
        if not read:
            unseen = True
            continue
        for p in read:
            kind, as_read = _kind(p, reading)
            if not kind:
                gap += p
                continue
            _mark(found, text, n, reading, p, as_read, drawn=drawn is not None, unseen=unseen)
            found.add(as_read, n, gap or _soft(text, n, kind, last, unseen=unseen))
            gap, last, unseen = "", kind, False
    found.gaps.append("\n")
    return found


def _common(text: str) -> Letters:
    """The plain reading of printable ASCII, which most copy is: by words, a good deal faster."""
    found, low, end = Letters(), text.lower(), 0
    sign = True
    for word in _ASCII_WORD.finditer(text):
        start, here = word.start(), word[0]
        was, sign = sign, here in "%#"
        gap = text[end:start] or ("\n" if not end else SWITCH + SWITCH if was or sign else SWITCH)
        end = word.end()
        places = range(start, end)
        if ("'" in here or "`" in here) and here.lower() not in CONTRACTIONS:
            places = [n for n in places if text[n].isalpha()]  # type: ignore[assignment]
        found.chars += [low[n] for n in places]
        found.at += places
        gaps = [""] * len(places)
        if not (here.islower() or here.isupper() or here[1:].islower()):
            gaps = [CAMEL if n and _is_hump(text, n, text[n - 1]) else "" for n in places]
        gaps[0] = gap
        found.gaps += gaps
    found.gaps.append("\n")
    return found


def _mark(
    found: Letters,
    text: str,
    n: int,
    reading: Reading,
    p: str,
    as_read: str,
    *,
    drawn: bool,
    unseen: bool,
) -> None:
    """Remember how the next letter was written."""
    here, c = len(found.chars), text[n]
    if drawn or (reading != "plain" and (p in DIGITS or _odd_case(text, n))):
        found.odd.add(here)
        if p.isdigit() and not drawn:
            found.figures.add(here)
    if unseen:
        found.veiled.add(here)
    if not c.isascii() and as_read != c.casefold():
        found.strange.add(here)


def _kind(p: str, reading: Reading) -> tuple[str, str]:
    """What a folded character is (letter, digit or sign, "" for none), and how it is read."""
    if reading != "plain" and p in DIGITS:
        return "letter", DIGITS[p]
    if reading != "plain" and p == "l":
        return "letter", "i"
    if p in "%#":
        return ("sign", p) if reading == "plain" else ("", p)
    if not p.isalnum():
        return "", p
    return ("digit" if p.isdigit() else "letter"), p


def _drawn(text: str, n: int, reading: Reading) -> tuple[str, int] | None:
    """The letter that signs at this place draw, and how many they are."""
    c = text[n]
    if reading == "plain":
        return None
    if c in CAPITALS:
        return CAPITALS[c], 1
    return _signed(text, n, c) if reading == "signs" else None


def _signed(text: str, n: int, c: str) -> tuple[str, int] | None:
    if c in "|/\\([vV" and (art := ARTS.match(text, n)):
        return ART[art[0].lower()], len(art[0])
    if _stands_apart(text, n):
        return SIGNS[c], 1
    if c in ANYWHERE:
        return (ANYWHERE[c], 1) if _touches(text, n - 1) or _touches(text, n + 1) else None
    if c in INSIDE and _touches(text, n + 1) and (_touches(text, n - 1) or c in FIRST):
        return INSIDE[c], 1
    return None


def _stands_apart(text: str, n: int) -> bool:
    """A sign in a row of letters that are all apart: "s.h.!.t"."""
    return (
        text[n] in SIGNS
        and 1 < n < len(text) - 2
        and text[n - 1] == text[n + 1]
        and not text[n - 1].isalnum()
        and _touches(text, n - 2)
        and _touches(text, n + 2)
    )


def _touches(text: str, n: int) -> bool:
    return 0 <= n < len(text) and (text[n].isalnum() or text[n] in SIGNS)


def _between_letters(text: str, n: int) -> bool:
    return 0 < n < len(text) - 1 and text[n - 1].isalpha() and text[n + 1].isalpha()


def _contracted(text: str, n: int) -> bool:
    """True where the apostrophe at this place keeps a word from being another."""
    before, behind = _LETTERS_END.search(text, max(0, n - 5), n), _LETTERS.match(text, n + 1, n + 5)
    whole = f"{before[0] if before else ''}'{behind[0] if behind else ''}"
    return whole.lower() in CONTRACTIONS


def _odd_case(text: str, n: int) -> bool:
    """A capital I after a small letter, or a small l between capitals: each is read as the other."""
    return text[n] in "Il" and any(
        m.start() <= n < m.end() and text[n] in m[0]
        for m in _ODD_CASE.finditer(text, max(0, n - 1), n + 2)
    )


def _soft(text: str, n: int, kind: str, last: str, *, unseen: bool) -> str:
    if kind == "sign" or last == "sign":
        return SWITCH + SWITCH
    if kind != last:
        return SWITCH
    before = text[n - 1] if n else ""
    hump = unseen or _flag(text[n]) != _flag(before) or _is_hump(text, n, before)
    return CAMEL if hump else ""


def _is_hump(text: str, n: int, before: str) -> bool:
    """A capital after a small letter, or the last capital of several before small ones, or what follows those."""
    here = text[n]
    if not (here.isalpha() and before.isalpha()):
        return False
    if before.islower():
        return here.isupper()
    if not (before.isupper() and n > 1 and text[n - 2].isupper()):
        return False
    return here.islower() or (here.isupper() and text[n + 1 : n + 2].islower())


def _flag(c: str) -> bool:
    return "\U0001f1e6" <= c <= "\U0001f1ff"
