"""When a person is called, who, how fast, and what is safe meanwhile."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from policies.actions import Frozen, Key
from policies.fields import readable, says
from policies.money import Amount
from policies.rule import Share

SafeState = Literal["hold", "revert", "pause"]
"""What a deadline that passes leads to: nothing moves, the last change goes back, or the campaigns stop."""
PersonId = Annotated[Key, AfterValidator(readable)]
Days = Annotated[int, Field(ge=1, le=366)]


class Trigger(Frozen):
    """One kind of escalation; a missed deadline leads to the safe state and approves nothing.

    ``owner`` and ``backup`` are person ids; ``sla_working_hours`` counts the owner's working hours.
    """

    title: ClassVar[str]

    owner: PersonId = Field(
        title="Owner",
        description="The person who is called.",
        json_schema_extra=says(hint="person"),
    )
    backup: PersonId = Field(
        title="Backup",
        description="Called when the owner is away.",
        json_schema_extra=says(hint="person"),
    )
    sla_working_hours: Annotated[int, Field(ge=1, le=400)] = Field(
        title="Time to decide, working hours",
        description="Of the owner; after it the safe state holds.",
        json_schema_extra=says("higher"),
    )
    safe_state: SafeState = Field(
        title="If nobody decides", description="A deadline that passes never approves anything."
    )

    @model_validator(mode="after")
    def _two_people(self) -> Trigger:
        if self.owner == self.backup:
            raise ValueError(
                f'owner and backup are both "{self.owner}"; name a second person as backup'
            )
        return self


class SpendAnomaly(Trigger):
    """Spend of a day away from what was expected by more than both a share and an amount."""

    title: ClassVar[str] = "Spend anomaly"

    min_deviation_share: Share = Field(
        title="Deviation of more than",
        description="Of the spend expected that day.",
        json_schema_extra=says("higher"),
    )
    min_deviation: Amount = Field(
        title="and of more than",
        description="A smaller difference calls nobody.",
        json_schema_extra=says("higher"),
    )


class PerformanceDrift(Trigger):
    """Cost per customer over the target by more than a share, over a window of mature days."""

    title: ClassVar[str] = "Performance drift"

    max_over_target_share: Share = Field(
        title="Over the target by more than",
        description="Of the ceiling on cost per customer.",
        json_schema_extra=says("higher"),
    )
    window_days: Days = Field(
        title="Window, days",
        description="The days looked at together.",
    )


class AttributionMismatch(Trigger):
    """Platform-claimed and closed-won conversions apart by more than a share."""

    title: ClassVar[str] = "Attribution mismatch"

    max_gap_share: Share = Field(
        title="Apart by more than",
        description="Of the larger of the two counts.",
        json_schema_extra=says("higher"),
    )
    window_days: Days = Field(
        title="Window, days",
        description="The days looked at together.",
    )


class LeadQuality(Trigger):
    """Lead to closed-won worse than before at equal lead age (Fisher exact, two-sided)."""

    title: ClassVar[str] = "Lead quality"

    window_days: Days = Field(
        title="Window, days",
        description="The days looked at together.",
    )
    baseline_days: Days = Field(
        title="Compared with the days before",
        description="So many days before the window.",
    )
    max_p_value: Annotated[Share, Field(gt=0)] = Field(
        title="Chance of a false alarm, at most",
        description="The p-value of the test; a smaller one calls less often.",
        json_schema_extra=says("lower"),
    )
    min_leads: Annotated[int, Field(ge=1)] = Field(
        title="Leads needed",
        description="With fewer leads in the window nothing is said.",
        json_schema_extra=says("higher"),
    )


class OutsideEdit(Trigger):
    """Somebody changed the account outside the platform."""

    title: ClassVar[str] = "Outside edit"


class Bound(Trigger):
    """An action met a bound and waits for a person."""

    title: ClassVar[str] = "A bound that was met"


class Triggers(Frozen):
    """Every kind of escalation; none may be missing."""

    spend_anomaly: SpendAnomaly
    performance_drift: PerformanceDrift
    attribution_mismatch: AttributionMismatch
    lead_quality: LeadQuality
    outside_edit: OutsideEdit
    bound: Bound
