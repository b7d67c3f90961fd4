"""Policies to start from, as texts for ``policies.reading``."""

from __future__ import annotations

from importlib.resources import files

NAMES = ("b2b_services", "ecommerce")


def text(name: str) -> str:
    """The TOML text of a preset.

    Raises:
        KeyError: there is no preset of that name.
    """
    if name not in NAMES:
        raise KeyError(f"There is no preset {name}; there are {', '.join(NAMES)}.")
    return files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
