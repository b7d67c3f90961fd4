"""The renderer of a policy's values knows no rule: a made-up one appears, and every kind has its widget."""

from typing import get_args

from streamlit.testing.v1 import AppTest

from pages.parts.policy_fields import DRAWN
from policies.drafting import forms
from policies.drafting.typed import typed
from tests.policies.drafting.made import MorePolicy

RULE = "guardrails.night_rest"


def made_up():
    """One form with the cards of a policy that has a rule nobody wrote a page for."""
    import streamlit as st

    from engine.reporting.policies.form import Start, cards
    from pages.parts.policy_fields import block
    from policies.drafting.forms import blocks
    from policies.drafting.layers import Layer
    from tests.policies.drafting.made import MorePolicy

    rule = "guardrails.night_rest"
    above = Layer("agency", 3, {f"{rule}.hours": 8, f"{rule}.strictness": "mild"})
    own = {f"{rule}.on": True, f"{rule}.spared": ["brand"], f"{rule}.most": "12.50"}
    start = Start(own, above, {}, "GBP")
    with st.form("made up", border=False):
        for card in cards(start, blocks(MorePolicy)):
            if card.path == rule:
                block("x", card, "GBP", {f"{rule}.most": ("Too much.",)}, disabled=False)
        st.form_submit_button("Save")


def test_every_kind_of_value_has_a_widget():
    assert set(DRAWN) == set(get_args(forms.Kind)) - {"group"}


def test_a_new_rule_is_drawn_without_page_code():
    at = AppTest.from_function(made_up, default_timeout=30).run()
    assert not at.exception
    assert any("Rest at night" in m.value for m in at.markdown)
    widgets = [*at.number_input, *at.selectbox, *at.text_area]
    found = {w.key.removeprefix(f"policy x {RULE}."): w for w in widgets}
    assert set(found) == {
        "on",
        "hours",
        "strictness",
        "spared",
        "most",
        "shares.youtube",
        "shares.meta",
    }
    assert found["on"].value is True
    assert found["most"].value == 12.5
    assert found["spared"].value == "brand"
    assert (found["hours"].value, found["hours"].placeholder) == (None, "8")
    told = "\n".join(m.value for m in at.markdown)
    assert "From the agency, v3" in told
    assert "Too much" in told


def test_what_is_typed_into_a_made_up_rule_is_read_back():
    at = AppTest.from_function(made_up, default_timeout=30).run()
    found = {w.key: w for w in [*at.number_input, *at.selectbox, *at.text_area]}
    found[f"policy x {RULE}.shares.meta"].set_value(12.5)
    found[f"policy x {RULE}.on"].set_value(False)
    at.button[0].click().run()
    fields = next(b for b in forms.blocks(MorePolicy) if b.path == RULE).fields
    raws = {f.path: at.session_state[f"policy x {f.path}"] for f in fields}
    assert typed(fields, raws, {}) == {
        f"{RULE}.on": False,
        f"{RULE}.spared": ["brand"],
        f"{RULE}.most": "12.50",
        f"{RULE}.shares.meta": "0.125",
    }
