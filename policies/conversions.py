"""What counts as a result, written down: where it is told, how it is counted, and what it is worth."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from policies.actions import Frozen
from policies.fields import Name, says
from policies.money import Amount

Role = Literal["primary", "secondary", "crm_stage", "customer"]
Source = Literal["crm", "ad_platform", "web"]
Counting = Literal["one", "every"]
Worth = Literal["nothing", "fixed", "deal"]
Duplicates = Literal["deal_id", "click_id", "contact"]
_Days = Annotated[int, Field(ge=1, le=366)]
_Text = Annotated[Name, Field(min_length=1, max_length=120)]


class ConversionAction(Frozen):
    """One result that is counted.

    ``stages`` are the stages a deal may stand at to count, as the CRM calls them; none: every deal counts, from the
    day it begins. Of ``customer`` only what the CRM calls won counts, on the day it closed. ``lead_days`` bounds the
    days from a deal's beginning to its close or, while it is open, to its last change. ``counting`` "one" takes the
    first deal of each click that is known. ``click_days`` and ``view_days`` are the platforms' own windows; no CRM
    export tells the instant of the click, so they bound no count of deals.
    """

    name: _Text = Field(title="Name")
    key: _Text = Field(title="Key")
    role: Role = Field(title="Role", description="Exactly one is primary; at most one customer.")
    source: Source = Field(title="Source", description="Who tells it.")
    counting: Counting = Field(
        title="Counting", description="The first for each click that is known, or every one."
    )
    stages: tuple[_Text, ...] = Field(
        title="CRM stages", description="As the CRM calls them; none: from the day a deal begins."
    )
    lead_days: _Days | None = Field(
        default=None,
        title="Within days of the lead",
        description="A deal that reached its stage later does not count.",
    )
    click_days: _Days | None = Field(default=None, title="Click window, days")
    view_days: _Days | None = Field(default=None, title="View window, days")
    value: Worth = Field(title="Value", description="Nothing, a fixed amount, or the deal's own.")
    fixed_value: Amount | None = Field(default=None, title="Fixed value")
    duplicates: Duplicates = Field(
        title="De-duplication key", description="Two with the same are one and the same."
    )
    google_ads: _Text | None = Field(
        default=None, title="In Google Ads", description="The conversion action it maps to."
    )
    meta: _Text | None = Field(default=None, title="In Meta")
    linkedin: _Text | None = Field(default=None, title="In LinkedIn")
    microsoft: _Text | None = Field(default=None, title="In Microsoft Ads")

    @model_validator(mode="after")
    def _agrees(self) -> ConversionAction:
        if (self.value == "fixed") != (self.fixed_value is not None):
            raise ValueError(
                f'"{self.name}": a fixed value takes an amount, and only a fixed value does'
            )
        if self.source != "crm" and (self.stages or self.lead_days is not None):
            raise ValueError(
                f'"{self.name}": only what the CRM tells has stages and days of the lead'
            )
        if self.role != "secondary" and self.source != "crm":
            raise ValueError(
                f'"{self.name}" is counted from the CRM: what platforms claim is never added up,'
                ' and a visit names no customer; write "crm", or make it a secondary action'
            )
        if self.role == "crm_stage" and not self.stages:
            raise ValueError(f'"{self.name}" is a CRM stage; write what the CRM calls it')
        return self


class Conversions(Frozen):
    """What counts as a result. A change restates the past, and the review shows by how much."""

    title: ClassVar[str] = "Conversion definitions"

    actions: tuple[ConversionAction, ...] = Field(
        min_length=1,
        title="Conversion actions",
        description="The primary action, the secondary ones, and the CRM's stages.",
        json_schema_extra=says(),
    )

    @model_validator(mode="after")
    def _one_primary(self) -> Conversions:
        for noun, names in (
            ("key", [a.key for a in self.actions]),
            ("name", [a.name for a in self.actions]),
        ):
            twins = sorted({n for n in names if names.count(n) > 1})
            if twins:
                raise ValueError(
                    f"the {noun} {', '.join(twins)} is written twice; each has its own"
                )
        primary = [a.name for a in self.actions if a.role == "primary"]
        if len(primary) != 1:
            named = f": {', '.join(primary)}" if primary else ""
            raise ValueError(f"exactly one action is primary, not {len(primary)}{named}")
        customers = [a.name for a in self.actions if a.role == "customer"]
        if len(customers) > 1:
            raise ValueError(f"at most one action is the customer, not {', '.join(customers)}")
        return self

    @property
    def primary(self) -> ConversionAction:
        """The action everything is measured by."""
        return next(a for a in self.actions if a.role == "primary")

    @property
    def customer(self) -> ConversionAction | None:
        """What a closed-won customer is; None: what the CRM calls won, at its own amount."""
        return next((a for a in self.actions if a.role == "customer"), None)

    @property
    def unbounded(self) -> tuple[str, ...]:
        """What the data that is held cannot tell of the two that are counted, as sentences."""
        counted = [a for a in (self.primary, self.customer) if a is not None]
        told = []
        if any(a.click_days or a.view_days for a in counted):
            told.append(
                "No CRM export tells when the click was, so click and view windows bound no count of deals."
            )
        if any(a.duplicates == "contact" for a in counted):
            told.append(
                "The CRM's deals name no contact, so two deals of one contact count as two."
            )
        if any(a.stages for a in counted):
            told.append(
                "A deal counts by the stage it stands at now: the CRM does not tell where a lost deal had been."
            )
        return tuple(told)


def of_deals(primary: str) -> dict[str, object]:
    """The body of the definition there was before any was written: each deal, from the day it begins."""
    return {
        "actions": [
            {
                "name": primary,
                "key": primary,
                "role": "primary",
                "source": "crm",
                "counting": "every",
                "stages": [],
                "value": "nothing",
                "duplicates": "deal_id",
            }
        ]
    }
