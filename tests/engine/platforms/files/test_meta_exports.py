from datetime import date
from decimal import Decimal

import pytest

from bench.exports import platform_shapes as shapes
from engine.model.errors import BadInput, Unanswered
from engine.model.exports import NO_ANSWERS, Answers
from engine.platforms.files import read_bytes


def export(text, answers=NO_ANSWERS):
    (found,) = read_bytes("meta.csv", text.encode(), answers=answers)
    return found


def column(found, name):
    return found.rows[name].to_pylist()


def test_a_table_by_age_and_gender_is_read_with_the_currency_of_its_header():
    found = export(shapes.META_ADS)
    assert (found.format, found.source, found.kind) == ("meta_ads", "meta_ads", "performance")
    assert (found.currency, found.period) == ("GBP", (date(2026, 5, 1), date(2026, 5, 2)))
    assert column(found, "cost_micros") == [620_000, 1_804_833, 1_200_000]
    assert column(found, "conversions") == [None, 8.0, 3.0]
    assert column(found, "clicks") == [None, 8, 3]
    assert set(column(found, "level")) == {"ad"}
    assert set(column(found, "currency")) == {"GBP"}


def test_two_ads_of_one_name_on_one_day_stay_two_rows():
    found = export(shapes.META_SAME_NAME)
    assert len(set(column(found, "row_key"))) == 3
    assert found.totals["Amount spent (USD)"].rows == Decimal("1770.35")


def test_a_link_with_another_share_token_is_still_the_same_ad():
    first = export(shapes.META_SAME_NAME)
    again = export(shapes.META_SAME_NAME.replace("AQabc", "AQ999"))
    assert column(first, "row_key") == column(again, "row_key")


def test_a_renamed_ad_with_an_id_is_still_the_same_ad():
    text = shapes.META_ADS.replace('"Ad name"', '"Ad name","Ad ID"', 1).replace(
        "Lighthouse,", "Lighthouse,120235309548440595,"
    )
    before, after = export(text), export(text.replace("Lighthouse", "Beacon"))
    assert column(before, "row_key") == column(after, "row_key")
    assert column(after, "ad") == ["Beacon"] * 3


def test_an_id_that_a_spreadsheet_shortened_is_refused():
    text = shapes.META_ADS.replace('"Ad name"', '"Ad name","Ad ID"', 1).replace(
        "Lighthouse,", "Lighthouse,1.20235E+17,"
    )
    found = export(text)
    assert found.rows.num_rows == 0
    assert "was shortened by a spreadsheet" in found.refused[0].reason


def test_lines_about_the_same_are_told_apart_by_content_whatever_their_order():
    lines = shapes.META_UNNAMED.splitlines(keepends=True)
    found = export(shapes.META_UNNAMED)
    turned = export("".join([lines[0], *reversed(lines[1:])]))
    assert found.rows.num_rows == 4
    assert set(column(found, "row_key")) == set(column(turned, "row_key"))
    assert found.totals["Amount Spent"].rows == Decimal("70.25")


def test_a_file_without_a_currency_asks_for_it_and_takes_the_answer():
    assert export(shapes.META_UNNAMED).asks == ("currency",)
    said = export(shapes.META_UNNAMED, Answers(currency="CAD"))
    assert (said.currency, said.asks) == ("CAD", ())
    with pytest.raises(BadInput, match="You said the money is in CAD, but the file itself"):
        export(shapes.META_ADS, Answers(currency="CAD"))


def test_headers_in_two_currencies_refuse_the_file():
    text = shapes.META_ADS.replace("impressions) (GBP)", "impressions) (EUR)")
    with pytest.raises(BadInput, match=r"several currencies \(EUR, GBP\)"):
        export(text)


def test_a_range_without_delivery_is_no_rows_and_said_so():
    found = export(shapes.META_EMPTY)
    assert (found.read, found.rows.num_rows, found.period) == (0, 0, None)
    assert found.totals["Amount spent (EUR)"].rows == 0
    assert [note for note in found.notes if "nothing was delivered" in note]


def test_a_summary_row_is_refused_and_not_added():
    lines = shapes.META_ADS.splitlines(keepends=True)
    total = ",,,,,,,,11,272,,,3.62,295,,11,,13,,2026-05-01,2026-05-02\n"
    found = export("".join([lines[0], total, *lines[1:]]).replace("Day,", "Daily,", 1))
    assert [row.line for row in found.refused] == [2]
    assert "summary row" in found.refused[0].reason
    assert found.totals["Impressions"].rows == 295


def test_a_week_is_told_by_its_reporting_days_and_no_day_is_made_of_it():
    text = shapes.META_SAME_NAME.replace("Day,", "Week,", 1).replace(
        "2026-05-01,2026-05-01", "2026-05-01,2026-05-07"
    )
    found = export(text)
    assert column(found, "day")[0] is None
    assert column(found, "period_last")[0] == date(2026, 5, 7)


def test_a_day_outside_its_own_reporting_range_is_refused():
    found = export(shapes.META_SAME_NAME.replace("2026-05-02,2026-05-02", "2026-05-03,2026-05-03"))
    (refused,) = found.refused
    assert refused.line == 4
    assert "The day 2026-05-02 is outside 2026-05-03 to 2026-05-03" in refused.reason


def test_results_of_several_kinds_are_not_to_be_added():
    found = export(shapes.META_ADS.replace('"Link clicks",3,90', '"Leads",3,90'))
    assert [note for note in found.notes if "several kinds (Leads, Link clicks)" in note]


def test_dates_with_slashes_are_asked_about_and_never_guessed():
    text = shapes.META_UNNAMED.replace("2026-05-01", "5/1/2026").replace("2026-05-02", "5/2/2026")
    with pytest.raises(Unanswered, match="can be two dates"):
        export(text)
    assert column(export(text, Answers(day_order="mdy")), "day")[0] == date(2026, 5, 1)
    assert column(export(text, Answers(day_order="dmy")), "day")[0] == date(2026, 1, 5)


def test_a_decimal_comma_is_read_from_the_file():
    text = shapes.META_UNNAMED.replace(",", ";").replace(".", ",")
    text = text.replace("Cost per 1;000", "Cost per 1,000")
    assert export(text).totals["Amount Spent"].rows == Decimal("70.25")


def test_api_rows_keep_their_day_and_campaign_and_ask_for_the_currency():
    found = export(shapes.META_INSIGHTS)
    assert (found.format, found.asks) == ("meta_insights", ("currency",))
    assert column(found, "campaign") == ["Jars", "Jars", "Clips"]
    assert column(found, "conversions") == [8.0, None, 5.0]
    assert found.totals["Spend"].rows == Decimal("3030.80")
    head, *rows = shapes.META_INSIGHTS.splitlines()
    by_ad_set = export("\n".join([f"Ad Set,{head}", *(f"North,{row}" for row in rows), ""]))
    assert set(column(by_ad_set, "level")) == {"ad_group"}


def test_the_kag_data_set_is_read_with_old_line_ends_and_without_days():
    found = export(shapes.META_KAG.replace("\n", "\r"))
    assert (found.format, found.period, found.read) == ("meta_kag", None, 3)
    assert found.totals["Approved_Conversion"].rows == 1
    assert [note for note in found.notes if "no period" in note]
