"""Policy files of earlier schemas, read as the newest: what they could not say yet is said in the strictest way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policies.conversions import of_deals


def _counted(body: Mapping[str, Any]) -> dict[str, object]:
    """Every deal counts from the day it begins, as it did before: no past figure moves."""
    targets = body.get("targets")
    named = targets.get("primary_action") if isinstance(targets, dict) else None
    return of_deals(named if isinstance(named, str) else "")


NEWEST = 2
ADDED: Mapping[int, Mapping[str, Any]] = {
    2: {
        "offers": {"listed": []},
        "guardrails.offer_valid": {"expired": "block", "unnamed": "block"},
        "conversions": _counted,
    }
}
"""By schema: the sections it brought (dotted path) with the body an older file is given, or what makes it of the file.

Each asks a person or allows nothing, so that an old file never lets more through than it said.
"""


def upgraded(body: Any) -> Any:
    """The body of a policy file as the newest schema has it; what is no earlier file comes back as it is."""
    if not isinstance(body, dict):
        return body
    written = body.get("schema_version")
    if type(written) is not int or not 1 <= written < NEWEST:
        return body
    for schema in range(written + 1, NEWEST + 1):
        for path, section in ADDED[schema].items():
            given = section(body) if callable(section) else section
            body = _with(body, path.split("."), given)
    return {**body, "schema_version": NEWEST}


def _with(body: Mapping[str, Any], way: list[str], section: Any) -> dict[str, Any]:
    """A copy with the section at that place, unless something stands there or the place is no table."""
    first, *rest = way
    inner = body.get(first, {} if rest else section)
    if rest and isinstance(inner, dict):
        inner = _with(inner, rest, section)
    return {**body, first: inner}
