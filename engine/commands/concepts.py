"""Creative direction: the team writes a concept, a senior person approves it before anything is made of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.commands.book import note
from engine.commands.house import House
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
) -> None:
    """Keep a concept with its copy blocks; saving it again takes its approval away."""
    scope.check(client, "team", "strategist", "admin")

    def write(conn: Any) -> None:
        creative.save_concept(
            conn,
            client,
            concept=concept,
            channel=channel,
            campaign=campaign,
            ad_group=ad_group,
            body_json=json.dumps(dict(body), sort_keys=True),
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
