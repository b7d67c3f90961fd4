"""What the control API accepts, checked: accounts, shocks, faults, edits by hand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, field_validator, model_validator

from sandbox.market.params import Channel, Market, changed, default


class Strict(BaseModel):
    """Unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Keyword(Strict):
    """A keyword and how closely a search must match it."""

    text: str
    match_type: Literal["EXACT", "PHRASE", "BROAD"] = "PHRASE"


class Ad(Strict):
    """The words of an ad; for Demand Gen a business name is added."""

    headlines: list[str]
    descriptions: list[str]
    path1: str = ""
    final_url: str = "https://example.com/"
    business_name: str = "Example"
    status: Literal["ENABLED", "PAUSED"] = "ENABLED"
    custom_parameters: dict[str, str] = {}


def _keywords() -> list[Keyword]:
    return [Keyword(text="advice near me")]


def _ads() -> list[Ad]:
    heads = ["Clear advice", "Talk to an expert", "Book a call today"]
    return [Ad(headlines=heads, descriptions=["Plain answers, fixed price.", "Ask us first."])]


class AdGroup(Strict):
    """An ad group; left empty it gets a keyword and an ad so that it can serve."""

    name: str
    keywords: list[Keyword] = Field(default_factory=_keywords)
    ads: list[Ad] = Field(default_factory=_ads)


def _ad_groups() -> list[AdGroup]:
    return [AdGroup(name="General")]


class CampaignSpec(Strict):
    """A campaign that is there from the start. `market` overrides the channel's fields."""

    name: str
    channel_type: Channel = "SEARCH"
    daily_micros: int = Field(gt=0)
    status: Literal["ENABLED", "PAUSED"] = "ENABLED"
    market: dict[str, Any] = Field(default_factory=dict)
    ad_groups: list[AdGroup] = Field(default_factory=_ad_groups)


class Crm(Strict):
    """How the client's CRM is set up. Owners are invented people."""

    pipeline: str = "Sales Pipeline"
    owners: list[str] = Field(default=["Rowan Ashby", "Imani Clarke", "Lewis Park"], min_length=1)
    repeat: Literal["b2b", "orders"] = "b2b"
    organic_per_day: float = Field(default=0.3, ge=0)


_ORDERS: dict[str, dict[str, Any]] = {
    "SEARCH": {
        "cpc_micros": 1_400_000,
        "daily_clicks": 700,
        "conversion_rate": 0.028,
        "conversion_delay_hours": 2,
        "lead_to_won": 0.96,
        "deal_value_micros": 95_000_000,
        "days_to_close_median": 0.2,
        "repeat_rate": 0.25,
        "week": "orders",
    },
    "DEMAND_GEN": {
        "cpc_micros": 600_000,
        "daily_clicks": 1500,
        "conversion_rate": 0.008,
        "conversion_delay_hours": 20,
        "lead_to_won": 0.95,
        "deal_value_micros": 80_000_000,
        "days_to_close_median": 0.2,
        "repeat_rate": 0.18,
        "week": "orders",
    },
}


class AccountSpec(Strict):
    """One ad account, its market and its CRM."""

    customer_id: str = Field(pattern=r"^\d{10}$")
    name: str = Field(min_length=1)
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    time_zone: str
    market: dict[Channel, dict[str, Any]] = Field(default_factory=dict)
    campaigns: list[CampaignSpec] = Field(default_factory=list)
    crm: Crm = Crm()
    adversarial: bool = Field(default=False, description="bill all that Google's rules allow")

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(f"{value!r} is no time zone; use a name such as Europe/London.")
        return str(ZoneInfo(value).key)

    @model_validator(mode="after")
    def _markets_hold(self) -> AccountSpec:
        for channel in ("SEARCH", "DEMAND_GEN"):
            self.channel(channel)
        for campaign in self.campaigns:
            changed(self.channel(campaign.channel_type), campaign.market)
        return self

    def channel(self, channel: Channel) -> Market:
        """The account's market for a channel."""
        base = default(channel)
        if self.crm.repeat == "orders":
            base = changed(base, _ORDERS[channel])
        return changed(base, self.market.get(channel, {}))


class Shock(Strict):
    """A change in the market between two account days, both included."""

    customer_id: str
    campaign_name: str = ""
    channel_type: str = ""
    field: Literal["cpc", "conversion_rate", "lead_to_won", "demand"]
    factor: float = Field(gt=0)
    first_day: date
    last_day: date


class OutsideEdit(Strict):
    """Somebody changes a campaign in Google's own screen."""

    customer_id: str
    campaign_id: int
    daily_micros: int | None = Field(default=None, gt=0)
    status: Literal["ENABLED", "PAUSED", "REMOVED"] | None = None


class Review(Strict):
    """Google's policy review comes to a verdict on an ad."""

    customer_id: str
    ad_id: int
    approval_status: Literal[
        "APPROVED", "APPROVED_LIMITED", "AREA_OF_INTEREST_ONLY", "DISAPPROVED"
    ] = "DISAPPROVED"


class Fault(Strict):
    """What goes wrong with the next calls: after `skip` good ones, `times` bad ones."""

    call: Literal["Mutate", "Search", "SearchStream", "ListAccessibleCustomers", "token"]
    kind: Literal["applied_then_timeout", "dropped", "unavailable", "quota", "slow", "internal"]
    times: int = Field(default=1, ge=1)
    skip: int = Field(default=0, ge=0)
    seconds: float = Field(default=0.0, ge=0)


class Faults(Strict):
    """A list of faults to add."""

    faults: list[Fault]


class Opening(Strict):
    """When the world begins, and the seed of its chance."""

    now: AwareDatetime
    seed: int = 1


class Advance(Strict):
    """How far to move: a number of hours, or to an instant."""

    hours: float | None = Field(default=None, ge=0)
    to: AwareDatetime | None = None

    @model_validator(mode="after")
    def _one(self) -> Advance:
        if (self.hours is None) == (self.to is None):
            raise ValueError("Give either hours or to.")
        return self


def utc(instant: datetime) -> str:
    """An instant as ISO text."""
    return instant.isoformat()
