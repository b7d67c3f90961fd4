"""A person's own move, and how one that was made is taken back: as the actions the gate judges. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from engine.model.accounts import AdGroupState, AdState, CampaignState, Snapshot
from engine.model.desired import Desired, DesiredAd
from engine.model.errors import BadInput
from policies.actions import (
    AdSpec,
    BudgetChange,
    LaunchCampaign,
    PauseVariant,
    SetBudgets,
    SetCampaignStatus,
    ShiftBudget,
    ShipVariant,
)
from policies.agents import PERSON
from policies.money import micros

Kind = Literal["budget", "start", "pause", "pause_ad", "start_ad"]


@dataclass(frozen=True)
class Wanted:
    """What a person wants of one campaign: a daily budget in micros, it or one of its ads started or paused."""

    kind: Kind
    campaign: str
    daily_micros: int | None = None
    variant: str = ""


def micros_of(amount: float | None) -> int | None:
    """An amount as typed, in whole units with at most two places, as micros; None stays None."""
    return None if amount is None else micros(f"{amount:.2f}")


@dataclass(frozen=True)
class Who:
    """Whose move it is, for which client, and why."""

    client: str
    currency: str
    person: str
    reason: str

    def fields(self) -> dict[str, Any]:
        """What every action begins with."""
        return {
            "client": self.client,
            "currency": self.currency,
            "agent": f"{PERSON}{self.person}",
            "reason": self.reason,
        }


def action(wanted: Wanted, who: Who, desired: Desired, snapshots: Iterable[Snapshot]) -> Any:
    """The action that does what is wanted, starting from what the account shows.

    Raises:
        BadInput: there is no such campaign or ad of ours, or nothing would change.
    """
    there, account = _campaign(wanted.campaign, snapshots)
    place: dict[str, Any] = {
        "campaign": wanted.campaign,
        "account": account,
        "channel": there.channel,
    }
    match wanted.kind:
        case "budget":
            return _budget(wanted, who, there, place)
        case "start" | "pause":
            return _status(wanted.kind == "start", who, there, place)
    group, ad = _ad(wanted.variant, there)
    if wanted.kind == "pause_ad":
        if not ad.enabled:
            raise BadInput("That ad is paused already; nothing would change.")
        return PauseVariant(
            **who.fields(), **place, ad_group=str(group.ad_group), variant=wanted.variant
        )
    if ad.enabled:
        raise BadInput("That ad is running already; nothing would change.")
    spec = _spec(wanted.variant, _desired_ad(desired, wanted))
    return ShipVariant(**who.fields(), **place, ad_group=str(group.ad_group), ad=spec)


def reverse(done: Any, who: Who, desired: Desired, snapshots: Iterable[Snapshot]) -> Any:
    """The action that takes back one that was carried out, while what it set still stands.

    Raises:
        BadInput: something was changed since, or it cannot be taken back.
    """
    read = tuple(snapshots)
    match done:
        case SetBudgets() | ShiftBudget():
            return _budgets_back(done, who, read)
        case SetCampaignStatus():
            kind: Kind = "pause" if done.enabled else "start"
            return action(Wanted(kind, done.campaign), who, desired, read)
        case LaunchCampaign():
            return action(Wanted("pause", done.campaign), who, desired, read)
        case ShipVariant():
            wanted = Wanted("pause_ad", done.campaign, variant=done.ad.variant)
            return action(wanted, who, desired, read)
        case PauseVariant():
            wanted = Wanted("start_ad", done.campaign, variant=done.variant)
            return action(wanted, who, desired, read)
    raise BadInput("This kind of act cannot be taken back; make a move of your own instead.")


def _budgets_back(done: SetBudgets | ShiftBudget, who: Who, read: tuple[Snapshot, ...]) -> Any:
    for change in done.changes:
        there, _ = _campaign(change.campaign, read)
        if there.daily_micros != change.after_micros:
            raise BadInput(
                f"The budget of {there.name.split(' | ', 1)[0]} was changed again since; make a move"
                " of your own instead."
            )
    back = tuple(
        c.model_copy(update={"before_micros": c.after_micros, "after_micros": c.before_micros})
        for c in done.changes
    )
    return type(done)(**who.fields(), changes=back)


def _budget(wanted: Wanted, who: Who, there: CampaignState, place: dict[str, Any]) -> SetBudgets:
    if wanted.daily_micros is None or wanted.daily_micros < 0:
        raise BadInput("Write the daily budget as an amount of zero or more.")
    if wanted.daily_micros == there.daily_micros:
        raise BadInput("That is the daily budget it has; nothing would change.")
    row = BudgetChange(**place, before_micros=there.daily_micros, after_micros=wanted.daily_micros)
    return SetBudgets(**who.fields(), changes=(row,))


def _status(
    on: bool,  # noqa: FBT001  the one thing it is about
    who: Who,
    there: CampaignState,
    place: dict[str, Any],
) -> SetCampaignStatus:
    if there.enabled == on:
        raise BadInput(f"It is {'running' if on else 'paused'} already; nothing would change.")
    return SetCampaignStatus(**who.fields(), **place, enabled=on, daily_micros=there.daily_micros)


def _campaign(key: str, snapshots: Iterable[Snapshot]) -> tuple[CampaignState, str]:
    for snapshot in snapshots:
        found = snapshot.owned(key)
        if found is not None:
            return found, snapshot.account.account
    raise BadInput(f"There is no campaign {key} of ours in the accounts that were read.")


def _ad(variant: str, there: CampaignState) -> tuple[AdGroupState, AdState]:
    for group, ad in there.ads():
        if ad.variant == variant and group.ad_group is not None:
            return group, ad
    raise BadInput(f"There is no ad {variant} of ours in that campaign.")


def _desired_ad(desired: Desired, wanted: Wanted) -> DesiredAd:
    campaign = desired.get(wanted.campaign)
    groups = campaign.ad_groups if campaign else ()
    for ad in (a for g in groups for a in g.ads):
        if ad.variant == wanted.variant:
            return ad
    raise BadInput(f"The ad {wanted.variant} is not on record as ours; it is not started again.")


def _spec(variant: str, ad: DesiredAd) -> AdSpec:
    return AdSpec(variant=variant, concept=ad.concept, text=ad.text)
