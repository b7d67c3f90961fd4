"""Ways to write a forbidden phrase so that a plain list of words misses it: made by class, and written by hand.

The hand-written ones are in ``brand_cases.tsv`` (class, phrase, line). All are ours; the seed is fixed.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

SEED = 20261109
HERE = Path(__file__).parent
PHRASES = tuple((HERE / "brand_phrases.txt").read_text(encoding="utf-8").splitlines())
"""A list as a brand keeps one: 63 words and phrases."""
FRAMES = ("{}", "Get {} today", "Our {} offer", "Book now: {}", "{} for teams", "Why {}?")
ALPHABETS = {
    "full-width": "ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ",
    "bold mathematical": "𝗮𝗯𝗰𝗱𝗲𝗳𝗴𝗵𝗶𝗷𝗸𝗹𝗺𝗻𝗼𝗽𝗾𝗿𝘀𝘁𝘂𝘃𝘄𝘅𝘆𝘇",
    "script": "𝓪𝓫𝓬𝓭𝓮𝓯𝓰𝓱𝓲𝓳𝓴𝓵𝓶𝓷𝓸𝓹𝓺𝓻𝓼𝓽𝓾𝓿𝔀𝔁𝔂𝔃",
    "double-struck": "𝕒𝕓𝕔𝕕𝕖𝕗𝕘𝕙𝕚𝕛𝕜𝕝𝕞𝕟𝕠𝕡𝕢𝕣𝕤𝕥𝕦𝕧𝕨𝕩𝕪𝕫",
    "monospace": "𝚊𝚋𝚌𝚍𝚎𝚏𝚐𝚑𝚒𝚓𝚔𝚕𝚖𝚗𝚘𝚙𝚚𝚛𝚜𝚝𝚞𝚟𝚠𝚡𝚢𝚣",
    "circled": "ⓐⓑⓒⓓⓔⓕⓖⓗⓘⓙⓚⓛⓜⓝⓞⓟⓠⓡⓢⓣⓤⓥⓦⓧⓨⓩ",
    "parenthesised": "⒜⒝⒞⒟⒠⒡⒢⒣⒤⒥⒦⒧⒨⒩⒪⒫⒬⒭⒮⒯⒰⒱⒲⒳⒴⒵",
    "negative squared": "🅰🅱🅲🅳🅴🅵🅶🅷🅸🅹🅺🅻🅼🅽🅾🅿🆀🆁🆂🆃🆄🆅🆆🆇🆈🆉",
    "flags": "🇦🇧🇨🇩🇪🇫🇬🇭🇮🇯🇰🇱🇲🇳🇴🇵🇶🇷🇸🇹🇺🇻🇼🇽🇾🇿",
    "small capitals": "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡxʏᴢ",
}
CYRILLIC = str.maketrans("aceiopsxyhbkmt", "асеіорѕхуһькмт")
GREEK = str.maketrans("aeiknoptuvx", "αεικηορτυνχ")
ACCENTS = str.maketrans("aceinouyz", "áçêïñöůýž")
LEET = str.maketrans("aeiosgtb", "43105678")
SIGNS = str.maketrans("asei", "@$€!")
UNSEEN = ("\u200b", "\u200c", "\u200d", "\u2060", "\u00ad", "\ufeff", "\u034f", "\u180e", "\u3164")


class Evasion(NamedTuple):
    """One line that carries a phrase, and the way it hides it."""

    kind: str
    phrase: str
    line: str


def evasions(seed: int = SEED) -> list[Evasion]:
    """Every case, the same for the same seed."""
    dice = random.Random(seed)
    made = [case for kind, way in WAYS.items() for case in _made(kind, way, dice)]
    return [*dict.fromkeys(made), *by_hand()]


def by_hand() -> list[Evasion]:
    """The tricky ones."""
    rows = (HERE / "brand_cases.tsv").read_text(encoding="utf-8").splitlines()
    return [
        Evasion(*_unescaped(row).split("\t")) for row in rows if row and not row.startswith("#")
    ]


def _unescaped(row: str) -> str:
    return row.replace("<ZW>", "\u200b").replace("<SHY>", "\u00ad").replace("<NBSP>", "\u00a0")


def _made(
    kind: str, way: Callable[[str, random.Random], str | None], dice: random.Random
) -> Iterator[Evasion]:
    for phrase in dice.sample(PHRASES, 24):
        written = way(phrase, dice)
        if written is not None and written != phrase:
            yield Evasion(kind, phrase, dice.choice(FRAMES).format(written))


def _case(phrase: str, dice: random.Random) -> str:
    return "".join(dice.choice((c.upper(), c.lower())) for c in phrase)


def _plural(phrase: str, _: random.Random) -> str | None:
    return f"{phrase}s" if phrase[-1].isalpha() and phrase[-1] not in "sychxe" else None


def _possessive(phrase: str, _: random.Random) -> str | None:
    return f"{phrase}'s" if phrase.isalpha() and not phrase.endswith("s") else None


def _apart(mark: str) -> Callable[[str, random.Random], str | None]:
    def written(phrase: str, _: random.Random) -> str | None:
        words = phrase.replace("-", " ").split()
        if not all(w.isalpha() for w in words):
            return None
        return (mark + mark if mark == " " else " ").join(mark.join(w) for w in words)

    return written


def _torn(phrase: str, dice: random.Random) -> str | None:
    """The longest word of the phrase cut in two by a sign."""
    word = max(phrase.replace("-", " ").split(), key=len)
    if len(word) < 5 or not word.isalpha():
        return None
    at = dice.randrange(2, len(word) - 1)
    return phrase.replace(word, word[:at] + dice.choice("-._/·~*") + word[at:])


def _joined(phrase: str, _: random.Random) -> str | None:
    bare = phrase.replace(" ", "").replace("-", "")
    return f"#{bare}" if bare != phrase and bare.isalpha() else None


def _mapped(*tables: dict[int, int]) -> Callable[[str, random.Random], str | None]:
    def written(phrase: str, dice: random.Random) -> str | None:
        return phrase.lower().translate(dice.choice(tables))

    return written


def _leet(table: dict[int, int]) -> Callable[[str, random.Random], str | None]:
    def written(phrase: str, _: random.Random) -> str | None:
        if any(c.isdigit() or c in "#%" for c in phrase) or len(phrase) < 4:
            return None
        return phrase.lower().translate(table)

    return written


def _alphabet(phrase: str, dice: random.Random) -> str | None:
    letters = dict(zip("abcdefghijklmnopqrstuvwxyz", _graphemes(dice), strict=True))
    return "".join(letters.get(c, c) for c in phrase.lower())


def _graphemes(dice: random.Random) -> list[str]:
    return list(ALPHABETS[dice.choice(list(ALPHABETS))])


def _unseen(phrase: str, dice: random.Random) -> str:
    mark = dice.choice(UNSEEN)
    return "".join(c + mark if c.isalpha() else c for c in phrase[:-1]) + phrase[-1]


def _stretched(phrase: str, dice: random.Random) -> str | None:
    places = [n for n, c in enumerate(phrase) if c.isalpha()]
    if not places:
        return None
    at = dice.choice(places)
    return phrase[:at] + phrase[at] * dice.randrange(3, 7) + phrase[at + 1 :]


def _masked(phrase: str, dice: random.Random) -> str | None:
    if not phrase.isalpha() or len(phrase) < 4:
        return None
    at = dice.randrange(1, len(phrase) - 1)
    return f"{phrase[:at]}*{phrase[at + 1 :]}"


def _mixed(phrase: str, dice: random.Random) -> str | None:
    """Three ways at once."""
    if not phrase.replace(" ", "").isalpha() or len(phrase) < 4:
        return None
    return _unseen(_case(phrase, dice).translate(CYRILLIC).translate(ACCENTS), dice)


WAYS: dict[str, Callable[[str, random.Random], str | None]] = {
    "case": _case,
    "plural": _plural,
    "possessive": _possessive,
    "spaced": _apart(" "),
    "dotted": _apart("."),
    "hyphened": _apart("-"),
    "torn": _torn,
    "joined": _joined,
    "other alphabets": _mapped(CYRILLIC, GREEK),
    "accents": _mapped(ACCENTS),
    "styled letters": _alphabet,
    "figures": _leet(LEET),
    "signs": _leet(SIGNS),
    "unseen characters": _unseen,
    "stretched": _stretched,
    "masked": _masked,
    "several at once": _mixed,
}
"""Each class by name, and how a phrase is written in it; None where the phrase cannot be."""
