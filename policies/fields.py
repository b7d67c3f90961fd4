"""What a field of a policy says of itself beside its type: how it is written, and which way is looser.

The form, the diff and the layers are built from this alone, so a new rule needs no code elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Looser = Literal["higher", "lower", "more", "fewer", "yes", "no", "later", "earlier"]
"""Which way lets more through: a figure, the entries of a list, a yes or no, a choice in its listed order."""
Absent = Literal["tighter", "looser"]
"""What it means that nothing is written where that is allowed."""
Hint = Literal["billable_day"]
"""What the form works out beside a value: the largest budget whose day stays within it."""


@dataclass(frozen=True)
class Written:
    """A mark on a type: an int that is written as an amount of money or as a share of one."""

    kind: Literal["money", "share"]


def says(
    looser: Looser | None = None, *, absent: Absent | None = None, hint: Hint | None = None
) -> dict[str, Any]:
    """For ``Field(json_schema_extra=…)``; what is left out is not known, and is shown as "changed"."""
    told = {"looser": looser, "absent": absent, "hint": hint}
    return {key: value for key, value in told.items() if value is not None}
