"""Phase as authority: what the platform may do alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import Field

from policies.actions import Frozen
from policies.case import Case
from policies.fields import Name, says
from policies.rule import Rule
from policies.standing import Phase
from policies.verdict import Reason

Kind = Literal[
    "set_budgets",
    "shift_budget",
    "launch_campaign",
    "set_campaign_status",
    "ship_variant",
    "pause_variant",
    "set_audiences",
    "set_bid_target",
    "set_schedule",
    "set_variant_shares",
]
_SAID = {
    "configure": "configuration",
    "launch": "launch",
    "closed_loop": "closed-loop",
    "continuous": "continuous",
}


class Powers(Frozen):
    """What may be done alone: these kinds of action, by these agents.

    The agent "any" stands for all.
    """

    kinds: tuple[Kind, ...] = Field(
        title="done alone",
        description="Every other kind of action asks a person.",
        json_schema_extra=says("more", proves=True),
    )
    agents: tuple[Name, ...] = Field(
        title="by these agents",
        description='One a line; "any" stands for all of them.',
        json_schema_extra=says("more", every="any", proves=True),
    )


class PhaseRule(Rule):
    """While a client is being configured everything is asked; later phases list what is not."""

    name: ClassVar[str] = "phase"
    title: ClassVar[str] = "Authority by phase"

    launch: Powers = Field(title="Launch phase")
    closed_loop: Powers = Field(title="Closed-loop phase")
    continuous: Powers = Field(title="Continuous phase")

    def judge(self, case: Case) -> Sequence[Reason]:
        """Escalates what the phase does not give to the platform."""
        if case.is_safe_stop:
            return (self._ordered(case),)
        phase = case.standing.phase
        if case.is_ordered_stop or case.is_own_move or self._may(phase, case):
            return ()
        agent, kind = case.action.agent, case.action.kind
        said = self.reason(
            "escalate",
            f'In the {_SAID[phase]} phase "{agent}" may not {kind.replace("_", " ")} alone;'
            " a person decides.",
            phase=phase,
            agent=agent,
            kind=kind,
        )
        return (said,)

    def _may(self, phase: Phase, case: Case) -> bool:
        if phase == "configure":
            return False
        powers: Powers = getattr(self, phase)
        if case.action.kind not in powers.kinds:
            return False
        return case.action.agent in powers.agents or "any" in powers.agents

    def _ordered(self, case: Case) -> Reason:
        return self.reason(
            "allow",
            "The policy itself orders this pause: it is the safe state of a question that"
            " nobody decided in time.",
            agent=case.action.agent,
        )

    def describe(self) -> str:
        """What is done alone, by phase."""
        parts = []
        for phase in ("launch", "closed_loop", "continuous"):
            kinds = [k.replace("_", " ") for k in getattr(self, phase).kinds]
            parts.append(f"{_SAID[phase]} phase: {', '.join(kinds) or 'nothing'}")
        return f"Done without asking, by phase: {'; '.join(parts)}; configuration phase: nothing."
