"""When a person is called, who, how fast, and what is safe meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from policies.actions import Frozen, Key
from policies.fields import readable, says
from policies.money import MICROS, Amount
from policies.rule import Share

SafeState = Literal["hold", "revert", "pause"]
"""What a deadline that passes leads to; none of them approves anything."""
SAFE_STATES: Mapping[SafeState, str] = {
    "hold": "Budgets stay as they are.",
    "revert": "Our last change to what it speaks of is taken back, through the gate.",
    "pause": "The campaigns it speaks of are paused.",
}
"""Each safe state in words, as every screen and message says it."""
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
        title="If nobody decides",
        description="Hold: nothing moves. Revert: what the platform moved in this is put back. Pause: the campaigns in"
        " question stop. A deadline that passes never approves anything.",
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
    """A figure past its target by more than a share, over a window of mature days.

    Cost per customer always; cost per primary action, blended ROAS, payback and contribution where the targets
    write them.
    """

    title: ClassVar[str] = "Performance drift"

    max_over_target_share: Share = Field(
        title="Past the target by more than",
        description="Of the target, above a ceiling or below a floor.",
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


class TrackingBroken(Trigger):
    """Clicks go on and conversions or leads do not (binomial test against the client's own rate).

    The newest days are left out, and of the others a share may still come in late, so that what is reported late
    is never called broken.
    """

    title: ClassVar[str] = "Tracking broken"

    window_days: Days = Field(
        title="Window, days",
        description="The days looked at together.",
        json_schema_extra=says("higher"),
    )
    baseline_days: Days = Field(
        title="Compared with the days before",
        description="So many days before the window, for the usual rate.",
    )
    settle_days: Annotated[int, Field(ge=0, le=30)] = Field(
        title="Newest days left out",
        description="Conversions of these days are still coming in.",
        json_schema_extra=says("higher"),
    )
    late_share: Annotated[Share, Field(lt=MICROS)] = Field(
        title="May still come in late",
        description="So much of the days looked at may not be reported yet.",
        json_schema_extra=says("higher"),
    )
    max_p_value: Annotated[Share, Field(gt=0)] = Field(
        title="Chance of a false alarm, at most",
        description="The p-value of the test; a smaller one calls less often.",
        json_schema_extra=says("lower"),
    )


class StaleSource(Trigger):
    """A source that has told nothing new for too many hours."""

    title: ClassVar[str] = "Stale source"

    max_hours: Annotated[int, Field(ge=1, le=2000)] = Field(
        title="Hours without news, at most",
        description="Counted from the last instant the source knows of; money stops earlier, at 26 hours.",
        json_schema_extra=says("higher"),
    )


class ExpiringToken(Trigger):
    """A connection whose access ends soon, where its end is known."""

    title: ClassVar[str] = "Expiring token"

    days_before: Days = Field(
        title="Days before it ends",
        description="So long before, somebody is called to renew it.",
        json_schema_extra=says("lower"),
    )


class RejectedAd(Trigger):
    """An ad of ours that should run and that the ad platform does not let run."""

    title: ClassVar[str] = "Rejected ad"

    limited_too: bool = Field(
        title="Limited ads too",
        description="Call for ads that may run in part only (in some places, for some people), too.",
        json_schema_extra=says("no"),
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
    tracking_broken: TrackingBroken
    stale_source: StaleSource
    expiring_token: ExpiringToken
    rejected_ad: RejectedAd
    outside_edit: OutsideEdit
    bound: Bound
