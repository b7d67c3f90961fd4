"""How good an ad is: a fixed function of the seed and of its words."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sandbox.market.noise import generator


@dataclass(frozen=True, slots=True)
class Quality:
    """Factors on click rate and conversion rate; 1.0 is an ordinary ad."""

    click: float
    convert: float


def quality(seed: int, text: str) -> Quality:
    """The quality of an ad with this text."""
    luck = generator("ad", seed, text).standard_normal(2)
    return Quality(math.exp(0.18 * float(luck[0])), math.exp(0.22 * float(luck[1])))
