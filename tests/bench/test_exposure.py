from datetime import date

import pytest

from bench import exposure as bench_exposure
from policies import exposure

UNIT = 1_000_000


def quiet(_line):
    pass


def test_no_sequence_is_billed_above_the_worst_case_shown():
    answer = bench_exposure.measure(150, quiet)
    assert answer["short"] is True
    assert answer["sequences"] == answer["sizes"]["sequences"] == 150
    assert answer["sizes"]["edits"] >= 150
    assert answer["breaches"] == 0
    assert answer["first_breach"] is None


def test_the_bare_setting_is_passed_and_the_figure_shown_is_reached():
    answer = bench_exposure.measure(150, quiet)
    assert answer["breaches_by_setting"]["day"] > answer["breaches_by_setting"]["month"] > 0
    assert answer["reached_exactly"] > 0
    assert 0.3 < answer["billed_of_shown"] <= 1


def test_the_same_seed_finds_the_same():
    one, again = (bench_exposure.measure(40, quiet, seed=9) for _ in range(2))
    for answer in (one, again):
        del answer["seconds"]
    assert one == again


@pytest.mark.parametrize("figure", ["client_month_worst_case", "channel_day_worst_case"])
def test_a_worst_case_shown_a_little_too_small_is_found_out(monkeypatch, figure):
    honest = getattr(exposure, figure)
    monkeypatch.setattr(exposure, figure, lambda *asked: honest(*asked) - 1)
    answer = bench_exposure.measure(60, quiet)
    assert answer["breaches"] > 0
    name = answer["first_breach"]
    tally = bench_exposure.Tally()
    bench_exposure.one(name, tally)
    assert tally.breaches == 1


def test_left_alone_a_first_of_the_month_bills_thirty_point_four_days():
    watched = bench_exposure.Watched(0, date(2026, 12, 1), 100 * UNIT)
    assert watched.left_alone(date(2026, 12, 1)) == (200 * UNIT, 3040 * UNIT)


def test_it_reads_as_a_sentence():
    answer = bench_exposure.measure(10, quiet)
    assert bench_exposure.line(answer).startswith("exposure: 0 of 10 edit sequences")
