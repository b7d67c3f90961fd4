"""Our words for Google's, and how our campaigns, ad groups and ads are told from others."""

from __future__ import annotations

import re
from typing import Any

from engine.model.accounts import marker

CHANNEL_TYPES = {"google_search": "SEARCH", "youtube": "DEMAND_GEN"}
"""Channel -> ``advertising_channel_type`` of the campaigns we create for it."""

VARIANT_PARAMETER = "ccv"
"""URL parameter that carries a variant key: a responsive search ad has no settable name."""

_CHANNELS = {kind: channel for channel, kind in CHANNEL_TYPES.items()}
_OURS = re.compile(r"(?:^|\| )(?P<key>\S+) (?P<mark>cc-[0-9a-f]{8})$")


def channel_of(channel_type: str) -> str:
    """Our channel for a campaign type; types we never create are named like ``google_video``."""
    return _CHANNELS.get(channel_type, f"google_{channel_type.lower()}")


def platform_name(name: str, key: str, client: str) -> str:
    """The name a thing of ours gets: ``Core services | search-core cc-1a2b3c4d``."""
    return f"{name} | {key} {marker(client, key)}"


def key_of(platform_name: str, client: str) -> str | None:
    """The natural key in a name; None unless its mark was made for this client and this key."""
    found = _OURS.search(platform_name)
    if found is None or found["mark"] != marker(client, found["key"]):
        return None
    return found["key"]


def variant_of(ad: Any) -> str | None:
    """The variant key an ad carries, None when it carries none."""
    return next((p.value for p in ad.url_custom_parameters if p.key == VARIANT_PARAMETER), None)


def enum_name(message: Any, field: str) -> str:
    """The name of an enum field's value; a value newer than v26 is ``UNKNOWN``."""
    described = message.DESCRIPTOR.fields_by_name[field]
    value = described.enum_type.values_by_number.get(getattr(message, field))
    return str(value.name) if value is not None else "UNKNOWN"


def set_enum(message: Any, field: str, name: str) -> None:
    """Set an enum field by the name of one of its values."""
    described = message.DESCRIPTOR.fields_by_name[field]
    setattr(message, field, described.enum_type.values_by_name[name].number)
