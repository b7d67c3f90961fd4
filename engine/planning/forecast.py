"""What a plan is expected to bring, with 80 % intervals from the curves' errors and the chance of counts."""

from __future__ import annotations

import math
from collections.abc import Sequence

from engine.model.plans import Range

_Z80 = 1.2816  # the normal quantile of 90 %: 80 % lie between


def spread(mid: float, error: float, count: float) -> Range:
    """An interval round ``mid``: relative ``error`` of the curve and the chance of ``count`` events.

    Log-normal, so that the low end never falls below 0.
    """
    if mid <= 0:
        return Range(low=0.0, mid=0.0, high=0.0)
    relative = math.hypot(error, 1.0 / math.sqrt(max(count, 0.25)))
    width = math.exp(_Z80 * math.sqrt(math.log1p(relative**2)))
    return Range(low=mid / width, mid=mid, high=mid * width)


def together(parts: Sequence[Range]) -> Range:
    """The sum of independent figures: the squared half-widths add up."""
    mid = sum(p.mid for p in parts)
    below = math.sqrt(sum((p.mid - p.low) ** 2 for p in parts))
    above = math.sqrt(sum((p.high - p.mid) ** 2 for p in parts))
    return Range(low=max(mid - below, 0.0), mid=mid, high=mid + above)


def cost_each(spend_micros: int, customers: Range) -> Range | None:
    """Spend over customers, in micros; None when no customer is expected."""
    if customers.low <= 0:
        return None
    return Range(
        low=spend_micros / customers.high,
        mid=spend_micros / customers.mid,
        high=spend_micros / customers.low,
    )
