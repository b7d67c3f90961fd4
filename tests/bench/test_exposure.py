import random
from datetime import UTC, date, datetime

import pytest

from bench import exposure as bench_exposure
from bench.exposure_worlds import Watched
from policies import exposure

UNIT = 1_000_000


def quiet(_line):
    pass


@pytest.fixture(scope="module")
def answer():
    return bench_exposure.measure(150, quiet)


def test_no_sequence_is_billed_above_the_worst_case_shown(answer):
    assert answer["short"] is True
    assert answer["sequences"] == answer["sizes"]["sequences"] == 150
    assert answer["sizes"]["edits"] >= 150
    assert answer["breaches"] == 0, answer["first_breach"]
    assert answer["breaches_by_period"] == {"day": 0, "week": 0, "month": 0}
    assert answer["first_breach"] is None


def test_every_platform_and_shared_budgets_are_met(answer):
    assert set(answer["platforms"]) == {"google_ads", "meta", "linkedin", "microsoft_ads"}
    for found in answer["platforms"].values():
        assert found["budgets"] > 30
        assert found["shared"] > 0


def test_the_bare_setting_is_passed_and_the_figure_shown_is_reached(answer):
    assert answer["breaches_by_setting"]["day"] > answer["breaches_by_setting"]["month"] > 0
    assert answer["reached_exactly"] > 0
    for found in answer["platforms"].values():
        assert 0.3 < found["billed_of_shown"] <= 1


def test_the_same_seed_finds_the_same():
    one, again = (bench_exposure.measure(40, quiet, seed=9) for _ in range(2))
    for found in (one, again):
        del found["seconds"]
    assert one == again


@pytest.mark.parametrize(
    "figure",
    [
        "client_month_worst_case",
        "channel_day_worst_case",
        "client_day_worst_case",
        "week_worst_case",
    ],
)
def test_a_worst_case_shown_a_little_too_small_is_found_out(monkeypatch, figure):
    honest = getattr(exposure, figure)

    def small(*asked):
        found = honest(*asked)
        return None if found is None else found - 1

    monkeypatch.setattr(exposure, figure, small)
    answer = bench_exposure.measure(60, quiet)
    assert answer["breaches"] > 0
    name = answer["first_breach"]
    tally = bench_exposure.Tally()
    bench_exposure.one(name, tally)
    assert tally.breaches == 1


def watched(platform, zone="Europe/London", at=datetime(2026, 12, 1, 12, tzinfo=UTC)):
    return Watched(0, platform, zone, at, 100 * UNIT, launched=False)


@pytest.mark.parametrize(
    ("platform", "day", "week", "month"),
    [
        ("google_ads", 200, 200, 3040),
        ("microsoft_ads", 200, 200, 3100),
        ("meta", 175, 700, 3500),  # Tuesday 1 December: 700 in each of five weeks
        ("linkedin", 150, 700, 3400),  # four weeks, and four days at 150 are within 700
    ],
)
def test_left_alone_from_the_first_each_biller_takes_what_its_rules_let_it(
    platform, day, week, month
):
    found = watched(platform)
    assert found.left_alone() == (day * UNIT, week * UNIT, month * UNIT)
    assert exposure.month_worst_case(found.budget, found.home()) == month * UNIT


def test_linkedin_bills_the_day_of_utc_wherever_the_account_is():
    at = datetime(2026, 12, 1, 1, tzinfo=UTC)
    assert watched("linkedin", "America/Los_Angeles", at).day == date(2026, 12, 1)
    assert watched("meta", "America/Los_Angeles", at).day == date(2026, 11, 30)


def test_a_day_in_the_wrong_zone_is_found_out(monkeypatch):
    monkeypatch.setattr(bench_exposure, "budget_zone", lambda _platform, zone: zone)
    found = bench_exposure.measure(60, quiet)
    assert found["breaches_by_period"]["day"] > 0


def test_a_shared_budget_is_billed_once_and_shown_once():
    found = watched("google_ads")
    alone = exposure.month_worst_case(found.budget, found.home())
    found.share(3)
    found.forward(datetime(2026, 12, 5, 12, tzinfo=UTC), random.Random(1))
    assert len(found.known) == 3
    assert exposure.month_worst_case(found.budget, found.home()) <= alone


def test_it_reads_as_a_sentence(answer):
    assert bench_exposure.line(answer).startswith("exposure: 0 of 150 edit sequences")
