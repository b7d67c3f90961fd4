"""What the guardrails page is composed from: every version as read, and who looks. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from policies.drafting.layers import Layer, Values

AGENCY_NAME = "The agency"


@dataclass(frozen=True)
class Kept:
    """One version as read: people by name, values whole, ``own`` what it wrote itself.

    ``authors`` are those of a draft and ``brought`` those of the agency's values it brings, by id. ``readable`` is
    True where the gate could judge by it; ``unproven`` is why it is not proven to tighten only, empty where it is.
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
    unproven: str = "Nobody asked."


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
