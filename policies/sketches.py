"""What digits and signs may be read as, and the sketch of a text that says quickly what cannot stand in it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from policies.lookalikes import folded

Reading = Literal["plain", "digits", "signs"]
"""A text as it is; with digits read as letters too; with digits and signs."""

DIGITS = {
    "0": "o",
    "1": "i",
    "2": "z",
    "3": "e",
    "4": "a",
    "5": "s",
    "6": "g",
    "7": "t",
    "8": "b",
    "9": "g",
}
INSIDE = {"|": "i", "!": "i", "¡": "i", "¦": "i", "+": "t", "†": "t", "(": "c", "<": "c", "{": "c"}
FIRST = frozenset("!|+")
ANYWHERE = {
    "@": "a",
    "$": "s",
    "€": "e",
    "£": "e",
    "¢": "c",
    "¥": "y",
    "§": "s",
    "₤": "l",
    "₿": "b",
    "⭕": "o",
    "©": "c",
    "®": "r",
}
ANYWHERE |= {"◯": "o", "○": "o", "●": "o", "⊙": "o", "∆": "a", "△": "a", "Ω": "o", "¤": "o"}
ART = {
    "\\/\\/": "w",
    "|\\/|": "m",
    "/\\/\\": "m",
    "/\\": "a",
    "\\/": "v",
    "|\\|": "n",
    "|-|": "h",
    "|_|": "u",
    "|)": "d",
    "|3": "b",
    "|<": "k",
    "()": "o",
    "[]": "o",
    "|2": "r",
    "|=": "f",
    "|_": "i",  # an l, which is read as an i here
    "vv": "w",
}
ARTS = re.compile("|".join(re.escape(a) for a in sorted(ART, key=len, reverse=True)), re.IGNORECASE)
SIGNS = INSIDE | ANYWHERE
CAPITALS = {"Η": "h", "Ν": "n", "Υ": "y"}
"""Greek capitals that look like another letter than their small ones."""
_FIGURED = re.compile(rf"[\d{''.join(CAPITALS)}]|[a-z]I|[A-Z]l[A-Z]|\bI[a-z]")
_CLASS = re.escape("".join(SIGNS))
_SIGNED = re.compile(
    rf"[{re.escape(''.join(ANYWHERE))}]|[{re.escape(''.join(INSIDE))}](?=[\w{_CLASS}])"
    rf"|(?<=\W)[{re.escape(''.join(INSIDE))}](?=\W)|[\\/][\\/|]|\(\)|\[\]|vv|VV"
)
_NOT_READ = re.compile(r"[^\w%#]|_")
_NOT_LETTERS = re.compile(r"[\W_]")
_AGAIN = re.compile(r"(.)\1+", re.DOTALL)
_AS_DIGITS = str.maketrans({**DIGITS, "l": "i"})
_AS_SIGNS = str.maketrans({**DIGITS, **SIGNS, "l": "i"})


def sketch(text: str, reading: Reading) -> str:
    """Every letter and digit without gaps, runs of one made single: what no phrase can be in, it is not in."""
    if reading == "signs":
        text = ARTS.sub(lambda m: ART[m[0].lower()], text)
    if text.isascii():  # most copy: the same by bytes, a good deal faster
        seen, unseen = _BYTES[reading]
        return collapsed(text.encode("ascii").translate(seen, unseen).decode("ascii"))
    if reading == "plain":
        return collapsed(_NOT_READ.sub("", folded(text)))
    if reading == "digits":
        return collapsed(_NOT_LETTERS.sub("", folded(text.translate(_UPPER)).translate(_AS_DIGITS)))
    return collapsed(
        _NOT_LETTERS.sub("", folded(text.translate(_SIGN_LETTERS)).translate(_AS_SIGNS))
    )


def _as_bytes(kept: str, table: Mapping[str, str]) -> tuple[bytes, bytes]:
    """For ``bytes.translate``: how each byte is read, and which bytes are left out."""
    seen = bytes(ord(table.get(c, c)) for c in (chr(n).lower() for n in range(256)) if ord(c) < 256)
    unseen = bytes(n for n in range(128) if not (chr(n).isalnum() or chr(n) in kept))
    return seen, unseen


_BYTES: Mapping[Reading, tuple[bytes, bytes]] = {
    "plain": _as_bytes("%#", {}),
    "digits": _as_bytes("", {**DIGITS, "l": "i"}),
    "signs": _as_bytes("".join(s for s in SIGNS if s.isascii()), {**DIGITS, **SIGNS, "l": "i"}),
}
_UPPER = str.maketrans(CAPITALS)
_SIGN_LETTERS = str.maketrans(SIGNS | CAPITALS)


def collapsed(text: str) -> str:
    """Runs of one character made single."""
    return _AGAIN.sub(r"\1", text)


def dressings(text: str) -> tuple[Reading, ...]:
    """The readings beside the plain one that can tell something more of this text."""
    signed = _SIGNED.search(text) is not None
    figured = _FIGURED.search(text) is not None
    return (*(("digits",) if figured else ()), *(("signs",) if signed else ()))
