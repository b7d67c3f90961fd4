from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.execution import changes
from tests.engine.execution.shelf import actual, snapshot, wanted


def kinds(desired, *campaigns):
    found = changes({c.campaign: c for c in desired}, snapshot(*campaigns))
    return [(c.kind, c.campaign_key) for c in found]


def test_an_account_that_agrees_has_no_changes():
    assert kinds([wanted("s1")], actual("s1")) == []


def test_stops_and_cuts_come_before_creates_and_raises_and_activations_last():
    desired = [
        wanted("up", 200),
        wanted("down", 50),
        wanted("off", enabled=False),
        wanted("on"),
        wanted("new"),
        wanted("ads", ads=("a1", "a2")),
    ]
    found = kinds(
        desired,
        actual("up"),
        actual("down"),
        actual("off"),
        actual("on", enabled=False),
        actual("ads"),
    )
    assert found == [
        ("create_campaign", "new"),
        ("pause_campaign", "off"),
        ("set_budget", "down"),
        ("create_ad", "ads"),
        ("set_budget", "up"),
        ("enable_campaign", "on"),
    ]


def test_campaigns_that_are_not_ours_are_never_written():
    other = replace(actual("x", 999), campaign=None)
    assert kinds([wanted("s1")], actual("s1"), other) == []


def test_a_changed_text_is_not_an_edit_of_the_live_ad():
    live = actual("s1")
    group = live.ad_groups[0]
    words = group.ads[0].text.model_copy(update={"headlines": ("Other", "Two", "Three")})
    ads = (replace(group.ads[0], text=words),)
    assert kinds([wanted("s1")], replace(live, ad_groups=(replace(group, ads=ads),))) == []


def test_names_keywords_and_foreign_ads_are_not_managed():
    live = actual("s1", ads={"a1": True, "somebody-elses": True}, name="Renamed by hand")
    assert kinds([wanted("s1")], live) == []


def test_a_paused_ad_that_never_was_there_is_not_created():
    off = wanted("s1")
    group = off.ad_groups[0]
    ads = (*group.ads, group.ads[0].model_copy(update={"variant": "old", "enabled": False}))
    off = off.model_copy(update={"ad_groups": (group.model_copy(update={"ads": ads}),)})
    assert kinds([off], actual("s1")) == []


def test_campaigns_of_another_account_are_passed_over():
    assert kinds([wanted("s1").model_copy(update={"account": "2"})]) == []


@pytest.mark.parametrize(
    ("want", "is_", "kind"), [(True, False, "enable_ad"), (False, True, "pause_ad")]
)
def test_an_ads_status_is_set_without_touching_its_text(want, is_, kind):
    goal = wanted("s1")
    group = goal.ad_groups[0]
    ads = (group.ads[0].model_copy(update={"enabled": want}),)
    goal = goal.model_copy(update={"ad_groups": (group.model_copy(update={"ads": ads}),)})
    assert kinds([goal], actual("s1", ads={"a1": is_})) == [(kind, "s1")]


@given(
    st.lists(
        st.tuples(st.integers(1, 300), st.integers(1, 300), st.booleans(), st.booleans()),
        max_size=6,
    )
)
def test_no_raise_or_activation_ever_precedes_a_cut_or_a_stop(rows):
    desired = [wanted(f"c{n}", want, enabled=on) for n, (want, _, on, _) in enumerate(rows)]
    there = [actual(f"c{n}", is_, enabled=on) for n, (_, is_, _, on) in enumerate(rows)]
    found = changes({c.campaign: c for c in desired}, snapshot(*there))
    grows = [
        c.kind == "enable_campaign"
        or (c.kind == "set_budget" and (c.daily_micros or 0) > (c.daily_before_micros or 0))
        for c in found
    ]
    assert grows == sorted(grows)
