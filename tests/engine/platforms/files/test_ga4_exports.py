import json
from datetime import date
from decimal import Decimal

import pytest

from bench.exports import platform_shapes as shapes
from engine.model.errors import BadInput
from engine.model.exports import NO_ANSWERS, Answers, Total
from engine.platforms.files import read_bytes

MAY = (date(2026, 5, 1), date(2026, 5, 3))


def export(text, answers=NO_ANSWERS):
    (found,) = read_bytes("ga4.csv", text.encode(), answers=answers)
    return found


def column(found, name):
    return found.rows[name].to_pylist()


def test_a_report_by_channel_covers_its_days_and_asks_for_the_currency_of_its_revenue():
    found = export(shapes.GA4_CHANNELS.replace("\n", "\r\n"))
    assert (found.format, found.source, found.kind, found.period) == ("ga4", "ga4", "web", MAY)
    assert column(found, "channel") == ["Organic Search", "Direct", "(not set)"]
    assert column(found, "key_events") == [3.0, 1.5, 0.0]
    assert found.totals["Sessions"].rows == 67
    assert found.asks == ("currency",)
    said = export(shapes.GA4_CHANNELS, Answers(currency="EUR"))
    assert (said.currency, said.asks) == ("EUR", ())
    assert column(said, "revenue_micros") == [120_500_000, 0, 0]


def test_a_shop_that_sold_nothing_needs_no_currency():
    assert export(shapes.GA4_CHANNELS.replace("120.50", "0")).asks == ()


def test_conversions_and_key_events_are_one_figure_under_two_names():
    found = export(shapes.GA4_CHANNELS.replace("Key events", "Conversions"))
    assert column(found, "key_events") == [3.0, 1.5, 0.0]


def test_hours_have_their_day_and_the_period_is_that_of_the_rows():
    found = export(shapes.GA4_HOURS)
    assert column(found, "hour") == [23, 19, 0]
    assert column(found, "day")[0] == date(2026, 5, 2)
    assert found.period == (date(2026, 5, 1), date(2026, 5, 2))


def test_a_snapshot_of_many_blocks_is_read_block_by_block():
    found = export(shapes.GA4_SNAPSHOT)
    assert found.read == 11
    assert len(set(column(found, "row_key"))) == 11
    assert found.totals["Users (Nth day: Users)"].rows == 11
    assert found.totals["New users (Where do your new users come from?)"].rows == 8
    assert found.totals["Conversions (What are your top conversions?)"].rows == 0
    assert [note for note in found.notes if "never add one to another" in note]
    assert set(column(found, "report")) == {
        "Nth day: Users",
        "Nth day: Average engagement time",
        "Where do your new users come from?",
        "Nth day: 30 days, 7 days, 1 day",
    }


def test_offsets_count_from_the_first_day_of_their_own_block():
    found = export(shapes.GA4_SNAPSHOT)
    days = {row["report"]: row["day"] for row in found.rows.to_pylist()}
    assert days["Nth day: Users"] == date(2026, 5, 3)
    assert days["Nth day: 30 days, 7 days, 1 day"] == date(2026, 4, 3)


def test_an_offset_outside_its_block_is_refused():
    found = export(shapes.GA4_SNAPSHOT.replace("0002,7", "0003,7"))
    (refused,) = found.refused
    assert refused.line == 12
    assert "outside the report's days, 2026-05-01 to 2026-05-03" in refused.reason
    assert found.totals["Users (Nth day: Users)"].rows == 4


def test_a_block_that_lost_its_dates_takes_none_from_the_block_before():
    text = shapes.GA4_SNAPSHOT.replace("# Start date: 20260401\n# End date: 20260403\n", "# x\n")
    found = export(text)
    assert len(found.refused) == 3
    assert "does not name" in found.refused[0].reason


def test_an_offset_that_stands_twice_is_kept_once():
    found = export(shapes.GA4_SNAPSHOT.replace("0001,0\n0002,7", "0000,9\n0002,7"))
    assert len(found.refused) == 1
    assert found.totals["Users (Nth day: Users)"].rows == 11


def test_blocks_that_ran_into_each_other_refuse_the_file():
    text = shapes.GA4_SNAPSHOT.replace(
        "# Where do your new users come from?\n# Start date: 20260501\n# End date: 20260503\n", ""
    )
    with pytest.raises(BadInput, match="a header stands among the rows"):
        export(text)


def test_a_lost_header_refuses_the_file():
    with pytest.raises(BadInput, match="a header was expected"):
        export(shapes.GA4_SNAPSHOT.replace("Nth day,Users\n", ""))


@pytest.mark.parametrize("day", ["20260231", "2026-05-01", "20260509"])
def test_a_date_that_is_none_or_outside_is_refused(day):
    text = shapes.GA4_TOP + f"Date,Event count,Total users\n20260502,5,4\n{day},7,6\n"
    found = export(text)
    assert [row.line for row in found.refused] == [13]
    assert found.totals["Event count"].rows == 5


def test_a_start_date_that_is_none_refuses_the_file():
    with pytest.raises(BadInput, match="is no date"):
        export(shapes.GA4_CHANNELS.replace("20260501", "20260231"))


def test_a_name_with_a_comma_is_no_header():
    text = shapes.GA4_CHANNELS.replace("harbour - GA4", "harbour, 24 hours")
    assert export(text).read == 3


def test_the_grand_total_of_an_exploration_is_compared_and_never_added():
    text = shapes.GA4_TOP + (
        "Event name,Event count,Total users\n,47,9,Grand total\npage_view,40,9\nclick,7,3\n"
    )
    found = export(text)
    assert found.totals["Event count"] == Total(Decimal(47), Decimal(47))
    assert found.read == 2
    cut = export(text.replace("click,7,3\n", ""))
    assert [note for note in cut.notes if "more than rounding" in note]


def test_averages_before_the_first_count_are_figures_too():
    text = "Event name,Average session duration,Event count\npage_view,61.4,40\n"
    first, again = export(text), export(text.replace("61.4", "60.9"))
    assert first.rows["row_key"].equals(again.rows["row_key"])
    assert json.loads(column(first, "about")[0]) == {"Event name": "page_view"}
    assert [note for note in first.notes if "which days" in note]


def test_a_file_cut_in_the_middle_of_a_line_refuses_that_line():
    found = export(shapes.GA4_CHANNELS[: shapes.GA4_CHANNELS.index("(not set),2") + 11])
    assert len(found.refused) == 1
    assert found.totals["Sessions"].rows == 65
