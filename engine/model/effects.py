"""What an act was followed by: leads per unit of media after it against before it. Pure.

The figure is a ratio of two Poisson rates with its interval on the log scale (the Wald interval of a rate ratio,
Rothman, Modern Epidemiology, chapter 14), half a lead added to each count so that none is zero. Where the campaigns
nobody touched have leads enough, their own ratio is divided out (difference in differences).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from engine.model.outcomes import maturity

Word = Literal["better", "worse", "no_difference", "too_little"]
DAYS = 14
"""Whole account-days before the act, and after it; its own day belongs to neither."""
LEAST_LEADS = 10
"""Leads of both windows together below which nothing is said."""
LEAST_OTHERS = 30
"""Leads the untouched campaigns must have in each window before they are compared with."""
Z80 = 1.2815515655446004
"""The normal deviate of a two-sided 80 % interval."""


@dataclass(frozen=True)
class Window:
    """Leads (deals of the CRM begun, by last click) and media in micros of one currency."""

    leads: int = 0
    cost_micros: int = 0

    def __add__(self, other: Window) -> Window:
        return Window(self.leads + other.leads, self.cost_micros + other.cost_micros)


@dataclass(frozen=True)
class Sides:
    """The window before an act and the one after it."""

    before: Window = Window()
    after: Window = Window()

    def __add__(self, other: Sides) -> Sides:
        return Sides(self.before + other.before, self.after + other.after)


@dataclass(frozen=True)
class Effect:
    """The outcome of one act.

    ``ratio`` is leads per unit of media after over before, ``low`` and ``high`` its 80 % interval; all three
    are None where there was too little to say. ``compared`` is True when the untouched campaigns were divided out.
    """

    word: Word
    ratio: float | None
    low: float | None
    high: float | None
    compared: bool


NOTHING = Effect("too_little", None, None, None, compared=False)


def effect(own: Sides, others: Sides) -> Effect:
    """The outcome of an act on campaigns with these windows; ``others`` are those of the untouched campaigns."""
    if own.before.leads + own.after.leads < LEAST_LEADS:
        return NOTHING
    found = _log_ratio(own)
    if found is None:
        return NOTHING
    middle, variance = found
    apart = _log_ratio(others)
    compared = apart is not None and min(others.before.leads, others.after.leads) >= LEAST_OTHERS
    if compared and apart is not None:
        middle, variance = middle - apart[0], variance + apart[1]
    reach = Z80 * math.sqrt(variance)
    ratio, low, high = (math.exp(x) for x in (middle, middle - reach, middle + reach))
    word: Word = "better" if low > 1 else "worse" if high < 1 else "no_difference"
    return Effect(word, ratio, low, high, compared)


def _log_ratio(sides: Sides) -> tuple[float, float] | None:
    """The log of after over before and its variance; None where one window had no media."""
    if sides.before.cost_micros <= 0 or sides.after.cost_micros <= 0:
        return None
    before, after = sides.before.leads + 0.5, sides.after.leads + 0.5
    ratio = after * sides.before.cost_micros / (before * sides.after.cost_micros)
    return math.log(ratio), 1 / before + 1 / after


def windows(day: date) -> tuple[tuple[date, date], tuple[date, date]]:
    """First and last account-day of the window before an act of that account-day, and of the one after it."""
    step = timedelta(days=DAYS)
    one = timedelta(days=1)
    return (day - step, day - one), (day + one, day + step)


def is_due(day: date, today: date, final_after_days: int) -> bool:
    """Whether every day of both windows is final by ``today``."""
    return maturity(day + timedelta(days=DAYS), today, final_after_days) == "final"


def judged_on(day: date, final_after_days: int) -> date:
    """The account-day on which an act of ``day`` can be judged."""
    return day + timedelta(days=DAYS + final_after_days + 1)


@dataclass(frozen=True)
class Done:
    """One act that was carried out: on which account-day, touching which campaigns."""

    decision_id: str
    day: date
    campaigns: frozenset[str]


def together(act: Done, acts: Iterable[Done]) -> int:
    """How many other acts touched one of the same campaigns inside its windows."""
    return sum(
        1
        for other in near(act.day, acts)
        if other.decision_id != act.decision_id and other.campaigns & act.campaigns
    )


def near(day: date, acts: Iterable[Done]) -> list[Done]:
    """The acts carried out inside the windows round an act of ``day``, its own day included."""
    return [a for a in acts if abs((a.day - day).days) <= DAYS]


WORDS: dict[str, str] = {
    "better": "Better",
    "worse": "Worse",
    "no_difference": "No difference seen",
    "too_little": "Too little to say",
    "too_early": "Too early",
}
"""Outcomes as people read them; ``too_early`` is what has none yet."""


def sentence(found: Effect, others: int) -> str:
    """The outcome in plain words, without what the act was."""
    return f"{figure(found)}{_beside(others)}"


def figure(found: Effect) -> str:
    """The outcome's figure and interval in plain words."""
    word = WORDS[found.word]
    if found.ratio is None or found.low is None or found.high is None:
        return f"{word}: fewer than {LEAST_LEADS} leads, or no media, in the {DAYS} days before and after."
    against = ", beside the campaigns nobody touched" if found.compared else ""
    return (
        f"{word}: leads for the same media {_moved(found.ratio)} in the {DAYS} days after against the"
        f" {DAYS} before{against} (80% interval {_signed(found.low)} to {_signed(found.high)})."
    )


def _beside(others: int) -> str:
    if not others:
        return ""
    return (
        f" Together with {others} other {'act' if others == 1 else 'acts'} on the same campaigns."
    )


def _moved(ratio: float) -> str:
    share = round(100 * (ratio - 1))
    return "did not move" if not share else f"{'rose' if share > 0 else 'fell'} {abs(share)}%"


def _signed(ratio: float) -> str:
    share = round(100 * (ratio - 1))
    return f"\u2212{-share}%" if share < 0 else f"+{share}%" if share else "0%"
