"""Whose claim counts: three views of the same days, and the number that says how far two of them are apart."""

from datetime import date, timedelta

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.attribution import views
from engine.model.outcomes import DEALS
from engine.reporting.client.credit import split
from engine.reporting.client.view import performance
from policies.money import MICROS
from tests.engine.brainkit import deals, facts
from tests.engine.reporting.made import NOW, TODAY, material

CHANNELS = ("google_search", "youtube", "linkedin")
FIRST = date(2026, 11, 1)


def november():
    return material(
        spend=[(FIRST, "google_search", 600), (FIRST, "youtube", 400)],
        actions=[(FIRST, "google_search", 4), (FIRST, "youtube", 1), (FIRST, "", 5)],
        won=[(FIRST, "google_search", 2, 3_000), (FIRST, "", 1, 2_000)],
        claims=[(FIRST, "google_search", 6, 1_200), (FIRST, "youtube", 5, 1_000)],
    )


def shown(credit):
    return {f.key: f for f in performance(november(), NOW, "month", credit).figures}


def test_closed_won_counts_every_action_whichever_ad_or_none_led_to_it():
    found = shown("closed_won")
    assert found["actions"].value == 10
    assert found["cost"].value == 100 * MICROS
    assert found["roas"].value == 5.0


def test_last_click_counts_only_what_has_a_click_on_record():
    found = shown("last_click")
    assert found["actions"].value == 5
    assert found["cost"].value == 200 * MICROS
    assert found["roas"].value == 3.0
    assert found["spend"].value == 1_000 * MICROS


def test_what_platforms_report_is_told_by_channel_and_has_no_total():
    found = shown("platform")
    assert [(c.channel, c.value) for c in found["actions"].claims] == [
        ("google_search", 6),
        ("youtube", 5),
    ]
    assert [c.value for c in found["cost"].claims] == [100 * MICROS, 80 * MICROS]
    assert [c.value for c in found["roas"].claims] == [2.0, 2.5]
    assert found["spend"].value == 1_000 * MICROS
    assert all(found[key].value is None for key in ("actions", "cost", "roas"))


def test_the_platforms_default_of_one_a_conversion_is_no_value():
    made = material(
        spend=[(FIRST, "youtube", 400)], claims=[(FIRST, "youtube", 5, 5)], actions=[(FIRST, 1)]
    )
    roas = performance(made, NOW, "month", "platform").figures[3]
    assert [c.value for c in roas.claims] == [None]


def test_whether_a_value_is_claimed_is_asked_of_each_channel_alone():
    """Together 5 + 0 of two channels would look like a value, or hide one."""
    made = material(
        spend=[(FIRST, c, 400) for c in CHANNELS],
        claims=[
            (FIRST, "google_search", 5, 5),
            (FIRST, "youtube", 4, 2_000),
            (FIRST, "linkedin", 3, 0),
        ],
        actions=[(FIRST, 1)],
    )
    roas = performance(made, NOW, "month", "platform").figures[3]
    assert {c.channel: c.value for c in roas.claims} == {
        "google_search": None,
        "youtube": 5.0,
        "linkedin": None,
    }


def test_the_sentence_on_top_rests_on_closed_won_truth_in_every_view():
    leads = {
        performance(november(), NOW, "month", c).lead
        for c in ("closed_won", "last_click", "platform")
    }
    assert len(leads) == 1


def test_the_cost_line_follows_the_view_and_platforms_have_one_each():
    cost = {
        credit: performance(november(), NOW, "month", credit).trend.cost
        for credit in ("closed_won", "last_click", "platform")
    }
    assert [line.channel for line in cost["platform"]] == ["google_search", "youtube"]
    assert [line.channel for line in cost["closed_won"]] == [""]
    day = performance(november(), NOW, "month").trend.days.index(FIRST)
    assert cost["closed_won"][0].points[day] == 100 * MICROS
    assert cost["last_click"][0].points[day] == 200 * MICROS
    assert cost["platform"][1].points[day] == 80 * MICROS


claims = st.lists(
    st.tuples(
        st.integers(0, 60).map(lambda n: TODAY - timedelta(days=n)),
        st.sampled_from(CHANNELS),
        st.floats(0, 500),
        st.integers(0, 10_000),
    ),
    max_size=20,
)


@given(claims)
def test_no_claims_of_platforms_ever_make_a_total_across_channels(rows):
    made = material(claims=rows, spend=[(d, c, 10) for d, c, _, _ in rows])
    page = performance(made, NOW, "30 days", "platform")
    assert all(f.value is None and f.change is None and not f.series for f in page.figures[1:])
    assert all(line.channel for line in page.trend.cost)
    span = page.period
    for claim in page.figures[1].claims:
        mine = [n for d, c, n, _ in rows if c == claim.channel and span.first <= d <= span.last]
        assert claim.value == pytest.approx(sum(mine))


def rows_of(channels):
    """Deals by channel: every fifth still open and young, of the others every third won after ten days."""
    old = TODAY - timedelta(days=40)
    return [
        {
            "deal_id": str(n),
            "created_on": old if n % 5 else TODAY - timedelta(days=9),
            "closed_on": old + timedelta(days=10) if n % 5 else None,
            "won": (n % 3 == 0) if n % 5 else None,
            "amount_micros": (n + 1) * 100 * MICROS,
            "channel": channel,
        }
        for n, channel in enumerate(channels)
    ]


def frames(spent, claimed=()):
    media = pd.DataFrame(list(spent), columns=["day", "channel", "cost_micros"])
    said = pd.DataFrame(list(claimed), columns=["day", "channel", "claimed"])
    return media, said


@given(st.lists(st.sampled_from((*CHANNELS, "")), max_size=60))
def test_the_number_on_the_page_is_the_one_the_loop_was_given(channels):
    old = TODAY - timedelta(days=40)
    table = deals(rows_of(channels))
    media = [{"day": old, "campaign": c, "channel": c, "cost_micros": MICROS} for c in CHANNELS]
    found = split(*frames([(old, c, MICROS) for c in CHANNELS]), table, TODAY)
    loops = views(facts(media), table, TODAY)
    assert [c["channel"] for c in found["channels"]] == [v.channel for v in loops]
    for mine, theirs in zip(found["channels"], loops, strict=True):
        assert mine["last_click_share"] == theirs.last_click_share
        assert mine["closed_won_share"] == theirs.closed_won_share
        assert mine["expected_revenue_micros"] == theirs.expected_revenue_micros
    assert (found["disagreement"] or 0.0) == loops[0].disagreement


@given(st.lists(st.sampled_from((*CHANNELS, "")), max_size=60))
def test_the_shares_of_a_view_add_up_to_all_of_it_or_to_nothing(channels):
    found = split(*frames([]), deals(rows_of(channels)), TODAY)["channels"]
    for view in ("last_click_share", "closed_won_share"):
        total = sum(c[view] for c in found)
        assert total == pytest.approx(1) or total == 0


def test_the_disagreement_is_one_plain_sentence():
    rows = rows_of(["google_search"] * 30 + ["youtube"] * 10)
    for row in rows:
        row["amount_micros"] = (10 if row["channel"] == "youtube" else 100) * MICROS
    made = november()
    made["credit"] = split(*frames([]), deals(rows), TODAY)
    found = performance(made, NOW, "month").comparison
    assert found.sentence.startswith(
        f"Last-click and closed-won split credit differently: {found.points} points apart. YouTube gets 25%"
    )
    assert found.points > 10
    assert (found.truth.actions, found.last_click.actions, found.unclicked) == (10, 5, 5)


def test_with_nothing_settled_there_is_no_number_and_it_says_so():
    made = november()
    made["credit"] = split(*frames([]), DEALS.empty_table(), TODAY)
    found = performance(made, NOW, "month").comparison
    assert found.points is None
    assert "too little settled" in found.sentence


def test_what_was_won_and_what_is_expected_stay_two_figures():
    rows = rows_of(["google_search"] * 60)
    found = split(*frames([]), deals(rows), TODAY)["channels"][0]
    won = sum(r["amount_micros"] for r in rows if r["won"])
    assert found["revenue_micros"] == won
    assert found["expected_revenue_micros"] > 0


def test_deals_of_no_known_channel_get_no_share():
    found = split(*frames([]), pa.concat_tables([deals(rows_of([""] * 30))]), TODAY)
    assert found["channels"] == []
    assert found["disagreement"] is None


deals_begun = st.lists(
    st.tuples(
        st.integers(0, 40).map(lambda n: TODAY - timedelta(days=n)),
        st.sampled_from((*CHANNELS, "")),
        st.integers(1, 9),
    ),
    max_size=15,
)


@given(deals_begun)
def test_last_click_never_counts_more_than_the_crm_knows(rows):
    made = material(actions=rows, spend=[(TODAY, "youtube", 10)])
    page = performance(made, NOW, "30 days", "last_click")
    found = page.comparison
    assert page.figures[1].value == found.last_click.actions
    assert found.last_click.actions + found.unclicked == found.truth.actions
    first = page.period.first
    assert found.unclicked == sum(n for d, c, n in rows if not c and d >= first)
