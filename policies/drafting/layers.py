"""Values in layers (the agency, then the client): what holds in the end, and where each value comes from. Pure.

A layer writes some values and leaves the others to the layer before it. Values stand as in a policy file
(amounts and shares as text), by the path of their field. A table keyed by channel has no value of its own: each of
its cells is one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policies.drafting.forms import FormField, policy_fields
from policies.policy import Policy
from policies.reading import policy_text, read_policy
from policies.upgrading import NEWEST

Values = Mapping[str, Any]
"""Path of a field -> its value as a policy file has it."""


@dataclass(frozen=True)
class Layer:
    """What one level wrote; ``version`` is None where it is not published."""

    name: str
    version: int | None
    values: Values


@dataclass(frozen=True)
class Origin:
    """The layer a value comes from."""

    name: str
    version: int | None


@dataclass(frozen=True)
class Effective:
    """What holds: the policy the gate judges by, every value of it, and the origin of each."""

    policy: Policy
    values: Values
    origins: Mapping[str, Origin]


@dataclass(frozen=True)
class Head:
    """Whose policy it is; no layer can change it."""

    client: str
    currency: str
    time_zone: str


def merged(layers: Sequence[Layer]) -> tuple[dict[str, Any], dict[str, Origin]]:
    """Every value written in any layer, the innermost (last) winning, with its origin."""
    values: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    for layer in layers:
        values |= layer.values
        origins |= {path: Origin(layer.name, layer.version) for path in layer.values}
    return values, origins


def resolve(head: Head, layers: Sequence[Layer]) -> Effective:
    """The whole policy the layers make, outermost first.

    Raises:
        BadPolicy: together they make no valid policy; every mistake is named.
    """
    values, origins = merged(layers)
    return Effective(read_policy(body_text(head, values), suffix=".json"), values, origins)


def body_text(head: Head, values: Values) -> str:
    """Values as the JSON text of a policy file; what is missing in them is missing there."""
    top = {"schema_version": NEWEST, "client": head.client, "version": 1}
    place = {"currency": head.currency, "time_zone": head.time_zone}
    return json.dumps({**top, **place, **nested(values)}, ensure_ascii=False)


def leaves(policy: Policy) -> dict[str, Any]:
    """Every value written in a policy, by path."""
    return flat(json.loads(policy_text(policy, ".json")), policy_fields().values())


def flat(body: Mapping[str, Any], fields: Iterable[FormField]) -> dict[str, Any]:
    """The values of the fields that a policy file's body holds."""
    found: dict[str, Any] = {}
    for one in fields:
        value: Any = body
        for part in one.path.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
        if value is not None:
            found[one.path] = value
    return found


def nested(values: Values, fields: Iterable[FormField] | None = None) -> dict[str, Any]:
    """The body of a policy file that holds the values; what has none of its values stands there empty."""
    known = policy_fields().values() if fields is None else fields
    body: dict[str, Any] = {}
    for place in dict.fromkeys(f.table or f.path.rpartition(".")[0] for f in known):
        _place(body, place.split("."))
    for path, value in values.items():
        *way, last = path.split(".")
        _place(body, way)[last] = value
    return body


def _place(body: dict[str, Any], way: Sequence[str]) -> dict[str, Any]:
    for part in way:
        body = body.setdefault(part, {})
    return body


def own_part(values: Values, outer: Values, inherited: Iterable[str]) -> dict[str, Any]:
    """The part of ``values`` a client must write itself so that they hold over ``outer``.

    What was ``inherited`` and still has the value of the outer layers stays inherited; all else is its own.
    """
    free = set(inherited)
    return {p: v for p, v in values.items() if p not in free or p not in outer or outer[p] != v}


@dataclass(frozen=True)
class Collision:
    """A value that both a draft and the version in force changed; the draft's was kept. None: not its own."""

    path: str
    base: Any
    in_force: Any
    kept: Any


def carried(base: Values, draft: Values, now: Values) -> tuple[dict[str, Any], list[Collision]]:
    """A draft's own changes since ``base``, put on ``now``, which is in force; and where the two met."""
    own, met = dict(now), []
    for path in dict.fromkeys((*base, *draft)):
        before, wanted, there = base.get(path), draft.get(path), now.get(path)
        if wanted == before:
            continue
        if there not in (before, wanted):
            met.append(Collision(path, before, there, wanted))
        if wanted is None:
            own.pop(path, None)
        else:
            own[path] = wanted
    return own, met
