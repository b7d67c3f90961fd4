"""Past actions judged again under a draft, on the very standings they were judged on. Pure.

Each action is judged by itself, as the accounts stood then: what would have followed from another verdict is not
played on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from policies.edition import edition
from policies.gate import judge
from policies.policy import Policy
from policies.standing import Standing

Word = Literal["allowed", "escalated", "blocked"]
Change = Literal["same", "stricter", "milder", "not judged"]
RANK: Mapping[str, int] = {"allowed": 0, "escalated": 1, "blocked": 2}
"""From the mildest verdict to the strictest."""
NO_STANDING = "The standing it was judged on is not on record, so it cannot be judged again."
NO_ACTION = "This version of the program cannot read the action, so it cannot be judged again."


@dataclass(frozen=True)
class PastAct:
    """One action on record: what the gate said of it then, why, and on what.

    ``act`` is the action in words, ``day`` the account's own. ``action`` and ``standing`` are None where they are
    not on record or not readable; ``edition`` is the rules' (``policies.edition``), None where it is not on record.
    """

    ref: str
    at: datetime
    day: date
    act: str
    action: Any
    standing: Standing | None
    verdict: Word
    reason: str
    policy_version: int | None
    edition: str | None = None


@dataclass(frozen=True)
class Again:
    """One past action with what the draft says of it: ``verdict`` None and ``reason`` why, where it cannot say.

    ``by_program`` is True where the version in force then would say something else today as well: the rules of
    another edition judged it.
    """

    past: PastAct
    verdict: Word | None
    reason: str
    by_program: bool = False

    @property
    def change(self) -> Change:
        """Whether the draft is stricter or milder than the version in force was then."""
        if self.verdict is None:
            return "not judged"
        step = RANK[self.verdict] - RANK[self.past.verdict]
        return "same" if step == 0 else "stricter" if step > 0 else "milder"


@dataclass(frozen=True)
class DryRun:
    """Every past action, oldest first."""

    rows: tuple[Again, ...]

    def verdicts(self, word: Word) -> int:
        """How many the draft gives this verdict."""
        return sum(r.verdict == word for r in self.rows)

    def newly(self, word: Word) -> int:
        """How many get this verdict that had another."""
        return sum(r.verdict == word and r.change != "same" for r in self.rows)

    def changes(self, change: Change) -> int:
        """How many moved this way."""
        return sum(r.change == change for r in self.rows)


def dry_run(
    past: Iterable[PastAct], draft: Policy, then: Mapping[int, Policy | None] | None = None
) -> DryRun:
    """Judge every past action again under a draft; ``then`` holds the versions in force then, by number."""
    return DryRun(tuple(_again(act, draft, then or {}) for act in past))


def milder(past: Iterable[PastAct], now: Policy, draft: Policy) -> tuple[PastAct, ...]:
    """The past actions a draft would judge milder than the policy in force now, on the same standings."""
    return tuple(
        act
        for act in past
        if act.action is not None
        and act.standing is not None
        and _rank(act, draft) < _rank(act, now)
    )


def _rank(act: PastAct, policy: Policy) -> int:
    return RANK[judge(act.action, policy, act.standing).verdict]


def _again(act: PastAct, draft: Policy, then: Mapping[int, Policy | None]) -> Again:
    if act.action is None:
        return Again(act, None, NO_ACTION)
    if act.standing is None:
        return Again(act, None, NO_STANDING)
    found = judge(act.action, draft, act.standing)
    moved = found.verdict != act.verdict and act.edition != edition()
    by = then.get(act.policy_version or 0) if moved else None
    return Again(
        act, found.verdict, found.sentence, by is not None and _rank(act, by) != RANK[act.verdict]
    )
