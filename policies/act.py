"""What every act is built from: frozen values, the evidence behind a wish, and the hash of what it would change."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from policies.frozen import Frozen, Sealed, altered, built
from policies.sound import born

__all__ = ["Act", "Evidence", "Frozen", "Key", "Micros", "Millionths", "Sealed", "altered", "built"]

Key = Annotated[str, Field(min_length=1, max_length=120)]
Micros = Annotated[int, Field(ge=0)]
Millionths = Annotated[int, Field(ge=0, le=1_000_000)]
"""A share of one: 1,000,000 is the whole."""


class Evidence(Sealed):
    """One figure behind a proposal, with its unit, so that a person can check it."""

    name: str
    value: float | int | str
    unit: str = ""


class Act(Frozen):
    """What every action says beside what it changes: whose it is, who wishes it, why, on what evidence."""

    later: ClassVar[frozenset[str]] = frozenset()
    """Fields that came later: at their default they change nothing, so they are left out of the fingerprint
    and an approval given before they existed holds."""

    client: Key
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    agent: Key
    reason: str = Field(min_length=1)
    evidence: tuple[Evidence, ...] = ()

    @model_validator(mode="after")
    def _born(self) -> Act:
        born(self)
        return self

    @property
    def fingerprint(self) -> str:
        """SHA-256 of what would change: every field but who asks, why, and on what evidence."""
        fields = type(self).model_fields
        silent = {n for n in self.later if getattr(self, n) == fields[n].default}
        body = self.model_dump(mode="json", exclude={"agent", "reason", "evidence"} | silent)
        text = json.dumps(body, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
