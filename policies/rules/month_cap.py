"""The month's cap, against the worst that can be billed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from pydantic import Field

from policies.case import Case
from policies.fields import says
from policies.money import MICROS, decimal_text
from policies.rule import MONEY_KINDS, Rule, Share, percent
from policies.verdict import Family, Reason


class MonthCap(Rule):
    """No edit may leave a worst case above the cap, not even one that makes it smaller.

    Stops are exempt.
    """

    name: ClassVar[str] = "month_cap"
    title: ClassVar[str] = "Cap of the month"
    kinds: ClassVar[frozenset[str] | None] = MONEY_KINDS
    family: ClassVar[Family] = "money"

    max_share: Share = Field(
        gt=0,
        title="Most billed in a month",
        description="Of the month's budget, held against the worst case.",
        json_schema_extra=says("higher", proves=True),
    )

    def judge(self, case: Case) -> Sequence[Reason]:
        """Escalates when the month could pass the cap in any state the writes pass through."""
        if not case.changes or case.is_stop:
            return ()
        cap = case.targets.month_budget * self.max_share // MICROS
        worst = max([t.month for t in case.totals[1:]])
        return () if worst <= cap else (self._over(case, cap, worst),)

    def _over(self, case: Case, cap: int, worst: int) -> Reason:
        unit, bound, figure = case.standing.currency, decimal_text(cap), decimal_text(worst)
        return self.reason(
            "escalate",
            f"This month may bill at most {unit} {bound}; after this it could bill {unit}"
            f" {figure} if nobody edits again.",
            bound=bound,
            figure=figure,
        )

    def describe(self) -> str:
        """The share of the month's budget."""
        return (
            f"The most that can be billed this month stays within {percent(self.max_share)} of"
            " the month's budget."
        )
