"""What should be true on the platforms: the fold of every decision that was carried out, per campaign."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policies.actions import (
    AdSpec,
    AdText,
    Frozen,
    LaunchCampaign,
    PauseVariant,
    SetAudiences,
    SetBudgets,
    SetCampaignStatus,
    ShiftBudget,
    ShipVariant,
    type_of,
)
from policies.levers import NOBODY_NAMED, Targeting, reaching


class DesiredAd(Frozen):
    """One ad that should exist."""

    variant: str
    concept: str
    text: AdText
    enabled: bool = True


class DesiredAdGroup(Frozen):
    """One ad group that should exist."""

    ad_group: str
    name: str
    keywords: tuple[str, ...] = ()
    ads: tuple[DesiredAd, ...] = ()


class DesiredCampaign(Frozen):
    """One campaign that should exist, with its daily budget in micros of the account's currency."""

    client: str
    campaign: str
    account: str
    channel: str
    name: str
    daily_micros: int
    enabled: bool
    locations: tuple[str, ...] = ()
    political: bool = False
    campaign_type: str = ""
    targeting: Targeting = NOBODY_NAMED
    ad_groups: tuple[DesiredAdGroup, ...] = ()

    @property
    def title(self) -> str:
        """The name without our mark, as people say it."""
        return self.name.split(" | ", 1)[0]


def titles(desired: Mapping[str, DesiredCampaign], *keys: str) -> tuple[str, ...]:
    """The names of campaigns as people say them; a campaign nobody desires goes by its key."""
    return tuple(desired[key].title if key in desired else key for key in keys)


Desired = Mapping[str, DesiredCampaign]
"""Natural key of the campaign -> what should be true of it."""


def after(desired: Desired, action: Any) -> dict[str, DesiredCampaign]:
    """The desired state once ``action`` is carried out. Applying the same action twice changes nothing more.

    Raises:
        KeyError: the action speaks of a campaign that is not in ``desired`` (and does not launch it).
    """
    result = dict(desired)
    match action:
        case SetBudgets() | ShiftBudget():
            for change in action.changes:
                result[change.campaign] = result[change.campaign].model_copy(
                    update={"daily_micros": change.after_micros}
                )
        case SetCampaignStatus():
            result[action.campaign] = result[action.campaign].model_copy(
                update={"enabled": action.enabled}
            )
        case SetAudiences():
            now = result[action.campaign].targeting
            result[action.campaign] = result[action.campaign].model_copy(
                update={"targeting": reaching(now, action)}
            )
        case LaunchCampaign():
            result[action.campaign] = _launched(action)
        case ShipVariant():
            result[action.campaign] = _with_ad(result[action.campaign], action.ad_group, action.ad)
        case PauseVariant():
            result[action.campaign] = _without_ad(result[action.campaign], action.variant)
    return result


def _desired_ad(ad: AdSpec) -> DesiredAd:
    return DesiredAd(variant=ad.variant, concept=ad.concept, text=ad.text)


def _launched(action: LaunchCampaign) -> DesiredCampaign:
    groups = tuple(
        DesiredAdGroup(
            ad_group=g.ad_group,
            name=g.name,
            keywords=g.keywords,
            ads=tuple(map(_desired_ad, g.ads)),
        )
        for g in action.ad_groups
    )
    return DesiredCampaign(
        client=action.client,
        campaign=action.campaign,
        account=action.account,
        channel=action.channel,
        name=action.name,
        daily_micros=action.daily_micros,
        enabled=True,
        locations=action.locations,
        political=action.political,
        campaign_type=type_of(action),
        targeting=action.targeting,
        ad_groups=groups,
    )


def _with_ad(campaign: DesiredCampaign, ad_group: str, ad: AdSpec) -> DesiredCampaign:
    """The ad beside the others of its group; one that is there already runs again."""

    def with_it(ads: tuple[DesiredAd, ...]) -> tuple[DesiredAd, ...]:
        if all(a.variant != ad.variant for a in ads):
            return (*ads, _desired_ad(ad))
        return tuple(
            a.model_copy(update={"enabled": True}) if a.variant == ad.variant else a for a in ads
        )

    groups = tuple(
        g.model_copy(update={"ads": with_it(g.ads)}) if g.ad_group == ad_group else g
        for g in campaign.ad_groups
    )
    return campaign.model_copy(update={"ad_groups": groups})


def _without_ad(campaign: DesiredCampaign, variant: str) -> DesiredCampaign:
    groups = tuple(
        g.model_copy(
            update={
                "ads": tuple(
                    a.model_copy(update={"enabled": False}) if a.variant == variant else a
                    for a in g.ads
                )
            }
        )
        for g in campaign.ad_groups
    )
    return campaign.model_copy(update={"ad_groups": groups})
