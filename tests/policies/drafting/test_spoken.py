"""Values of a policy as people read them."""

import pytest

from policies.drafting.diff import differences
from policies.drafting.forms import policy_fields
from policies.drafting.layers import leaves
from policies.drafting.spoken import both, line, spoken
from policies.money import exactly
from tests.strategies import policy

BASE = leaves(policy())
WORDS = "guardrails.forbidden_words.phrases"


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("targets.cac", "1450.00", "£1,450"),
        ("targets.cac", "1450.50", "£1,450.50"),
        ("guardrails.step_size.max_share", "0.355", "35.5%"),
        ("guardrails.movement.window_days", 7, "7"),
        ("guardrails.phase.launch.kinds", ["ship_variant"], "ship variant"),
        ("guardrails.phase.launch.kinds", [], "none"),
        ("targets.margin", None, "–"),
        (WORDS, [{"phrase": "free", "reason": "x"}], "“free”"),
    ],
)
def test_a_value_is_said_to_its_last_digit(path, value, said):
    assert spoken(policy_fields()[path], value, "GBP") == said


def test_a_currency_without_a_sign_is_named():
    assert exactly(125_000, "SEK") == "SEK 0.125"
    assert exactly(-1_000_000, "USD") == "−$1"


def test_a_change_is_one_line():
    (one,) = differences(BASE, {**BASE, "targets.cac": "400.00"})
    assert line(one, "GBP") == "£450 → £400 (tighter)"


def test_a_list_says_what_came_and_what_went():
    (one,) = differences(
        BASE, {**BASE, WORDS: [*BASE[WORDS][1:], {"phrase": "free", "reason": "x"}]}
    )
    before, after = both(one, "GBP")
    assert before == "6 entries"
    assert after == "6 entries: “free” added; “guaranteed” removed"
    said = [{**BASE[WORDS][0], "reason": "other words"}, *BASE[WORDS][1:]]
    (one,) = differences(BASE, {**BASE, WORDS: said})
    assert both(one, "GBP")[1] == "6 entries: “guaranteed” reworded"
    (one,) = differences(BASE, {**BASE, WORDS: BASE[WORDS][::-1]})
    assert both(one, "GBP")[1] == "6 entries: in another order"
