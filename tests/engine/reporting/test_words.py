"""How figures are written."""

from datetime import UTC, date, datetime, timedelta

import pytest

from engine.reporting import words
from policies.money import MICROS

NOW = datetime(2026, 11, 13, 9, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("micros", "currency", "text"),
    [
        (9_870 * MICROS, "GBP", "£9,870"),
        (3_620_000, "GBP", "£3.62"),
        (-57 * MICROS, "USD", "−$57"),
        (0, "EUR", "€0"),
        (None, "GBP", "–"),
        (12 * MICROS, "CHF", "CHF\u202f12"),
        (-1, "GBP", "£0.00"),
    ],
)
def test_money_has_pence_only_when_small(micros, currency, text):
    assert words.money(micros, currency) == text


def test_shares_multiples_and_counts():
    assert words.percent(0.56) == "56%"
    assert words.percent(0.041, 1) == "4.1%"
    assert words.percent(None) == "–"
    assert words.multiple(3.36) == "3.4×"
    assert words.count(1, "order") == "1 order"
    assert words.count(1_204, "order") == "1,204 orders"


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (NOW + timedelta(hours=2), "11:40"),
        (NOW + timedelta(days=3), "Mon 09:40"),
        (NOW - timedelta(days=30), "Wed 14 Oct, 10:40"),
    ],
)
def test_instants_are_as_short_as_they_can_be(at, text):
    assert words.stamp(at, "Europe/London", NOW) == text


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(-5, "0 min"), (40, "40 min"), (100, "1 h 40 min"), (540, "9 h"), (5000, "3 days")],
)
def test_spans(minutes, text):
    assert words.span(timedelta(minutes=minutes)) == text


def test_runs_of_days():
    assert words.days(date(2026, 11, 1), date(2026, 11, 12)) == "1–12 November"
    assert words.days(date(2026, 10, 28), date(2026, 11, 9)) == "28 Oct–9 Nov"
    assert words.days(date(2026, 11, 1), date(2026, 11, 1)) == "1 November"
