"""Characters that look like others: what a person reads when copy is spelled with letters of other alphabets. Pure.

Our own table of the characters seen in ad copy, by eye; compatibility forms (full-width, circled, mathematical) and
accents are Unicode's own normalisation (UAX 15, NFKC and NFKD).
"""

from __future__ import annotations

import unicodedata
from typing import Any

_PAIRS = (
    # Cyrillic
    "аa вb еe кk мm нh оo рp сc тt уy хx іi їi јj ѕs ԁd ԛq ԝw ҽe әe һh ӏl ґr "
    "ѵv ьb бb гr пn иn йn яr эe єe шw щw цu ѡw ҩo ҝk қk ҡk ҳx ҭt ңh ұy үy ғf "
    "ԍg ҏp "
    # Greek
    "αa βb γy δd εe ζz ηn ιi κk λl μm νv ξe οo πn ρp σo ςc τt υu χx ωw ϲc ϳj "
    "ϝf "
    # Small capitals, turned, hooked and stroked Latin
    "ɑa ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ꞯq ʀr ꜱs ᴛt ᴜu ᴠv ᴡw "
    "ʏy ᴢz ıi ȷj łl øo đd ħh ŧt ɓb ƃb ƀb ɗd ƒf ɠg ǥg ɨi ɩi ɾr ʂs ƭt ʋv ɣy ʐz "
    "ɛe ɜe əe ɔo ɒa ǝe ɐa ɹr ʇt ʌv ʍw ʎy ƙk ƞn ƥp ȥz ɯm ɥh ⱥa ȼc ɇe ɉj ƚl ɍr "
    "ɏy ƶz ꞓc ꝋo ᵽp ꝗq ⱦt ʉu ɦh ɭl ɱm ɳn ʈt ɖd ȿs ŋn "
    # Armenian, Cherokee, Hebrew, round digits of other scripts
    "օo սu ոn հh յj զq ցg Ꭺa Ᏼb Ꮯc Ꭰd Ꭼe Ꮐg Ꮋh Ꮖi Ꭻj Ꮶk Ꮮl Ꮇm Ꮎo Ꮲp Ꮢr Ꮪs Ꭲt "
    "Ꮙv Ꮃw Ꭹy Ꮓz סo ןi ०o ০o ੦o ૦o ௦o ౦o ೦o ൦o ๐o ໐o ၀o "
    # Signs drawn as letters
    "℮e ℘p ⍺a ⍳i ⍴p ∂d ∪u ∩n ⊂c "
    # Canadian syllabics and more
    "ᑕc ᑎn ᑌu ᗩa ᗷb ᗪd ᗴe ᖴf ᕼh ᒍj ᒪl ᗰm ᑭp ᖇr ᐯv ᗯw ƈc ƅb ƌd ϰk ʀr ɓb Ꮇm Ꭺa Ꮆg Ꮖi Ꮯc "
    # Lisu
    "ꓮa ꓐb ꓚc ꓓd ꓰe ꓝf ꓖg ꓧh ꓲi ꓙj ꓗk ꓡl ꓟm ꓠn ꓳo ꓑp ꓣr ꓢs ꓔt ꓴu ꓦv ꓪw ꓫx ꓬy ꓜz "
)
_RANGES = (
    (0x1F1E6, 26),  # regional indicators
    (0x1F130, 26),  # squared capitals
    (0x1F150, 26),  # negative circled capitals
    (0x1F170, 26),  # negative squared capitals
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WIDER = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ð": "d",
    "№": "no",
    "ſ": "s",
    "🆓": "free",
    "🆕": "new",
    "🆒": "cool",
    "🔝": "top",
    "💯": "100",
}
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u17b4\u17b5")
_BLANKS = frozenset("\u2800")
UNSEEN = frozenset({"Mn", "Me", "Cf", "Cc"})
"""Categories nobody sees: combining marks, zero-width and control characters."""


def _table() -> dict[str, str]:
    table = {pair[0]: pair[1] for pair in _PAIRS.split()}
    for start, count in _RANGES:
        table |= {chr(start + n): _LETTERS[n] for n in range(count)}
    return table | _WIDER


_TABLE = _table()


class _Folding(dict[int, str]):
    """Folds a character when it is first met; for ``str.translate``."""

    def __missing__(self, code: int) -> str:
        made = _folded(chr(code))
        if len(self) < _MOST:  # whatever is pasted, what is kept stays small
            self[code] = made
        return made


_MOST = 20_000


def _folded(c: str) -> str:
    if c in _BLANKS or c.isspace():
        return " "
    if c in _FILLERS:
        return ""
    if c in _TABLE:
        return _TABLE[c]
    if c.isdecimal():
        return str(unicodedata.decimal(c))
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", c).casefold())
    kept = (p for p in spread if p.isspace() or unicodedata.category(p) not in UNSEEN)
    return "".join(_TABLE.get(p, _TABLE.get(p.casefold(), p.casefold())) for p in kept)


FOLDING: Any = _Folding()
"""Code point -> what is read: lower-case Latin where it looks so, " " for any space, "" for what is not seen."""


def folded(text: str) -> str:
    """What is read: lower case, no accents, nothing invisible, look-alike letters made Latin; linear in time."""
    return text.translate(FOLDING)


def fold_one(c: str) -> str:
    """The same of one character."""
    return FOLDING[ord(c)]  # type: ignore[no-any-return]
