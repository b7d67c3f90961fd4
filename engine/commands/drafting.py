"""What every command on a policy shares: rights, the layers as they stand, a draft as it is kept."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from engine.model.errors import AskPerson, BadInput
from engine.model.people import Role, Scope
from engine.store import clients, layers
from engine.store import policies as table
from engine.store.policies import AGENCY, NO_POLICY, StoredPolicy
from policies.drafting.forms import policy_fields
from policies.drafting.layers import Head, Layer, Values, leaves, merged, nested, resolve
from policies.drafting.mistakes import Mistake, by_field, partial_mistakes, placed
from policies.drafting.typed import Mistyped
from policies.drafting.versions import values_of
from policies.reading import BadPolicy, policy_text, read_policy

MAX_BYTES = 1_000_000
WRITERS: tuple[Role, ...] = ("strategist", "team")


class Mistakes(BadInput):
    """A policy that cannot be kept; ``mistakes`` are its sentences, each at its place on the form."""

    def __init__(self, mistakes: Iterable[Mistake], said: str = "") -> None:
        self.mistakes = tuple(mistakes)
        super().__init__(said or " ".join(m.sentence for m in self.mistakes))

    @property
    def by_field(self) -> dict[str, tuple[str, ...]]:
        """The sentences by the path of their field, or else of their card, or else ""."""
        return dict(by_field(self.mistakes))

    @property
    def told(self) -> tuple[str, ...]:
        """The sentences with the place of each, as a file has it."""
        places = ((m.path or m.block, m.sentence) for m in self.mistakes)
        return tuple(f"{place}: {said}" if place else said for place, said in places)


@dataclass(frozen=True)
class Seal:
    """What a publication is bound to: the draft that was seen, and the version it was compared with (None: none)."""

    fingerprint: str
    against: int | None


def may(scope: Scope, client: str, *roles: Role) -> None:
    """Refuse who may not; for the agency's values the role in the house counts.

    Raises:
        AskPerson: with the sentence to show.
    """
    if client != AGENCY:
        scope.check(client, *roles)
    elif scope.role not in (*roles, "operator"):
        wanted = " or ".join(roles)
        raise AskPerson(f"This takes a {wanted}; you are {scope.role}.")


def seal(conn: Any, draft: StoredPolicy) -> Seal:
    """The seal of a draft as it is kept, against the version in force now."""
    now = table.current(conn, draft.client)
    return Seal(layers.seal(draft), now.version if now else None)


def body(conn: Any, client: str, written: Values) -> str:
    """The whole text the layers make with these own values.

    Raises:
        Mistakes: they make no valid policy, or hold what the agency may not write.
    """
    if client == AGENCY:
        wrong = partial_mistakes(written)
        if wrong:
            raise Mistakes(wrong)
        return json.dumps(nested(written, ()), ensure_ascii=False)
    both = [layers.outer(conn, client), Layer("client", None, written)]
    try:
        return policy_text(resolve(head(conn, client), both).policy, ".json")
    except BadPolicy as bad:
        raise Mistakes(placed(bad.errors)) from None


def head(conn: Any, client: str) -> Head:
    """Whose policy it is."""
    who = clients.client(conn, client)
    return Head(client, who.currency, who.time_zone)


def keep(
    conn: Any,
    scope: Scope,
    now: Any,
    client: str,
    written: Values,
    *,
    base: int | None = None,
    replaces: int | None = None,
    repeats: int | None = None,
    author: str | None = None,
) -> int:
    """Keep own values as a new draft and give its number.

    ``base`` is the version in force when they were written (None: the one in force now); the draft it
    ``replaces`` is closed. One it ``repeats`` is closed already and was never in force: whoever wrote that one
    is an author of this. ``author`` is who wrote the values where that is not the caller.

    Raises:
        Mistakes: they make no valid policy, or call somebody who is nobody of this client's people.
        BadInput: the draft to be replaced is open no more, or nothing differs from the version in force.
    """
    text = body(conn, client, written)
    if len(text) > MAX_BYTES:
        raise BadInput(f"A policy has at most {MAX_BYTES:,} characters; this one is longer.")
    there = table.current(conn, client)
    _called(conn, client, values_of(text), there)
    if (
        there
        and values_of(text) == values_of(there.body_json)
        and layers.own(conn, there) == written
    ):
        raise BadInput(f"Nothing differs from v{there.version}, which is in force; no draft kept.")
    if replaces is not None and not table.close_draft(conn, client, replaces, "replaced"):
        raise BadInput(f"Draft v{replaces} is not open any more; load the page again.")
    before = there.version if there else NO_POLICY
    return table.save_draft(
        conn,
        client,
        text,
        scope.person if author is None else author,
        now,
        own_json=None if client == AGENCY else json.dumps(dict(written), sort_keys=True),
        base_version=before if base is None else base,
        agency_version=layers.outer(conn, client).version,
        replaces=repeats if replaces is None else replaces,
    )


def _called(conn: Any, client: str, values: Values, there: StoredPolicy | None) -> None:
    """Refuse who is newly called and has no right here; who was there before stays, whatever else is changed."""
    before = values_of(there.body_json) if there else {}
    named = {
        path: values[path]
        for path, one in policy_fields().items()
        if one.hint == "person" and path in values and values[path] != before.get(path)
    }
    known = table.callable_people(conn, client)
    said = f"Write the id of one of the people who work on it: {', '.join(sorted(known)) or 'nobody yet'}."
    wrong = [
        Mistake(f'"{who}" is nobody who can be called here. {said}', path.rpartition(".")[0], path)
        for path, who in named.items()
        if who not in known
    ]
    if wrong:
        raise Mistakes(wrong)


def exactly(conn: Any, client: str, own: Values, wanted: Values) -> None:
    """Refuse own values that do not make exactly the values ``wanted`` over the agency's.

    Raises:
        BadInput: the agency writes a value that is wanted empty; a client can override it, not unwrite it.
    """
    made, _ = merged([layers.outer(conn, client), Layer("client", None, own)])
    apart = [label(path) for path in made if path not in wanted]
    if apart:
        names = ", ".join(apart)
        raise BadInput(
            f"The agency writes what is left empty here: {names}. A client can write another value, not none;"
            " write one, or have the agency's taken out first. No draft kept."
        )


def made_on(conn: Any, client: str, said: int) -> StoredPolicy | None:
    """The version a file was made on that says it is version ``said``: that one where it was in force once.

    What was only a draft stands for the version it was made on; a number nobody knows, for the one in force now.
    None: nothing was in force.
    """
    there = table.current(conn, client)
    named = table.version(conn, client, said)
    if named is not None and named.published_at is None:
        named = table.version(conn, client, named.base_version or NO_POLICY)
    return named or there


def open_draft(conn: Any, client: str, version: int) -> StoredPolicy:
    """A draft that waits.

    Raises:
        BadInput: there is none of that number.
    """
    found = table.version(conn, client, version)
    if found is None or found.state != "draft":
        raise BadInput(
            f"There is no draft v{version}; it may have been published or discarded already."
        )
    return found


def whole(stored: StoredPolicy) -> dict[str, Any]:
    """Every value of a version as it is kept.

    Raises:
        BadInput: this version of the program cannot read it.
    """
    if stored.client == AGENCY:
        return values_of(stored.body_json)
    try:
        return leaves(read_policy(stored.body_json, suffix=".json"))
    except BadPolicy as bad:
        raise BadInput(f"v{stored.version} cannot be read any more: {bad}") from None


def label(path: str) -> str:
    """A value by the name it has on the form."""
    return policy_fields()[path].name


def mistyped(bad: Mistyped) -> list[Mistake]:
    """What could not be read of a form, each at its field."""
    return [Mistake(said, path.rpartition(".")[0], path) for path, said in bad.mistakes.items()]
