"""When a person is called, who, how fast, and what is safe meanwhile."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from policies.actions import Frozen, Key
from policies.money import Amount
from policies.rule import Share

SafeState = Literal["hold"]
"""What a deadline that passes leads to: nothing moves until a person decides. No other is carried out yet."""
Days = Annotated[int, Field(ge=1, le=366)]


class Trigger(Frozen):
    """One kind of escalation; a missed deadline leads to the safe state and approves nothing.

    ``owner`` and ``backup`` are person ids; ``sla_working_hours`` counts the owner's working hours.
    """

    owner: Key
    backup: Key
    sla_working_hours: Annotated[int, Field(ge=1, le=400)]
    safe_state: SafeState

    @model_validator(mode="after")
    def _two_people(self) -> Trigger:
        if self.owner == self.backup:
            raise ValueError(
                f'owner and backup are both "{self.owner}"; name a second person as backup'
            )
        return self


class SpendAnomaly(Trigger):
    """Spend of a day away from what was expected by more than both a share and an amount."""

    min_deviation_share: Share
    min_deviation: Amount


class PerformanceDrift(Trigger):
    """Cost per customer over the target by more than a share, over a window of mature days."""

    max_over_target_share: Share
    window_days: Days


class AttributionMismatch(Trigger):
    """Platform-claimed and closed-won conversions apart by more than a share."""

    max_gap_share: Share
    window_days: Days


class LeadQuality(Trigger):
    """Lead to closed-won worse than before at equal lead age (Fisher exact, two-sided)."""

    window_days: Days
    baseline_days: Days
    max_p_value: Annotated[Share, Field(gt=0)]
    min_leads: Annotated[int, Field(ge=1)]


class OutsideEdit(Trigger):
    """Somebody changed the account outside the platform."""


class Bound(Trigger):
    """An action met a bound and waits for a person."""


class Triggers(Frozen):
    """Every kind of escalation; none may be missing."""

    spend_anomaly: SpendAnomaly
    performance_drift: PerformanceDrift
    attribution_mismatch: AttributionMismatch
    lead_quality: LeadQuality
    outside_edit: OutsideEdit
    bound: Bound
