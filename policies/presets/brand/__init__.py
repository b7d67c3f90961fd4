"""Brand rules common to a sector, to be put on a policy: words with the rule each answers to, limits, categories."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from policies.drafting.forms import policy_fields
from policies.drafting.layers import flat

NAMES = (
    "b2b_services",
    "ecommerce",
    "finance",
    "health",
    "education",
    "property",
    "recruitment",
    "food_and_drink",
)


def title(name: str) -> str:
    """A preset as people call it."""
    return str(_body(name)["title"])


def about(name: str) -> str:
    """What it is for, in a sentence."""
    return str(_body(name)["about"])


def values(name: str) -> dict[str, Any]:
    """The values it writes, by the path of their field.

    Raises:
        KeyError: there is no preset of that name.
    """
    return flat(_body(name), policy_fields().values())


def put_on(there: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The values of ``wanted`` over those that are there: lists are added to, everything else is replaced."""
    found = {}
    for path, value in wanted.items():
        old = there.get(path)
        if isinstance(value, list) and isinstance(old, list):
            known = {_mark(entry) for entry in old}
            found[path] = [*old, *(entry for entry in value if _mark(entry) not in known)]
        else:
            found[path] = value
    return found


def _mark(entry: Any) -> str:
    """What makes two entries the same: the phrase, whatever reason stands beside it."""
    return str(entry.get("phrase", entry) if isinstance(entry, dict) else entry).casefold()


@cache
def _body(name: str) -> dict[str, Any]:
    if name not in NAMES:
        raise KeyError(f"There is no brand preset {name}; there are {', '.join(NAMES)}.")
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
