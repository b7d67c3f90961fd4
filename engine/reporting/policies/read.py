"""Reads the versions of a policy for its page, in one view of the store."""

from __future__ import annotations

from typing import Any

from engine.model.errors import AskPerson
from engine.model.people import Role, Scope
from engine.reporting.policies.material import AGENCY_NAME, Kept, Material
from engine.store import Store, clients, layers, policies
from engine.store.policies import AGENCY, StoredPolicy
from engine.store.reads import moves
from policies import presets
from policies.drafting.forms import policy_fields
from policies.drafting.layers import Layer, Values, leaves
from policies.drafting.mistakes import partial_mistakes
from policies.drafting.proof import text_proof
from policies.drafting.versions import own_values, values_of
from policies.reading import BadPolicy, policy_text, read_policy

WRITERS: tuple[Role, ...] = ("strategist", "team")
LOOKERS: tuple[Role, ...] = ("strategist", "team", "admin")
ZONE = "UTC"
"""Hours of the agency's own versions are told in it: the agency has no account day."""


def material(store: Store, scope: Scope, client: str) -> Material:
    """Every version of a client's policy, or of the agency's values.

    Raises:
        AskPerson: the client is out of reach, or the caller is none of the house's people.
    """
    agency = client == AGENCY
    role = _role(scope, client)
    with store.read() as conn:
        who = None if agency else clients.client(conn, client)
        names = moves.names(conn)
        above = layers.outer(conn, client)
        return Material(
            client=client,
            name=who.name if who else AGENCY_NAME,
            currency=who.currency if who else "",
            zone=who.time_zone if who else ZONE,
            agency=agency,
            above=above,
            versions=tuple(_kept(conn, s, names, above) for s in policies.history(conn, client)),
            me=scope.person,
            writes=role in (*WRITERS, "operator"),
            publishes=role in ("strategist", "admin", "operator"),
            senior=bool(scope.senior) if agency else client in scope.senior,
            seniors=policies.seniors(conn, client),
        )


def text_of(store: Store, scope: Scope, client: str, version: int, suffix: str) -> str:
    """One version as a file to keep or to edit; ``suffix`` ".toml" or ".json". Empty where it cannot be read."""
    _role(scope, client)
    with store.read() as conn:
        stored = policies.version(conn, client, version)
    try:
        policy = read_policy(stored.body_json, suffix=".json") if stored else None
    except BadPolicy:
        return ""
    if policy is None:
        return ""
    return policy_text(policy.model_copy(update={"version": version}), suffix)


def preset(name: str, currency: str) -> Values | None:
    """The values of a preset to start from, without its amounts where they are in another currency."""
    if name not in presets.NAMES:
        return None
    policy = read_policy(presets.text(name), suffix=".toml")
    values = leaves(policy)
    if policy.currency == currency:
        return values
    return {p: v for p, v in values.items() if not policy_fields()[p].has_money}


def preset_names() -> tuple[str, ...]:
    """The presets there are."""
    return presets.NAMES


def _role(scope: Scope, client: str) -> Role:
    if client == AGENCY:
        if scope.role not in (*LOOKERS, "operator"):
            raise AskPerson("The agency's values are for the people of the house.")
        return scope.role
    scope.check(client, *LOOKERS)
    return scope.role_for(client)


def _kept(conn: Any, stored: StoredPolicy, names: dict[str, str], above: Layer) -> Kept:
    values = values_of(stored.body_json)
    is_open = stored.state == "draft"
    return Kept(
        version=stored.version,
        state=stored.state,
        author=names.get(stored.author, stored.author),
        written_at=stored.created_at,
        publisher=names.get(stored.published_by or "", stored.published_by or ""),
        published_at=stored.published_at,
        values=values,
        own=own_values(stored.body_json, stored.own_json, above.values),
        base=stored.base_version,
        seal=layers.seal(stored) if is_open else "",
        outdated=layers.outdated(conn, stored) if is_open else "",
        authors=policies.authors(conn, stored) if is_open else frozenset({stored.author}),
        readable=_readable(stored, values),
        brought=layers.brought(conn, stored) if is_open else frozenset(),
        unproven=_unproven(conn, stored) if is_open else "It is no open draft.",
    )


def _unproven(conn: Any, draft: StoredPolicy) -> str:
    """Why a draft is not proven to tighten the version in force; past actions are asked when it is published."""
    if draft.client == AGENCY:
        return "Nothing can be proved of the agency's values, which are no policy by themselves."
    there = policies.current(conn, draft.client)
    return text_proof(there.body_json if there else None, draft.body_json).why


def _readable(stored: StoredPolicy, values: Values) -> bool:
    """True where the gate could judge by a version; one that nobody can publish any more is not asked."""
    if stored.state not in ("draft", "published"):
        return bool(values)
    if stored.client == AGENCY:
        return not partial_mistakes(values)
    try:
        read_policy(stored.body_json, suffix=".json")
    except BadPolicy:
        return False
    return True
