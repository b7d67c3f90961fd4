"""The figures under the drill-down: rows of the store folded into sums by key and run of days. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, NotRequired, TypedDict

REST = "\x00rest"
"""The key of what the parent has and none of its parts."""


class Thing(TypedDict):
    """What we know of a channel, campaign or ad beside its figures; ``state`` is "" when nothing is known.

    ``offer`` names what it sells, where that is known.
    """

    title: str
    state: str
    group: str
    group_title: str
    concept: str
    headlines: list[str]
    descriptions: list[str]
    offer: NotRequired[str]


class Found(TypedDict):
    """One level as the store gave it: plain rows, as ``engine.store.reads.drill`` describes them.

    ``whole`` are the rows of the campaign itself where the level is its ads. ``approvals`` says of a concept who
    approved it and when.
    """

    by: Literal["channel", "campaign", "ad"]
    media: list[tuple[str, str, int, int, int, float, int]]
    begun: list[tuple[str, str, int]]
    won: list[tuple[str, str, int, int]]
    whole: list[tuple[str, str, int, int, int, float, int]]
    things: dict[str, Thing]
    approvals: dict[str, str]
    campaign: str


@dataclass(frozen=True)
class Sums:
    """The figures of one line over one run of days."""

    impressions: int = 0
    clicks: int = 0
    spend_micros: int = 0
    claimed: float = 0.0
    value_micros: int = 0
    actions: int = 0
    won: int = 0
    revenue_micros: int = 0

    def plus(self, other: Sums, sign: int = 1) -> Sums:
        """Both together; with ``sign`` -1 what is left of this one without the other."""
        return Sums(
            self.impressions + sign * other.impressions,
            self.clicks + sign * other.clicks,
            self.spend_micros + sign * other.spend_micros,
            self.claimed + sign * other.claimed,
            self.value_micros + sign * other.value_micros,
            self.actions + sign * other.actions,
            self.won + sign * other.won,
            self.revenue_micros + sign * other.revenue_micros,
        )


Runs = dict[str, Sums]


def cells(found: Found) -> dict[str, Runs]:
    """The sums of every key and run; deals only where the CRM knows them by this key."""
    folded: dict[str, Runs] = {}

    def add(key: str, run: str, sums: Sums) -> None:
        runs = folded.setdefault(key, {})
        runs[run] = runs.get(run, Sums()).plus(sums)

    for key, run, *figures in found["media"]:
        add(key, run, _media(*figures))
    if found["by"] != "ad":
        for key, run, number in found["begun"]:
            add(key, run, Sums(actions=number))
        for key, run, number, money in found["won"]:
            add(key, run, Sums(won=number, revenue_micros=money))
    return folded


def whole(found: Found) -> Runs:
    """The campaign itself, with the deals the CRM knows of it."""
    runs: Runs = {}
    for _, run, *figures in found["whole"]:
        runs[run] = runs.get(run, Sums()).plus(_media(*figures))
    for _, run, number in found["begun"]:
        runs[run] = runs.get(run, Sums()).plus(Sums(actions=number))
    for _, run, number, money in found["won"]:
        runs[run] = runs.get(run, Sums()).plus(Sums(won=number, revenue_micros=money))
    return runs


def of_ads(sums: Sums) -> Sums:
    """Media and claims alone."""
    return Sums(sums.impressions, sums.clicks, sums.spend_micros, sums.claimed, sums.value_micros)


def together(many: Iterable[Runs]) -> Runs:
    """The sums of many keys, run by run."""
    found: Runs = {}
    for runs in many:
        for run, sums in runs.items():
            found[run] = found.get(run, Sums()).plus(sums)
    return found


def less(one: Runs, other: Runs) -> Runs:
    """What one has and the other has not, run by run; claims to a millionth, below which they are rounding."""
    found = {run: one.get(run, Sums()).plus(other.get(run, Sums()), -1) for run in {**one, **other}}
    return {run: replace(sums, claimed=round(sums.claimed, 6)) for run, sums in found.items()}


def shown(runs: Runs) -> Sums:
    """What the period shows: its whole days and the partial one."""
    return runs.get("whole", Sums()).plus(runs.get("partial", Sums()))


def _media(shown: float, clicks: float, cost: float, claimed: float, value: float) -> Sums:
    return Sums(int(shown), int(clicks), int(cost), claimed, int(value))
