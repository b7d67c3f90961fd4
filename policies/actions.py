"""Every act the platform can wish for; only the gate turns a wish into something done.

All actions are frozen values with a ``fingerprint``: the hash of exactly what would change. An
approval is bound to that fingerprint, so it dies with the smallest later edit.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

CHANNELS = ("google_search", "youtube", "linkedin", "meta")
"""Every channel the house knows; an action on any other is blocked."""

Key = Annotated[str, Field(min_length=1, max_length=120)]
Micros = Annotated[int, Field(ge=0)]


class Frozen(BaseModel):
    """A strict, immutable value that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Evidence(Frozen):
    """One figure behind a proposal, with its unit, so that a person can check it."""

    name: str
    value: float | int | str
    unit: str = ""


class BudgetChange(Frozen):
    """One campaign's average daily budget, before and after, in micros of the action's currency."""

    campaign: Key
    account: Key
    channel: str
    before_micros: Micros
    after_micros: Micros

    @property
    def delta_micros(self) -> int:
        """After less before; negative for a cut."""
        return self.after_micros - self.before_micros


class _Action(Frozen):
    client: Key
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    agent: Key
    reason: str = Field(min_length=1)
    evidence: tuple[Evidence, ...] = ()

    @property
    def fingerprint(self) -> str:
        """SHA-256 of what would change: every field but who asks, why, and on what evidence.

        What names no offer has the hash it had before there were any.
        """
        body = self.model_dump(mode="json", exclude={"agent", "reason", "evidence"})
        for part in (body, *_ads(body)):
            if part.get("offer", "") is None:
                del part["offer"]
        text = json.dumps(body, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def _ads(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The ads in the dumped fields of an action."""
    if isinstance(body.get("ad"), dict):
        yield body["ad"]
    for group in body.get("ad_groups") or ():
        yield from group["ads"]


class SetBudgets(_Action):
    """Set the daily budget of one or more campaigns to absolute amounts."""

    kind: Literal["set_budgets"] = "set_budgets"
    changes: tuple[BudgetChange, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_change_a_campaign(self) -> SetBudgets:
        if len({c.campaign for c in self.changes}) != len(self.changes):
            raise ValueError("a campaign appears twice in one budget action")
        return self


class ShiftBudget(_Action):
    """Move daily budget between campaigns; the total stays exactly what it was."""

    kind: Literal["shift_budget"] = "shift_budget"
    changes: tuple[BudgetChange, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _conserves_money(self) -> ShiftBudget:
        if len({c.campaign for c in self.changes}) != len(self.changes):
            raise ValueError("a campaign appears twice in one budget action")
        drift = sum(c.delta_micros for c in self.changes)
        if drift:
            raise ValueError(
                f"a shift must conserve money; this one changes the total by {drift} micros"
            )
        return self


class AdText(Frozen):
    """The text of one ad of a concept, by field, in the order shown."""

    headlines: tuple[str, ...]
    descriptions: tuple[str, ...]
    path: tuple[str, ...] = ()
    final_url: str
    business_name: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """Every piece of copy a person would read, for the brand rules."""
        return (*self.headlines, *self.descriptions, *self.path)


class AdSpec(Frozen):
    """One ad of an ad group; ``variant`` is its natural key, ``offer`` the key of what it sells."""

    variant: Key
    concept: Key
    text: AdText
    offer: Key | None = None


class AdGroupSpec(Frozen):
    """One ad group with its keywords (phrase match) and first ads."""

    ad_group: Key
    name: str
    keywords: tuple[str, ...] = ()
    ads: tuple[AdSpec, ...] = Field(min_length=1)


class LaunchCampaign(_Action):
    """Open a campaign that does not exist yet: created paused, checked, then enabled."""

    kind: Literal["launch_campaign"] = "launch_campaign"
    campaign: Key
    account: Key
    channel: str
    name: str
    daily_micros: Micros
    locations: tuple[str, ...] = Field(min_length=1)
    political: bool = False
    ad_groups: tuple[AdGroupSpec, ...] = Field(min_length=1)
    offer: Key | None = None


class SetCampaignStatus(_Action):
    """Pause or resume one campaign."""

    kind: Literal["set_campaign_status"] = "set_campaign_status"
    campaign: Key
    account: Key
    channel: str
    enabled: bool
    daily_micros: Micros


class ShipVariant(_Action):
    """Put one new ad variant live beside the current ones of its ad group."""

    kind: Literal["ship_variant"] = "ship_variant"
    campaign: Key
    account: Key
    channel: str
    ad_group: Key
    ad: AdSpec


class PauseVariant(_Action):
    """Stop one ad that loses against its siblings."""

    kind: Literal["pause_variant"] = "pause_variant"
    campaign: Key
    account: Key
    channel: str
    ad_group: Key
    variant: Key


Action = Annotated[
    SetBudgets | ShiftBudget | LaunchCampaign | SetCampaignStatus | ShipVariant | PauseVariant,
    Field(discriminator="kind"),
]
"""Any action; parse one with ``pydantic.TypeAdapter(Action)``."""


def budget_changes(action: Any) -> tuple[BudgetChange, ...]:
    """What an action does to daily budgets.

    Empty when it touches none (status and launch included).
    """
    match action:
        case SetBudgets() | ShiftBudget():
            return action.changes
        case LaunchCampaign():
            place = {
                "campaign": action.campaign,
                "account": action.account,
                "channel": action.channel,
            }
            return (BudgetChange(**place, before_micros=0, after_micros=action.daily_micros),)
        case SetCampaignStatus():
            place = {
                "campaign": action.campaign,
                "account": action.account,
                "channel": action.channel,
            }
            on, off = action.daily_micros, 0
            before, after = (off, on) if action.enabled else (on, off)
            return (BudgetChange(**place, before_micros=before, after_micros=after),)
    return ()


def copy_of(action: Any) -> tuple[AdSpec, ...]:
    """The ads an action would put in front of people; empty when it ships none."""
    match action:
        case ShipVariant():
            return (action.ad,)
        case LaunchCampaign():
            return tuple(ad for group in action.ad_groups for ad in group.ads)
    return ()


def channels_of(action: Any) -> tuple[str, ...]:
    """The channels an action touches."""
    if isinstance(action, SetBudgets | ShiftBudget):
        return tuple(dict.fromkeys(c.channel for c in action.changes))
    return (action.channel,)
