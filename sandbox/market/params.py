"""What a channel's market is like, as data."""

from __future__ import annotations

import math
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from sandbox.market.noise import generator

Channel = Literal["SEARCH", "DEMAND_GEN"]


class Market(BaseModel):
    """The response of one channel (or one campaign) to money. Money in account micros."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cpc_micros: int = Field(gt=0)
    daily_clicks: float = Field(gt=0, description="clicks a day that endless money could buy")
    ctr: float = Field(gt=0, lt=1)
    conversion_rate: float = Field(ge=0, le=1, description="form fills per click")
    conversion_delay_hours: float = Field(gt=0, description="median from click to form fill")
    view_through: float = Field(ge=0, description="extra conversions claimed per real one")
    tracking_loss: float = Field(ge=0, le=1, description="share of leads without a click id")
    lead_to_won: float = Field(ge=0, le=1)
    deal_value_micros: int = Field(gt=0)
    deal_value_sigma: float = Field(ge=0)
    days_to_close_median: float = Field(gt=0)
    repeat_rate: float = Field(default=0.0, ge=0, lt=1, description="won deals that buy again")
    repeat_days_median: float = Field(default=40.0, gt=0)
    day_sigma: float = Field(default=0.22, ge=0, description="day to day swing of spend")
    week: Literal["b2b", "orders"] = "b2b"


_SEARCH = Market(
    cpc_micros=4_500_000,
    daily_clicks=120,
    ctr=0.05,
    conversion_rate=0.045,
    conversion_delay_hours=6,
    view_through=0.0,
    tracking_loss=0.12,
    lead_to_won=0.12,
    deal_value_micros=6_000_000_000,
    deal_value_sigma=0.5,
    days_to_close_median=35,
)
_DEMAND_GEN = Market(
    cpc_micros=1_200_000,
    daily_clicks=420,
    ctr=0.012,
    conversion_rate=0.014,
    conversion_delay_hours=30,
    view_through=0.8,
    tracking_loss=0.2,
    lead_to_won=0.04,
    deal_value_micros=5_000_000_000,
    deal_value_sigma=0.6,
    days_to_close_median=45,
)


def default(channel: Channel) -> Market:
    """A believable market for a channel, when a specification says nothing."""
    return _SEARCH if channel == "SEARCH" else _DEMAND_GEN


def changed(base: Market, overrides: dict[str, Any]) -> Market:
    """`base` with some fields replaced, checked again.

    Raises:
        pydantic.ValidationError: a field is unknown or out of range.
    """
    return Market.model_validate({**base.model_dump(), **overrides})


def varied(base: Market, kept: set[str], *key: object) -> Market:
    """`base` with a campaign's own luck, seeded by `key`; fields in `kept` stay as given."""
    luck = generator("campaign", *key).standard_normal(4)
    draws = {
        "cpc_micros": max(1, int(base.cpc_micros * math.exp(0.12 * luck[0]))),
        "conversion_rate": min(1.0, base.conversion_rate * math.exp(0.2 * luck[1])),
        "lead_to_won": min(1.0, base.lead_to_won * math.exp(0.22 * luck[2])),
        "ctr": min(0.9, base.ctr * math.exp(0.1 * luck[3])),
    }
    return changed(base, {name: value for name, value in draws.items() if name not in kept})
