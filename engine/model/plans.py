"""A media plan as a value: what it would set, what it is expected to bring, and its fingerprint."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import pyarrow as pa
from pydantic import Field

from policies.actions import Frozen, Key, LaunchCampaign, Micros, SetBudgets
from policies.money import decimal_text
from policies.policy import Policy
from policies.standing import Standing


class Range(Frozen):
    """A forecast with the ends of its 80 % interval."""

    low: float
    mid: float
    high: float


class PlanLine(Frozen):
    """One campaign of the plan. Money in micros of the plan's currency; counts are of the whole month."""

    campaign: Key
    channel: str
    account: Key
    before_micros: Micros
    daily_micros: Micros
    month_spend_micros: Micros
    month_worst_micros: Micros
    primary_actions: Range
    won: Range
    revenue_micros: Range
    launch: bool = False


class Plan(Frozen):
    """A month's media plan, approved as a whole or not at all.

    ``cac_micros`` is month spend over expected closed-won customers, None when none are expected.
    ``fee_micros`` is ``fee_percent`` of the month's media.
    """

    client: Key
    month: date
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    lines: tuple[PlanLine, ...]
    shares: dict[str, float]
    budget_micros: Micros
    month_spend_micros: Micros
    month_worst_micros: Micros
    primary_actions: Range
    won: Range
    revenue_micros: Range
    cac_micros: Range | None
    fee_percent: float
    fee_micros: Micros
    actions: tuple[SetBudgets | LaunchCampaign, ...]
    notes: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """SHA-256 of what approving it would do: the client, the month and each action's fingerprint."""
        body = [self.client, self.month.isoformat(), [a.fingerprint for a in self.actions]]
        return hashlib.sha256(json.dumps(body).encode()).hexdigest()

    def rows(self) -> tuple[tuple[str, str, str, str, str, str], ...]:
        """The plan as text: campaign, channel, daily before, daily after, month spend, expected won."""
        return tuple(
            (
                line.campaign,
                line.channel,
                decimal_text(line.before_micros),
                decimal_text(line.daily_micros),
                decimal_text(line.month_spend_micros),
                f"{line.won.mid:.1f} ({line.won.low:.1f} to {line.won.high:.1f})",
            )
            for line in self.lines
        )


@dataclass(frozen=True)
class PlanInputs:
    """What planning starts from. ``launches`` are campaigns the offers ask for, at most at their budget.

    ``today`` is the account's own day; on the first of a month the whole month is planned, later the rest.
    ``primary_share`` of the deals count as primary actions.
    """

    client: str
    currency: str
    today: date
    policy: Policy
    standing: Standing
    facts: pa.Table
    deals: pa.Table
    launches: tuple[LaunchCampaign, ...] = ()
    fee_percent: float = 0.0
    primary_share: float = 1.0
    final_after_days: int = 7


@dataclass(frozen=True)
class Infeasible:
    """No plan stands inside the bounds; each reason is a sentence with its figures."""

    reasons: tuple[str, ...]
