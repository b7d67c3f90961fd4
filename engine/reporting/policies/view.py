"""The guardrails page of one client, or of the agency, as one value. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.reporting.policies.form import Card, Start, cards
from engine.reporting.words import count, stamp
from policies.drafting.diff import Difference, differences
from policies.drafting.layers import Layer, Values, merged
from policies.drafting.spoken import both

AGENCY_NAME = "The agency"


@dataclass(frozen=True)
class Kept:
    """One version as read: people by name, values whole, ``own`` what it wrote itself.

    ``authors`` are those of a draft and ``brought`` those of the agency's values it brings, by id. ``readable`` is
    True where the gate could judge by it.
    """

    version: int
    state: str
    author: str
    written_at: datetime
    publisher: str
    published_at: datetime | None
    values: Values
    own: Values
    base: int | None
    seal: str
    outdated: str
    authors: frozenset[str]
    readable: bool
    brought: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Material:
    """Everything the page is composed from. ``me`` is who looks, ``seniors`` who may publish, both by id."""

    client: str
    name: str
    currency: str
    zone: str
    agency: bool
    above: Layer
    versions: tuple[Kept, ...]
    me: str
    writes: bool
    publishes: bool
    senior: bool
    seniors: Mapping[str, str]


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

    ``refusal`` says why the reader may not publish it; empty when they may. ``seal`` and ``against`` bind the
    publication to what is shown.
    """

    version: int
    author: str
    written_at: datetime
    against: int | None
    lines: tuple[DiffLine, ...]
    told: str
    outdated: str
    refusal: str
    seal: str
    discards: bool


@dataclass(frozen=True)
class Past:
    """One row of the history."""

    version: int
    state: str
    written: str
    published: str
    changes: str


@dataclass(frozen=True)
class Page:
    """The page. ``opened`` is the version looked at; ``cards`` is empty where it can only be read."""

    material: Material
    in_force: Kept | None
    opened: Kept | None
    preset: str
    lead: str
    cards: tuple[Card, ...]
    editable: bool
    review: Review | None
    drafts: tuple[Review, ...]
    old: tuple[DiffLine, ...] | None
    history: tuple[Past, ...]
    lag: str


def page(
    found: Material,
    now: datetime,
    *,
    version: int | None = None,
    preset: Values | None = None,
    preset_name: str = "",
) -> Page:
    """Compose it; ``version`` is the one asked for in the address, ``preset`` the values to start from."""
    in_force = next((k for k in found.versions if k.state == "published"), None)
    asked = next((k for k in found.versions if k.version == version), None)
    opened = asked or in_force
    drafts = tuple(_review(found, k, in_force) for k in found.versions if k.state == "draft")
    review = next((r for r in drafts if asked and r.version == asked.version), None)
    past = asked is not None and asked.state in ("retired", "discarded", "replaced")
    start = Start(
        own=preset or (opened.own if opened and not past else {}),
        above=found.above,
        in_force=in_force.values if in_force else {},
        currency=found.currency,
        agency=found.agency,
        draft=review is not None,
    )
    may_start = opened is not None or preset is not None or found.agency
    return Page(
        material=found,
        in_force=in_force,
        opened=opened,
        preset=preset_name if preset is not None else "",
        lead=_lead(found, in_force, drafts, now),
        cards=cards(start) if may_start and not past else (),
        editable=found.writes and not past,
        review=review,
        drafts=drafts,
        old=_lines(found, _values(in_force), _values(asked)) if past else None,
        history=tuple(_past(found, k, now) for k in found.versions),
        lag=_lag(found, in_force),
    )


def _values(kept: Kept | None) -> Values:
    return kept.values if kept else {}


def _lead(found: Material, in_force: Kept | None, drafts: Sequence[Review], now: datetime) -> str:
    whose, has = (
        ("The agency's values", "have") if found.agency else ("This client's policy", "has")
    )
    if in_force is None:
        said = (
            "The agency writes nothing yet that its clients inherit."
            if found.agency
            else "No policy is in force, so the gate stops everything but pauses."
        )
    elif not in_force.readable:
        said = f"{whose} v{in_force.version} cannot be read by the gate. " + (
            "Publish the values again."
            if found.agency
            else "It stops everything for this client but pauses that a person orders, until the missing values"
            " are published."
        )
    else:
        at = in_force.published_at or in_force.written_at
        said = (
            f"{whose} v{in_force.version} {has} been in force since {stamp(at, found.zone, now)}."
        )
    waits = ""
    if drafts:
        waits = f" {count(len(drafts), 'draft')} {'waits' if len(drafts) == 1 else 'wait'} for a second person."
    return f"{said}{waits}"


def _review(found: Material, draft: Kept, in_force: Kept | None) -> Review:
    lines = _lines(found, _values(in_force), draft.values)
    return Review(
        version=draft.version,
        author=draft.author,
        written_at=draft.written_at,
        against=in_force.version if in_force else None,
        lines=lines,
        told=summary(lines),
        outdated=draft.outdated,
        refusal=_refusal(found, draft),
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
    if found.me in draft.authors:
        return f"You wrote this draft, so a second person publishes it. {may}"
    if found.me in draft.brought:
        return f"You wrote the agency's values it brings, so a second person publishes it. {may}"
    if not (found.senior and found.publishes):
        return f"Publishing takes a senior right. {may}"
    return ""


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


def _lines(found: Material, before: Values, after: Values) -> tuple[DiffLine, ...]:
    return tuple(_line(d, found.currency) for d in differences(before, after))


def _line(one: Difference, currency: str) -> DiffLine:
    before, after = both(one, currency)
    return DiffLine(one.block.title, one.field.name, before, after, one.direction)


def _past(found: Material, kept: Kept, now: datetime) -> Past:
    written = f"written by {kept.author}, {stamp(kept.written_at, found.zone, now)}"
    published = (
        f"published by {kept.publisher}, {stamp(kept.published_at, found.zone, now)}"
        if kept.published_at
        else ""
    )
    return Past(kept.version, kept.state, written, published, _changed(found, kept))


def _changed(found: Material, kept: Kept) -> str:
    """What a version changed in the one it was made on; "first" where there was none."""
    number = kept.base if kept.base is not None else kept.version - 1
    before = next((k for k in found.versions if k.version == number), None)
    if before is None:
        return "The first version"
    lines = _lines(found, before.values, kept.values)
    names = ", ".join(dict.fromkeys(x.block for x in lines))
    return f"{summary(lines)} ({names})" if lines else "No value changed"


def _lag(found: Material, in_force: Kept | None) -> str:
    """That the agency's values of now are not all in force for this client."""
    if in_force is None or found.agency:
        return ""
    values, _ = merged([found.above, Layer("client", in_force.version, in_force.own)])
    moved = differences(in_force.values, values)
    if not moved:
        return ""
    are, them = ("is", "it") if len(moved) == 1 else ("are", "them")
    return (
        f"{count(len(moved), 'value')} of the agency's v{found.above.version} {are} not in force for"
        f" this client yet; the next draft that is published brings {them}."
    )
