"""The palette in both modes (contrast checked) and which one the reader sees. Channel colours never change."""

from __future__ import annotations

from typing import Literal

import streamlit as st

Mode = Literal["light", "dark"]
TONES: dict[Mode, dict[str, str]] = {
    "light": {
        "ink": "#16191D",
        "ink2": "#555B63",
        "hair": "#E2E0DA",
        "grid": "#ECEAE5",
        "surface": "#FFFFFF",
        "accent": "#0B5A5E",
        "tint": "#BCD6D4",
        "wash": "#F3F1EB",
        "bad": "#C2333F",
        "google_search": "#2453C9",
        "linkedin": "#C47A0C",
        "youtube": "#8A2C66",
        "meta": "#1797A3",
        "microsoft_search": "#4F6F1A",
        "other": "#6B7280",
    },
    "dark": {
        "ink": "#E9EBEC",
        "ink2": "#A7AFB5",
        "hair": "#2C3338",
        "grid": "#262C30",
        "surface": "#181C1F",
        "accent": "#3FA79F",
        "tint": "#24504E",
        "wash": "#262D32",
        "bad": "#E5727B",
        "google_search": "#5B8DEF",
        "linkedin": "#E3B457",
        "youtube": "#B8568F",
        "meta": "#8FD0F0",
        "microsoft_search": "#A9CF6B",
        "other": "#E6E8EA",
    },
}


def mode() -> Mode:
    """The mode the reader's browser shows."""
    return "dark" if st.context.theme.type == "dark" else "light"


def colour(channel: str, shade: Mode) -> str:
    """A channel's colour; channels past the four known share one."""
    tones = TONES[shade]
    return tones.get(channel, tones["other"])


def phone() -> bool:
    """True on a phone; only tunes the layout, which stacks without it."""
    return "Mobi" in str(st.context.headers.get("User-Agent", ""))
