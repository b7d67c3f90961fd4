"""The table that opens level by level: channel, campaign, ad group, ad. Pure; money in micros of one currency.

Every level adds up to the one above it: what a platform does not tell by ad has a line of its own, and so have deals
of no known ad. A figure that cannot be split at a level is None there, with the reason in ``missing``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.reporting.client.credit import Credit, valued, worth_of
from engine.reporting.client.drill_sums import (
    REST,
    Found,
    Runs,
    Sums,
    Thing,
    cells,
    less,
    of_ads,
    shown,
    together,
    whole,
)
from engine.reporting.client.series import ratio
from engine.reporting.words import channel as channel_name

Level = Literal["channel", "campaign", "ad group", "ad"]
MISSING = {
    "ads": "The CRM keeps the campaign of a click, not its ad: primary actions end at the campaign.",
    "claims": "Each platform counts for itself, so the claims of channels are never added up.",
    "none": "Where no primary action is counted yet there is no cost of one.",
    "value": "Where a platform reports no value of its own for a conversion there is no return of one.",
    "change": "Claims of the last days still grow, so their cost is not compared with the days before.",
}


@dataclass(frozen=True)
class Line:
    """One line. Changes compare whole days only: a share of the earlier spend, a difference in cost.

    ``actions``, ``cost_micros``, ``won`` and ``roas`` are by the view of credit in force; None where the view does
    not reach. ``offer`` names what a campaign sells. ``share`` is of the table's own spend.
    """

    key: str
    name: str
    state: str
    sums: Sums
    share: float | None
    spend_change: float | None
    actions: float | None
    cost_micros: float | None
    cost_change: float | None
    won: int | None
    roas: float | None
    offer: str = ""

    @property
    def rate(self) -> float | None:
        """Clicks of impressions."""
        return ratio(self.sums.clicks, self.sums.impressions)

    @property
    def click_micros(self) -> float | None:
        """Media of a click."""
        return ratio(self.sums.spend_micros, self.sums.clicks)

    @property
    def opens(self) -> bool:
        """True for a channel, campaign, group or ad; not for a remainder."""
        return self.key not in {"", REST}


@dataclass(frozen=True)
class Drill:
    """One level, the largest spend first, and its total; ``missing`` gives the reason of every dash."""

    level: Level
    lines: tuple[Line, ...]
    total: Line
    missing: tuple[str, ...]
    groups: tuple[str, ...] = ()
    group_title: str = ""
    campaign: str = ""
    things: Mapping[str, Thing] = field(default_factory=dict)
    approvals: Mapping[str, str] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """True when the period has nothing at this level."""
        return not self.lines


def drill(found: Found, credit: Credit, group: str | None = None) -> Drill:
    """The level that was read, by one view of credit; of the ads of a campaign, its groups or one group's ads."""
    rows = cells(found)
    level: Level = found["by"]
    groups: tuple[str, ...] = ()
    parent, dealt = together(rows.values()), True
    if level == "ad":
        rows, level, groups, dealt = _grouped(rows, found["things"], group)
        parent = whole(found) if dealt else together(rows.values())
        rest = {run: of_ads(sums) for run, sums in less(parent, together(rows.values())).items()}
        if any(sums != Sums() for sums in rest.values()):
            rows[REST] = rest
    if level == "channel" and credit == "last_click":
        rows = _clicked(rows)
        parent = together(rows.values())
    kept = of_ads if credit == "platform" else _as_it_is
    rows = {key: runs for key, runs in rows.items() if kept(shown(runs)) != Sums()}
    table = _Table(found, level, credit, shown(parent))
    lines = [
        table.line(key, runs, dealt=level in {"channel", "campaign"}) for key, runs in rows.items()
    ]
    ordered = sorted(lines, key=lambda x: (-x.sums.spend_micros, x.key == REST, x.name, x.key))
    return Drill(
        level=level,
        lines=tuple(ordered),
        total=table.line(None, parent, dealt=dealt),
        missing=_missing(level, credit, ordered),
        groups=groups,
        group_title=_group_title(found["things"], group or (groups[0] if groups else "")),
        campaign=found["campaign"],
        things=found["things"],
        approvals=found["approvals"],
    )


def _grouped(
    rows: dict[str, Runs], things: Mapping[str, Thing], group: str | None
) -> tuple[dict[str, Runs], Level, tuple[str, ...], bool]:
    """The ads of the group chosen, or the groups where there are several; False when that is not the campaign."""
    by_group: dict[str, dict[str, Runs]] = {}
    for key, runs in rows.items():
        name = things[key]["group"] if key in things else ""
        by_group.setdefault(name, {})[key] = runs
    groups = tuple(sorted(g for g in by_group if g))
    if len(by_group) < 2:
        return rows, "ad", groups, True
    if group in groups:
        return by_group[group or ""], "ad", groups, False
    return {g: together(ads.values()) for g, ads in by_group.items()}, "ad group", groups, True


def _clicked(rows: dict[str, Runs]) -> dict[str, Runs]:
    """Without the deals of no known channel; spend of no known channel stays."""
    return {
        key: runs if key else {run: of_ads(sums) for run, sums in runs.items()}
        for key, runs in rows.items()
    }


def _as_it_is(sums: Sums) -> Sums:
    return sums


@dataclass(frozen=True)
class _Table:
    """What every line of one table has in common; ``parent`` is the whole its shares are of."""

    found: Found
    level: Level
    credit: Credit
    parent: Sums

    def line(self, key: str | None, runs: Runs, *, dealt: bool) -> Line:
        """One line (``key`` None: the total); ``dealt``: the CRM knows the deals of it."""
        now, days, before = shown(runs), runs.get("whole", Sums()), runs.get("before", Sums())
        thing = self.found["things"].get(key or "")
        total = key is None and self.level == "channel"
        actions = _counted(now, self.credit, dealt=dealt, total=total)
        then, earlier = (
            _cost(sums, _counted(sums, self.credit, dealt=dealt, total=total))
            for sums in (days, before)
        )
        change = ratio(days.spend_micros, before.spend_micros)
        return Line(
            key=key or "",
            name=_name(key, self.level, self.found, thing),
            offer=thing.get("offer", "") if thing and self.level == "campaign" else "",
            state=thing["state"] if thing and self.level != "ad group" else "",
            sums=now,
            share=ratio(now.spend_micros, self.parent.spend_micros),
            spend_change=None if change is None else change - 1,
            actions=actions,
            cost_micros=_cost(now, actions),
            cost_change=self._difference(then, earlier),
            won=None if actions is None or self.credit == "platform" else now.won,
            roas=_return(
                now, actions, self.credit, now if self.level == "channel" else self.parent
            ),
        )

    def _difference(self, then: float | None, earlier: float | None) -> float | None:
        """None for the platforms' claims too: those of the last days still grow, and would look dear."""
        if then is None or earlier is None or self.credit == "platform":
            return None
        return then - earlier


def _counted(sums: Sums, credit: Credit, *, dealt: bool, total: bool) -> float | None:
    """Primary actions by the view in force; None where the view does not reach."""
    if credit == "platform":
        return None if total else sums.claimed
    return float(sums.actions) if dealt else None


def _cost(sums: Sums, actions: float | None) -> float | None:
    return ratio(sums.spend_micros, actions) if actions and sums.spend_micros else None


def _return(sums: Sums, actions: float | None, credit: Credit, channel: Sums) -> float | None:
    """``channel`` is what says whether the platform values its conversions at all."""
    if actions is None:
        return None
    if credit == "platform":
        told = bool(sums.value_micros) and valued(channel.claimed, channel.value_micros)
        return worth_of(sums.value_micros, sums.spend_micros) if told else None
    return ratio(sums.revenue_micros, sums.spend_micros)


def _name(key: str | None, level: Level, found: Found, thing: Thing | None) -> str:
    if key is None:
        return "Total"
    if key == REST:
        return "Not told by ad"
    if level == "ad group":
        return _group_title(found["things"], key) or "No ad group known"
    if not key:
        return "No channel known" if level == "channel" else "No campaign known"
    if level == "channel":
        return channel_name(key)
    return thing["title"] if thing and thing["title"] else key


def _group_title(things: Mapping[str, Thing], group: str) -> str:
    return next((t["group_title"] for t in things.values() if t["group"] == group), group)


def _missing(level: Level, credit: Credit, lines: list[Line]) -> tuple[str, ...]:
    found = []
    if credit == "platform" and level == "channel":
        found.append(MISSING["claims"])
    if credit == "platform" and lines:
        found.append(MISSING["change"])
    if credit == "platform" and any(x.roas is None and x.sums.spend_micros for x in lines):
        found.append(MISSING["value"])
    if any(x.actions == 0 and x.sums.spend_micros for x in lines):
        found.append(MISSING["none"])
    if credit != "platform" and level in {"ad", "ad group"}:
        found.append(MISSING["ads"])
    return tuple(found)
