"""Policy files of earlier schemas, read as the newest: what they could not say yet is said in the strictest way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NEWEST = 2
ADDED: Mapping[int, Mapping[str, Any]] = {
    2: {
        "guardrails.pausing.max_spend_share": "0.00",
        "guardrails.envelope": {
            "platforms": [],
            "channels": [],
            "campaign_types": [],
            "geographies": [],
            "expansion": "block",
        },
        "guardrails.audiences": {
            "included": [],
            "excluded": [],
            "lookalikes": [],
            "expansion": "block",
        },
        "guardrails.audience_share": {"max_share": "0.00", "segments": []},
        "guardrails.hours": {
            "weekdays": [],
            "first_hour": 0,
            "until_hour": 1,
            "max_bid_change": "0.00",
        },
        "guardrails.variant_share": {"min_share": "0.50", "max_share": "0.50", "max_variants": 2},
        "guardrails.bid_target": {"max_step": "0.00", "channels": {}},
    }
}
"""By schema: the sections it brought (dotted path) with the body an older file is given.

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
            body = _with(body, path.split("."), section)
    return {**body, "schema_version": NEWEST}


def _with(body: Mapping[str, Any], way: list[str], section: Any) -> dict[str, Any]:
    """A copy with the section at that place, unless something stands there or the place is no table."""
    first, *rest = way
    inner = body.get(first, {} if rest else section)
    if rest and isinstance(inner, dict):
        inner = _with(inner, rest, section)
    return {**body, first: inner}
