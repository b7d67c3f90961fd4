"""The charts, as pure functions from a view to a figure, and the one template they share."""

from __future__ import annotations

import math

import plotly.graph_objects as go
import plotly.io as pio
import streamlit as st

from engine.reporting.client.pacing import Pacing, Share
from engine.reporting.inbox.evidence import Picture
from engine.reporting.words import CHANNELS, channel, money, percent, symbol
from pages.parts.tones import TONES, Mode, colour, mode
from policies.money import MICROS


def _template(shade: Mode) -> go.layout.Template:
    tones = TONES[shade]
    axis = {
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "tickfont": {"size": 12, "color": tones["ink2"]},
        "automargin": True,
        "fixedrange": True,
        "title": None,
    }
    return go.layout.Template(
        layout={
            "font": {
                "family": "Inter, 'Source Sans', sans-serif",
                "size": 12,
                "color": tones["ink"],
            },
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "colorway": [tones[c] for c in CHANNELS],
            "margin": {"l": 0, "r": 0, "t": 8, "b": 0},
            "showlegend": False,
            "bargap": 0.36,
            "barcornerradius": 2,
            "xaxis": axis,
            "yaxis": {**axis, "showgrid": True, "gridcolor": tones["grid"], "gridwidth": 1},
            "hovermode": "x unified",
            "hoverlabel": {
                "bgcolor": tones["surface"],
                "bordercolor": tones["hair"],
                "font": {"family": "Inter", "size": 12, "color": tones["ink"]},
            },
            "dragmode": False,
            "separators": ".,",
        }
    )


def show(figure: go.Figure, *, alt: str, key: str, height: int) -> None:
    """Put a figure on the page with the words that say what it shows."""
    name = f"cc_{mode()}"
    if name not in pio.templates:
        pio.templates[name] = _template(mode())
    figure.update_layout(template=name, height=height)
    config = {"displayModeBar": False, "responsive": True, "scrollZoom": False}
    st.plotly_chart(figure, theme=None, key=key, alt=alt, config=config)


def pacing_figure(pace: Pacing, currency: str, shade: Mode) -> go.Figure:
    """The month as one bar: spent, expected with its interval, and the plan."""
    tones, figure = TONES[shade], go.Figure()
    spent, expected = pace.spent_micros / MICROS, pace.expected_micros / MICROS
    plan = (pace.plan_micros or pace.expected_micros) / MICROS
    high = (pace.high_micros or pace.expected_micros) / MICROS
    reach = max(plan, expected, high, 1.0) * 1.03
    for amount, fill in ((plan, "wash"), (expected, "tint"), (spent, "accent")):
        figure.add_bar(
            y=[0],
            x=[amount],
            orientation="h",
            width=0.5,
            marker={"color": tones[fill]},
            hoverinfo="skip",
        )
    if pace.low_micros is not None and pace.high_micros is not None:
        _whisker(figure, pace.low_micros / MICROS, pace.high_micros / MICROS, tones)
    figure.add_scatter(
        x=[expected],
        y=[0],
        mode="markers",
        marker={"size": 9, "color": tones["surface"], "line": {"width": 2, "color": tones["ink"]}},
        hovertemplate=f"Expected {money(pace.expected_micros, currency)}<extra></extra>",
    )
    if pace.plan_micros is not None:
        figure.add_shape(
            type="line",
            x0=plan,
            x1=plan,
            y0=-0.42,
            y1=0.45,
            line={"color": tones["ink2"], "width": 1.5, "dash": "dot"},
        )
        _label(figure, plan, f"Plan {money(pace.plan_micros, currency)}", tones, anchor="right")
    if spent > 0.3 * reach:
        _label(figure, spent, f"Spent {money(pace.spent_micros, currency)}", tones, anchor="right")
    _label(figure, 0, money(0, currency), tones, anchor="left")
    figure.update_layout(barmode="overlay", margin={"l": 0, "r": 8, "t": 2, "b": 0})
    figure.update_yaxes(visible=False, range=[-0.95, 0.5])
    figure.update_xaxes(visible=False, range=[0, reach])
    return figure


def _whisker(figure: go.Figure, low: float, high: float, tones: dict[str, str]) -> None:
    figure.add_scatter(
        x=[low, high],
        y=[0, 0],
        mode="lines+markers",
        line={"color": tones["ink"], "width": 2},
        marker={"symbol": "line-ns", "size": 11, "line": {"width": 2, "color": tones["ink"]}},
        hoverinfo="skip",
    )


def _label(figure: go.Figure, x: float, text: str, tones: dict[str, str], *, anchor: str) -> None:
    figure.add_annotation(
        x=x,
        y=-0.5,
        yanchor="top",
        xanchor=anchor,
        text=text,
        showarrow=False,
        font={"color": tones["ink2"]},
    )


def mix_figure(rows: tuple[Share, ...], shade: Mode) -> go.Figure:
    """One bar a channel: its share of the month's projected spend, and a tick at its cap."""
    tones, figure = TONES[shade], go.Figure()
    reach = max([r.share for r in rows] + [r.cap or 0 for r in rows] + [0.1]) * 1.1
    for place, row in enumerate(reversed(rows)):
        width, name = 0.34, channel(row.channel)
        back = row.cap if row.cap is not None else row.share
        for amount, fill in ((back, tones["wash"]), (row.share, colour(row.channel, shade))):
            figure.add_bar(
                y=[place],
                x=[amount],
                orientation="h",
                width=width,
                marker={"color": fill},
                hovertemplate=f"{name} {percent(row.share)}<extra></extra>",
            )
        above = {"y": place + 0.42, "showarrow": False}
        figure.add_annotation(
            x=0,
            text=f"<b>{name}</b>  {percent(row.share)}",
            xanchor="left",
            font={"size": 13},
            **above,
        )
        if row.cap is not None:
            figure.add_shape(
                type="line",
                x0=row.cap,
                x1=row.cap,
                y0=place - 0.26,
                y1=place + 0.26,
                line={"color": tones["ink"], "width": 2},
            )
            figure.add_annotation(
                x=reach,
                text=f"cap {percent(row.cap)}",
                xanchor="right",
                font={"size": 12, "color": tones["ink2"]},
                **above,
            )
    figure.update_layout(barmode="overlay", hovermode="closest")
    figure.update_xaxes(visible=False, range=[0, reach])
    figure.update_yaxes(visible=False, range=[-0.35, len(rows) - 0.35])
    return figure


def evidence_figure(picture: Picture, currency: str, shade: Mode) -> go.Figure:
    """Daily spend before a question, the days since it was opened in the warning colour."""
    tones, figure = TONES[shade], go.Figure()
    own = tones["accent"] if picture.colour == "accent" else colour(picture.colour, shade)
    fills = [tones["bad"] if d == picture.marked else own for d in picture.days]
    amounts = [amount / MICROS for amount in picture.amounts]
    figure.add_bar(
        x=picture.days,
        y=amounts,
        marker={"color": fills, "opacity": [1.0] * (len(amounts) - 1) + [0.5]},
        hovertemplate=f"{symbol(currency)}%{{y:,.0f}}<extra></extra>",
    )
    _, high = reach([0.0, *amounts])
    ticks = ticks_in(0, high)
    figure.update_yaxes(tickvals=ticks, ticktext=tick_names(ticks, currency), range=[0, high])
    mondays = [d for d in picture.days if d.weekday() == 0]
    figure.update_xaxes(tickformat="%-d %b", tickvals=mondays)
    return figure


def reach(values: list[float]) -> tuple[float, float]:
    """Room around the values, so that a flat line is not drawn on the edge."""
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    pad = (high - low) * 0.1 or abs(high) * 0.1 or 1.0
    return max(0.0, low - pad) if low >= 0 else low - pad, high + pad


def tick_names(ticks: list[float], currency: str) -> list[str]:
    """Amounts as axis labels: whole units, unless a tick lies between them."""
    places = 0 if all(float(t).is_integer() for t in ticks) else 2
    return [money(t * MICROS, currency, places) for t in ticks]


def ticks_in(low: float, high: float) -> list[float]:
    """At most three round figures inside the range, as close as that allows."""
    size = 10.0 ** math.floor(math.log10(max(high - low, 1e-9)) - 1)
    for factor in (1, 2, 5, 10, 20, 50, 100):
        step = size * factor
        first = math.ceil(low / step)
        found = [step * n for n in range(first, first + 4) if step * n <= high]
        if len(found) <= 3:
            return [tick for tick in found if tick >= low]
    return []
