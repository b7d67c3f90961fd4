import re
from datetime import date
from decimal import Decimal

import pytest

from bench.exports import platform_shapes as shapes
from engine.model.errors import BadInput, Unanswered
from engine.model.exports import NO_ANSWERS, Answers
from engine.platforms.files import read_bytes


def export(text, answers=NO_ANSWERS, encoding="utf-8"):
    (found,) = read_bytes("linkedin.csv", text.encode(encoding), answers=answers)
    return found


def column(found, name):
    return found.rows[name].to_pylist()


def starts(text, *days):
    """The English report with other start dates, in its own order of rows."""
    for old, new in zip(("10/1/2026", "10/2/2026", "10/3/2026"), days, strict=True):
        text = text.replace(f"\n{old}", f"\n{new}").replace(f'"\n{old}', f'"\n{new}')
    return text


def test_a_daily_report_in_utf_16_is_read_with_text_over_several_lines():
    found = export(shapes.LINKEDIN_EN, encoding="utf-16")
    assert (found.format, found.currency) == ("linkedin_ads", "GBP")
    assert found.period == (date(2026, 10, 1), date(2026, 10, 3))
    assert column(found, "day") == [date(2026, 10, day) for day in (1, 2, 2, 3)]
    assert column(found, "campaign") == ["Autumn"] * 4
    assert column(found, "ad_group") == ["Directors"] * 4
    assert found.totals["Total Spent"].rows == Decimal("1043.60")
    assert found.totals["Leads"].rows == 3
    assert found.refused == ()


def test_portuguese_headers_and_decimals_are_read_and_no_end_is_made_up():
    found = export(shapes.LINKEDIN_PT)
    assert found.totals["Total investido"].rows == Decimal("2264.67")
    assert (found.currency, found.period) == ("USD", None)
    assert column(found, "day") == [None] * 3
    assert column(found, "clicks")[2] == 2070
    assert [note for note in found.notes if "no days were made" in note]


@pytest.mark.parametrize("padding", ["", ",,,,,,,,,,,,,,,,,,,,"])
def test_a_report_saved_again_by_a_spreadsheet_is_read_the_same(padding):
    head, _, body = shapes.LINKEDIN_EN.partition("\n\n")
    lines = [f"{line}{padding}" for line in head.splitlines()]
    cells = body.replace("\t1,006.10", '\t"1,006.10"').replace("\t", ",")
    found = export("\n".join([*lines, padding, cells]))
    plain = export(shapes.LINKEDIN_EN)
    assert found.period == plain.period
    assert found.rows.drop_columns("extra") == plain.rows.drop_columns("extra")


def test_rows_that_all_start_with_the_report_cover_it_whole():
    found = export(starts(shapes.LINKEDIN_EN, *["10/1/2026"] * 3))
    assert set(column(found, "period_last")) == {date(2026, 10, 3)}
    assert column(found, "day") == [None] * 4
    assert len(set(column(found, "row_key"))) == 4


def test_starts_apart_are_neither_days_nor_weeks_unless_something_says_so():
    text = shapes.LINKEDIN_EN.replace("October 3", "October 31")
    found = export(starts(text, "10/1/2026", "10/8/2026", "10/15/2026"))
    assert column(found, "day") == [None] * 4
    assert column(found, "period_first") == [None] * 4
    assert found.period == (date(2026, 10, 1), date(2026, 10, 31))
    assert [note for note in found.notes if "no days were made" in note]


def test_the_rest_of_a_month_before_whole_ones_is_no_day():
    text = shapes.LINKEDIN_EN.replace("October 1,", "October 31,").replace(
        "October 3,", "December 31,"
    )
    found = export(starts(text, "10/31/2026", "11/1/2026", "12/1/2026"))
    assert column(found, "day") == [None] * 4


def test_a_start_outside_the_report_is_refused():
    found = export(starts(shapes.LINKEDIN_EN, "10/1/2026", "10/2/2026", "10/5/2026"))
    (refused,) = found.refused
    assert "2026-10-05 is outside the report's days, 2026-10-01 to 2026-10-03" in refused.reason
    assert found.totals["Total Spent"].rows == Decimal("1029.85")


def test_day_and_month_are_told_by_any_date_of_the_file_and_otherwise_asked_for():
    text = shapes.LINKEDIN_EN.replace("9/23/2026", "9/3/2026")
    with pytest.raises(Unanswered, match="can be two dates"):
        export(text)
    found = export(text, Answers(day_order="mdy"))
    assert column(found, "day")[0] == date(2026, 10, 1)
    with pytest.raises(BadInput, match="You said that the day comes first"):
        export(shapes.LINKEDIN_EN, Answers(day_order="dmy"))


def test_two_ads_of_one_name_under_other_ids_stay_two_rows_and_a_new_name_is_no_new_ad():
    found = export(shapes.LINKEDIN_EN)
    assert len(set(column(found, "row_key"))) == 4
    renamed = export(shapes.LINKEDIN_EN.replace("\tOne\t", "\tTwo\t"))
    assert column(found, "row_key") == column(renamed, "row_key")


def test_a_report_that_ends_before_it_starts_is_refused():
    with pytest.raises(BadInput, match="ends before it starts"):
        export(shapes.LINKEDIN_EN.replace("October 3, 2026", "September 3, 2026"))


@pytest.mark.parametrize("text", [shapes.LINKEDIN_EN, shapes.LINKEDIN_PT])
def test_a_date_written_another_way_makes_no_new_row(text):
    slashed = re.compile(r"(?m)^(\d{1,2})/(\d{1,2})/(\d{4})(?=[\t,])")
    order = (3, 1, 2) if text == shapes.LINKEDIN_EN else (3, 2, 1)
    iso = slashed.sub(lambda m: "-".join(m[n].zfill(2) for n in order), text)
    assert iso != text
    assert column(export(iso), "row_key") == column(export(text), "row_key")
