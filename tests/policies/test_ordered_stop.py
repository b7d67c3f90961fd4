"""The one act that needs no policy: pausing a campaign while the kill switch is on."""

import pytest

from policies.gate import clear, judge
from policies.verdict import Allowed, Blocked
from tests.strategies import NOW, change, launch, pause_variant, set_budgets, standing, status

STOP = status("s1", "google_search", 300, enabled=False)
THROWN = standing(paused=True)
UNREADABLE = [None, "not a policy", {}]


@pytest.mark.parametrize("policy", UNREADABLE)
def test_an_ordered_stop_passes_without_a_readable_policy(policy):
    verdict = judge(STOP, policy, THROWN)
    assert type(verdict) is Allowed
    assert clear(verdict, now=NOW).action == STOP


@pytest.mark.parametrize("policy", UNREADABLE)
@pytest.mark.parametrize(
    ("action", "there"),
    [
        (STOP, standing()),
        (status("s1", "google_search", 300, enabled=True), THROWN),
        (pause_variant(), THROWN),
        (set_budgets(change("s1", "google_search", 300, 200)), THROWN),
        (launch(), THROWN),
        (STOP, None),
        (STOP.model_copy(update={"client": "somebody-else"}), THROWN),
        (STOP.model_copy(update={"campaign": "nowhere"}), THROWN),
    ],
)
def test_nothing_else_passes_without_a_readable_policy(policy, action, there):
    assert type(judge(action, policy, there)) is Blocked
