"""A person's yes to exactly one action: bound to its fingerprint, once, for 24 hours."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta

from engine.model.errors import AskPerson
from engine.model.people import Scope
from policies.grounds import Facts, facts_hash
from policies.verdict import Approval, Family

LASTS = timedelta(hours=24)
ALL_BUT_REVIEW: AbstractSet[Family] = frozenset({"money", "authority", "audience", "brand"})
"""What a strategist's yes covers; the review of a regulated category is given by itself."""


def approval(
    scope: Scope,
    client: str,
    fingerprint: str,
    reason: str,
    now: datetime,
    grounds: Facts | None = None,
    families: AbstractSet[Family] = ALL_BUT_REVIEW,
) -> Approval:
    """The approval of one diff by the person of the scope, for the named families of reasons only.

    ``grounds`` are the facts of the state it was shown on; without them no state was shown beside the diff; the gate
    judges it again all the same.

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
        families=frozenset(families),
    )


def families(*, asked: bool, reviewed: bool) -> AbstractSet[Family]:
    """What a yes covers: the review too, where the person says that they read the words.

    Raises:
        AskPerson: a review is ``asked`` for and nobody says so.
    """
    if asked and not reviewed:
        raise AskPerson(
            "The words are in a regulated category: read them and say that you did, then approve."
        )
    return ALL_BUT_REVIEW | {"review"} if reviewed else ALL_BUT_REVIEW


def same_diff(shown: str, now_is: str) -> None:
    """Refuse an approval given for another diff than the one there is now.

    Raises:
        AskPerson: the action was edited after it was shown.
    """
    if shown != now_is:
        raise AskPerson("This changed after you opened it; read it again before you approve it.")
