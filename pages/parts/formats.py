"""Text on its way into Markdown: what others wrote shown letter by letter, our own sentences safe with dollars."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|<>~$:&-])")
_DOLLAR = re.compile(r"(?<!\\)\$")


def plain(text: str) -> str:
    """Text of others (campaign names, reasons) as Markdown that shows it letter by letter, on one line."""
    words = " ".join(text.split()).replace("--", "-\u2060-")  # two hyphens would become a dash
    return _SPECIAL.sub(r"\\\1", words)


def safe(markdown: str) -> str:
    """Our own Markdown with every bare dollar escaped: two amounts in a line would read as a formula."""
    return _DOLLAR.sub(r"\\$", markdown)


def small(text: str) -> str:
    """Small print in grey."""
    return f":small[:gray[{text}]]"
