"""The one act that needs no policy: pausing a campaign while the kill switch is on."""

import pytest

from policies.gate import clear, judge
from policies.verdict import Allowed, Blocked
from tests.strategies import (
    NOW,
    account,
    campaign,
    change,
    launch,
    pause_variant,
    policy,
    set_budgets,
    standing,
    status,
)

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


S1 = campaign("s1", "google_search", 300)
UNSOUND = {
    "an account in another currency": standing(paused=True, accounts=(account(currency="USD"),)),
    "a campaign that is there twice": standing(S1, S1, paused=True),
    "an account that is there twice": standing(paused=True, accounts=(account(), account())),
    "a figure that is none": standing(S1, paused=True).model_copy(
        update={"campaigns": (S1, S1.model_copy(update={"campaign": "s2", "daily_micros": -1}))}
    ),
}


@pytest.mark.parametrize("wrong", UNSOUND)
@pytest.mark.parametrize("rules", [None, policy(), policy().model_copy(update={"client": "x"})])
def test_what_is_wrong_elsewhere_never_blocks_an_ordered_stop(wrong, rules):
    assert type(judge(STOP, rules, UNSOUND[wrong])) is Allowed


@pytest.mark.parametrize(
    "action",
    [
        STOP.model_copy(update={"account": "elsewhere"}),
        STOP.model_copy(update={"channel": "google_display"}),
        STOP.model_copy(update={"campaign": "nowhere"}),
        STOP.model_copy(update={"client": "somebody-else"}),
        STOP.model_copy(update={"daily_micros": "much"}),
    ],
)
def test_an_ordered_stop_still_goes_where_its_campaign_lies(action):
    assert type(judge(action, policy(), standing(S1, paused=True))) is Blocked
