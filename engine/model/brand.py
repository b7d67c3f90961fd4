"""A file of a client's brand: proof of a claim, a picture or a logo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

BrandKind = Literal["evidence", "image", "logo"]
BrandState = Literal["waiting", "approved", "rejected", "retired"]


@dataclass(frozen=True)
class BrandFile:
    """One file on record. ``file`` is the SHA-256 of its bytes, in hex; sizes in pixels (0: no picture) and bytes.

    It counts from ``since`` to ``until``, both included (None: until it is retired), once a second person approved
    it. ``claim`` is what evidence covers, word for word, ``source`` where it comes from. ``clear_millionths`` is the
    empty space around a logo over its shorter side; the colours, ``#rrggbb``, are of writing on a picture and of
    what it stands on. ``reason`` is why it was rejected or retired.
    """

    client: str
    number: int
    file: str
    kind: BrandKind
    name: str
    media_type: str
    size_bytes: int
    state: BrandState
    uploaded_by: str
    uploaded_at: datetime
    since: date
    until: date | None = None
    claim: str | None = None
    source: str | None = None
    width: int = 0
    height: int = 0
    clear_millionths: int = 0
    text_colour: str | None = None
    ground_colour: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None
