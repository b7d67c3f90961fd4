"""What the gate says of an action: allowed, escalated or blocked, with every reason kept."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from policies.actions import Frozen

Outcome = Literal["allow", "escalate", "block"]
Family = Literal["money", "authority", "brand", "review", "audience"]
"""What a reason is about: spend and its bounds, what may be done alone, the brand's words and pictures,
the review a regulated category needs, who is reached."""


class Reason(Frozen):
    """Why one rule said what it said.

    ``sentence`` quotes the bound and the figure that met it; ``facts`` holds the same figures as
    text (money as decimal strings of whole units), for the card and the ledger. ``family`` is what
    it is about: a yes to one family is no yes to another.
    """

    rule: str
    outcome: Outcome
    sentence: str
    facts: dict[str, str] = Field(default_factory=dict)
    family: Family = "authority"


class _Verdict(Frozen):
    action: Any  # the very action judged, whatever it was: the gate is total
    fingerprint: str
    policy_version: int | None
    judged_at: datetime | None
    reasons: tuple[Reason, ...]

    @property
    def sentence(self) -> str:
        """The reasons that decided, in one line."""
        worst = [r.sentence for r in self.reasons if r.outcome != "allow"]
        return " ".join(worst) or "Within every bound."

    @property
    def families(self) -> frozenset[Family]:
        """What a person has to be asked about: the families of the reasons that escalated."""
        return frozenset(r.family for r in self.reasons if r.outcome == "escalate")


class Allowed(_Verdict):
    """Every rule let it through."""

    verdict: Literal["allowed"] = "allowed"


class Escalated(_Verdict):
    """At least one bound would be passed: a person decides, the platform holds still."""

    verdict: Literal["escalated"] = "escalated"


class Blocked(_Verdict):
    """Forbidden, unreadable or unjudgeable: no approval can run it."""

    verdict: Literal["blocked"] = "blocked"


Verdict = Annotated[Allowed | Escalated | Blocked, Field(discriminator="verdict")]


ASKED_BEFORE: frozenset[Family] = frozenset({"money", "authority"})
"""What there was to ask about when an approval did not name it yet."""


class Approval(Frozen):
    """A senior person's yes to exactly one diff on exactly one state, once, until ``expires_at``.

    ``grounds`` are the facts of that state (``policies.grounds``), ``state_hash`` is theirs; empty: no state was
    shown beside the diff. ``families`` is what it says yes to; None, on an approval kept from before it was named:
    to what could be asked then (``ASKED_BEFORE``).
    """

    fingerprint: str
    person: str
    at: datetime
    expires_at: datetime
    reason: str
    state_hash: str = ""
    grounds: dict[str, str] = Field(default_factory=dict)
    families: frozenset[Family] | None = None

    @property
    def covers(self) -> frozenset[Family]:
        """The families it clears; no other."""
        return ASKED_BEFORE if self.families is None else self.families
