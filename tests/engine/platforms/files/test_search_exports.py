import json
from datetime import date
from decimal import Decimal

import pytest

from bench.exports import platform_shapes as shapes
from bench.exports.shapes import zipped
from engine.model.errors import BadInput, Unanswered
from engine.model.exports import NO_ANSWERS, Answers
from engine.platforms.files import read_bytes


def export(text, answers=NO_ANSWERS, name="search.csv"):
    (found,) = read_bytes(name, text.encode(), answers=answers)
    return found


def together(**members):
    packed = {**shapes.GSC_ZIP, **{f"{name}.csv": text for name, text in members.items()}}
    found = read_bytes("performance.zip", zipped(packed))
    return {one.file.split("/")[1].removesuffix(".csv"): one for one in found}


def column(found, name):
    return found.rows[name].to_pylist()


def test_queries_carry_clicks_share_and_rank_and_no_days():
    found = export(shapes.GSC_QUERIES)
    assert (found.format, found.source, found.kind) == (*["search_console"] * 2, "search")
    assert column(found, "key")[2] == "λιμάνι"
    assert column(found, "ctr") == pytest.approx([0.0488, 0.1429, 0.0])
    assert column(found, "position") == [4.83, 7.57, 98.0]
    assert (found.period, column(found, "day")) == (None, [None] * 3)
    assert [note for note in found.notes if "does not say which days" in note]


def test_the_chart_has_a_day_a_row():
    found = export(shapes.GSC_CHART)
    assert found.period == (date(2026, 5, 1), date(2026, 5, 3))
    assert set(column(found, "report")) == {"day"}
    assert found.totals["Impressions"].rows == 1260


def test_a_chart_with_slashed_dates_asks():
    text = "\n".join(
        line.replace(",", "/2026,", 1) if line[:1] == "5" else line
        for line in shapes.GSC_CHART.replace("2026-05-0", "5/").splitlines()
    )
    with pytest.raises(Unanswered):
        export(text + "\n")
    said = export(text + "\n", Answers(day_order="mdy"))
    assert column(said, "day")[0] == date(2026, 5, 1)


def test_a_zip_with_its_period_in_words_makes_no_days_and_says_so_everywhere():
    found = together()
    assert len(found) == 5
    assert found["Search appearance"].read == 0
    for name in ("Queries", "Devices", "Search appearance"):
        assert found[name].period is None
        (note,) = [n for n in found[name].notes if "'Last 3 months'" in n]
        assert "2026-05-01 to 2026-05-03" in note
    alone = export(shapes.GSC_QUERIES)
    assert alone.rows.equals(found["Queries"].rows)


def test_a_range_written_out_in_the_filters_is_the_period_of_every_table():
    found = together(Filters='Filter,Value\nSearch type,Web\nDate,"Aug 28, 2026-Sep 3, 2026"\n')
    assert found["Queries"].period == (date(2026, 8, 28), date(2026, 9, 3))
    assert column(found["Queries"], "period_last") == [date(2026, 9, 3)] * 3
    assert column(found["Queries"], "day") == [None] * 3
    other = together(Filters='Filter,Value\nSearch type,Web\nDate,"Sep 4, 2026-Sep 9, 2026"\n')
    keys = set(column(found["Queries"], "row_key")) & set(column(other["Queries"], "row_key"))
    assert not keys


def test_figures_of_one_device_alone_are_said_to_be_and_are_other_rows():
    narrow = together(Filters=shapes.GSC_FILTERS + "Device,Mobile\n")["Queries"]
    whole = together()["Queries"]
    assert [note for note in narrow.notes if note == "Narrowed: Device Mobile."]
    assert json.loads(column(narrow, "extra")[0]) == {"Device": "Mobile"}
    assert not set(column(narrow, "row_key")) & set(column(whole, "row_key"))


def test_filters_speak_for_the_tables_of_their_own_folder_alone():
    here = {f"here/{name}": text for name, text in shapes.GSC_ZIP.items()}
    there = {"there/Queries.csv": shapes.GSC_QUERIES}
    there["there/Filters.csv"] = shapes.GSC_FILTERS.replace("Last 3 months", "Last 28 days")
    found = {one.file: one for one in read_bytes("two.zip", zipped({**here, **there}))}
    assert [n for n in found["two.zip/here/Queries.csv"].notes if "'Last 3 months'" in n]
    assert [n for n in found["two.zip/there/Queries.csv"].notes if "'Last 28 days'" in n]


def test_filters_without_a_date_leave_the_days_open():
    found = together(Filters="Filter,Value\nSearch type,Web\n")["Queries"]
    assert found.period is None
    assert [note for note in found.notes if "does not say which days" in note]


def test_a_decimal_comma_is_read():
    text = shapes.GSC_QUERIES.replace(",", ";").replace(".", ",")
    assert column(export(text), "position") == [4.83, 7.57, 98.0]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("2,41,4.88%", ",41,4.88%", "Clicks is blank"),
        ("4.88%", "4.88", "is not a percentage"),
        ("2,41", "-2,41", "is negative"),
        ("harbour tours", "boat hire", "stands on line 2 already"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_alone(old, new, reason):
    found = export(shapes.GSC_QUERIES.replace(old, new))
    (refused,) = found.refused
    assert reason in refused.reason
    assert found.rows.num_rows == 2


def test_related_queries_are_looked_up_with_the_region_and_days_of_their_name():
    found = export(shapes.TRENDS, name=shapes.TRENDS_NAME)
    assert (found.format, found.kind) == ("google_trends", "reference")
    assert found.period == (date(2026, 2, 22), date(2026, 5, 22))
    assert found.totals["search interest"].rows == 139
    assert json.loads(column(found, "extra")[0])["increase percent"] == "Breakout"
    renamed = export(shapes.TRENDS)
    assert renamed.period is None
    assert [note for note in renamed.notes if "region and days" in note]
    assert not set(column(found, "row_key")) & set(column(renamed, "row_key"))


@pytest.mark.parametrize(("old", "new"), [("100,", "101,"), ("-5%", "-5"), ('"ferry"', '""')])
def test_interest_beyond_its_scale_and_a_change_that_is_none_are_refused(old, new):
    found = export(shapes.TRENDS.replace(old, new))
    assert len(found.refused) == 1


def test_keyword_lists_in_utf_16_are_read_without_their_row_numbers():
    (found,) = read_bytes("ahrefs.csv", shapes.AHREFS.encode("utf-16"))
    assert (found.format, found.source, found.read) == ("ahrefs", "ahrefs", 2)
    assert found.totals["Volume"].rows == Decimal(300)
    assert "#" not in json.loads(column(found, "extra")[0])
    assert json.loads(column(found, "extra")[1])["Global volume"] == "1,500"
    assert column(found, "key") == ["boat hire (gb)", "harbour tours, guided (gb)"]
    bad = export(shapes.AHREFS.replace('"250"', '"many"'))
    assert [row.line for row in bad.refused] == [2]


def test_a_comparison_of_two_periods_is_no_known_format():
    with pytest.raises(BadInput, match="format is not known"):
        export("Top queries,Last 28 days Clicks,Previous 28 days Clicks\nboat,1,2\n")
