"""The card, its small print, swatches and the small pictures without axes."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from html import escape
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine.reporting.words import channel as channel_name
from pages.parts.formats import safe, small
from pages.parts.tones import TONES, colour, mode


def card(key: str, title: str = "", note: str = "", *, stretch: bool = False) -> DeltaGenerator:
    """A bordered card; its title and a small note share one line."""
    box = st.container(border=True, key=f"card-{key}", height="stretch" if stretch else "content")
    if title:
        tail = f" \u2002{small(note)}" if note else ""
        box.markdown(safe(f"#### {title}{tail}"), anchors=False)
    return box


Width = int | Literal["stretch", "content"]


def say(markdown: str, *, width: Width = "stretch") -> None:
    """One Markdown sentence of ours; text of others inside it must have gone through ``plain``."""
    st.markdown(safe(markdown), width=width)


def note(text: str, *, width: Width = "stretch") -> None:
    """Small print in grey."""
    say(small(text), width=width)


def swatch(channel: str) -> str:
    """A channel's colour and name, as Markdown."""
    return f':color[■]{{foreground="{colour(channel, mode())}"}} {channel_name(channel)}'


def spark(
    values: Sequence[float | None],
    alt: str,
    *,
    target: float | None = None,
    maturing: int = 0,
    quiet: bool = False,
) -> None:
    """A line without axes: its dotted tail may still change, the dashed hairline is the target."""
    tones = TONES[mode()]
    drawing = spark_svg(
        values, target, maturing, tones["ink2" if quiet else "accent"], tones["ink2"]
    )
    _picture(drawing, 40, alt)


def meter(spent: int, expected: int, plan: int | None, alt: str) -> None:
    """A bar without axes: spent, where it is heading, and a tick at the plan (None: no tick). Any one unit."""
    tones = TONES[mode()]
    _picture(meter_svg(spent, expected, plan, tones), 14, alt)


def meter_svg(spent: int, expected: int, plan: int | None, tones: dict[str, str]) -> str:
    """The drawing itself, 100 by 14; nothing is drawn past its edges."""
    reach = 1.06 * max(plan or 0, expected, spent, 1)
    bars = [(plan or 0, "wash"), (expected, "tint"), (spent, "accent")]
    parts = [
        f'<rect x="0" y="3" height="8" rx=".8" width="{100 * amount / reach:.1f}" fill="{tones[fill]}"/>'
        for amount, fill in bars
    ]
    if plan:
        tick = f'x="{100 * plan / reach:.1f}" y="0" width=".7" height="14"'
        parts.append(f'<rect {tick} fill="{tones["ink2"]}"/>')
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 14" '
        f'preserveAspectRatio="none" width="100" height="14">{"".join(parts)}</svg>'
    )


def spark_svg(
    values: Sequence[float | None], target: float | None, maturing: int, line: str, hair: str
) -> str:
    """The drawing itself, 200 by 40; gaps where a value is missing."""
    known = [v for v in values if v is not None] + ([target] if target is not None else [])
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    span = (high - low) or 1.0

    def place(index: int, value: float) -> str:
        x = 2 + 196 * index / max(len(values) - 1, 1)
        return f"{x:.1f},{36 - 32 * (value - low) / span:.1f}"

    cut = len(values) - maturing
    style = (
        f'fill="none" stroke="{line}" stroke-width="2" stroke-linejoin="round" '
        'stroke-linecap="round" vector-effect="non-scaling-stroke"'
    )
    whole = _path([(i, v) for i, v in enumerate(values) if i < cut], place)
    tail = _path([(i, v) for i, v in enumerate(values) if i >= max(cut - 1, 0)], place)
    parts = [f'<path d="{whole}" {style}/>'] if whole else []
    if maturing and tail:
        parts.append(f'<path d="{tail}" {style} stroke-dasharray="1 5"/>')
    if target is not None:
        y = 36 - 32 * (target - low) / span
        parts.append(
            f'<path d="M0,{y:.1f} H200" stroke="{hair}" stroke-width="1" '
            'stroke-dasharray="4 4" vector-effect="non-scaling-stroke"/>'
        )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 40" '
        f'preserveAspectRatio="none" width="200" height="40">{"".join(parts)}</svg>'
    )


def _path(points: list[tuple[int, float | None]], place: Callable[[int, float], str]) -> str:
    words, pen_down = [], False
    for index, value in points:
        if value is None:
            pen_down = False
            continue
        words.append(("L" if pen_down else "M") + place(index, value))
        pen_down = True
    return " ".join(words)


def _picture(svg: str, height: int, alt: str) -> None:
    # st.html drops inline <svg> and keeps images from data addresses
    source = base64.b64encode(svg.encode()).decode()
    st.html(
        f'<img alt="{escape(alt, quote=True)}" src="data:image/svg+xml;base64,{source}" '
        f'style="display:block;width:100%;height:{height}px">'
    )
