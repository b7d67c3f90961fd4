"""What the client wants to reach.

The month's budget, the price of a customer, what counts as one.
"""

from __future__ import annotations

from pydantic import Field

from policies.actions import Frozen
from policies.fields import Name, says
from policies.money import Amount
from policies.rule import Share


class Targets(Frozen):
    """What the client wants to reach, and the money there is for it.

    Amounts are in whole units of the policy's currency. ``cac`` is the ceiling on media spent per closed-won
    customer. ``margin`` is the gross margin of a sale; without it revenue stands in for contribution, and screens
    say so. ``contribution_floor`` is the month's least expected closed-won contribution.
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
