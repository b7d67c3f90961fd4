"""The main chart: cost above, spend below, our own moves as numbered pins. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from engine.reporting.client.trend import Trend
from engine.reporting.words import channel, money, symbol
from pages.parts.charts import reach, tick_names, ticks_in
from pages.parts.tones import TONES, Mode, colour
from policies.money import MICROS


def trend_figure(
    view: Trend, noun: str, currency: str, shade: Mode, *, narrow: bool = False
) -> go.Figure:
    """Seven-day cost above, stacked daily spend below, our own moves as numbered pins."""
    figure = make_subplots(
        rows=2, cols=1, shared_xaxes=True, row_heights=[0.54, 0.46], vertical_spacing=0.08
    )
    pin_line, drop = _cost_rows(figure, view, noun, currency, shade)
    spend_top = _spend_rows(figure, view, currency, shade)
    crowded = any((b.day - a.day).days < 2 for a, b in pairwise(view.pins))
    _pins(figure, view, shade, pin_line, drop=drop, steps=3 if narrow else 2 if crowded else 1)
    _marks(figure, view, shade, spend_top)
    mondays = [d for d in view.days if d.weekday() == 0]
    half = timedelta(hours=12)
    figure.update_xaxes(
        tickformat="%-d %b",
        tickvals=mondays,
        range=[_noon(view.days[0]) - 2 * half, _noon(view.days[-1])],
    )
    figure.update_layout(barmode="stack", margin={"l": 0, "r": 10, "t": 12, "b": 0})
    return figure


def _noon(day: date) -> pd.Timestamp:
    return pd.Timestamp(day) + pd.Timedelta(hours=12)


def _cost_rows(
    figure: go.Figure, view: Trend, noun: str, currency: str, shade: Mode
) -> tuple[float, float]:
    """Where the pins stand, and how far the lower of two crowded ones drops."""
    tones = TONES[shade]
    values = [None if c is None else c / MICROS for c in view.cost]
    days = view.days[:-1]
    firm = [i for i, d in enumerate(days) if d <= view.final_last]
    cut = firm[-1] + 1 if firm else 0
    parts = ((slice(0, cut), None, ""), (slice(max(cut - 1, 0), None), "dot", ", maturing"))
    for part, dash, tail in parts:
        figure.add_scatter(
            x=days[part],
            y=values[part],
            row=1,
            col=1,
            mode="lines",
            name=f"Cost per {noun}{tail}",
            line={"color": tones["accent"], "width": 2.5, "dash": dash},
            hovertemplate=f"{symbol(currency)}%{{y:,.0f}}",
        )
    known = [v for v in values if v is not None]
    target = None if view.target_micros is None else view.target_micros / MICROS
    low, high = reach(known + ([target] if target else []))
    ticks = ticks_in(low, high)
    top = high + (high - low) * 0.28
    if target:
        _target(figure, days, target, money(view.target_micros, currency), shade)
    figure.update_yaxes(
        tickvals=ticks, ticktext=tick_names(ticks, currency), range=[low, top], row=1, col=1
    )
    return high + (high - low) * 0.16, (high - low) * 0.13


def _target(
    figure: go.Figure, days: tuple[date, ...], target: float, told: str, shade: Mode
) -> None:
    tones = TONES[shade]
    line = {"color": tones["ink2"], "width": 1, "dash": "dash"}
    ends = {"x0": days[0], "x1": days[-1], "y0": target, "y1": target}
    figure.add_shape(type="line", row=1, col=1, line=line, **ends)
    figure.add_annotation(
        x=days[0],
        y=target,
        row=1,
        col=1,
        text=f"Target {told}",
        showarrow=False,
        xanchor="left",
        yanchor="top",
        font={"color": tones["ink2"], "size": 12},
    )


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
    figure: go.Figure, view: Trend, shade: Mode, height: float, *, drop: float, steps: int
) -> None:
    """Numbered circles; crowded ones stand on ``steps`` levels, ``drop`` apart."""
    tones = TONES[shade]
    for pin in view.pins:
        figure.add_shape(
            type="line",
            x0=pin.day,
            x1=pin.day,
            y0=0,
            y1=0.95,
            xref="x",
            yref="paper",
            line={"color": tones["ink2"], "width": 1, "dash": "dot"},
            layer="below",
        )
    figure.add_scatter(
        x=[p.day for p in view.pins],
        y=[height - drop * (i % steps) for i, _ in enumerate(view.pins)],
        row=1,
        col=1,
        mode="markers+text",
        text=[f"<b>{p.number}</b>" for p in view.pins],
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
    figure.add_vrect(
        x0=_noon(view.final_last),
        x1=_noon(view.days[-1]),
        fillcolor=tones["wash"],
        line_width=0,
        layer="below",
        row="all",
        col=1,
    )
    shapes = figure.layout.shapes
    figure.layout.shapes = shapes[-2:] + shapes[:-2]
