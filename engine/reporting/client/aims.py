"""Which targets are written and whether each is met, on days and leads old enough to say. Pure.

The figures are those the watches judge by: customers won and those the open deals still promise at their age, with
an 80 % interval. They are not the realised figures on top of the page, and say so.
"""

from __future__ import annotations

import math
from datetime import date, timedelta

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from engine.model import credit
from engine.model.trajectory import Interval, Trajectory, trajectory
from engine.reporting.client.material import Aim, AimKey, Aims, AimUnit, Targets

_YOUNG = "Too few deals have closed to know how long they take."


def aims(spend: pd.DataFrame, deals: pa.Table, targets: Targets, today: date) -> Aims:
    """Where each written target stands.

    ``spend`` has day and cost_micros, ``deals`` are those begun on the settled days (``credit.settled``).
    """
    first, last = credit.settled(today)
    days = spend[(spend["day"] >= first) & (spend["day"] <= last)]
    found = None
    if not days.empty:
        first = max(first, min(days["day"]))
        begun = deals.filter(pc.greater_equal(deals["created_on"], first))
        media = int(days["cost_micros"].sum())
        found = trajectory(media, begun, deals, today, (first, last)) if media else None
    margin = targets["margin"]
    asked = _asked(targets)
    return Aims(
        first=first,
        last=max(last, first - timedelta(days=1)),
        written=[
            _aim(key, target, _figure(key, target, found, margin))
            for key, target in asked.items()
            if target is not None
        ],
        without=[key for key, target in asked.items() if target is None],
        margin=margin,
    )


def _asked(targets: Targets) -> dict[AimKey, float | None]:
    return {
        "cac": targets["cac_micros"],
        "cost_per_action": targets["cost_per_action_micros"],
        "roas": targets["roas_floor"],
        "payback": targets["payback_months"],
        "contribution": targets["contribution_floor_micros"],
    }


def _figure(
    key: AimKey, target: float, found: Trajectory | None, margin: float | None
) -> Interval | str:
    """The figure, or the sentence that says why there is none."""
    if found is None:
        return "No media is settled yet."
    share = 1.0 if margin is None else margin
    if key == "payback":
        return _payback(found, target, share)
    figures = {
        "cac": found.cac,
        "cost_per_action": found.cost_per_action,
        "roas": found.roas,
        "contribution": found.month_contribution(share),
    }
    return figures[key] or _YOUNG


def _payback(found: Trajectory, target: float, margin: float) -> Interval | str:
    told = found.payback(margin)
    if told is None:
        return _YOUNG
    if math.isinf(told.months.mid) and told.known_months < target:
        return (
            f"No deal is older than {told.known_months:.0f} months yet, so payback cannot be told."
        )
    return told.months


def _aim(key: AimKey, target: float, figure: Interval | str) -> Aim:
    units: dict[AimKey, AimUnit] = {"roas": "multiple", "payback": "months"}
    ceiling = key not in {"roas", "contribution"}
    aim = Aim(
        key=key,
        unit=units.get(key, "money"),
        ceiling=ceiling,
        target=target,
        value=None,
        low=None,
        high=None,
        met=None,
        sure=False,
        why="",
    )
    if isinstance(figure, str):
        aim["why"] = figure
        return aim
    inside = [(v <= target) if ceiling else (v >= target) for v in figure]
    aim["low"], aim["value"], aim["high"] = figure
    aim["met"], aim["sure"] = inside[1], len(set(inside)) == 1
    return aim
