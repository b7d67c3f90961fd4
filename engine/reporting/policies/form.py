"""The form of a policy as a page draws it: each field with its value, what it would inherit and from where. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.reporting.words import money
from policies.delivery import DELIVERY, PLATFORM_OF
from policies.drafting.diff import same
from policies.drafting.fallbacks import holds
from policies.drafting.forms import Block, FormField, policy_blocks
from policies.drafting.layers import Layer, Values
from policies.drafting.spoken import spoken
from policies.drafting.typed import NONE, pattern, shown
from policies.exposure import largest_budget_under
from policies.money import micros

PLATFORMS: Mapping[str, str] = PLATFORM_OF
"""On which ad platform a channel is bought, where the house knows how that platform bills."""


@dataclass(frozen=True)
class FieldView:
    """One field. ``value`` is what it starts with (None: empty), ``inherited`` what holds if it stays empty.

    ``origin`` says where its value comes from, ``changed`` what is in force where that is something else, ``hint``
    what follows from the value. ``columns`` are the fields of one entry by
    their name in it. ``clears`` is True where emptying it brings the agency's value back. ``source`` names
    who wrote what is inherited: the agency, or another field of the rule (above).
    """

    path: str
    kind: str
    label: str
    help: str
    value: Any
    inherited: str
    origin: str
    changed: str = ""
    hint: str = ""
    pattern: str = ""
    none: str = NONE
    empty: str = "Nothing written"
    choices: Mapping[str, str] = field(default_factory=dict)
    everything: bool = False
    clears: bool = False
    source: str = "the agency"
    columns: tuple[FieldView, ...] = ()


@dataclass(frozen=True)
class Card:
    """One card of the form."""

    path: str
    name: str
    title: str
    help: str
    section: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True)
class Start:
    """What the form starts from: own values, the layer above, and what is in force (nothing: no policy yet)."""

    own: Values
    above: Layer
    in_force: Values
    currency: str
    agency: bool = False
    draft: bool = False


def cards(start: Start, blocks: Sequence[Block] | None = None) -> tuple[Card, ...]:
    """The cards, in the order of the policy's fields; for the agency without what is an amount of money."""
    found = []
    for block in policy_blocks() if blocks is None else blocks:
        wanted = [f for f in block.fields if not (start.agency and f.has_money)]
        if wanted:
            views = tuple(_view(block, f, start) for f in wanted)
            found.append(
                Card(block.path, block.name, block.title, block.help, block.section, views)
            )
    return tuple(found)


def _view(block: Block, one: FormField, start: Start) -> FieldView:
    own, above = start.own.get(one.path), start.above.values.get(one.path)
    now = start.in_force.get(one.path)
    written = own if own is not None else above
    back = _fallback(block, one, start) if written is None else None
    told = start.draft or (own is None and bool(start.in_force))
    moved = told and not same(one, now, written)
    return FieldView(
        path=one.path,
        kind=one.kind,
        label=one.name,
        help=one.help,
        value=shown(one, own),
        inherited=_inherited(one, above, back, start.currency),
        origin=back.origin if back else _origin(one, start, own, above),
        changed=_now(one, now, start.currency) if moved else "",
        hint=_hint(one, back.value if back else written, start.currency),
        pattern=pattern(one) if one.columns else "",
        empty="Left to each client" if start.agency else "Nothing written",
        choices=one.choices,
        everything=one.everything,
        clears=own is not None and above is not None,
        source="above" if back else "the agency",
        columns=tuple(map(_column, one.columns)),
    )


def _column(one: FormField) -> FieldView:
    """One column of an entry: empty, named by its place in the entry."""
    return FieldView(
        path=one.path.rpartition(".")[2],
        kind=one.kind,
        label=one.label,
        help=one.help,
        value=None,
        inherited="",
        origin="",
        choices=one.choices,
        everything=one.everything,
    )


@dataclass(frozen=True)
class _Back:
    """What holds for an empty field: a value written elsewhere in its rule, and where that comes from."""

    value: Any
    origin: str


def _fallback(block: Block, one: FormField, start: Start) -> _Back | None:
    """The value an empty field falls back to; None where it names none, or none is written."""
    values = {**start.above.values, **start.own}
    value, at = holds(block, one, values)
    if at is None or at.path == one.path:
        return None
    place = f"as {at.name}" if at.row else "as on all channels"
    layer = "set here" if at.path in start.own else f"from the agency, v{start.above.version}"
    shown_there = start.above.version is not None or at.path not in start.own
    told = f"{place[:1].upper()}{place[1:]}: {spoken(at, value, start.currency)}"
    return _Back(value, f"{told} · {layer}" if shown_there else told)


def _inherited(one: FormField, above: Any, back: _Back | None, currency: str) -> str:
    if above is not None:
        return spoken(one, above, currency)
    return spoken(one, back.value, currency) if back else ""


def _origin(one: FormField, start: Start, own: Any, above: Any) -> str:
    layer = f"the agency, v{start.above.version}"
    if own is not None and above is not None:
        return f"Set here · {layer}, has {spoken(one, above, start.currency)}"
    if own is not None:
        return "" if start.agency or start.above.version is None else "Set here"
    if above is not None:
        return f"From {layer}; type to override"
    return "" if start.agency or one.optional else "Not written yet"


def _now(one: FormField, value: Any, currency: str) -> str:
    return "nothing written" if value is None else spoken(one, value, currency)


def _hint(one: FormField, value: Any, currency: str) -> str:
    """The largest daily budget a maximum lets through, where the platform's billing is known."""
    if one.hint != "billable_day" or value is None:
        return ""
    cap, platform = micros(value), PLATFORMS.get(one.row)
    if cap == 0:
        return "Closed"
    if platform is None:
        return "How this platform bills is not known yet, so nothing is let through"
    most = money(largest_budget_under(platform, cap), currency)
    times = f"{float(DELIVERY[platform].day_multiple):g}×"
    return f"Lets through a budget of {most} a day: {DELIVERY[platform].name} may bill {times} that"
