"""What the command line and the owner's door say of one file: JSON values with agreed keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.model.imports import Previewed, totals_told

OPTIONS = {
    "currency": "the currency of its money: --currency CODE",
    "day_order": "whether the day or the month comes first: --day-order dmy or mdy",
}


def with_option(sentence: str, asks: Sequence[str]) -> str:
    """A refusal with each question named and the option that answers it."""
    told = "; ".join(OPTIONS.get(ask, ask) for ask in asks)
    return f"{sentence} Say {told}." if told else sentence


def still_open(told: dict[str, Any]) -> dict[str, Any]:
    """An answer whose questions are named among its notes, with the option that completes the rows later."""
    if not told["asks"]:
        return told
    sentence = with_option(
        "Nothing was assumed where the file leaves something open.", told["asks"]
    )
    return told | {"notes": [*told["notes"], f"{sentence} The same file again then completes it."]}


def answer(member: Previewed, import_id: str | None) -> dict[str, Any]:
    """One file that was read; ``kept`` is 0 unless ``import_id`` says that it was kept."""
    judged = member.judged
    return {
        "file": member.file,
        "format": member.format,
        "period": [d.isoformat() for d in member.period] if member.period else None,
        "currency": member.currency,
        "read": member.read,
        "kept": judged.kept if import_id else 0,
        "refused": [{"line": r.line, "reason": r.reason} for r in member.refused],
        "totals": totals_told(member.totals),
        "notes": list(member.notes),
        "reason": None,
        "new": judged.new,
        "changed": judged.changed,
        "already": judged.already,
        "asks": list(member.asks),
        "import": import_id,
    }


def refused(name: str, reason: str, asks: Sequence[str]) -> dict[str, Any]:
    """One file that could not be read."""
    return {
        "file": name,
        "format": None,
        "period": None,
        "currency": None,
        "read": 0,
        "kept": 0,
        "refused": [],
        "totals": {},
        "notes": [],
        "reason": reason,
        "new": 0,
        "changed": 0,
        "already": 0,
        "asks": list(asks),
        "import": None,
    }
