"""The forms an English word takes in copy: plural, possessive, past, -ing. Pure.

Rules of spelling, no dictionary: a form that is no word costs nothing, since nobody writes it. Comparatives and
``-er`` are left out ("numb" would find "number").
"""

from __future__ import annotations

from functools import cache

_VOWELS = frozenset("aeiou")
_PLURALS = {
    "man": "men",
    "woman": "women",
    "child": "children",
    "person": "people",
    "foot": "feet",
    "tooth": "teeth",
    "mouse": "mice",
    "life": "lives",
    "wife": "wives",
    "knife": "knives",
    "half": "halves",
    "thief": "thieves",
    "loaf": "loaves",
}
_OTHER_WORDS = frozenset(
    (
        *("news", "means", "goods", "thing", "being", "sing", "king", "wing", "ring", "bed", "red"),
        *(
            "wed",
            "fed",
            "shed",
            "seed",
            "need",
            "speed",
            "breed",
            "sting",
            "bring",
            "string",
            "spring",
        ),
        *("during", "species", "series"),
    )
)
"""Words of their own that only look like forms of a shorter one."""


@cache
def forms(word: str) -> tuple[str, ...]:
    """The word itself first, then its plural or singular, past and -ing; letters only, lower case."""
    base = _singular(word)
    found = dict.fromkeys((word, base, _PLURALS.get(base, base)))
    if base.isalpha() and base.isascii() and len(base) >= 3:
        found |= dict.fromkeys((*_plural(base), *_verb(base)))
    return tuple(f for f in found if f == word or f not in _OTHER_WORDS)


def _singular(word: str) -> str:
    """A plural phrase forbids its singular too: "miracles", "miracle"."""
    if len(word) < 5 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1]


def _plural(word: str) -> tuple[str, ...]:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return (f"{word}es", f"{word}s")  # the second is "detox's" without its apostrophe
    if word.endswith("y") and word[-2] not in _VOWELS:
        return (f"{word[:-1]}ies", f"{word}s")
    return (f"{word}s",)


def _verb(word: str) -> tuple[str, ...]:
    if word.endswith("e"):
        stem = word[:-1]
        if word.endswith("ee"):
            return (f"{word}d", f"{word}ing")
        return (f"{word}d", f"{stem}ing") if _VOWELS & set(stem) else ()
    if word.endswith("y") and word[-2] not in _VOWELS:
        return (f"{word[:-1]}ied", f"{word}ing")
    if word.endswith(("ed", "ing")):
        return ()
    if _doubles(word):
        return (f"{word}{word[-1]}ed", f"{word}{word[-1]}ing")
    return (f"{word}ed", f"{word}ing")


def _doubles(word: str) -> bool:
    """One short syllable that ends consonant, vowel, consonant: "scam", "scammed"."""
    before, vowel, last = word[-3:-2], word[-2], word[-1]
    single = sum(c in _VOWELS for c in word) == 1
    return single and before not in _VOWELS and vowel in _VOWELS and last not in "aeiouwxy"
