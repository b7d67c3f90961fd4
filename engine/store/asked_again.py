"""Proposals somebody said no to: asked again only when their evidence changed, and then with what changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from engine.model.errors import GiveUp
from engine.model.escalations import EscalationDraft
from engine.model.evidence_change import bounds_of, changed, figures, subject
from engine.store import codec, escalations
from engine.store.escalations import Escalation
from policies.agents import SAFE_STATE


@dataclass(frozen=True)
class Refused:
    """The newest question about each subject that a person said no to."""

    by_subject: dict[str, Escalation]

    def same(self, verdict: Any, draft: EscalationDraft | None) -> bool:
        """True when a person said no to this and nothing has changed since.

        What is within every bound now is withheld only while it is the very same diff on the same figures. What a
        safe state asks for is never withheld.
        """
        before = self.before(verdict)
        if before is None or verdict.action.agent == SAFE_STATE:
            return False
        if draft is None:
            return verdict.fingerprint == before.fingerprint and not self._changed(
                before, verdict.action, bounds_of(before.cause)
            )
        return not self.news(draft)

    def before(self, verdict: Any) -> Escalation | None:
        """The question a person said no to."""
        return self.by_subject.get(subject(verdict.action))

    def news(self, draft: EscalationDraft) -> tuple[str, ...]:
        """What is different from what was rejected."""
        before = self.by_subject.get(subject(draft.action))
        return self._changed(before, draft.action, bounds_of(draft.cause)) if before else ()

    def _changed(self, before: Escalation, action: Any, bounds: frozenset[str]) -> tuple[str, ...]:
        then = figures(codec.action(before.action_json or ""), _evidence(before.evidence_json))
        return changed(then, figures(action), bounds_of(before.cause), bounds)


def refused(conn: Connection, client: str) -> Refused:
    """What people of this client said no to; what cannot be read stands in nobody's way."""
    found: dict[str, Escalation] = {}
    for one in escalations.rejected(conn, client):
        try:
            found.setdefault(subject(codec.action(one.action_json or "")), one)
        except GiveUp:
            continue
    return Refused(found)


def _evidence(text: str) -> str:
    """The newest value of each figure: repeats were added at the end."""
    rows = {row["name"]: row for row in json.loads(text) if isinstance(row, dict) and "name" in row}
    return json.dumps(list(rows.values())) if rows else ""
