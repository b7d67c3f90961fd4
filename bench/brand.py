"""Are forbidden words found however they are spelled, and never where they are not? Beside a plain list in one regex.

The cases are ours (``bench.brand_cases``); the clean lines are real headlines, ad texts and searches beside the
checkout, each once, less those in which a phrase really stands.
"""

from __future__ import annotations

import csv
import io
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.brand_cases import PHRASES, SEED, Evasion, evasions
from bench.file_cases import REAL
from policies.inflections import forms
from policies.words import Words

Finder = Callable[[str], bool]
Source = tuple[Path, int, re.Pattern[str]]
"""A file, its lines before the header, and the columns that hold copy."""
SOURCES: tuple[Source, ...] = (
    (
        REAL / "experiments" / "upworthy_headline_tests_sample.csv",
        0,
        re.compile("headline|excerpt"),
    ),
    (
        REAL / "google_ads" / "ad_report_rsa_usd.csv",
        2,
        re.compile(r"(?:Long headline|Headline|Description|Path|Business name)[ \d]*"),
    ),
    (REAL / "google_ads" / "search_terms_gbp_eur_converted.csv", 2, re.compile("Search term")),
)
_SHORT, _TOLD = 1_000, 20


def run(short: bool, say: Callable[[str], None]) -> dict[str, Any]:  # noqa: FBT001  one signature for every bench
    """Every case; all clean lines, or the first 1,000 when short."""
    cases = evasions()
    words = Words(PHRASES)
    plain = re.compile(
        rf"(?<!\w)(?:{'|'.join(re.escape(p) for p in PHRASES)})(?!\w)", re.IGNORECASE
    )
    missed = [c for c in cases if c.phrase not in _found(words, c.line)]
    answer: dict[str, Any] = {
        "short": short,
        "sizes": {"phrases": len(PHRASES), "seed": SEED},
        "caught": len(cases) - len(missed),
        "cases": len(cases),
        "classes": len({c.kind for c in cases}),
        "caught_share": round(1 - len(missed) / len(cases), 4),
        "missed": [c._asdict() for c in missed[:_TOLD]],
        "by_class": _by_class(cases, missed),
        "regex": {"caught": sum(plain.search(c.line) is not None for c in cases)},
    }
    copy = set(real_lines(SOURCES[:2]))
    lines = list(real_lines())
    if not lines:
        say("brand: there is no real copy beside this checkout, so false alarms are not counted.")
        return {**answer, "skipped": "no real ad copy beside this checkout"}
    clean = [text for text in lines if not really_there(text)][: _SHORT if short else None]
    say(f"brand: {len(lines):,} real lines, {len(clean):,} of them clean.")
    wrong = [text for text in clean if words.find(text)]
    return {
        **answer,
        "clean_lines": len(clean),
        "clean_copy": sum(text in copy for text in clean),
        "false_alarms": len(wrong),
        "false_alarm_share": round(len(wrong) / len(clean), 5),
        "alarms": [{"line": t, "phrase": sorted(_found(words, t))} for t in wrong[:_TOLD]],
        "lines_per_s": _rate(lambda text: bool(words.find(text)), clean),
        "hostile_lines_per_s": _rate(
            lambda text: bool(words.find(text)), [c.line for c in cases] * 4
        ),
        "regex": {
            **answer["regex"],
            "false_alarms": sum(plain.search(text) is not None for text in clean),
            "lines_per_s": _rate(lambda text: plain.search(text) is not None, clean),
        },
    }


def line(answer: Mapping[str, Any]) -> str:
    """The answer as a sentence."""
    regex = answer["regex"]
    said = (
        f"brand: {answer['caught']} of {answer['cases']} evasions in {answer['classes']} classes caught"
        f" (a plain regex: {regex['caught']})"
    )
    if "skipped" in answer:
        return f"{said}; {answer['skipped']}."
    return (
        f"{said}; {answer['false_alarms']} false alarms on {answer['clean_lines']:,} clean lines;"
        f" {answer['lines_per_s']:,} lines/s (regex {regex['lines_per_s']:,})."
    )


def real_lines(sources: Sequence[Source] = ()) -> Iterator[str]:
    """Headlines, ad texts and searches of the real exports beside the checkout, each once; none without them."""
    seen: set[str] = set()
    for cell in _columns(sources or SOURCES):
        text = " ".join(cell.split())
        if len(text) > 2 and text not in seen and text != "--":
            seen.add(text)
            yield text


def really_there(text: str) -> bool:
    """True where a phrase or a form of it stands as it is written: such a line is not clean."""
    words = re.findall(r"[^\W_]+|[#%]", text.lower().replace("'", "").replace("’", ""))
    said = f" {' '.join(words)} "
    return any(f" {form} " in said for form in _FORMS)


def _forms() -> Iterator[str]:
    for phrase in PHRASES:
        words = re.findall(r"[^\W_]+|[#%]", phrase.lower().replace("'", ""))
        for n, word in enumerate(words):
            yield from (" ".join([*words[:n], form, *words[n + 1 :]]) for form in forms(word))


_FORMS = tuple(dict.fromkeys(_forms()))


def _columns(sources: Sequence[Source]) -> Iterator[str]:
    for path, skip, wanted in sources:
        if path.is_file():
            yield from _cells(path, skip, wanted)


def _cells(path: Path, skip: int, wanted: re.Pattern[str]) -> Iterator[str]:
    text = path.read_text(encoding="utf-8-sig").split("\n", skip)[-1]
    for row in csv.DictReader(io.StringIO(text)):
        yield from (
            value for name, value in row.items() if name and value and wanted.fullmatch(name)
        )


def _found(words: Words, text: str) -> set[str]:
    return {PHRASES[hit.phrase] for hit in words.find(text)}


def _by_class(cases: Sequence[Evasion], missed: Sequence[Evasion]) -> dict[str, str]:
    all_, lost = Counter(c.kind for c in cases), Counter(c.kind for c in missed)
    return {kind: f"{count - lost[kind]}/{count}" for kind, count in all_.items()}


def _rate(finder: Finder, lines: Sequence[str]) -> int:
    """Lines a second of one core's own time, so that other programs do not count; the best of three."""
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        for text in lines:
            finder(text)
        best = min(best, time.process_time() - began)
    return round(len(lines) / best)
