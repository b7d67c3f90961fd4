"""Layer 2, planning: the month's budget inside the bounds, or the reasons why there is none."""

from engine.planning.from_world import plan_for

__all__ = ["plan_for"]
