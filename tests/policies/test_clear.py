"""Only what the gate allowed, or a person approved to the letter, may be carried out."""

from __future__ import annotations

import copy
import re
from datetime import timedelta
from pathlib import Path

import pytest

from policies import gate
from policies.gate import Cleared, NotCleared, clear, judge
from policies.verdict import Approval, Escalated, Reason
from tests.strategies import NOW, launch, policy, shift, standing


def approve(verdict, **more) -> Approval:
    fields = {
        "fingerprint": verdict.fingerprint,
        "person": "priya",
        "at": NOW,
        "expires_at": NOW + timedelta(hours=24),
        "reason": "agreed",
        "families": verdict.families,
    }
    return Approval(**{**fields, **more})


def test_allowed_clears_by_itself_and_carries_what_was_judged() -> None:
    verdict = judge(shift(10), policy(), standing())
    cleared = clear(verdict, now=NOW)
    assert cleared.action is verdict.action
    assert cleared.fingerprint == shift(10).fingerprint
    assert (cleared.policy_version, cleared.approval, cleared.at) == (1, None, NOW)


def test_escalated_clears_only_with_an_approval_in_force_for_exactly_this_diff() -> None:
    verdict = judge(launch(), policy(), standing())
    assert type(verdict) is Escalated
    with pytest.raises(NotCleared, match="A person has to approve"):
        clear(verdict, now=NOW)
    other = approve(verdict, fingerprint=launch(51).fingerprint)
    with pytest.raises(NotCleared, match="another diff"):
        clear(verdict, now=NOW, approval=other)
    late = NOW + timedelta(hours=24)
    with pytest.raises(NotCleared, match="not in force"):
        clear(verdict, now=late, approval=approve(verdict))
    with pytest.raises(NotCleared, match="not in force"):
        clear(verdict, now=NOW - timedelta(seconds=1), approval=approve(verdict))
    assert clear(verdict, now=NOW, approval=approve(verdict)).approval is not None


def asked(*families: str):
    verdict = judge(launch(), policy(), standing())
    reasons = tuple(
        Reason(rule=f, outcome="escalate", sentence=f"About {f}.", family=f) for f in families
    )
    return verdict.model_copy(update={"reasons": reasons})


def test_a_yes_to_the_money_clears_no_review_and_the_other_way_round() -> None:
    both = asked("money", "review")
    money = approve(both, families=frozenset({"money"}))
    review = approve(both, person="ana", families=frozenset({"review"}))
    with pytest.raises(NotCleared, match=r"for review yet.*About review"):
        clear(both, now=NOW, approval=money)
    with pytest.raises(NotCleared, match="for money yet"):
        clear(both, now=NOW, approval=review)
    assert clear(both, now=NOW, approval=(money, review)).approval == money
    assert clear(asked("review"), now=NOW, approval=review).approval == review


def test_every_one_of_several_approvals_must_be_in_force_and_of_this_diff() -> None:
    both = asked("money", "review")
    money = approve(both, families=frozenset({"money"}))
    late = approve(both, families=frozenset({"review"}), expires_at=NOW)
    other = approve(both, families=frozenset({"review"}), fingerprint=launch(51).fingerprint)
    for review in (late, other, None, "yes"):
        with pytest.raises(NotCleared):
            clear(both, now=NOW, approval=(money, review))
    for none in ((), [money], (approve(both, families=frozenset()),)):
        with pytest.raises(NotCleared):
            clear(both, now=NOW, approval=none)


def test_an_approval_kept_from_before_families_covers_what_was_asked_then() -> None:
    kept = approve(asked("money")).model_dump_json(exclude={"families"})
    old = Approval.model_validate_json(kept)
    assert clear(asked("money", "authority"), now=NOW, approval=old).approval == old
    with pytest.raises(NotCleared, match="for review yet"):
        clear(asked("money", "review"), now=NOW, approval=old)


def test_each_rule_says_what_it_is_about() -> None:
    families = {rule.name: rule.family for rule in policy().guardrails}
    assert families["month_cap"] == families["channel_daily"] == "money"
    assert families["phase"] == "authority"
    verdict = judge(launch(), policy(), standing())
    assert {"money", "authority", "audience"} >= verdict.families >= {"authority"}


def test_nothing_clears_a_block_or_a_forged_verdict() -> None:
    verdict = judge(shift(10), policy(), standing(paused=True))
    with pytest.raises(NotCleared, match="no approval can run it"):
        clear(verdict, now=NOW, approval=approve(verdict))
    allowed = judge(shift(10), policy(), standing())
    swapped = allowed.model_copy(update={"action": shift(90)})
    for forged in (None, "yes", swapped):
        with pytest.raises(NotCleared):
            clear(forged, now=NOW)


def test_a_cleared_action_cannot_be_made_changed_or_copied_by_hand() -> None:
    verdict = judge(shift(10), policy(), standing())
    with pytest.raises(NotCleared):
        Cleared(object(), verdict, NOW, None)
    cleared = clear(verdict, now=NOW)
    with pytest.raises(AttributeError):
        cleared.action = shift(90)
    with pytest.raises(AttributeError):
        del cleared.action
    with pytest.raises(TypeError):
        copy.copy(cleared)


def test_nobody_but_the_gate_makes_a_cleared_action() -> None:
    root = Path(gate.__file__).parents[1]
    rooms = ("app.py", "pages", "web", "engine", "policies", "jobs", "sandbox", "bench")
    files = [f for r in rooms for f in ((root / r).rglob("*.py") if "." not in r else [root / r])]
    makes = re.compile(r"\bCleared\(|Cleared\.__new__|gate\._TOKEN|import _TOKEN")
    makers = {
        f.relative_to(root).as_posix() for f in files if f.exists() and makes.search(f.read_text())
    }
    assert makers == {"policies/gate.py"}


def test_nobody_but_the_gate_makes_a_verdict_that_clears() -> None:
    root = Path(gate.__file__).parents[1]
    makes = re.compile(
        r"(?<!class )\b(?:Allowed|Escalated)\((?!\))|\b(?:Allowed|Escalated)\.model_"
    )
    rooms = ("pages", "web", "engine", "policies", "jobs", "sandbox", "bench")
    files = [f for room in rooms for f in (root / room).rglob("*.py")]
    assert [f.name for f in files if makes.search(f.read_text())] == []
    assert makes.search("Allowed(action=1)")
