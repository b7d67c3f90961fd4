"""Every act the platform can wish for; only the gate turns a wish into something done.

All actions are frozen values with a ``fingerprint``: the hash of exactly what would change. An
approval is bound to that fingerprint, so it dies with the smallest later edit.
"""

from __future__ import annotations

import hashlib
from json.encoder import encode_basestring_ascii as _quoted
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from policies.act import Act, Evidence, Frozen, Key, Micros, Sealed
from policies.levers import (
    NOBODY_NAMED,
    STANDARD_TYPES,
    CampaignType,
    SetAudiences,
    SetBidTarget,
    SetSchedule,
    SetVariantShares,
    Targeting,
)

__all__ = [
    "CHANNELS",
    "Action",
    "AdGroupSpec",
    "AdSpec",
    "AdText",
    "BudgetChange",
    "Evidence",
    "Frozen",
    "Key",
    "LaunchCampaign",
    "Micros",
    "PauseVariant",
    "Sealed",
    "SetAudiences",
    "SetBidTarget",
    "SetBudgets",
    "SetCampaignStatus",
    "SetSchedule",
    "SetVariantShares",
    "ShiftBudget",
    "ShipVariant",
    "budget_changes",
    "channels_of",
    "copy_of",
    "type_of",
]
CHANNELS = ("google_search", "youtube", "linkedin", "meta", "microsoft_search")
"""Every channel the house knows; an action on any other is blocked."""


class BudgetChange(Sealed):
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


def _text_of(change: BudgetChange) -> str:
    return (
        f'{{"account":{_quoted(change.account)},"after_micros":{change.after_micros:d},'
        f'"before_micros":{change.before_micros:d},"campaign":{_quoted(change.campaign)},'
        f'"channel":{_quoted(change.channel)}}}'
    )


class _Budgets(Act):
    """What the two acts on budgets share."""

    kind: str
    changes: tuple[BudgetChange, ...]

    @property
    def fingerprint(self) -> str:
        """The same hash of the same text, written out by hand: this is what the gate does most."""
        if type(self) not in (SetBudgets, ShiftBudget):
            return super().fingerprint
        text = (
            f'{{"changes":[{",".join(map(_text_of, self.changes))}],"client":{_quoted(self.client)},'
            f'"currency":{_quoted(self.currency)},"kind":{_quoted(self.kind)}}}'
        )
        return hashlib.sha256(text.encode()).hexdigest()


class SetBudgets(_Budgets):
    """Set the daily budget of one or more campaigns to absolute amounts."""

    kind: Literal["set_budgets"] = "set_budgets"
    changes: tuple[BudgetChange, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_change_a_campaign(self) -> SetBudgets:
        if len({c.campaign for c in self.changes}) != len(self.changes):
            raise ValueError("a campaign appears twice in one budget action")
        return self


class ShiftBudget(_Budgets):
    """Move daily budget between campaigns; the total stays exactly what it was."""

    kind: Literal["shift_budget"] = "shift_budget"
    changes: tuple[BudgetChange, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _conserves_money(self) -> ShiftBudget:
        if len({c.campaign for c in self.changes}) != len(self.changes):
            raise ValueError("a campaign appears twice in one budget action")
        drift = sum([c.after_micros - c.before_micros for c in self.changes])
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
    """One ad of an ad group; ``variant`` is its natural key, ``assets`` its pictures by the hash of their bytes.

    ``offer`` is the key of what it sells, None where it names none.
    """

    variant: Key
    concept: Key
    text: AdText
    offer: Key | None = None
    assets: tuple[Key, ...] = ()

    @model_serializer(mode="wrap")
    def _as_before(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """What it does not name is left out, so that its fingerprint is the one it had before there were any."""
        body: dict[str, Any] = handler(self)
        if not self.assets:
            body.pop("assets", None)
        if self.offer is None:
            body.pop("offer", None)
        return body


class AdGroupSpec(Frozen):
    """One ad group with its keywords (phrase match) and first ads."""

    ad_group: Key
    name: str
    keywords: tuple[str, ...] = ()
    ads: tuple[AdSpec, ...] = Field(min_length=1)


class LaunchCampaign(Act):
    """Open a campaign that does not exist yet: created paused, checked, then enabled.

    ``locations`` are ISO 3166 codes. ``campaign_type`` None is the channel's own (``STANDARD_TYPES``).
    """

    later: ClassVar[frozenset[str]] = frozenset({"campaign_type", "targeting", "offer"})

    kind: Literal["launch_campaign"] = "launch_campaign"
    campaign: Key
    account: Key
    channel: str
    name: str
    daily_micros: Micros
    locations: tuple[str, ...] = Field(min_length=1)
    political: bool = False
    campaign_type: CampaignType | None = None
    targeting: Targeting = NOBODY_NAMED
    ad_groups: tuple[AdGroupSpec, ...] = Field(min_length=1)
    offer: Key | None = None


class SetCampaignStatus(Act):
    """Pause or resume one campaign."""

    kind: Literal["set_campaign_status"] = "set_campaign_status"
    campaign: Key
    account: Key
    channel: str
    enabled: bool
    daily_micros: Micros


class ShipVariant(Act):
    """Put one new ad variant live beside the current ones of its ad group."""

    kind: Literal["ship_variant"] = "ship_variant"
    campaign: Key
    account: Key
    channel: str
    ad_group: Key
    ad: AdSpec


class PauseVariant(Act):
    """Stop one ad that loses against its siblings."""

    kind: Literal["pause_variant"] = "pause_variant"
    campaign: Key
    account: Key
    channel: str
    ad_group: Key
    variant: Key


Action = Annotated[
    SetBudgets
    | ShiftBudget
    | LaunchCampaign
    | SetCampaignStatus
    | ShipVariant
    | PauseVariant
    | SetAudiences
    | SetBidTarget
    | SetSchedule
    | SetVariantShares,
    Field(discriminator="kind"),
]
"""Any action; parse one with ``pydantic.TypeAdapter(Action)``."""


def budget_changes(action: Any) -> tuple[BudgetChange, ...]:
    """What an action does to daily budgets.

    Empty when it touches none (status and launch included).
    """
    if type(action) in (SetBudgets, ShiftBudget):
        changes: tuple[BudgetChange, ...] = action.changes
        return changes
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
    if isinstance(action, _Budgets):
        return tuple(dict.fromkeys([c.channel for c in action.changes]))
    return (action.channel,)


def type_of(action: LaunchCampaign) -> str:
    """The type of campaign a launch opens; empty for a channel nobody knows."""
    standard: str = STANDARD_TYPES.get(action.channel, "")
    return action.campaign_type or standard
