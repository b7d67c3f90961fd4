"""The main chart: cost above, spend below, our own moves as numbered pins. Pure.

Lines, washes and words are laid on all at once: added one by one, each would have the whole figure checked again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from html import escape
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from engine.reporting.client.trend import CostLine, Trend
from engine.reporting.words import channel, money, symbol
from pages.parts.charts import reach, tick_names, ticks_in
from pages.parts.tones import TONES, Mode, colour
from policies.money import MICROS

Laid = dict[str, Any]
"""A shape or a word laid over the charts, as Plotly's layout names its parts."""


def trend_figure(
    view: Trend,
    noun: str,
    currency: str,
    shade: Mode,
    *,
    narrow: bool = False,
    hrefs: Mapping[str, str] | None = None,
) -> go.Figure:
    """Seven-day cost above, stacked daily spend below, our own moves as numbered pins.

    ``hrefs``: by the reference of a pin or an anomaly, where a press on it leads.
    """
    lead = hrefs or {}
    figure = make_subplots(
        rows=2, cols=1, shared_xaxes=True, row_heights=[0.54, 0.46], vertical_spacing=0.08
    )
    shapes, words = _washes(view, shade), list[Laid]()
    pin_line, drop = _cost_rows(figure, view, noun, currency, shade)
    if view.target_micros:
        shapes.append(_target_line(view, shade))
        words.append(_target_word(view, currency, shade))
    spend_top = _spend_rows(figure, view, currency, shade)
    crowded = any((b.day - a.day).days < 2 for a, b in pairwise(view.pins))
    steps = 3 if narrow else 2 if crowded else 1
    heights = [pin_line - drop * (i % steps) for i, _ in enumerate(view.pins)]
    _pins(figure, view, shade, heights, lead)
    _marks(figure, view, shade, spend_top)
    shapes += [_drop_line(pin.day, shade) for pin in view.pins]
    words += _links(view, heights, spend_top * 1.08, lead, shade)
    mondays = [d for d in view.days if d.weekday() == 0]
    half = timedelta(hours=12)
    figure.update_xaxes(
        tickformat="%-d %b",
        tickvals=mondays,
        range=[_noon(view.days[0]) - 2 * half, _noon(view.days[-1])],
    )
    figure.update_layout(
        barmode="stack",
        margin={"l": 0, "r": 10, "t": 12, "b": 0},
        shapes=shapes,
        annotations=words,
    )
    return figure


def _noon(day: date) -> pd.Timestamp:
    return pd.Timestamp(day) + pd.Timedelta(hours=12)


def _cost_rows(
    figure: go.Figure, view: Trend, noun: str, currency: str, shade: Mode
) -> tuple[float, float]:
    """Where the pins stand, and how far the lower of two crowded ones drops."""
    for line in view.cost:
        _cost_line(figure, view, line, noun, currency, shade)
    known = [v / MICROS for line in view.cost for v in line.points if v is not None]
    target = None if view.target_micros is None else view.target_micros / MICROS
    low, high = reach(known + ([target] if target else []))
    ticks = ticks_in(low, high)
    top = high + (high - low) * 0.28
    figure.update_yaxes(
        tickvals=ticks, ticktext=tick_names(ticks, currency), range=[low, top], row=1, col=1
    )
    return high + (high - low) * 0.16, (high - low) * 0.13


def _cost_line(
    figure: go.Figure, view: Trend, line: CostLine, noun: str, currency: str, shade: Mode
) -> None:
    """One line of cost, dotted where it may still change; in its channel's colour when it is of one."""
    days = view.days[:-1]
    values = [None if c is None else c / MICROS for c in line.points]
    firm = [i for i, d in enumerate(days) if d <= view.final_last]
    cut = firm[-1] + 1 if firm else 0
    parts = ((slice(0, cut), None, ""), (slice(max(cut - 1, 0), None), "dot", ", maturing"))
    whose = f" · {channel(line.channel)}" if line.channel else ""
    tone = colour(line.channel, shade) if line.channel else TONES[shade]["accent"]
    for part, dash, tail in parts:
        figure.add_scatter(
            x=days[part],
            y=values[part],
            row=1,
            col=1,
            mode="lines",
            name=f"Cost per {noun}{whose}{tail}",
            line={"color": tone, "width": 2.5, "dash": dash},
            hovertemplate=f"{symbol(currency)}%{{y:,.0f}}",
        )


def _target_line(view: Trend, shade: Mode) -> Laid:
    at = (view.target_micros or 0) / MICROS
    line = {"color": TONES[shade]["ink2"], "width": 1, "dash": "dash"}
    ends = {"x0": view.days[0], "x1": view.days[-2], "y0": at, "y1": at}
    return {"type": "line", "xref": "x", "yref": "y", "line": line, **ends}


def _target_word(view: Trend, currency: str, shade: Mode) -> Laid:
    return {
        "x": view.days[0],
        "y": (view.target_micros or 0) / MICROS,
        "xref": "x",
        "yref": "y",
        "text": f"Target {money(view.target_micros, currency)}",
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "top",
        "font": {"color": TONES[shade]["ink2"], "size": 12},
    }


def _spend_rows(figure: go.Figure, view: Trend, currency: str, shade: Mode) -> float:
    faint = [1.0] * (len(view.days) - 1) + [0.4]
    for key, amounts in view.spend.items():
        figure.add_bar(
            x=view.days,
            y=[a / MICROS for a in amounts],
            name=channel(key),
            row=2,
            col=1,
            marker={"color": colour(key, shade), "opacity": faint, "line": {"width": 0}},
            hovertemplate=f"{symbol(currency)}%{{y:,.0f}}",
        )
    sums = [sum(column) / MICROS for column in zip(*view.spend.values(), strict=True)] or [0.0]
    _, high = reach([0.0, *sums])
    ticks = [t for t in ticks_in(0, high) if t >= 0]
    figure.update_yaxes(
        tickvals=ticks, ticktext=tick_names(ticks, currency), range=[0, high * 1.18], row=2, col=1
    )
    return high


def _pins(
    figure: go.Figure, view: Trend, shade: Mode, heights: list[float], hrefs: Mapping[str, str]
) -> None:
    """Circles, numbered unless a link is laid over them: a drawing takes no press on a marker."""
    tones = TONES[shade]
    figure.add_scatter(
        x=[p.day for p in view.pins],
        y=heights,
        row=1,
        col=1,
        mode="markers+text",
        text=["" if p.ref in hrefs else f"<b>{p.number}</b>" for p in view.pins],
        textposition="middle center",
        textfont={"color": tones["surface"], "size": 11},
        marker={"size": 19, "color": tones["ink"]},
        cliponaxis=False,
        hoverinfo="skip",
    )


def _marks(figure: go.Figure, view: Trend, shade: Mode, height: float) -> None:
    tones = TONES[shade]
    figure.add_scatter(
        x=[a.day for a in view.anomalies],
        y=[height * 1.08 for _ in view.anomalies],
        row=2,
        col=1,
        mode="markers",
        marker={
            "symbol": "diamond",
            "size": 14,
            "color": tones["bad"],
            "line": {"width": 2, "color": tones["surface"]},
        },
        name="Anomaly",
        hoverinfo="skip",
    )


def _drop_line(day: date, shade: Mode) -> Laid:
    """From a pin down through both charts."""
    line = {"color": TONES[shade]["ink2"], "width": 1, "dash": "dot"}
    ends = {"x0": day, "x1": day, "y0": 0, "y1": 0.95}
    return {"type": "line", "xref": "x", "yref": "paper", "line": line, "layer": "below", **ends}


def _washes(view: Trend, shade: Mode) -> list[Laid]:
    """The days that may still change, shaded in both charts."""
    ends = {"x0": _noon(view.final_last), "x1": _noon(view.days[-1]), "y0": 0, "y1": 1}
    look = {"fillcolor": TONES[shade]["wash"], "line": {"width": 0}, "layer": "below"}
    return [
        {"type": "rect", "xref": x, "yref": f"{y} domain", **look, **ends}
        for x, y in (("x", "y"), ("x2", "y2"))
    ]


def _links(
    view: Trend, heights: list[float], mark: float, hrefs: Mapping[str, str], shade: Mode
) -> list[Laid]:
    """The number of each pin and the diamond of each anomaly, as links that stay in this tab."""
    paper, bad = TONES[shade]["surface"], TONES[shade]["bad"]
    found = [
        _link(hrefs[p.ref], f"<b>\u2002{p.number}\u2002</b>", paper)
        | {"x": p.day, "y": height, "xref": "x", "yref": "y", "font": {"size": 11}}
        for p, height in zip(view.pins, heights, strict=True)
        if p.ref in hrefs
    ]
    found += [
        _link(hrefs[a.ref], "◆", bad)
        | {"x": a.day, "y": mark, "xref": "x2", "yref": "y2", "font": {"size": 14}}
        for a in view.anomalies
        if a.ref in hrefs
    ]
    return found


def _link(href: str, text: str, tone: str) -> Laid:
    there = escape(href, quote=True)
    return {
        "text": f'<a href="{there}" target="_self" style="color:{tone}">{text}</a>',
        "showarrow": False,
    }
