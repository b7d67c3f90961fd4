"""Writing policy: a draft by one person, published by another."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from engine.commands.book import note
from engine.commands.house import House
from engine.model.errors import AskPerson, BadInput
from engine.model.people import Scope
from engine.store import clients as client_table
from engine.store import policies as table
from policies.policy import Policy
from policies.reading import BadPolicy, policy_text, read_policy


def save_draft(
    house: House, scope: Scope, now: datetime, client: str, text: str, suffix: str
) -> int:
    """Keep a policy as a draft and return its version number; nothing it says is in force yet.

    ``text`` is a policy file, ``suffix`` ``.toml`` or ``.json``.

    Raises:
        BadInput: the text is no valid policy, or speaks of another client or currency; each mistake is named.
    """
    scope.check(client, "strategist", "team", "admin")
    policy = checked(text, suffix)

    def write(conn: Any) -> int:
        known = client_table.client(conn, client)
        if policy.client != client or policy.currency != known.currency:
            raise BadInput(
                f"The policy is for {policy.client} in {policy.currency}; this client is {client} in {known.currency}."
            )
        body = policy_text(policy, ".json")
        version = table.save_draft(conn, client, body, scope.person, now)
        note(
            conn,
            scope,
            now,
            client,
            kind="policy",
            ref=f"v{version}",
            sentence=f"Policy draft v{version} was written.",
        )
        return version

    return house.store.write(write)


def publish(house: House, scope: Scope, now: datetime, client: str, version: int) -> None:
    """Put a draft in force; by a senior person who did not write it.

    Raises:
        AskPerson: the person wrote it, or is not senior for this client.
        BadInput: there is no such draft.
    """
    scope.check(client, "strategist", "admin")

    def write(conn: Any) -> None:
        draft = table.version(conn, client, version)
        if draft is None or draft.state != "draft":
            raise BadInput(f"There is no draft v{version}; it may have been published already.")
        if draft.author == scope.person:
            raise AskPerson("A second person publishes a policy; you wrote this one.")
        if client not in scope.senior and scope.role != "operator":
            raise AskPerson("Publishing takes a senior right for this client; ask an admin.")
        table.publish(conn, client, version, scope.person, now)
        note(
            conn,
            scope,
            now,
            client,
            kind="policy",
            ref=f"v{version}",
            sentence=f"Policy v{version} was published by {scope.name}.",
        )

    house.store.write(write)


def checked(text: str, suffix: str) -> Policy:
    """The policy in a file's text.

    Raises:
        BadInput: every mistake, one sentence each.
    """
    try:
        return read_policy(text, suffix=suffix)
    except BadPolicy as bad:
        raise BadInput(" ".join(bad.errors)) from None
