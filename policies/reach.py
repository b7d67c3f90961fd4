"""What the rules on places and audiences share: how a segment is named, and a switch that would widen by itself."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from policies.fields import Name
from policies.rule import Rule
from policies.verdict import Reason

Segment = Annotated[Name, Field(min_length=1, max_length=120)]
"""An audience segment by the name people know it by; an action names it exactly so."""
Expansion = Literal["block", "escalate"]
"""What a platform's own widening leads to where an act switches it on, the strict one first."""


def widened(rule: Rule, outcome: Expansion, switch: str) -> Reason:
    """The reason for a switch of the platform that is turned on."""
    name = switch.replace("_", " ")
    said = "no approval can turn it on" if outcome == "block" else "a person decides"
    return rule.reason(
        outcome,
        f"With {name} the platform would reach more than was agreed; {said}.",
        switch=switch,
    )
