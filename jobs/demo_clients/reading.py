"""The demo's invented clients as data, and what the simulated market is told of them."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from engine.model.accounts import Account, marker
from engine.model.briefs import Brief
from engine.model.copy import variant_key
from policies.actions import AdText
from policies.money import micros

CLIENTS = ("northgate", "alder")
CHANNEL_TYPES = {"google_search": "SEARCH", "youtube": "DEMAND_GEN"}


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ConceptData(_Data):
    """Copy blocks of one concept; some of them break the brand rules, as real drafts do."""

    key: str
    headlines: tuple[str, ...]
    descriptions: tuple[str, ...]


class GroupData(_Data):
    """One ad group with what may be said in it."""

    key: str
    name: str
    keywords: tuple[str, ...] = ()
    concepts: tuple[ConceptData, ...]


class CampaignData(_Data):
    """One campaign; ``daily`` is its first daily budget in whole currency units."""

    key: str
    name: str
    channel: Literal["google_search", "youtube"]
    offer: str | None = None
    daily: str
    market: dict[str, Any]
    ad_groups: tuple[GroupData, ...]


class Event(_Data):
    """What happens while the demo is built: the market shifts, or somebody edits by hand."""

    kind: Literal["shock", "outside_edit"]
    campaign: str = ""
    channel: str = ""
    field: str = ""
    factor: Decimal = Decimal(1)
    first_day: date | None = None
    last_day: date | None = None
    day: date | None = None
    daily: str = ""


class BriefData(_Data):
    """A campaign a strategist wants opened: it does not run when the demo begins."""

    key: str
    name: str
    channel: Literal["google_search", "youtube"]
    offer: str | None = None
    daily: str
    locations: tuple[str, ...]
    ad_group: GroupData


class ClientData(_Data):
    """One invented client."""

    client: str
    name: str
    sector: str
    currency: str
    time_zone: str
    customer: str
    primary_action: str
    preset: str
    site: str
    business_name: str
    crm: dict[str, Any]
    market: dict[str, dict[str, Any]]
    campaigns: tuple[CampaignData, ...]
    briefs: tuple[BriefData, ...] = ()
    events: tuple[Event, ...] = ()
    offers: tuple[dict[str, Any], ...] = ()

    @property
    def account(self) -> Account:
        """The one ad account."""
        return Account("google_ads", self.customer, self.name, self.currency, self.time_zone)

    def named_on(self, channel: str) -> str:
        """The business name shown in an ad; search ads have no field for it."""
        return self.business_name if channel == "youtube" else ""

    def platform_name(self, name: str, key: str) -> str:
        """A name as it stands on the platform, with our ownership mark at its end."""
        return f"{name} | {key} {marker(self.client, key)}"

    def brief(self, data: BriefData) -> Brief:
        """One brief as the house keeps it."""
        group = data.ad_group
        return Brief(
            campaign=data.key,
            account=self.customer,
            channel=data.channel,
            name=data.name,
            daily_micros=micros(data.daily),
            locations=data.locations,
            political=False,
            ad_group=group.key,
            ad_group_name=group.name,
            keywords=group.keywords,
            concept=group.concepts[0].key,
            offer=data.offer,
        )

    def campaign(self, key: str) -> CampaignData:
        """The campaign of that key."""
        return next(c for c in self.campaigns if c.key == key)


def load(client: str) -> ClientData:
    """Read one client's data."""
    path = Path(__file__).with_name(f"{client}.toml")
    return ClientData.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


def first_text(client: ClientData, channel: str, concept: ConceptData) -> AdText:
    """The ad that ran before the platform took over: the concept's first blocks."""
    return AdText(
        headlines=concept.headlines[:4],
        descriptions=concept.descriptions[:2],
        final_url=f"{client.site}/",
        business_name=client.named_on(channel),
    )


def account_spec(client: ClientData) -> dict[str, Any]:
    """The account as the market is told to hold it."""
    return {
        "customer_id": client.customer,
        "name": client.name,
        "currency": client.currency,
        "time_zone": client.time_zone,
        "market": client.market,
        "crm": client.crm,
        "campaigns": [_campaign(client, each) for each in client.campaigns],
    }


def shocks(client: ClientData) -> list[dict[str, Any]]:
    """The changes of the market, known to the simulation from the start."""
    return [
        {
            "customer_id": client.customer,
            "campaign_name": _named(client, event.campaign) if event.campaign else "",
            "channel_type": CHANNEL_TYPES.get(event.channel, ""),
            "field": event.field,
            "factor": float(event.factor),
            "first_day": str(event.first_day),
            "last_day": str(event.last_day),
        }
        for event in client.events
        if event.kind == "shock"
    ]


def _campaign(client: ClientData, campaign: CampaignData) -> dict[str, Any]:
    return {
        "name": client.platform_name(campaign.name, campaign.key),
        "channel_type": CHANNEL_TYPES[campaign.channel],
        "daily_micros": micros(campaign.daily),
        "market": campaign.market,
        "ad_groups": [_group(client, campaign.channel, group) for group in campaign.ad_groups],
    }


def _group(client: ClientData, channel: str, group: GroupData) -> dict[str, Any]:
    return {
        "name": client.platform_name(group.name, group.key),
        "keywords": [{"text": word, "match_type": "PHRASE"} for word in group.keywords],
        "ads": [_ad(client, channel, concept) for concept in group.concepts],
    }


def _ad(client: ClientData, channel: str, concept: ConceptData) -> dict[str, Any]:
    text = first_text(client, channel, concept)
    return {
        "headlines": list(text.headlines),
        "descriptions": list(text.descriptions),
        "final_url": text.final_url,
        "business_name": client.business_name,
        "custom_parameters": {"ccv": variant_key(concept.key, text)},
    }


def _named(client: ClientData, key: str) -> str:
    return client.platform_name(client.campaign(key).name, key)
