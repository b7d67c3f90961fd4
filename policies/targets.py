"""What the client wants to reach.

The month's budget, the price of a customer and of a primary action, what media has to bring back and how soon.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from policies.actions import Frozen
from policies.fields import Name, says
from policies.money import Amount, decimal_text
from policies.rule import Multiple, Share

Months = Annotated[int, Field(ge=1, le=60)]


class Targets(Frozen):
    """What the client wants to reach, and the money there is for it.

    Amounts are in whole units of the policy's currency. ``cac`` is the ceiling on media spent per closed-won
    customer. ``margin`` is the gross margin of a sale; without it revenue stands in for contribution, and screens
    say so. ``contribution_floor`` is the month's least expected closed-won contribution. ``cost_per_action`` is
    the ceiling on media per primary action, ``roas_floor`` the least closed-won revenue for each unit of media,
    ``payback_months`` the months (30.4 days) after which the customers won by media must have paid for it. What
    is left out is not judged.
    """

    month_budget: Amount = Field(
        gt=0,
        title="Budget of the month",
        description="Media spend the client agreed to for a calendar month.",
        json_schema_extra=says("higher", proves=True),
    )
    cac: Amount = Field(
        gt=0,
        title="Cost per customer, ceiling",
        description="The most media may cost for one closed-won customer.",
        json_schema_extra=says("higher"),
    )
    primary_action: Name = Field(
        min_length=1,
        max_length=120,
        title="Primary action",
        description="What counts as one result, in one word.",
    )
    cost_per_action: Annotated[Amount, Field(gt=0)] | None = Field(
        default=None,
        title="Cost per primary action, ceiling",
        description="The most media may cost for one primary action.",
        json_schema_extra=says("higher", absent="looser"),
    )
    roas_floor: Multiple | None = Field(
        default=None,
        title="Blended ROAS, floor",
        description="All closed-won revenue over all media; 300% is three for each one spent.",
        json_schema_extra=says("lower", absent="looser"),
    )
    payback_months: Months | None = Field(
        default=None,
        title="Payback, months at most",
        description="Until the contribution of the customers won has paid for the media that won them.",
        json_schema_extra=says("higher", absent="looser"),
    )
    margin: Share | None = Field(
        default=None,
        title="Gross margin",
        description="Of a sale. Where none is written, revenue stands in and every screen says so.",
    )
    contribution_floor: Amount | None = Field(
        default=None,
        title="Contribution, floor",
        description="The least closed-won contribution expected of a month.",
        json_schema_extra=says("lower", absent="looser"),
    )

    @model_validator(mode="after")
    def _agree(self) -> Targets:
        each = self.cost_per_action
        if each is not None and each > self.cac:
            raise ValueError(
                f"cost_per_action {decimal_text(each)} is above the ceiling on a customer, {decimal_text(self.cac)};"
                " every customer begins as a primary action, so lower the one or raise the other"
            )
        if self.margin == 0 and (self.payback_months or self.contribution_floor):
            raise ValueError(
                "with a margin of 0.00 nothing is ever paid back and no contribution is made; write the margin"
                " of a sale, or leave out payback_months and contribution_floor"
            )
        return self
