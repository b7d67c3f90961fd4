"""Can it overspend? The tables are the gate's own figures."""

from datetime import date

from engine.reporting.client.exposure import worst_cases
from engine.reporting.client.overspend import overspend
from engine.reporting.client.targets import NOTHING
from policies import exposure
from tests.strategies import UNIT, account, campaign, standing

WEDNESDAY = date(2026, 11, 11)
CAPS = {
    **NOTHING,
    "month_cap_micros": 25_000 * UNIT,
    "channel_day_caps": {"google_search": 1400 * UNIT, "meta": 300 * UNIT},
}
USUAL = {"google_search": 280 * UNIT, "meta": 90 * UNIT}


def world():
    return standing(
        campaign("s", "google_search", 300, spent_before_today_micros=2500 * UNIT),
        campaign(
            "m",
            "meta",
            100,
            account="fb",
            platform="meta",
            spent_before_today_micros=900 * UNIT,
            spent_week_micros=320 * UNIT,
        ),
        accounts=(
            account(today=WEDNESDAY),
            account(account="fb", platform="meta", today=WEDNESDAY),
        ),
    )


def tables():
    return {t.period: t.rows for t in overspend(worst_cases(world()), CAPS, USUAL)}


def told(row):
    figures = (row.set_micros, row.expected_micros, row.worst_micros, row.cap_micros)
    return (row.channel, *(None if f is None else f // UNIT for f in figures))


def test_the_day_stands_by_channel_and_in_total_with_its_cap():
    assert [told(r) for r in tables()["day"]] == [
        ("google_search", 300, 280, 600, 1400),
        ("meta", 100, 90, 175, 300),
        ("", 400, 370, 775, None),
    ]


def test_the_week_stands_only_for_platforms_that_have_one():
    # Wednesday to Saturday are four days: 320 and four times 100, at most 7 times 100 in all
    assert [told(r) for r in tables()["week"]] == [("meta", 720, 680, 700, None)]


def test_the_month_is_the_figure_the_gate_judges_beside_the_cap_of_the_policy():
    total = tables()["month"][-1]
    assert total.channel == ""
    assert total.worst_micros == exposure.client_month_worst_case(world())
    assert total.cap_micros == 25_000 * UNIT
    assert total.set_micros == (2500 + 900 + 20 * 400) * UNIT
    assert total.expected_micros == (2500 + 900 + 20 * 370) * UNIT


def test_a_budget_of_two_channels_stands_in_both_and_once_in_the_total():
    shared = standing(
        campaign("s", "google_search", 300, shared_budget="b"),
        campaign("y", "youtube", 300, shared_budget="b"),
    )
    found = worst_cases(shared)
    assert [line["day_micros"] for line in found["lines"]] == [600 * UNIT, 600 * UNIT]
    assert found["total"]["day_micros"] == 600 * UNIT


def test_each_platform_there_is_names_its_rule_and_its_source():
    rules = {r["platform"]: r for r in worst_cases(world())["rules"]}
    assert set(rules) == {"Google Ads", "Meta"}
    assert "175 %" in rules["Meta"]["doubt"]
    assert all("http" in r["source"] for r in rules.values())


def test_without_campaigns_or_without_a_rule_it_says_so_and_shows_no_table():
    nothing = worst_cases(standing(accounts=(), campaigns=()))
    assert overspend(nothing, CAPS, USUAL) == ()
    unknown = worst_cases(standing(campaign("p", "meta", 1, platform="pinterest")))
    assert "pinterest" in unknown["doubt"]
    assert overspend(unknown, CAPS, USUAL) == ()
