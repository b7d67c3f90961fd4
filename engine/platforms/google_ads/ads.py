"""An ad of ours as Google's message: responsive search for search, multi-asset for Demand Gen."""

from __future__ import annotations

from typing import Any

from engine.model.desired import DesiredAd
from engine.model.errors import BadInput
from engine.platforms.google_ads.mapping import VARIANT_PARAMETER, set_enum


def fill(created: Any, ad: DesiredAd, channel: str) -> None:
    """Write status, link, our variant key and the text into an ``AdGroupAd`` to be created.

    Raises:
        BadInput: Google has no ad of ours for this channel.
    """
    set_enum(created, "status", "ENABLED" if ad.enabled else "PAUSED")
    created.ad.final_urls.append(ad.text.final_url)
    created.ad.url_custom_parameters.add(key=VARIANT_PARAMETER, value=ad.variant)
    if channel == "google_search":
        body = created.ad.responsive_search_ad
        for field, part in zip(("path1", "path2"), ad.text.path, strict=False):
            setattr(body, field, part)
    elif channel == "youtube":
        body = created.ad.demand_gen_multi_asset_ad
        body.business_name = ad.text.business_name
    else:
        raise BadInput(f"Google Ads has no ad for the channel {channel}; ad {ad.variant}.")
    for line in ad.text.headlines:
        body.headlines.add(text=line)
    for line in ad.text.descriptions:
        body.descriptions.add(text=line)
