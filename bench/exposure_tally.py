"""What the exposure bench counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

PERIODS = ("day", "week", "month")


class Passed(NamedTuple):
    """Which figures the billers passed: the worst case of each period, the bare setting's two."""

    day: bool = False
    week: bool = False
    month: bool = False
    set_day: bool = False
    set_month: bool = False

    def either(self, other: Passed) -> Passed:
        """What one of the two found."""
        return Passed(*(a or b for a, b in zip(self, other, strict=True)))

    @property
    def shown(self) -> bool:
        """A worst case that was shown was passed."""
        return self.day or self.week or self.month


@dataclass
class Tally:
    """What was counted; ``closeness`` sums billed / shown of the month, by platform."""

    sequences: int = 0
    edits: int = 0
    breaches: int = 0
    found: Counter[str] = field(default_factory=Counter)
    reached: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    budgets: Counter[str] = field(default_factory=Counter)
    shared: Counter[str] = field(default_factory=Counter)
    checks: Counter[str] = field(default_factory=Counter)
    closeness: Counter[str] = field(default_factory=Counter)
    first_breach: str | None = None

    def add(self, passed: Passed, name: str) -> None:
        """Count one sequence."""
        self.sequences += 1
        self.breaches += passed.shown
        self.found.update(n for n, hit in passed._asdict().items() if hit)
        if passed.shown and self.first_breach is None:
            self.first_breach = name
