"""The four figures on top: each with what changed, its line, and whose credit it counts."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from engine.reporting.client.kpis import Kpi
from engine.reporting.client.view import Performance
from engine.reporting.words import count, money, multiple, percent, plural
from pages.parts import states
from pages.parts.cards import card, say, spark, swatch

Arrow = Literal["up", "down", "off"]
Colour = Literal["green", "red", "gray"]
CHANNELS = 5


def tiles(view: Performance) -> None:
    """Four cards: the figure, what changed, its line, one line of meaning, and whose credit it counts."""
    noun = view.about["primary_action"]
    labels = {
        "spend": "Spend",
        "actions": plural(noun).capitalize(),
        "cost": f"Cost per {noun}",
        "roas": "Blended ROAS",
    }
    grid = st.grid(4, min_column_width=150)
    for kpi in view.figures:
        with grid.cell(), card(f"kpi-{kpi.key}", stretch=True), states.guarded(labels[kpi.key]):
            _metric(kpi, labels[kpi.key], view)
            if kpi.claims:
                _claims(kpi, view)
                continue
            spark(
                kpi.series,
                f"{labels[kpi.key]}, last {len(kpi.series)} whole days",
                target=kpi.target,
                maturing=kpi.maturing,
                quiet=kpi.better is None,
            )
            whose = "the same in every view" if kpi.key == "spend" else view.attribution
            say(f":small[:gray[{_meaning(kpi, view)}]]  \n:small[:gray[{whose}]]")


def _claims(kpi: Kpi, view: Performance) -> None:
    """What each channel's platform claims, and why there is no sum of it."""
    lines = [f"{swatch(c.channel)} **{_shown(kpi, c.value, view)}**" for c in kpi.claims[:CHANNELS]]
    if len(kpi.claims) > CHANNELS:
        lines.append(f":gray[{count(len(kpi.claims) - CHANNELS, 'more channel')} below]")
    say(":small[" + "  \n".join(lines) + "]")
    say(":small[:gray[not added up across channels]]  \n" + f":small[:gray[{view.attribution}]]")


def _metric(kpi: Kpi, label: str, view: Performance) -> None:
    arrow: Arrow = "off" if not kpi.change else "up" if kpi.change > 0 else "down"
    tone: Colour = "gray" if kpi.better is None else "green" if kpi.better else "red"
    st.metric(
        label,
        _shown(kpi, kpi.value, view),
        _change(kpi, view.about["currency"]),
        delta_color=tone,
        delta_arrow=arrow,
        delta_description=_versus(view) if kpi.change is not None else None,
    )


def _versus(view: Performance) -> str:
    """The days compared with: a month by its name, others as the ones before."""
    month = view.period.choice in {"month", "last month"} and view.period.before_last
    return f"vs {view.period.before_last:%b}" if month else "vs before"


def _shown(kpi: Kpi, value: float | None, view: Performance) -> str:
    if kpi.unit == "money":
        return money(value, view.about["currency"])
    return multiple(value) if kpi.unit == "multiple" else count(value)


def _change(kpi: Kpi, currency: str) -> str | None:
    if kpi.change is None:
        return None
    size = abs(kpi.change)
    match kpi.key:
        case "spend":
            return percent(size, 1)
        case "actions":
            return count(size)
        case "cost":
            return money(size, currency)
    return multiple(size)


def _meaning(kpi: Kpi, view: Performance) -> str:
    if kpi.key == "spend":
        return _budget(view)
    if view.credit == "last_click":
        return _beside(kpi, view)
    if kpi.key == "actions":
        return f"{count(view.totals.won)} won"
    if kpi.key == "cost":
        return _customers(view)
    if kpi.target is None:
        return f"{money(view.totals.revenue_micros, view.about['currency'])} won"
    gap = (kpi.value or 0.0) - kpi.target
    return f"{multiple(abs(gap))} {'above' if gap >= 0 else 'below'} the floor"


def _budget(view: Performance) -> str:
    currency, plan = view.about["currency"], view.pacing.plan_micros
    if plan and view.period.choice == "month":
        return f"of {money(plan, currency)} planned"
    if view.period.last < view.period.today:
        return count(view.period.whole_days, "whole day")
    return f"{money(sum(_today(view)), currency)} so far today"


def _beside(kpi: Kpi, view: Performance) -> str:
    """The same figure by closed-won truth, beside the one by last click."""
    if kpi.key == "actions":
        return f"of {count(view.totals.actions)} in the CRM"
    if kpi.key == "cost":
        return f"{money(view.totals.cost_micros, view.about['currency'])} by closed-won"
    return f"{multiple(view.totals.roas)} by closed-won"


def _customers(view: Performance) -> str:
    cac, target = view.totals.cac_micros, view.targets["cac_micros"]
    if cac is None:
        return "no deal won yet"
    told = f"{money(cac, view.about['currency'])} per deal won"
    if target is None:
        return told
    return f"{told}, target {money(target, view.about['currency'])}"


def _today(view: Performance) -> list[int]:
    return [amounts[-1] for amounts in view.trend.spend.values()]
