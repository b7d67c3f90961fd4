"""The main chart, and the same told in words under it."""

from __future__ import annotations

import streamlit as st

from engine.reporting.client.view import Performance
from engine.reporting.words import channel, day, days, money
from pages.parts import charts, trend_chart
from pages.parts.cards import card, note, say, swatch
from pages.parts.formats import plain
from pages.parts.tones import mode, phone


def alt(view: Performance) -> str:
    """What the chart shows, in a sentence."""
    currency, trend = view.about["currency"], view.trend
    known = [c for c in trend.cost if c is not None]
    channels = ", ".join(channel(c) for c in trend.spend)
    span = days(trend.days[0], trend.days[-1])
    if not known:
        return f"Daily spend by channel ({channels}), {span}."
    noun, first, last = view.about["primary_action"], known[0], known[-1]
    return (
        f"Daily spend by channel ({channels}) and seven-day cost per {noun}, {span}. "
        f"Cost went from {money(first, currency)} to {money(last, currency)}."
    )


def show(view: Performance) -> None:
    """The card."""
    noun, trend = view.about["primary_action"], view.trend
    title = f"Cost per {noun} and spend"
    with card("trend", title, "seven-day cost above, daily spend below"):
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            say(":small[" + " \u2002".join(swatch(c) for c in trend.spend) + "]", width="content")
            note("numbers are our own moves · ◆ anomaly · dotted may still change", width="content")
        figure = trend_chart.trend_figure(
            trend, noun, view.about["currency"], mode(), narrow=phone()
        )
        charts.show(figure, alt=alt(view), key="trend", height=380)
        twin(view)


def twin(view: Performance) -> None:
    """The pins and the anomalies as text."""
    pins = view.trend.pins
    if not pins:
        note("Nothing was changed by us on these days.")
    half = (len(pins) + 1) // 2
    for column, part in zip(st.columns(2), (pins[:half], pins[half:]), strict=True):
        lines = [f":small[**{p.number}** :gray[{day(p.day)}] {plain(p.text)}]" for p in part]
        with column:
            say("\n\n".join(lines))
    for one in view.trend.anomalies:
        say(f":small[:red[◆] :gray[{day(one.day)}] {plain(one.text)}]")
