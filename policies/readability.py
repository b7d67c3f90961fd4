"""How hard a text is to read: the Flesch-Kincaid grade. Pure.

0.39 x words per sentence + 11.8 x syllables per word - 15.59 (Kincaid, Fishburne, Rogers and Chissom, 1975, Research
Branch Report 8-75, Naval Technical Training). A syllable is a run of vowels, a silent final e left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LEAST_WORDS = 10
"""Fewer say nothing about a grade."""
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"[.!?]+(?:\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")


def grade(lines: Iterable[str]) -> float | None:
    """The US school grade of lines read one after another, each at least a sentence; None below ten words."""
    words: list[str] = []
    sentences = 0
    for line in lines:
        found = _WORD.findall(line.lower())
        if found:
            words += found
            sentences += sum(1 for part in _SENTENCE.split(line) if part.strip())
    if len(words) < LEAST_WORDS:
        return None
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """At least one."""
    runs = len(_VOWELS.findall(word))
    silent = word.endswith("e") and not word.endswith(("le", "ee", "ie", "oe", "ye")) and runs > 1
    return max(1, runs - silent)
