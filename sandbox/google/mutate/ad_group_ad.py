"""ad_group_ad: responsive search ads and Demand Gen ads, checked for counts and lengths."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sandbox.google.failures import Problem
from sandbox.google.mutate.draft import Draft
from sandbox.google.mutate.kind import (
    Kind,
    fits,
    mark_removed,
    not_removed,
    required,
    settable_status,
)
from sandbox.google.wire import enum_name, set_enum

_TYPES = {
    "responsive_search_ad": ("SEARCH", "RESPONSIVE_SEARCH_AD"),
    "demand_gen_multi_asset_ad": ("DEMAND_GEN", "DEMAND_GEN_MULTI_ASSET_AD"),
    "demand_gen_video_responsive_ad": ("DEMAND_GEN", "DEMAND_GEN_VIDEO_RESPONSIVE_AD"),
}


def _texts(assets: Iterable[Any], field: str, least: int, most: int, longest: int) -> None:
    texts = [asset.text for asset in assets]
    if not least <= len(texts) <= most:
        code = "TOO_FEW" if len(texts) < least else "TOO_MANY"
        said = f"{field} needs {least} to {most} texts; {len(texts)} were given."
        raise Problem("collection_size_error", code, said, (("ad", None), (field, None)))
    for text in texts:
        if not text:
            raise Problem("string_length_error", "EMPTY", f"A text of {field} is empty.")
        fits(text, longest, field)


def _search(ad: Any) -> None:
    body = ad.responsive_search_ad
    _texts(body.headlines, "headlines", 3, 15, 30)
    _texts(body.descriptions, "descriptions", 2, 4, 90)
    fits(body.path1, 15, "path1")
    fits(body.path2, 15, "path2")
    if body.path2 and not body.path1:
        raise Problem("field_error", "REQUIRED", "path2 needs path1.", (("path1", None),))


def _multi(ad: Any) -> None:
    body = ad.demand_gen_multi_asset_ad
    _texts(body.headlines, "headlines", 1, 5, 30)
    _texts(body.descriptions, "descriptions", 1, 5, 90)
    required(body, "business_name")
    fits(body.business_name, 25, "business_name")


def _video(ad: Any) -> None:
    body = ad.demand_gen_video_responsive_ad
    _texts(body.headlines, "headlines", 1, 5, 40)
    _texts(body.long_headlines, "long_headlines", 1, 5, 90)
    _texts(body.descriptions, "descriptions", 1, 5, 90)
    required(body.business_name, "text", "business_name")
    fits(body.business_name.text, 25, "business_name")


_CHECKS = {
    "responsive_search_ad": _search,
    "demand_gen_multi_asset_ad": _multi,
    "demand_gen_video_responsive_ad": _video,
}


def _content(draft: Draft, message: Any, ad_group: Any) -> None:
    body = message.ad.WhichOneof("ad_data")
    if body not in _TYPES:
        said = f"The ad data {body} is not served in this market; use one of {sorted(_TYPES)}."
        raise Problem("ad_group_ad_error", "CANNOT_CREATE_DEPRECATED_ADS", said)
    channel, kind = _TYPES[body]
    campaign = draft.found(ad_group.campaign, "campaign")
    if enum_name(campaign, "advertising_channel_type") != channel:
        said = f"An ad of type {kind} does not go into this campaign."
        code = "OPERATION_NOT_PERMITTED_FOR_CAMPAIGN_TYPE"
        raise Problem("operation_access_denied_error", code, said)
    required(message.ad, "final_urls")
    _CHECKS[body](message.ad)
    set_enum(message.ad, "type_", kind)


def _create(draft: Draft, message: Any) -> None:
    required(message, "ad_group")
    ad_group = draft.found(message.ad_group, "ad_group")
    not_removed(ad_group, "ad_group")
    settable_status(message)
    _content(draft, message, ad_group)
    number = draft.new_id(message.ad.resource_name or message.resource_name)
    message.resource_name = draft.name("adGroupAds", ad_group.id, number)
    message.ad.resource_name = draft.name("ads", number)
    message.ad.id = number
    set_enum(message.policy_summary, "approval_status", "APPROVED")
    set_enum(message.policy_summary, "review_status", "REVIEWED")


def _check(draft: Draft, before: Any, after: Any) -> None:
    not_removed(before, "ad_group_ad")
    settable_status(after)
    _content(draft, after, draft.found(after.ad_group, "ad_group"))


def _remove(draft: Draft, name: str) -> None:
    mark_removed(draft, "ad_group_ad", name)


KIND = Kind(
    name="ad_group_ad",
    fixed=frozenset({"resource_name", "ad_group", "ad", "policy_summary"}),
    create=_create,
    check=_check,
    remove=_remove,
)
