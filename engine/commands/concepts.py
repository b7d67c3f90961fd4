"""Creative direction: the team writes a concept, a senior person approves it before anything is made of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.commands.book import note
from engine.commands.house import House
from engine.commands.selling import written
from engine.model.errors import AskPerson, BadInput
from engine.model.people import Scope
from engine.store import creative


def save(
    house: House,
    scope: Scope,
    now: datetime,
    client: str,
    *,
    concept: str,
    channel: str,
    campaign: str,
    ad_group: str,
    body: Mapping[str, Any],
    offer: str | None = None,
) -> None:
    """Keep a concept with its copy blocks and the key of the offer it sells; saving it again takes its approval away.

    Raises:
        BadInput: the policy in force writes offers, and not this one.
    """
    scope.check(client, "team", "strategist", "admin")

    def write(conn: Any) -> None:
        written(conn, client, offer)
        creative.save_concept(
            conn,
            client,
            concept=concept,
            channel=channel,
            campaign=campaign,
            ad_group=ad_group,
            body_json=json.dumps({**body, "offer": offer} if offer else dict(body), sort_keys=True),
        )
        note(
            conn,
            scope,
            now,
            client,
            kind="concept",
            ref=concept,
            sentence=f"Concept {concept} was written.",
        )

    house.store.write(write)


def approve(house: House, scope: Scope, now: datetime, client: str, concept: str) -> None:
    """Approve a concept as it stands; the loop may make variants of it from then on.

    Raises:
        AskPerson: not a senior strategist of this client.
        BadInput: there is no such concept.
    """
    scope.check(client, "strategist")
    if client not in scope.senior:
        raise AskPerson("Creative direction is approved by a senior strategist of this client.")

    def write(conn: Any) -> None:
        if not creative.approve_concept(conn, client, concept, scope.person, now):
            raise BadInput(f"There is no concept {concept}.")
        said = f"{scope.name} approved the concept {concept}."
        note(conn, scope, now, client, kind="concept", ref=concept, sentence=said)

    house.store.write(write)
