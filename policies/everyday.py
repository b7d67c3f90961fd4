"""Short everyday English words: two of them side by side are two words, not one word torn apart. Our own list."""

from __future__ import annotations

from importlib.resources import files

EVERYDAY = frozenset(files("policies").joinpath("everyday.txt").read_text("utf-8").split())
