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
    assert both(one, "GBP")[1] == (
        f"6 entries: phrase “guaranteed”, reason “{BASE[WORDS][0]['reason']}”"
        " → phrase “guaranteed”, reason “other words”"
    )
    (one,) = differences(BASE, {**BASE, WORDS: BASE[WORDS][::-1]})
    assert both(one, "GBP")[1] == "6 entries: in another order"


def test_a_loosened_inclusion_shows_every_column_before_and_after():
    rows = "guardrails.mandatory_inclusions.inclusions"
    old = {"any_of": ["Capital at risk"], "where": "headline", "channels": "all"}
    new = {**old, "where": "anywhere", "channels": ["meta", "google_search"]}
    (one,) = differences({rows: [old]}, {rows: [new]})
    assert line(one, "GBP") == (
        "1 entry → 1 entry: one of these “Capital at risk”, where headline, channels all → one of these"
        " “Capital at risk”, where anywhere, channels Meta / Search (looser)"
    )


def test_a_diff_names_every_entry_that_came_or_went():
    rows = [{"phrase": f"p{n}", "reason": "r"} for n in range(12)]
    (one,) = differences({WORDS: rows}, {WORDS: rows[11:]})
    assert all(f"“p{n}”" in both(one, "GBP")[1] for n in range(11))
    (one,) = differences({WORDS: rows}, {})
    assert all(f"“p{n}”" in both(one, "GBP")[0] for n in range(12))
    assert spoken(policy_fields()[WORDS], rows, "GBP").endswith("and 6 more")
