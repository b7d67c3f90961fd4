"""Phase as authority: what a client must show before the platform may do more alone. Pure.

Promotion is a person's act on evidence, never the calendar's. The figures are conventions of the house: mature
wins make the truth the agents follow, matched deals say whose they are, and tracking that is doubtful says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from policies.standing import Phase

ORDER: tuple[Phase, ...] = ("configure", "launch", "closed_loop", "continuous")
SAID: Mapping[Phase, str] = {
    "configure": "Configure",
    "launch": "Launch",
    "closed_loop": "Closed loop",
    "continuous": "Continuous",
}
MEANS: Mapping[Phase, str] = {
    "configure": "Nothing is done alone; every act is asked.",
    "launch": "Small things alone, as the policy lists for launch.",
    "closed_loop": "Budgets, pauses and variants inside the bounds, as the policy lists for the closed loop.",
    "continuous": "Everything the policy lists for continuous running.",
}
Test = Literal["at_least", "at_most"]


@dataclass(frozen=True)
class Fact:
    """One figure a promotion is judged by; ``value`` None: it cannot be told yet, which is not enough."""

    name: str
    value: float | None
    unit: str = ""


@dataclass(frozen=True)
class Need:
    """One thing a promotion needs, what there is, and whether it is met."""

    words: str
    needed: str
    found: str
    met: bool


@dataclass(frozen=True)
class _Rule:
    fact: str
    words: str
    test: Test
    bound: float
    share: bool = False


_SOUND = (
    _Rule("policy", "A policy is in force", "at_least", 1),
    _Rule("seniors", "People who hold the senior right", "at_least", 2),
    _Rule("late_sources", "Sources that are late", "at_most", 0),
)
_TRACKED = (
    *_SOUND,
    _Rule("doubts", "Open questions about tracking, sources or attribution", "at_most", 0),
)
NEEDS: Mapping[Phase, tuple[_Rule, ...]] = {
    "configure": (),
    "launch": (
        *_SOUND,
        _Rule("sources", "Sources that are read", "at_least", 2),
        _Rule("plans", "Plans a senior person approved", "at_least", 1),
    ),
    "closed_loop": (
        *_TRACKED,
        _Rule("wins", "Closed-won deals old enough to count", "at_least", 10),
        _Rule("match", "Deals that name their campaign", "at_least", 0.6, share=True),
        _Rule("acts", "Acts carried out", "at_least", 5),
    ),
    "continuous": (
        *_TRACKED,
        _Rule("wins", "Closed-won deals old enough to count", "at_least", 30),
        _Rule("match", "Deals that name their campaign", "at_least", 0.7, share=True),
        _Rule("acts", "Acts carried out", "at_least", 30),
        _Rule(
            "voided",
            "Acts that failed or were refused when carried out, of all",
            "at_most",
            0.1,
            True,
        ),
    ),
}
"""By the phase asked for: what must be shown. Read 2026-11-24; no outside source, an agency sets its own."""


def next_phase(now: Phase) -> Phase | None:
    """The phase after this one; None after the last."""
    place = ORDER.index(now) + 1
    return ORDER[place] if place < len(ORDER) else None


def previous_phase(now: Phase) -> Phase | None:
    """The phase before this one; None before the first."""
    place = ORDER.index(now)
    return ORDER[place - 1] if place else None


def needs(to: Phase, facts: Mapping[str, Fact]) -> tuple[Need, ...]:
    """Every need of a phase beside what there is."""
    return tuple(_need(rule, facts.get(rule.fact)) for rule in NEEDS[to])


def _need(rule: _Rule, fact: Fact | None) -> Need:
    value = fact.value if fact else None
    least = rule.test == "at_least"
    met = value is not None and (value >= rule.bound if least else value <= rule.bound)
    sign = "at least" if least else "at most"
    return Need(rule.words, f"{sign} {_said(rule.bound, rule)}", _said(value, rule), met)


def _said(value: float | None, rule: _Rule) -> str:
    if value is None:
        return "not known yet"
    return f"{value:.0%}" if rule.share else f"{value:.0f}"
