"""The main chart, and the same told in words under it."""

from __future__ import annotations

import streamlit as st

from engine.reporting.client.view import Performance
from engine.reporting.words import channel, day, days, money
from pages.client import links
from pages.parts import charts, trend_chart
from pages.parts.cards import card, note, say, swatch
from pages.parts.formats import plain
from pages.parts.tones import mode, phone


def alt(view: Performance) -> str:
    """What the chart shows, in a sentence."""
    currency, trend = view.about["currency"], view.trend
    costs = [_moved(line.channel, line.points, currency) for line in trend.cost]
    channels = ", ".join(channel(c) for c in trend.spend)
    span = days(trend.days[0], trend.days[-1])
    if not any(costs):
        return f"Daily spend by channel ({channels}), {span}."
    return (
        f"Daily spend by channel ({channels}) and seven-day cost per {trend_noun(view)}, {span}, "
        f"{view.attribution}. {' '.join(c for c in costs if c)}"
    )


def _moved(key: str, points: tuple[float | None, ...], currency: str) -> str:
    known = [c for c in points if c is not None]
    if not known:
        return ""
    whose = f"{channel(key)}'s cost" if key else "Cost"
    return f"{whose} went from {money(known[0], currency)} to {money(known[-1], currency)}."


def trend_noun(view: Performance) -> str:
    """What the cost is of: a primary action, or a conversion as the platforms claim it."""
    return "claimed conversion" if view.credit == "platform" else view.about["primary_action"]


def show(view: Performance, client: str, names: dict[str, str]) -> None:
    """The card."""
    noun, trend = trend_noun(view), view.trend
    title = f"Cost per {noun} and spend"
    with card("trend", title, f"seven-day cost above, daily spend below · {view.attribution}"):
        if not trend.spend:
            say(
                "**Nothing was spent in the last 30 days.**  \nThe chart begins with the first day of media; "
                "“With your strategist” says what is in the way."
            )
            return
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            say(":small[" + " \u2002".join(swatch(c) for c in trend.spend) + "]", width="content")
            note("numbers are our own moves · ◆ anomaly · dotted may still change", width="content")
        ways = _ways(view, client, names)
        figure = trend_chart.trend_figure(
            trend,
            noun,
            view.about["currency"],
            mode(),
            narrow=phone(),
            hrefs={ref: way.href for ref, way in ways.items()},
        )
        charts.show(figure, alt=alt(view), key="trend", height=380)
        twin(view, ways)


def _ways(view: Performance, client: str, names: dict[str, str]) -> dict[str, links.Way]:
    """Where each pin and each anomaly leads, by its reference."""
    pins = {p.ref: links.told(p.ref, "decision", client, names) for p in view.trend.pins}
    marks = {a.ref: links.told(a.ref, "question", client, names) for a in view.trend.anomalies}
    return pins | marks


def twin(view: Performance, ways: dict[str, links.Way]) -> None:
    """The pins and the anomalies as lines of text that lead to what is on record about them."""
    pins = view.trend.pins
    if not pins:
        note("Nothing was changed by us on these days.")
    half = (len(pins) + 1) // 2
    for column, part in zip(st.columns(2), (pins[:half], pins[half:]), strict=True):
        with column, st.container(gap="xxsmall"):
            for p in part:
                label = f":small[**{p.number}** :gray[{day(p.day)}] {plain(p.text)}]"
                ways[p.ref].button(label, f"pick-pin-{p.number}")
    for n, one in enumerate(view.trend.anomalies):
        label = f":small[:red[◆] :gray[{day(one.day)}] {plain(one.text)}]"
        ways[one.ref].button(label, f"pick-mark-{n}")
