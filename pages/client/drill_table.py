"""The drill-down's table, ready to show. Pure."""

from __future__ import annotations

import pandas as pd
from pandas.io.formats.style import Styler

from engine.reporting.client.credit import Credit
from engine.reporting.client.drill import Drill, Line
from engine.reporting.words import MISSING, money, multiple, percent, plural
from pages.parts.cards import swatch
from pages.parts.formats import plain, safe
from policies.money import MICROS

STATES = {"running": ":green-badge[Running]", "paused": ":gray-badge[Paused]"}
FIRST = {
    "channel": "Channel",
    "campaign": "Campaign",
    "ad group": "Ad group",
    "ad": "Ad",
}


def table(
    found: Drill, lines: tuple[Line, ...], credit: Credit, noun: str, currency: str, *, narrow: bool
) -> Styler:
    """The lines given and the total, as figures a screen aligns to the right; on a phone three columns."""
    actions = "Claimed" if credit == "platform" else plural(noun).capitalize()
    rows = [_row(found, line, actions) for line in lines]
    rows.append(_row(found, found.total, actions, total=True))
    frame = pd.DataFrame(rows)
    words = [FIRST[found.level], "State"]
    frame = frame.astype({name: float for name in frame.columns if name not in words})
    if narrow:
        frame = frame[[FIRST[found.level], "Spend", "Cost each"]]
    elif credit == "platform":
        frame = frame.drop(columns="Won")
    formats = {
        "Spend": lambda v: safe(money(v, currency)),
        "vs before": _signed_percent,
        "Share": lambda v: percent(_known(v)),
        "Impressions": lambda v: f"{v:,.0f}",
        "Clicks": lambda v: f"{v:,.0f}",
        "CTR": lambda v: percent(_known(v), 1),
        "CPC": lambda v: safe(money(_known(v), currency)),
        actions: lambda v: _number(_known(v)),
        "Cost each": lambda v: safe(money(_known(v), currency)),
        "± cost": lambda v: _signed_money(_known(v), currency),
        "Won": lambda v: _number(_known(v)),
        "ROAS": lambda v: multiple(_known(v)),
    }
    return frame.style.format({k: f for k, f in formats.items() if k in frame.columns})


def _row(found: Drill, line: Line, actions: str, *, total: bool = False) -> dict[str, object]:
    sums = line.sums
    return {
        FIRST[found.level]: f"**{line.name}**" if total else name(found, line),
        "Spend": float(sums.spend_micros),
        "vs before": line.spend_change,
        "Share": line.share,
        "Impressions": float(sums.impressions),
        "Clicks": float(sums.clicks),
        "CTR": line.rate,
        "CPC": line.click_micros,
        actions: line.actions,
        "Cost each": line.cost_micros,
        "± cost": line.cost_change,
        "Won": line.won,
        "ROAS": line.roas,
        "State": "" if total else STATES.get(line.state, f":small[:gray[{plain(line.state)}]]"),
    }


def name(found: Drill, line: Line) -> str:
    """What a line is called: a channel with its colour, a campaign with its offer, an ad with the end of its key."""
    if found.level == "channel" and line.opens:
        return swatch(line.key)
    if found.level == "ad" and line.opens:
        return f"{plain(line.name)} :small[:gray[{plain(line.key[-6:])}]]"
    if line.offer:
        return f"{plain(line.name)}  \n:small[:gray[{plain(line.offer)}]]"
    return plain(line.name)


def _known(value: float) -> float | None:
    """None for what a frame keeps as not a number."""
    return None if pd.isna(value) else float(value)


def _number(value: float | None) -> str:
    if value is None:
        return MISSING
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def _signed_percent(value: float) -> str:
    known = _known(value)
    if known is None:
        return MISSING
    return f"{_arrow(known)}{percent(abs(known))}"


def _signed_money(value: float | None, currency: str) -> str:
    if value is None:
        return MISSING
    return safe(f"{_arrow(value / MICROS)}{money(abs(value), currency)}")


def _arrow(change: float) -> str:
    return "↑\u202f" if change > 0 else "↓\u202f" if change < 0 else ""
