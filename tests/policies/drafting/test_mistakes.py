"""Mistakes stand at the field they belong to, in the words of the form."""

import pytest

from policies.drafting.layers import Head, Layer, leaves, resolve
from policies.drafting.mistakes import by_field, partial_mistakes, placed
from policies.reading import BadPolicy
from tests.strategies import policy

HEAD = Head("b2b_services", "GBP", "Europe/London")
DAILY = "guardrails.channel_daily.channels"


def mistakes(**changes):
    values = {**leaves(policy()), **{p.replace("__", "."): v for p, v in changes.items()}}
    with pytest.raises(BadPolicy) as bad:
        resolve(HEAD, [Layer("client", 1, {p: v for p, v in values.items() if v is not None})])
    return by_field(placed(bad.value.errors))


def test_a_value_out_of_its_bounds_is_told_at_its_field_with_what_it_takes():
    told = mistakes(guardrails__movement__window_days=0, guardrails__step_size__max_share="1.35")
    assert told["guardrails.movement.window_days"] == ("Write a whole number from 1 to 92.",)
    assert told["guardrails.step_size.max_share"] == ("Write a share from 0% to 100%.",)


def test_a_minimum_above_its_maximum_is_told_at_its_channel():
    told = mistakes(guardrails__channel_daily__channels__youtube__min_daily="9000.00")
    (sentence,) = told[f"{DAILY}.youtube.min_daily"]
    assert "9000.00 is above “most billed a day” 760.00" in sentence


def test_minimums_over_the_budget_and_caps_that_cannot_fill_the_month_are_told_at_their_cards():
    told = mistakes(guardrails__channel_daily__channels__google_search__min_daily="900.00")
    assert "more than “Budget of the month”" in told["guardrails.channel_daily"][0]
    told = mistakes(guardrails__share_cap__max_shares__google_search="0.20")
    assert "can never fill 100%" in told["guardrails.share_cap"][0]
    told = mistakes(guardrails__share_cap__max_shares__youtube=None)
    assert (
        "YouTube is open but has no cap; write one such as 50%" in told["guardrails.share_cap"][0]
    )


def test_what_is_left_out_is_told_at_its_field_or_card():
    told = mistakes(targets__cac=None, guardrails__forbidden_words__phrases=None)
    assert told["targets.cac"] == ("Nothing may be left out of a policy, so write it.",)
    assert told["guardrails.forbidden_words.phrases"] == told["targets.cac"]


def test_a_mistake_within_a_list_names_its_line():
    told = mistakes(guardrails__forbidden_words__phrases=[{"phrase": "!!", "reason": "x"}])
    (sentence,) = told["guardrails.forbidden_words.phrases"]
    assert sentence.startswith("Line 1, phrase: ")


def test_a_mistake_of_no_field_stays_a_sentence():
    (one,) = placed(["The text is not valid JSON: oh."])
    assert (one.path, one.block) == ("", "")


def test_values_of_the_agency_are_checked_one_by_one_and_hold_no_money():
    told = by_field(
        partial_mistakes(
            {
                "targets.cac": "450.00",
                "guardrails.step_size.max_share": "3",
                "guardrails.phase.launch.kinds": ["fly"],
                "guardrails.movement.window_days": 14,
                "nothing.here": 1,
            }
        )
    )
    assert "different currencies" in told["targets.cac"][0]
    assert told["guardrails.step_size.max_share"] == ("Write a share from 0% to 100%.",)
    assert told["guardrails.phase.launch.kinds"][0].startswith("Write one of: set budgets")
    assert "guardrails.movement.window_days" not in told
    assert told[""] == ('"nothing.here" is no value of a policy.',)


def test_a_target_above_another_is_told_at_the_targets_in_the_words_of_the_form():
    told = mistakes(targets__cost_per_action="600.00")
    (sentence,) = told["targets"]
    assert (
        "“Cost per primary action, ceiling” 600.00 is above the ceiling on a customer" in sentence
    )
    told = mistakes(targets__roas_floor="200.00")
    assert told["targets.roas_floor"] == ("Write a share above 0% and up to 10000%.",)
