"""One client's policy: targets, guardrails and triggers, versioned. Nothing missing passes."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from policies.actions import Frozen, Key
from policies.conversions import Conversions
from policies.delivery import DELIVERY
from policies.money import MICROS, decimal_text
from policies.offers import Offers
from policies.rule import SORTED_KINDS, Rule, percent
from policies.rules.assets import Assets
from policies.rules.audience_share import AudienceShare
from policies.rules.audiences import Audiences
from policies.rules.bid_target import BidTarget
from policies.rules.channel_daily import ChannelDaily
from policies.rules.claims import Claims
from policies.rules.envelope import Envelope
from policies.rules.forbidden_words import ForbiddenWords
from policies.rules.hours import Hours
from policies.rules.mandatory_inclusions import MandatoryInclusions
from policies.rules.month_cap import MonthCap
from policies.rules.movement import MovementBound
from policies.rules.offer_valid import OfferValid
from policies.rules.pausing import Pausing
from policies.rules.phase import PhaseRule
from policies.rules.regulated import Regulated
from policies.rules.share_cap import ShareCap
from policies.rules.step_size import StepSize
from policies.rules.structure import Structure
from policies.rules.tone import Tone
from policies.rules.variant_share import VariantShare
from policies.sound import once
from policies.targets import Targets
from policies.triggers import Triggers

CURRENCIES = frozenset(
    [
        "AED",
        "ARS",
        "AUD",
        "BGN",
        "BHD",
        "BRL",
        "CAD",
        "CHF",
        "CLP",
        "CNY",
        "COP",
        "CZK",
        "DKK",
        "EGP",
        "EUR",
        "GBP",
        "HKD",
        "HUF",
        "IDR",
        "ILS",
        "INR",
        "ISK",
        "JPY",
        "KES",
        "KRW",
        "KWD",
        "MAD",
        "MXN",
        "MYR",
        "NGN",
        "NOK",
        "NZD",
        "OMR",
        "PEN",
        "PHP",
        "PKR",
        "PLN",
        "QAR",
        "RON",
        "RSD",
        "SAR",
        "SEK",
        "SGD",
        "THB",
        "TRY",
        "TWD",
        "UAH",
        "USD",
        "UYU",
        "VND",
        "ZAR",
    ]
)
"""ISO 4217 codes the ad platforms bill in that the house knows."""


class Guardrails(Frozen):
    """One field per rule, each required; a new rule is one line here."""

    channel_daily: ChannelDaily
    month_cap: MonthCap
    share_cap: ShareCap
    step_size: StepSize
    movement: MovementBound
    pausing: Pausing
    forbidden_words: ForbiddenWords
    mandatory_inclusions: MandatoryInclusions
    tone: Tone
    claims: Claims
    regulated: Regulated
    assets: Assets
    phase: PhaseRule
    structure: Structure
    envelope: Envelope
    audiences: Audiences
    audience_share: AudienceShare
    hours: Hours
    variant_share: VariantShare
    bid_target: BidTarget
    offer_valid: OfferValid

    def __iter__(self) -> Iterator[Rule]:  # type: ignore[override]  # not pydantic's pairs
        """Every rule, in the order of the fields."""
        return (getattr(self, name) for name in type(self).model_fields)

    def judging(self, kind: str) -> tuple[Rule, ...]:
        """The rules that have to look at an action of a kind, in the same order."""
        found = once(self, _by_kind).get(kind)
        return tuple(rule for rule in self if rule.judges(kind)) if found is None else found


def _by_kind(rails: Guardrails) -> dict[str, tuple[Rule, ...]]:
    return {kind: tuple(rule for rule in rails if rule.judges(kind)) for kind in SORTED_KINDS}


class Policy(Frozen):
    """What humans wrote down for one client. Amounts are in whole units of ``currency``."""

    schema_version: Literal[2]
    client: Key
    version: Annotated[int, Field(ge=1)]
    currency: str
    time_zone: str
    targets: Targets
    guardrails: Guardrails
    triggers: Triggers
    offers: Offers
    conversions: Conversions

    @field_validator("currency")
    @classmethod
    def _known_currency(cls, code: str) -> str:
        if code not in CURRENCIES:
            raise ValueError(f'"{code}" is no currency we know; write a code such as "GBP"')
        return code

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            zoneinfo.ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            said = f'"{name}" is no time zone; write a name such as "Europe/London"'
            raise ValueError(said) from None
        return name

    @model_validator(mode="after")
    def _can_be_met(self) -> Policy:
        minimums = sum(b.min_daily for b in self.guardrails.channel_daily.channels.values())
        month = DELIVERY["google_ads"].month_of(minimums, 31) or 0
        if month > self.targets.month_budget:
            raise ValueError(
                f"guardrails.channel_daily: the daily minimums come to {decimal_text(month)}"
                " a month (30.4 days),"
                f" more than targets.month_budget {decimal_text(self.targets.month_budget)};"
                " lower a min_daily or raise the month's budget"
            )
        bounds = self.guardrails.channel_daily.channels
        open_channels = [name for name, bound in bounds.items() if bound.max_daily]
        caps = self.guardrails.share_cap.max_shares
        unbound = [c for c in self.guardrails.envelope.channels if c not in bounds]
        if unbound:
            raise ValueError(
                f"guardrails.envelope.channels: {', '.join(unbound)} is allowed but has no daily bounds;"
                " write them in channel_daily or take it off the list"
            )
        missing = [name for name in open_channels if name not in caps]
        if missing:
            raise ValueError(
                f"guardrails.share_cap.max_shares: {', '.join(missing)} is open but has no cap;"
                ' write one such as "0.50"'
            )
        room = sum(caps[name] for name in open_channels)
        if open_channels and room < MICROS:
            raise ValueError(
                "guardrails.share_cap.max_shares: the caps of the open channels come to"
                f" {percent(room)},"
                " so they can never fill 100%; raise a cap or open a channel"
            )
        return self
