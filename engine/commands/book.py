"""Writing in the ledger: every command leaves one line in plain words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.model.errors import BadInput
from engine.model.people import Scope
from engine.store import ledger
from engine.store.ledger import LedgerEntry


def note(
    conn: Any,
    scope: Scope,
    now: datetime,
    client: str,
    *,
    kind: str,
    ref: str,
    sentence: str,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Add one line to a client's ledger, by the person of the scope.

    ``sentence`` is fit for the client to read; ``detail`` is for people inside the house and carries ids and
    figures, never personal data.
    """
    entry = LedgerEntry(
        at=now,
        actor=scope.person,
        actor_role=scope.role_for(client),
        kind=kind,
        ref=ref,
        sentence=sentence,
        detail_json=json.dumps(dict(detail or {}), sort_keys=True, default=str),
    )
    ledger.append(conn, client, [entry])


def reason_given(reason: str) -> str:
    """The reason a person wrote, trimmed.

    Raises:
        BadInput: nothing was written, or a page of it.
    """
    text = " ".join(reason.split())
    if not text:
        raise BadInput("Write a reason; it goes into the ledger beside the decision.")
    if len(text) > 1000:
        raise BadInput(f"The reason has {len(text)} characters; 1,000 are enough.")
    return text
