"""Google Ads through its own SDK (34.0.0, API v26): what can be read, changed, and is peculiar.

``GoogleAds`` loads the SDK (about 2.5 s, 110 MB) when it is first named. gRPC reads its root
certificates once, when it is imported; entry points set them before that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.platforms.google_ads.connection import Connection
from engine.platforms.google_ads.quirks import QUIRKS, Quirks

if TYPE_CHECKING:
    from engine.platforms.google_ads.adapter import GoogleAds

__all__ = ["QUIRKS", "Connection", "GoogleAds", "Quirks"]


def __getattr__(name: str) -> Any:
    if name == "GoogleAds":
        from engine.platforms.google_ads.adapter import GoogleAds  # noqa: PLC0415  see above

        return GoogleAds
    raise AttributeError(f"{__name__} has no {name}")
