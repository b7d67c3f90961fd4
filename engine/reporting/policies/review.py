"""A draft beside what is in force: what it changes, whether it is proven to tighten, who may publish it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.reporting.policies.material import Kept, Material
from engine.reporting.words import count
from policies.drafting.diff import Difference, differences
from policies.drafting.layers import Values
from policies.drafting.spoken import both


@dataclass(frozen=True)
class DiffLine:
    """One field that differs, in words."""

    block: str
    name: str
    before: str
    after: str
    direction: str


@dataclass(frozen=True)
class Review:
    """An open draft beside what is in force, and who may do what with it.

    ``refusal`` says why the reader may not publish it; empty when they may. ``proven`` is True where it is proven
    to tighten only, ``alone`` where the reader may publish it although they wrote it. ``since`` tells what came into
    force after the version it was made on. ``seal`` and ``against`` bind the publication to what is shown.
    """

    version: int
    author: str
    written_at: datetime
    against: int | None
    lines: tuple[DiffLine, ...]
    told: str
    outdated: str
    refusal: str
    proven: bool
    alone: bool
    since: tuple[str, ...]
    seal: str
    discards: bool


def review(found: Material, draft: Kept, in_force: Kept | None) -> Review:
    """A draft with its answer for who looks."""
    lines = lines_of(found, in_force.values if in_force else {}, draft.values)
    refusal = _refusal(found, draft)
    wrote = found.me in draft.authors | draft.brought
    return Review(
        version=draft.version,
        author=draft.author,
        written_at=draft.written_at,
        against=in_force.version if in_force else None,
        lines=lines,
        told=summary(lines),
        outdated=draft.outdated,
        refusal=refusal,
        proven=not draft.unproven,
        alone=wrote and not refusal,
        since=_since(found, draft, in_force),
        seal=draft.seal,
        discards=found.me in draft.authors or (found.senior and found.publishes),
    )


def _refusal(found: Material, draft: Kept) -> str:
    """Why the reader may not publish a draft, with who may."""
    others = [
        name
        for person, name in found.seniors.items()
        if person not in draft.authors | draft.brought
    ]
    who = _or(others)
    may = f"{who} may publish it." if who else "An admin gives a second person the senior right."
    if not draft.readable:
        return "This version of the program cannot read the draft; write it again."
    if draft.outdated:
        return f"{draft.outdated} Carry its changes over first."
    wrote = _wrote(found, draft)
    holds = found.senior and found.publishes
    if holds and not (wrote and draft.unproven):
        return ""
    if not wrote:
        return f"Publishing takes a senior right. {may}"
    why = f" It is not a proven tightening: {draft.unproven}" if holds else ""
    if not draft.unproven:
        why = " It is a proven tightening; with the senior right you could publish it yourself."
    return f"{wrote}, so a second person publishes it. {may}{why}"


def _wrote(found: Material, draft: Kept) -> str:
    """What of a draft the reader wrote."""
    if found.me in draft.authors:
        return "You wrote this draft"
    return "You wrote the agency's values it brings" if found.me in draft.brought else ""


def _since(found: Material, draft: Kept, in_force: Kept | None) -> tuple[str, ...]:
    """What came into force after the version an outdated draft was made on, oldest first."""
    if not draft.outdated or draft.base is None or in_force is None:
        return ()
    later = [
        k
        for k in found.versions
        if k.published_at is not None and draft.base < k.version <= in_force.version
    ]
    return tuple(
        f"v{k.version}: {changed(found, k)}" for k in sorted(later, key=lambda k: k.version)
    )


def changed(found: Material, kept: Kept) -> str:
    """What a version changed in the one it was made on; "first" where there was none."""
    number = kept.base if kept.base is not None else kept.version - 1
    before = next((k for k in found.versions if k.version == number), None)
    if before is None:
        return "The first version"
    lines = lines_of(found, before.values, kept.values)
    names = ", ".join(dict.fromkeys(x.block for x in lines))
    return f"{summary(lines)} ({names})" if lines else "No value changed"


def _or(names: Sequence[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else list(names))


def summary(lines: Sequence[DiffLine]) -> str:
    """``3 changes: 1 looser, 2 tighter``."""
    if not lines:
        return "No value differs; only where values come from does."
    ways = {"looser": "looser", "tighter": "tighter", "changed": "neither"}
    told = [
        f"{n} {word}" for way, word in ways.items() if (n := sum(x.direction == way for x in lines))
    ]
    whole = count(len(lines), "change")
    return whole if told == [f"{len(lines)} neither"] else f"{whole}: {', '.join(told)}"


def lines_of(found: Material, before: Values, after: Values) -> tuple[DiffLine, ...]:
    """Every field that differs, in words."""
    return tuple(_line(d, found.currency) for d in differences(before, after))


def _line(one: Difference, currency: str) -> DiffLine:
    before, after = both(one, currency)
    return DiffLine(one.block.title, one.field.name, before, after, one.direction)
