"""A kept policy in its layers: what it inherits, what it owns, and whether it still stands on what it was made on."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection

from engine.store import policies as table
from engine.store.policies import AGENCY, NO_POLICY, StoredPolicy
from policies.drafting.layers import Layer, merged
from policies.drafting.versions import fingerprint, own_values, values_of


def outer(conn: Connection, client: str) -> Layer:
    """The layer a client inherits from: the agency's values in force; the agency itself inherits nothing."""
    stored = table.current(conn, AGENCY) if client != AGENCY else None
    if stored is None:
        return Layer("agency", None, {})
    return Layer("agency", stored.version, values_of(stored.body_json))


def own(conn: Connection, stored: StoredPolicy | None) -> dict[str, Any]:
    """What a version writes itself, over the agency's values of now; nothing for no version."""
    if stored is None:
        return {}
    return own_values(stored.body_json, stored.own_json, outer(conn, stored.client).values)


def seal(draft: StoredPolicy) -> str:
    """The hash of a draft as it is kept, whole; the smallest edit makes another."""
    kept = (draft.own_json, draft.base_version, draft.agency_version, draft.author, draft.replaces)
    return fingerprint(draft.client, draft.version, draft.body_json, *kept)


def brought(conn: Connection, draft: StoredPolicy) -> frozenset[str]:
    """Who wrote the agency's values that a draft would bring into force for its client."""
    if draft.own_json is None or draft.client == AGENCY:
        return frozenset()
    base = table.version(conn, draft.client, draft.base_version or NO_POLICY)
    before = values_of(base.body_json) if base else {}
    own = json.loads(draft.own_json)
    values = values_of(draft.body_json)
    moved = {p for p, v in values.items() if p not in own and v != before.get(p)}
    if not moved:
        return frozenset()
    changed: dict[str, StoredPolicy] = {}
    last: dict[str, Any] = {}
    for stored in reversed(table.history(conn, AGENCY)):
        if stored.published_at is None or stored.version > (draft.agency_version or NO_POLICY):
            continue
        now = values_of(stored.body_json)
        changed |= {p: stored for p in moved if now.get(p) != last.get(p)}
        last = now
    return frozenset().union(*(table.authors(conn, s) for s in changed.values()))


def outdated(conn: Connection, draft: StoredPolicy) -> str:
    """Why a draft may not be published as it is: what it was made on holds no more. Empty when it does."""
    there = table.current(conn, draft.client)
    now = there.version if there else NO_POLICY
    if draft.base_version is not None and draft.base_version != now:
        made = f"on v{draft.base_version}" if draft.base_version else "before any was in force"
        return f"Draft v{draft.version} was made {made}; v{now} is in force now."
    if draft.own_json is None or draft.client == AGENCY:
        return ""
    above = outer(conn, draft.client)
    values, _ = merged([above, Layer("client", None, json.loads(draft.own_json))])
    if values != values_of(draft.body_json):
        told = f"The agency's values changed to v{above.version}"
        return f"{told} after draft v{draft.version} was written."
    return ""
