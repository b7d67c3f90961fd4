"""The form is read from the models: every field is known, named and bounded, and a new rule appears by itself."""

import pytest

from policies.drafting.forms import blocks, policy_blocks, policy_fields
from policies.policy import Guardrails
from policies.triggers import Triggers
from tests.policies.drafting.made import MorePolicy, Unknown, Untitled

FIELDS = list(policy_fields().values())


@pytest.mark.parametrize("one", FIELDS, ids=lambda f: f.path)
def test_every_field_of_a_policy_has_a_kind_a_form_draws_a_label_and_help(one):
    assert one.kind in {
        "money",
        "share",
        "whole",
        "yes_no",
        "choice",
        "choices",
        "text",
        "words",
        "rows",
        "entries",
    }
    assert one.label
    assert one.help
    assert all(c.label for c in one.columns)


def test_every_rule_and_trigger_and_the_targets_have_a_card():
    paths = {b.path for b in policy_blocks()}
    assert paths == {
        "targets",
        "offers",
        "conversions",
        *(f"guardrails.{n}" for n in Guardrails.model_fields),
        *(f"triggers.{n}" for n in Triggers.model_fields),
    }
    assert all(b.title and b.help for b in policy_blocks())


def test_every_figure_of_a_guardrail_says_which_way_is_looser():
    silent = [
        f.path
        for f in FIELDS
        if f.path.startswith("guardrails") and f.kind != "choice" and f.looser is None
    ]
    assert silent == []


def test_a_field_knows_its_bounds_and_whether_the_lowest_is_allowed():
    window = policy_fields()["guardrails.movement.window_days"]
    assert (window.low, window.over, window.high) == (1, False, 92)
    budget = policy_fields()["targets.month_budget"]
    assert (budget.low, budget.over) == (0, True)


def test_a_new_rule_appears_in_the_form_by_itself():
    card = {b.path: b for b in blocks(MorePolicy)}["guardrails.night_rest"]
    assert (card.title, card.help) == ("Rest at night", "Nothing moves at night.")
    kinds = {f.path.removeprefix("guardrails.night_rest."): f.kind for f in card.fields}
    assert kinds == {
        "on": "yes_no",
        "hours": "whole",
        "strictness": "choice",
        "spared": "words",
        "most": "money",
        "shares.youtube": "share",
        "shares.meta": "share",
    }
    hours = next(f for f in card.fields if f.path.endswith("hours"))
    assert (hours.optional, hours.low, hours.high) == (True, 1, 12)
    assert next(f for f in card.fields if f.row == "youtube").name == "YouTube, at night"


def test_a_type_no_form_knows_and_a_field_without_a_name_are_refused():
    class Section(MorePolicy):
        odd: Unknown

    with pytest.raises(TypeError, match="no form knows"):
        blocks(Section)

    class Other(MorePolicy):
        odd: Untitled

    with pytest.raises(TypeError, match="no title"):
        blocks(Other)
