"""Reading advertising copy the way a person does, whatever characters spell it."""

from __future__ import annotations

import unicodedata

_LOOKALIKES = str.maketrans("авекмнорстухіјѕԁԛԝɡαεικνορτυχ", "abekmhopctyxijsdqwgaeiknoptux")
_DIGITS = str.maketrans("0134578@$|€", "oieastbasle")
_SIGNS = "#%"
_UNSEEN = {"Mn", "Me", "Cf", "Cc"}  # combining marks, zero-width and control characters


def plain(text: str) -> str:
    """Lower case, without accents or invisible characters, look-alike letters made latin."""
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(c for c in spread if c.isspace() or unicodedata.category(c) not in _UNSEEN)
    return kept.casefold().translate(_LOOKALIKES)


class Line:
    """One piece of copy, ready to be asked for phrases."""

    def __init__(self, text: str) -> None:
        self.text = text
        base = plain(text)
        self._plain = _tokens(base, split_digits=True)
        self._dressed = _tokens(base.translate(_DIGITS), split_digits=False)

    def has(self, phrase: str) -> bool:
        """True when the phrase stands in the line as whole words, however it is dressed up."""
        wanted = squeezed(phrase)
        if _found(wanted, self._plain):
            return True
        return wanted.isalpha() and _found(wanted, self._dressed)


def squeezed(phrase: str) -> str:
    """A phrase reduced to its letters, digits and the signs # and %; empty when it has none."""
    return "".join(_tokens(plain(phrase), split_digits=True))


def _tokens(text: str, *, split_digits: bool) -> list[str]:
    tokens: list[str] = []
    last = ""
    for c in text:
        kind = _kind(c, split_digits=split_digits)
        if kind and kind == last and kind != "sign":
            tokens[-1] += c
        elif kind:
            tokens.append(c)
        last = kind
    return tokens


def _kind(c: str, *, split_digits: bool) -> str:
    if c in _SIGNS:
        return "sign" if split_digits else ""
    if not c.isalnum():
        return ""
    return "digit" if split_digits and c.isdigit() else "letter"


def _found(wanted: str, tokens: list[str]) -> bool:
    whole = "".join(tokens)
    if wanted not in whole:
        return False
    edges, at = {0}, 0
    for token in tokens:
        at += len(token)
        edges.add(at)
    start = whole.find(wanted)
    while start >= 0:
        if start in edges and start + len(wanted) in edges:
            return True
        start = whole.find(wanted, start + 1)
    return False
