"""What a guardrail is: a model of its own bounds that judges one case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, PlainSerializer

from policies.actions import Frozen
from policies.fields import Written
from policies.money import MICROS, decimal_text, micros
from policies.verdict import Family, Outcome, Reason

if TYPE_CHECKING:
    from policies.case import Case


def _read_share(value: Any) -> int:
    if isinstance(value, str):
        return micros(value)
    raise ValueError('write a share as text from 0 to 1, such as "0.35"')


Share = Annotated[
    int,
    Written("share"),
    BeforeValidator(_read_share),
    Field(ge=0, le=MICROS),
    PlainSerializer(decimal_text, return_type=str, when_used="json"),
]
"""A share from 0 to 1: text such as "0.35" at every boundary, int millionths inside."""

Multiple = Annotated[
    int,
    Written("share"),
    BeforeValidator(_read_share),
    Field(gt=0, le=100 * MICROS),
    PlainSerializer(decimal_text, return_type=str, when_used="json"),
]
"""How many times one figure is of another, above 0 to 100: ``"3.00"`` at every boundary, millionths inside, 300% on
a form."""

Ratio = Annotated[
    int,
    Written("share"),
    BeforeValidator(_read_share),
    Field(ge=0, le=100 * MICROS),
    PlainSerializer(decimal_text, return_type=str, when_used="json"),
]
"""A ratio that may pass one, such as a return on ad spend: text such as "4.00", int millionths inside."""


Channel = Literal["google_search", "youtube", "linkedin", "meta", "microsoft_search"]
"""The channels of ``policies.actions.CHANNELS``, for policy files."""

CHANNEL_NAMES = {
    "google_search": "Search",
    "youtube": "YouTube",
    "linkedin": "LinkedIn",
    "meta": "Meta",
    "microsoft_search": "Microsoft Search",
}


MONEY_KINDS = frozenset({"set_budgets", "shift_budget", "launch_campaign", "set_campaign_status"})
"""Kinds of action that change what can be spent: those ``policies.actions.budget_changes`` answers for."""

COPY_KINDS = frozenset({"launch_campaign", "ship_variant"})
"""Kinds of action that put words before people: those ``policies.actions.copy_of`` answers for."""

LEVER_KINDS = frozenset({"set_audiences", "set_bid_target", "set_schedule", "set_variant_shares"})
"""Kinds of action that steer the money that is set: those of ``policies.levers``."""

SORTED_KINDS = MONEY_KINDS | COPY_KINDS | LEVER_KINDS | {"pause_variant"}
"""Kinds a rule may leave to others by its ``kinds``; an action of any other kind meets every rule."""


class Rule(Frozen):
    """One guardrail. Its fields are its bounds; a rule sees nothing but the case.

    ``kinds`` are the kinds of action it judges; None: every kind. ``family`` is what a person has to
    be asked about when it escalates; an approval of one family clears no other.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    kinds: ClassVar[frozenset[str] | None] = None
    family: ClassVar[Family] = "authority"

    def judges(self, kind: str) -> bool:
        """True when this rule has to look at an action of that kind."""
        return self.kinds is None or kind in self.kinds or kind not in SORTED_KINDS

    def judge(self, case: Case) -> Iterable[Reason]:
        """Every reason to escalate or block; nothing when the case is within the bounds."""
        raise NotImplementedError

    def describe(self) -> str:
        """The bounds in plain English, with units."""
        raise NotImplementedError

    def reason(self, outcome: Outcome, sentence: str, **facts: str) -> Reason:
        """A reason of this rule."""
        return Reason(
            rule=self.name, outcome=outcome, sentence=sentence, facts=facts, family=self.family
        )


def percent(share_millionths: int) -> str:
    """A share as people read it, exactly: ``60%``, ``33.3333%``."""
    whole, rest = divmod(share_millionths, 10_000)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".") + "%"


def percent_over(part: int, whole: int, bound_millionths: int) -> str:
    """The share ``part / whole``, rounded up to as few places as show that it is over the bound."""
    for step in (1_000, 100, 10, 1):
        share = -(-part * MICROS // (whole * step)) * step
        if share > bound_millionths:
            return percent(share)
    return f"a little over {percent(bound_millionths)}"


def channel_name(channel: str) -> str:
    """A channel as people call it."""
    return CHANNEL_NAMES.get(channel, channel)
