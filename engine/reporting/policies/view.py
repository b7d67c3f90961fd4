"""The guardrails page of one client, or of the agency, as one value. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.reporting.policies.form import Card, Start, cards
from engine.reporting.policies.material import Kept, Material
from engine.reporting.policies.review import DiffLine, Review, changed, lines_of, review
from engine.reporting.words import count, stamp
from policies.drafting.diff import differences
from policies.drafting.layers import Layer, Values, merged


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
    drafts = tuple(review(found, k, in_force) for k in found.versions if k.state == "draft")
    seen = next((r for r in drafts if asked and r.version == asked.version), None)
    past = asked is not None and asked.state in ("retired", "discarded", "replaced")
    start = Start(
        own=preset or (opened.own if opened and not past else {}),
        above=found.above,
        in_force=in_force.values if in_force else {},
        currency=found.currency,
        agency=found.agency,
        draft=seen is not None,
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
        review=seen,
        drafts=drafts,
        old=lines_of(found, _values(in_force), _values(asked)) if past else None,
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
        how = "to be published" if all(d.alone for d in drafts) else "for a second person"
        waits = f" {count(len(drafts), 'draft')} {'waits' if len(drafts) == 1 else 'wait'} {how}."
    return f"{said}{waits}"


def _past(found: Material, kept: Kept, now: datetime) -> Past:
    written = f"written by {kept.author}, {stamp(kept.written_at, found.zone, now)}"
    published = (
        f"published by {kept.publisher}, {stamp(kept.published_at, found.zone, now)}"
        if kept.published_at
        else ""
    )
    return Past(kept.version, kept.state, written, published, changed(found, kept))


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
