"""A person's yes to exactly one action: bound to its fingerprint, once, for 24 hours."""

from __future__ import annotations

from datetime import datetime, timedelta

from engine.model.errors import AskPerson
from engine.model.people import Scope
from policies.grounds import Facts, facts_hash
from policies.verdict import Approval

LASTS = timedelta(hours=24)


def approval(
    scope: Scope,
    client: str,
    fingerprint: str,
    reason: str,
    now: datetime,
    grounds: Facts | None = None,
) -> Approval:
    """The approval of one diff by the person of the scope, on the state ``grounds`` tells of.

    Without ``grounds`` no state was shown beside the diff; the gate judges it again all the same.

    Raises:
        AskPerson: the person is not senior for this client.
    """
    if client not in scope.senior:
        raise AskPerson("Approving what a bound stopped takes a senior right for this client.")
    return Approval(
        fingerprint=fingerprint,
        person=scope.person,
        at=now,
        expires_at=now + LASTS,
        reason=reason,
        state_hash=facts_hash(grounds) if grounds else "",
        grounds=dict(grounds or {}),
    )


def same_diff(shown: str, now_is: str) -> None:
    """Refuse an approval given for another diff than the one there is now.

    Raises:
        AskPerson: the action was edited after it was shown.
    """
    if shown != now_is:
        raise AskPerson("This changed after you opened it; read it again before you approve it.")
