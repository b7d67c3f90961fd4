"""Finding words and phrases in advertising copy however they are spelled, and not inside longer words. Pure.

A phrase is found as whole words, in any case, plural or other simple form; with its letters apart ("f r e e",
"f.r.e.e"), stretched ("freeee"), hidden behind digits and signs ("fr33", "$ale"), letters of other alphabets, accents
and characters nobody sees, or a letter masked ("fr*e"). Every step is linear in the text; a phrase costs one look at
a sketch of the text unless that holds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

from policies.everyday import EVERYDAY
from policies.inflections import forms
from policies.lookalikes import folded
from policies.sketches import Reading, collapsed, dressings, sketch
from policies.spelling import CAMEL, CONTRACTIONS, Letters, letters

MOST_HITS = 200
"""Hits told of one text; a paste of a megabyte says enough by then."""
_WORD = re.compile(r"[%#]|[^\W\d_]+(?:'[^\W\d_]+)?|\d+")
_APOSTROPHE = re.compile(r"['’ʼ`´‘]")
_INNER = re.compile(r"[^\W\d_]+(?:['’ʼ`´‘][^\W\d_]+)+")
_MASKED = re.compile(r"[^\W\d_]+(?:[*•●×]+[^\W\d_]*)+")
_LEAST_SPLIT, _LONG = 4, 7
_QUOTED = 400


class Hit(NamedTuple):
    """Phrase number ``phrase`` stands at ``start`` to ``end`` of the text."""

    phrase: int
    start: int
    end: int


class Needle(NamedTuple):
    """One form of a phrase: its runs of letters, and after how many letters its own words end."""

    text: str
    runs: tuple[tuple[str, int], ...]
    breaks: frozenset[int]


@dataclass(frozen=True)
class Wanted:
    """A phrase made ready; without its ``stem``, the longest that its forms share of a word, it is not in a text.

    ``dressed`` is read with i and l as one letter, and only where it is letters alone.
    """

    stem: str
    plain: tuple[Needle, ...]
    dressed_stem: str
    dressed: tuple[Needle, ...]


class Words:
    """Phrases made ready to be looked for together."""

    def __init__(self, phrases: Sequence[str]) -> None:
        self.phrases = tuple(phrases)
        self._wanted = [_wanted(p) for p in self.phrases]
        self._stems = [(n, w.stem) for n, w in enumerate(self._wanted) if w.plain]
        self._dressed_stems = [(n, w.dressed_stem) for n, w in enumerate(self._wanted) if w.dressed]

    def find(self, text: str) -> tuple[Hit, ...]:
        """Every phrase that stands in the text, by place, at most ``MOST_HITS``; nested finds are told once."""
        found = dict.fromkeys(self._read(text, "plain"))
        for reading in dressings(text):
            found |= dict.fromkeys(self._read(text, reading))
        if "*" in text or "•" in text or "●" in text or "×" in text:
            found |= dict.fromkeys(self._masked(text))
        if not found:
            return ()
        kept: list[Hit] = []
        for hit in sorted(found, key=lambda h: (h.start, -h.end)):
            if not any(
                h.phrase == hit.phrase and h.end > hit.start for h in kept[-len(self.phrases) :]
            ):
                kept.append(hit)
        return tuple(kept[:MOST_HITS])

    def _read(self, text: str, reading: Reading) -> Iterator[Hit]:
        seen = sketch(text, reading)
        plain = reading == "plain"
        near = [n for n, stem in (self._stems if plain else self._dressed_stems) if stem in seen]
        if not near:
            return
        read = letters(text, reading)
        for number in near:
            wanted = self._wanted[number]
            for needle in wanted.plain if plain else wanted.dressed:
                yield from _all(read, needle, number, plain=plain)

    def _masked(self, text: str) -> Iterator[Hit]:
        for token in _MASKED.finditer(text):
            shape = [c if c.isalpha() else "" for c in folded(token[0])]
            if sum(map(bool, shape)) * 2 < len(shape) or len(shape) < 4:
                continue
            for number, wanted in enumerate(self._wanted):
                if wanted.dressed and any(_fits(shape, needle.text) for needle in wanted.plain):
                    yield Hit(number, token.start(), token.end())


class Line:
    """One piece of copy, ready to be asked for phrases."""

    def __init__(self, text: str) -> None:
        self.text = text

    def has(self, phrase: str) -> bool:
        """True when the phrase stands in the line as whole words, however it is dressed up."""
        return bool(_one(phrase).find(self.text))

    def says(self, phrase: str) -> bool:
        """True when a reader is plainly told it: in these words, in any case, with nothing that hides a letter."""
        needle = _needle(folded(phrase))
        if needle is None or collapsed(needle.text) not in sketch(self.text, "plain"):
            return False
        read, known = letters(self.text, "plain"), set(phrase.casefold())
        hidden = read.veiled.union(
            n for n in read.strange if self.text[read.at[n]].casefold() not in known
        )
        for start in read.starts.get(needle.text[0], ()):
            end, torn, stretched = _walk(read, start, needle)
            bare = end and not torn and not stretched and not hidden.intersection(range(start, end))
            if bare and _is_edge(read, start, end, needle):
                return True
        return False


def squeezed(phrase: str) -> str:
    """A phrase reduced to its letters, digits and the signs # and %; empty when it has none."""
    return "".join(_WORD.findall(_glued(folded(phrase)))).replace("'", "")


def quoted(line: str, at: int = 0) -> str:
    """A line as a sentence quotes it: whole as any ad's is, of a long paste the part around a place."""
    if len(line) <= _QUOTED:
        return line
    start = max(0, at - _QUOTED // 2)
    return line[start : start + _QUOTED]


@lru_cache(maxsize=2_000)
def _one(phrase: str) -> Words:
    return Words((phrase,))


def _wanted(phrase: str) -> Wanted:
    words = _WORD.findall(_glued(folded(phrase)))
    said = dict.fromkeys(
        " ".join((*words[:n], form, *words[n + 1 :]))
        for n, word in enumerate(words)
        for form in forms(word)
    )
    plain = tuple(needle for text in said if (needle := _needle(text)) is not None)
    letters_only = all(n.text.isalpha() for n in plain) and len(squeezed(phrase)) > 2
    other = tuple(n for t in said if (n := _needle(t.replace("l", "i")))) if letters_only else ()
    stem = max((_same_start(forms(word)) for word in words), key=len, default="")
    stem = stem.replace("'", "")
    return Wanted(collapsed(stem), plain, collapsed(stem.replace("l", "i")), other)


def _glued(text: str) -> str:
    """Without the apostrophes within words, but those of contractions ("can't")."""
    return _INNER.sub(lambda m: m[0] if m[0] in CONTRACTIONS else _APOSTROPHE.sub("", m[0]), text)


def _same_start(words: Sequence[str]) -> str:
    first, last = min(words), max(words)
    same = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), None)
    return first[:same]


def _needle(text: str) -> Needle | None:
    words = _WORD.findall(_glued(text))
    whole = "".join(words)
    if not whole:
        return None
    ends, at = set(), 0
    for word in words:
        at += len(word)
        ends.add(at)
    runs = tuple((c, sum(1 for _ in run)) for c, run in groupby(whole))
    return Needle(whole, runs, frozenset(ends))


def _all(read: Letters, needle: Needle, number: int, *, plain: bool) -> Iterator[Hit]:
    told = 0
    for start in read.starts.get(needle.text[0], ()):
        end, torn, stretched = _walk(read, start, needle)
        if (
            end
            and _is_edge(read, start, end, needle)
            and _is_stretched_on_purpose(needle, stretched)
            and (plain or _is_dressed(read, start, end))
            and (not torn or _is_torn_on_purpose(read, start, end, torn, plain=plain))
        ):
            yield Hit(number, read.at[start], read.at[end - 1] + 1)
            told += 1
            if told >= MOST_HITS:
                return


def _walk(read: Letters, start: int, needle: Needle) -> tuple[int, list[int], list[int]]:
    """Where the phrase ends that begins here (0: it is not there), its gaps within words, and its longer runs."""
    chars, gaps, at, done = read.chars, read.gaps, start, 0
    torn: list[int] = []
    stretched: list[int] = []
    for c, times in needle.runs:
        if chars[at : at + times] != [c] * times:
            return 0, torn, stretched
        for _ in range(times):
            if done and gaps[at] > CAMEL and done not in needle.breaks:
                torn.append(at)
            at += 1
            done += 1
        first = at
        if c.isalpha():
            while at < len(chars) and chars[at] == c and gaps[at] <= CAMEL:
                at += 1
        if at > first:
            stretched.append(at - first + times)
    return at, torn, stretched


def _is_edge(read: Letters, start: int, end: int, needle: Needle) -> bool:
    before, behind = read.gaps[start], read.gaps[end]
    if not behind or (CAMEL in (before, behind) and len(needle.text) < _LEAST_SPLIT):
        return False
    figure = needle.text[-1].isdigit() and end < len(read.chars) and read.chars[end].isdigit()
    return not (figure and behind in (",", "."))


def _is_stretched_on_purpose(needle: Needle, stretched: list[int]) -> bool:
    """One letter doubled is a slip or another word ("lose", "loose"); three of one, or two doubled, is neither."""
    if not stretched:
        return True
    return max(stretched) > 2 or len(stretched) > 1 or len(needle.text) >= _LONG


def _is_dressed(read: Letters, start: int, end: int) -> bool:
    """Some letter is a figure or sign, and enough are none: "b3st", "a55ess", "a$$", not "1055" or "A55"."""
    size, odd = end - start, [n for n in range(start, end) if n in read.odd]
    figures = sum(n in read.figures for n in odd)
    least = 2 if size < _LEAST_SPLIT else 1
    return bool(odd) and size - figures >= max(least, size // 5)


def _is_torn_on_purpose(
    read: Letters, start: int, end: int, torn: list[int], *, plain: bool
) -> bool:
    """Letters apart, or a word cut into pieces that are no words; two words side by side are just that."""
    cuts = [start, *torn, end]
    pieces = ["".join(read.chars[a:b]) for a, b in pairwise(cuts)]
    if all(len(p) == 1 for p in pieces):
        return _is_spelled(read, start, end, read.gaps[torn[0]])
    spaced = any(any(c.isspace() for c in read.gaps[n]) for n in torn)
    if not plain or end - start < _LEAST_SPLIT:
        return not spaced and len(pieces) > 1 and end - start > _LEAST_SPLIT
    return not all(_is_word(p) for p in pieces)


def _is_word(piece: str) -> bool:
    return piece in EVERYDAY or (piece.endswith("s") and piece[:-1] in EVERYDAY and len(piece) > 3)


def _is_spelled(read: Letters, start: int, end: int, gap: str) -> bool:
    """Spelled letter by letter, and not the middle of a longer word that is spelled so."""
    before = read.gaps[start] == gap and _is_single(read, start - 1)
    behind = read.gaps[end] == gap and _is_single(read, end)
    size = end - start
    if before and behind:
        return False
    return not (before or behind) or size > _LEAST_SPLIT or (behind and size == _LEAST_SPLIT)


def _is_single(read: Letters, n: int) -> bool:
    """A letter that stands alone and is no word by itself."""
    if not 0 <= n < len(read.chars) or read.chars[n] in "ai":
        return False
    return read.gaps[n] > CAMEL and read.gaps[n + 1] > CAMEL


def _fits(shape: Sequence[str], word: str) -> bool:
    return len(word) == len(shape) and all(
        not s or s == c for s, c in zip(shape, word, strict=True)
    )
