"""What is on record for a client's brand: evidence files and the asset library, as the gate may know them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from policies.actions import Sealed

Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 of a file's bytes, in hex."""
Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]


class EvidenceOnRecord(Sealed):
    """An approved evidence file: the claim it covers, word for word, and the days it holds, both included.

    ``until`` None: it holds until it is retired.
    """

    file: Hash
    claim: Annotated[str, Field(min_length=1, max_length=200)]
    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        """True on a day it is in date."""
        return self.since <= day and (self.until is None or day <= self.until)


class AssetOnRecord(Sealed):
    """A picture of the library that is not retired.

    Sizes in pixels and bytes. ``clear_millionths`` is the empty space around a logo: its narrowest side, over the
    shorter side of the logo itself. ``text`` and ``ground`` are the colours of writing on the picture and of what
    it stands on, None where it has none.
    """

    file: Hash
    kind: Literal["image", "logo"]
    width: Annotated[int, Field(ge=1)]
    height: Annotated[int, Field(ge=1)]
    size_bytes: Annotated[int, Field(ge=1)]
    clear_millionths: Annotated[int, Field(ge=0)] = 0
    text: Colour | None = None
    ground: Colour | None = None
    until: date | None = None


def contrast_hundredths(one: str, other: str) -> int:
    """The contrast of two colours ``#rrggbb``, in hundredths: 450 is 4.5:1 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return int((lighter + 0.05) / (darker + 0.05) * 100)


def _luminance(colour: str) -> float:
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
