"""What the client wants to reach.

The month's budget, the price of a customer, what counts as one.
"""

from __future__ import annotations

from pydantic import Field

from policies.actions import Frozen
from policies.money import Amount
from policies.rule import Share


class Targets(Frozen):
    """A client's targets, in whole units of the policy's currency.

    ``cac`` is the ceiling on media spent per closed-won customer. ``margin`` is the gross margin of
    a sale; without it revenue stands in for contribution, and screens say so.
    ``contribution_floor`` is the month's least expected closed-won contribution.
    """

    month_budget: Amount = Field(gt=0)
    cac: Amount = Field(gt=0)
    primary_action: str = Field(min_length=1, max_length=120)
    margin: Share | None = None
    contribution_floor: Amount | None = None
