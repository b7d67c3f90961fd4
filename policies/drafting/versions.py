"""One kept version of a policy: what of it is the client's own, and the hash a publication is bound to. Pure."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pydantic import ValidationError

from policies.drafting.forms import policy_fields
from policies.drafting.layers import Values, flat
from policies.upgrading import upgraded


def values_of(body_json: str) -> dict[str, Any]:
    """The values in a kept body; what cannot be read as its field's value counts as not written."""
    try:
        body = upgraded(json.loads(body_json))
    except ValueError:
        return {}
    found = flat(body, policy_fields().values()) if isinstance(body, dict) else {}
    return {path: value for path, value in found.items() if _readable(path, value)}


def _readable(path: str, value: Any) -> bool:
    try:
        policy_fields()[path].check.validate_json(json.dumps(value))
    except ValidationError:
        return False
    return True


def own_values(body_json: str, own_json: str | None, outer: Values) -> dict[str, Any]:
    """What of a version is its own.

    A version kept without that (None) owns all of its values. What it inherited and the outer layers no longer
    write has become its own: nothing in force is lost.
    """
    whole = values_of(body_json)
    if own_json is None:
        return whole
    own: dict[str, Any] = json.loads(own_json)
    return {p: v for p, v in {**whole, **own}.items() if p in own or p not in outer}


def inherited_paths(body_json: str, own_json: str | None) -> frozenset[str]:
    """The paths of a version's values that came from the outer layers."""
    if own_json is None:
        return frozenset()
    return frozenset(values_of(body_json)) - frozenset(json.loads(own_json))


def fingerprint(client: str, version: int, body_json: str, *more: object) -> str:
    """SHA-256 of a draft as it is kept; the smallest edit makes another."""
    text = json.dumps([client, version, body_json, *more], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
