"""Damaged policy files: what editors, merges, translations and slips of the keyboard do to one. Seeded."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Change = Callable[[str, random.Random], str]
_AMOUNT = re.compile(r'"\d+\.\d+"')
_NUMBER = re.compile(r"(?<![\w.\"])\d+(?![\w.\"])")
_ANY = re.compile(r'"[^"\n]*"')
_KEY = re.compile(r'^(\s*"?)([a-z_]{3,})("?\s*[=:])', re.MULTILINE)
VALUES = (
    *(
        '"0.99"',
        '"1.00"',
        '"1.01"',
        '"99999999.00"',
        '"-1.00"',
        '"1e3"',
        '"NaN"',
        '"inf"',
        '"Infinity"',
    ),
    *(
        '"0,35"',
        '"1 400.00"',
        '"£1400"',
        '" 0.35 "',
        '"0.3500000001"',
        '"٣.٠"',
        '"０.９"',
        '""',
        '"0x10"',
    ),
    *(
        "0.35",
        "1400",
        "1e9",
        "nan",
        "inf",
        "true",
        "[]",
        "{}",
        '["0.35"]',
        "null",
        "NaN",
        "99",
        "-1",
    ),
    *("9" * 40, f'"{"9" * 40}"', '"1_400.00"', '"+0.90"', '"0.9"', "1_000", "0b11", "1979-05-27"),
)
_HIDDEN = ("\u200b", "\u202e", "\u00ad", "\ufeff", "\u0430", "\u0435", "\x00", "\u2028", "\u00a0")


def mutated(text: str, suffix: str, dice: random.Random) -> str:
    """A copy with one to three things done to it."""
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        text = dice.choice((*CHANGES, *(TOML if suffix == ".toml" else JSON)))(text, dice)
    return text


def _at(pattern: re.Pattern[str], text: str, dice: random.Random, new: Callable[[str], str]) -> str:
    found = list(pattern.finditer(text))
    if not found:
        return text
    one = dice.choice(found)
    return text[: one.start()] + new(one.group()) + text[one.end() :]


def _value(text: str, dice: random.Random) -> str:
    """Any value for an amount, a share or a number."""
    return _at(dice.choice((_AMOUNT, _NUMBER)), text, dice, lambda _: dice.choice(VALUES))


def _scale(text: str, dice: random.Random) -> str:
    """A figure a little, ten or a hundred times off; or the digits in another order."""

    def new(old: str) -> str:
        digits = old.strip('"')
        if dice.random() < 0.3:
            whole, _, rest = digits.partition(".")
            mixed = "".join(dice.sample(whole, len(whole)))
            return old.replace(digits, f"{mixed}.{rest}" if rest else str(int(mixed)))
        by = dice.choice((0.1, 0.5, 0.9, 1.1, 2, 10, 100))
        figure = float(digits) * by
        return f'"{figure:.2f}"' if old.startswith('"') else str(int(figure))

    return _at(dice.choice((_AMOUNT, _NUMBER)), text, dice, new)


def _as_text(text: str, dice: random.Random) -> str:
    """A number as text, or an amount as a number."""
    if dice.random() < 0.5:
        return _at(_NUMBER, text, dice, lambda old: f'"{old}"')
    return _at(_AMOUNT, text, dice, lambda old: old.strip('"'))


def _swap(text: str, dice: random.Random) -> str:
    """Two values exchanged."""
    found = [m.group() for m in _ANY.finditer(text)]
    if len(found) < 2:
        return text
    one, other = dice.sample(found, 2)
    return text.replace(one, "\x01", 1).replace(other, one, 1).replace("\x01", other, 1)


def _key(text: str, dice: random.Random) -> str:
    """A key misspelt, in other letters, or that of another line."""
    keys = [m.group(2) for m in _KEY.finditer(text)]

    def new(old: str) -> str:
        one = _KEY.match(old)
        if one is None:
            return old
        name = one.group(2)
        other = dice.choice(
            (name[:-1], name + "s", name.upper(), name.replace("a", "\u0430"), dice.choice(keys))
        )
        return f"{one.group(1)}{other}{one.group(3)}"

    return _at(_KEY, text, dice, new)


def _lines(text: str, dice: random.Random) -> str:
    """Lines lost, doubled, moved or exchanged."""
    lines = text.splitlines(keepends=True)
    if not lines:
        return text
    at, to = dice.randrange(len(lines)), dice.randrange(len(lines))
    how = dice.choice(("lose", "twice", "move", "swap", "many"))
    if how == "lose":
        del lines[at]
    elif how == "twice":
        lines.insert(to, lines[at])
    elif how == "move":
        lines.insert(to, lines.pop(at))
    elif how == "swap":
        lines[at], lines[to] = lines[to], lines[at]
    else:
        del lines[at : at + dice.choice((2, 4, 9))]
    return "".join(lines)


def _cut(text: str, dice: random.Random) -> str:
    """Truncated, or begun late."""
    at = dice.randrange(len(text) + 1)
    return text[:at] if dice.random() < 0.8 else text[at:]


def _letters(text: str, dice: random.Random) -> str:
    """A character lost, doubled, hidden or another."""
    if not text:
        return text
    at = dice.randrange(len(text))
    new = dice.choice(
        ("", text[at] * 2, dice.choice(_HIDDEN), dice.choice("0123456789\"'=.,[]{}#\\-"))
    )
    return text[:at] + new + text[at + (dice.random() < 0.6) :]


def _head(text: str, dice: random.Random) -> str:
    """Another schema, client, currency or zone."""
    old = re.compile(r'"?(schema_version|client|currency|time_zone)"?\s*[=:]\s*("[^"\n]*"|\d+)')
    new = dice.choice(("1", "3", '"GBP"', '"XXX"', '"someone"', '"UTC"', "0", '"2"', "true", "2.0"))
    return _at(old, text, dice, lambda whole: re.sub(r'("[^"\n]*"|\d+)$', lambda _: new, whole))


def _sections(text: str, dice: random.Random) -> str:
    """The headings of two tables exchanged."""
    found = re.findall(r"^\[.+\]$", text, re.MULTILINE)
    if len(found) < 2:
        return text
    one, other = dice.sample(found, 2)
    return text.replace(one, "\x01", 1).replace(other, one, 1).replace("\x01", other, 1)


def _again(text: str, dice: random.Random) -> str:
    """A table written a second time at the end, a value of it larger."""
    parts = re.split(r"(?=^\[)", text, flags=re.MULTILINE)
    return text + "\n" + _scale(dice.choice(parts), dice)


def _twin(text: str, dice: random.Random) -> str:
    """A key twice in one object, the second time with another value."""
    found = re.compile(r'"[a-z_]+": ("[^"\n]*"|\d+),')
    return _at(found, text, dice, lambda old: f"{old} {_scale(old, dice)}")


CHANGES: tuple[Change, ...] = (
    *(
        _value,
        _value,
        _scale,
        _scale,
        _as_text,
        _swap,
        _key,
        _lines,
        _cut,
        _letters,
        _letters,
        _head,
    ),
)
TOML: tuple[Change, ...] = (_sections, _again)
JSON: tuple[Change, ...] = (_twin, _twin)
