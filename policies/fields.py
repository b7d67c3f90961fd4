"""What a field of a policy says of itself beside its type: how it is written, and which way is looser.

The form, the diff and the layers are built from this alone, so a new rule needs no code elsewhere.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import AfterValidator

Looser = Literal["higher", "lower", "more", "fewer", "yes", "no", "later", "earlier"]
"""Which way lets more through: a figure, the entries of a list, a yes or no, a choice in its listed order."""
Absent = Literal["tighter", "looser"]
"""What it means that nothing is written where that is allowed."""
Hint = Literal["billable_day", "person"]
"""What more there is to a value: the largest budget whose day stays within it is worked out beside it; or it is
the id of one of the house's people, who can be called for the client.
"""


def readable(text: str) -> str:
    """A name without characters nobody can see: two that look the same are the same.

    Raises:
        ValueError: it has control or format characters (Unicode Cc, Cf), such as a zero-width space.
    """
    if any(unicodedata.category(c) in {"Cc", "Cf"} for c in text):
        raise ValueError("it has characters that cannot be seen; type it again")
    return text


Name = Annotated[str, AfterValidator(readable)]
"""A text that names somebody or something."""


@dataclass(frozen=True)
class Written:
    """A mark on a type: an int that is written as an amount of money or a share of one, a text that is an address."""

    kind: Literal["money", "share", "url"]


def says(
    looser: Looser | None = None,
    *,
    absent: Absent | None = None,
    hint: Hint | None = None,
    every: str | None = None,
    proves: bool = False,
    falls_back_to: str | None = None,
) -> dict[str, Any]:
    """For ``Field(json_schema_extra=…)``; what is left out is not known, and is shown as "changed".

    ``every`` is the entry of a list that stands for all there could be. ``proves`` says that the rule is monotone
    in the field: with a tighter value the gate never gives a milder verdict on anything
    (``tests/policies/test_monotone.py`` tries each field that says so). ``falls_back_to`` names the field of the
    same rule that holds where nothing is written here.
    """
    told: dict[str, Any] = {"looser": looser, "absent": absent, "hint": hint, "every": every}
    told |= {"proves": proves or None, "falls_back_to": falls_back_to}
    return {key: value for key, value in told.items() if value is not None}
