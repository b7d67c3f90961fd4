import csv
import json
from datetime import date
from decimal import Decimal

import pytest

from bench.exports import shapes
from engine.model.errors import BadInput
from engine.model.exports import Total
from engine.platforms.files import read_bytes


def export(text, encoding="utf-8", name="report.csv"):
    (found,) = read_bytes(name, text.encode(encoding))
    return found


def column(found, name):
    return found.rows[name].to_pylist()


def test_a_report_keeps_its_rows_and_compares_its_own_total():
    found = export(shapes.CAMPAIGNS)
    assert (found.format, found.source, found.kind) == (
        "google_ads_report",
        "google_ads",
        "performance",
    )
    assert found.period == (date(2026, 1, 2), date(2026, 1, 29))
    assert (found.currency, found.read, found.refused) == ("GBP", 3, ())
    assert column(found, "impressions") == [27540, 8215, 0]
    assert column(found, "conversions") == [31.5, 18.0, 0.0]
    assert column(found, "conversion_value_micros") == [1_904_750_000, 655_100_000, 0]
    assert found.totals["Cost"] == Total(Decimal("799.75"), Decimal("799.74"))
    assert found.totals["Impr."] == Total(Decimal(35755), Decimal(35755))
    assert not [note for note in found.notes if "more than rounding" in note]
    assert [note for note in found.notes if "830.00, 30.26 more" in note]


def test_both_downloads_of_one_table_give_the_same_rows():
    rows = csv.reader(shapes.CAMPAIGNS.splitlines())
    lines = ["\t".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in rows]
    utf16 = ("\ufeff" + "\n".join(lines) + "\n\x00").encode("utf-16-le")
    (excel,) = read_bytes("Campaign report.csv", utf16)
    plain = export(shapes.CAMPAIGNS)
    assert excel.rows.equals(plain.rows)
    assert excel.totals == plain.totals
    (unmarked,) = read_bytes("Campaign report.csv", utf16[2:])
    assert unmarked.rows.equals(plain.rows)
    (big_endian,) = read_bytes("x.csv", utf16.decode("utf-16-le").encode("utf-16-be"))
    assert big_endian.rows.equals(plain.rows)


def test_carriage_returns_and_a_byte_order_mark_change_nothing():
    plain = export(shapes.CAMPAIGNS)
    for ending in ("\r\n", "\r"):
        again = export("\ufeff" + shapes.CAMPAIGNS.replace("\n", ending))
        assert again.rows.equals(plain.rows)


def test_all_time_is_no_period_and_a_header_may_come_twice():
    found = export(shapes.AD_GROUPS_TWICE)
    assert found.period is None
    assert column(found, "period_first") == [None, None]
    assert [note for note in found.notes if "All time" in note]
    assert found.currency == "USD"
    assert column(found, "clicks") == [5030, None]
    assert json.loads(column(found, "extra")[0]) == {
        "Ad group status": "Enabled",
        "Currency code (2)": "USD",
    }


def test_a_repeated_header_that_disagrees_refuses_the_row():
    found = export(shapes.AD_GROUPS_TWICE.replace('"5,030",USD', '"5,030",EUR', 1))
    (refused,) = found.refused
    assert refused.line == 4
    assert "stands twice" in refused.reason


def test_totals_in_any_cell_are_not_rows_and_the_one_over_all_segments_is_compared():
    found = export(shapes.KEYWORDS_BY_DEVICE)
    assert (found.read, found.rows.num_rows) == (3, 3)
    assert column(found, "level") == ["keyword"] * 3
    assert column(found, "keyword") == ['"desk lamp"', '"desk lamp"', "[floor lamp]"]
    assert column(found, "device") == ["Computers", "Mobile phones", "Computers"]
    assert found.totals["Cost"] == Total(Decimal("11.12"), Decimal("11.12"))


def test_a_total_of_one_segment_is_never_taken_for_the_total():
    *lines, everything, computers, phones, account = shapes.KEYWORDS_BY_DEVICE.splitlines()
    found = export("\n".join([*lines, computers, phones, account, everything, ""]))
    assert found.totals["Cost"].file == Decimal("11.12")
    found = export("\n".join([*lines, computers, phones, ""]))
    assert found.totals["Cost"] == Total(Decimal("11.12"))


def test_ads_are_known_by_their_copy():
    first, second = (
        f"Enabled,https://example.com,{headline}, --,Lamps,Desk,EUR,{cost}\n"
        for headline, cost in (("Bright lamps", "1.50"), ("=Warm lamps", "2.50"))
    )
    header = (
        "Ad report\n5 February 2026 - 7 February 2026\n"
        "Ad status,Final URL,Headline 1,Headline 2,Campaign,Ad group,Currency code,Cost\n"
    ).replace("Cost", "Impr.,Cost")
    pairs = []
    for body in (first + second, second + first):
        found = export(header + body.replace("EUR,", "EUR,7,"))
        pairs.append(dict(zip(column(found, "row_key"), column(found, "cost_micros"), strict=True)))
    assert pairs[0] == pairs[1]
    assert set(column(found, "level")) == {"ad"}


def test_a_campaign_called_total_is_a_campaign():
    text = shapes.CAMPAIGNS.replace("Harbour | Old", "Total: Recall")
    assert "Total: Recall" in column(export(text), "campaign")


def test_a_decimal_comma_is_found_and_used_for_the_whole_file():
    found = export(shapes.DECIMAL_COMMA)
    assert column(found, "cost_micros") == [2_160_000, 9_840_000]
    assert found.period == (date(2025, 3, 3), date(2025, 3, 28))
    assert column(found, "ad_group") == ["озеро", "лес"]


def test_a_report_saved_with_semicolons_is_read():
    text = "Campaign report\n1 May 2026 - 2 May 2026\n"
    text += "Campaign;Currency code;Impr.;Clicks;Cost\nBrand;EUR;1.234;5;1.234,56\n"
    found = export(text)
    assert column(found, "impressions") == [1234]
    assert column(found, "cost_micros") == [1_234_560_000]


def test_converted_money_is_never_added_to_the_cost():
    found = export(shapes.SEARCH_TERMS_CONVERTED)
    assert found.totals["Cost"].rows == Decimal("1.28")
    assert set(found.totals) == {"Impr.", "Clicks", "Cost"}
    assert column(found, "cost_micros") == [640_000, 640_000, 0]
    assert json.loads(column(found, "extra")[0])["Cost (Converted currency)"] == "0.75"
    assert found.currency == "GBP"


def test_repeated_lines_are_all_kept_under_keys_of_their_own():
    keys = column(export(shapes.SEARCH_TERMS_CONVERTED), "row_key")
    assert len(set(keys)) == 3
    assert keys == column(export(shapes.SEARCH_TERMS_CONVERTED), "row_key")


def test_new_figures_or_a_new_status_keep_the_key_and_a_new_period_changes_it():
    first = column(export(shapes.CAMPAIGNS), "row_key")
    later = shapes.CAMPAIGNS.replace("512.40", "513.50").replace("Paused", "Enabled")
    assert column(export(later), "row_key") == first
    other = shapes.CAMPAIGNS.replace("29 January", "30 January")
    assert set(column(export(other), "row_key")).isdisjoint(first)


def test_a_day_keeps_its_key_whatever_period_it_was_downloaded_in():
    week = column(export(shapes.DAILY), "row_key")
    wider = shapes.DAILY.replace("5 February 2026 - 7", "1 February 2026 - 28")
    assert column(export(wider), "row_key") == week
    assert column(export(shapes.DAILY), "day") == [date(2026, 2, n) for n in (5, 6, 7)]


def test_a_blank_or_a_currency_column_more_or_less_keeps_the_key():
    plain = column(export(shapes.DAILY), "row_key")
    fewer = shapes.DAILY.replace(",Currency code", "").replace(",EUR", "")
    more = shapes.DAILY.replace("Day,", "Ad group,Day,").replace("2026-02-0", " --,2026-02-0")
    assert column(export(fewer), "row_key") == plain
    assert set(column(export(more), "level")) == {"ad_group"}
    assert export(more).refused == ()


def test_days_give_an_all_time_report_its_period():
    text = shapes.DAILY.replace("5 February 2026 - 7 February 2026", "All time")
    found = export(text)
    assert found.period == (date(2026, 2, 5), date(2026, 2, 7))
    assert not [note for note in found.notes if "All time" in note]


def test_a_day_outside_the_dates_of_the_report_is_refused():
    found = export(shapes.DAILY.replace("2026-02-07,", "2026-03-07,"))
    assert [row.line for row in found.refused] == [6]
    assert found.totals["Cost"].rows == Decimal("2.00")


def test_weeks_and_months_are_kept_but_never_made_days():
    text = shapes.DAILY.replace("Day,", "Month,").replace("2026-02-05,", "Feb 2026,")
    text = text.replace("2026-02-06,", "2026-02-01,").replace("2026-02-07,", "later,")
    found = export(text)
    assert column(found, "day") == [None, None]
    assert column(found, "period_first") == [date(2026, 2, 5)] * 2
    assert len(found.refused) == 1
    assert [note for note in found.notes if "by month" in note]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("-512.40", "is negative"),
        ("NaN", "is not a number"),
        ("=1+1", "is not a number"),
        ("inf", "is not a number"),
        ("1e5", "is not a number"),
        ("99999999999999999", "is too large"),
        ("< 10", "is not a number"),
    ],
)
def test_money_that_is_no_amount_refuses_its_row_with_line_and_reason(cell, reason):
    found = export(shapes.CAMPAIGNS.replace("512.40", cell))
    (refused,) = found.refused
    assert refused.line == 4
    assert cell in refused.reason
    assert refused.reason.endswith(f"{reason}.")
    assert found.totals["Cost"] == Total(Decimal("287.35"), Decimal("799.74"))
    assert [note for note in found.notes if "287.35" in note and "799.74" in note]


def test_a_figure_against_the_files_decimal_point_is_refused():
    found = export(shapes.CAMPAIGNS.replace("512.40", '"512,40"'))
    assert "decimal point" in found.refused[0].reason


def test_figures_half_in_each_notation_refuse_the_file():
    text = shapes.DAILY.replace("0.50", '"0,50"').replace("2.50", "10.25")
    with pytest.raises(BadInput, match="decimal point and some a decimal comma"):
        export(text.replace("1.50", '"1,50"'))


def test_figures_that_nothing_decides_refuse_the_file():
    text = shapes.DAILY.replace("0.50", '"1,500"').replace("1.50", "0").replace("2.50", "0")
    with pytest.raises(BadInput, match="can be thousands or decimals"):
        export(text)


def test_a_line_with_too_few_or_too_many_cells_is_refused_not_shifted():
    text = shapes.DAILY.replace("2026-02-06,Brand,", "2026-02-06,").replace("2.50", "2.50,7")
    found = export(text)
    assert [(row.line, row.reason) for row in found.refused] == [
        (5, "The line has 5 of 6 cells."),
        (6, "The line has 7 of 6 cells."),
    ]
    assert found.read == 3


def test_a_missing_currency_stays_missing():
    found = export(shapes.DAILY.replace(",Currency code", "").replace(",EUR", ""))
    assert found.currency is None
    assert column(found, "currency") == [None] * 3
    assert [note for note in found.notes if "none was assumed" in note]


def test_two_currencies_are_never_added():
    found = export(shapes.DAILY.replace("Brand,EUR,30", "Brand,USD,30"))
    assert found.currency is None
    assert found.totals["Cost (EUR)"].rows == Decimal("2.00")
    assert found.totals["Cost (USD)"].rows == Decimal("2.50")
    assert "Cost" not in found.totals


@pytest.mark.parametrize("line", ["next week", "30 February 2026 - 1 March 2026", "03/04/2026"])
def test_dates_that_cannot_be_read_one_way_refuse_the_file(line):
    with pytest.raises(BadInput, match="date line"):
        export(shapes.DAILY.replace("5 February 2026 - 7 February 2026", line))


def test_a_period_that_ends_before_it_starts_is_refused():
    text = shapes.DAILY.replace("5 February 2026 - 7", "9 February 2026 - 7")
    with pytest.raises(BadInput, match="ends before it starts"):
        export(text)


def test_names_pass_unchanged_whatever_they_contain():
    evil = "<script>alert(1)</script>'); DROP TABLE facts;-- =HYPERLINK(1)  "
    found = export(shapes.CAMPAIGNS.replace("Harbour | Brand", evil))
    assert column(found, "campaign")[0] == evil
    assert found.rows.num_rows == 3


def test_a_line_break_inside_a_name_is_kept_and_line_numbers_stay_physical():
    text = shapes.DAILY.replace("2026-02-05,Brand", '2026-02-05,"Bra\nnd"').replace("2.50", "x")
    found = export(text)
    assert column(found, "campaign")[0] == "Bra\nnd"
    assert [row.line for row in found.refused] == [7]


def test_a_report_without_its_title_lines_has_no_period_but_is_read():
    found = export("\n".join(shapes.CAMPAIGNS.splitlines()[2:]) + "\n")
    assert found.period is None
    assert [note for note in found.notes if "dates is missing" in note]


def test_a_quote_that_never_closes_refuses_the_file():
    with pytest.raises(BadInput, match="quotes do not pair"):
        export(shapes.CAMPAIGNS.replace("Enabled,Harbour | Generic", 'Enabled,"Harbour'))
