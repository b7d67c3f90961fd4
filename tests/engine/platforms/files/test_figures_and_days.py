from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.errors import BadInput
from engine.model.exports import Total
from engine.platforms.files import days, totals
from engine.platforms.files.figures import Unreadable, count, decide_point, figure, micros

CENTS = st.integers(0, 10**12).map(lambda cents: Decimal(cents).scaleb(-2))


def written(value, group, point):
    return f"{value:,.2f}".replace(",", "g").replace(".", point).replace("g", group)


@given(CENTS, st.sampled_from([(",", "."), (".", ","), ("\u202f", ","), ("'", ".")]))
def test_a_grouped_amount_is_read_back_in_every_notation(value, notation):
    group, point = notation
    text = written(value, group, point)
    assert decide_point([text]) == point
    assert figure(text, point) == (value, "")


@given(CENTS)
def test_micros_are_exact_for_cents(value):
    assert Decimal(micros(value)) / 10**6 == value


@pytest.mark.parametrize(
    ("text", "value", "mark"),
    [
        ("US$46.50", "46.50", "US$"),
        ("$18,340.25", "18340.25", "$"),
        ("£1", "1", "£"),
        ("1.50 €", "1.50", "€"),
        ("GBP 3", "3", "GBP"),
        (" 12 ", "12", ""),
        ("12,34,567.89", "1234567.89", ""),
        ("-0.00", "0", ""),
    ],
)
def test_marks_and_groups_are_understood(text, value, mark):
    assert figure(text, ".") == (Decimal(value), mark)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "5%",
        "< 10%",
        "(5.00)",
        "1.2.3",
        "1,23",
        "1,2345",
        "٣",
        "0x10",
        "five",
        "5" + " " * 60 + "x",
    ],
)
def test_what_is_no_figure_is_never_made_one(text):
    with pytest.raises(Unreadable):
        figure(text, ".")


def test_counts_settle_what_money_leaves_open():
    assert decide_point(["1,234"], ["27,540"]) == "."
    assert decide_point(["1.234"], ["27.540"]) == ","
    with pytest.raises(BadInput, match="thousands or decimals"):
        decide_point(["1,234"], ["31"])
    assert decide_point([], ["12"]) == "."


def test_a_count_must_be_whole():
    assert count("1,234.00", ".") == 1234
    with pytest.raises(Unreadable, match="whole"):
        count("1.5", ".")
    with pytest.raises(Unreadable, match="large"):
        count("9" * 19, ".")


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_a_day_is_read_back_from_every_notation_that_names_it(value):
    long = value.strftime("%B")
    for text in (
        value.isoformat(),
        f"{value:%a}, {value.day} {value:%b} {value.year}",
        f"{long} {value.day}, {value.year}",
        f"{value.day} {long} {value.year}",
        f"{value.isoformat()} 14:05",
        f"{value.isoformat()}T14:05:06Z",
    ):
        assert days.day(text) == value
    assert days.day(f"{value:%d/%m/%Y}", "dmy") == value
    assert days.day(f"{value.month}/{value.day}/{value.year}", "mdy") == value


@pytest.mark.parametrize(
    "text", ["03/04/2026", "2026-02-30", "1/1/26", "0001-01-01", "May", "Monday"]
)
def test_a_date_that_can_be_read_two_ways_or_none_is_refused(text):
    with pytest.raises(Unreadable):
        days.day(text)


def test_the_order_of_day_and_month_comes_from_the_column_or_from_nowhere():
    assert days.order_of(["03/04/2026", "25/04/2026"]) == "dmy"
    assert days.order_of(["03/04/2026", "04/25/2026"]) == "mdy"
    assert days.order_of(["25/04/2026", "04/25/2026"]) is None
    assert days.day("05/05/2026") == date(2026, 5, 5)


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.integers(0, 400))
def test_a_period_line_is_read_back(first, length):
    last = first + timedelta(days=length)
    us = f"{first:%B} {first.day}, {first.year} - {last:%B} {last.day}, {last.year}"
    gb = f"{first.day} {first:%B} {first.year} - {last.day} {last:%B} {last.year}"
    assert days.period(us) == days.period(gb) == (first, last)


def test_spans_have_their_whole_length():
    assert days.span("4th quarter 2023", "quarter") == (date(2023, 10, 1), date(2023, 12, 31))
    assert days.span("Feb 2024", "month") == (date(2024, 2, 1), date(2024, 2, 29))
    assert days.span("2026-02-02", "week") == (date(2026, 2, 2), date(2026, 2, 8))
    with pytest.raises(Unreadable):
        days.span("2026-02-02", "month")


def test_a_name_with_impossible_dates_names_no_period():
    assert days.period_in_name("x(2026.02.31-2026.03.01).csv") is None
    assert days.period_in_name("Age_2023.10.07-2026.05.24).csv") == (
        date(2023, 10, 7),
        date(2026, 5, 24),
    )


def test_an_instant_is_utc():
    assert days.instant("2026-09-21T11:05:00+01:00") == datetime(2026, 9, 21, 10, 5, tzinfo=UTC)


def test_rounding_is_allowed_for_and_a_missing_row_is_not():
    values = [Decimal("0.33")] * 300
    total, note = totals.compare("Cost", values, Decimal("99.30"))
    assert (total, note) == (Total(Decimal("99.00"), Decimal("99.30")), None)
    assert totals.compare("Cost", values, Decimal("99.40"))[1]
    assert totals.compare("Clicks", [Decimal(5)], Decimal(6))[1]
