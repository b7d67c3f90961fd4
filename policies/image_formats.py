"""What pictures each channel takes, as dated data with its source.

Read 2026-11-22. Ratios may differ by one in a hundred (Google Ads Help 13676244).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

READ_ON = date(2026, 11, 22)


@dataclass(frozen=True)
class Shape:
    """One shape: width to height, and the smallest size in pixels."""

    name: str
    width: int
    height: int
    least_width: int
    least_height: int


@dataclass(frozen=True)
class Pictures:
    """The shapes of a channel and the most bytes of a file."""

    shapes: tuple[Shape, ...]
    logos: tuple[Shape, ...]
    most_bytes: int
    source: str
    read_on: date = READ_ON


_GOOGLE = Pictures(
    shapes=(
        Shape("1.91:1", 191, 100, 600, 314),
        Shape("1:1", 1, 1, 300, 300),
        Shape("4:5", 4, 5, 480, 600),
        Shape("9:16", 9, 16, 600, 1067),
    ),
    logos=(Shape("1:1", 1, 1, 128, 128), Shape("4:1", 4, 1, 512, 128)),
    most_bytes=5 * 1024 * 1024,
    source="support.google.com/google-ads/answer/13676244",
)
PICTURES: Mapping[str, Pictures] = {
    "google_search": _GOOGLE,
    "youtube": _GOOGLE,
    "meta": Pictures(
        shapes=(
            Shape("1:1", 1, 1, 600, 600),
            Shape("4:5", 4, 5, 600, 750),
            Shape("9:16", 9, 16, 600, 1067),
            Shape("1.91:1", 191, 100, 600, 314),
        ),
        logos=(),
        most_bytes=30 * 1024 * 1024,
        source="madgicx.com/facebook-ad-formats",
    ),
    "linkedin": Pictures(
        shapes=(
            Shape("1.91:1", 191, 100, 640, 360),
            Shape("1:1", 1, 1, 360, 360),
            Shape("4:5", 4, 5, 360, 450),
        ),
        logos=(),
        most_bytes=5 * 1024 * 1024,
        source="linkedin.com/help a426534",
    ),
}
"""By channel; a channel that is absent takes no picture the house knows."""


def fits(width: int, height: int, shape: Shape) -> bool:
    """True when a picture has the shape, within one in a hundred, and is large enough."""
    off = abs(width * shape.height - height * shape.width) * 100
    return (
        off <= height * shape.width and width >= shape.least_width and height >= shape.least_height
    )
