"""New campaigns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from policies.actions import LaunchCampaign
from policies.case import Case
from policies.rule import Rule
from policies.verdict import Reason


class Structure(Rule):
    """Opening a campaign is a structural decision.

    It needs an approved plan, whatever the money.
    """

    name: ClassVar[str] = "structure"
    title: ClassVar[str] = "Structural decisions"
    kinds: ClassVar[frozenset[str] | None] = frozenset({"launch_campaign"})

    launch: Literal["escalate"] = Field(
        title="A new campaign",
        description="It opens under an approved plan only; no other setting is offered.",
    )

    def judge(self, case: Case) -> Iterator[Reason]:
        """Escalates every launch."""
        if isinstance(case.action, LaunchCampaign):
            yield self.reason(
                "escalate",
                f"A new campaign ({case.action.name}) opens only under a plan that a senior"
                " person approved.",
                campaign=case.action.campaign,
            )

    def describe(self) -> str:
        """Who opens campaigns."""
        return "Every new campaign needs a person's approval."
