"""What no ad platform of ours can carry out yet: told before anything is sent, so that a decision ends honestly."""

from __future__ import annotations

from typing import Any

from policies.actions import (
    LaunchCampaign,
    SetAudiences,
    SetBidTarget,
    SetSchedule,
    SetVariantShares,
    type_of,
)
from policies.levers import NOBODY_NAMED, STANDARD_TYPES

_NAMES = {"google_ads": "Google Ads"}
_WHAT: dict[type, str] = {
    SetAudiences: "audiences",
    SetBidTarget: "bid targets",
    SetSchedule: "hours and weekdays",
    SetVariantShares: "the share of each variant",
}


def no_road(action: Any, platform: str) -> str:
    """Why an action cannot be carried out on a platform yet, as a sentence; empty where it can.

    A launch has one only as the channel's own type of campaign, with no audience named and nothing widened.
    """
    what = _WHAT.get(type(action), "")
    if isinstance(action, LaunchCampaign):
        if action.targeting != NOBODY_NAMED:
            what = "the audiences of a new campaign"
        elif type_of(action) != STANDARD_TYPES.get(action.channel):
            what = f"a campaign of the type {type_of(action).replace('_', ' ')}"
    if not what:
        return ""
    name = _NAMES.get(platform, platform.replace("_", " "))
    return (
        f"There is no road yet by which {what} can be set on {name}, so nothing was sent; set it on the"
        " platform by hand."
    )
