"""Policy files of earlier schemas, read as the newest: what they could not say yet is said in the strictest way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from policies.conversions import of_deals


def _counted(body: Mapping[str, Any]) -> dict[str, object]:
    """Every deal counts from the day it begins, as it did before: no past figure moves."""
    targets = body.get("targets")
    named = targets.get("primary_action") if isinstance(targets, dict) else None
    return of_deals(named if isinstance(named, str) else "")


NEWEST = 2


@dataclass(frozen=True)
class Taken:
    """A value the older file already says elsewhere (dotted path); missing there, it stays missing."""

    path: str


_CALLED = {
    "owner": Taken("triggers.bound.owner"),
    "backup": Taken("triggers.bound.backup"),
    "sla_working_hours": 4,
    "safe_state": "hold",
}
_BRAND: Mapping[str, Any] = {
    "guardrails.tone": {
        "max_capitals": "0.30",
        "max_shouted": 0,
        "abbreviations": [],
        "max_headline_exclamations": 0,
        "max_exclamations": 0,
        "superlatives": ["best", "greatest", "finest", "ultimate", "perfect", "unbeatable"],
        "max_superlatives": 0,
        "max_grade": 8,
        "first_person": False,
        "second_person": False,
        "max_repeats": 1,
        "gimmicks": False,
        "emoji": False,
        "phone_numbers": False,
    },
    "guardrails.claims": {
        "sorts": [
            "percentage",
            "multiple",
            "ranking",
            "best",
            "comparative",
            "price_from",
            "proven",
        ],
        "phrases": [],
    },
    "guardrails.regulated": {
        "categories": [
            "health",
            "finance",
            "housing",
            "employment",
            "political",
            "alcohol",
            "gambling",
            "legal",
            "education",
            "children",
            "dating",
            "weapons",
        ],
        "words": [],
        "attributes": [],
        "on_attribute": "block",
    },
    "guardrails.assets": {
        "min_logo_px": 512,
        "min_clear_share": "0.25",
        "min_contrast_tenths": 70,
        "max_bytes": 5_000_000,
    },
}
"""Until somebody writes down what fits the client, a person reads every ad."""
ADDED: Mapping[int, Mapping[str, Any]] = {
    2: {
        **_BRAND,
        "triggers.tracking_broken": {
            **_CALLED,
            "window_days": 3,
            "baseline_days": 28,
            "settle_days": 2,
            "late_share": "0.50",
            "max_p_value": "0.01",
        },
        "triggers.stale_source": {**_CALLED, "max_hours": 26},
        "triggers.expiring_token": {**_CALLED, "days_before": 30},
        "triggers.rejected_ad": {**_CALLED, "limited_too": True},
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
        "offers": {"listed": []},
        "guardrails.offer_valid": {"expired": "block", "unnamed": "block"},
        "conversions": _counted,
    }
}
"""By schema: the sections it brought (dotted path) with the body an older file is given, or what makes it of the
file.

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
            given = section(body) if callable(section) else _said(section, body)
            body = _with(body, path.split("."), given)
    return {**body, "schema_version": NEWEST}


def _with(body: Mapping[str, Any], way: list[str], section: Any) -> dict[str, Any]:
    """A copy with the section at that place, unless something stands there or the place is no table."""
    first, *rest = way
    inner = body.get(first, {} if rest else section)
    if rest and isinstance(inner, dict):
        inner = _with(inner, rest, section)
    return {**body, first: inner}


def _said(section: Any, body: Mapping[str, Any]) -> Any:
    """The section with what is taken from elsewhere in the file put in."""
    if not isinstance(section, Mapping):
        return section
    found = {}
    for key, value in section.items():
        told = _at(body, value.path.split(".")) if isinstance(value, Taken) else _said(value, body)
        if told is not None:
            found[key] = told
    return found


def _at(body: Any, way: list[str]) -> Any:
    for part in way:
        body = body.get(part) if isinstance(body, Mapping) else None
    return body
