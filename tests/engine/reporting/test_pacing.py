"""Projection, its interval, shares: reckoned by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.reporting.client.kpis import Daily
from engine.reporting.client.pacing import mix, month, pacing
from engine.reporting.client.targets import NOTHING
from policies.money import MICROS
from tests.engine.reporting.made import TODAY, material


def campaign(channel, daily, spent, projected):
    return {
        "campaign": f"c-{channel}",
        "channel": channel,
        "enabled": True,
        "daily_micros": daily * MICROS,
        "spent_micros": spent * MICROS,
        "projected_micros": projected * MICROS,
    }


def paced(made):
    return pacing(made, Daily(made), month(made))


def november():
    return material(
        spend=[
            (date(2026, 11, 2), "google_search", 5_000),
            (TODAY, "google_search", 100),
            (date(2026, 11, 2), "youtube", 1_000),
            (date(2026, 10, 30), "youtube", 7_777),
        ],
        campaigns=[
            campaign("google_search", 400, 5_100, 12_200),  # 5,000 + 18 x 400
            campaign("youtube", 100, 1_000, 2_800),  # 1,000 + 18 x 100
        ],
        targets={**NOTHING, "share_caps": {"google_search": 0.85}},
        plan_month_micros=16_000 * MICROS,
    )


def test_the_month_is_what_was_spent_and_the_budgets_of_the_days_left():
    found = paced(november())
    assert found.spent_micros == 6_100 * MICROS
    assert found.expected_micros == 15_000 * MICROS
    assert (found.day, found.month_days) == (13, 30)
    assert found.plan_micros == 16_000 * MICROS


def test_too_few_days_give_no_interval():
    assert paced(november()).low_micros is None


def test_shares_are_of_the_projection_with_their_caps():
    rows = mix(november(), month(november()))
    assert [(r.channel, round(r.share, 4), r.cap) for r in rows] == [
        ("google_search", 0.8133, 0.85),
        ("youtube", 0.1867, None),
    ]


def test_spend_of_a_campaign_we_no_longer_hold_still_counts():
    made = november()
    made["campaigns"] = made["campaigns"][:1]
    assert paced(made).expected_micros == 13_200 * MICROS


def test_a_regular_month_has_a_narrow_interval_and_a_wild_one_a_wide_one():
    days = [TODAY - timedelta(days=n) for n in range(1, 29)]
    calm = material(
        spend=[(d, "google_search", 100) for d in days],
        campaigns=[campaign("google_search", 100, 1_200, 3_000)],
    )
    wild = material(
        spend=[(d, "google_search", 100 + 80 * (-1) ** (n // 7)) for n, d in enumerate(days)],
        campaigns=[campaign("google_search", 100, 1_200, 3_000)],
    )
    one, other = paced(calm), paced(wild)
    assert one.low_micros == one.high_micros == one.expected_micros
    assert other.high_micros - other.expected_micros > 500 * MICROS


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=4))
def test_shares_always_add_up_to_one(amounts):
    channels = ["google_search", "youtube", "linkedin", "meta"]
    made = material(
        campaigns=[campaign(c, a, 0, a) for c, a in zip(channels, amounts, strict=False)]
    )
    assert sum(r.share for r in mix(made, month(made))) == pytest.approx(1.0)
